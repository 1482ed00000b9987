"""Troops: who has pledged them, who has them in place, and from when they stand."""

from foedus.arrangement.clauses import Deployment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import From
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.trace import Yardsticks
from foedus.values.quantity import Forces


def troops_in_place(party: str, arrangement: Arrangement, yardsticks: Yardsticks) -> float:
    """Return the troops that a party has in place before an attack, shared evenly where a clause names several."""
    return sum(
        share_standing(clause, yardsticks) * _share_of(party, clause.by, clause.forces, arrangement)
        for clause in arrangement.deployments
    )


def share_standing(deployment: Deployment, yardsticks: Yardsticks) -> float:
    """Return the share of a deployment that stands before an attack."""
    if deployment.since is From.UNKNOWN:
        return yardsticks["deployed.unknown_start"]
    return 0.0 if deployment.since is From.ATTACK else 1.0


def troops_offered(party: str, arrangement: Arrangement) -> float:
    """Return the troops that a party has in place and has pledged."""
    pledged = sum(_share_of(party, clause.by, clause.forces, arrangement) for clause in arrangement.commitments)
    return pledged + sum(_share_of(party, clause.by, clause.forces, arrangement) for clause in arrangement.deployments)


def _share_of(party: str, named: tuple[str, ...], forces: object, arrangement: Arrangement) -> float:
    if not isinstance(forces, Forces) or forces.unit != "troops":
        return 0.0
    owing = debtors(named, arrangement)
    return forces.middle / len(owing) if party in owing else 0.0
