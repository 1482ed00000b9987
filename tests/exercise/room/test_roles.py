"""Who may do what and see what: every role, every deed, every field, in every phase."""

import itertools
from dataclasses import MISSING, fields, replace
from functools import cache
from pathlib import Path

import pytest

from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import DEED_OF, admit, may_now
from foedus.exercise.room.evolve_room import evolve_room_all
from foedus.exercise.room.injects.inject import Inject, InjectStatus
from foedus.exercise.room.roles import DEEDS, OF_REHEARSALS, SEEN, Deed, Phase, Reach, Role, RoomField, reach_of
from foedus.exercise.room.room_state import RoomEvent, RoomState
from foedus.exercise.room.seeing.room_view import RoomView, view_of
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.refusal import Refusal
from tests.exercise.room.rooms import WALL, rehearsal_room, sitting_room

_SEATS = {
    Role.DIRECTOR: "director",
    Role.CONTROLLER: "controller",
    Role.DELEGATE: "estonia",
    Role.HEAD: "estonia_head",
    Role.MONITOR: "monitor",
    Role.CHAIR: "chair",
    Role.EVALUATOR: "evaluator",
    Role.OBSERVER: "observer",
    Role.AUDITOR: "auditor",
}
_AT = rehearsal_room().opened.at


def _command(kind: type) -> object:
    """Return a wish of a kind, whatever it says; only who may utter it is asked here."""
    known = {
        "at": _AT,
        "wall": WALL,
        "actor": "estonia",
        "incident": "two_villages",
        "happened_at": _AT,
        "what": "x",
        "words": "x",
        "report": Report("r", "crossing", "units", "B", "o", _AT),
        "fact": "requested",
        "vote": c.Vote.YES,
        "tier": "support",
        "on": "find",
        "seat": "estonia",
        "role": Role.OBSERVER,
        "is_bot": False,
        "token_hash": "0" * 64,
        "until": WALL,
        "rate": 1,
        "to": None,
        "inject": "night",
        "status": InjectStatus.HELD,
        "how": "hand",
        "owner": "x",
        "due": "2027-01-01",
        "draft": "draft_1",
    }
    needed = {each.name for each in fields(kind) if _is_needed(each)}
    values = {name: known[name] for name in needed}
    if kind is h.InjectPlanned:
        values["inject"] = Inject("x", "villages", "e", "w")
    if kind is h.ClockStepped:
        values["to"] = _AT
    return kind(**values)


def _is_needed(each: object) -> bool:
    return each.default is MISSING and each.default_factory is MISSING  # type: ignore[attr-defined]


def _with_heads(room: RoomState) -> RoomState:
    seated = room.with_seat("estonia", is_bot=False)
    return evolve_room_all(seated, [h.SeatMade(_AT, "control", WALL, "estonia_head", Role.HEAD, "estonia")])


@pytest.mark.parametrize(("role", "kind"), list(itertools.product(Role, DEED_OF)))
def test_a_role_is_refused_whatever_its_row_does_not_allow(role: Role, kind: type) -> None:
    """A wish is refused for its role if and only if no deed that it is belongs to the role."""
    room = _with_heads(rehearsal_room())
    made = admit(room, _command(kind), seat=_SEATS[role], wall=WALL)  # type: ignore[arg-type]
    is_refused = isinstance(made, Refusal) and made.clause.words == "each role does what is its own"
    plays = Deed.PLAY_ABSENT in DEEDS[role] and kind in c.Command.__args__
    assert is_refused == (not (DEED_OF[kind] & DEEDS[role]) and not plays)


def test_what_has_no_row_is_refused_to_everybody() -> None:
    """Odds, choices of bots, redeemed links and steps are the room's own: no seat can put them on the log."""
    room = _with_heads(rehearsal_room())
    for kind in (h.RoomOpened, h.OddsDrawn, h.BotChose, h.StepWanted, h.InvitationRedeemed):
        assert kind not in DEED_OF
    odds = h.OddsDrawn(_AT, "x", WALL, 1, is_resolved=True, basis="mine")
    for seat in _SEATS.values():
        assert isinstance(admit(room, odds, seat=seat, wall=WALL), Refusal)
    for command in (c.Wait(_AT), c.EndSitting(_AT)):
        assert all(isinstance(admit(room, command, seat=seat, wall=WALL), Refusal) for seat in _SEATS.values())


