"""What an inequality can name: outcomes of the game, and the chance of war before or after a year."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np

from foedus.futures.ensemble import OUTCOMES, Ensemble
from foedus.values.arrays import FloatArray

_BY_YEAR = re.compile(r"war_(first|after)_(\d{1,2})y")
_PERIODS_A_YEAR = 2
_CHANCES = frozenset({"war", "defend", "entrap", "conquest"})
_COLUMN = {outcome: column for column, outcome in enumerate(OUTCOMES)}
MEANINGS = {
    "war_first_Ny": "probability of renewed major war within the first N years",
    "war_after_Ny": "probability of renewed major war after the first N years, within the horizon",
}


def complaint_about(name: str, *, known: Sequence[str]) -> tuple[str, str] | None:
    """Say what is wrong with a name such as ``strong.war`` and how to mend it; None where nothing is."""
    side, _, outcome = name.partition(".")
    if side not in known:
        near = get_close_matches(side, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"arrangements of this claim are: {', '.join(known)}"
        return f"names {side!r}, which is no arrangement of this claim", hint
    if outcome in OUTCOMES or (_BY_YEAR.fullmatch(outcome) and years_in(outcome) >= 1):
        return None
    near = get_close_matches(outcome, (*OUTCOMES, "war_first_2y", "war_after_2y"), n=1)
    hint = f"did you mean {side}.{near[0]}?" if near else f"outcomes are: {', '.join(OUTCOMES)}, war_first_2y"
    return f"asks {outcome!r} of {side!r}, which is no outcome", hint


def years_in(outcome: str) -> int:
    """Return the year that an outcome such as ``war_first_2y`` names; 0 where it names none."""
    match = _BY_YEAR.fullmatch(outcome)
    return int(match[2]) if match else 0


def values_of(outcome: str, *, ensemble: Ensemble, column: int) -> FloatArray:
    """Return an outcome (future) of one arrangement of an ensemble.

    ``war_first_Ny`` sums the chance of war over the first 2 N half-years, ``war_after_Ny`` over the others.
    """
    match = _BY_YEAR.fullmatch(outcome)
    if match is None:
        return ensemble.outcomes[:, column, _COLUMN[outcome]]
    split = int(match[2]) * _PERIODS_A_YEAR
    periods = ensemble.war_by_period[:, column]
    chosen = periods[:, :split] if match[1] == "first" else periods[:, split:]
    summed: FloatArray = np.sum(chosen, axis=1)
    return summed


def is_chance(outcome: str) -> bool:
    """Tell whether an outcome is a probability, which the solver finds more closely than counts and values."""
    return outcome in _CHANCES or _BY_YEAR.fullmatch(outcome) is not None
