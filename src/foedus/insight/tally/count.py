"""Add up futures part by part: sums in a first reading, quantiles in a second; memory is that of one part."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from scipy.special import stdtrit

from foedus.errors import NotConverged
from foedus.futures.ensemble import Ensemble, Settings
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.statistics.spread import MeanOverFutures, Share, Spread, share_at
from foedus.insight.tally.record import CountedDifference, Tally
from foedus.values.arrays import BoolArray, FloatArray, IntArray

BINS = 4096
"""Parts of the range of each figure in which futures are counted for quantiles."""
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_Value = TypeVar("_Value")
_GAINS = [column_of(name) for name in ("gain_A", "gain_P", "gain_G")]


def tally(
    read: Callable[[], Iterable[Ensemble]], *, names: Sequence[str], baseline: str, margin: float, settings: Settings
) -> Tally:
    """Add up the parts of an ensemble that ``read`` gives, twice and in the same order.

    Used are the futures in which every arrangement converged. Raises `NotConverged` where there is none.
    """
    base = names.index(baseline)
    sums = _sums(read(), base=base, margin=margin)
    if not sums.used:
        raise NotConverged("in none of the futures did every arrangement converge; allow a larger tolerance")
    counts = _counts(read(), base=base, sums=sums)
    means, spreads = _means(sums), _spreads(sums, counts)
    war = sums.mean[: len(names), column_of("war")]
    return Tally(
        arrangements=tuple(names),
        baseline=baseline,
        order=tuple(names[a] for a in sorted(range(len(names)), key=lambda a: (war[a], a))),
        futures=sums.futures,
        used=sums.used,
        converged=dict(zip(names, sums.converged.tolist(), strict=True)),
        means=_by_outcome(names, means),
        spreads=_by_outcome(names, spreads),
        differences=_differences(names, base, means, spreads, sums),
        first=_shares(names, sums.first, of=sums.used),
        everyone_signs=_shares(names, sums.signs, of=sums.used),
        bins=BINS,
        margin=margin,
        settings=settings,
    )


class _Sums(NamedTuple):
    """What a first reading gives. Figures: every arrangement, then every arrangement less the baseline."""

    futures: int
    used: int
    converged: IntArray
    """(arrangement)"""
    mean: FloatArray
    """(figure, outcome)"""
    variance: FloatArray
    """(figure, outcome) of a sample."""
    least: FloatArray
    most: FloatArray
    lower: IntArray
    """(figure, outcome) futures in which it is below 0 by more than the margin."""
    higher: IntArray
    first: IntArray
    """(arrangement) futures in which it alone has least war."""
    signs: IntArray
    """(arrangement) futures in which all three gain."""


def _figures(part: Ensemble, base: int) -> FloatArray:
    """Return (future, figure, outcome) where all converged."""
    own = part.outcomes[part.converged.all(axis=1)]
    return np.concatenate([own, own - own[:, base, None]], axis=1)


def _sums(parts: Iterable[Ensemble], *, base: int, margin: float) -> _Sums:
    """Read once. Means and squares grow by Chan, Golub and LeVeque's rule (1983), so that no digit cancels."""
    futures = used = 0
    grown: dict[str, FloatArray] = {}
    counted: dict[str, IntArray] = {}
    for part in parts:
        figures, loss = _figures(part, base), part.outcomes[part.converged.all(axis=1)][:, :, column_of("war")]
        futures += len(part.converged)
        _add(counted, "converged", part.converged)
        if not len(figures):
            continue
        _grow(grown, figures, used=used)
        used += len(figures)
        _add(counted, "lower", figures < -margin)
        _add(counted, "higher", figures > margin)
        firsts = loss - loss.min(axis=1, keepdims=True) <= margin
        _add(counted, "first", firsts & (firsts.sum(axis=1, keepdims=True) == 1))
        signs: BoolArray = np.asarray((figures[:, : loss.shape[1], _GAINS] > margin).all(axis=2))
        _add(counted, "signs", signs)
    if not used:
        nothing, none = np.zeros(0), np.zeros(0, dtype=np.int64)
        return _Sums(futures, 0, none, nothing, nothing, nothing, nothing, none, none, none, none)
    variance = grown["squares"] / max(1, used - 1)
    return _Sums(
        futures=futures,
        used=used,
        converged=counted["converged"],
        mean=grown["mean"],
        variance=variance,
        least=grown["least"],
        most=grown["most"],
        lower=counted["lower"],
        higher=counted["higher"],
        first=counted["first"],
        signs=counted["signs"],
    )


