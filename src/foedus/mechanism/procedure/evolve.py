"""What each event makes of the state; it asks nothing and refuses nothing."""

from dataclasses import replace
from functools import reduce

from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.obligation import Obligation
from foedus.mechanism.procedure.state import (
    FindingInForce,
    FindingMotion,
    Incident,
    State,
    Taken,
    TierDecision,
    TierMotion,
)


def evolve(state: State, event: e.Event) -> State:
    """Return the state after an event."""
    return state if isinstance(event, e.Refused) else _apply(replace(state, now=event.at), event)


def evolve_all(state: State, events: tuple[e.Event, ...]) -> State:
    """Return the state after events, in order."""
    return reduce(evolve, events, state)


def _apply(state: State, event: e.Event) -> State:
    match event:
        case e.IncidentOpened():
            opened = Incident(event.incident, event.happened_at, event.what, frozenset(event.facts))
            return replace(state, incidents={**state.incidents, event.incident: opened})
        case e.NoticeGiven():
            return replace(state, leaving={**state.leaving, event.actor: event.leaves_at})
        case e.PartyLeft():
            return replace(state, gone=state.gone | {event.actor})
        case e.Ended():
            return replace(state, is_ended=True)
        case e.Opened() | e.TimePassed() | e.Refused():
            return state
        case _:
            incident = _in_incident(state.incidents[event.incident], event)
            return replace(state, incidents={**state.incidents, event.incident: incident})


def _in_incident(incident: Incident, event: e.Event) -> Incident:
    match event:
        case e.ReportFiled():
            return replace(incident, reports=(*incident.reports, event.report))
        case e.FactStated():
            facts = incident.facts | {event.fact} if event.holds else incident.facts - {event.fact}
            return replace(incident, facts=facts)
        case e.Invoked():
            return replace(incident, invoked=incident.invoked | {event.actor})
        case e.Met():
            return replace(incident, is_met=True, facts=incident.facts | {"consulted"})
        case e.DeadlinePassed():
            return _closed(replace(incident, passed=incident.passed | {event.stage}), event.stage)
        case e.ObligationChanged():
            return _with_obligations(incident, event)
        case e.ActTaken():
            taken = Taken(by=event.actor, tier=event.tier, at=event.at, under=event.under)
            return replace(incident, acts=(*incident.acts, taken))
        case e.IncidentClosed():
            return replace(incident, is_closed=True, troops={})
        case e.VoteClosed():
            return _closed(incident, event.on)
        case e.TierProposed() | e.TierVoted() | e.TierDecided() | e.TierFailed():
            return _on_response(incident, event)
        case _:
            return _on_finding(incident, event)


def _closed(incident: Incident, stage: str) -> Incident:
    """Count whoever has not voted as silent from here on."""
    if stage == "find":
        return replace(incident, is_finding_vote_closed=True)
    return replace(incident, is_tier_vote_closed=True) if stage == "decide" else incident


def _on_finding(incident: Incident, event: e.Event) -> Incident:
    match event:
        case e.FindingProposed():
            motion = FindingMotion(event.actor, event.finding, event.attribution, event.threat)
            return replace(
                incident,
                finding_motion=motion,
                last_finding_motion=motion,
                finding_votes={},
                is_finding_vote_closed=False,
            )
        case e.FindingVoted() if incident.finding_motion is None and incident.finding is not None:
            return replace(incident, signed={**incident.signed, event.actor: event.vote})
        case e.FindingVoted():
            return replace(incident, finding_votes={**incident.finding_votes, event.actor: event.vote})
        case e.FindingMade():
            finding = FindingInForce(event.finding, event.attribution, event.threat, event.ruling, event.at)
            return replace(incident, finding=finding, finding_motion=None, signed=incident.finding_votes)
        case e.FindingFailed():
            failed = incident.is_finding_failed or (event.is_final and incident.finding is None)
            return replace(incident, finding_motion=None, is_finding_failed=failed, is_finding_vote_closed=False)
        case _:
            return incident


def _on_response(incident: Incident, event: e.TierProposed | e.TierVoted | e.TierDecided | e.TierFailed) -> Incident:
    match event:
        case e.TierProposed():
            motion = TierMotion(event.actor, event.tier)
            return replace(
                incident, tier_motion=motion, last_tier_motion=motion, tier_votes={}, is_tier_vote_closed=False
            )
        case e.TierVoted():
            votes = {**incident.tier_votes, event.actor: event.vote}
            troops = {**incident.troops, event.actor: event.troops} if event.troops else incident.troops
            return replace(incident, tier_votes=votes, troops=troops)
        case e.TierDecided():
            decision = TierDecision(event.tier, event.ruling, is_by_default=event.is_by_default)
            return replace(incident, decision=decision, tier_motion=None, joined=incident.tier_votes)
        case e.TierFailed():
            if not event.is_final or incident.decision is not None:
                return replace(incident, tier_motion=None, is_tier_vote_closed=False)
            decision = TierDecision(None, event.ruling, is_by_default=False)
            return replace(incident, decision=decision, tier_motion=None, joined=incident.tier_votes)


def _with_obligations(incident: Incident, event: e.ObligationChanged) -> Incident:
    changed = {
        (event.place, debtor): Obligation(
            clause=event.place,
            debtor=debtor,
            status=event.to,
            is_binding=event.is_binding,
            tier=event.tier,
            deadline=event.deadline,
        )
        for debtor in event.debtors
    }
    return replace(incident, obligations={**incident.obligations, **changed})
