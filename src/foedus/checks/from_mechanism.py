"""The doorway to the mechanism: its rules, by which the checks search and replay."""

from foedus.mechanism.numbers.troops import troops_offered
from foedus.mechanism.numbers.weights import weight_of
from foedus.mechanism.rules.clock import is_order_possible, stages
from foedus.mechanism.rules.decisions import is_tier_decided
from foedus.mechanism.rules.duties import (
    acts_named,
    applies,
    delivers,
    falls_due,
    is_duty_to_act,
    is_open,
    names_an_act,
    needs_decision,
    tier_due,
)
from foedus.mechanism.rules.findings import is_finding_made, proof_asked
from foedus.mechanism.rules.prohibitions import barring, clashing, could_bar_measures, could_bar_tier, is_forbidden
from foedus.mechanism.rules.seats import adversaries, debtors, named
from foedus.mechanism.rules.why import explain
from foedus.mechanism.rules.world import is_at_least

__all__ = [
    "acts_named",
    "adversaries",
    "applies",
    "barring",
    "clashing",
    "could_bar_measures",
    "could_bar_tier",
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
    "names_an_act",
    "needs_decision",
    "proof_asked",
    "stages",
    "tier_due",
    "troops_offered",
    "weight_of",
]
