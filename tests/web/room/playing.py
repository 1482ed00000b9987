"""Six people play a scenario in browsers, through a killed server, to the report."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver

from foedus.exercise.log.places import open_source
from foedus.exercise.log.verify import verify
from foedus.web.serving.address import Address
from tests.web.browsing import axe_violations, complaints
from tests.web.room.plays import Play, Presses, Reads
from tests.web.room.pressing import is_seated, press, reads
from tests.web.room.windows import Window

_SERVER = """
import sys
from pathlib import Path
from tests.web.room.desks import desk_at
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from foedus.web.serving.start import start
desk = desk_at(Path(sys.argv[1]), scenario=sys.argv[4])
links = [desk.link_for((seat,)) for seat in sys.argv[3].split(",") if seat]
start(room_app(desk), address=Address(port=int(sys.argv[2])), tell=lambda url: print(url, *links, flush=True))
"""
_ENTRIES = "return [...document.querySelectorAll('#entries li')].map((each) => each.id)"
_OPEN_ALL = "document.querySelectorAll('details').forEach((each) => each.open = true)"


@dataclass(frozen=True)
class Played:
    """How it went."""

    browsers: int
    before: int
    """Entries that the director's page showed when the server was killed."""
    lost: int
    """Those of them that the page no longer shows afterwards."""
    entries: int
    """Of the log at the end, every one of them verified."""
    judged: int
    """Pages that were held against the rules of accessibility."""
    faults: tuple[str, ...]
    """What was wrong on them, and what browsers complained of."""


def play(told: Play, *, folder: Path, windows: Callable[[int], AbstractContextManager[tuple[Window, ...]]]) -> Played:
    """Play a scenario to its report; raise `AssertionError` where somebody waits in vain for what others did."""
    log, port = folder / f"{told.scenario}.db", _free_port()
    before, after, faults = set[str](), set[str](), list[str]()
    with windows(len(told.seats)) as opened:
        seats = dict(zip(told.seats, opened, strict=True))
        dying = next(place for place, step in enumerate(told.steps) if not isinstance(step, Presses | Reads))
        with _server(log, port, told) as (process, (url, *links)):
            for window, link in zip(seats.values(), links, strict=True):
                _sit(window.front(), f"{url}room/join/{link}")
            _do(told, seats, slice(None, dying))
            before = _entries(seats["director"])
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        with _server(log, port, told, is_new=False):
            for name, window in seats.items():
                window.front().get(f"{url}room/{name}")
                is_seated(window.front())
            after = _entries(seats["director"])
            _do(told, seats, slice(dying + 1, None))
            _end(seats)
            judged = _read_reports(told, seats, url, faults)
    verdict = verify(open_source(str(log)))
    assert verdict.is_whole, verdict.flaw
    return Played(len(seats), len(before), len(before - after), verdict.size, judged, tuple(faults))


def _free_port() -> int:
    with Address(port=0).listen() as opened:
        port: int = opened.getsockname()[1]
    return port


@contextmanager
def _server(
    log: Path, port: int, told: Play, *, is_new: bool = True
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run a room in a process of its own, as `foedus rehearse` does."""
    seats = ",".join(told.seats) if is_new else ""
    command = [sys.executable, "-c", _SERVER, str(log), str(port), seats, told.scenario]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _sit(browser: webdriver.Chrome, link: str) -> None:
    browser.get(link)
    press(browser, "Take this seat")
    is_seated(browser)


def _do(told: Play, seats: Mapping[str, Window], steps: slice) -> None:
    for step in told.steps[steps]:
        match step:
            case Presses():
                browser = seats[step.who].front()
                browser.execute_script(_OPEN_ALL)
                press(browser, step.button, within=step.within, write=step.write)
            case Reads():
                for who in step.who:
                    reads(seats[who].front(), step.words)


def _entries(window: Window) -> set[str]:
    return set(window.front().execute_script(_ENTRIES))


def _end(seats: Mapping[str, Window]) -> None:
    director = seats["director"].front()
    director.execute_script(_OPEN_ALL)
    press(director, "End the rehearsal", within="#ending")
    for window in seats.values():
        reads(window.front(), "It is over")


def _read_reports(told: Play, seats: Mapping[str, Window], url: str, faults: list[str]) -> int:
    for name, window in seats.items():
        browser = window.front()
        faults += [f"{name}: {each}" for each in axe_violations(browser)]
        browser.get(f"{url}room/{name}/after")
        for words in told.told:
            reads(browser, words)
        # A stream that the killed server broke is no fault of a page.
        faults += [f"{name}: {each}" for each in complaints(browser) if "ERR_" not in each]
    faults += [f"report: {each}" for each in axe_violations(seats["director"].front())]
    return len(seats) + 1
