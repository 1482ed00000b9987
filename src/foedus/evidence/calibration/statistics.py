"""The model's side of an observation: in every future, what is counted and what it is counted per.

The model's figure is sum_i w_i a_i / sum_i w_i b_i over futures i with weights w. A ratio of expectations is what a
record of tested cases estimates: a future in which no promise is tested adds nothing to either sum, and one in which
promises are tested often counts often. The selection into tests is that of the equilibrium itself. A text that was not
solved in a future adds nothing either.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from foedus.evidence.calibration.expected_course import CRISIS, ExpectedCourses
from foedus.evidence.calibration.observation import Demand, Observation, Statistic
from foedus.futures.ensemble import Sample
from foedus.values.arrays import FloatArray

PERIODS_PER_YEAR = 2


@dataclass(frozen=True, eq=False)
class Count:
    """What one observation counts, by future."""

    hits: FloatArray
    """a (future)"""
    per: FloatArray
    """b (future)"""

    def average(self, weights: FloatArray) -> float:
        """Return the ratio of the weighted sums; nan where nothing is ever counted."""
        per = float(weights @ self.per)
        return float(weights @ self.hits) / per if per > 0 else float("nan")


def count(demand: Demand, courses: ExpectedCourses, sample: Sample) -> Count:
    """Count one observation in every future."""
    asked = demand.observation
    if asked.statistic in (Statistic.RESPONSE_DAYS, Statistic.RESPONSE_WITHIN):
        return _response(asked, sample)
    if asked.statistic in (Statistic.WAR_RATIO, Statistic.CLASH_RATIO):
        name = "war" if asked.statistic is Statistic.WAR_RATIO else "clash"
        hits, per = (_mean(_by(getattr(courses.of(texts), name), asked)) for texts in (demand.texts, demand.versus))
        both = np.isfinite(hits) & np.isfinite(per)
        return Count(hits=np.where(both, hits, 0.0), per=np.where(both, per, 0.0))
    return _COUNTS[asked.statistic](courses.of(demand.texts), asked)


def crisis_at(courses: ExpectedCourses, balance: float) -> FloatArray:
    """Return (future, text, part) what follows a crisis at a balance, linear between the points of the grid."""
    place = float(np.interp(balance, courses.balance, np.arange(len(courses.balance))))
    low = min(int(place), len(courses.balance) - 2)
    between: FloatArray = courses.crisis[:, :, low] * (low + 1 - place) + courses.crisis[:, :, low + 1] * (place - low)
    return between


def _by(chances: FloatArray, asked: Observation) -> FloatArray:
    """Return (future, text) the chance that it has happened by the end of the years asked for."""
    summed: FloatArray = chances[:, :, : round(asked.years * PERIODS_PER_YEAR)].sum(axis=2)
    return summed


def _mean(chances: FloatArray) -> FloatArray:
    """Return (future) the mean over the texts that were solved; nan where none was."""
    solved = np.isfinite(chances).sum(axis=1)
    mean: FloatArray = np.where(solved > 0, np.nansum(chances, axis=1) / np.maximum(solved, 1), np.nan)
    return mean


def _share_of_texts(name: str) -> Callable[[ExpectedCourses, Observation], Count]:
    def counted(courses: ExpectedCourses, asked: Observation) -> Count:
        happened = _by(getattr(courses, name), asked)
        return Count(hits=np.nansum(happened, axis=1), per=np.isfinite(happened).sum(axis=1).astype(np.float64))

    return counted


def _defended(courses: ExpectedCourses, _: Observation) -> Count:
    return Count(hits=np.nansum(courses.defended, axis=1), per=np.nansum(courses.war, axis=(1, 2)))


def _kept(courses: ExpectedCourses, _: Observation) -> Count:
    return Count(hits=np.nansum(courses.honoured, axis=1), per=np.nansum(courses.honoured + courses.breached, axis=1))


def _joined(courses: ExpectedCourses, _: Observation) -> Count:
    return Count(hits=np.nansum(courses.joined, axis=1), per=np.nansum(courses.supported, axis=1))


def _deterred(courses: ExpectedCourses, asked: Observation) -> Count:
    parts = np.nansum(crisis_at(courses, asked.balance), axis=1)
    return Count(hits=parts[:, CRISIS.index("withdrawn")], per=parts.sum(axis=1))


def _fought(courses: ExpectedCourses, asked: Observation) -> Count:
    parts = np.nansum(crisis_at(courses, asked.balance), axis=1)
    fought, stood_by = (parts[:, CRISIS.index(name)] for name in ("fought", "stood_by"))
    return Count(hits=fought, per=fought + stood_by)


_COUNTS: dict[Statistic, Callable[[ExpectedCourses, Observation], Count]] = {
    Statistic.WAR: _share_of_texts("war"),
    Statistic.CLASH: _share_of_texts("clash"),
    Statistic.VIOLATION: _share_of_texts("violation"),
    Statistic.DEFENDED: _defended,
    Statistic.KEPT: _kept,
    Statistic.JOINED: _joined,
    Statistic.DETERRED: _deterred,
    Statistic.FOUGHT: _fought,
}


def _response(asked: Observation, sample: Sample) -> Count:
    def column(name: str) -> FloatArray:
        values: FloatArray = sample.values[:, sample.names.index(name)]
        return values

    days = np.log(
        column("days.determine.silent") + column("days.decide.silent") + column(f"days.mobilise.{asked.tier}")
    )
    per = np.ones(len(days))
    if asked.statistic is Statistic.RESPONSE_DAYS:
        return Count(hits=days, per=per)
    return Count(hits=ndtr((np.log(asked.days) - days) / column("days.spread")), per=per)
