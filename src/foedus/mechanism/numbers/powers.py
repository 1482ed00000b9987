"""What is closed and what opens a response: averages of what the rules say where the adversary refuses or does not."""

from dataclasses import dataclass

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.mechanism.numbers.chances import chances_of, share
from foedus.mechanism.numbers.reading import Reading
from foedus.mechanism.rules.decisions import may_act_alone
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.prohibitions import could_bar_tier
from foedus.mechanism.rules.roles import adversaries
from foedus.mechanism.rules.stopping import can_stop_finding, can_stop_tier
from foedus.mechanism.rules.world import Ruling
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import BoolArray, FloatArray
from foedus.values.words import Determination, Tier

_LIKELIER = 0.5
"""A tier counts as closed where that is likelier than not after an invasion."""


@dataclass(frozen=True)
class Powers:
    """What the mechanism can be kept from, and what the text forbids."""

    blocked: BoolArray
    """(r) tiers that cannot be proposed at all."""
    opens: FloatArray
    """(n) share of the worlds in which any response may follow a determination; 1 for no breach."""


def find_powers(arrangement: Arrangement, reading: Reading, *, yardsticks: Yardsticks, trace: Trace) -> Powers:
    """Average what the rules say of tiers and determinations over the worlds that the yardsticks hold likely."""
    powers = Powers(
        blocked=_blocked(arrangement, reading, yardsticks, trace), opens=_opens(arrangement, reading, yardsticks)
    )
    _note_vetoes(arrangement, powers, trace)
    return powers


def _blocked(arrangement: Arrangement, reading: Reading, yardsticks: Yardsticks, trace: Trace) -> BoolArray:
    blocked = np.zeros(4, dtype=np.bool_)
    after_invasion = chances_of(arrangement, finding=Finds.INVASION, yardsticks=yardsticks)
    for tier in TIERS:
        closed = share(reading.closed[tier], after_invasion)
        blocked[Tier[tier.name]] = closed > _LIKELIER
        for index, exclusion in could_bar_tier(arrangement, tier):
            because = f"no {exclusion.what.replace('_', ' ')}; closed with chance {closed:.2f} after an invasion"
            value = "blocked" if blocked[Tier[tier.name]] else "open"
            trace.note("blocked", entry=tier, value=value, clause=f"exclusions[{index}]", because=because)
    return blocked


def _opens(arrangement: Arrangement, reading: Reading, yardsticks: Yardsticks) -> FloatArray:
    opens = np.ones(len(Determination))
    for finding, tree in reading.opens.items():
        chances = chances_of(arrangement, finding=finding, yardsticks=yardsticks)
        opens[Determination[finding.name]] = share(tree, chances)
    return opens


def _note_vetoes(arrangement: Arrangement, powers: Powers, trace: Trace) -> None:
    adversary = adversaries(arrangement)
    if can_stop_finding(arrangement, adversary):
        trace.note(
            "confusion",
            entry="every finding",
            value="can be blocked",
            clause="trigger",
            because="the adversary can block the finding alone",
        )
    elif powers.opens.min() < 1:
        trace.note(
            "confusion",
            entry="every finding",
            value=f"counts with chance {powers.opens.min():.2f} or more",
            clause="trigger.determined_by",
            because="nobody may respond without a finding",
        )
    stopped = [tier for tier in TIERS if can_stop_tier(arrangement, adversary, tier)]
    if stopped:
        _note_veto_over(stopped, arrangement, powers, trace)


def _note_veto_over(stopped: list[TierWord], arrangement: Arrangement, powers: Powers, trace: Trace) -> None:
    is_free = may_act_alone(arrangement) is not Ruling.NO
    how = "guarantors may still act alone, bound only by texts of their own" if is_free else "and none may act alone"
    trace.note(
        "blocked",
        entry=", ".join(stopped),
        value="blocked" if all(powers.blocked[Tier[tier.name]] for tier in stopped) else "vetoed",
        clause="consents.response" if arrangement.consents.response else "decision.rule",
        because=f"the adversary's consent is needed; {how}",
    )
