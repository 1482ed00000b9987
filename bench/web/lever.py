"""What a moved lever costs, without a browser: `python -m bench.web.lever`.

Asks a server as the workbench does, and prints for each lever when each picture came, how far the rough one was off and
how many processor seconds the server and its workers took. Seconds of the wall depend on what else the machine does,
those of processors hardly: no picture of all futures can come before its processor seconds divided by the cores.
"""

import argparse
import http.client
import json
import math
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import psutil
from tests.web.serving import serving

from bench.measuring.repeats import print_table, spread
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.show import write_text
from foedus.web.explorer.site import explorer_app

_TEXT = "ukraine/multinational_force_paris_2026"
LEVERS = (
    ("commitments[1].bindingness", "shall_specified"),
    ("duties.own_defence", "build_up"),
    ("commitments[0].tier", "defend"),
    ("preparation", "integrated_command"),
    ("commitments[1].bindingness", "will_consult"),
    ("duties.own_defence", "limited"),
    ("decision.rule", "unanimity"),
    ("commitments[0].bindingness", "shall_discretionary"),
)
"""Each is moved alone in the text as it is, whatever was moved before."""
_PATIENCE = 600


@dataclass(frozen=True)
class Spent:
    """What one lever cost."""

    pictures: dict[str, float]
    """[what is drawn] seconds until its picture was there."""
    until: dict[str, float]
    """[what is drawn] processor seconds of the server and its workers until then."""
    off: float
    """How far the rough picture was off, as a share; not a number where there was none."""
    server: float
    """Processor seconds of the server."""
    workers: float
    """Processor seconds of all its workers."""


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.web.lever", description=__doc__)
    parser.add_argument("--text", default=_TEXT, help="a text of the library that has the levers")
    parser.add_argument("--futures", type=int, default=FUTURES["compare"])
    parser.add_argument("--levers", type=int, default=len(LEVERS), help="how many of the levers")
    options = parser.parse_args()
    text, before = write_text(options.text), os.getloadavg()[0]
    with serving(partial(explorer_app, futures=options.futures)) as url:
        _drawn(url, text=text, path="", value="")
        levers = LEVERS[: options.levers]
        spent = {f"`{path}: {value}`": _drawn(url, text=text, path=path, value=value) for path, value in levers}
    rows = [(lever, *_row(each, futures=options.futures)) for lever, each in spent.items()]
    columns = (
        "lever",
        "pictures, s",
        "rough was off by, points",
        "processor s of workers",
        "of the server",
        "ms a game",
    )
    print_table(columns, rows, title=f"A lever of {options.text} in {options.futures} futures")
    _print_spreads(list(spent.values()))
    print(f"Load of this machine before and after: {before:.1f}, {os.getloadavg()[0]:.1f}.")


def _row(spent: Spent, *, futures: int) -> tuple[str, ...]:
    pictures = ", ".join(f"{seconds:.2f} ({what})" for what, seconds in spent.pictures.items())
    games = f"{1000 * spent.workers / futures:.1f}"
    return pictures, f"{100 * spent.off:.2f}", f"{spent.workers:.2f}", f"{spent.server:.2f}", games


def _print_spreads(spent: Sequence[Spent]) -> None:
    cores = os.cpu_count() or 1
    rows = []
    for what in dict.fromkeys(what for each in spent for what in each.pictures):
        some = [each for each in spent if what in each.pictures]
        waited, least = [each.pictures[what] for each in some], [each.until[what] / cores for each in some]
        rows.append((what, spread(waited), spread(least)))
    columns = (
        "picture",
        "seconds after the lever was moved",
        f"processor seconds until then, divided by {cores} cores",
    )
    print_table(columns, rows, title=f"All {len(spent)} levers")
    print(f"The rough picture was off by {spread([100 * each.off for each in spent])} points.")


def _drawn(url: str, *, text: str, path: str, value: str) -> Spent:
    """Move a lever of a text and wait for all pictures."""
    before, began, off = _processor_seconds(), time.perf_counter(), math.nan
    asked = {"text": text, "saved": text, "path": path, "value": value}
    pictures, until = {}, {}
    for line in _lines(url, asked):
        what = f"{line['futures']} futures{', rough' if line['is_rough'] else ''}"
        pictures[what], until[what] = time.perf_counter() - began, sum(_processor_seconds()) - sum(before)
        off = math.nan if line["rough_was_off"] is None else line["rough_was_off"]
    after = _processor_seconds()
    return Spent(pictures, until, off, server=after[0] - before[0], workers=after[1] - before[1])


def _lines(url: str, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
    with closing(http.client.HTTPConnection(url.removeprefix("http://"), timeout=_PATIENCE)) as server:
        server.request("POST", "/api/draft/picture", json.dumps(asked), {"content-type": "application/json"})
        with server.getresponse() as lines:
            for line in lines:
                yield json.loads(line)


def _processor_seconds() -> tuple[float, float]:
    process = psutil.Process()
    return sum(process.cpu_times()[:2]), sum(sum(each.cpu_times()[:2]) for each in process.children())


if __name__ == "__main__":
    main()
