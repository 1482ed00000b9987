"""A sheet in a terminal: its words and its tables."""

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from foedus.report.comparison.terminal import print_table
from foedus.report.page.sheet import Part


def print_parts(parts: Iterable[Part], *, console: Console) -> None:
    """Print parts of a sheet without their charts; text from files is never read as markup."""
    for part in parts:
        console.print(Text(part.heading, style="bold cyan"))
        for words in part.paragraphs:
            console.print(Padding(Text(words), (0, 0, 0, 2), expand=False))
        for table in part.tables:
            print_table(table, console=console)
