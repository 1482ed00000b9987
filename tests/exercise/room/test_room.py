"""A room as people use it: the clock, injects, links, bots, and finding it again after a stop."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.exercise.bots.choices import bot_choices
from foedus.exercise.log.places import open_log
from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import admit, redeem
from foedus.exercise.room.evolve_room import evolve_room_all
from foedus.exercise.room.injects.inject import InjectStatus
from foedus.exercise.room.keeping.room_keeper import RoomKeeper
from foedus.exercise.room.keeping.room_writer import RoomWriter
from foedus.exercise.room.keeping.tokens import hash_of, new_token
from foedus.exercise.room.room_clock import RoomClock
from foedus.exercise.room.room_opening import rehearsal
from foedus.exercise.room.room_state import RoomState
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.jobs.asking.texts import load_text
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.refusal import Refusal
from tests.exercise.room.rooms import WALL, after, clock, exercise, later, rehearsal_room, sitting_room

_ODDS = h.OddsDrawn(
    rehearsal_room().opened.at,
    "control",
    WALL,
    seed=1,
    is_resolved=True,
    basis="made for a test",
    proposer="united_states",
    joins={"incursion:support": {"france": 1000, "germany": 0}},
)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 3600)), max_size=8))
def test_the_time_of_a_scenario_never_runs_back(settings_: list[tuple[int, int]]) -> None:
    """Whatever rates a clock is set to, later on the wall is not earlier in the scenario."""
    watch, wall = RoomClock(wall=WALL, scenario=WALL), WALL
    for rate, seconds in settings_:
        later_wall = wall + timedelta(seconds=seconds)
        assert watch.at(later_wall) - watch.at(wall) == watch.rate * timedelta(seconds=seconds)
        watch, wall = watch.set_to(rate, wall=later_wall, scenario=watch.at(later_wall)), later_wall


def test_a_paused_room_stands_still_and_an_accelerated_one_runs() -> None:
    """Nothing happens before the clock runs; at sixty, an hour of the wall is sixty of the scenario."""
    room = rehearsal_room()
    assert not later(room, minutes=600).mechanism.incidents
    running = after(room, clock(60), seat="director")
    assert "two_villages" in later(running, minutes=1).mechanism.incidents
    assert running.time_at(WALL + timedelta(minutes=60)) == room.opened.at + timedelta(hours=60)


def test_a_faster_clock_has_a_reason() -> None:
    """Whoever changes the speed of a running clock says why, and the reason is on the record."""
    room = after(rehearsal_room(), clock(60), seat="director")
    silent = replace(clock(120), reason=" ")
    assert isinstance(admit(room, silent, seat="director", wall=WALL), Refusal)
    assert after(room, clock(120), seat="director").history[-1].event.reason == "a reason"  # type: ignore[union-attr]


@settings(max_examples=6, deadline=None)
@given(st.lists(st.floats(0, 120), min_size=1, max_size=6))
def test_what_happens_does_not_depend_on_how_often_the_clock_ticks(ticks: list[float]) -> None:
    """The same injects, deadlines and choices of bots follow at the same times, looked at once or often."""
    room = after(rehearsal_room(), clock(60), seat="director")
    room = replace(room, odds=_ODDS)
    once = later(room, minutes=120, watch=bot_choices)
    often = room
    for minutes in sorted(ticks):
        often = later(often, minutes=minutes, watch=bot_choices)
    often = later(often, minutes=120, watch=bot_choices)

    def told(each: RoomState) -> list[object]:
        return [replace(x.event, wall=WALL) if isinstance(x.event, h.Happening) else x.event for x in each.history]

    assert told(often) == told(once)
    assert any(isinstance(each.event, e.FindingMade) for each in once.history)


def test_bots_draw_by_the_odds_that_stand_in_the_log() -> None:
    """A bot whose chance is one performs, a bot whose chance is none does not, and the chance stands beside it."""
    room = replace(after(rehearsal_room(), clock(60), seat="director"), odds=_ODDS)
    room = later(room, minutes=60, watch=bot_choices)
    chosen = {each.event.key: each.event for each in room.history if isinstance(each.event, h.BotChose)}
    assert chosen["france:act:two_villages:assistance"].chose == "performs assistance"
    assert chosen["germany:act:two_villages:assistance"].chose == "does not perform assistance"
    assert chosen["germany:act:two_villages:assistance"].chance == 1000


def test_people_go_before_bots() -> None:
    """A seat that somebody takes is played by nobody else."""
    room = after(rehearsal_room(), clock(60), seat="director")
    token = new_token()
    invited = h.Invited(WALL, "", WALL, "ukraine", hash_of(token), WALL + timedelta(days=1))
    room = after(room, invited, seat="director")
    made = redeem(room, hash_of(token), wall=WALL)
    assert not isinstance(made, Refusal)
    taken = evolve_room_all(room, made)
    assert not later(taken, minutes=20, watch=bot_choices).mechanism.incidents["two_villages"].invoked
    assert later(room, minutes=20, watch=bot_choices).mechanism.incidents["two_villages"].invoked == {"ukraine"}


def test_a_link_is_redeemed_once_and_in_time() -> None:
    """A used, revoked, late or unknown token seats nobody; what the log keeps of it is its hash."""
    room, token = rehearsal_room(), new_token()
    invited = h.Invited(WALL, "", WALL, "poland", hash_of(token), WALL + timedelta(hours=1))
    room = after(room, invited, seat="director")
    assert token not in str(room.history)
    late = WALL + timedelta(hours=1)
    assert isinstance(redeem(room, hash_of(token), wall=late), Refusal)
    assert isinstance(redeem(room, hash_of(new_token()), wall=WALL), Refusal)
    made = redeem(room, hash_of(token), wall=WALL)
    assert not isinstance(made, Refusal)
    assert isinstance(redeem(evolve_room_all(room, made), hash_of(token), wall=WALL), Refusal)
    revoked = after(room, h.InvitationRevoked(WALL, "", WALL, hash_of(token)), seat="director")
    assert isinstance(redeem(revoked, hash_of(token), wall=WALL), Refusal)


def test_an_inject_that_is_held_waits_and_one_that_is_dropped_never_comes() -> None:
    """Held, dropped and moved injects do as they are told; a released one stays released."""
    room = after(rehearsal_room(), clock(60), seat="director")
    hold = h.InjectMoved(WALL, "", WALL, "night", InjectStatus.HELD)
    held = after(room, hold, seat="director")
    assert not later(held, minutes=600).mechanism.incidents
    by_hand = after(later(held, minutes=1), h.InjectReleased(WALL, "", WALL, "night", ""), seat="controller", minutes=1)
    assert "two_villages" in by_hand.mechanism.incidents
    again = admit(by_hand, h.InjectReleased(WALL, "", WALL, "night", ""), seat="director", wall=WALL)
    assert isinstance(again, Refusal)


def test_an_inject_on_a_condition_comes_when_it_holds() -> None:
    """The press asks two hours after the finding, and never where nothing is found."""
    room = after(rehearsal_room(), clock(60), seat="director")
    assert later(room, minutes=600).injects["question"].status is InjectStatus.READY
    found = later(room, minutes=600, watch=bot_choices)
    made = next(each.event.at for each in found.history if isinstance(each.event, e.FindingMade))
    assert found.injects["question"].released_at == made + timedelta(hours=2)


def test_a_refused_step_is_on_the_record_with_its_clause() -> None:
    """What the text refuses is kept and changes nothing; what the role refuses is not even kept."""
    room = later(after(rehearsal_room(), clock(60), seat="director"), minutes=1)
    asked = after(room, c.Invoke(WALL, "", "two_villages"), seat="poland", minutes=1)
    last = asked.history[-1].event
    assert isinstance(last, e.Refused)
    assert last.clause.path == "trigger.invoked_by"
    assert asked.mechanism == room.mechanism


def test_a_delegate_speaks_for_its_own_party_alone() -> None:
    """A step that says that it is another's is taken as the seat's own."""
    room = later(after(rehearsal_room(), clock(60), seat="director"), minutes=1)
    asked = after(room, c.Invoke(WALL, "ukraine", "two_villages"), seat="poland", minutes=1)
    assert asked.history[-1].event.actor == "poland"
    played = after(room, c.Invoke(WALL, "ukraine", "two_villages"), seat="controller", minutes=1)
    assert played.mechanism.incidents["two_villages"].invoked == {"ukraine"}


def test_after_the_end_nothing_is_done_but_talked_about() -> None:
    """A closed room takes notes and improvements, and nothing else."""
    room = after(rehearsal_room(), h.RoomClosed(WALL, "", WALL), seat="director")
    assert isinstance(admit(room, clock(1), seat="director", wall=WALL), Refusal)
    assert isinstance(admit(room, h.Said(WALL, "", WALL, "x"), seat="poland", wall=WALL), Refusal)
    note = h.Noted(WALL, "", WALL, "they met late", "meeting", is_met=False)
    assert after(room, note, seat="evaluator").history[-1].event.words == "they met late"  # type: ignore[union-attr]


def test_in_earnest_the_clock_is_the_walls() -> None:
    """A sitting runs in real time from its first moment."""
    room = sitting_room()
    assert room.time_at(WALL + timedelta(hours=3)) == WALL + timedelta(hours=3)
    assert not any(seat.is_bot for seat in room.seats.values())


def test_a_room_that_is_stopped_is_found_as_it_was(tmp_path: Path) -> None:
    """What a keeper held is the replay of its log, and the next keeper goes on from there."""
    told = exercise()
    arrangement = load_text(told.arrangement).arrangement
    mechanism, events = rehearsal(told, arrangement, judgments=default_judgments(), wall=WALL, seed=1)
    wall = [WALL]
    with RoomWriter(lambda: open_log(str(tmp_path / "a.db"))) as log:
        keeper = RoomKeeper.open_new(log, mechanism=mechanism, opened=events, watch=bot_choices, now=lambda: wall[0])
        keeper.put([_ODDS])
        assert keeper.wish(clock(60), seat="director").refusal is None
        wall[0] += timedelta(minutes=30)
        keeper.tick()
        assert keeper.wish(h.Said(WALL, "", WALL, "we have seen it"), seat="poland").refusal is not None
        left = keeper.room
    with RoomWriter(lambda: open_log(str(tmp_path / "a.db"))) as log:
        found = RoomKeeper.resume(log, mechanism=mechanism, watch=bot_choices, now=lambda: wall[0])
        assert found.room == left
        wall[0] += timedelta(minutes=60)
        assert found.tick()


def test_in_earnest_nobody_speaks_in_another_name() -> None:
    """Control may speak for anybody in a rehearsal; in a sitting a message says from whom it is."""
    said = h.Said(WALL, "", WALL, "We shall come.", source="Poland", channel="news")
    played, earnest = after(rehearsal_room(), said, seat="director"), after(sitting_room(), said, seat="director")
    assert played.messages[-1].source == "Poland"
    assert (earnest.messages[-1].source, earnest.messages[-1].channel) == ("director", "message")
