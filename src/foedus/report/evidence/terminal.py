"""The page of evidence in short, for a terminal: where the model loses first."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from foedus.report.evidence.page import EvidencePage
from foedus.report.page.tables import Table


def print_evidence(page: EvidencePage, *, console: Console) -> None:
    """Print where the model loses, the targets and about what history spoke."""
    console.print("Where the model loses", style="bold")
    for words in page.loses or ("Nowhere in what was tried.",):
        console.print(f"  {escape(words)}")
    if page.holds:
        console.print("\nWhere it does not", style="bold")
        for words in page.holds:
            console.print(f"  {escape(words)}")
    console.print()
    _print_table(page.targets, console=console, columns=(0, 1, 3, 4, 6))
    _print_table(page.spoke, console=console, columns=(0, 2, 3, 4, 5))
    for words in (*page.facts, *page.not_tried):
        console.print(escape(words), style="dim")


def _print_table(table: Table, *, console: Console, columns: tuple[int, ...]) -> None:
    """Print some of a table's columns, the first lines of their cells only."""
    shown = RichTable(title=table.caption, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for j in columns:
        column = table.columns[j]
        shown.add_column(column.heading, justify="right" if column.is_number else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*(escape(row[j].split("\n")[0]) for j in columns))
    console.print(shown)
    console.print()
