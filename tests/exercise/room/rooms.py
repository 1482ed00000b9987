"""Rooms to test with: the incursion under the Kyiv compact, in memory, without a wall clock."""

from datetime import UTC, datetime, timedelta
from functools import cache

from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import admit
from foedus.exercise.room.deciding.due import Watch, fire, nothing_else
from foedus.exercise.room.evolve_room import begin, evolve_room_all
from foedus.exercise.room.injects.inject import Exercise
from foedus.exercise.room.room_opening import rehearsal, sitting
from foedus.exercise.room.room_state import RoomState
from foedus.exercise.scenario.exercise_file import load_exercise
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.exercise.scenario.packaged import sample_exercises
from foedus.jobs.asking.texts import load_text
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.refusal import Refusal

WALL = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
INCURSION = "incursion_in_an_election"


@cache
def exercise(name: str = INCURSION) -> Exercise:
    """Return an exercise that ships."""
    file = next(path for path in sample_exercises() if path.parent.name == name)
    return load_exercise(file, judgments=default_judgments())


def two_person_room() -> RoomState:
    """Return a rehearsal in which votes and commitments take two persons."""
    return rehearsal_room(needs_two=True)


@cache
def rehearsal_room(name: str = INCURSION, *, seed: int = 1, needs_two: bool = False) -> RoomState:
    """Return a rehearsal as it is opened."""
    told = exercise(name)
    arrangement = load_text(told.arrangement).arrangement
    mechanism, events = rehearsal(
        told, arrangement, judgments=default_judgments(), wall=WALL, seed=seed, needs_two=needs_two
    )
    first, *rest = events
    assert isinstance(first, h.RoomOpened)
    return evolve_room_all(begin(mechanism, first), rest)


@cache
def sitting_room() -> RoomState:
    """Return a sitting in earnest as it is opened."""
    arrangement = load_text("ukraine/kyiv_security_compact_2022").arrangement
    mechanism, events = sitting(arrangement, judgments=default_judgments(), prior="flat", wall=WALL)
    first, *rest = events
    assert isinstance(first, h.RoomOpened)
    return evolve_room_all(begin(mechanism, first), rest)


def after(
    room: RoomState, wanted: c.Command | h.Happening, *, seat: str, minutes: float = 0, watch: Watch = nothing_else
) -> RoomState:
    """Return a room after a wish, so many minutes on the wall after it opened; a refusal by the room is an error."""
    wall = WALL + timedelta(minutes=minutes)
    room, _ = fire(room, until=room.time_at(wall), wall=wall, watch=watch)
    made = admit(room, wanted, seat=seat, wall=wall)
    assert not isinstance(made, Refusal), str(made)
    return evolve_room_all(room, made)


def later(room: RoomState, *, minutes: float, watch: Watch = nothing_else) -> RoomState:
    """Return a room once the wall shows so many minutes after it opened."""
    wall = WALL + timedelta(minutes=minutes)
    return fire(room, until=room.time_at(wall), wall=wall, watch=watch)[0]


def clock(rate: int) -> h.ClockSet:
    """Wish for a rate of the clock."""
    return h.ClockSet(WALL, "", WALL, rate, "a reason")
