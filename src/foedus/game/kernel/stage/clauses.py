"""From the dataclasses to what compiled code takes: plain tuples of numbers and arrays.

Members that are alike in every array are one kind: they have the same chances and costs, whatever is done to find them.
"""

from collections import namedtuple
from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np

from foedus.game.future import Future
from foedus.game.kernel.stage.layout import WIDE, Mark
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import BoolArray, FloatArray, IntArray

FutureNumbers = namedtuple("FutureNumbers", tuple(field.name for field in fields(Future)))  # type: ignore[misc]
"""A future as compiled code sees it: the same names, in the same order."""


class Clauses(NamedTuple):
    """An arrangement as compiled code sees it; axes as in `CompiledArrangement`, members by kind j."""

    kind: IntArray
    """(i) the kind of each member."""
    number: IntArray
    """(j) members of the kind; the framework nation is a kind of its own."""
    weight: IntArray
    """(j)"""
    interest: FloatArray
    """(j)"""
    cost_weight: FloatArray
    """(j)"""
    must: BoolArray
    """(j)"""
    oblige: FloatArray
    """(j, n, r)"""
    promised: FloatArray
    """(n, r) the strongest obligation of any member."""
    leader: int
    """The framework nation's kind."""
    others: IntArray
    """Kinds that are neither the framework nation nor required, lightest first."""
    required: IntArray
    """Required kinds other than the framework nation."""
    confusion: FloatArray
    governs: IntArray
    quorum: IntArray
    blocked: BoolArray
    timeliness: FloatArray
    calm: float
    exposure: float
    opacity: float
    deployed_force: float
    self_defence: float
    demilitarised: float
    aid: float
    x_grid: FloatArray
    long_gains: Mark
    """Empty if x_grid has equal steps, so that a point is found by one multiplication, and fits registers."""
    standing_cost: FloatArray
    """(i)"""


def pack_future(future: Future) -> Any:
    """Return the future's numbers, all as floats."""
    values = (getattr(future, field.name) for field in fields(Future))
    return FutureNumbers(*(tuple(map(float, v)) if isinstance(v, tuple) else float(v) for v in values))


def pack_clauses(arrangement: CompiledArrangement) -> Clauses:
    """Return the arrangement's arrays, contiguous and of fixed type."""
    c = arrangement
    kind, first = _kinds(c)
    grid = np.ascontiguousarray(c.x_grid, dtype=np.float64)
    weight, must, leader = c.weight[first], c.must[first], int(kind[c.proposer])
    row = [int(j) for j in np.argsort(weight, kind="stable") if j != leader]
    steps = np.diff(grid)
    is_even = bool(np.max(np.abs(steps - steps[0])) <= 1e-9 * steps[0])
    return Clauses(
        kind=kind,
        number=np.bincount(kind).astype(np.int64),
        weight=np.ascontiguousarray(weight, dtype=np.int64),
        interest=np.ascontiguousarray(c.interest[first], dtype=np.float64),
        cost_weight=np.ascontiguousarray(c.cost_weight[first], dtype=np.float64),
        must=np.ascontiguousarray(must, dtype=np.bool_),
        oblige=np.ascontiguousarray(c.oblige[first], dtype=np.float64),
        promised=np.ascontiguousarray(c.oblige.max(axis=0), dtype=np.float64),
        leader=leader,
        others=np.array([j for j in row if not must[j]], dtype=np.int64),
        required=np.array([j for j in row if must[j]], dtype=np.int64),
        confusion=np.ascontiguousarray(c.confusion, dtype=np.float64),
        governs=np.ascontiguousarray(c.governs, dtype=np.int64),
        quorum=np.ascontiguousarray(c.quorum, dtype=np.int64),
        blocked=np.ascontiguousarray(c.blocked, dtype=np.bool_),
        timeliness=np.ascontiguousarray(c.timeliness, dtype=np.float64),
        calm=float(c.calm),
        exposure=float(c.exposure),
        opacity=float(c.opacity),
        deployed_force=float(c.deployed_force),
        self_defence=float(c.self_defence),
        demilitarised=float(c.demilitarised),
        aid=float(c.aid),
        x_grid=grid,
        long_gains=() if is_even and len(grid) <= WIDE else (len(grid),),
        standing_cost=np.ascontiguousarray(c.standing_cost, dtype=np.float64),
    )


def _kinds(c: CompiledArrangement) -> tuple[IntArray, IntArray]:
    """Return (i) each member's kind, numbered so that relabelling members changes nothing, and (j) a member of each."""
    leads = np.arange(len(c.weight)) == c.proposer
    parts = (c.weight, c.interest, c.cost_weight, c.must, leads, c.oblige.reshape(len(c.weight), -1))
    rows = list(map(tuple, np.column_stack([np.asarray(part, dtype=np.float64) for part in parts]).tolist()))
    traits = sorted(set(rows))
    return np.array([traits.index(row) for row in rows]), np.array([rows.index(trait) for trait in traits])
