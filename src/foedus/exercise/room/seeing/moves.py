"""What a seat may lawfully do now, by when, and under which clause: each step is tried on the mechanism, and undone.

Nothing is judged here: a step is open if the procedure decides it, and shut by the clause with which it refuses it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from foedus.arrangement.vocabulary import TierWord
from foedus.exercise.room.roles import Deed
from foedus.exercise.room.seeing.room_view import RoomView
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.clause import Clause, clause_at
from foedus.mechanism.procedure.deciding.decide import decide
from foedus.mechanism.procedure.events import DeadlinePassed, TimePassed
from foedus.mechanism.procedure.evidence.carried import Carried, carried
from foedus.mechanism.procedure.obligation import Obligation, ObligationStatus
from foedus.mechanism.procedure.obligations import promises_of
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.stages import deadline_of
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.rules.duties import TIERS

MoveKind: TypeAlias = Literal[
    "invoke",
    "request",
    "meet",
    "propose_finding",
    "vote_on_finding",
    "propose_tier",
    "vote_on_tier",
    "close_finding",
    "close_tier",
    "act",
    "close_incident",
]


@dataclass(frozen=True)
class SeatMove:
    """A step that a seat can think of."""

    kind: MoveKind
    incident: str
    clause: Clause
    """What it rests on, or what refuses it."""
    is_open: bool
    because: str = ""
    """Why it is refused."""
    deadline: datetime | None = None
    tier: TierWord | None = None
    under: str = ""
    """The clause that an act performs."""


@dataclass(frozen=True)
class OwedNow:
    """What a clause asks of a party as things stand."""

    incident: str
    clause: Clause
    name: str
    obligation: Obligation


def moves_of(view: RoomView) -> tuple[SeatMove, ...]:
    """Return what a seat may do and may not do now; nothing for one that takes no steps of the mechanism."""
    if view.mechanism is None or view.now is None or view.deeds.isdisjoint(_STEPPING):
        return ()
    state, now = view.mechanism, max(view.now, view.mechanism.now)
    open_ones = [each for each in state.incidents.values() if not each.is_closed]
    return tuple(move for incident in open_ones for move in _moves(view, state, incident, now))


def owed_by(state: State, party: str) -> tuple[OwedNow, ...]:
    """Return what every clause that is called for asks of a party, in every incident."""
    return tuple(
        OwedNow(incident.id, clause_at(state.arrangement, *promise.place), promise.name, found)
        for incident in state.incidents.values()
        for promise in promises_of(state.arrangement)
        if (found := incident.obligations.get((promise.place, party))) is not None
        and found.status is not ObligationStatus.CREATED
    )


def carried_in(state: State, incident: Incident) -> Carried:
    """Return what the reports of an incident carry, those that the state holds."""
    return carried(incident.reports, arrangement=state.arrangement, judgments=state.judgments, prior=state.prior)


_STEPPING = frozenset({Deed.MOVE, Deed.VOTE, Deed.COMMIT, Deed.CHAIR})


def _moves(view: RoomView, state: State, incident: Incident, now: datetime) -> Iterator[SeatMove]:
    who, name = view.seat.acts_as, incident.id
    arrangement = state.arrangement

    def tried(kind: MoveKind, command: c.Command, *, stage: str = "", tier: TierWord | None = None) -> SeatMove:
        deadline = deadline_of(arrangement, incident, stage) if stage and stage not in incident.passed else None
        return _tried(state, kind, command, incident=name, deadline=deadline, tier=tier)

    if Deed.MOVE in view.deeds:
        if not incident.invoked and incident.finding is None:
            yield tried("invoke", c.Invoke(now, who, name))
        if who in arrangement.parties.protected_state and "requested" not in incident.facts:
            yield tried("request", c.StateFact(now, who, name, "requested"))
    if not incident.is_met and not view.deeds.isdisjoint({Deed.MOVE, Deed.CHAIR}):
        yield tried("meet", c.Meet(now, who, name), stage="meet")
    if Deed.MOVE in view.deeds:
        yield from _motions(incident, now, who, tried)
    yield from _votes(view, incident, now, tried)
    if Deed.COMMIT in view.deeds:
        yield from _acts(state, incident, now, who)
    closing = tried("close_incident", c.CloseIncident(now, who, name))
    if closing.is_open:
        yield closing


def _motions(incident: Incident, now: datetime, who: str, tried: Callable[..., SeatMove]) -> Iterator[SeatMove]:
    if not incident.finding_motion:
        yield tried("propose_finding", c.ProposeFinding(now, who, incident.id), stage="find")
    if not incident.tier_motion:
        yield tried("propose_tier", c.ProposeTier(now, who, incident.id, TierWord.SUPPORT), stage="decide")


def _votes(view: RoomView, incident: Incident, now: datetime, tried: Callable[..., SeatMove]) -> Iterator[SeatMove]:
    who, name = view.seat.acts_as, incident.id
    if Deed.VOTE in view.deeds:
        if incident.finding_motion or incident.finding:
            yield tried("vote_on_finding", c.VoteOnFinding(now, who, name, c.Vote.YES), stage="find")
        if incident.tier_motion:
            yield tried("vote_on_tier", c.VoteOnTier(now, who, name, c.Vote.YES), stage="decide")
    if incident.finding_motion and _may_close(view, incident.finding_motion.by):
        yield tried("close_finding", c.CloseVote(now, who, name, "find"))
    if incident.tier_motion and _may_close(view, incident.tier_motion.by):
        yield tried("close_tier", c.CloseVote(now, who, name, "decide"))


def _acts(state: State, incident: Incident, now: datetime, who: str) -> Iterator[SeatMove]:
    for owed in owed_by(state, who):
        if owed.incident == incident.id and owed.obligation.status is ObligationStatus.DUE:
            tier = owed.obligation.tier or TierWord.SUPPORT
            command = c.TakeAct(now, who, incident.id, tier, under=owed.name)
            found = _tried(
                state,
                "act",
                command,
                incident=incident.id,
                deadline=owed.obligation.deadline,
                tier=tier,
                under=owed.name,
            )
            yield found
    for tier in TIERS:
        yield _tried(
            state, "act", c.TakeAct(now, who, incident.id, tier), incident=incident.id, deadline=None, tier=tier
        )


def _may_close(view: RoomView, mover: str) -> bool:
    return Deed.CHAIR in view.deeds or (Deed.MOVE in view.deeds and mover == view.seat.acts_as)


def _tried(
    state: State,
    kind: MoveKind,
    command: c.Command,
    *,
    incident: str,
    deadline: datetime | None,
    tier: TierWord | None = None,
    under: str = "",
) -> SeatMove:
    result = decide(state, command)
    if isinstance(result, Refusal):
        return SeatMove(kind, incident, result.clause, is_open=False, because=result.because, tier=tier, under=under)
    own = next((each for each in result if not isinstance(each, TimePassed | DeadlinePassed)), result[-1])
    return SeatMove(kind, incident, own.clause, is_open=True, deadline=deadline, tier=tier, under=under)
