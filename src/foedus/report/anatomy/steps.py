"""Which clause gave which number, in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from foedus.mechanism.trace import Step
from foedus.mechanism.watching import TextEntry as UnreadEntry
from foedus.report.anatomy.summary_page import unread_section
from foedus.report.page.page import Page
from foedus.report.page.writers.terminal import print_page


def print_steps(steps: Sequence[Step], *, name: str, unread: Sequence[UnreadEntry], console: Console) -> None:
    """Print every number with its clause and the reasoning, array by array, then what the game does not read.

    Text from files is never taken for markup.
    """
    console.print(f"{escape(name)}: which clause gave which number", style="bold")
    console.print("At the middle of each yardstick's range; every future draws its own (see `foedus params`).\n")
    for array in sorted({step.array for step in steps}):
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, title=array, title_justify="left")
        for width in (30, 14, None):
            table.add_column(overflow="fold", max_width=width)
        for step in (step for step in steps if step.array == array):
            clause = f"[dim]{escape(step.clause or 'the text is silent')}:[/dim] "
            table.add_row(escape(step.entry), escape(step.value), clause + escape(step.because))
        console.print(table)
        console.print()
    print_page(Page("", (unread_section(unread),)), console=console)