@pytest.mark.parametrize("deed", sorted(OF_REHEARSALS))
def test_in_earnest_nobody_touches_the_clock_or_injects(deed: Deed) -> None:
    """In a sitting the clock is the wall's and nothing is played, whoever asks."""
    room = sitting_room()
    assert not any(may_now(room, seat, deed) for seat in room.seats.values())


def test_a_head_of_delegation_votes_in_the_place_of_the_delegate() -> None:
    """Once somebody heads a delegation, its delegate drafts, and votes and commits no more."""
    room = _with_heads(rehearsal_room())
    delegate = room.seats["estonia"]
    assert may_now(room, replace(delegate, is_bot=False), Deed.VOTE)
    headed = room.with_seat("estonia_head", is_taken=True)
    assert not may_now(headed, replace(delegate, is_bot=False), Deed.VOTE)
    assert may_now(headed, headed.seats["estonia_head"], Deed.VOTE)


@cache
def _marked(phase: Phase, *, is_rehearsal: bool = True) -> RoomState:
    """Return a room in which each field holds a word of its own that stands nowhere else.

    In earnest nobody could bring some of it about; were it there all the same, the table would hold.
    """
    room = _with_heads(rehearsal_room())
    room = replace(room, opened=replace(room.opened, is_rehearsal=is_rehearsal))
    report = Report("mark_reports", "crossing", "units", "B", "o", _AT, by="ukraine", access=("poland",))
    events: list[RoomEvent] = [
        h.Said(_AT, "poland", WALL, "mark_messages", ("poland",)),
        h.InjectPlanned(_AT, "director", WALL, Inject("mark_injects", "villages", "e", "w", to=("poland",))),
        h.Invited(_AT, "director", WALL, "poland", "mark_invitations", WALL),
        h.OddsDrawn(_AT, "control", WALL, 1, is_resolved=True, basis="mark_odds"),
        h.StepDrafted(_AT, "poland", WALL, "mark_drafts", "poland", notice=c.GiveNotice(_AT, "poland")),
        h.Noted(_AT, "evaluator", WALL, "mark_notes"),
        h.ImprovementPlanned(_AT, "evaluator", WALL, "mark_improvements", "x", "2027-01-01"),
    ]
    room = evolve_room_all(room, events)
    for command in (
        c.OpenIncident(_AT, "ukraine", "mark_situation", _AT, "x"),
        c.FileReport(_AT, "ukraine", "mark_situation", report),
    ):
        made = admit(room, command, seat="ukraine", wall=WALL)
        assert not isinstance(made, Refusal)
        room = evolve_room_all(room, made)
    at = room.mechanism.now
    moves: dict[Phase, list[RoomEvent]] = {
        Phase.PLANNED: [],
        Phase.RUNNING: [h.ClockSet(at, "director", WALL, 1)],
        Phase.PAUSED: [h.ClockSet(at, "director", WALL, 1), h.ClockSet(at, "director", WALL, 0)],
        Phase.ENDED: [h.RoomClosed(at, "director", WALL)],
    }
    return evolve_room_all(room, moves[phase])


def _text_of(view: RoomView) -> str:
    """Return all that a view holds, but for the judgments and the text, which everybody has."""
    mechanism = "" if view.mechanism is None else str(view.mechanism.incidents)
    return str(replace(view, mechanism=None)) + mechanism


_SHOWN_AS = {
    RoomField.REPORTS: "mark_reports",
    RoomField.MESSAGES: "mark_messages",
    RoomField.INJECTS: "mark_injects",
    RoomField.INVITATIONS: "mark_invitations",
    RoomField.ODDS: "mark_odds",
    RoomField.DRAFTS: "mark_drafts",
    RoomField.NOTES: "mark_notes",
    RoomField.IMPROVEMENTS: "mark_improvements",
}


