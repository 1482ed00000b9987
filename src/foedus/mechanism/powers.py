"""Who can stop what: vetoes over the finding, vetoes over the response, prohibitions."""

from dataclasses import dataclass

import numpy as np

from foedus.arrangement.conditions import Fact
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule, DeterminationRule, Excluded, OutsideAction
from foedus.mechanism.trace import Trace
from foedus.values.arrays import BoolArray
from foedus.values.words import Tier

_BY_ALL = frozenset({DeterminationRule.UNANIMITY_OF_GUARANTORS, DeterminationRule.COUNCIL_CONSENSUS})


@dataclass(frozen=True)
class Powers:
    """What the adversary can stop, and what the text forbids."""

    finding_blocked: bool
    """The adversary can block the finding alone."""
    response_vetoed: tuple[Tier, ...]
    """Tiers of which the adversary can stop the collective decision."""
    may_act_alone: bool
    """A guarantor may act outside the mechanism when it is blocked."""
    blocked: BoolArray
    """(r) tiers that cannot be proposed at all."""


def find_powers(arrangement: Arrangement, trace: Trace) -> Powers:
    """Read vetoes and prohibitions; a veto closes a tier only where acting outside the mechanism is forbidden."""
    may_act_alone = arrangement.decision.outside_action is not OutsideAction.FORBIDDEN
    vetoed = _vetoed_tiers(arrangement)
    powers = Powers(
        finding_blocked=_is_finding_blocked(arrangement),
        response_vetoed=vetoed,
        may_act_alone=may_act_alone,
        blocked=_blocked(arrangement, () if may_act_alone else vetoed, trace),
    )
    _note(arrangement, powers, trace)
    return powers


def _is_finding_blocked(arrangement: Arrangement) -> bool:
    adversary = set(arrangement.parties.adversary)
    judges = arrangement.parties.guarantor if arrangement.trigger.determined_by in _BY_ALL else ()
    return bool(adversary & {*arrangement.trigger.blocked_by, *judges})


def _vetoed_tiers(arrangement: Arrangement) -> tuple[Tier, ...]:
    adversary = set(arrangement.parties.adversary)
    if arrangement.decision.rule is DecisionRule.UNANIMITY and adversary & set(arrangement.parties.guarantor):
        return (Tier.SUPPORT, Tier.DEPLOY, Tier.DEFEND)
    if adversary & set(arrangement.consents.response):
        return tuple(Tier[word.name] for word in arrangement.consents.response_tiers)
    return ()


def _blocked(arrangement: Arrangement, vetoed: tuple[Tier, ...], trace: Trace) -> BoolArray:
    blocked = np.zeros(4, dtype=np.bool_)
    blocked[list(vetoed)] = True
    for index, exclusion in enumerate(arrangement.exclusions):
        if exclusion.what is not Excluded.FOREIGN_FORCES:
            continue
        excepted = exclusion.unless is not None and exclusion.unless != Fact("adversary_agrees")
        if not excepted:
            blocked[[Tier.DEPLOY, Tier.DEFEND]] = True
        because = "no foreign forces" + (", with an exception that a response meets" if excepted else "")
        value = "open" if excepted else "blocked"
        trace.note("blocked", entry="deploy, defend", value=value, clause=f"exclusions[{index}]", because=because)
    return blocked


def _note(arrangement: Arrangement, powers: Powers, trace: Trace) -> None:
    if powers.finding_blocked:
        trace.note(
            "confusion",
            entry="every finding",
            value="can be blocked",
            clause="trigger",
            because="the adversary can block the finding alone",
        )
    if powers.response_vetoed:
        tiers = ", ".join(tier.name.lower() for tier in powers.response_vetoed)
        how = (
            "guarantors may still act alone, without an obligation"
            if powers.may_act_alone
            else "and none may act alone"
        )
        clause = "consents.response" if arrangement.consents.response else "decision.rule"
        trace.note(
            "blocked",
            entry=tiers,
            value="vetoed" if powers.may_act_alone else "blocked",
            clause=clause,
            because=f"the adversary's consent is needed; {how}",
        )
