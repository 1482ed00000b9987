"""A bar on the error stream while something long is worked at."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from foedus.cli.telling import error_terminal
from foedus.jobs.asking.first_run import COMPILING
from foedus.jobs.asking.progress import Tell


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Show one bar, which starts anew with each thing that is done; none until something is.

    Where nobody looks on, the one wait that comes once on a machine is told in a line.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("gone,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    console = error_terminal()
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None)
    current = ""

    def tell(what: str, done: int, total: int) -> None:
        nonlocal current
        if what == COMPILING and current != what and not console.is_terminal:
            console.print(what, soft_wrap=True)
        if not current:
            bar.start()
        if what != current:
            bar.reset(task, total=total, description=what)
            current = what
        bar.update(task, completed=done, total=total)

    try:
        yield tell
    finally:
        if current:
            bar.stop()
