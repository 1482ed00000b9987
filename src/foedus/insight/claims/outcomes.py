"""What an inequality can name: outcomes of the game, and the chance of war before or after a year."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np

from foedus.futures.ensemble import Ensemble
from foedus.game.declared_outcome import DeclaredOutcome
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.values.arrays import FloatArray

_BY_YEAR = re.compile(r"war_(first|after)_(\d{1,2})y")
_PERIODS_A_YEAR = 2
_SPANS = {"first": "within the first {} years", "after": "after the first {} years"}


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
        return ensemble.outcomes[:, column, column_of(outcome)]
    split = int(match[2]) * _PERIODS_A_YEAR
    periods = ensemble.war_by_period[:, column]
    chosen = periods[:, :split] if match[1] == "first" else periods[:, split:]
    summed: FloatArray = np.sum(chosen, axis=1)
    return summed


def declared(outcome: str) -> DeclaredOutcome:
    """Return the declaration of an outcome; the chance of war before or after a year is declared as that of war is."""
    match = _BY_YEAR.fullmatch(outcome)
    if match is None:
        return OUTCOMES[outcome]
    span = _SPANS[match[1]].format(match[2])
    war = OUTCOMES["war"]
    return replace(war, name=outcome, what=f"probability of renewed major war {span}", words=f"{war.words} {span}")
