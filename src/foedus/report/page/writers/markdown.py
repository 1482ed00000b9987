"""A page as Markdown."""

import re
from collections.abc import Iterable, Iterator, Mapping

from foedus.report.page.inline import CodeSpan, Link, Words, parts_of
from foedus.report.page.made import sections_of
from foedus.report.page.page import Block, Chart, Emphasis, Entry, Facts, Folded, Page, Paragraph, Points, Section
from foedus.report.page.table import Column, Table

_ACTIVE = re.compile(r"[\\`*\[\]<>|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AT_LINE_START = re.compile(r"(?m)^(\s*)([#+\-]|\d+(?=[.)]))")

Places = Mapping[str, str]
"""[place on the page] the heading that stands there."""


def write_markdown(page: Page) -> str:
    """Write a page as Markdown; text from files is escaped, so that it reads as it was written."""
    sections = sections_of(page)
    places = dict(_places(sections))
    parts = [f"# {escape(page.title)}", *([_words(page.subtitle, places=places)] if page.subtitle else [])]
    parts += _blocks(page.head, places=places)
    for section in sections:
        parts += _section(section, level=2, places=places)
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return _AT_LINE_START.sub(_escaped_start, _escaped(text))


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))


def _escaped_start(match: re.Match[str]) -> str:
    # A number that begins a list is disarmed behind it, anything else in front.
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def _places(sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    for section in sections:
        if section.name:
            yield section.name, section.heading
        yield from _places(section.sections)


def _section(section: Section, *, level: int, places: Places) -> Iterator[str]:
    if section.heading:
        yield f"{'#' * level} {escape(section.heading)}"
    yield from _blocks(section.blocks, places=places)
    for inner in section.sections:
        yield from _section(inner, level=level + 1, places=places)


def _blocks(blocks: Iterable[Block], *, places: Places) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _paragraph(block, places=places)
            case Points():
                yield "\n".join(f"- {_entry(entry, places=places)}" for entry in block.entries)
            case Facts():
                yield "\n\n".join(_fact_lines(block, places=places))
            case Table():
                yield _table(block, places=places)
            case Chart():
                yield f"{escape(block.heading)}: {escape(block.reading)}"
                yield _table(block.table, places=places)
            case Folded():
                yield from _blocks(block.blocks, places=places)


def _paragraph(paragraph: Paragraph, *, places: Places) -> str:
    text = _words(paragraph.words, places=places)
    return f"**{text}**" if paragraph.emphasis is Emphasis.STRONG else text


def _entry(entry: Entry, *, places: Places) -> str:
    text = _words(entry.text, places=places)
    return f"**{escape(entry.label)}:** {text}" if entry.label else text


def _fact_lines(facts: Facts, *, places: Places) -> Iterator[str]:
    for fact in facts.facts:
        label = escape(f"{fact.label} ({fact.beside})" if fact.beside else fact.label)
        said = [_paragraph(paragraph, places=places) for paragraph in fact.paragraphs]
        if len(said) == 1:
            yield f"**{label}:** {said[0]}"
        else:
            yield f"**{label}:**\n\n" + "\n".join(f"- {each}" for each in said)


def _words(words: Words, *, places: Places) -> str:
    """Write words with their marks; the first piece, where it is text, must not begin a list or a heading."""
    written = []
    for number, part in enumerate(parts_of(words)):
        if isinstance(part, CodeSpan):
            written.append(_code(part.text))
        elif isinstance(part, Link):
            written.append(_link(part, places=places))
        else:
            ends = (part[:1].isspace() and number > 0, part[-1:].isspace())
            text = escape(part) if number == 0 else _escaped(part)
            written.append(f"{' ' if ends[0] else ''}{text}{' ' if ends[1] else ''}")
    return "".join(written).strip()


def _code(text: str) -> str:
    return f"`{text}`" if "`" not in text else _escaped(text)


def _link(link: Link, *, places: Places) -> str:
    text, address = escape(link.text), link.address
    if address.startswith("#"):
        heading = places.get(address[1:])
        return f"[{text}](#{_anchor(heading)})" if heading else text
    return f"[{text}](<{address.replace('>', '%3E')}>)" if address else text


def _anchor(heading: str) -> str:
    """Return the name under which a heading is linked to on a code host."""
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in "_- ")
    return kept.replace(" ", "-")


def _table(table: Table, *, places: Places) -> str:
    head = [" ".join(part for part in (column.heading, column.unit) if part) for column in table.columns]
    lines = [f"**{escape(table.caption)}**", "", _cells(map(_escaped, head)), "|" + "---|" * len(head)]
    for row, address in zip(table.rows, table.row_links or [""] * len(table.rows), strict=True):
        first = _link(Link(row[0], address), places=places) if address else _escaped(row[0])
        cells = zip(table.columns[1:], row[1:], strict=True)
        lines.append(_cells([first, *(_escaped(_one_line(cell, column=column)) for column, cell in cells)]))
    return "\n".join([*lines, *(["", escape(table.note)] if table.note else [])])


def _one_line(cell: str, *, column: Column) -> str:
    """Write a figure with its range in brackets, and lines of words one after the other."""
    first, *others = cell.split("\n")
    if column.is_number and others:
        return f"{first} ({'; '.join(others)})"
    return "; ".join((first, *others))


def _cells(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
