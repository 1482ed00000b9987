"""Compile the kernel for all kinds of games that there are, by solving tiny ones; run in a process of its own.

It reads its input to the end and stops there: when who has started it dies, so does it.
"""

import os
import sys
from dataclasses import fields
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np

from foedus.game.future import PER_CRISIS_TIER, PER_TIER, Future
from foedus.game.grid import Grid
from foedus.game.kernel.batch import solve_batch
from foedus.game.kernel.keeping import kept, place
from foedus.game.kernel.keeping.ready import CodeFor
from foedus.game.kernel.search.find import KEPT
from foedus.game.kernel.trace import trace_kernel
from foedus.mechanism.compiled import CompiledArrangement


def make(kind: CodeFor) -> None:
    """Compile what a kind of work needs, by doing a very little of it."""
    compiled, future = _arrangement(), _future()
    grid = Grid(beliefs=17 if kind in (CodeFor.LARGE_GAMES, CodeFor.LARGE_RECORDS) else 3, balances=3, slices=2)
    # as many sweeps as make the search begin in float32
    if kind in (CodeFor.GAMES, CodeFor.LARGE_GAMES):
        solve_batch([compiled], [future], grid=grid, horizon=2, tolerance=1e-2, max_sweeps=2 * KEPT, threads=1)
    else:
        trace_kernel(compiled, future, grid=grid, horizon=2, tolerance=1e-2, max_sweeps=2 * KEPT)


def _arrangement() -> CompiledArrangement:
    """Return two guarantors of different weight who decide together."""
    findings, tiers, members = 5, 4, 2
    return CompiledArrangement(
        weight=np.array([1, 2]),
        interest=np.ones(members),
        cost_weight=np.ones(members),
        confusion=np.full((3, 4, findings), 1.0 / findings),
        governs=np.array([[0, 1, 2, 3, 4]] * 2),
        oblige=np.zeros((members, findings, tiers)),
        quorum=np.array([0, 3, 3, 3]),
        must=np.zeros(members, dtype=np.bool_),
        proposer=0,
        blocked=np.zeros(tiers, dtype=np.bool_),
        timeliness=np.ones(tiers),
        calm=0.0,
        exposure=0.0,
        opacity=0.0,
        deployed_force=0.0,
        self_defence=0.0,
        demilitarised=0.0,
        aid=0.0,
    )


def _future() -> Future:
    """Return a future in which every number is a tenth, and no tier 0."""
    values: dict[str, Any] = {field.name: 0.1 for field in fields(Future)}
    values |= {name: (0.0, 0.1, 0.1, 0.1)[: 3 if name in PER_CRISIS_TIER else 4] for name in PER_TIER}
    return Future(**values)


def main() -> None:
    """Make the kind of code that is named first, in the folder named second, with what the other folders hold."""
    kind, folder, *others = sys.argv[1:]
    Thread(target=_stop_with_who_has_started_this, daemon=True).start()
    for other in others:
        kept.read_from(Path(other))
    kept.write_to(Path(folder))
    make(CodeFor(kind))
    place.complete(Path(folder))


def _stop_with_who_has_started_this() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
