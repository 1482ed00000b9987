"""Long work whose errors go to a file tells how far it is, so that who reads the file can decide to wait."""

import io

from rich.console import Console

from foedus.cli.progress_bar import progress_lines
from foedus.jobs.asking.first_run import COMPILING


def _told(calls: list[tuple[float, str, int, int]]) -> list[str]:
    written, times = io.StringIO(), iter([seconds for seconds, *_ in calls])
    tell = progress_lines(Console(file=written), clock=lambda: next(times))
    for _, what, done, total in calls:
        tell(what, done, total)
    return written.getvalue().splitlines()


def test_a_line_a_minute_with_the_time_left_at_the_pace_of_this_run() -> None:
    """What earlier runs had kept counts as done, and not as pace."""
    calls = [(0, "solving", 500, 2_000), (30, "solving", 530, 2_000), (60, "solving", 600, 2_000)]
    assert _told([*calls, (90, "solving", 650, 2_000), (7_200, "solving", 1_000, 2_000)]) == [
        "solving: 600 of 2,000, about 1 min gone, about 14 min left",
        "solving: 1,000 of 2,000, about 2 h 0 min gone, about 4 h 0 min left",
    ]


def test_a_short_run_writes_nothing_and_what_stands_still_no_time() -> None:
    """Nobody reads a log for seconds of work; where nothing was done yet, nobody knows how long it takes."""
    assert _told([(0, "solving", 0, 9), (20, "solving", 4, 9), (40, "solving", 9, 9)]) == []
    assert _told([(0, "solving", 0, 9), (61, "solving", 0, 9)]) == ["solving: 0 of 9, about 1 min gone"]


def test_the_wait_that_comes_once_is_told_as_it_begins() -> None:
    """It is a minute of a core, on the first run of a machine."""
    assert _told([(0, COMPILING, 0, 4), (1, COMPILING, 1, 4), (2, "solving", 0, 9)]) == [COMPILING]
