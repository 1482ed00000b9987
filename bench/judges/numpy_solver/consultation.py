"""Section 6 for many games at once: games with the same weights share their columns."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from foedus.game.future import Future
from foedus.game.plain.consultation import HOMOTOPY_STEPS, JOIN_TOLERANCE, ConsultationTable
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray, IntArray

Pair = tuple[CompiledArrangement, Future]
HALFWAY = 1e-6
"""Largest miss at which a step before the last is left."""
MOST_ROUNDS = 2000


@dataclass(frozen=True, eq=False)
class _Columns:
    """Proposals side by side; guarantors i in the rows of every array, all of the same weights."""

    weight: IntArray
    """(i)"""
    gain: FloatArray
    """(i, c) interest_i X / lam_G"""
    cost: FloatArray
    """(i, c) cost_weight_i tier_cost / lam_G"""
    duty: FloatArray
    """(i, c) renege oblige_i / lam_G"""
    quorum: IntArray
    """(c)"""
    must: BoolArray
    """(i, c) required members, the framework nation left out"""
    leads: BoolArray
    """(i, c) the framework nation"""

    def only(self, chosen: IntArray) -> "_Columns":
        return _Columns(
            self.weight,
            self.gain[:, chosen],
            self.cost[:, chosen],
            self.duty[:, chosen],
            self.quorum[chosen],
            self.must[:, chosen],
            self.leads[:, chosen],
        )


def tabulate(pairs: Sequence[Pair]) -> list[ConsultationTable]:
    """Return the consultation table of every game."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, (arrangement, _) in enumerate(pairs):
        groups[tuple(arrangement.weight.tolist())].append(place)
    tables: dict[int, ConsultationTable] = {}
    for members in groups.values():
        tables |= zip(members, _tabulate_alike([pairs[place] for place in members]), strict=True)
    return [tables[place] for place in range(len(pairs))]


def _tabulate_alike(pairs: Sequence[Pair]) -> list[ConsultationTable]:
    parts = [_columns(arrangement, future) for arrangement, future in pairs]
    whole = _Columns(
        pairs[0][0].weight,
        *(
            np.concatenate([getattr(part, name) for part in parts], axis=-1)
            for name in ("gain", "cost", "duty", "quorum", "must", "leads")
        ),
    )
    join = _principal_branch(whole)
    joined = join * _pivotal(join, whole)[0]
    cuts = np.cumsum([part.quorum.size for part in parts])[:-1]
    return [
        _table(arrangement, part) for (arrangement, _), part in zip(pairs, np.split(joined, cuts, axis=1), strict=True)
    ]


def _columns(arrangement: CompiledArrangement, future: Future) -> _Columns:
    """One column for every breach n, open tier r and point of X; equal obligations are not merged."""
    tiers, points = _open(arrangement), len(arrangement.x_grid)
    n, r, x = (axis.ravel() for axis in np.mgrid[1:5, : len(tiers), :points])
    r = np.array(tiers, dtype=np.int64)[r]
    leads = np.zeros((len(arrangement.weight), n.size), dtype=bool)
    leads[arrangement.proposer] = True
    return _Columns(
        weight=arrangement.weight,
        gain=arrangement.interest[:, None] * arrangement.x_grid[x] / future.lam_G,
        cost=arrangement.cost_weight[:, None] * np.array(future.tier_cost)[r] / future.lam_G,
        duty=future.renege * arrangement.oblige[:, n, r] / future.lam_G,
        quorum=arrangement.quorum[r],
        must=arrangement.must[:, None] & ~leads,
        leads=leads,
    )


def _table(arrangement: CompiledArrangement, joined: FloatArray) -> ConsultationTable:
    members, points = len(arrangement.weight), len(arrangement.x_grid)
    full = np.zeros((members, 5, 4, points))
    tiers = _open(arrangement)
    full[:, 1:, tiers] = joined.reshape(members, 4, len(tiers), points)
    return ConsultationTable(gain=arrangement.x_grid, executed=full[arrangement.proposer], joined=full)


