"""Troops: who has pledged them, who has them in place, and from when they stand."""

from foedus.arrangement.clauses import Deployment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import From, Unspecified
from foedus.facts.balance import year_of
from foedus.facts.capacity import within_means
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.trace import Yardsticks
from foedus.values.quantity import Forces


def troops_in_place(party: str, arrangement: Arrangement, yardsticks: Yardsticks) -> float:
    """Return the troops that a party has in place before an attack: shared evenly, and no more than it has at all."""
    placed = sum(
        share_standing(clause, yardsticks)
        * _share_of(party, clause.by, clause.forces, arrangement, unknown=yardsticks["deployed.unknown_size"])
        for clause in arrangement.deployments
    )
    if not placed:
        return 0.0
    at = year_of(arrangement)
    return placed if at is None else within_means(placed, party, at=at)


def share_standing(deployment: Deployment, yardsticks: Yardsticks) -> float:
    """Return the share of a deployment that stands before an attack."""
    if deployment.since is From.UNKNOWN:
        return yardsticks["deployed.unknown_start"]
    return 0.0 if deployment.since is From.ATTACK else 1.0


def troops_offered(party: str, arrangement: Arrangement) -> float:
    """Return the troops that a party has in place and has pledged."""
    pledged = sum(_share_of(party, clause.by, clause.forces, arrangement) for clause in arrangement.commitments)
    return pledged + sum(_share_of(party, clause.by, clause.forces, arrangement) for clause in arrangement.deployments)


def _share_of(
    party: str, named: tuple[str, ...], forces: object, arrangement: Arrangement, *, unknown: float = 0.0
) -> float:
    owing = debtors(named, arrangement)
    if party not in owing:
        return 0.0
    if isinstance(forces, Forces):
        return forces.middle / len(owing) if forces.unit == "troops" else 0.0
    return unknown / len(owing) if forces is Unspecified.UNKNOWN else 0.0
