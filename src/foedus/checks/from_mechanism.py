"""The doorway to the mechanism: its rules, by which the checks search and replay."""

from foedus.mechanism.members import debtors, troops_offered
from foedus.mechanism.rules.clock import is_order_possible, stages
from foedus.mechanism.rules.decisions import is_tier_decided
from foedus.mechanism.rules.duties import (
    applies,
    delivers,
    falls_due,
    is_duty_to_act,
    is_open,
    needs_decision,
    tier_due,
)
from foedus.mechanism.rules.findings import is_finding_made
from foedus.mechanism.rules.prohibitions import barring, is_forbidden
from foedus.mechanism.rules.seats import adversaries, named
from foedus.mechanism.rules.why import explain
from foedus.mechanism.rules.world import is_at_least

__all__ = [
    "adversaries",
    "applies",
    "barring",
    "debtors",
    "delivers",
    "explain",
    "falls_due",
    "is_at_least",
    "is_duty_to_act",
    "is_finding_made",
    "is_forbidden",
    "is_open",
    "is_order_possible",
    "is_tier_decided",
    "named",
    "needs_decision",
    "stages",
    "tier_due",
    "troops_offered",
]