def _open(arrangement: CompiledArrangement) -> list[int]:
    return [r for r in range(1, 4) if not arrangement.blocked[r]]


def _principal_branch(columns: _Columns) -> FloatArray:
    """Follow p from 1/2 by the oracle's steps; settled columns are set aside."""
    join = np.where(columns.leads, 1.0, 0.5)
    for step in range(1, HOMOTOPY_STEPS + 1):
        within = JOIN_TOLERANCE if step == HOMOTOPY_STEPS else HALFWAY
        moving, some, now = np.arange(join.shape[1]), columns, join
        for _ in range(MOST_ROUNDS):
            if moving.size == 0:
                break
            miss = _answer(now, some, step / HOMOTOPY_STEPS) - now
            now = now + miss / 2.0
            still = np.flatnonzero(np.abs(miss).max(axis=0) >= within)
            if still.size < 0.9 * moving.size or still.size == 0:
                join[:, moving] = now
                moving, some, now = moving[still], some.only(still), now[:, still]
        join[:, moving] = now
    return np.asarray(join)


def _answer(join: FloatArray, columns: _Columns, scale: float) -> FloatArray:
    joins, decides = _pivotal(join, columns)
    pull = columns.gain * decides - columns.cost * joins + columns.duty
    return np.asarray(np.where(columns.leads, 1.0, expit(scale * pull)))


def _pivotal(join: FloatArray, columns: _Columns) -> tuple[FloatArray, FloatArray]:
    """Return J and J - A (i, c): laws of the weight before and after each guarantor, folded together.

    Required members and the framework nation are taken to join; what that leaves out is the chance that the other
    required members do, a product.
    """
    sure = columns.must | columns.leads
    chance = np.where(sure, 1.0, join)
    required = np.where(columns.must, join, 1.0)
    before, after = _others(required)
    law, reach = _laws(chance, columns)
    joins, decides = np.empty_like(join), np.empty_like(join)
    for i, weight in enumerate(columns.weight.tolist()):
        # law[i]: weight of those before i; reach[i + 1][v]: chance that those after i lift v to the quorum
        with_i = np.einsum("vc,vc->c", law[i], reach[i + 1][weight : weight + law[i].shape[0]])
        without = np.einsum("vc,vc->c", law[i], reach[i + 1][: law[i].shape[0]])
        others = before[i] * after[i]
        joins[i] = others * with_i
        decides[i] = others * (with_i - np.where(columns.must[i], 0.0, without))
    return joins, decides


def _others(required: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the products over the guarantors before and after each."""
    ones = np.ones((1, required.shape[1]))
    before = np.cumprod(np.concatenate([ones, required[:-1]]), axis=0)
    after = np.cumprod(np.concatenate([ones, required[:0:-1]]), axis=0)[::-1]
    return before, after


def _laws(chance: FloatArray, columns: _Columns) -> tuple[list[FloatArray], list[FloatArray]]:
    """Return the law of the weight before each i, and the chance to reach the quorum from each weight after it."""
    weights = columns.weight.tolist()
    law = [np.ones((1, chance.shape[1]))]
    for i, weight in enumerate(weights[:-1]):
        longer = np.zeros((law[-1].shape[0] + weight, chance.shape[1]))
        longer[:-weight] = law[-1] * (1.0 - chance[i])
        longer[weight:] += law[-1] * chance[i]
        law.append(longer)
    whole = int(columns.weight.sum())
    reach = [(np.arange(whole + 1)[:, None] >= columns.quorum).astype(float)]
    for i in range(len(weights) - 1, -1, -1):
        last = reach[-1]
        kept = last.shape[0] - weights[i]
        reach.append(last[:kept] + chance[i] * (last[weights[i] :] - last[:kept]))
    return law, reach[::-1]
