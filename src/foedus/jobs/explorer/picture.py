"""A picture of one text beside its saved version: outcomes, paired differences, who would sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.errors import NotConverged
from foedus.futures.ensemble import Ensemble
from foedus.game.declared_outcome import DeclaredOutcome
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.comparison.compare import MARGIN_IN_TOLERANCES
from foedus.insight.negotiation.record import SigningVerdict, verdict_of
from foedus.insight.statistics.convergence import convergence_of
from foedus.insight.statistics.spread import Difference, Spread, difference_of, spread_of
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.pieces import joined
from foedus.mechanism.procedure.evidence.yardstick import word_for
from foedus.report.page.record_json import as_plain
from foedus.report.words.outcome_numbers import change, change_range, level, level_range
from foedus.values.arrays import FloatArray

SHOWN = ("war", "lost", "defend", "entrap", "cost")
"""What a picture shows, from the first to the last line."""
SIGNERS = (("gain_A", "adversary"), ("gain_P", "protected_state"), ("gain_G", "guarantors"))
DRAFT, SAVED = "draft", "saved"


@dataclass(frozen=True)
class PictureLine:
    """One outcome under the draft and under the saved version."""

    name: str
    words: str
    unit: str
    draft: Spread
    saved: Spread
    difference: Difference
    said: dict[str, str]
    """[draft, draft_range, saved, saved_range, difference, difference_range, word] the same as people read them; the
    word is that of the average chance, empty for what is no chance."""
    is_better_lower: bool


@dataclass(frozen=True)
class SignerLine:
    """In how many futures a party would rather sign than fight on."""

    party: str
    draft: SigningVerdict
    saved: SigningVerdict


@dataclass(frozen=True)
class WorkbenchPicture:
    """What a change does."""

    lines: tuple[PictureLine, ...]
    signers: tuple[SignerLine, ...]
    futures: int
    used: int
    """Futures in which both converged."""
    grid: tuple[int, int, int]
    """Beliefs, balances, slices."""
    horizon_years: float

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        data: dict[str, Any] = as_plain(self)
        return data


def picture_of(draft: Sequence[Ensemble], saved: Sequence[Ensemble], *, run: RunSettings) -> WorkbenchPicture:
    """Compare a draft with its saved version, both solved in the same futures; `NotConverged` where none is left."""
    ensemble = joined({DRAFT: draft, SAVED: saved}, run=run)
    _, used = convergence_of(
        names=(DRAFT, SAVED), converged=ensemble.converged, residual=ensemble.residual, sample=ensemble.sample
    )
    if not used.any():
        raise NotConverged(
            "in none of the futures did both the draft and the saved version converge; undo the last change, or put "
            "less extreme figures into it"
        )
    margin = MARGIN_IN_TOLERANCES * ensemble.settings.tolerance
    new, old = ensemble.outcomes[used, 0], ensemble.outcomes[used, 1]
    settings = ensemble.settings
    return WorkbenchPicture(
        lines=tuple(_line(OUTCOMES[name], new, old, margin=margin) for name in SHOWN),
        signers=tuple(_signer(name, party, new, old, margin=margin) for name, party in SIGNERS),
        futures=settings.futures,
        used=int(used.sum()),
        grid=(settings.beliefs, settings.balances, settings.slices),
        horizon_years=settings.horizon_periods / 2,
    )


def apart(rough: WorkbenchPicture, exact: WorkbenchPicture) -> float:
    """Return how far a rough picture was off: the largest distance of what a change does to a chance or share."""
    lines = zip(rough.lines, exact.lines, strict=True)
    return max(abs(a.difference.mean.value - b.difference.mean.value) for a, b in lines if OUTCOMES[a.name].is_share)


def _line(declared: DeclaredOutcome, new: FloatArray, old: FloatArray, *, margin: float) -> PictureLine:
    column = column_of(declared.name)
    draft, saved = spread_of(new[:, column]), spread_of(old[:, column])
    difference = difference_of(new[:, column], baseline=old[:, column], margin=margin)
    return PictureLine(
        name=declared.name,
        words=declared.words,
        unit=declared.unit,
        draft=draft,
        saved=saved,
        difference=difference,
        said={
            "draft": level(draft.mean, of=declared),
            "draft_range": level_range(draft.low, draft.high, of=declared),
            "saved": level(saved.mean, of=declared),
            "saved_range": level_range(saved.low, saved.high, of=declared),
            "difference": change(difference.mean.value, of=declared),
            "difference_range": _interval(difference, of=declared),
            "word": word_for(draft.mean) if declared.is_chance else "",
        },
        is_better_lower=declared.sign > 0,
    )


def _interval(difference: Difference, *, of: DeclaredOutcome) -> str:
    low, high = difference.mean.low, difference.mean.high
    return "" if low is None or high is None else change_range(low, high, of=of)


def _signer(name: str, party: str, new: FloatArray, old: FloatArray, *, margin: float) -> SignerLine:
    column = column_of(name)
    return SignerLine(party, verdict_of(new[:, column], margin=margin), verdict_of(old[:, column], margin=margin))
