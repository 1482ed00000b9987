"""How far something long is, on the error stream: a bar where somebody looks on, a line now and then where not."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from foedus.cli.telling import error_terminal
from foedus.jobs.asking.first_run import COMPILING
from foedus.jobs.asking.progress import Tell

LINE_SECONDS = 60.0
"""Seconds between two lines of a log: a short run writes none, one of an hour sixty."""


@contextmanager
def progress_bar() -> Iterator[Tell]:
    """Show one bar, which starts anew with each thing that is done; none until something is.

    Where the error stream is no terminal, `progress_lines` takes its place.
    """
    console = error_terminal()
    if not console.is_terminal:
        yield progress_lines(console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("gone,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    bar = Progress(*columns, console=console, transient=True)
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


def progress_lines(console: Console, *, clock: Callable[[], float] = time.monotonic) -> Tell:
    """Return what writes a line a minute: done of how much, and the time left at the pace since this process began.

    The one wait that comes once on a machine is told as it begins.
    """
    current, began, told, at_first = "", 0.0, 0.0, 0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal current, began, told, at_first
        now = clock()
        if what != current:
            current, began, told, at_first = what, now, now, done
            if what == COMPILING:
                console.print(what, soft_wrap=True)
        elif now - told >= LINE_SECONDS:
            told = now
            pace = (done - at_first) / (now - began)
            left = f", {_span((total - done) / pace)} left" if pace > 0 else ""
            console.print(f"{what}: {done:,} of {total:,}, {_span(now - began)} gone{left}", soft_wrap=True)

    return tell


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if hours:
        return f"about {hours} h {rest} min"
    return f"about {minutes} min" if minutes else "less than a minute"
