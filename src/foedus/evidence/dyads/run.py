"""Compare the model with simpler forecasters on hundreds of states under threat, by decades and across 1946."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.evidence.backtest.record import (
    BOOSTED,
    LOGIT_OF_ALL,
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
from foedus.evidence.dyads.learning import REACHES, Learner, Learnt, Shares, facts, readiness, shares_of
from foedus.evidence.dyads.record import Dyad
from foedus.evidence.dyads.rivals import all_covariates, boosted, covariates, logit_on, probit, rate_of_the_others
from foedus.evidence.dyads.solve import CellCourses, solve_cells
from foedus.futures.ensemble import Sample
from foedus.values.arrays import FloatArray, IntArray

FUTURES = 48
"""Futures in which the cells are solved: every k-th of those of the calibration."""
BINS = 8
SINCE = 1946
_NOTE = (
    "Each forecast is made with what was learnt from the other {parts}: {learnt}. Its forecasts with nothing learnt "
    "are shown beside, and so is a logit on the same facts: the strengths of the two states and of the allies, the "
    "kind of treaty, whether the two are neighbours, and their disputes of the ten years before."
)


@dataclass(frozen=True)
class Forecastable:
    """What is forecast of which dyads."""

    event: ForecastEvent
    title: str
    hits: str
    """What is counted of the model's courses."""
    per: str
    """Per what."""
    has_facts: bool
    """Whether the facts of a dyad tell which futures are likely."""
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
    solved = _solve(calibration, run=run, workers=workers, progress=progress)
    tried = (
        _trial(question, split, solved=solved, disputes=disputes, seed=calibration.seed)
        for split in SPLITS
        for question in questions
    )
    return tuple(trial for trial in tried if trial)


def _about_crises(crises: Sequence[Dyad]) -> tuple[Forecastable, ...]:
    dyads = tuple(crises)
    attacked, war = (np.array([float(getattr(each, name)) for each in dyads]) for name in ("attacked", "war"))
    title = "Crises: the state under threat was attacked"
    return (
        Forecastable(ForecastEvent.THREAT_ATTACKED, title, "carried", "mounted", True, dyads, attacked),
        Forecastable(ForecastEvent.THREAT_WAR, "Crises: it came to full-scale war", "war", "mounted", True, dyads, war),
    )


def _about_disputes(disputes: Sequence[Dyad]) -> tuple[Forecastable, ...]:
    dyads = tuple(each for each in disputes if each.attacked)
    joined = np.array([float(bool(each.joined)) for each in dyads])
    title = "Disputes: an ally came to the side of the state that was attacked"
    return (Forecastable(ForecastEvent.ALLY_JOINED, title, "defended", "war", False, dyads, joined),)


@dataclass(frozen=True, eq=False)
class _Solved:
    """The cells in some of the calibration's futures, and history's weights of these."""

    courses: CellCourses
    weights: FloatArray
    """(future) sum to 1."""

    def shares(self, question: Forecastable, *, reach: float) -> Shares:
        hits, per = (getattr(self.courses, name) for name in (question.hits, question.per))
        return shares_of(question.dyads, hits, per, reach=reach)

    def learner(self, question: Forecastable, base: FloatArray) -> Learner:
        return Learner(
            shares={reach: self.shares(question, reach=reach) for reach in REACHES},
            base=base,
            ready=readiness(self.courses),
            facts=facts(question.dyads) if question.has_facts else np.zeros((len(question.dyads), 0)),
        )

    @property
    def equal(self) -> FloatArray:
        return np.full(len(self.weights), 1 / len(self.weights))


def _solve(calibration: Calibration, *, run: Run, workers: int | None, progress: Progress | None) -> _Solved:
    """Solve the cells in some of the calibration's futures."""
    rows = np.linspace(0, len(calibration.weights) - 1, min(FUTURES, len(calibration.weights))).round().astype(np.int64)
    sample = Sample(
        names=calibration.sample.names, values=calibration.sample.values[rows], seed=calibration.sample.seed
    )
    courses = solve_cells(sample, run=run, workers=workers, progress=progress)
    return _Solved(courses, calibration.weights[rows] / calibration.weights[rows].sum())


def _trial(
    question: Forecastable, split: Split, *, solved: _Solved, disputes: Sequence[Dyad], seed: int
) -> Trial | None:
    dyads, happened = question.dyads, question.happened
    parts = split.of(dyads)
    weighted, _ = solved.learner(question, solved.weights).out_of_sample(happened, parts=parts)
    assumed, learnt = solved.learner(question, solved.equal).out_of_sample(happened, parts=parts)
    forecasts = {
        MODEL_AFTER: weighted,
        MODEL_BEFORE: assumed,
        UNSCALED: solved.shares(question, reach=1.0).forecast(solved.equal),
        LOGIT_OF_THREE: logit_on(covariates(dyads), happened, parts=parts),
        LOGIT_OF_ALL: logit_on(all_covariates(dyads), happened, parts=parts),
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
        note=_NOTE.format(parts=split.parts, learnt=_learnt_words(learnt)),
        seed=seed,
        base=rate_of_the_others(happened, parts=parts),
        bins=BINS,
    )


def _learnt_words(learnt: Sequence[Learnt]) -> str:
    """Say what was learnt, from the least to the most over the parts."""
    spans = {
        "level of the log odds": [each.level for each in learnt],
        "their slope": [each.slope for each in learnt],
        "how much of the balance of states is the balance where the threat is made": [each.reach for each in learnt],
        "what a neighbour adds to the readiness": [each.tilt[1] for each in learnt if len(each.tilt)],
        "what disputes add": [each.tilt[0] for each in learnt if len(each.tilt)],
    }
    return ", ".join(f"{what} {min(span):.2f} to {max(span):.2f}" for what, span in spans.items() if span)


def _probit(question: Forecastable, split: Split, *, disputes: Sequence[Dyad]) -> FloatArray:
    """Return the strategic probit's forecasts; on joining it is fitted to the disputes without an attack too."""
    if question.event is ForecastEvent.ALLY_JOINED:
        joined = np.array([float(bool(each.joined)) for each in disputes])
        _, then, _ = probit(disputes, joined, parts=split.of(disputes))
        return then[[each.attacked for each in disputes]]
    war = np.array([float(each.war) for each in question.dyads])
    attack, then, _ = probit(question.dyads, war, parts=split.of(question.dyads))
    return attack if question.event is ForecastEvent.THREAT_ATTACKED else attack * then
