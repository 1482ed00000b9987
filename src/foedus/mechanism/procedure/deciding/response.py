"""Answering what was found: meeting, moving a response, joining it, acting."""

from foedus.arrangement.vocabulary import IfUndecided, OutsideAction, TierWord
from foedus.mechanism.numbers.troops import troops_offered
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause, clause_at, of_procedure
from foedus.mechanism.procedure.deciding.record import refuse_incident, refuse_stranger
from foedus.mechanism.procedure.obligations import SNAPBACK, Promise, promises_of
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.settle import is_decision_needed
from foedus.mechanism.procedure.stages import decided_world
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.procedure.world import world_of
from foedus.mechanism.rules.decisions import deciders, is_closed, may_act_alone, may_respond
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.prohibitions import barring
from foedus.mechanism.rules.world import Ruling
from foedus.values.quantity import Forces

Made = tuple[e.Event, ...]


def meet(state: State, command: c.Meet) -> Made | Refusal:
    """Hold the meeting of the guarantors."""
    clause = clause_at(state.arrangement, "trigger", "consult_within")
    if refusal := refuse_incident(state, command.incident):
        return refusal
    if command.actor not in {*state.arrangement.parties.guarantor, c.SECRETARIAT} - state.gone:
        return Refusal(clause, f"{command.actor} is no guarantor and calls no meeting")
    if state.incidents[command.incident].is_met:
        return Refusal(of_procedure("a meeting is recorded once"), "the guarantors have met")
    return (e.Met(at=command.at, actor=command.actor, clause=clause, incident=command.incident),)


def propose(state: State, command: c.ProposeTier) -> Made | Refusal:
    """Move a response: the framework nation where the text names one, any guarantor otherwise."""
    if refusal := refuse_incident(state, command.incident) or _may_propose(state, command):
        return refusal
    clause = _who_proposes(state)
    moved = e.TierProposed(
        at=command.at,
        actor=command.actor,
        clause=clause,
        incident=command.incident,
        tier=command.tier,
        words=command.words,
    )
    rule = clause_at(state.arrangement, "decision", "rule")
    own = e.TierVoted(at=command.at, actor=command.actor, clause=rule, incident=command.incident, vote=c.Vote.YES)
    made: Made = (moved, own) if command.actor in deciders(state.arrangement) else (moved,)
    if _is_left_to_lead(state, state.incidents[command.incident]):
        closing = clause_at(state.arrangement, "trigger", "if_undecided")
        closed = e.VoteClosed(
            at=command.at, actor=command.actor, clause=closing, incident=command.incident, on="decide"
        )
        made = (*made, closed)
    return made


def vote(state: State, command: c.VoteOnTier) -> Made | Refusal:
    """Join, refuse or abstain; troops are committed once and no more of them than a party has offered."""
    if refusal := refuse_incident(state, command.incident):
        return refusal
    incident, rule = state.incidents[command.incident], clause_at(state.arrangement, "decision", "rule")
    if command.actor not in deciders(state.arrangement) - state.gone:
        return Refusal(rule, f"{command.actor} has no vote on the response")
    if incident.tier_motion is None:
        return Refusal(of_procedure("a vote is on a motion"), "no response is moved")
    lead = state.arrangement.decision.framework_nation
    if incident.decision is None and incident.is_tier_vote_closed and command.actor != lead:
        return Refusal(clause_at(state.arrangement, "trigger", "if_undecided"), "the vote is closed")
    if command.troops and (refusal := _refuse_troops(state, incident, command)):
        return refusal
    voted = e.TierVoted(
        at=command.at,
        actor=command.actor,
        clause=rule,
        incident=command.incident,
        vote=command.vote,
        troops=command.troops,
        reason=command.reason,
    )
    return (voted,)


def act(state: State, command: c.TakeAct) -> Made | Refusal:
    """Act in answer to an incident, unless a clause forbids it or the mechanism has to come first."""
    if refusal := refuse_stranger(state, command.actor) or refuse_incident(state, command.incident):
        return refusal
    if command.actor not in state.arrangement.responders:
        clause = clause_at(state.arrangement, "parties", "guarantor")
        return Refusal(clause, f"{command.actor} is nobody who answers a breach here")
    incident = state.incidents[command.incident]
    promise = next((each for each in promises_of(state.arrangement) if each.name == command.under), None)
    if command.under and (promise is None or command.actor not in promise.debtors):
        return Refusal(
            of_procedure("who performs a clause owes it"), f"{command.under} asks nothing of {command.actor}"
        )
    if refusal := _forbidden(state, incident, command, promise) or _short_of_forces(state, incident, command, promise):
        return refusal
    taken = e.ActTaken(
        at=command.at,
        actor=command.actor,
        clause=clause_at(state.arrangement, *promise.place) if promise else _outside(state),
        incident=command.incident,
        tier=command.tier,
        measures=command.measures,
        under=command.under,
        words=command.words,
    )
    return (taken,)


