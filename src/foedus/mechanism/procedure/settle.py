"""What follows of itself: votes that are settled, duties that fall due, deadlines that pass, parties that leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from foedus.arrangement.vocabulary import IfUndecided, Kind
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause, clause_at
from foedus.mechanism.procedure.commands import SECRETARIAT
from foedus.mechanism.procedure.evidence.carried import carried
from foedus.mechanism.procedure.evolve import evolve
from foedus.mechanism.procedure.obligation import Obligation, ObligationStatus
from foedus.mechanism.procedure.obligations import standings
from foedus.mechanism.procedure.stages import (
    StageOutcome,
    clause_of,
    deadline_of,
    finding_outcome,
    is_open_to_finding,
    is_over,
    tier_outcome,
)
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.procedure.world import world_of
from foedus.mechanism.rules.decisions import may_respond
from foedus.mechanism.rules.duties import needs_decision
from foedus.mechanism.rules.world import Ruling
from foedus.values.duration import Duration


@dataclass(frozen=True, order=True)
class Timer:
    """Something that happens of itself at a time; ties go by rank, then by name."""

    at: datetime
    rank: int
    name: str
    incident: str = ""


def settle(state: State, made: tuple[e.Event, ...] = ()) -> tuple[State, tuple[e.Event, ...]]:
    """Return the state after all that follows at once, and the events with those that were made before."""
    events = list(made)
    while following := _following(state):
        for event in following:
            state = evolve(state, event)
        events += following
    return state, tuple(events)


def advance(state: State, to: datetime) -> tuple[State, tuple[e.Event, ...]]:
    """Let time pass up to a moment: whatever falls before it happens, in order."""
    events: tuple[e.Event, ...] = ()
    while not state.is_ended and (timer := min(timers(state), default=None)) and timer.at < to:
        fired = _fire(state, timer)
        for event in fired:
            state = evolve(state, event)
        state, events = settle(state, (*events, *fired))
    return state, events


def timers(state: State) -> Iterator[Timer]:
    """Yield what will happen of itself."""
    yield from (Timer(max(at, state.now), 0, party) for party, at in state.leaving.items() if party not in state.gone)
    for incident in state.incidents.values():
        if not incident.is_closed:
            yield from _stage_timers(state, incident)
            yield from _duty_timers(state, incident)
    if (end := end_of_term(state)) is not None:
        yield Timer(max(end, state.now), 9, "term")


def end_of_term(state: State) -> datetime | None:
    """Return when the arrangement runs out; None where it has no end that is known."""
    length = state.arrangement.term.length
    return state.opened_at + timedelta(hours=length.hours) if isinstance(length, Duration) else None


def is_decision_needed(state: State) -> bool:
    """Tell whether any response waits for a decision that binds together."""
    return needs_decision(state.arrangement, kind=Kind.JOINT)


def _stage_timers(state: State, incident: Incident) -> Iterator[Timer]:
    if not is_open_to_finding(state, incident):
        return
    is_cleared = incident.finding is not None and incident.finding.finding is None
    for rank, name in enumerate(("meet", "find", "decide"), start=1):
        if is_cleared and name == "decide":
            continue  # nothing is found that would have to be answered
        deadline = deadline_of(state.arrangement, incident, name)
        if deadline is not None and name not in incident.passed and not is_over(incident, name):
            yield Timer(max(deadline, state.now), rank, name, incident.id)


def _duty_timers(state: State, incident: Incident) -> Iterator[Timer]:
    deadlines = {each.deadline for each in incident.obligations.values() if each.status is ObligationStatus.DUE}
    yield from (Timer(max(at, state.now), 4, "duties", incident.id) for at in deadlines if at is not None)


def _fire(state: State, timer: Timer) -> tuple[e.Event, ...]:
    arrangement, at = state.arrangement, timer.at
    match timer.rank:
        case 0:
            clause = clause_at(arrangement, "term", "exit_notice")
            return (e.PartyLeft(at=at, actor=timer.name, clause=clause),)
        case 9:
            return (e.Ended(at=at, actor=SECRETARIAT, clause=clause_at(arrangement, "term", "length")),)
        case 4:
            return tuple(_late(state, state.incidents[timer.incident], at))
        case _:
            clause = clause_of(arrangement, timer.name)
            passed = e.DeadlinePassed(
                at=at, actor=SECRETARIAT, clause=clause, incident=timer.incident, stage=timer.name
            )
            return (passed,)


def _late(state: State, incident: Incident, at: datetime) -> Iterator[e.Event]:
    late = [
        each
        for each in incident.obligations.values()
        if each.status is ObligationStatus.DUE and each.deadline is not None and each.deadline <= at
    ]
    reason = "its deadline passed and it was not performed"
    yield from _changes(state, incident, [(each, _broken(each), reason) for each in late], at)


def _broken(obligation: Obligation) -> ObligationStatus:
    return ObligationStatus.BREACHED if obligation.is_binding else ObligationStatus.LAPSED


def _following(state: State) -> list[e.Event]:
    """Return the next events that follow of themselves: the first kind that does, in the order of the procedure."""
    for incident in state.incidents.values():
        for found in (_findings, _decisions, _obligations):
            if events := list(found(state, incident)):
                return events
    return []


def _findings(state: State, incident: Incident) -> Iterator[e.Event]:
    outcome = None if incident.is_closed or state.is_ended else finding_outcome(state, incident)
    if outcome is None:
        return
    clause = _ground(state, outcome, "determined_by")
    motion = incident.finding_motion or incident.last_finding_motion
    is_moved = motion is not None and (incident.finding_motion is not None or outcome.is_by_default)
    follows = outcome.is_by_default and outcome.ruling is Ruling.YES and _is_default(state)
    if outcome.ruling is Ruling.NO or not (is_moved or follows):
        yield e.FindingFailed(
            at=state.now,
            actor=SECRETARIAT,
            clause=clause,
            incident=incident.id,
            ruling=outcome.ruling,
            is_final=outcome.is_final,
        )
        return
    if motion is not None:
        finding, attribution, threat = motion.finding, motion.attribution, motion.threat
    else:
        result = carried(incident.reports, arrangement=state.arrangement, judgments=state.judgments, prior=state.prior)
        finding, attribution, threat = result.finding, result.attribution, None  # type: ignore[assignment]
    yield e.FindingMade(
        at=state.now,
        actor=SECRETARIAT,
        clause=clause,
        incident=incident.id,
        ruling=outcome.ruling,
        attribution=attribution,
        is_by_default=outcome.is_by_default,
        is_revision=incident.finding is not None,
        finding=finding,
        threat=threat,
    )


def _is_default(state: State) -> bool:
    return state.arrangement.trigger.if_undecided is IfUndecided.DEFAULT_RESPONSE


def _decisions(state: State, incident: Incident) -> Iterator[e.Event]:
    if incident.is_closed or state.is_ended or not is_decision_needed(state):
        return
    outcome = tier_outcome(state, incident)
    if outcome is None or not may_respond(state.arrangement, world_of(state, incident)):
        return
    clause = _ground(state, outcome, None)
    if outcome.ruling is Ruling.NO:
        yield e.TierFailed(
            at=state.now,
            actor=SECRETARIAT,
            clause=clause,
            incident=incident.id,
            ruling=outcome.ruling,
            is_final=outcome.is_final,
        )
        return
    yield e.TierDecided(
        at=state.now,
        actor=SECRETARIAT,
        clause=clause,
        incident=incident.id,
        ruling=outcome.ruling,
        is_by_default=outcome.is_by_default,
        tier=incident.tier_motion.tier if incident.tier_motion and not outcome.is_by_default else None,
    )


def _ground(state: State, outcome: StageOutcome, key: str | None) -> Clause:
    if outcome.is_by_default:
        return clause_at(state.arrangement, "trigger", "if_undecided")
    return clause_at(state.arrangement, "trigger", key) if key else clause_at(state.arrangement, "decision", "rule")


def _obligations(state: State, incident: Incident) -> Iterator[e.Event]:
    changed = []
    for each in standings(state, incident):
        old = incident.obligations.get(each.obligation.key, Obligation(*each.obligation.key))
        new = each.obligation
        if (new.status, new.tier) != (old.status, old.tier):
            changed.append((new, new.status, each.because))
    yield from _changes(state, incident, changed, state.now)


def _changes(
    state: State, incident: Incident, changed: list[tuple[Obligation, ObligationStatus, str]], at: datetime
) -> Iterator[e.Event]:
    """Yield one event for all parties of which a clause asks the same in the same way."""
    groups: dict[tuple[object, ...], list[tuple[Obligation, ObligationStatus, str]]] = {}
    for each, status, because in changed:
        key = (each.clause, status, each.tier, each.deadline, because)
        groups.setdefault(key, []).append((each, status, because))
    for members in groups.values():
        first, status, because = members[0]
        yield e.ObligationChanged(
            at=at,
            actor=SECRETARIAT,
            clause=clause_at(state.arrangement, *first.clause),
            incident=incident.id,
            place=first.clause,
            debtors=tuple(each.debtor for each, _, _ in members),
            to=status,
            because=because,
            is_binding=first.is_binding,
            tier=first.tier,
            deadline=first.deadline,
        )
