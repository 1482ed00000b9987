"""Hold consultation against the plain iteration on hard proposals: `python -m bench.accuracy.consultation`."""

import argparse
import dataclasses
from time import process_time

import numpy as np

from bench.games.designs import designs, futures
from foedus.game import Future, Grid
from foedus.game.kernel.consultation.table import nothing_known, settle
from foedus.game.kernel.search.find import open_game
from foedus.game.kernel.stage.clauses import pack_clauses, pack_future
from foedus.game.kernel.stage.layout import crisis_question
from foedus.game.plain.consultation import (
    HOMOTOPY_STEPS,
    JOIN_TOLERANCE,
    Proposals,
    crisis_duty,
    join_response,
    pivotal_chances,
)
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray

APART = 1e-6
"""Difference in T from which two answers are different ones."""


def main() -> None:
    """Print how many proposals the plain iteration settles, on how many the kernel differs, and both times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=int, default=2000, help="plain rounds a step before a proposal is given up")
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    proposed, settled, differ, worst, seconds = 0, 0, 0, 0.0, [0.0, 0.0]
    for future in futures(seed=options.seed, count=options.tables):
        compiled, world = _table(rng, future=future)
        began = process_time()
        found = kernel_table(compiled, world)[crisis_question(1, 1)]
        between = process_time()
        oracle, is_settled = plain_table(compiled, world, patience=options.patience)
        seconds = [seconds[0] + between - began, seconds[1] + process_time() - between]
        apart = np.abs(found - oracle)[is_settled]
        proposed, settled, differ = proposed + found.size, settled + apart.size, differ + int(np.sum(apart > APART))
        worst = max(worst, float(apart.max(initial=0.0)))
    print(
        f"{options.tables} tables, {proposed} proposals, settled by the plain iteration {settled}; "
        f"kernel differs by more than {APART:g} on {differ}, at most by {worst:.1g}; "
        f"kernel {seconds[0]:.2f} s with compiling, plain {seconds[1]:.1f} s"
    )


def kernel_table(compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return T (question, x) as the kernel tabulates it."""
    f, a = pack_future(future), pack_clauses(compiled)
    consultation = nothing_known(len(a.x_grid), len(a.weight))
    settle(f, a, open_game(f, a, Grid().balance, 1)[0], consultation, np.ones_like(consultation.is_known))
    return consultation.table


def plain_table(compiled: CompiledArrangement, future: Future, *, patience: int) -> tuple[FloatArray, BoolArray]:
    """Return T (x) on the first breach and tier, and where the plain iteration came to rest at every step."""
    points = len(compiled.x_grid)
    proposals = Proposals(
        gain=compiled.x_grid,
        tier_cost=np.full(points, future.tier_cost[1]),
        quorum=np.full(points, compiled.quorum[1]),
        duty=np.repeat(crisis_duty(compiled=compiled, future=future)[:, 1, 1, None], points, axis=1),
    )
    join = np.full((len(compiled.weight), points), 0.5)
    join[compiled.proposer] = 1.0
    alive = np.arange(points)
    for step in range(1, HOMOTOPY_STEPS + 1):
        moving = alive
        for _ in range(patience):
            miss = _miss(join[:, moving], proposals.only(moving), compiled, future, scale=step / HOMOTOPY_STEPS)
            join[:, moving] += miss / 2.0
            moving = moving[np.max(np.abs(miss), axis=0) >= JOIN_TOLERANCE]
            if moving.size == 0:
                break
        alive = np.setdiff1d(alive, moving)
    if_joins, _ = pivotal_chances(join, quorum=proposals.quorum, compiled=compiled)
    return if_joins[compiled.proposer], np.isin(np.arange(points), alive)


def _miss(
    join: FloatArray, proposals: Proposals, compiled: CompiledArrangement, future: Future, *, scale: float
) -> FloatArray:
    return join_response(join, proposals=proposals, compiled=compiled, future=future, scale=scale) - join


def _table(rng: np.random.Generator, *, future: Future) -> tuple[CompiledArrangement, Future]:
    """Draw 5 to 32 guarantors with weights 1 to 10, a rule from one member to unanimity, promises, and low noise."""
    members = int(rng.integers(5, 33))
    weight = rng.integers(1, 11, members) if rng.random() < 0.5 else rng.choice([1, 1, 1, 1, 2, 2, 3, 10], members)
    rule = rng.choice(["heads", "unanimity", "any", "majority"])
    weight = np.ones(members, dtype=np.int64) if rule == "heads" else weight
    total = int(weight.sum())
    quorum = {
        "heads": int(rng.integers(2, members + 1)),
        "unanimity": total,
        "any": int(rng.integers(1, total + 1)),
        "majority": int(np.ceil(total * rng.choice([0.5, 0.6, 0.65, 0.75, 0.9]))),
    }[str(rule)]
    is_alike = rng.random() < 0.3
    oblige = np.zeros((members, 5, 4))
    oblige[:, 1, 1] = rng.uniform(0, 0.6, 1 if is_alike else members)
    oblige[:, 1, 1] *= 1.0 if is_alike else rng.random(members) < rng.random()
    compiled = dataclasses.replace(
        designs()["no guarantee"],
        weight=weight,
        interest=rng.uniform(0.3, 2.0, members) if rng.random() < 0.7 else np.full(members, rng.uniform(0.5, 1.5)),
        cost_weight=np.ones(members) if rng.random() < 0.6 else rng.uniform(0.5, 1.5, members),
        oblige=oblige,
        quorum=np.array([0, quorum, quorum, quorum]),
        must=(rng.random(members) < 0.1) & (rng.random() < 0.3),
        standing_cost=np.zeros(members),
        proposer=int(np.argmax(weight)) if rng.random() < 0.5 else int(rng.integers(members)),
        blocked=np.array([False, False, True, True]),
    )
    cost = float(rng.choice([0.01, 0.06, 0.14, 0.2]))
    return compiled, dataclasses.replace(
        future, lam_G=float(rng.uniform(0.03, 0.15)), tier_cost=(0.0, cost, cost, cost)
    )


if __name__ == "__main__":
    main()
