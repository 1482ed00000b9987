"""The search for one box: a classification tree on ranks, and the judges that refuse what chance would find."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from foedus.insight.discovery.folds import folds_of
from foedus.insight.discovery.tree import Cut, Tree
from foedus.insight.statistics.axes import Axes
from foedus.insight.statistics.spread import Share, share_at
from foedus.values.arrays import BoolArray, FloatArray, IntArray

LEVEL = 0.01
"""Chance of naming a rule, or one condition of it, where nothing matters."""
_SHUFFLES = 199
_FIRST_LOOK = 39
_CLEARLY = 3
_FOLDS = 5
_REPEATS = 4
_MANY = 1000
_SEEDS = 2**31


@dataclass(frozen=True, eq=False)
class BoxSearch:
    """Where a box is sought, for what, and how large it must be."""

    axes: Axes
    holds: BoolArray
    """(future)"""
    most_conditions: int
    fewest: int

    def within(self, chosen: BoolArray | IntArray) -> "BoxSearch":
        """Return the search among some of the futures."""
        return replace(self, axes=self.axes.of(chosen), holds=self.holds[chosen])


def inside_cuts(cuts: Sequence[Cut], axes: Axes) -> BoolArray:
    """Return which futures lie on the named side of every cut."""
    inside: BoolArray = np.ones(len(axes.codes), dtype=np.bool_)
    for cut in cuts:
        inside &= (axes.codes[:, cut.axis] > cut.rank) == cut.above
    return inside


def best_cuts(search: BoxSearch, *, generator: np.random.Generator) -> tuple[tuple[Cut, ...], float]:
    """Return the box with the largest excess of hits among the nodes of a tree, and that excess; () where none has any.

    Every node is tried with all of its conditions and with each selection of them. Equal excess: fewer conditions.
    """
    best: tuple[Cut, ...] = ()
    score = 0.0
    for cuts in _candidates(search, generator=generator):
        inside = inside_cuts(cuts, search.axes)
        excess = float(_excess(search.holds[inside].sum(), inside.sum(), int(search.holds.sum()), len(inside)))
        if excess > score + 1e-9 or (excess > score - 1e-9 and len(cuts) < len(best)):
            best, score = cuts, excess
    return best, score


def chance_of(search: BoxSearch, *, score: float, generator: np.random.Generator) -> float:
    """Return how often shuffled futures give a box of this excess: ``(1 + those) / (1 + shuffles)``.

    Stops as soon as it is settled that this exceeds the level; the figure is then a lower bound of the chance. After 39
    shuffles the tail of a Gumbel law with their mean and spread is looked at, which the largest of many excesses
    follows (Knijnenburg et al. 2009, Bioinformatics 25: i161-i168): where that is at most a third of the level, or at
    least three times the level, it is returned.
    """
    scores: list[float] = []
    for _ in range(_SHUFFLES):
        shuffled = replace(search, holds=generator.permutation(search.holds))
        scores.append(best_cuts(shuffled, generator=generator)[1])
        reached = sum(each >= score for each in scores)
        if 1 + reached > LEVEL * (1 + _SHUFFLES):
            break
        if len(scores) == _FIRST_LOOK:
            tail = _gumbel_tail(scores, score=score)
            if not LEVEL / _CLEARLY < tail < LEVEL * _CLEARLY:
                return tail
    return (1 + reached) / (1 + _SHUFFLES)


def needed(search: BoxSearch, cuts: Sequence[Cut], *, generator: np.random.Generator) -> tuple[Cut, ...]:
    """Drop, weakest first, each cut that a single cut through shuffled futures would match.

    A cut is judged among the futures that meet all the others; the most needed comes first.
    """
    kept = list(cuts)
    while kept:
        judged = [_judge(search, cut, [other for other in kept if other != cut], generator) for cut in kept]
        order = sorted(range(len(kept)), key=lambda i: (judged[i][0], -judged[i][1]))
        if judged[order[-1]][0] <= LEVEL:
            return tuple(kept[i] for i in order)
        kept.pop(order[-1])
    return ()


def held_out(search: BoxSearch, *, most_conditions: int, generator: np.random.Generator) -> tuple[Share | None, float]:
    """Return the density, and the average number of hits caught, of boxes among futures that their search did not see.

    Each of 5 folds is judged by the box found in the other four; below 1,000 futures the whole is done 4 times and
    averaged.
    """
    smaller = replace(search, most_conditions=max(1, most_conditions))
    caught = inside = 0
    repeats = _REPEATS if len(search.holds) < _MANY else 1
    for _ in range(repeats):
        for seen, unseen in folds_of(search.holds, folds=_FOLDS, seed=int(generator.integers(_SEEDS))):
            cuts, _ = best_cuts(smaller.within(seen), generator=generator)
            met = inside_cuts(cuts, search.axes.of(unseen)) & bool(cuts)
            inside, caught = inside + int(met.sum()), caught + int((met & search.holds[unseen]).sum())
    if not inside:
        return None, 0.0
    return share_at(caught / inside, of=max(1, round(inside / repeats))), caught / repeats


def _gumbel_tail(scores: Sequence[float], *, score: float) -> float:
    """Return ``1 - exp(-exp(-(score - m) / b))``, with b and m from the spread and mean of the scores."""
    scale = max(float(np.std(scores)), 1e-9) * math.sqrt(6) / math.pi
    middle = float(np.mean(scores)) - np.euler_gamma * scale
    return -math.expm1(-math.exp(-(score - middle) / scale))


def _candidates(search: BoxSearch, *, generator: np.random.Generator) -> Iterator[tuple[Cut, ...]]:
    """Give every node of the tree, and every selection of a node's cuts, once."""
    if not search.axes.names:
        return
    tree = Tree(search.axes, search.holds, deepest=search.most_conditions, fewest=search.fewest)
    own = np.random.default_rng(int(generator.integers(_SEEDS)))
    given: set[frozenset[Cut]] = set()
    for node in tree.nodes(generator=own):
        for size in range(1, len(node) + 1):
            for cuts in combinations(node, size):
                if frozenset(cuts) not in given:
                    given.add(frozenset(cuts))
                    yield cuts


