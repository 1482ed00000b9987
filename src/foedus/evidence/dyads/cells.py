"""What the model says of a state under threat: a generic text for each kind of pact, solved at a few balances.

A dyad's forecast lies between those of the two balances next to its own, so that a few dozen games speak of hundreds
of dyads. What the record knows and the game does not read (the year, the regime, the names) moves no forecast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.arrangement.record import Arrangement, StatedBalance, StatedInterest
from foedus.arrangement.vocabulary import Interest, Kind
from foedus.evidence.calibration.load import load_texts
from foedus.evidence.dyads.record import Dyad, Pact
from foedus.evidence.dyads.solve import CellCourses
from foedus.values.arrays import FloatArray

RATIOS = (-4.0, -2.5, -1.25, 0.0, 1.25, 2.5, 4.0)
"""Log ratios of strengths that are solved; beyond them the last one counts."""
FAR = 1.0
"""By how much the log ratio of one that threatens from another region is less: strength does not travel freely
(Boulding 1962). A judgement; raw rates of attack by region had been looked at, scores had not."""
_PACT, _NO_PACT = "crisis/pact", "crisis/no_pact"
_SOURCE = "National Material Capabilities"
_MANY = ("defender", "second", "third", "fourth")
_INTEREST = "nothing but its strength is known of the ally: a great power is concerned, others are less so"


def cell_texts() -> dict[str, Arrangement]:
    """Return [name] the texts that are solved, one for each pact and balance."""
    return {
        name_of(pact, place): _at(text, ratio)
        for pact, text in ((pact, _text_of(pact)) for pact in Pact)
        for place, ratio in enumerate(RATIOS)
    }


def name_of(pact: Pact, place: int) -> str:
    """Name a cell by its pact and the place of its balance."""
    return f"dyads/{pact.value}/{place}"


@dataclass(frozen=True, eq=False)
class CellForecasts:
    """The model's chances for every pact and balance, over weighted futures."""

    attacked: Mapping[Pact, FloatArray]
    """[pact] (balance) attacks carried through, per attack mounted."""
    war: Mapping[Pact, FloatArray]
    """[pact] (balance) wars, per attack mounted."""
    joined: Mapping[Pact, FloatArray]
    """[pact] (balance) guarantors fight, per war."""

    def of(self, dyads: Sequence[Dyad], event: str) -> FloatArray:
        """Return (dyad) the chance of ``attacked``, ``war`` or ``joined``."""
        chances: Mapping[Pact, FloatArray] = getattr(self, event)
        return np.array([np.interp(felt_ratio(dyad), RATIOS, chances[dyad.pact]) for dyad in dyads])


def felt_ratio(dyad: Dyad) -> float:
    """Return the log ratio of strengths with what distance takes from it."""
    return dyad.ratio - (0.0 if dyad.is_near else FAR)


def forecasts_of(courses: CellCourses, weights: FloatArray) -> CellForecasts:
    """Form the ratios of weighted sums over the futures in which a cell was solved."""

    def by_pact(hits: FloatArray, per: FloatArray) -> dict[Pact, FloatArray]:
        counted = np.isfinite(hits) & np.isfinite(per)
        top, bottom = (np.where(counted, each, 0.0).T @ weights for each in (hits, per))
        share = dict(zip(courses.cells, np.clip(top / np.maximum(bottom, 1e-300), 0.0, 1.0), strict=True))
        return {pact: np.array([share[name_of(pact, place)] for place in range(len(RATIOS))]) for pact in Pact}

    return CellForecasts(
        attacked=by_pact(courses.carried, courses.mounted),
        war=by_pact(courses.war, courses.mounted),
        joined=by_pact(courses.defended, courses.war),
    )


def _text_of(pact: Pact) -> Arrangement:
    text = next(iter(load_texts([_NO_PACT if pact is Pact.NONE else _PACT]).values()))
    if pact is Pact.NONE:
        return text
    guarantors = _MANY[:1] if pact.is_bilateral else _MANY
    level = Interest.IMPORTANT if pact.is_strong else Interest.LIMITED
    kind = Kind.BILATERAL if pact.is_bilateral else Kind.JOINT
    return replace(
        text,
        parties=replace(text.parties, guarantor=guarantors),
        commitments=tuple(replace(each, by=guarantors, kind=kind) for each in text.commitments),
        interest=(StatedInterest(by=guarantors, level=level, source=_INTEREST),),
    )


def _at(text: Arrangement, ratio: float) -> Arrangement:
    return replace(text, balance=StatedBalance(_SOURCE, log_ratio=ratio))