def _add(counted: dict[str, IntArray], name: str, holds: BoolArray) -> None:
    counted[name] = counted.get(name, 0) + holds.sum(axis=0)


def _grow(grown: dict[str, FloatArray], figures: FloatArray, *, used: int) -> None:
    mean, count = figures.mean(axis=0), len(figures)
    squares = ((figures - mean) ** 2).sum(axis=0)
    least, most = figures.min(axis=0), figures.max(axis=0)
    if used:
        apart, total = mean - grown["mean"], used + count
        mean = grown["mean"] + apart * count / total
        squares = grown["squares"] + squares + apart**2 * used * count / total
        least, most = np.minimum(grown["least"], least), np.maximum(grown["most"], most)
    grown.update(mean=mean, squares=squares, least=least, most=most)


def _counts(parts: Iterable[Ensemble], *, base: int, sums: _Sums) -> IntArray:
    """Read again: return (figure, outcome, bin) in how many futures a figure lies in each part of its range."""
    shape = sums.mean.shape
    counts, begins = np.zeros((*shape, BINS), dtype=np.int64), np.arange(math.prod(shape)) * BINS
    width = _width(sums)
    for part in parts:
        places = ((_figures(part, base) - sums.least) / width).astype(np.int64).clip(0, BINS - 1)
        np.add.at(counts.reshape(-1), (places.reshape(len(places), len(begins)) + begins).ravel(), 1)
    return counts


def _width(sums: _Sums) -> FloatArray:
    span = sums.most - sums.least
    return np.where(span > 0, span, 1.0) / BINS


def _means(sums: _Sums) -> list[list[MeanOverFutures]]:
    """Return [figure][outcome] averages with Student's 95 % interval, as `mean_of` gives them."""
    if sums.used < 2:
        return [[MeanOverFutures(value, None, None) for value in row] for row in sums.mean.tolist()]
    reach = float(stdtrit(sums.used - 1, 0.975)) * np.sqrt(sums.variance / sums.used)
    return [
        [MeanOverFutures(value, value - half, value + half) for value, half in zip(row, halves, strict=True)]
        for row, halves in zip(sums.mean.tolist(), reach.tolist(), strict=True)
    ]


def _spreads(sums: _Sums, counts: IntArray) -> list[list[Spread]]:
    figures, outcomes = sums.mean.shape
    return [[_spread(sums, counts[i, o], i, o) for o in range(outcomes)] for i in range(figures)]


def _spread(sums: _Sums, counts: IntArray, figure: int, outcome: int) -> Spread:
    least, most = float(sums.least[figure, outcome]), float(sums.most[figure, outcome])
    low, lower, median, upper, high = _quantiles(counts, least=least, most=most)
    return Spread(
        mean=float(sums.mean[figure, outcome]),
        median=median,
        low=low,
        high=high,
        lower_quarter=lower,
        upper_quarter=upper,
        least=least,
        most=most,
        futures=sums.used,
    )


def _quantiles(counts: IntArray, *, least: float, most: float) -> list[float]:
    """Read quantiles off counts, futures of one bin being spread evenly over it."""
    up_to = np.cumsum(counts)
    ranks = np.array(_QUANTILES) * (up_to[-1] - 1)
    bins = np.searchsorted(up_to, ranks, side="right")
    inside = (ranks - (up_to[bins] - counts[bins]) + 0.5) / counts[bins]
    return [float(value) for value in np.clip(least + (most - least) * (bins + inside) / BINS, least, most)]


def _by_outcome(names: Sequence[str], rows: Sequence[Sequence[_Value]]) -> dict[str, dict[str, _Value]]:
    return {name: dict(zip(OUTCOMES, rows[a], strict=True)) for a, name in enumerate(names)}


def _differences(
    names: Sequence[str],
    base: int,
    means: Sequence[Sequence[MeanOverFutures]],
    spreads: Sequence[Sequence[Spread]],
    sums: _Sums,
) -> dict[str, dict[str, CountedDifference]]:
    return {
        name: {
            outcome: CountedDifference(
                mean=means[len(names) + a][o],
                spread=spreads[len(names) + a][o],
                lower=share_at(float(sums.lower[len(names) + a, o] / sums.used), of=sums.used),
                higher=share_at(float(sums.higher[len(names) + a, o] / sums.used), of=sums.used),
            )
            for o, outcome in enumerate(OUTCOMES)
        }
        for a, name in enumerate(names)
        if a != base
    }


def _shares(names: Sequence[str], counted: IntArray, *, of: int) -> dict[str, Share]:
    return {name: share_at(float(count / of), of=of) for name, count in zip(names, counted, strict=True)}
