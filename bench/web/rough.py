"""What a coarser grid would spare, and how far off it lies: `python -m bench.web.rough`.

Levers of one text, each solved in the same futures on a coarse grid and on the terms of `foedus compare`; what a
picture shows is the average of the paired differences to the text as it was. The explorer solves on the latter alone.
"""

import argparse
from dataclasses import replace
from time import process_time

from bench.measuring.repeats import print_table
from foedus.arrangement.library import load_from_library
from foedus.arrangement.record import Arrangement
from foedus.game.grid import Grid
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.levers import pulled
from foedus.jobs.explorer.picture import SHOWN, picture_of
from foedus.jobs.explorer.pieces import PieceOrder, solve_piece
from foedus.jobs.explorer.terms import full_terms, warm_up

_COARSE = Grid(beliefs=7, balances=9, slices=2)
_COARSE_TOLERANCE = 1e-3
_TEXT = "ukraine/multinational_force_paris_2026"
_LEVERS = (
    ("commitments[1].bindingness", "shall_specified"),
    ("commitments[0].tier", "defend"),
    ("deployments[0].forces", "50000 troops"),
    ("duties.own_defence", "limited"),
    ("decision.rule", "unanimity"),
    ("consents.response", "russia"),
)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.web.rough", description=__doc__)
    parser.add_argument("--futures", type=int, default=40)
    options = parser.parse_args()
    warm_up()
    full = full_terms(futures=options.futures)
    text = load_from_library(_TEXT)
    seconds = {"exact": 0.0, "rough": 0.0}
    rows = []
    for path, value in _LEVERS:
        moved = pulled(text, path=path, value=value)
        if moved is None:
            raise ValueError(f"{path} cannot be {value}")
        differences = {}
        for name, run in (("exact", full), ("rough", replace(full, grid=_COARSE, tolerance=_COARSE_TOLERANCE))):
            began = process_time()
            differences[name] = _differences(moved, text, run)
            seconds[name] += process_time() - began
        apart = max(abs(a - b) for a, b in zip(differences["exact"], differences["rough"], strict=True))
        rows.append(
            (f"`{path}: {value}`", *(_points(differences[name][0]) for name in differences), f"{100 * apart:.2f}")
        )
    columns = ("lever", "war, exact", "war, rough", "largest distance")
    title = f"Average differences in {options.futures} futures, in points; the distance is over {', '.join(SHOWN[:4])}"
    print_table(columns, rows, title=title)
    games = 2 * len(_LEVERS) * options.futures
    told = ", ".join(f"{name} {1000 * spent / games:.1f} ms" for name, spent in seconds.items())
    print(f"Processor time of a game, the compiling of its text included: {told}.")


def _differences(moved: Arrangement, text: Arrangement, run: RunSettings) -> list[float]:
    new, old = ([solve_piece(PieceOrder(each, run, 0, run.futures))] for each in (moved, text))
    return [line.difference.mean.value for line in picture_of(new, old, run=run).lines if line.name != "cost"]


def _points(difference: float) -> str:
    return f"{100 * difference:+.2f}"


if __name__ == "__main__":
    main()
