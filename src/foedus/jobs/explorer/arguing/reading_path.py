"""A reading path through the arguments of the two essays: an order of ours, each step saying why it comes here."""

from collections.abc import Mapping

from foedus.insight.claims.record import ArgumentOrigin

PATHS: Mapping[ArgumentOrigin, Mapping[str, str]] = {
    ArgumentOrigin.ESSAY_2022: {
        "interest_above_risk_makes_it_credible": "First, what makes a promise believed at all.",
        "own_defence_deters": "Then what the protected state brings to it.",
        "joint_with_bilateral_on_top": "Who owes it: all together, each alone, or both.",
        "too_strong_a_promise_drags_guarantors_in": "How strong may it be, before it costs those who give it?",
        "vague_enough_not_to_be_tested": "How plainly should it be said?",
        "guarantors_keep_the_decision": "Who decides what is done once it falls due?",
        "a_mechanism_instead_of_an_automatic_trigger": "What sets it off: an event, or a finding about the event?",
        "escalation_brings_support": "What happens when it is put to the test.",
        "a_peace_that_lasts_the_first_years": "And what all of this is for.",
    },
    ArgumentOrigin.ESSAY_2025: {
        "success_improves_the_negotiating_position": "First, what decides on which terms the adversary signs.",
        "consent_to_the_settlement_dooms_it": "Should it be asked at all?",
        "what_the_adversary_would_sign": "What it would consent to if it were asked.",
        "a_veto_leaves_no_guarantee": "What is left of a promise over which it has a veto?",
        "a_veto_makes_war_likelier": "The same text with and without that veto.",
        "consent_to_monitors_empties_them": "Monitors that it can send home.",
        "the_adversary_asks_nobodys_leave": "What it does itself without asking anybody.",
        "neutral_and_disarmed_is_the_next_war": "What it asks for instead: a neighbour without allies or arms.",
        "peacekeepers_do_not_deter": "What is offered instead of a promise: a mission that watches.",
        "real_forces_against_a_mission": "The same place, held by forces that would fight.",
        "nato_deters_best": "And the strongest promise there is, beside its substitutes.",
    },
}
"""[origin][claim] why the claim comes at this place."""
