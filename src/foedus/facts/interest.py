"""How much the protected state matters to a party: from the text, or from the record of its theatre and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from foedus.arrangement.parties import SourcedNumber, load_party_facts
from foedus.arrangement.record import Arrangement, StatedInterest
from foedus.arrangement.vocabulary import Interest
from foedus.facts.theatre import Theatre, theatre_of

LEAST, MOST = 0.3, 2.0
"""The ends within which a record of what was given moves the interest."""


@dataclass(frozen=True)
class InterestFound:
    """What is known of one party's interest, and whence."""

    party: str
    level: Interest | None
    """The word; None where a record speaks instead, or nobody does."""
    record: SourcedNumber | None
    """What it gave in this very theatre; None where there is no such record."""
    because: str
    """In words: who says so, or that nobody does."""
    place: int | None = None
    """Which of the statements of the text says so; None where the text does not."""

    @property
    def is_known(self) -> bool:
        """Whether text, profile or record speaks of it; else its number is a wide range."""
        return self.level is not None or self.record is not None


def interest_of(party: str, arrangement: Arrangement, *, theatre: Theatre | None = None) -> InterestFound:
    """Return a party's interest: what the text states, else what the profile of its theatre and time states or records.

    A record counts only in the theatre whose profile names it, so that nobody brings what it gave in one war into
    another. Of several statements about one party, the first counts.
    """
    theatre = theatre_of(arrangement) if theatre is None else theatre
    guarantors = arrangement.parties.guarantor
    if stated := _about(party, arrangement.interest, guarantors=guarantors):
        place = next(i for i, each in enumerate(arrangement.interest) if each is stated)
        return InterestFound(party, stated.level, None, f"the text: {stated.level}; {stated.source}", place)
    if theatre is None:
        return InterestFound(party, None, None, "neither the text nor a profile of its theatre and time speaks of it")
    if stated := _about(party, theatre.interest, guarantors=theatre.guarantors):
        return InterestFound(party, stated.level, None, f"profile {theatre.name}: {stated.level}; {stated.source}")
    given = _recorded(party, theatre)
    if given is None:
        return InterestFound(party, None, None, f"the profile {theatre.name} does not speak of it")
    because = f"gave {given.value:g} {given.unit} in this theatre, to {given.date}; {given.source}"
    return InterestFound(party, None, given, because)


def interest_in_numbers(found: InterestFound, *, yardsticks: Mapping[str, float]) -> float:
    """Return the interest of a party in units of the stake as a reference guarantor values it.

    word: the yardstick ``interest.<word>``; record: (share of GDP given / ``interest.reference``) to the power of
    ``interest.exponent``, within 0.3 and 2; neither: ``interest.not_stated``, which is wide.
    """
    if found.level is not None:
        return yardsticks[f"interest.{found.level}"]
    if found.record is None:
        return yardsticks["interest.not_stated"]
    raised = (found.record.value / yardsticks["interest.reference"]) ** yardsticks["interest.exponent"]
    return float(min(MOST, max(LEAST, raised)))


def _about(party: str, stated: tuple[StatedInterest, ...], *, guarantors: tuple[str, ...]) -> StatedInterest | None:
    named = (each for each in stated if party in each.by)
    of_all = (each for each in stated if party in guarantors and "all_guarantors" in each.by)
    return next(chain(named, of_all), None)


def _recorded(party: str, theatre: Theatre) -> SourcedNumber | None:
    if theatre.record is None or party not in load_party_facts():
        return None
    figure = load_party_facts()[party].donor_share_gdp
    return figure if figure is not None and figure.value > 0 else None
