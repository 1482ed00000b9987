"""Who can stop what: vetoes over the finding, vetoes over the response, prohibitions."""

from dataclasses import dataclass

import numpy as np

from foedus.arrangement.clauses import Exclusion
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule, DeterminationRule, Excluded, OutsideAction
from foedus.mechanism.chance import chance_of
from foedus.mechanism.rules.roles import named
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import BoolArray
from foedus.values.words import Determination, Tier

_LIFTED = 0.5
"""A prohibition counts as lifted where its exception is more likely met than not after an invasion."""


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


def find_powers(arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> Powers:
    """Read vetoes and prohibitions; a veto closes a tier only where acting outside the mechanism is forbidden."""
    may_act_alone = arrangement.decision.outside_action is not OutsideAction.FORBIDDEN
    vetoed = _vetoed_tiers(arrangement)
    powers = Powers(
        finding_blocked=_is_finding_blocked(arrangement),
        response_vetoed=vetoed,
        may_act_alone=may_act_alone,
        blocked=_blocked(arrangement, () if may_act_alone else vetoed, yardsticks, trace),
    )
    _note(arrangement, powers, trace)
    return powers


def _is_finding_blocked(arrangement: Arrangement) -> bool:
    """Tell whether the adversary can stop the finding: by a veto, as a judge among all, as lead or as monitor."""
    watching = {party for mission in arrangement.monitoring for party in mission.by} | set(arrangement.parties.monitor)
    guarantors, lead = set(arrangement.parties.guarantor), arrangement.decision.framework_nation
    judges_by_rule: dict[DeterminationRule, set[str]] = {
        DeterminationRule.UNANIMITY_OF_GUARANTORS: guarantors,
        DeterminationRule.COUNCIL_CONSENSUS: guarantors,
        DeterminationRule.LEAD_GUARANTOR_ALONE: {lead} if lead else set(),
        DeterminationRule.MONITOR_BODY: watching,
    }
    judges = judges_by_rule.get(arrangement.trigger.determined_by, set())
    return bool(set(arrangement.parties.adversary) & (judges | named(arrangement.trigger.blocked_by, arrangement)))


def _vetoed_tiers(arrangement: Arrangement) -> tuple[Tier, ...]:
    """Return the tiers that the adversary can stop: as one of all, as a required member, as lead, by its consent."""
    adversary, decision = set(arrangement.parties.adversary), arrangement.decision
    indispensable = set(named(decision.required, arrangement))
    if decision.rule is DecisionRule.UNANIMITY:
        indispensable |= set(arrangement.parties.guarantor)
    if decision.rule is DecisionRule.LEAD_ALONE and decision.framework_nation:
        indispensable.add(decision.framework_nation)
    if adversary & indispensable:
        return (Tier.SUPPORT, Tier.DEPLOY, Tier.DEFEND)
    if adversary & named(arrangement.consents.response, arrangement):
        return tuple(Tier[word.name] for word in arrangement.consents.response_tiers)
    return ()


def _blocked(arrangement: Arrangement, vetoed: tuple[Tier, ...], yardsticks: Yardsticks, trace: Trace) -> BoolArray:
    blocked = np.zeros(4, dtype=np.bool_)
    blocked[list(vetoed)] = True
    for index, exclusion in enumerate(arrangement.exclusions):
        if exclusion.what is not Excluded.FOREIGN_FORCES:
            continue
        lifted = _chance_lifted(exclusion, yardsticks)
        if lifted < _LIFTED:
            blocked[[Tier.DEPLOY, Tier.DEFEND]] = True
        because = f"no foreign forces; the exception is held to be met with chance {lifted:.2f} after an invasion"
        value = "blocked" if lifted < _LIFTED else "open"
        trace.note("blocked", entry="deploy, defend", value=value, clause=f"exclusions[{index}]", because=because)
    return blocked


def _chance_lifted(exclusion: Exclusion, yardsticks: Yardsticks) -> float:
    if exclusion.unless is None:
        return 0.0
    return chance_of(exclusion.unless, finding=Determination.INVASION, yardsticks=yardsticks)


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
