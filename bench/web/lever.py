"""What a moved lever costs, without a browser: `python -m bench.web.lever`.

Asks a server as the workbench does, and prints for each lever when each picture came and how many processor seconds the
server and its workers took. Seconds of the wall depend on what else the machine does, those of processors hardly: no
picture of all futures can come before the processor seconds divided by the cores.
"""

import argparse
import http.client
import json
import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from statistics import median

import psutil
from tests.web.serving import serving

from bench.measuring.repeats import print_table
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.show import write_text
from foedus.web.explorer.site import explorer_app

_TEXT = "ukraine/multinational_force_paris_2026"
_LEVERS = (
    ("commitments[1].bindingness", "shall_specified"),
    ("duties.own_defence", "build_up"),
    ("commitments[0].tier", "defend"),
)
_PATIENCE = 600


@dataclass(frozen=True)
class Spent:
    """What one lever cost."""

    pictures: dict[int, float]
    """[futures] seconds until the picture of so many was there."""
    server: float
    """Processor seconds of the server."""
    workers: float
    """Processor seconds of all its workers."""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.web.lever", description=__doc__)
    parser.add_argument("--text", default=_TEXT, help="a text of the library that has the levers")
    parser.add_argument("--futures", type=int, default=FUTURES["compare"])
    options = parser.parse_args()
    text, before = write_text(options.text), os.getloadavg()[0]
    with serving(partial(explorer_app, futures=options.futures)) as url:
        _drawn(url, text=text, path="", value="")
        spent = {f"`{path}: {value}`": _drawn(url, text=text, path=path, value=value) for path, value in _LEVERS}
    rows = [(lever, *_row(each, futures=options.futures)) for lever, each in spent.items()]
    columns = ("lever", "pictures, s", "processor s of workers", "of the server", "ms a game")
    print_table(columns, rows, title=f"A lever of {options.text} in {options.futures} futures")
    least = median(each.workers + each.server for each in spent.values()) / (os.cpu_count() or 1)
    print(f"Processor seconds divided by {os.cpu_count()} cores, median: {least:.2f} s.")
    print(f"Load of this machine before and after: {before:.1f}, {os.getloadavg()[0]:.1f}.")


def _row(spent: Spent, *, futures: int) -> tuple[str, ...]:
    pictures = ", ".join(f"{seconds:.2f} ({number})" for number, seconds in spent.pictures.items())
    return pictures, f"{spent.workers:.2f}", f"{spent.server:.2f}", f"{1000 * spent.workers / futures:.1f}"


def _drawn(url: str, *, text: str, path: str, value: str) -> Spent:
    """Move a lever of a text and wait for all pictures."""
    before, began = _processor_seconds(), time.perf_counter()
    asked = {"text": text, "saved": text, "path": path, "value": value}
    pictures = {futures: time.perf_counter() - began for futures in _futures_drawn(url, asked)}
    after = _processor_seconds()
    return Spent(pictures, server=after[0] - before[0], workers=after[1] - before[1])


def _futures_drawn(url: str, asked: dict[str, str]) -> Iterator[int]:
    with closing(http.client.HTTPConnection(url.removeprefix("http://"), timeout=_PATIENCE)) as server:
        server.request("POST", "/api/draft/picture", json.dumps(asked), {"content-type": "application/json"})
        with server.getresponse() as lines:
            for line in lines:
                yield json.loads(line)["futures"]


def _processor_seconds() -> tuple[float, float]:
    process = psutil.Process()
    return sum(process.cpu_times()[:2]), sum(sum(each.cpu_times()[:2]) for each in process.children())


if __name__ == "__main__":
    main()
