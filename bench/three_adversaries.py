"""Solve one text against a strong, a middling and a weak adversary, and print how often each starts a war.

    python -m bench.three_adversaries --futures 64
    python -m bench.three_adversaries --futures 64 --without lost       # no cost of losing
    python -m bench.three_adversaries --futures 64 --without peace      # no cost of peace

The text is that of Sweden and Finland in 2022; what is left out is left out of `foedus.futures.war_cost`
(decision 037).
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from foedus.arrangement.library import load_from_library
from foedus.futures import war_cost
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters, Shape
from foedus.futures.solve import run_ensemble
from foedus.game.outcomes import OUTCOMES

TEXT = "history/sweden_finland_2022"
ADVERSARIES = ("russia", "belarus", "luxembourg")
SHOWN = ("war", "conquest", "lost", "invasions")


def main() -> None:
    """Print mean and median over the futures."""
    parser = argparse.ArgumentParser(prog="python -m bench.three_adversaries", description=__doc__)
    parser.add_argument("--futures", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", choices=("lost", "peace"), action="append", default=[])
    asked = parser.parse_args()
    if "peace" in asked.without:
        war_cost.peace_cost_of = _nothing
    parameters = _losing_is_cheap(default_parameters()) if "lost" in asked.without else default_parameters()
    text = load_from_library(TEXT)
    texts = [replace(text, parties=replace(text.parties, adversary=(each,))) for each in ADVERSARIES]
    found = run_ensemble(texts, parameters, settings=_settings(asked.futures, asked.seed))
    print(f"{'':12}" + "".join(f"{each:>20}" for each in ADVERSARIES) + "    mean (median)")
    for name in SHOWN:
        by_future = found.outcomes[:, :, list(OUTCOMES).index(name)]
        middle = np.median(by_future, axis=0)
        cells = [f"{mean:.3f} ({half:.3f})" for mean, half in zip(by_future.mean(axis=0), middle, strict=True)]
        print(f"{name:12}" + "".join(f"{cell:>20}" for cell in cells))
    print(f"solved to tolerance: {found.converged.mean():.3f}")


def _nothing(values: Mapping[str, float]) -> float:
    return 0.0 * values["lam_A"]


def _losing_is_cheap(parameters: Parameters) -> Parameters:
    """Return the parameters with a lost war that costs no more than the least a won one may cost."""
    entries = (
        replace(each, shape=Shape.FIXED, low=0.03, high=0.03) if each.name == "war_cost_A.lost" else each
        for each in parameters.entries
    )
    return replace(parameters, entries=tuple(entries))


def _settings(futures: int, seed: int) -> Settings:
    return Settings(
        futures=futures,
        seed=seed,
        horizon_periods=20,
        beliefs=7,
        balances=7,
        slices=3,
        tolerance=1e-3,
        max_sweeps=1500,
        method="kernel",
    )


if __name__ == "__main__":
    main()