@pytest.mark.parametrize("is_rehearsal", [True, False])
@pytest.mark.parametrize(("role", "phase"), list(itertools.product(Role, Phase)))
def test_a_seat_sees_what_its_row_shows_and_nothing_else(role: Role, phase: Phase, is_rehearsal: bool) -> None:
    """A word that only one field holds is in what a seat sees if and only if the table shows that field to its role."""
    room = _marked(phase, is_rehearsal=is_rehearsal)
    assert room.phase is phase
    view = view_of(room, _SEATS[role], wall=WALL)
    text = _text_of(view)

    def is_shown(field: RoomField) -> bool:
        reach = reach_of(role, field, phase=phase, is_rehearsal=is_rehearsal)
        is_own = field is RoomField.INJECTS and reach is Reach.OWN  # a controller without a storyline has them all
        return reach is Reach.ALL or is_own

    for field, mark in _SHOWN_AS.items():
        assert (mark in text) == is_shown(field), field
    plain = {
        RoomField.CLOCK: view.now is not None,
        RoomField.SITUATION: "mark_situation" in text,
        RoomField.SEATS: bool(view.seats),
        RoomField.AFTER_ACTION: view.has_after_action,
        RoomField.LOG: view.has_log,
    }
    assert {field: is_shown(field) for field in plain} == plain
    assert {*_SHOWN_AS, *plain} == set(RoomField), "a field of the table is not tried"


@pytest.mark.parametrize("is_rehearsal", [True, False])
@pytest.mark.parametrize(("role", "phase", "deed"), list(itertools.product(Role, Phase, Deed)))
def test_a_deed_is_open_where_the_documented_table_has_it(
    role: Role, phase: Phase, deed: Deed, is_rehearsal: bool
) -> None:
    """What the page on rehearsals says of a role holds in each phase; after the end only the talk goes on."""
    room = _marked(phase, is_rehearsal=is_rehearsal)
    is_open = str(deed) in _documented("may", role) and (is_rehearsal or deed not in OF_REHEARSALS)
    is_late = phase is Phase.ENDED and deed not in (Deed.NOTE, Deed.IMPROVE, Deed.SEATS)
    assert may_now(room, room.seats[_SEATS[role]], deed) == (is_open and not is_late)


@pytest.mark.parametrize(("role", "field"), list(itertools.product(Role, RoomField)))
def test_the_page_on_rehearsals_says_who_sees_what(role: Role, field: RoomField) -> None:
    """Its table is the one that is enforced: before the end, after it, and in earnest."""
    before, _, after = _documented("sees", role)[list(RoomField).index(field)].partition(", then ")
    in_earnest = reach_of(role, field, phase=Phase.ENDED, is_rehearsal=False)
    assert [str(reach_of(role, field, phase=phase, is_rehearsal=True)) for phase in Phase] == [
        *[before] * 3,
        after or before,
    ]
    assert str(in_earnest) == before


def _documented(what: str, role: Role) -> list[str]:
    """Return the cells of a role in the table of what it may or of what it sees, as docs/rehearsal.md has them."""
    page = (Path(__file__).parents[3] / "docs" / "rehearsal.md").read_text(encoding="utf-8")
    table = page.split(f"Table of what each role {what}:")[1].split("\n\n")[1]
    rows = (line.strip("|").split("|") for line in table.splitlines()[2:])
    cells = next([cell.strip() for cell in row[1:]] for row in rows if row[0].strip() == role)
    return cells[0].split(", ") if what == "may" else cells


@pytest.mark.parametrize("phase", list(Phase))
def test_what_is_meant_for_poland_is_seen_by_poland(phase: Phase) -> None:
    """A delegate sees its own messages and the reports that it may read, in each phase."""
    text = _text_of(view_of(_marked(phase), "poland", wall=WALL))
    assert "mark_messages" in text
    assert "mark_reports" in text
    assert "mark_drafts" in text
    assert "mark_invitations" not in text


def test_nothing_is_seen_by_a_role_without_a_row() -> None:
    """Fields that a role's row does not name are not seen."""
    for role, field in itertools.product(Role, RoomField):
        if field not in SEEN[role]:
            assert reach_of(role, field, phase=Phase.RUNNING, is_rehearsal=True) is Reach.NONE
            assert reach_of(role, field, phase=Phase.ENDED, is_rehearsal=False) is Reach.NONE
