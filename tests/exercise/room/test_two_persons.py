"""Two persons of a delegation: what one drafts is done once the other countersigns it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import admit, redeem
from foedus.exercise.room.evolve_room import evolve_room_all
from foedus.exercise.room.keeping.room_log import replay_room
from foedus.exercise.room.room_state import RoomEvent, RoomSession, RoomState
from foedus.exercise.room.seeing.room_view import view_of
from foedus.exercise.scenario.recording import read_as, to_log
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.refusal import Refusal
from tests.exercise.room.rooms import WALL, rehearsal_room, two_person_room

_AT = rehearsal_room().opened.at
_ACT = c.TakeAct(_AT, "", "two_villages", "support", words="Ammunition.")  # type: ignore[arg-type]


def _room() -> RoomState:
    """Return a room in which two persons sit for Poland and an incident is on the record."""
    room = two_person_room()
    for seat in ("poland", "poland_head", "germany"):
        room = room.with_seat(seat, is_taken=True, is_bot=False)
    return _done(room, c.OpenIncident(_AT, "", "two_villages", _AT, "Two villages are taken."), seat="ukraine")


def _done(room: RoomState, wanted: object, *, seat: str) -> RoomState:
    made = admit(room, wanted, seat=seat, wall=WALL)  # type: ignore[arg-type]
    assert not isinstance(made, Refusal), str(made)
    return evolve_room_all(room, made)


def _draft_of(room: RoomState) -> str:
    (name,) = room.drafts
    return name


def _acts(room: RoomState) -> int:
    return sum(each.by == "poland" for each in room.mechanism.incidents["two_villages"].acts)


@pytest.mark.parametrize(("first", "second"), [("poland", "poland_head"), ("poland_head", "poland")])
def test_nothing_is_done_until_the_other_countersigns(first: str, second: str) -> None:
    """Either drafts; the act is on the record once the other signs, and the draft is gone."""
    room = _done(_room(), _ACT, seat=first)
    assert _acts(room) == 0
    draft = h.DraftSigned(_AT, "", WALL, _draft_of(room))
    assert isinstance(admit(room, draft, seat=first, wall=WALL), Refusal)
    signed = _done(room, draft, seat=second)
    assert _acts(signed) == 1
    assert signed.drafts == {}
    kinds = [type(each.event).__name__ for each in signed.history[-4:]]
    assert kinds == ["StepDrafted", "DraftSigned", "StepWanted", "ActTaken"]


def test_a_delegation_of_one_person_commits_to_nothing() -> None:
    """Where nobody sits in the other seat, nobody could countersign."""
    made = admit(_room(), _ACT, seat="germany", wall=WALL)
    assert isinstance(made, Refusal)
    assert made.because == "nobody sits as head of the delegation"


def test_another_delegation_neither_sees_nor_signs_nor_drops_it() -> None:
    """A draft is its delegation's own until it is done."""
    room = _done(_room(), _ACT, seat="poland")
    name = _draft_of(room)
    assert [each.draft for each in view_of(room, "poland_head", wall=WALL).drafts] == [name]
    assert view_of(room, "germany", wall=WALL).drafts == ()
    for wanted in (h.DraftSigned(_AT, "", WALL, name), h.DraftDropped(_AT, "", WALL, name)):
        assert isinstance(admit(room, wanted, seat="germany", wall=WALL), Refusal)


@pytest.mark.parametrize("seat", ["poland", "poland_head"])
def test_either_drops_a_draft(seat: str) -> None:
    """It is then neither signed nor done."""
    room = _done(_room(), _ACT, seat="poland")
    name = _draft_of(room)
    room = _done(room, h.DraftDropped(_AT, "", WALL, name), seat=seat)
    assert room.drafts == {}
    assert isinstance(admit(room, h.DraftSigned(_AT, "", WALL, name), seat="poland_head", wall=WALL), Refusal)


def test_what_the_law_refuses_is_no_draft() -> None:
    """A vote where nothing was moved is refused at once, with its clause, and on the log as refused."""
    vote = c.VoteOnTier(_AT, "", "two_villages", c.Vote.YES)
    room = _done(_room(), vote, seat="poland")
    assert room.drafts == {}
    assert room.history[-1].event.type == "command.refused"


def test_what_is_no_vote_and_no_commitment_takes_one() -> None:
    """A delegate still reports, moves and speaks alone."""
    room = _done(_room(), c.Meet(_AT, "", "two_villages"), seat="germany")
    assert room.mechanism.incidents["two_villages"].is_met


def test_one_browser_is_one_person() -> None:
    """Whoever sits as delegate cannot take the seat of the head in the same browser, by one link or by two."""
    room, until = two_person_room(), WALL + timedelta(days=1)
    room = evolve_room_all(
        room,
        [
            h.Invited(_AT, "director", WALL, "poland_head", "a" * 64, until),
            h.Invited(_AT, "director", WALL, "poland", "b" * 64, until, also=("poland_head",)),
        ],
    )
    sitting = replace(room, sessions={"s": RoomSession(("poland",), WALL)})
    assert isinstance(redeem(sitting, "a" * 64, wall=WALL, session_hash="t", replaces="s"), Refusal)
    assert isinstance(redeem(room, "b" * 64, wall=WALL, session_hash="t"), Refusal)
    assert not isinstance(redeem(room, "a" * 64, wall=WALL, session_hash="t"), Refusal)


def test_drafts_come_back_from_the_log() -> None:
    """A server that is killed loses no draft."""
    room = _done(_room(), _ACT, seat="poland")
    events: list[RoomEvent] = [each.event for each in room.history if isinstance(each.event, h.StepDrafted)]
    (event,) = events
    assert read_as(h.StepDrafted, to_log(event)) == event
    first = two_person_room()
    opening = [each.event for each in first.history]
    assert replay_room(first.mechanism, [*opening, event]).drafts == room.drafts


def test_a_bot_has_no_second_person() -> None:
    """Seats that bots play go on as before."""
    room = two_person_room()
    assert room.seats["france"].is_bot
    opened = _done(room, c.OpenIncident(_AT, "", "two_villages", _AT, "x"), seat="ukraine")
    assert not isinstance(admit(opened, replace(_ACT), seat="france", wall=WALL), Refusal)
    assert evolve_room_all(opened, admit(opened, _ACT, seat="france", wall=WALL)).drafts == {}  # type: ignore[arg-type]


def test_control_plays_nobody_who_is_there() -> None:
    """A party is absent where nobody sits for it, neither as delegate nor as head."""
    room = _room()
    seat = room.seats["controller"]
    wanted = replace(_ACT, actor="germany")
    assert isinstance(admit(room, wanted, seat=seat.id, wall=WALL), Refusal)
    assert not isinstance(admit(room, replace(_ACT, actor="france"), seat=seat.id, wall=WALL), Refusal)
