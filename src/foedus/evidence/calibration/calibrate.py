"""Weigh futures by the record: which targets bind, what conflicts, and about which parameters history spoke."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.evidence.calibration.expected_course import ExpectedCourses
from foedus.evidence.calibration.maximum_entropy import MaximumEntropyWeights, maximum_entropy_weights
from foedus.evidence.calibration.observation import Demand
from foedus.evidence.calibration.parameter_shifts import ParameterShift, parameter_shifts
from foedus.evidence.calibration.statistics import Count, count
from foedus.futures.ensemble import Sample
from foedus.futures.parameters.record import Parameter
from foedus.values.arrays import FloatArray

DEALS = 4999
"""Random deals of the weights; so many that one parameter of all can pass the test of many."""
FALSE_SHARE = 0.1


@dataclass(frozen=True)
class ObservationFit:
    """One observation, before and after."""

    demand: Demand
    before: float
    """The model's figure when every future counts the same."""
    after: float
    """The same with weights."""
    price: float
    """Nats for one standard deviation of the interval; 0 where it does not bind."""
    is_given_up: bool
    """Whether it was let go because meeting it would cost more than the highest price."""
    pushes_out: tuple[str, ...]
    """Observations that would leave their interval, or miss it by more, if this one alone were met."""

    @property
    def binds(self) -> bool:
        """Tell whether the observation changed any weight."""
        return self.price > BINDING

    @property
    def was_met(self) -> bool:
        """Tell whether the unweighted futures met it."""
        return self.demand.band.low <= self.before <= self.demand.band.high


BINDING = 1e-3
"""Price in nats above which an observation counts as binding."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """Weights over futures, and what came of them."""

    sample: Sample
    """The futures in which every text was solved."""
    courses: ExpectedCourses
    weights: FloatArray
    """(future) summing to 1."""
    findings: tuple[ObservationFit, ...]
    shifts: tuple[ParameterShift, ...]
    drawn: int
    """Futures drawn, those left out included."""
    effective: float
    """Kish's effective number of futures."""
    divergence: float
    """Nats between the weights and equal ones."""
    dearest: float
    limit: float
    seed: int

    @property
    def demands(self) -> tuple[Demand, ...]:
        """The observations that the weights answer to: all but those given up."""
        return tuple(finding.demand for finding in self.findings if not finding.is_given_up)


def calibrate(
    demands: Sequence[Demand],
    *,
    sample: Sample,
    courses: ExpectedCourses,
    parameters: Mapping[str, Parameter],
    read: Collection[str],
    drawn: int,
    dearest: float,
    limit: float,
    deals: int = DEALS,
) -> Calibration:
    """Weigh the futures of ``sample`` so that the model's figures lie in the intervals of ``demands``.

    ``read`` names the parameters on which the texts of the demands depend.
    """
    counts = [count(demand, courses, sample) for demand in demands]
    kept, answer = _weigh_what_can_be_met(demands, counts, dearest=dearest)
    equal = np.full(len(answer.weights), 1 / len(answer.weights))
    prices = {j: float(answer.prices[2 * k : 2 * k + 2].sum()) for k, j in enumerate(kept)}
    alone = [weigh([demand], [each], dearest=dearest).weights for demand, each in zip(demands, counts, strict=True)]
    findings = tuple(
        ObservationFit(
            demand=demand,
            before=counts[j].average(equal),
            after=counts[j].average(answer.weights),
            price=prices.get(j, 0.0),
            is_given_up=j not in prices,
            pushes_out=_pushed_out(demands, counts, j, before=equal, after=alone[j]),
        )
        for j, demand in enumerate(demands)
    )
    return Calibration(
        sample=sample,
        courses=courses,
        weights=answer.weights,
        findings=findings,
        shifts=parameter_shifts(
            sample,
            answer.weights,
            parameters=parameters,
            read=read,
            deals=deals,
            false_share=FALSE_SHARE,
            seed=sample.seed,
        ),
        drawn=drawn,
        effective=answer.effective,
        divergence=answer.divergence,
        dearest=dearest,
        limit=limit,
        seed=sample.seed,
    )


def _weigh_what_can_be_met(
    demands: Sequence[Demand], counts: Sequence[Count], *, dearest: float
) -> tuple[list[int], MaximumEntropyWeights]:
    """Weigh, and as long as a demand is too dear, let go of the one that is missed most and weigh again.

    A demand that cannot be met would else go on pulling at the weights for nothing. Returns which demands were kept.
    """
    kept = list(range(len(demands)))
    while True:
        answer = weigh([demands[j] for j in kept], [counts[j] for j in kept], dearest=dearest)
        missed = {
            k: float(answer.excess[2 * k : 2 * k + 2].max())
            for k in range(len(kept))
            if answer.is_given_up(2 * k) or answer.is_given_up(2 * k + 1)
        }
        if not missed:
            return kept, answer
        del kept[max(missed, key=lambda k: missed[k])]


def weigh(demands: Sequence[Demand], counts: Sequence[Count], *, dearest: float) -> MaximumEntropyWeights:
    """Return the weights of least divergence under which every ratio of expectations lies in its interval.

    ``sum w a / sum w b <= high`` is the same as ``sum w (a - high b) <= 0``, which is linear in w; likewise from below.
    Each bound is counted in standard deviations of its interval at the unweighted denominator.
    """
    bounds = [_bounds(demand, each) for demand, each in zip(demands, counts, strict=True)]
    return maximum_entropy_weights(np.column_stack([column for pair in bounds for column in pair]), dearest=dearest)


def _bounds(demand: Demand, each: Count) -> tuple[FloatArray, FloatArray]:
    unit = demand.band.sd * max(float(each.per.mean()), 1e-12)
    none = np.zeros(len(each.per))
    low, high = demand.band.low, demand.band.high
    return (
        (low * each.per - each.hits) / unit if np.isfinite(low) else none,
        (each.hits - high * each.per) / unit if np.isfinite(high) else none,
    )


def _pushed_out(
    demands: Sequence[Demand], counts: Sequence[Count], j: int, *, before: FloatArray, after: FloatArray
) -> tuple[str, ...]:
    """Name the observations that lie further outside their interval after than before, by a twentieth of its sd."""
    return tuple(
        other.observation.id
        for k, other in enumerate(demands)
        if k != j and _miss(other, counts[k], after) > _miss(other, counts[k], before) + 0.05
    )


def _miss(demand: Demand, each: Count, weights: FloatArray) -> float:
    """Return by how many standard deviations the figure lies outside its interval."""
    figure, band = each.average(weights), demand.band
    return max(band.low - figure, figure - band.high, 0.0) / band.sd
