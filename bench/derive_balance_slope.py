"""Estimate how the chance of winning a war rises with the log ratio of strengths, and print it with its interval.

    python -m bench.derive_balance_slope --data ../shared/data/raw

Pairs of principal belligerents (`cow_directed_dyadic_war.csv`; Maoz et al. 2019), each once, with their strengths of
the year before (`cow_nmc.csv`): mean of the log ratios of personnel, spending and CINC that both have, as in
`foedus.facts.strength`. P(win) = logistic(slope x log ratio), a tie counting half; bootstrap over pairs.
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from scipy.optimize import minimize_scalar

from bench.derive_strengths import COLUMNS, MISSING, TABLE, Table, read_table
from foedus.facts.strength import LEAST, PARTS
from foedus.values.arrays import FloatArray

WARS = "cow_directed_dyadic_war.csv"
PRINCIPALS = {"1", "3"}
SCORES = {"1": 1.0, "2": 0.5, "3": 0.0}
DRAWS = 500


def main() -> None:
    """Print slope, interval and number of pairs."""
    parser = argparse.ArgumentParser(prog="python -m bench.derive_balance_slope", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help=f"the folder that holds {WARS} and {TABLE}")
    folder = parser.parse_args().data
    ratio, score = read_pairs(folder / WARS, read_table(folder / TABLE))
    rng = np.random.default_rng(1)
    picks = [rng.integers(0, len(ratio), len(ratio)) for _ in range(DRAWS)]
    low, high = np.quantile([slope(ratio[pick], score[pick]) for pick in picks], [0.025, 0.975])
    print(f"slope {slope(ratio, score):.2f} [{low:.2f}, {high:.2f}], n = {len(ratio)}")


def read_pairs(wars: Path, table: Table) -> tuple[FloatArray, FloatArray]:
    """Return log ratios and scores (pair) of every pair of principals with known strengths."""
    with wars.open(newline="", encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: int(float(row["year"])))
    last = {
        (row["warnum"], row["statea"], row["stateb"]): row
        for row in rows
        if float(row["statea"]) < float(row["stateb"])
    }
    pairs = [
        (ratio, SCORES[outcome])
        for row in last.values()
        if {_whole(row["warolea"]), _whole(row["waroleb"])} <= PRINCIPALS
        and (outcome := _whole(row["outcomea"])) in SCORES
        if (ratio := _log_ratio(row, table)) is not None
    ]
    ratios, scores = zip(*pairs, strict=True)
    return np.array(ratios), np.array(scores)


def slope(ratio: FloatArray, score: FloatArray) -> float:
    """Return the slope of greatest likelihood."""

    def loss(b: float) -> float:
        return float(np.sum(score * np.logaddexp(0, -b * ratio) + (1 - score) * np.logaddexp(0, b * ratio)))

    return float(minimize_scalar(loss, bounds=(-2, 3), method="bounded").x)


def _log_ratio(row: dict[str, str], table: Table) -> float | None:
    year = int(float(row["warstrtyr"])) - 1
    sides = [table.get(int(float(row[side])), {}).get(year) for side in ("statea", "stateb")]
    logs = []
    for part in PARTS:
        column, unit = COLUMNS[part]
        values = [side[column] for side in sides if side and side[column] not in MISSING]
        if len(values) == 2:
            a, b = (max(unit * float(value), LEAST[part]) for value in values)
            logs.append(np.log(a / b))
    return float(np.mean(logs)) if logs else None


def _whole(number: str) -> str:
    return str(int(float(number))) if number not in MISSING else ""


if __name__ == "__main__":
    main()
