"""The stages of a procedure: by when each has to end, and whether what it is to bring about has come about.

A vote is settled as soon as no outstanding vote can change it. Until then it is open; once the deadline has passed, or
the chair has closed a vote for which the text sets none, whoever has not voted is silent, and the rules say what
silence and a deadline that passes are worth.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import IfUndecided, TierWord
from foedus.mechanism.procedure.clause import Clause, clause_at
from foedus.mechanism.procedure.commands import Vote
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.procedure.world import moved_world_of, world_of
from foedus.mechanism.rules.clock import Stage, stages
from foedus.mechanism.rules.decisions import deciders, is_tier_decided, tier_by_vote
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.findings import finders, finding_by_vote, is_finder_named, is_finding_made
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import Ruling, World


@dataclass(frozen=True)
class StageOutcome:
    """How a stage ends."""

    ruling: Ruling
    is_by_default: bool
    """Whether it follows from what the text provides for a decision that does not come."""
    is_final: bool
    """Whether nothing else may be moved."""


def stage_of(arrangement: Arrangement, name: str) -> Stage:
    """Return the stage whose deadline bounds a stage: its own, or for a finding without one that of the decision."""
    meet, find, decide = stages(arrangement)
    by_name = {"meet": meet, "find": find if find.hours is not None else decide, "decide": decide}
    return by_name[name]


def deadline_of(arrangement: Arrangement, incident: Incident, name: str) -> datetime | None:
    """Return by when a stage has to end, counted from the act; None where the text sets no deadline."""
    hours = stage_of(arrangement, name).hours
    return None if hours is None else incident.happened_at + timedelta(hours=hours)


def clause_of(arrangement: Arrangement, name: str) -> Clause:
    """Return the clause that sets the deadline of a stage, or is silent about it."""
    return clause_at(arrangement, *stage_of(arrangement, name).path)


def is_open_to_finding(state: State, incident: Incident) -> bool:
    """Tell whether somebody who may invoke the mechanism has; without it nothing runs.

    The rules ask of a whole world whether anybody would; here it has to have been done, by invoking or by a vote for.
    """
    if incident.finding is not None or not (invokers := named(state.arrangement.trigger.invoked_by, state.arrangement)):
        return True
    voted_for = {party for party, vote in incident.finding_votes.items() if vote is Vote.YES}
    return bool(invokers & (incident.invoked | voted_for) - state.gone)


def is_over(incident: Incident, name: str) -> bool:
    """Tell whether a stage needs no deadline any more."""
    over = {
        "meet": incident.is_met,
        "find": incident.finding is not None or incident.is_finding_failed,
        "decide": incident.decision is not None,
    }
    return over[name]


def finding_outcome(state: State, incident: Incident) -> StageOutcome | None:
    """Return how the finding ends; None while it is open."""
    arrangement, world = state.arrangement, moved_world_of(state, incident)
    if incident.finding is not None:
        return _revision(state, incident, world) if incident.finding_motion else None
    if incident.is_finding_failed or not is_open_to_finding(state, incident):
        return None
    if incident.is_finding_vote_closed:
        voted = finding_by_vote(arrangement, world)
        return _counted(arrangement, voted, is_finding_made(arrangement, world), motion=incident.finding_motion)
    if incident.finding_motion is None:
        return None
    ruling = _finding_so_far(state, incident, world)
    full = is_finding_made(arrangement, world)
    return _outcome(arrangement, ruling, full, is_deadline_ahead=_is_ahead(arrangement, incident, "find"))


def tier_outcome(state: State, incident: Incident) -> StageOutcome | None:
    """Return how the decision on the response ends; None while it is open."""
    arrangement, world = state.arrangement, moved_world_of(state, incident)
    motion = incident.tier_motion or incident.last_tier_motion
    tier = motion.tier if motion else TIERS[-1]
    full = is_tier_decided(arrangement, world, tier, weights=state.weights)
    voted = tier_by_vote(arrangement, world, tier, weights=state.weights)
    if incident.decision is None and incident.is_tier_vote_closed:
        return _counted(arrangement, voted, full, motion=incident.tier_motion)
    if incident.tier_motion is None:
        return None
    ruling = voted if incident.is_tier_vote_closed else _tier_so_far(state, incident, world, tier)
    if incident.decision is not None:
        return None if ruling is None else StageOutcome(ruling, is_by_default=False, is_final=False)
    return _outcome(arrangement, ruling, full, is_deadline_ahead=_is_ahead(arrangement, incident, "decide"))


def _revision(state: State, incident: Incident, world: World) -> StageOutcome | None:
    """Return how a revision ends: a finding stands until another takes its place, without a deadline of the text."""
    ruling = _finding_so_far(state, incident, world)
    if incident.is_finding_vote_closed:
        ruling = finding_by_vote(state.arrangement, world)
    return None if ruling is None else StageOutcome(ruling, is_by_default=False, is_final=False)


def _is_ahead(arrangement: Arrangement, incident: Incident, name: str) -> bool:
    return name not in incident.passed and deadline_of(arrangement, incident, name) is not None


def _counted(arrangement: Arrangement, voted: Ruling, full: Ruling, *, motion: object) -> StageOutcome | None:
    """Where the silent are silent: what the rules say of it, or nothing yet where the lead still has to decide."""
    is_lead_awaited = arrangement.trigger.if_undecided is IfUndecided.LEAD_DECIDES and full is Ruling.UNSETTLED
    if is_lead_awaited and arrangement.decision.framework_nation is not None:
        return None
    return StageOutcome(full, is_by_default=full is not voted or motion is None, is_final=_is_last_word(arrangement))


def _outcome(
    arrangement: Arrangement, ruling: Ruling | None, full: Ruling, *, is_deadline_ahead: bool
) -> StageOutcome | None:
    if ruling is not Ruling.NO:
        return None if ruling is None else StageOutcome(ruling, is_by_default=False, is_final=True)
    if is_deadline_ahead:
        return StageOutcome(ruling, is_by_default=False, is_final=False)
    if full is Ruling.UNSETTLED:
        return None  # the lead decides, and has not
    return StageOutcome(full, is_by_default=full is not ruling, is_final=_is_last_word(arrangement))


def _is_last_word(arrangement: Arrangement) -> bool:
    """Tell whether the text says what follows, so that nothing else may be moved."""
    return arrangement.trigger.if_undecided not in (IfUndecided.NONE, IfUndecided.UNKNOWN)


def _finding_so_far(state: State, incident: Incident, world: World) -> Ruling | None:
    arrangement = state.arrangement
    if not is_finder_named(arrangement):
        return finding_by_vote(arrangement, world)
    outstanding = finders(arrangement, world) - incident.finding_votes.keys()
    return _settled(
        lambda against, silent: finding_by_vote(
            arrangement, replace(world, against_finding=against, silent_on_finding=silent)
        ),
        against=world.against_finding,
        silent=world.silent_on_finding,
        outstanding=outstanding,
    )


def _tier_so_far(state: State, incident: Incident, world: World, tier: TierWord) -> Ruling | None:
    return _settled(
        lambda against, silent: tier_by_vote(
            state.arrangement,
            replace(world, against_response=against, silent_on_response=silent),
            tier,
            weights=state.weights,
        ),
        against=world.against_response,
        silent=world.silent_on_response,
        outstanding=deciders(state.arrangement) - state.gone - incident.tier_votes.keys(),
    )


def _settled(
    rule: Callable[[frozenset[str], frozenset[str]], Ruling],
    *,
    against: frozenset[str],
    silent: frozenset[str],
    outstanding: frozenset[str],
) -> Ruling | None:
    """Return what a vote comes to whatever the outstanding members do; None where that is still open."""
    if not outstanding:
        return rule(against, silent)
    rulings = {
        rule(against | outstanding, silent - outstanding),
        rule(against, silent | outstanding),
        rule(against, silent - outstanding),
    }
    return rulings.pop() if len(rulings) == 1 and Ruling.UNSETTLED not in rulings else None


def decided_world(state: State, incident: Incident) -> World:
    """Return the world as it stands, whoever has not voted on the response counted against it."""
    world = world_of(state, incident)
    votes = incident.joined if incident.decision else incident.tier_votes
    waiting = frozenset() if incident.decision else deciders(state.arrangement) - votes.keys()
    return replace(
        world, against_response=world.against_response | waiting, silent_on_response=world.silent_on_response - waiting
    )
