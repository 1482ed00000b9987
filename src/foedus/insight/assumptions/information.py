"""What to find out first: what it is worth to know an assumption before one chooses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from foedus.futures.ensemble import Sample
from foedus.insight.statistics.axes import Axes, axes_of
from foedus.insight.statistics.basis import FEWEST, CurveBasis, curve_basis_of
from foedus.insight.statistics.spread import MeanOverFutures, mean_of
from foedus.values.arrays import BoolArray, FloatArray

_SHUFFLES = 99
_TOLD = 10
_SMALLEST_STRETCH = 0.05
"""A stretch of an assumption's range with a smaller share of the futures is not told."""


@dataclass(frozen=True)
class Stretch:
    """Part of an assumption's range, and what one would choose there."""

    low: float
    high: float
    choice: str
    """Id of the arrangement with the least expected loss there."""


@dataclass(frozen=True)
class Worth:
    """What knowing one assumption before choosing is worth."""

    parameter: str
    together: tuple[str, ...]
    """Other parameters that are drawn in step with it and cannot be told from it."""
    value: MeanOverFutures
    """Loss that is spared on average, in the units of the measure."""
    choices: tuple[Stretch, ...]
    """What one would choose along its range, from the lowest values to the highest."""


@dataclass(frozen=True)
class Information:
    """The value of information for the choice among all arrangements compared, on one measure."""

    measure: str
    without: str
    """Id of an arrangement that is taken not to be on offer; empty where all are."""
    choice: str
    """What one chooses without knowing more: the arrangement with the least mean loss."""
    perfect: MeanOverFutures
    """Loss spared on average by knowing everything: the expected value of perfect information."""
    worths: tuple[Worth, ...]
    """The ten parameters most worth knowing, the first first; empty for too few futures."""
    chance: float
    """What the best of all parameters would seem to be worth by chance alone in 1 of 20 such searches."""

    @property
    def beyond_chance(self) -> tuple[Worth, ...]:
        """The assumptions whose worth is more than chance alone would show."""
        return tuple(each for each in self.worths if each.value.value > max(self.chance, 0.0))


def information_of(
    loss: FloatArray, *, names: Sequence[str], sample: Sample, measure: str, seed: int, without: str = ""
) -> Information:
    """Return what it is worth to know each parameter before choosing among arrangements by loss (future, arrangement).

    Perfect information: ``EVPI = min_a E[L_a] - E[min_a L_a]``, the expected regret of the best choice a0 (Raiffa and
    Schlaifer 1961). Of one parameter x: ``EVPPI = min_a E[L_a] - E[min_a E[L_a | x]]``, with E[L_a | x] a cubic in the
    rank of x fitted to the futures (Strong, Oakley and Brennan 2014, Med. Decis. Making 34: 311-326). Taken naively the
    inner minimum rewards noise; here each future i is decided by the curves through all other futures,
    ``a_i = argmin_a f_a^{(-i)}(x_i)``, and what that choice spares there, ``L_{a0,i} - L_{a_i,i}``, is averaged. That
    is what a decision rule learnt from the sample would really bring, so it errs to the low side, may be below 0 where
    knowing x brings nothing, and has a paired t interval. Arrangements that another one beats in every future are no
    options. ``chance`` is the 95 % quantile, over 99 shuffles of the futures, of the largest value of any parameter.
    """
    best = int(loss.mean(axis=0).argmin())
    perfect = mean_of(loss[:, best] - loss.min(axis=1))
    nothing = Information(measure=measure, without=without, choice=names[best], perfect=perfect, worths=(), chance=0.0)
    axes = axes_of(sample.values, sample.names)
    if len(loss) < FEWEST or not axes.names:
        return nothing
    options = [best, *(int(a) for a in np.flatnonzero(~_beaten(loss)) if a != best)]
    losses, basis = loss[:, options], curve_basis_of(axes)
    gains = _gains(losses, basis)
    order = np.argsort(-gains.mean(axis=1), kind="stable")
    labels = [names[a] for a in options]
    return replace(
        nothing,
        worths=tuple(
            _worth(axes, p, gains[p], losses=losses, basis=basis, labels=labels) for p in order[:_TOLD].tolist()
        ),
        chance=_chance(losses, basis, seed=seed),
    )


def _beaten(loss: FloatArray) -> BoolArray:
    """Return (arrangement) whether another is nowhere worse and somewhere better; of equals, the first remains."""
    count = loss.shape[1]
    beaten = np.zeros(count, dtype=np.bool_)
    for a in range(count):
        for b in range(count):
            apart = loss[:, a] - loss[:, b]
            beaten[a] |= a != b and bool(np.all(apart >= 0) and (np.any(apart > 0) or b < a))
    return beaten


def _gains(losses: FloatArray, basis: CurveBasis) -> FloatArray:
    """Return (axis, future) what the choice by the other futures' curves spares against the first option."""
    chosen = basis.fitted_without(losses).argmin(axis=2)
    gains: FloatArray = losses[:, 0] - losses[np.arange(len(losses)), chosen]
    return gains


def _chance(losses: FloatArray, basis: CurveBasis, *, seed: int) -> float:
    generator = np.random.default_rng(seed)
    largest = [_gains(generator.permutation(losses), basis).mean(axis=1).max() for _ in range(_SHUFFLES)]
    return float(np.quantile(largest, 0.95))


def _worth(
    axes: Axes, p: int, gains: FloatArray, *, losses: FloatArray, basis: CurveBasis, labels: Sequence[str]
) -> Worth:
    return Worth(
        parameter=axes.names[p],
        together=axes.together[p],
        value=mean_of(gains),
        choices=_choices(axes, p, basis.of([p]).fitted(losses)[0], labels=labels),
    )


def _choices(axes: Axes, axis: int, curves: FloatArray, *, labels: Sequence[str]) -> tuple[Stretch, ...]:
    """Walk along the axis and gather neighbours with the same choice (curves: future, option)."""
    codes, levels = axes.codes[:, axis], axes.levels[axis]
    order = np.argsort(codes, kind="stable")
    chosen = curves.argmin(axis=1)[order]
    runs = [list(run) for _, run in groupby(range(len(order)), key=lambda i: int(chosen[i]))]
    told: list[list[int]] = []
    for run in runs:
        is_small = len(run) < _SMALLEST_STRETCH * len(order)
        if told and (is_small or chosen[told[-1][0]] == chosen[run[0]]):
            told[-1] += run
        else:
            told.append(run)
    return tuple(
        Stretch(
            low=float(levels[codes[order[run[0]]]]),
            high=float(levels[codes[order[run[-1]]]]),
            choice=labels[int(chosen[run[0]])],
        )
        for run in told
    )
