"""How large a party is, what forces it has, and where a text counts on more than there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foedus.arrangement.fields.fields import PARTY_WORDS
from foedus.arrangement.parties import SourcedNumber, load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.facts.capabilities import NEAR, CapabilityReading, Component, find_reading
from foedus.text.source import Path
from foedus.values.quantity import Forces, Money


class SizeMeasure(StrEnum):
    """What sizes are told by."""

    GDP = "gdp"
    CINC = "cinc"
    HEADS = "heads"


@dataclass(frozen=True)
class Sizes:
    """How large parties are beside each other."""

    share: dict[str, float]
    """Share of each party; the shares add up to 1."""
    measure: SizeMeasure
    """By GDP where every party's is known, else by share of world capabilities, else by head."""
    guessed: tuple[str, ...]
    """Parties without a figure, which count as the middle one of the others."""
    gdp: dict[str, float]
    """GDP in bn EUR of 2021 where it is known, for totals in money; empty far from that year."""


@dataclass(frozen=True)
class Overreach:
    """Forces that a text counts on and that those who would send them do not have."""

    path: Path
    """Place of the clause."""
    senders: tuple[str, ...]
    forces: Forces
    under_arms: float
    """Military personnel of all senders together at the time."""


@dataclass(frozen=True)
class Overspending:
    """Money that a text counts on year by year and that is out of all proportion to what its debtors spend."""

    path: Path
    """Place of the clause."""
    payers: tuple[str, ...]
    money: Money
    spending: float
    """What all payers together spend on their forces in a year, in US dollars of the day."""


def gdp_of(party: str, *, at: int) -> SourcedNumber | None:
    """Return a party's GDP in bn EUR of 2021; None where it is not known or the year is more than ten away."""
    facts = load_party_facts().get(party)
    figure = facts.gdp if facts else None
    return figure if figure is not None and abs(int(figure.date[:4]) - at) <= 2 * NEAR else None


def sizes_of(parties: Sequence[str], *, at: int) -> Sizes:
    """Return the shares by which costs and weights of parties of different size are added up."""
    gdp = {party: figure.value for party in parties if (figure := gdp_of(party, at=at))}
    cinc = {party: found.value for party in parties if (found := find_reading(party, Component.CINC, at=at))}
    by_gdp = len(gdp) == len(parties) or len(gdp) >= max(1, len(cinc))
    known, measure = (gdp, SizeMeasure.GDP) if by_gdp else (cinc, SizeMeasure.CINC)
    known = {party: value for party, value in known.items() if value > 0}
    if not known:
        return Sizes(dict.fromkeys(parties, 1 / len(parties)), SizeMeasure.HEADS, tuple(parties), gdp)
    middle = sorted(known.values())[len(known) // 2]
    sizes = {party: known.get(party, middle) for party in parties}
    total = sum(sizes.values())
    guessed = tuple(party for party in parties if party not in known)
    return Sizes({party: size / total for party, size in sizes.items()}, measure, guessed, gdp)


def forces_of(party: str, *, at: int) -> CapabilityReading | None:
    """Return the military personnel of a party in a year, in thousand; None where not known."""
    return find_reading(party, Component.PERSONNEL, at=at)


def own_forces(arrangement: Arrangement, *, at: int) -> float | None:
    """Return the soldiers of the protected states: as the text states them, else by the facts; None where not known."""
    stated = arrangement.duties.own_forces
    if isinstance(stated, Forces):
        return stated.middle
    found = [forces_of(party, at=at) for party in arrangement.parties.protected_state]
    known = [has.value for has in found if has is not None and has.years]
    return 1000 * sum(known) if len(known) == len(found) and sum(known) > 0 else None


def within_means(troops: float, party: str, *, at: int) -> float:
    """Return troops, or all that a party has under arms where it has fewer; as they are where that is not known."""
    has = forces_of(party, at=at)
    return troops if has is None or not has.years else min(troops, 1000 * has.value)


def find_overreach(arrangement: Arrangement, *, at: int) -> Iterator[Overreach]:
    """Find pledges and deployments whose least number is more than all their senders have under arms."""
    for path, by, forces in _counted_on(arrangement):
        senders = arrangement.parties.guarantor if set(by) & set(PARTY_WORDS) else by
        held = [has for party in senders if (has := forces_of(party, at=at)) and has.years]
        under_arms = 1000 * sum(has.value for has in held)
        if held and len(held) == len(senders) and forces.low > under_arms:
            yield Overreach(path, senders, forces, under_arms)


def find_overspending(arrangement: Arrangement, *, at: int) -> Iterator[Overspending]:
    """Find yearly pledges of more than twice what all their debtors together spend on their forces.

    Dollars, euros and pounds are near enough to each other for that; other currencies are not judged.
    """
    for path, by, money in _paid(arrangement):
        payers = arrangement.parties.guarantor if set(by) & set(PARTY_WORDS) else by
        known = [spent for party in payers if (spent := find_reading(party, Component.SPENDING, at=at)) and spent.years]
        spending = sum(spent.value for spent in known) * 1e6
        if known and len(known) == len(payers) and money.in_a_year is not None and money.in_a_year > 2 * spending:
            yield Overspending(path, payers, money, spending)


def _paid(arrangement: Arrangement) -> Iterator[tuple[Path, tuple[str, ...], Money]]:
    for key in ("commitments", "standing_support"):
        for index, clause in enumerate(getattr(arrangement, key)):
            if isinstance(clause.money, Money) and clause.money.currency in _COMPARABLE:
                yield (key, index, "money"), clause.by, clause.money


_COMPARABLE = frozenset({"USD", "EUR", "GBP"})


def _counted_on(arrangement: Arrangement) -> Iterator[tuple[Path, tuple[str, ...], Forces]]:
    for key in ("commitments", "deployments"):
        for index, clause in enumerate(getattr(arrangement, key)):
            if isinstance(clause.forces, Forces) and clause.forces.unit == "troops":
                yield (key, index, "forces"), clause.by, clause.forces
    for index, deployment in enumerate(arrangement.deployments):
        if isinstance(deployment.reserve, Forces) and deployment.reserve.unit == "troops":
            yield ("deployments", index, "reserve"), deployment.by, deployment.reserve
