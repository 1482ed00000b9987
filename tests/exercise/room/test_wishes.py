"""Whatever is wished for by whom: a room refuses or records, and what it records gives it back."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import WrongRequest
from foedus.exercise.bots.choices import bot_choices
from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import admit
from foedus.exercise.room.deciding.due import fire
from foedus.exercise.room.evolve_room import evolve_room_all
from foedus.exercise.room.happenings import HAPPENINGS
from foedus.exercise.room.keeping.room_log import replay_room
from foedus.exercise.room.room_state import RoomEvent, RoomState
from foedus.exercise.scenario.recording import from_log, read_as, to_log
from foedus.jobs.room.forms import wish_of
from foedus.mechanism.procedure.deciding.decide import opening
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.rules.findings import finders
from foedus.mechanism.rules.world import World
from tests.exercise.room.rooms import WALL, after, clock, rehearsal_room

_SEATS = (
    "director",
    "controller",
    "poland",
    "ukraine",
    "germany",
    "monitor",
    "chair",
    "evaluator",
    "observer",
    "nobody",
)
_DEEDS = (
    *("invoke", "meet", "state_fact", "propose_finding", "vote_on_finding", "propose_tier", "vote_on_tier", "act"),
    *("close_finding", "close_tier", "close_incident", "give_notice", "file_report", "open_incident", "say", "note"),
    *("clock", "step", "move_inject", "release", "plan_inject", "hand_seat", "make_seat", "end_sessions", "improve"),
    *("close", "revoke", "nonsense"),
)
_VALUES = {
    "incident": ("two_villages", "other", ""),
    "finding": ("incursion", "invasion", "no_breach"),
    "attribution": ("likely", "established"),
    "vote": ("yes", "no", "abstain"),
    "tier": ("support", "defend"),
    "under": ("", "assistance"),
    "fact": ("requested", "persists"),
    "rate": ("0", "60", "-1"),
    "to": ("2027-09-26 10:00", "2020-01-01 00:00", "poland"),
    "inject": ("night", "silence", "new_one"),
    "status": ("held", "ready", "skipped"),
    "seat": ("poland", "germany", "nobody"),
    "role": ("head", "observer", "delegate"),
    "party": ("", "poland", "ukraine"),
    "is_bot": ("yes", "no"),
    "words": ("x", "", "=1+1"),
    "what": ("something",),
    "happened_at": ("2027-09-25 03:00", "2030-01-01 00:00"),
    "about": ("crossing",),
    "says": ("units", "undetermined"),
    "grade": ("B",),
    "origin": ("somebody",),
    "seen_at": ("2027-09-25 03:20",),
    "troops": ("0", "100"),
    "reason": ("because",),
    "owner": ("somebody",),
    "due": ("2027-10-01",),
}
_FIELDS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in _VALUES.items()})
_WISHES = st.lists(
    st.tuples(st.sampled_from(_SEATS), st.sampled_from(_DEEDS), _FIELDS, st.integers(0, 600)), min_size=1, max_size=25
)


def _written_and_read(event: RoomEvent) -> Any:
    recorded = to_log(event)
    return read_as(HAPPENINGS[recorded.type], recorded) if recorded.type in HAPPENINGS else from_log(recorded)


def _holds(room: RoomState) -> None:
    """Hold a room to what is true of every room."""
    times = [each.event.at for each in room.history]
    assert times == sorted(times)
    closed = next((each.number for each in room.history if isinstance(each.event, h.RoomClosed)), None)
    if closed is not None:
        allowed = (h.Noted, h.ImprovementPlanned, h.SeatMade, h.SeatHanded, h.SessionsEnded, h.InvitationRevoked)
        assert all(isinstance(each.event, allowed) for each in room.history[closed + 1 :])
    members = finders(room.mechanism.arrangement, World())
    assert all(each.finding_votes.keys() <= members for each in room.mechanism.incidents.values())


@settings(max_examples=20, deadline=None)
@given(_WISHES)
def test_a_room_refuses_or_records_and_is_the_replay_of_its_record(wishes: list[Any]) -> None:
    """Nobody brings a room into a state that its log does not give back, or makes its time run backwards."""
    room, wall = after(rehearsal_room(), clock(60), seat="director"), WALL
    for seat, do, fields, seconds in wishes:
        wall += timedelta(seconds=seconds)
        room, _ = fire(room, until=room.time_at(wall), wall=wall, watch=bot_choices)
        try:
            made = admit(room, wish_of(do, fields), seat=seat, wall=wall)
        except WrongRequest:
            continue
        if not isinstance(made, Refusal):
            room = evolve_room_all(room, made)
            room, _ = fire(room, until=room.time_at(wall), wall=wall, watch=bot_choices)
        _holds(room)
    first = room.opened
    arrangement, judgments = room.mechanism.arrangement, room.mechanism.judgments
    mechanism, _ = opening(arrangement, judgments=judgments, prior=first.prior, at=first.at)
    assert replay_room(mechanism, [_written_and_read(each.event) for each in room.history]) == room
