"""Every scenario in six browsers, through a killed server, to the report: ``python -m bench.exercise.browsers``.

Director, three delegates, monitor and evaluator sit in a browser each, with cookies of their own; the server is killed
in the middle of the consultation and started anew on its log. Whoever waits in vain for what another did ends the run
with the words that did not come. `--profiles` takes six profiles of one Chromium, as the test does for one scenario.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from tests.web.room.playing import Played, play
from tests.web.room.plays import PLAYS
from tests.web.room.windows import chromiums, profiles

from bench.measuring.repeats import print_table

_COLUMNS = ("scenario", "browsers", "entries when killed", "lost", "entries at the end", "pages judged", "faults", "s")


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, and print how it went; fails where something was lost or wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.exercise.browsers", description=__doc__)
    parser.add_argument("--profiles", action="store_true", help="six profiles of one Chromium, not six Chromiums")
    parser.add_argument("--only", choices=list(PLAYS), nargs="+", default=list(PLAYS))
    options = parser.parse_args(arguments)
    rows, worst = [], list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only:
            began = perf_counter()
            windows = profiles if options.profiles else chromiums
            played = play(PLAYS[name], folder=Path(folder), windows=windows)
            rows.append(_row(name, played, perf_counter() - began))
            worst += [*played.faults, *(["entries are lost"] if played.lost else [])]
    print_table(_COLUMNS, rows, title="Scenarios in browsers:")
    print("\n".join(worst), file=sys.stderr)
    sys.exit(1 if worst else 0)


def _row(name: str, played: Played, seconds: float) -> tuple[object, ...]:
    counts = (played.browsers, played.before, played.lost, played.entries, played.judged, len(played.faults))
    return (name, *counts, f"{seconds:.0f}")


if __name__ == "__main__":
    main()
