"""Try made-up inputs until the time is up: `python -m bench.soak`; a traceback, a hang or a wrong answer fails it."""

import argparse
import sys
from time import perf_counter

from bench.measuring.repeats import print_table
from bench.soak.formulas import FORMULAS
from bench.soak.others import CLAIMS, GAMES
from bench.soak.overlays import OVERLAYS
from bench.soak.texts import TEXTS
from bench.soak.trial import COLUMNS, soak

_SHOWN = 10
KINDS = {"texts": TEXTS, "overlays": OVERLAYS, "formulas": FORMULAS, "claims": CLAIMS, "games": GAMES}
COUNTS = {"texts": 10_000, "overlays": 2_000, "formulas": 2_000, "claims": 1_000, "games": 500}


def main() -> None:
    """Run the kinds one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    for name, count in COUNTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=f"how many {KINDS[name].name} ({count})")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=900.0, help="for all kinds together")
    options = parser.parse_args()
    began = perf_counter()
    tallies = [
        soak(kind, count=vars(options)[name], seed=options.seed, until=began + options.seconds)
        for name, kind in KINDS.items()
    ]
    print_table(COLUMNS, [tally.row() for tally in tallies], title=f"Made-up inputs, seed {options.seed}:")
    worst = [each for tally in tallies for each in tally.worst]
    for each in worst[:_SHOWN]:
        print(each, file=sys.stderr)
    sys.exit(0 if all(tally.is_sound for tally in tallies) else 1)


if __name__ == "__main__":
    main()
