"""The guide to leading a rehearsal, from its Markdown: headings, paragraphs and tables, and nothing else."""

import re
from collections.abc import Iterator

from foedus.report.page.inline import with_codes
from foedus.report.page.page import Block, Page, Paragraph, Section
from foedus.report.page.table import Column, Table, TableLayout

_RULE = re.compile(r"\|[-|\s:]+\|")


def guide_page(text: str) -> Page:
    """Return a guide as a page; the first heading is its title."""
    title, sections = "The guide", []
    for heading, lines in _parts(text):
        if heading.startswith("# "):
            title = heading[2:]
            sections.append(Section("", tuple(_blocks(lines, title))))
        else:
            sections.append(Section(heading.lstrip("# "), tuple(_blocks(lines, heading.lstrip("# ")))))
    return Page(title=title, sections=tuple(sections))


def _parts(text: str) -> Iterator[tuple[str, list[str]]]:
    heading, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            if heading or any(lines):
                yield heading, lines
            heading, lines = line, []
        else:
            lines.append(line.strip())
    yield heading, lines


def _blocks(lines: list[str], caption: str) -> Iterator[Block]:
    for chunk in "\n".join(lines).split("\n\n"):
        rows = [each for each in chunk.splitlines() if each]
        if rows and rows[0].startswith("|"):
            yield _table([each for each in rows if not _RULE.fullmatch(each)], caption)
        elif rows:
            yield Paragraph(with_codes(" ".join(rows)))


def _table(rows: list[str], caption: str) -> Table:
    cells = [tuple(each.strip() for each in row.strip("|").split("|")) for row in rows]
    columns = tuple(Column(each, is_number=False) for each in cells[0])
    return Table(caption, columns, tuple(cells[1:]), layout=TableLayout.WORDS)
