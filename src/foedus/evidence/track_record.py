"""How the model has done against history, one line for each outcome that history can be asked about.

The figures stand in ``parameters/track_record.yaml``, which `foedus evidence` writes from the cases that it tries.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError, with_config

from foedus.errors import Finding, InvalidFile
from foedus.evidence.backtest.record import BASE_RATE, LOGIT_OF_THREE, MODEL_AFTER, MODEL_BEFORE, Trial
from foedus.text.source import read_source

TRACK_RECORD = "track_record.yaml"
TRIED_BY = {
    "war": ("war_10",),
    "lost": ("attack_10",),
    "honoured": ("kept",),
    "breached": ("kept",),
    "defend": ("fought",),
    "withdrawals": ("attacked",),
}
"""[outcome] the trials that say how it has done, the nearest in kind first; the first that was tried counts."""
THREATS = ("threat_attacked", "threat_war", "ally_joined")
"""What befell hundreds of states under threat, each of their decades forecast by the others."""
ACROSS_1946 = tuple(f"{event}_across_1946" for event in THREATS)
"""The same, those before 1946 forecast by those after, and the reverse."""
_THREATS_BY = {event: (f"{event}_decades",) for event in THREATS} | {
    across: (f"{event}_1946",) for event, across in zip(THREATS, ACROSS_1946, strict=True)
}
_HEADER = "# How the model has done against history. Written by `foedus evidence`; not to be changed by hand.\n"
_DIGITS, _MANY = 4, 100
_WEIGHTED, _ASSUMED = "weighted", "assumed"


@dataclass(frozen=True)
class TrackRecord:
    """How forecasts of one outcome fared on cases whose end is known."""

    outcome: str
    """Name of the outcome that the figure of a comparison bears, or the event that befell states under threat."""
    what: str
    """The event that was forecast, in words."""
    cases: int
    happened: int
    """Cases in which it happened."""
    brier: float
    """Brier score of the model; 0 is perfect, 0.25 is what saying one half always gets."""
    base_brier: float
    """The same for the share of the other cases in which it happened, told of every case alike."""
    low: float
    """Lower end of the 95 % interval of the model's score less that of the base rate; below 0 the model is better."""
    high: float
    is_weighted: bool
    """Whether the model's futures were weighted by history, or drawn from the ranges as assumed."""
    logit_brier: float | None = None
    """The score of a logit on balance, alliance and nearness; None where it was not asked."""

    @property
    def better_than_base(self) -> bool:
        """Tell whether the model's score is the smaller one."""
        return self.brier < self.base_brier

    @property
    def better_than_all(self) -> bool:
        """Tell whether the model's score is smaller than the base rate's and, where there is one, the logit's."""
        return self.better_than_base and (self.logit_brier is None or self.brier < self.logit_brier)

    @property
    def is_clear(self) -> bool:
        """Tell whether so many cases tell model and base rate apart."""
        return self.low > 0 or self.high < 0

    def sentence(self) -> str:
        """Say it in one line."""
        verdict = "better" if self.better_than_base else "no better" if self.brier == self.base_brier else "worse"
        sure = (
            ""
            if self.is_clear
            else f"; {'so few' if self.cases < _MANY else self.cases} cases cannot tell the two apart"
        )
        digits = 3 if self.logit_brier is None else 4
        scores = [f"Brier score {self.brier:.{digits}f}", f"base rate {self.base_brier:.{digits}f}"]
        if self.logit_brier is not None:
            scores.append(f"logit on balance, alliance and nearness {self.logit_brier:.{digits}f}")
        return (
            f"{self.what}: of {self.cases} cases that are over it happened in {self.happened}, and the model did "
            f"{verdict} than the base rate ({', '.join(scores)}{sure})."
        )


def track_record(outcome: str, *, is_weighted: bool = True) -> TrackRecord | None:
    """Return how the model has done on an outcome; None where history was not asked about it.

    ``is_weighted`` tells whether the comparison rests on futures weighted by history, as the view ``calibrated`` does.
    """
    return _packaged().get((outcome, is_weighted))


def threat_records(*, is_weighted: bool) -> tuple[TrackRecord, ...]:
    """Return how the model has told what befell states under threat, by decades and across 1946; none if not tried."""
    found = (track_record(event, is_weighted=is_weighted) for event in (*THREATS, *ACROSS_1946))
    return tuple(each for each in found if each)


def read_track_record(text: str) -> tuple[TrackRecord, ...]:
    """Return the records of a file; raise `InvalidFile` for one that was changed by hand and went wrong."""
    source = read_source(text, file=TRACK_RECORD)
    if source.findings:
        raise InvalidFile(source.findings)
    try:
        return tuple(
            _RECORD.validate_python({"outcome": outcome, "is_weighted": view == _WEIGHTED, **figures})
            for outcome, views in source.data.items()
            for view, figures in views.items()
        )
    except (ValidationError, AttributeError, TypeError) as error:
        raise InvalidFile([_wrong(str(error))]) from error


def _wrong(message: str) -> Finding:
    return Finding(
        file=TRACK_RECORD,
        line=0,
        column=0,
        path="",
        code="wrong-track-record",
        message=message,
        why="a score under a name that nobody reads is a score that nobody sees",
        mend="write the file anew with `foedus evidence`",
    )


def write_track_record(trials: Iterable[Trial]) -> str:
    """Return the text of the file: for each outcome the trial nearest to it, with and without weights."""
    by_name = {trial.name: trial for trial in trials}
    tried = {
        outcome: by_name[found]
        for outcome, names in (TRIED_BY | _THREATS_BY).items()
        if (found := next((name for name in names if name in by_name), None))
    }
    return _HEADER + "".join(_entry(outcome, trial) for outcome, trial in tried.items())


def _record_of(outcome: str, trial: Trial, *, is_weighted: bool) -> TrackRecord:
    model = trial.forecasters[MODEL_AFTER if is_weighted else MODEL_BEFORE]
    logit = trial.forecasters.get(LOGIT_OF_THREE)
    return TrackRecord(
        outcome=outcome,
        what=trial.title,
        cases=len(trial.cases),
        happened=int(trial.happened.sum()),
        brier=round(model.score.brier, _DIGITS),
        base_brier=round(trial.forecasters[BASE_RATE].score.brier, _DIGITS),
        low=round(model.against_base.low, _DIGITS),
        high=round(model.against_base.high, _DIGITS),
        is_weighted=is_weighted,
        logit_brier=round(logit.score.brier, _DIGITS) if logit else None,
    )


def _entry(outcome: str, trial: Trial) -> str:
    views = (
        (_WEIGHTED, _record_of(outcome, trial, is_weighted=True)),
        (_ASSUMED, _record_of(outcome, trial, is_weighted=False)),
    )
    return f"{outcome}:\n" + "".join(f"  {view}:\n{_figures(record)}" for view, record in views)


def _figures(record: TrackRecord) -> str:
    told = ("outcome", "is_weighted")
    figures = {key: value for key, value in asdict(record).items() if key not in told and value is not None}
    return "".join(f"    {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in figures.items())


_RECORD = TypeAdapter(with_config({"extra": "forbid"})(TrackRecord))


@cache
def _packaged() -> Mapping[tuple[str, bool], TrackRecord]:
    text = (files("foedus") / "parameters" / TRACK_RECORD).read_text(encoding="utf-8")
    return MappingProxyType({(each.outcome, each.is_weighted): each for each in read_track_record(text)})
