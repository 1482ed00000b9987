"""Troops: who has pledged them, who has them in place, and from when they stand."""

from collections.abc import Iterator

from foedus.arrangement.clauses import Deployment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import From, Unspecified
from foedus.facts.balance import year_of
from foedus.facts.capacity import within_means
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.trace import Yardsticks
from foedus.values.quantity import Forces


def troops_in_place(arrangement: Arrangement, yardsticks: Yardsticks) -> dict[str, float]:
    """Return the troops that each who answers a breach has in place before an attack.

    Shared evenly among those who place them, and no more than a party has at all. All parties at once: it is asked
    for in every future that a text is compiled in.
    """
    placed = dict.fromkeys(arrangement.responders, 0.0)
    for clause in arrangement.deployments:
        unknown = yardsticks["deployed.unknown_size"]
        for party, share in _shares(clause.by, clause.forces, arrangement, unknown=unknown):
            placed[party] += share_standing(clause, yardsticks) * share
    at = year_of(arrangement)
    if at is None:
        return placed
    return {party: within_means(troops, party, at=at) if troops else 0.0 for party, troops in placed.items()}


def share_standing(deployment: Deployment, yardsticks: Yardsticks) -> float:
    """Return the share of a deployment that stands before an attack."""
    if deployment.since is From.UNKNOWN:
        return yardsticks["deployed.unknown_start"]
    return 0.0 if deployment.since is From.ATTACK else 1.0


def troops_offered(arrangement: Arrangement) -> dict[str, float]:
    """Return the troops that each who answers a breach has in place and has pledged."""
    pledged, placed = (dict.fromkeys(arrangement.responders, 0.0) for _ in range(2))
    for offered, clauses in ((pledged, arrangement.commitments), (placed, arrangement.deployments)):
        for clause in clauses:
            for party, share in _shares(clause.by, clause.forces, arrangement):
                offered[party] += share
    return {party: pledged[party] + placed[party] for party in pledged}


def _shares(
    named: tuple[str, ...], forces: object, arrangement: Arrangement, *, unknown: float = 0.0
) -> Iterator[tuple[str, float]]:
    """Give each who owes them an even share of forces; nothing where they are none."""
    if isinstance(forces, Forces):
        whole = forces.middle if forces.unit == "troops" else 0.0
    else:
        whole = unknown if forces is Unspecified.UNKNOWN else 0.0
    owing = debtors(named, arrangement) if whole else ()
    return ((party, whole / len(owing)) for party in owing)
