"""The library's own cases: what the model says of each text, and what became of it."""

from collections.abc import Sequence

import numpy as np

from foedus.evidence.backtest.record import LOGIT, MODEL_AFTER, MODEL_BEFORE, ForecastEvent, HistoricalCase, Trial
from foedus.evidence.backtest.rivals import logit_left_out
from foedus.evidence.backtest.trial import try_all
from foedus.evidence.calibration.calibrate import Calibration
from foedus.evidence.calibration.statistics import PERIODS_PER_YEAR
from foedus.values.arrays import FloatArray

YEARS = (5, 10, 20)
"""Horizons that forecasts are scored at; the middle one is that of a comparison."""
MAIN_YEARS = 10
_NOTE = (
    "The cases were chosen because they are known, not sampled: texts that failed are better remembered than texts "
    "that were never tried. A score over them does not say how often the model is right about texts at large. The "
    "weights were not fitted to these cases; some of them are among the hundreds behind the targets."
)


def history_trials(
    cases: Sequence[HistoricalCase], calibration: Calibration, *, forces_in_place: dict[str, float], seed: int
) -> tuple[Trial, ...]:
    """Forecast war and attack at every horizon, and whether promises were kept, for the library's cases."""
    used = [case for case in cases if not case.left_out]
    asked = [(event, years) for event in (ForecastEvent.WAR, ForecastEvent.ATTACK) for years in (MAIN_YEARS, *YEARS)]
    trials = [_dated(used, event, years, calibration, forces_in_place, seed) for event, years in dict.fromkeys(asked)]
    trials.append(_kept(used, calibration, forces_in_place, seed))
    return tuple(trial for trial in trials if trial)


def outcome_of(case: HistoricalCase, event: ForecastEvent, years: float) -> bool | None:
    """Tell whether it had happened within the years; None where the case was not watched for so long."""
    when = case.war if event is ForecastEvent.WAR else _earliest(case.war, case.attack)
    if when is not None and when <= case.begins + years:
        return True
    return False if case.watched_until >= case.begins + years else None


def _earliest(first: float | None, second: float | None) -> float | None:
    known = [each for each in (first, second) if each is not None]
    return min(known) if known else None


def _dated(
    cases: Sequence[HistoricalCase],
    event: ForecastEvent,
    years: int,
    calibration: Calibration,
    forces: dict[str, float],
    seed: int,
) -> Trial | None:
    seen = [(case, outcome) for case in cases if (outcome := outcome_of(case, event, years)) is not None]
    texts = tuple(case.text for case, _ in seen)
    courses = calibration.courses.of(texts)
    chances = courses.war if event is ForecastEvent.WAR else courses.clash
    by_future = chances[:, :, : years * PERIODS_PER_YEAR].sum(axis=2)
    return _trial(
        name=f"{event.value}_{years}",
        title=_titled(event, years),
        event=event,
        texts=texts,
        happened=np.array([float(outcome) for _, outcome in seen]),
        hits=by_future,
        per=np.ones_like(by_future),
        calibration=calibration,
        forces=forces,
        seed=seed,
    )


def _kept(
    cases: Sequence[HistoricalCase], calibration: Calibration, forces: dict[str, float], seed: int
) -> Trial | None:
    tested = [case for case in cases if case.kept is not None]
    texts = tuple(case.text for case in tested)
    courses = calibration.courses.of(texts)
    return _trial(
        name="kept",
        title="What was promised was done when it fell due",
        event=ForecastEvent.KEPT,
        texts=texts,
        happened=np.array([float(bool(case.kept)) for case in tested]),
        hits=courses.honoured,
        per=courses.honoured + courses.breached,
        calibration=calibration,
        forces=forces,
        seed=seed,
    )


def _titled(event: ForecastEvent, years: int) -> str:
    what = "Major war" if event is ForecastEvent.WAR else "An attack carried through, or war,"
    return f"{what} within {years} years"


def _trial(
    *,
    name: str,
    title: str,
    event: ForecastEvent,
    texts: tuple[str, ...],
    happened: FloatArray,
    hits: FloatArray,
    per: FloatArray,
    calibration: Calibration,
    forces: dict[str, float],
    seed: int,
) -> Trial | None:
    equal = np.full(len(calibration.weights), 1 / len(calibration.weights))
    forecasts = {
        MODEL_AFTER: weighted_share(hits, per, calibration.weights),
        MODEL_BEFORE: weighted_share(hits, per, equal),
        LOGIT: logit_left_out(np.array([forces[text] for text in texts]), happened),
    }
    return try_all(
        name=name, title=title, event=event, cases=texts, happened=happened, forecasts=forecasts, note=_NOTE, seed=seed
    )


def weighted_share(hits: FloatArray, per: FloatArray, weights: FloatArray) -> FloatArray:
    """Return (case) the ratio of weighted sums over the futures in which the case was solved."""
    counted = np.isfinite(hits) & np.isfinite(per)
    top, bottom = (np.where(counted, each, 0.0).T @ weights for each in (hits, per))
    share: FloatArray = np.clip(top / np.maximum(bottom, 1e-300), 0.0, 1.0)
    return share
