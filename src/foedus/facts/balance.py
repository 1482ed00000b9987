"""The balance of forces at the start: all adversaries against all protected states."""

import math
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement, StatedBalance
from foedus.facts.capabilities import CapabilityReading
from foedus.facts.strength import Strength, log_ratio, strength_of
from foedus.facts.theatre import Theatre, theatre_of
from foedus.values.names import listed, party_name
from foedus.values.quantity import Forces


@dataclass(frozen=True)
class Balance:
    """The log force ratio that a game begins with, or that it is not known, and what it rests on."""

    value: float | None
    """exponent x log_ratio + shift: log force ratio of adversaries : protected states; None where not known."""
    log_ratio: float | None
    """Natural logarithm of the strengths themselves, before exponent and shift; None where not known."""
    give_or_take: float
    """How far the log ratio may lie from it, either way; 0 where nobody says."""
    rests_on: tuple[CapabilityReading, ...]
    """The figures behind it; empty where it is stated or not known."""
    missing: tuple[str, ...]
    """The parties without facts, for whose sake it is not known."""
    because: str
    """In words: what it rests on, or why it is not known."""

    @property
    def is_known(self) -> bool:
        """Whether the game knows who fights whom."""
        return self.value is not None


def balance_of(
    arrangement: Arrangement, *, exponent: float, shift: float, at: int | None = None, theatre: Theatre | None = None
) -> Balance:
    """Return balance_0 of an arrangement: exponent x ln(all adversaries : all protected states) + shift.

    What the text states comes first, then the dated facts of the parties, then what the profile of the theatre states
    for the same two sides; where none of them speaks, the value is None and the reason names the parties without
    facts. ``at`` defaults to `year_of` the arrangement; ``theatre`` to the profile that it belongs to.
    """
    theatre = theatre_of(arrangement) if theatre is None else theatre
    if arrangement.balance is not None:
        return _stated(arrangement.balance, whose="the text", exponent=exponent, shift=shift)
    at = year_of(arrangement, theatre=theatre) if at is None else at
    found = _from_facts(arrangement, at=at, exponent=exponent, shift=shift)
    if not found.is_known and theatre is not None and theatre.balance and theatre.has_the_sides_of(arrangement):
        return _stated(theatre.balance, whose=f"the profile {theatre.name}", exponent=exponent, shift=shift)
    return found


def year_of(arrangement: Arrangement, *, theatre: Theatre | None = None) -> int | None:
    """Return the year whose facts a text is held against; None where neither text nor theatre has one.

    That of the theatre's profile, which all texts of one comparison share; without a profile that of the text.
    """
    theatre = theatre_of(arrangement) if theatre is None else theatre
    if theatre is not None:
        return theatre.at
    return int(arrangement.date[:4]) if arrangement.date[:4].isdecimal() else None


def stated_log_ratio(stated: StatedBalance) -> float | None:
    """Return the log ratio that a text or profile states, from both strengths where it names them."""
    sides = (stated.adversary, stated.protected_state)
    if stated.log_ratio is not None:
        return stated.log_ratio
    if isinstance(sides[0], Forces) and isinstance(sides[1], Forces) and min(sides[0].low, sides[1].low) > 0:
        return math.log(sides[0].middle / sides[1].middle)
    return None


def _stated(stated: StatedBalance, *, whose: str, exponent: float, shift: float) -> Balance:
    ratio = stated_log_ratio(stated)
    value = None if ratio is None else exponent * ratio + shift
    because = f"{whose} states it: {stated.source} ({stated.evidence})"
    return Balance(value, ratio, stated.give_or_take, (), (), because)


def _from_facts(arrangement: Arrangement, *, at: int | None, exponent: float, shift: float) -> Balance:
    if at is None:
        return _unknown("the text has no date, and its theatre no profile")
    adversaries = strength_of(arrangement.parties.adversary, at=at)
    protected = strength_of(arrangement.parties.protected_state, at=at)
    missing = adversaries.without_facts + protected.without_facts
    ratio = log_ratio(adversaries, protected)
    if missing or ratio is None:
        named = ", ".join(missing) or "the two sides have no kind of figure in common"
        return _unknown(f"no figures within five years of {at}: {named}", missing=missing)
    if not _is_armed(adversaries):
        return _unknown(f"no adversary had forces of its own in {at}", missing=adversaries.parties)
    sides = [listed(map(party_name, side.parties)) for side in (adversaries, protected)]
    because = f"dated facts of {at}: {sides[0]} against {sides[1]}"
    return Balance(exponent * ratio + shift, ratio, 0.0, adversaries.readings + protected.readings, (), because)


def _is_armed(side: Strength) -> bool:
    return any(each.years for each in side.readings)


def _unknown(because: str, *, missing: tuple[str, ...] = ()) -> Balance:
    return Balance(None, None, 0.0, (), missing, because)
