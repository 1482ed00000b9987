"""What the numbers of a compiled text come to: who is bound to what, who decides, what is seen, what stands ready."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.mechanism.from_arrangement import Compilation
from foedus.mechanism.trace import Step
from foedus.values.words import Conduct, Determination, Threat, Tier

TIERS = (Tier.SUPPORT, Tier.DEPLOY, Tier.DEFEND)
FINDINGS = (Determination.HYBRID, Determination.INCURSION, Determination.INVASION, Determination.PROVOKED)
_CLAUSES_SHOWN = 6


@dataclass(frozen=True)
class Bond:
    """How strongly the best-bound member is bound on one determination."""

    finding: Determination
    strength: tuple[float, float, float]
    """(support, deploy, defend) in [0, 1], of the member that is bound most."""
    members: tuple[int, int, int]
    """(support, deploy, defend) how many members are bound at all."""


@dataclass(frozen=True)
class LeadingClause:
    """A clause that binds, with the strongest bond that it makes."""

    clause: str
    """Path in the file."""
    strength: float
    entry: str
    because: str


@dataclass(frozen=True)
class Summary:
    """A compiled text, summed up."""

    members: int
    """Guarantors and supporters who can answer a breach."""
    proposer: str
    """Id of the framework nation; empty where nobody can answer."""
    required: tuple[str, ...]
    """Ids of those without whom nothing is done."""
    quorum_share: tuple[float, float, float]
    """(support, deploy, defend) share of all members' weight that must join."""
    blocked: tuple[Tier, ...]
    """Tiers that cannot be proposed."""
    bonds: tuple[Bond, ...]
    """One for each determination."""
    clauses: tuple[LeadingClause, ...]
    """The clauses that bind most, the strongest first."""
    invasion_found: float
    """Chance that a major offensive is found to be one."""
    incursion_found: float
    """Chance that a limited incursion is found to be one, or more."""
    false_alarm: float
    """Chance that something is found where nothing was done."""
    provocation_found: float
    """Chance that a provocation is put down to the protected state."""
    in_time: tuple[float, float, float]
    """(support, deploy, defend) chance that it takes effect while the protected state holds."""
    opacity: float
    deployed_force: float
    self_defence: float
    demilitarised: float
    aid: float


def summary_of(compilation: Compilation) -> Summary:
    """Sum up the arrays of a compiled text."""
    c, ids = compilation.compiled, compilation.members
    restrained = c.confusion[Conduct.RESTRAIN]
    return Summary(
        members=len(ids),
        proposer=ids[c.proposer] if ids else "",
        required=tuple(party for party, is_required in zip(ids, c.must, strict=False) if is_required),
        quorum_share=_of_tiers(c.quorum / c.weight.sum()),
        blocked=tuple(tier for tier in TIERS if c.blocked[tier]),
        bonds=tuple(_bond(c.oblige[:, finding], finding=finding) for finding in FINDINGS),
        clauses=leading_clauses(compilation.steps),
        invasion_found=float(restrained[Threat.INVADE, Determination.INVASION]),
        incursion_found=float(restrained[Threat.SEIZE, [Determination.INCURSION, Determination.INVASION]].sum()),
        false_alarm=float(1 - restrained[Threat.HOLD, Determination.NO_BREACH]),
        provocation_found=float(c.confusion[Conduct.PROVOKE, Threat.INVADE, Determination.PROVOKED]),
        in_time=_of_tiers(c.timeliness),
        opacity=c.opacity,
        deployed_force=c.deployed_force,
        self_defence=c.self_defence,
        demilitarised=c.demilitarised,
        aid=c.aid,
    )


def leading_clauses(steps: Sequence[Step]) -> tuple[LeadingClause, ...]:
    """Return the clauses that give the strongest bonds, each with its strongest, the strongest first."""
    strongest: dict[str, LeadingClause] = {}
    for step in steps:
        strength = _number(step.value)
        if step.array != "oblige" or not step.clause or strength is None:
            continue
        known = strongest.get(step.clause)
        if known is None or strength > known.strength:
            strongest[step.clause] = LeadingClause(step.clause, strength, step.entry, step.because)
    return tuple(sorted(strongest.values(), key=lambda clause: -clause.strength)[:_CLAUSES_SHOWN])


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _of_tiers(values: np.ndarray) -> tuple[float, float, float]:
    support, deploy, defend = (float(values[tier]) for tier in TIERS)
    return support, deploy, defend


def _bond(oblige: np.ndarray, *, finding: Determination) -> Bond:
    bound = (oblige > 0).sum(axis=0)
    support, deploy, defend = (int(bound[tier]) for tier in TIERS)
    return Bond(finding=finding, strength=_of_tiers(oblige.max(axis=0)), members=(support, deploy, defend))
