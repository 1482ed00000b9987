"""What the reading of a blocked finding does to the numbers: `python -m bench.accuracy.readings`.

Where the adversary can block the finding and each guarantor may act alone: are guarantors left to their own judgement
(ours), or is no breach ever found (the literal reading of the compilation rule)? The table uses the futures in which
every one of its games converged.
"""

import argparse
import dataclasses
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from rich.console import Console
from rich.table import Table

from foedus.arrangement.library import load_from_library
from foedus.futures.compile import compile_all
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw, future_of
from foedus.game import Grid
from foedus.game.kernel import solve_batch
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Threat

Change: TypeAlias = Callable[[CompiledArrangement], CompiledArrangement]
GRID = Grid()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    Console(width=110).print(_veto_table(futures=options.futures, seed=options.seed))


def _veto_table(*, futures: int, seed: int) -> Table:
    defaults = default_parameters()
    games: dict[tuple[str, str], tuple[str, Parameters, Change]] = {
        ("no_guarantee", "own judgement"): ("no_guarantee", defaults, _as_it_is)
    }
    for name in ("budapest_memorandum_1994", "un_peacekeeping_mission"):
        games[name, "own judgement (ours)"] = (name, defaults, _as_it_is)
        games[name, "no breach is ever found"] = (name, defaults, _find_nothing)
    wars = _wars(games, futures=futures, seed=seed)
    return _table("Where the adversary can block the finding", wars)


def _table(title: str, wars: Mapping[tuple[str, str], FloatArray]) -> Table:
    used = len(next(iter(wars.values())))
    table = Table("arrangement", "reading", "war, mean", "war, median", title=f"{title} ({used} futures)")
    for (name, reading), war in wars.items():
        table.add_row(name, reading, f"{war.mean():.3f}", f"{np.median(war):.3f}")
    return table


def _as_it_is(compiled: CompiledArrangement) -> CompiledArrangement:
    return compiled


def _find_nothing(compiled: CompiledArrangement) -> CompiledArrangement:
    confusion = np.zeros((2, len(Threat), len(Determination)))
    confusion[:, :, Determination.NO_BREACH] = 1
    return dataclasses.replace(compiled, confusion=confusion)


def _wars(
    games: Mapping[tuple[str, str], tuple[str, Parameters, Change]], *, futures: int, seed: int
) -> dict[tuple[str, str], FloatArray]:
    """Return the chance of war of each game in the futures in which all of them converged."""
    found = {label: _solve(*game, futures=futures, seed=seed) for label, game in games.items()}
    used = np.all([np.isfinite(war) for war in found.values()], axis=0)
    return {label: war[used] for label, war in found.items()}


def _solve(name: str, parameters: Parameters, change: Change, *, futures: int, seed: int) -> FloatArray:
    arrangement = load_from_library(f"ukraine/{name}")
    sample = draw(parameters, futures=futures, seed=seed)
    rows = [dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist()]
    compiled = [change(compile_all([arrangement], row)[0]) for row in rows]
    solutions = solve_batch(
        compiled, [future_of(row) for row in rows], grid=GRID, horizon=20, tolerance=1e-4, max_sweeps=2000
    )
    return np.array([each.outcome.war if each.is_converged else np.nan for each in solutions])


if __name__ == "__main__":
    main()
