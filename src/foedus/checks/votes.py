"""Votes on the finding and on the response: the worlds they make, and the clauses they stand in."""

from collections.abc import Iterable

from foedus.arrangement.names.affiliations import find_body
from foedus.arrangement.vocabulary import DecisionRule, DeterminationRule
from foedus.checks.case import Case
from foedus.mechanism.rules.world import World
from foedus.text.source import Path

FINDING = "the finding"
RESPONSE = "the response"


def has_mechanism(case: Case) -> bool:
    """Tell whether the text says anything of who finds or decides."""
    a = case.arrangement
    return bool(
        a.commitments
        or a.trigger.determined_by not in (DeterminationRule.UNDEFINED, DeterminationRule.UNKNOWN)
        or a.decision.rule not in (DecisionRule.NONE, DecisionRule.UNKNOWN)
    )


def against(what: str, members: Iterable[str]) -> World:
    """Return the world in which some members vote against the finding or the response, and all others for it."""
    group = frozenset(members)
    return World(against_finding=group) if what == FINDING else World(against_response=group)


def silence(what: str, members: Iterable[str]) -> World:
    """Return the world in which some members stay silent on the finding or the response."""
    group = frozenset(members)
    return World(silent_on_finding=group) if what == FINDING else World(silent_on_response=group)


def finding_paths(case: Case) -> tuple[Path, ...]:
    """Return the clauses that say who finds what happened."""
    trigger = case.arrangement.trigger
    blocked: tuple[Path, ...] = (("trigger", "blocked_by"),) if trigger.blocked_by else ()
    members: tuple[Path, ...] = (("trigger", "members"),) if trigger.members else ()
    body: tuple[Path, ...] = (("trigger", "body"),) if trigger.body and find_body(trigger.body) else ()
    return (*blocked, *members, *body, ("trigger", "determined_by"))


def response_paths(case: Case) -> tuple[Path, ...]:
    """Return the clauses that say how the response is decided."""
    consents: tuple[Path, ...] = (("consents", "response"),) if case.arrangement.consents.response else ()
    return (*consents, ("decision", "rule"))
