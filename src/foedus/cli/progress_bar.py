"""A bar on the error stream while something long is worked at."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from foedus.cli.telling import error_terminal
from foedus.jobs.asking.progress import Tell


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Show one bar, which starts anew with each thing that is done; none until something is."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("gone,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    bar = Progress(*columns, console=error_terminal(), transient=True)
    task = bar.add_task("", total=None)
    current = ""

    def tell(what: str, done: int, total: int) -> None:
        nonlocal current
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
