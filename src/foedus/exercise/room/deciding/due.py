"""What is due in a room up to a moment: deadlines of the text, injects, choices of bots; in order, each by itself.

Whatever comes about is taken up before the next is looked for, since an inject may wait for a finding, a bot for an
inject. Ties go by kind, then by name, so that the same log follows from the same wishes however often a clock ticks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from foedus.exercise.room import happenings as h
from foedus.exercise.room.evolve_room import evolve_room_all
from foedus.exercise.room.injects.inject import Inject, InjectCondition, InjectStatus, PlannedInject
from foedus.exercise.room.room_state import CONTROL, RoomEvent, RoomState
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.deciding.decide import decide
from foedus.mechanism.procedure.evidence.carried import carried
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.evolve import evolve_all
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.settle import timers

MOST_AT_ONCE = 5_000
"""Things that fall due in one go; more than that is a circle."""


class Make(Protocol):
    """Makes what falls due, from the room as it then is."""

    def __call__(self, *, room: RoomState, wall: datetime) -> tuple[RoomEvent, ...]:
        """Return its events."""


@dataclass(frozen=True, order=True)
class Due:
    """Something that falls due."""

    at: datetime
    rank: int
    """0 for deadlines of the text, 1 for injects, 2 for bots."""
    name: str
    make: Make = field(compare=False)


class Watch(Protocol):
    """Says what else falls due, beside deadlines and injects."""

    def __call__(self, room: RoomState, /) -> Iterator[Due]:
        """Yield it."""


def nothing_else(_room: RoomState) -> Iterator[Due]:
    """Yield nothing: where no bots play."""
    yield from ()


def fire(
    room: RoomState, *, until: datetime, wall: datetime, watch: Watch = nothing_else
) -> tuple[RoomState, tuple[RoomEvent, ...]]:
    """Return the room once everything has happened that is due up to a moment, and its events in order."""
    events: tuple[RoomEvent, ...] = ()
    for _ in range(MOST_AT_ONCE):
        due = next_due(room, watch=watch)
        if due is None or due.at > until or room.is_closed:
            return room, events
        made = due.make(room=room, wall=wall)
        room, events = evolve_room_all(room, made), (*events, *made)
    raise RuntimeError(f"{MOST_AT_ONCE} things fell due at once, the last of them {made[-1]}")


def next_due(room: RoomState, *, watch: Watch = nothing_else) -> Due | None:
    """Return what falls due next, whenever that is; None where nothing is in sight."""
    return min(all_due(room, watch=watch), default=None)


def all_due(room: RoomState, *, watch: Watch = nothing_else) -> tuple[Due, ...]:
    """Return everything that is in sight of falling due, as things stand; what comes of it may change the rest."""
    return () if room.is_closed else (*_deadlines(room), *_injects(room), *watch(room))


def released(
    room: RoomState, inject: Inject, *, at: datetime, wall: datetime, actor: str, how: str
) -> tuple[RoomEvent, ...]:
    """Return what an inject brings: itself, the incident, the reports and the facts that it puts on the record."""
    brought: tuple[RoomEvent, ...] = (h.InjectReleased(at=at, actor=actor, wall=wall, inject=inject.id, how=how),)
    mechanism = room.mechanism
    for command in _commands(inject, at):
        note = h.StepWanted(at=at, actor=actor, wall=wall, command=type(command).__name__, party=command.actor)
        result = decide(mechanism, command)
        if isinstance(result, Refusal):
            refused = e.Refused(
                at=at, actor=command.actor, clause=result.clause, command=note.command, because=result.because
            )
            brought = (*brought, note, refused)
            continue
        mechanism, brought = evolve_all(mechanism, result), (*brought, note, *result)
    return brought


def _commands(inject: Inject, at: datetime) -> Iterator[c.Command]:
    """Yield the steps that an inject takes; what it reports was seen no later than it comes."""
    if inject.opens is not None:
        yield replace(inject.opens, at=at, happened_at=min(inject.opens.happened_at, at))
    for report in inject.reports:
        seen = replace(report, seen_at=min(report.seen_at, at))
        yield c.FileReport(at, report.by or c.SECRETARIAT, inject.incident, seen)
    for fact in inject.states:
        yield replace(fact, at=at)


def _deadlines(room: RoomState) -> Iterator[Due]:
    """Yield the next thing that the text lets happen of itself."""
    timer = min(timers(room.mechanism), default=None)
    if timer is not None and not room.mechanism.is_ended:
        yield Due(timer.at, 0, timer.name, partial(_let_pass, at=timer.at))


def _let_pass(*, room: RoomState, wall: datetime, at: datetime) -> tuple[RoomEvent, ...]:  # noqa: ARG001
    """Let time pass up to a deadline and over it; the moment itself still belongs to those who act in time."""
    result = decide(room.mechanism, c.Wait(max(at, room.mechanism.now) + timedelta(microseconds=1)))
    if isinstance(result, Refusal):
        return ()
    return tuple(each for each in result if not isinstance(each, e.TimePassed)) or result


def _injects(room: RoomState) -> Iterator[Due]:
    for planned in room.injects.values():
        if planned.status is InjectStatus.READY and (found := _when(room, planned)):
            at, how = found
            yield Due(at, 1, planned.inject.id, partial(_release, inject=planned.inject, at=at, how=how))


def _release(*, room: RoomState, wall: datetime, inject: Inject, at: datetime, how: str) -> tuple[RoomEvent, ...]:
    moment = max(at, room.mechanism.now)
    return released(room, inject, at=moment, wall=wall, actor=CONTROL, how=how)


def _when(room: RoomState, planned: PlannedInject) -> tuple[datetime, str] | None:
    """Return when an inject comes and by what; None while nothing brings it."""
    inject = planned.inject
    if inject.when is not None and (held := _holds_since(room, inject.when)):
        comes = held + timedelta(minutes=inject.when.delay_minutes)
        return max(comes, inject.at or comes), "condition"
    return (inject.at, "time") if inject.at is not None and inject.when is None else None


def _holds_since(room: RoomState, when: InjectCondition) -> datetime | None:
    """Return when all that a condition asks for first held together."""
    times: list[datetime | None] = []
    if when.inject:
        planned = room.injects.get(when.inject)
        times.append(planned.released_at if planned else None)
    if when.event:
        times.append(_first(room, when))
    if when.adversary_per_mille:
        times.append(_carried_since(room, when))
    known = [each for each in times if each is not None]
    return max(known) if known and len(known) == len(times) else None


def _first(room: RoomState, when: InjectCondition) -> datetime | None:
    for entry in room.history:
        is_there = not when.incident or getattr(entry.event, "incident", "") == when.incident
        if entry.event.type == when.event and is_there:
            return entry.event.at
    return None


def _carried_since(room: RoomState, when: InjectCondition) -> datetime | None:
    """Return when the reports of an incident first carried the adversary far enough."""
    state, told = room.mechanism, tuple[Report, ...]()
    for entry in room.history:
        event = entry.event
        if isinstance(event, e.ReportFiled) and event.incident == when.incident:
            told = (*told, event.report)
            found = carried(told, arrangement=state.arrangement, judgments=state.judgments, prior=state.prior)
            if found.by_adversary.mean * 1000 >= when.adversary_per_mille:
                return event.at
    return None
