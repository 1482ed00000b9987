"""A page as Markdown."""

import re

from foedus.report.page.page import Entry, Page, Section

_ACTIVE = re.compile(r"[\\`*\[\]<>|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AT_LINE_START = re.compile(r"(?m)^(\s*)([#+\-]|\d+(?=[.)]))")


def write_markdown(page: Page) -> str:
    """Write a page as Markdown; text from files is escaped, so that it reads as it was written."""
    parts = [f"# {escape(page.title)}", *_body(page.paragraphs, page.entries)]
    for section in page.sections:
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Escape what Markdown would read as markup."""
    marked = _ACTIVE.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
    return _AT_LINE_START.sub(_escaped_start, marked)


def _escaped_start(match: re.Match[str]) -> str:
    # A number that begins a list is disarmed behind it, anything else in front.
    return f"{match[1]}{match[2]}\\" if match[2].isdigit() else f"{match[1]}\\{match[2]}"


def _section(section: Section) -> list[str]:
    return [f"## {escape(section.heading)}", *_body(section.paragraphs, section.entries)]


def _body(paragraphs: tuple[str, ...], entries: tuple[Entry, ...]) -> list[str]:
    points = ["\n".join(f"- {_entry(entry)}" for entry in entries)] if entries else []
    return [*(escape(paragraph) for paragraph in paragraphs), *points]


def _entry(entry: Entry) -> str:
    text = escape(entry.text)
    if entry.link:
        text = f"[{text}](<{entry.link.replace('>', '%3E')}>)"
    return f"**{escape(entry.label)}:** {text}" if entry.label else text
