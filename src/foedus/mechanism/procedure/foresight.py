"""What lies ahead of an incident: who has to do what for it to count, what would then be owed, and if nobody acts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from foedus.arrangement.vocabulary import DeterminationRule, Finds, TierWord
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.clause import Clause, clause_at
from foedus.mechanism.procedure.deciding.decide import apply
from foedus.mechanism.procedure.deciding.response import what_forbids
from foedus.mechanism.procedure.events import Event, TimePassed
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.procedure.obligations import Promise, promises_of, standings
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.settle import end_of_term, is_decision_needed
from foedus.mechanism.procedure.stages import clause_of, deadline_of, is_open_to_finding
from foedus.mechanism.procedure.state import State
from foedus.mechanism.rules.decisions import deciders
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.findings import finders, is_finder_named
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import World

_FAR = timedelta(days=366)
"""How far nothing is watched for; within the term of the text, and after the last deadline that it sets."""


@dataclass(frozen=True)
class StepAhead:
    """Something that has to be done, by whom and by when."""

    what: str
    who: tuple[str, ...]
    """Empty where the text names nobody."""
    deadline: datetime | None
    clause: Clause


@dataclass(frozen=True)
class OwedAhead:
    """What a clause asks of whom, once what is supposed here has come about."""

    promise: Promise
    clause: Clause
    debtors: tuple[str, ...]
    status: ObligationStatus
    tier: TierWord | None
    deadline: datetime | None
    because: str


@dataclass(frozen=True)
class Lawful:
    """Whether guarantors may act at a tier."""

    tier: TierWord
    forbidden_by: Clause | None
    """The clause that keeps them from it; None where they may."""


def steps_ahead(state: State, name: str) -> tuple[StepAhead, ...]:
    """Return what has to be done before anything that is found counts, in order."""
    arrangement, incident = state.arrangement, state.incidents[name]
    steps = []
    if not is_open_to_finding(state, incident):
        who = tuple(sorted(named(arrangement.trigger.invoked_by, arrangement) - state.gone))
        steps.append(StepAhead("invoke the mechanism", who, None, clause_at(arrangement, "trigger", "invoked_by")))
    if not incident.is_met and _is_meeting_awaited(state):
        guarantors = tuple(sorted(set(arrangement.parties.guarantor) - state.gone))
        deadline = deadline_of(arrangement, incident, "meet")
        steps.append(StepAhead("meet", guarantors, deadline, clause_of(arrangement, "meet")))
    if incident.finding is None:
        seats = tuple(sorted(finders(arrangement, World(gone=state.gone))))
        deadline = deadline_of(arrangement, incident, "find")
        named_by = clause_at(arrangement, "trigger", "determined_by")
        steps.append(StepAhead("find what happened", seats if is_finder_named(arrangement) else (), deadline, named_by))
    if incident.decision is None and is_decision_needed(state):
        seats = tuple(sorted(deciders(arrangement) - state.gone))
        rule = clause_at(arrangement, "decision", "rule")
        steps.append(StepAhead("decide the response", seats, deadline_of(arrangement, incident, "decide"), rule))
    return tuple(steps)


def found(state: State, name: str, *, finding: Finds | None, attribution: str) -> State:
    """Suppose that all who have a part in finding do it now, and find the same; votes are yes."""
    arrangement, at = state.arrangement, state.now
    for party in sorted(named(arrangement.trigger.invoked_by, arrangement)):
        state, _ = apply(state, c.Invoke(at, party, name))
    state, _ = apply(state, c.Meet(at, c.SECRETARIAT, name))
    seats = sorted(finders(arrangement, World(gone=state.gone)))
    for mover in [*seats, *sorted(arrangement.parties.everyone)]:
        motion = c.ProposeFinding(at, mover, name, finding, attribution)  # type: ignore[arg-type]
        state, result = apply(state, motion)
        if not isinstance(result, Refusal):
            break
    for party in seats:
        state, _ = apply(state, c.VoteOnFinding(at, party, name, c.Vote.YES))
    return state


def decided(state: State, name: str, *, tier: TierWord) -> State:
    """Suppose that all who decide agree on a tier now."""
    arrangement, at = state.arrangement, state.now
    lead = arrangement.decision.framework_nation
    for mover in [lead] if lead else sorted(arrangement.parties.guarantor):
        state, result = apply(state, c.ProposeTier(at, mover, name, tier))
        if not isinstance(result, Refusal):
            break
    for party in sorted(deciders(arrangement)):
        state, _ = apply(state, c.VoteOnTier(at, party, name, c.Vote.YES))
    return state


def owed(state: State, name: str) -> tuple[OwedAhead, ...]:
    """Return what each clause asks of whom as things stand, clauses that nothing calls for left out."""
    incident = state.incidents[name]
    why = {each.obligation.key: each.because for each in standings(state, incident)}
    rows: list[OwedAhead] = []
    for promise in promises_of(state.arrangement):
        groups: dict[tuple[ObligationStatus, TierWord | None, datetime | None, str], list[str]] = {}
        for debtor in promise.debtors:
            key = (promise.place, debtor)
            each = incident.obligations.get(key)
            if each is not None and each.status is not ObligationStatus.CREATED:
                what = (each.status, each.tier, each.deadline, why.get(key, ""))
                groups.setdefault(what, []).append(debtor)
        clause = clause_at(state.arrangement, *promise.place)
        rows += [OwedAhead(promise, clause, tuple(debtors), *what) for what, debtors in groups.items()]
    return tuple(rows)


def lawful(state: State, name: str) -> tuple[Lawful, ...]:
    """Return for each tier whether guarantors may act now, whether or not they owe it."""
    return tuple(Lawful(tier, what_forbids(state, state.incidents[name], tier)) for tier in TIERS)


def if_nobody_acts(state: State) -> tuple[Event, ...]:
    """Return what happens of itself from now on, within a year and the term of the text."""
    until = state.now + _FAR
    if end := end_of_term(state):
        until = min(until, end)
    result = apply(state, c.Wait(until))[1]
    return () if isinstance(result, Refusal) else tuple(event for event in result if not isinstance(event, TimePassed))


def if_only_invoked(state: State, name: str) -> tuple[Event, ...] | None:
    """Return what happens of itself once the mechanism is invoked now; None where it is open without that."""
    if is_open_to_finding(state, state.incidents[name]):
        return None
    for party in sorted(named(state.arrangement.trigger.invoked_by, state.arrangement)):
        state, result = apply(state, c.Invoke(state.now, party, name))
        if not isinstance(result, Refusal):
            break
    return if_nobody_acts(state)


def highest_promised(state: State) -> TierWord:
    """Return the highest tier that any clause of the text promises."""
    return max((promise.tier for promise in promises_of(state.arrangement)), key=TIERS.index, default=TierWord.SUPPORT)


def _is_meeting_awaited(state: State) -> bool:
    trigger = state.arrangement.trigger
    is_asked = trigger.determined_by is DeterminationRule.EACH_PARTY_AFTER_CONSULTATION
    return is_asked or hasattr(trigger.consult_within, "hours")