def _excess(hits: Any, futures: Any, all_hits: int, all_futures: int) -> FloatArray:
    """Return z = (h - n p) / sqrt(n p (1 - p) (N - n) / (N - 1)), 0 where the box is everything or nothing."""
    p = all_hits / all_futures
    variance = futures * p * (1 - p) * (all_futures - futures) / max(1, all_futures - 1)
    apart = np.asarray(hits - futures * p, dtype=np.float64)
    excess: FloatArray = np.divide(apart, np.sqrt(variance), out=np.zeros_like(apart), where=np.asarray(variance) > 0)
    return excess


def _judge(search: BoxSearch, cut: Cut, others: Sequence[Cut], generator: np.random.Generator) -> tuple[float, float]:
    """Return a cut's chance and excess among the futures that meet the others."""
    inner = search.within(inside_cuts(others, search.axes))
    met = inside_cuts([cut], inner.axes)
    score = float(_excess(inner.holds[met].sum(), met.sum(), int(inner.holds.sum()), len(met)))
    shuffled = generator.permuted(np.tile(inner.holds, (_SHUFFLES, 1)), axis=1)
    reached = int((_best_single(inner.axes.codes, shuffled, fewest=search.fewest) >= score - 1e-9).sum())
    return (1 + reached) / (1 + _SHUFFLES), score


def _best_single(codes: IntArray, holds: BoolArray, *, fewest: int) -> FloatArray:
    """Return for each shuffle of holds (shuffle, future) the largest excess of any cut on any axis, either side."""
    size = holds.shape[1]
    below = np.arange(1, size)
    allowed = (below >= fewest) & (size - below >= fewest)
    best = np.zeros(len(holds))
    all_hits = int(holds[0].sum())
    for column in codes.T:
        order = np.argsort(column, kind="stable")
        places = np.flatnonzero(allowed & (np.diff(column[order]) > 0))
        if len(places):
            hits = np.cumsum(holds[:, order], axis=1)[:, places]
            excess = _excess(hits, np.broadcast_to(below[places], hits.shape), all_hits, size)
            # The other side of a cut has the opposite excess.
            best = np.maximum(best, np.abs(excess).max(axis=1))
    return best
