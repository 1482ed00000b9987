"""A page in the terminal."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.report.page.page import Entry, Page


def print_page(page: Page, *, console: Console) -> None:
    """Print a page; text from files is never read as markup."""
    console.print(Text(page.title, style="bold"))
    _print_body(page.paragraphs, page.entries, console=console)
    for section in page.sections:
        console.print()
        console.print(Text(section.heading, style="bold cyan"))
        _print_body(section.paragraphs, section.entries, console=console)


def _print_body(paragraphs: tuple[str, ...], entries: tuple[Entry, ...], *, console: Console) -> None:
    for paragraph in paragraphs:
        console.print(Padding(Text(" ".join(paragraph.split())), (0, 0, 0, 2), expand=False))
    if entries:
        points = Table.grid(padding=(0, 1))
        for entry in entries:
            points.add_row(" -", _entry(entry))
        console.print(points)


def _entry(entry: Entry) -> Text:
    text = Text(" ".join(entry.text.split()), overflow="fold")
    if entry.link:
        text.append(f" {entry.link}", style="dim")
    return Text.assemble((f"{entry.label}: ", "bold"), text, overflow="fold") if entry.label else text