def what_forbids(state: State, incident: Incident, tier: TierWord) -> Clause | None:
    """Return the clause that keeps anybody from acting at a tier now; None where acting is lawful."""
    world = decided_world(state, incident)
    if places := barring(state.arrangement, world, tier):
        return clause_at(state.arrangement, "exclusions", places[0])
    if is_closed(state.arrangement, world, tier, weights=state.weights) or _is_early(state, incident, tier):
        return _outside(state)
    return None


def _forbidden(state: State, incident: Incident, command: c.TakeAct, promise: Promise | None) -> Refusal | None:
    if promise is not None and _is_due(incident, promise, command.actor):
        return None  # the rules let nothing fall due that is forbidden
    if promise is not None and promise.place == SNAPBACK:
        return None
    if places := barring(state.arrangement, world_of(state, incident), command.tier, command.measures):
        return Refusal(clause_at(state.arrangement, "exclusions", places[0]), f"{command.tier} is kept out")
    if clause := what_forbids(state, incident, command.tier):
        return Refusal(clause, f"{command.tier} is not decided, and nobody may act alone")
    return None


def _is_due(incident: Incident, promise: Promise, debtor: str) -> bool:
    found = incident.obligations.get((promise.place, debtor))
    return found is not None and found.status.value == "due"


def _is_early(state: State, incident: Incident, tier: TierWord) -> bool:
    """Tell whether the mechanism has to speak first, or has spoken of less.

    Each may act once the mechanism has failed, where it may not at any other time; before that it is too early.
    """
    decision = incident.decision
    if decision is not None and decision.ruling is not Ruling.NO:
        is_more = decision.tier is not None and TIERS.index(tier) > TIERS.index(decision.tier)
        return is_more and may_act_alone(state.arrangement) is Ruling.NO
    waits = state.arrangement.trigger.if_undecided is IfUndecided.EACH_MAY_ACT
    is_caged = waits and state.arrangement.decision.outside_action is OutsideAction.FORBIDDEN
    return is_caged and not incident.is_finding_failed and decision is None


def _short_of_forces(state: State, incident: Incident, command: c.TakeAct, promise: Promise | None) -> Refusal | None:
    """Refuse to carry out a tier together before the forces that the text asks for have been offered."""
    if may_act_alone(state.arrangement) is Ruling.YES and promise is None:
        return None
    for index, each in enumerate(state.arrangement.decision.capability):
        offered = sum(incident.troops.values())
        asked = each.forces.low if isinstance(each.forces, Forces) else 0
        if each.tier is command.tier and offered < asked:
            clause = clause_at(state.arrangement, "decision", "capability", index, "forces")
            return Refusal(clause, f"{offered} troops are offered, and {asked} must be before {command.tier}")
    return None


def _refuse_troops(state: State, incident: Incident, command: c.VoteOnTier) -> Refusal | None:
    own = troops_offered(state.arrangement).get(command.actor, 0.0)
    elsewhere = state.committed(command.actor) - incident.troops.get(command.actor, 0)
    clause = of_procedure("forces are committed once, and no more than the text pledges or has in place")
    if command.vote is not c.Vote.YES:
        return Refusal(clause, "troops go with a yes")
    if command.troops < 0 or command.troops + elsewhere > own:
        return Refusal(clause, f"{command.actor} offers {own:.0f} troops and has committed {elsewhere} elsewhere")
    return None


def _may_propose(state: State, command: c.ProposeTier) -> Refusal | None:
    arrangement, incident = state.arrangement, state.incidents[command.incident]
    clause, lead = _who_proposes(state), arrangement.decision.framework_nation
    if not is_decision_needed(state):
        return Refusal(clause_at(arrangement, "decision", "rule"), "no response waits for a common decision")
    if command.actor not in ({lead} if lead else set(arrangement.parties.guarantor)) - state.gone:
        return Refusal(clause, f"{command.actor} does not propose the response")
    if incident.tier_motion is not None:
        return Refusal(of_procedure("one motion at a time"), f"{incident.tier_motion.by} has moved a response")
    if incident.finding is None and not incident.is_finding_failed:
        return Refusal(clause_at(arrangement, "trigger", "determined_by"), "nothing is found yet")
    if not may_respond(arrangement, world_of(state, incident)):
        return Refusal(clause_at(arrangement, "trigger", "determined_by"), "no finding opens a response")
    is_over = incident.decision is not None and incident.decision.ruling is Ruling.NO
    if is_over:
        return Refusal(clause_at(arrangement, "trigger", "if_undecided"), "the time for a decision is over")
    return None


def _is_left_to_lead(state: State, incident: Incident) -> bool:
    is_lead = state.arrangement.trigger.if_undecided is IfUndecided.LEAD_DECIDES
    return is_lead and "decide" in incident.passed and incident.decision is None


def _who_proposes(state: State) -> Clause:
    return clause_at(state.arrangement, "decision", "framework_nation")


def _outside(state: State) -> Clause:
    return clause_at(state.arrangement, "decision", "outside_action")
