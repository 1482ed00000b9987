"""Whether history spoke about a parameter: how far weights move it, against the same weights dealt at random."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from foedus.evidence.calibration.quantiles import quantiles
from foedus.futures.ensemble import Sample
from foedus.futures.parameters.record import Parameter, Shape
from foedus.values.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class ParameterShift:
    """What the weights do to one parameter, or to the parameters that are drawn together with it."""

    name: str
    group: str
    distance: float
    """Kolmogorov's: largest gap between the distribution before and after."""
    floor: float
    """The distance that one set in twenty of the same weights, dealt to the futures at random, exceeds."""
    chance: float
    """Share of random deals that move the parameter as far (p), with the observed one counted in."""
    is_testable: bool
    """Whether a text behind the targets reads the parameter; where none does, nothing is tested."""
    is_informed: bool
    """Whether history spoke, with the share of false claims among such parameters held to ``false_share``."""
    before: tuple[float, float, float]
    """5, 50 and 95 % of the draws lie below."""
    after: tuple[float, float, float]
    """The same with weights."""


def parameter_shifts(
    sample: Sample,
    weights: FloatArray,
    *,
    parameters: Mapping[str, Parameter],
    read: Collection[str],
    deals: int,
    false_share: float,
    seed: int,
) -> tuple[ParameterShift, ...]:
    """Compare every parameter that varies before and after weighting; parameters of a group are one test.

    Where none of a group is in ``read``, no text behind the targets depends on it, and there is nothing to test.
    The reference is a permutation test: the same weights, dealt to the futures at random ``deals`` times. Which
    parameters count as moved is settled by Benjamini and Hochberg (1995) over the groups.
    """
    varied = [name for name in sample.names if parameters[name].shape is not Shape.FIXED]
    first = list(dict.fromkeys(parameters[name].group for name in varied))
    lead = {group: next(name for name in varied if parameters[name].group == group) for group in first}
    order = np.column_stack([np.argsort(_column(sample, lead[group]), kind="stable") for group in first]).astype(
        np.int64
    )
    moved = _distances(order, weights)
    chances, floors = _reference(order, weights, moved=moved, deals=deals, seed=seed)
    could = np.array([any(parameters[name].group == group for name in varied if name in read) for group in first])
    spoke = _discoveries(chances, could, false_share)
    tested = dict(zip(first, zip(moved, floors, chances, could, spoke, strict=True), strict=True))
    return tuple(
        _shift(name, parameters[name].group, sample, weights, tested[parameters[name].group]) for name in varied
    )


def _column(sample: Sample, name: str) -> FloatArray:
    values: FloatArray = sample.values[:, sample.names.index(name)]
    return values


def _distances(order: IntArray, weights: FloatArray) -> FloatArray:
    """Return (group) the largest gap between the equal and the weighted distribution; ``order`` is (rank, group)."""
    steps = np.arange(1, len(order) + 1)[:, None] / len(order)
    gaps: FloatArray = np.abs(np.cumsum(weights[order], axis=0) - steps).max(axis=0)
    return gaps


def _reference(
    order: IntArray, weights: FloatArray, *, moved: FloatArray, deals: int, seed: int
) -> tuple[FloatArray, FloatArray]:
    generator = np.random.default_rng(seed)
    dealt = np.array([_distances(order, generator.permutation(weights)) for _ in range(deals)])
    chances = (1 + (dealt >= moved).sum(axis=0)) / (deals + 1)
    return chances, np.quantile(dealt, 0.95, axis=0)


def _discoveries(chances: FloatArray, could: BoolArray, false_share: float) -> BoolArray:
    """Return which tests stand when at most ``false_share`` of the claims may be false, on average."""
    ranked = np.sort(chances[could])
    passing = ranked <= false_share * np.arange(1, len(ranked) + 1) / max(len(ranked), 1)
    line = ranked[passing].max() if passing.any() else -1.0
    stands: BoolArray = could & (chances <= line)
    return stands


def _shift(
    name: str, group: str, sample: Sample, weights: FloatArray, tested: tuple[float, float, float, bool, bool]
) -> ParameterShift:
    values = _column(sample, name)
    before, after = (
        quantiles(values, each, (0.05, 0.5, 0.95)) for each in (np.full(len(values), 1 / len(values)), weights)
    )
    return ParameterShift(
        name=name,
        group=group,
        distance=float(tested[0]),
        floor=float(tested[1]),
        chance=float(tested[2]),
        is_testable=bool(tested[3]),
        is_informed=bool(tested[4]),
        before=(before[0], before[1], before[2]),
        after=(after[0], after[1], after[2]),
    )
