"""What stands in peace: the yearly cost of forces in place and of aid, and how far a force is a tripwire."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.facts.capacity import forces_of, gdp_of


@dataclass(frozen=True)
class StandingCost:
    """What a party pays in a year of peace."""

    party: str
    presence: float
    """Forces in place: bn EUR a year."""
    aid: float | None
    """Standing aid: bn EUR a year; None where the party's GDP is not known."""
    share_gdp: float | None
    """Both together: per cent of the party's GDP a year; None where neither its GDP nor its forces are known."""
    per_period: float | None
    """Both together: units of the stake per half-year; None as before."""


def standing_cost(
    party: str, *, soldiers: float, aid_share: float, at: int, yardsticks: Mapping[str, float]
) -> StandingCost:
    """Return what ``soldiers`` in place and a share ``aid_share`` in [0, 1] of full standing aid cost a party.

    presence [bn EUR / y] = soldiers x ``presence.soldier_year`` [thousand EUR] / 10^6
    aid [% of GDP / y]    = aid_share x ``aid.share_gdp``
    share [% of GDP / y]  = 100 presence / GDP + aid; where the GDP is not known, soldiers / personnel x
                            ``presence.burden`` [% of GDP] stands for the first term
    per period [stake]    = share x ``standing.weight`` [stake per % of GDP and half-year]
    """
    gdp, forces = gdp_of(party, at=at), forces_of(party, at=at)
    presence = soldiers * yardsticks["presence.soldier_year"] / 1e6
    aid_percent = aid_share * yardsticks["aid.share_gdp"]
    if gdp is not None:
        of_presence: float | None = 100 * presence / gdp.value
    elif forces is not None and forces.value > 0:
        of_presence = soldiers / (1000 * forces.value) * yardsticks["presence.burden"]
    else:
        of_presence = None if soldiers else 0.0
    share = None if of_presence is None else of_presence + aid_percent
    return StandingCost(
        party=party,
        presence=presence,
        aid=None if gdp is None else gdp.value * aid_percent / 100,
        share_gdp=share,
        per_period=None if share is None else share * yardsticks["standing.weight"],
    )


def tripwire_share(soldiers: float | None, *, yardsticks: Mapping[str, float]) -> float:
    """Return how far a force in place is in harm's way, in [0, 1]: min(1, soldiers / ``tripwire.troops``).

    One soldier is nearly none. A force of unknown size (None) is one of ``deployed.unknown_size``, not one soldier.
    """
    size = yardsticks["deployed.unknown_size"] if soldiers is None else soldiers
    return min(1.0, size / yardsticks["tripwire.troops"])
