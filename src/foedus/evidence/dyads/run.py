"""Compare the model with simpler forecasters on hundreds of states under threat, by decades and across 1946."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.evidence.backtest.record import (
    BOOSTED,
    LOGIT_OF_THREE,
    MODEL_AFTER,
    MODEL_BEFORE,
    PROBIT,
    UNSCALED,
    ForecastEvent,
    Trial,
)
from foedus.evidence.backtest.trial import try_all
from foedus.evidence.calibration.calibrate import Calibration
from foedus.evidence.calibration.follow import Progress, Run
from foedus.evidence.dyads.cells import CellForecasts, cell_texts, forecasts_of
from foedus.evidence.dyads.record import Dyad
from foedus.evidence.dyads.rivals import (
    all_covariates,
    boosted,
    covariates,
    levelled,
    logit_on,
    probit,
    rate_of_the_others,
)
from foedus.evidence.dyads.solve import solve_cells
from foedus.futures.ensemble import Sample
from foedus.values.arrays import FloatArray, IntArray

FUTURES = 48
"""Futures in which the cells are solved: every k-th of those of the calibration."""
BINS = 8
SINCE = 1946
_NOTE = (
    "Each forecast is fitted to the other {parts}. The model has no figure of its own for what a data set calls a "
    "crisis or a dispute: level and slope of its log odds are fitted like those of the logit, two numbers, and its "
    "forecasts as they stand are shown beside. It knows of a case the balance of strengths, whether the two are "
    "neighbours, and which of five kinds of pact protects the state."
)


@dataclass(frozen=True)
class Forecastable:
    """What is forecast of which dyads."""

    event: ForecastEvent
    title: str
    cells: str
    """Which of the model's chances answers it."""
    dyads: tuple[Dyad, ...]
    happened: FloatArray
    """(dyad) 0 or 1."""


@dataclass(frozen=True)
class Split:
    """Parts of the cases, each forecast by the others."""

    name: str
    words: str
    parts: str
    """The other parts, in words."""

    def of(self, dyads: Sequence[Dyad]) -> IntArray:
        """Return (dyad) the part that each lies in."""
        years = np.array([dyad.year for dyad in dyads])
        return years // 10 if self.name == "decades" else (years >= SINCE).astype(np.int64)


SPLITS = (
    Split("decades", "each decade forecast by the others", "decades"),
    Split("1946", f"before {SINCE} forecast by after, and the reverse", "half"),
)


def dyad_trials(
    crises: Sequence[Dyad],
    disputes: Sequence[Dyad],
    calibration: Calibration,
    *,
    run: Run,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Trial, ...]:
    """Forecast attack and war in crises, and whether an ally came in disputes; nothing where there are no cases."""
    questions = [question for question in (*_about_crises(crises), *_about_disputes(disputes)) if question.dyads]
    if not questions:
        return ()
    before, after = _solve(calibration, run=run, workers=workers, progress=progress)
    tried = (
        _trial(question, split, before=before, after=after, disputes=disputes, seed=calibration.seed)
        for split in SPLITS
        for question in questions
    )
    return tuple(trial for trial in tried if trial)


def _about_crises(crises: Sequence[Dyad]) -> tuple[Forecastable, ...]:
    dyads = tuple(crises)
    attacked, war = (np.array([float(getattr(each, name)) for each in dyads]) for name in ("attacked", "war"))
    return (
        Forecastable(
            ForecastEvent.THREAT_ATTACKED, "Crises: the state under threat was attacked", "attacked", dyads, attacked
        ),
        Forecastable(ForecastEvent.THREAT_WAR, "Crises: it came to full-scale war", "war", dyads, war),
    )


def _about_disputes(disputes: Sequence[Dyad]) -> tuple[Forecastable, ...]:
    dyads = tuple(each for each in disputes if each.attacked)
    joined = np.array([float(bool(each.joined)) for each in dyads])
    title = "Disputes: an ally came to the side of the state that was attacked"
    return (Forecastable(ForecastEvent.ALLY_JOINED, title, "joined", dyads, joined),)


def _solve(
    calibration: Calibration, *, run: Run, workers: int | None, progress: Progress | None
) -> tuple[CellForecasts, CellForecasts]:
    """Solve the cells in some of the calibration's futures; return forecasts with equal weights and with history's."""
    rows = np.linspace(0, len(calibration.weights) - 1, min(FUTURES, len(calibration.weights))).round().astype(np.int64)
    sample = Sample(
        names=calibration.sample.names, values=calibration.sample.values[rows], seed=calibration.sample.seed
    )
    courses = solve_cells(cell_texts(), sample, run=run, workers=workers, progress=progress)
    weights = calibration.weights[rows] / calibration.weights[rows].sum()
    return forecasts_of(courses, np.full(len(rows), 1 / len(rows))), forecasts_of(courses, weights)


def _trial(
    question: Forecastable,
    split: Split,
    *,
    before: CellForecasts,
    after: CellForecasts,
    disputes: Sequence[Dyad],
    seed: int,
) -> Trial | None:
    dyads, happened = question.dyads, question.happened
    parts = split.of(dyads)
    assumed, weighted = (model.of(dyads, question.cells) for model in (before, after))
    forecasts = {
        MODEL_AFTER: levelled(weighted, happened, parts=parts),
        MODEL_BEFORE: levelled(assumed, happened, parts=parts),
        UNSCALED: assumed,
        LOGIT_OF_THREE: logit_on(covariates(dyads), happened, parts=parts),
        PROBIT: _probit(question, split, disputes=disputes),
        BOOSTED: boosted(all_covariates(dyads), happened, parts=parts, seed=seed),
    }
    return try_all(
        name=f"{question.event.value}_{split.name}",
        title=f"{question.title}, {split.words}",
        event=question.event,
        cases=tuple(dyad.id for dyad in dyads),
        happened=happened,
        forecasts=forecasts,
        note=_NOTE.format(parts=split.parts),
        seed=seed,
        base=rate_of_the_others(happened, parts=parts),
        bins=BINS,
    )


def _probit(question: Forecastable, split: Split, *, disputes: Sequence[Dyad]) -> FloatArray:
    """Return the strategic probit's forecasts; on joining it is fitted to the disputes without an attack too."""
    if question.event is ForecastEvent.ALLY_JOINED:
        joined = np.array([float(bool(each.joined)) for each in disputes])
        _, then, _ = probit(disputes, joined, parts=split.of(disputes))
        return then[[each.attacked for each in disputes]]
    war = np.array([float(each.war) for each in question.dyads])
    attack, then, _ = probit(question.dyads, war, parts=split.of(question.dyads))
    return attack if question.event is ForecastEvent.THREAT_ATTACKED else attack * then
