"""A guarantee with fewer guarantors, small enough for a tree."""

import dataclasses
import math

import numpy as np

from foedus.mechanism.compiled import CompiledArrangement


def keep_heaviest(arrangement: CompiledArrangement, *, guarantors: int) -> tuple[CompiledArrangement, tuple[int, ...]]:
    """Return the arrangement with the framework nation and the heaviest others, and their indices i.

    The weight needed is scaled to the weight that is left, rounded up. With no guarantors every tier is blocked.

    Raises:
        ValueError: ``guarantors`` is negative or more than there are.
    """
    present = len(arrangement.weight)
    if not 0 <= guarantors <= present:
        raise ValueError(f"keep_heaviest: can keep 0 to {present} guarantors, not {guarantors}")
    if guarantors == 0:
        return dataclasses.replace(arrangement, blocked=np.array([False, True, True, True])), ()
    order = np.argsort(-arrangement.weight, kind="stable")
    others = [int(i) for i in order if i != arrangement.proposer]
    kept = tuple(sorted([arrangement.proposer, *others[: guarantors - 1]]))
    rows = np.array(kept)
    left, whole = int(arrangement.weight[rows].sum()), int(arrangement.weight.sum())
    return dataclasses.replace(
        arrangement,
        weight=arrangement.weight[rows],
        interest=arrangement.interest[rows],
        cost_weight=arrangement.cost_weight[rows],
        oblige=arrangement.oblige[rows],
        must=arrangement.must[rows],
        standing_cost=arrangement.standing_cost[rows],
        quorum=np.array([math.ceil(int(q) * left / whole - 1e-9) for q in arrangement.quorum]),
        proposer=kept.index(arrangement.proposer),
    ), kept


def finding_for_sure(arrangement: CompiledArrangement) -> CompiledArrangement:
    """Return the arrangement under a mechanism that finds what was done, and blames nobody wrongly."""
    confusion = np.zeros((3, 4, 5))
    confusion[:, range(4), range(4)] = 1.0
    return dataclasses.replace(arrangement, confusion=confusion)
