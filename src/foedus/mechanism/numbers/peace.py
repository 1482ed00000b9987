"""What the arrangement is in peace: how far it prevents accidents, how close it comes to the adversary, what it costs.

calm     = 1 - (1 - observed) (1 - interposed)
observed = min(1, ``calm.observed`` x what monitors add to d')
interposed = ``calm.interposed`` x tripwire share of the forces that stand in place
exposure = (1 - (1 - forces) (1 - membership) (1 - command)) x what the adversary's consent leaves of it
"""

from collections.abc import Mapping

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Preparation
from foedus.facts.balance import year_of
from foedus.facts.presence import standing_cost, tripwire_share
from foedus.mechanism.numbers.members import Members
from foedus.mechanism.numbers.troops import troops_in_place
from foedus.mechanism.rules.roles import adversaries, named
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import FloatArray

_TODAY = 2025


def calm_of(arrangement: Arrangement, *, gain: float, yardsticks: Yardsticks, trace: Trace) -> float:
    """Return the share in [0, 1] of accidents that observers and a separating force prevent; 0 without either."""
    observed = min(1.0, yardsticks["calm.observed"] * gain)
    troops = _troops(arrangement, yardsticks)
    interposed = yardsticks["calm.interposed"] * tripwire_share(troops, yardsticks=yardsticks) if troops else 0.0
    value = 1 - (1 - observed) * (1 - interposed)
    because = f"observers prevent {observed:.2f}, {troops:,.0f} troops in place {interposed:.2f} of the accidents left"
    trace.note("calm", entry="", value=value, clause="monitoring", because=because)
    return value


def exposure_of(arrangement: Arrangement, *, yardsticks: Yardsticks, trace: Trace) -> float:
    """Return how far, in [0, 1], foreign forces and an alliance stand at the adversary's border against its will."""
    troops = _troops(arrangement, yardsticks)
    parts = {
        "forces in place": yardsticks["exposure.forces"] * tripwire_share(troops, yardsticks=yardsticks)
        if troops
        else 0.0,
        "membership of an alliance": yardsticks["exposure.membership"] if _is_alliance(arrangement) else 0.0,
        "one command": yardsticks["exposure.command"]
        if arrangement.preparation is Preparation.INTEGRATED_COMMAND
        else 0.0,
    }
    left = float(np.prod([1 - part for part in parts.values()]))
    agreed = bool(adversaries(arrangement) & _consenting(arrangement))
    kept = yardsticks["exposure.agreed"] if agreed else 1.0
    value = (1 - left) * kept
    because = ", ".join(f"{name} {part:.2f}" for name, part in parts.items() if part) or "nothing foreign in place"
    because += "; the adversary agreed to it" if agreed and value else ""
    trace.note("exposure", entry="", value=value, clause="deployments" if troops else "", because=because)
    return value


def standing_costs(arrangement: Arrangement, members: Members, *, yardsticks: Yardsticks, trace: Trace) -> FloatArray:
    """Return (i): what garrisons and promised standing aid cost each member in a half-year of peace, in its stake."""
    at = year_of(arrangement) or _TODAY
    giving = {
        party
        for support in arrangement.standing_support
        for party in (members.ids if "all_guarantors" in support.by else support.by)
    }
    costs, placed = np.zeros(len(members.ids)), troops_in_place(arrangement, yardsticks)
    for i, party in enumerate(members.ids):
        troops = placed[party]
        aided = 1.0 if party in giving else 0.0
        if not troops and not aided:
            continue
        found = standing_cost(party, soldiers=troops, aid_share=aided, at=at, yardsticks=yardsticks)
        costs[i] = found.per_period or 0.0
        share = "not known" if found.share_gdp is None else f"{found.share_gdp:.3f} % of GDP a year"
        because = f"{troops:,.0f} soldiers in place{', standing aid' if aided else ''}: {share}"
        trace.note("standing_cost", entry=party, value=costs[i], clause="deployments", because=because)
    return costs


def _troops(arrangement: Arrangement, yardsticks: Mapping[str, float]) -> float:
    return sum(troops_in_place(arrangement, yardsticks).values())


def _is_alliance(arrangement: Arrangement) -> bool:
    return arrangement.membership is not None


def _consenting(arrangement: Arrangement) -> frozenset[str]:
    consents = arrangement.consents
    return named(consents.deployment, arrangement) | named(consents.settlement, arrangement)
