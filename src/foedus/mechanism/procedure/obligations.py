"""Where each obligation of an incident stands, asked of the rules."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Content, Finds, Kind, TierWord, Unspecified
from foedus.mechanism.procedure.obligation import Obligation, ObligationStatus
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.procedure.world import world_of
from foedus.mechanism.rules.duties import (
    BINDING,
    TIERS,
    Call,
    acts_named,
    called_for,
    names_an_act,
    needs_decision,
    snapback_called_for,
    tier_due,
)
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.why import explain
from foedus.mechanism.rules.world import World
from foedus.values.duration import Duration

SNAPBACK = ("sanctions", "snapback_on")
SNAPBACK_NAME = "snapback"
"""How an act names the snapback of sanctions as the clause that it performs."""


@dataclass(frozen=True)
class Promise:
    """A clause that can ask for an act, whoever wrote how it does so."""

    place: tuple[str | int, ...]
    name: str
    answers: tuple[Finds, ...]
    debtors: tuple[str, ...]
    is_binding: bool
    kind: Kind
    tier: TierWord
    clause: Commitment | None
    """None for the snapback of sanctions."""
    within: Duration | Unspecified

    def is_performed_by(self, tier: TierWord, *, owed: TierWord) -> bool:
        """Tell whether an act of a tier is enough: what the debtor chooses, and otherwise no less than is owed."""
        is_chosen = self.clause is not None and self.clause.content is Content.DEBTOR_CHOOSES
        return is_chosen or TIERS.index(tier) >= TIERS.index(owed)


@dataclass(frozen=True)
class ObligationStanding:
    """Where an obligation should stand now, and why."""

    obligation: Obligation
    because: str


def promises_of(arrangement: Arrangement) -> tuple[Promise, ...]:
    """Return every clause that can ask somebody for an act, in the order of the file."""
    found = [
        Promise(
            place=("commitments", index),
            name=clause.id,
            answers=clause.answers,
            debtors=debtors(clause.by, arrangement),
            is_binding=clause.bindingness in BINDING,
            kind=clause.kind,
            tier=clause.tier,
            clause=clause,
            within=clause.within,
        )
        for index, clause in enumerate(arrangement.commitments)
        if names_an_act(clause) and clause.bindingness is not Bindingness.MAY
    ]
    sanctions = arrangement.sanctions
    if sanctions.snapback_on:
        found.append(
            Promise(
                place=SNAPBACK,
                name=SNAPBACK_NAME,
                answers=sanctions.snapback_on,
                debtors=debtors(("all_guarantors",), arrangement),
                is_binding=sanctions.snapback_bindingness in BINDING,
                kind=Kind.JOINT,
                tier=TierWord.SUPPORT,
                clause=None,
                within=sanctions.snapback_within,
            )
        )
    return tuple(found)


def standings(state: State, incident: Incident) -> Iterator[ObligationStanding]:
    """Yield each obligation of an incident as it should stand now."""
    world = world_of(state, incident)
    for promise in promises_of(state.arrangement):
        call = _call(state, incident, promise, world)
        for debtor in promise.debtors:
            key = (promise.place, debtor)
            old = incident.obligations.get(key, Obligation(promise.place, debtor, is_binding=promise.is_binding))
            if not old.is_over:
                yield _standing(state, incident, promise, old, call, world)


def _call(state: State, incident: Incident, promise: Promise, world: World) -> Call | None:
    """Return what a clause asks of whom now, no higher than what was decided where it waits for a decision."""
    if incident.finding is None or incident.is_closed or state.is_ended:
        return None
    arrangement, waits = state.arrangement, needs_decision(state.arrangement, kind=promise.kind)
    if waits and incident.decision is None:
        return None
    call = (
        called_for(arrangement, promise.clause, world, weights=state.weights)
        if promise.clause
        else snapback_called_for(arrangement, world, weights=state.weights)
    )
    if call is None or not waits or incident.decision is None or incident.decision.tier is None:
        return call
    ceiling = min(promise.tier, incident.decision.tier, key=TIERS.index)
    measures = acts_named(promise.clause) if promise.clause else ()
    tier = tier_due(arrangement, world, highest=ceiling, kind=promise.kind, measures=measures, weights=state.weights)
    return replace(call, tier=tier) if tier else None


def _standing(
    state: State, incident: Incident, promise: Promise, old: Obligation, call: Call | None, world: World
) -> ObligationStanding:
    if call is not None and old.debtor in call.debtors:
        return _due(state, incident, promise, old, call.tier)
    is_begun = old.status not in (ObligationStatus.CREATED, ObligationStatus.LAPSED)
    if reason := _end_of(state, incident, promise, old.debtor):
        ended = replace(old, status=ObligationStatus.LAPSED, deadline=None) if is_begun else old
        return ObligationStanding(ended, reason)
    if incident.finding is None or incident.finding.finding not in promise.answers:
        return ObligationStanding(old, "nothing that it answers is found")
    was_due = old.status in (ObligationStatus.DUE, ObligationStatus.SUSPENDED)
    # What is suspended has its whole time again when it falls due anew.
    waiting = replace(old, status=ObligationStatus.SUSPENDED if was_due else ObligationStatus.IN_EFFECT, deadline=None)
    return ObligationStanding(waiting, _wanting(state, incident, promise, old.debtor, world))


def _due(state: State, incident: Incident, promise: Promise, old: Obligation, tier: TierWord) -> ObligationStanding:
    deadline = old.deadline or _deadline(state.now, promise)
    due = replace(old, status=ObligationStatus.DUE, tier=tier, deadline=deadline)
    done = any(
        act.by == old.debtor and act.under == promise.name and promise.is_performed_by(act.tier, owed=tier)
        for act in incident.acts
    )
    if done:
        return ObligationStanding(replace(due, status=ObligationStatus.MET), "it was performed")
    if deadline is not None and deadline < state.now:
        late = ObligationStatus.BREACHED if promise.is_binding else ObligationStatus.LAPSED
        return ObligationStanding(replace(due, status=late), "its deadline passed and it was not performed")
    return ObligationStanding(due, "the finding answers it and nothing it waits for is wanting")


def _deadline(now: datetime, promise: Promise) -> datetime | None:
    """Return by when to perform: the time runs from when a duty falls due, as check T01 reckons it."""
    return now + timedelta(hours=promise.within.hours) if isinstance(promise.within, Duration) else None


def _end_of(state: State, incident: Incident, promise: Promise, debtor: str) -> str:
    """Say why an obligation ends here without being performed; empty where it does not."""
    if state.is_ended:
        return "the arrangement has ended"
    if incident.is_closed:
        return "the incident is closed"
    if debtor in state.gone:
        return f"{debtor} has left"
    if incident.finding is not None and incident.finding.finding not in promise.answers:
        return "what is found now is nothing that it answers"
    return ""


def _wanting(state: State, incident: Incident, promise: Promise, debtor: str, world: World) -> str:
    """Say what an obligation still waits for."""
    if needs_decision(state.arrangement, kind=promise.kind) and incident.decision is None:
        return "it waits for the decision of the guarantors"
    if debtor in world.against_finding:
        return f"{debtor} does not find it so"
    lines = explain(state.arrangement, world, weights=state.weights)
    name = promise.name if promise.clause else "snapback of sanctions"
    own = next((line for line in lines if line.startswith(f"{name}: ")), lines[0])
    return own.removeprefix(f"{name}: ")
