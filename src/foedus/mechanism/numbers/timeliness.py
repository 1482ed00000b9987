"""The race between response and overrun: ``timeliness_e``.

timeliness_e = Phi((ln hold_days - ln(determine + decide + mobilise_e)) / spread)

A promise to perform within a time counts from the breach, and is not added to the time to decide.
"""

import math

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule
from foedus.facts.presence import tripwire_share
from foedus.mechanism.numbers.normal import Phi, share_below
from foedus.mechanism.numbers.troops import troops_in_place
from foedus.mechanism.rules.clock import deciding_stages
from foedus.mechanism.rules.duties import brings_help
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import FloatArray
from foedus.values.duration import Duration
from foedus.values.words import Tier


def timeliness_by_tier(
    arrangement: Arrangement, *, self_defence: float, yardsticks: Yardsticks, trace: Trace, phi: Phi = share_below
) -> FloatArray:
    """Return timeliness (e) in [0, 1]; tier none is always in time."""
    hold = yardsticks["days.hold"] * max(0.1, self_defence)
    trace.note(
        "timeliness",
        entry="days the protected state holds",
        value=hold,
        clause="duties.own_defence",
        because="yardstick days.hold x own defence",
    )
    before = _days_to_decide(arrangement, yardsticks, trace)
    timeliness = np.ones(4)
    for tier in (Tier.SUPPORT, Tier.DEPLOY, Tier.DEFEND):
        days, because = _days_to_respond(arrangement, tier, before, yardsticks)
        timeliness[tier] = phi(np.asarray((math.log(hold) - math.log(days)) / yardsticks["days.spread"]))
        entry, value = tier.name.lower(), float(timeliness[tier])
        trace.note("timeliness", entry=entry, value=value, clause="trigger", because=f"{days:.0f} days: {because}")
    return timeliness


def _days_to_decide(arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> float:
    """Return the days to find and decide: history's, or the stated deadline as it is kept, if that is sooner."""
    kept = yardsticks["days.deadline_kept"]
    alone = yardsticks["days.lead_alone"] if arrangement.decision.rule is DecisionRule.LEAD_ALONE else 1.0
    hurried = alone * yardsticks[f"days.prepared.{arrangement.preparation}"]
    determine, decide = (yardsticks[f"days.{stage}.silent"] * hurried for stage in ("determine", "decide"))
    days, clause = determine + decide, ""
    because = f"history; preparation: {arrangement.preparation}" + (", one decides alone" if alone < 1 else "")
    for stage, more in zip(deciding_stages(arrangement), (decide, 0.0), strict=True):
        if stage.hours is not None and stage.hours / 24 * kept + more < days:
            days, clause = stage.hours / 24 * kept + more, ".".join(map(str, stage.path))
            because = f"{stage.hours:g} h x yardstick days.deadline_kept"
    trace.note("timeliness", entry="days to find and decide", value=days, clause=clause, because=because)
    return days


def _days_to_respond(arrangement: Arrangement, tier: Tier, before: float, yardsticks: Yardsticks) -> tuple[float, str]:
    prepared = yardsticks[f"days.prepared.{arrangement.preparation}"]
    days = before + yardsticks[f"days.mobilise.{tier.name.lower()}"] * prepared
    because = f"{before:.0f} to find and decide, then history; preparation: {arrangement.preparation}"
    if tier > Tier.SUPPORT and (troops := _troops_in_place(arrangement, yardsticks)):
        felt = tripwire_share(troops, yardsticks=yardsticks)
        days = before + (days - before) * (1 - felt * (1 - yardsticks["days.in_place"]))
        because += f"; {troops:,.0f} troops in place"
    history = days
    for clause in arrangement.commitments:
        if isinstance(clause.within, Duration) and Tier[clause.tier.name] >= tier and brings_help(clause):
            promised = max(before, clause.within.days * yardsticks["days.deadline_kept"])
            believed = yardsticks[f"bindingness.{clause.bindingness}"]
            mixed = math.exp((1 - believed) * math.log(history) + believed * math.log(min(promised, history)))
            if mixed < days:
                days, because = mixed, f"{clause.within} from the breach by {clause.id}, believed {believed:.2f}"
    return days, because


def _troops_in_place(arrangement: Arrangement, yardsticks: Yardsticks) -> float:
    """Return the troops that those who answer a breach have there before it."""
    return sum(troops_in_place(arrangement, yardsticks).values())
