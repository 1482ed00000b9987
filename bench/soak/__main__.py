"""Try made-up inputs until the time is up: `python -m bench.soak`; a traceback, a hang or a wrong answer fails it."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial, reduce
from operator import add
from time import time

from bench.measuring.repeats import print_table
from bench.soak.formulas import FORMULAS
from bench.soak.others import CLAIMS, GAMES
from bench.soak.overlays import OVERLAYS
from bench.soak.scenarios import LOGS, SCENARIOS
from bench.soak.texts import TEXTS
from bench.soak.trial import COLUMNS, Tally, soak

_SHOWN = 10
KINDS = {
    "overlays": OVERLAYS,
    "formulas": FORMULAS,
    "claims": CLAIMS,
    "games": GAMES,
    "scenarios": SCENARIOS,
    "logs": LOGS,
    "texts": TEXTS,
}
COUNTS = {
    "overlays": 2_000,
    "formulas": 2_000,
    "claims": 1_000,
    "games": 500,
    "scenarios": 1_000,
    "logs": 500,
    "texts": 10_000,
}


def main() -> None:
    """Run the kinds one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    for name, count in COUNTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=f"how many {KINDS[name].name} ({count})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=900.0, help="for all kinds together")
    parser.add_argument("--jobs", type=int, default=1, help="processes side by side")
    options = parser.parse_args()
    until = time() + options.seconds
    counts = {name: vars(options)[name] for name in KINDS}
    slices = [
        (name, range(first, count, options.jobs)) for name, count in counts.items() for first in range(options.jobs)
    ]
    with ProcessPoolExecutor(max_workers=options.jobs) as pool:
        tried = list(pool.map(partial(_try, seed=options.seed, until=until), slices))
    tallies = [
        reduce(add, (tally for (each, _), tally in zip(slices, tried, strict=True) if each == name)) for name in KINDS
    ]
    print_table(COLUMNS, [tally.row() for tally in tallies], title=f"Made-up inputs, seed {options.seed}:")
    worst = [each for tally in tallies for each in tally.worst]
    for each in worst[:_SHOWN]:
        print(each, file=sys.stderr)
    sys.exit(0 if all(tally.is_sound for tally in tallies) else 1)


def _try(part: tuple[str, range], *, seed: int, until: float) -> Tally:
    name, numbers = part
    return soak(KINDS[name], numbers=numbers, seed=seed, until=until)


if __name__ == "__main__":
    main()
