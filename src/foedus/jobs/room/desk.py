"""The desk of a room: what a browser asks of it, in plain words and data. It decides nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from foedus.errors import WrongRequest
from foedus.exercise.bots.choices import is_minor
from foedus.exercise.bots.play_odds import PlayOdds
from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.msel import COLUMNS, MselReading, read_msel, write_msel
from foedus.exercise.room.keeping.room_keeper import Answer
from foedus.exercise.room.keeping.tokens import hash_of, new_token
from foedus.exercise.room.room_state import CONTROL, Seat
from foedus.exercise.room.seeing.room_view import sees, view_of
from foedus.jobs.log import export_log
from foedus.jobs.room.after import AfterReport
from foedus.jobs.room.forms import INVITATION_GOOD_FOR, Fields, wish_of
from foedus.jobs.room.odds_process import OddsProcess
from foedus.jobs.room.opening import OpenedRoom
from foedus.jobs.room.tables import csv_of, read_table, xlsx_of
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.events import Refused
from foedus.report.arrangement.show import party_names
from foedus.report.determination.events import with_names
from foedus.report.page.writers.html import write_sections
from foedus.report.room.guide import guide_page
from foedus.report.room.screen import entry_data, is_news, screen
from foedus.report.room.sentences import seat_name
from foedus.report.words.party_names import PartyNames
from foedus.values.names import capital, sentence

MSEL_COLUMNS = COLUMNS
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The room puts in its own times."""
MOST_AT_A_STEP = timedelta(hours=6)


@dataclass(frozen=True)
class ToldWish:
    """What came of a wish, for the page that asked."""

    is_done: bool
    words: str = ""
    """Why not."""
    clause: str = ""
    """What refuses it."""


class RoomDesk:
    """A room as pages know it."""

    def __init__(self, opened: OpenedRoom) -> None:
        self.opened = opened
        self._keeper = opened.keeper
        self._names = party_names(opened.arrangement)
        self._odds: OddsProcess | None = None
        self._are_odds_missing = False
        self._after: tuple[int, AfterReport] | None = None

    @property
    def title(self) -> str:
        """What the room is called."""
        return self._keeper.room.opened.title

    @property
    def is_rehearsal(self) -> bool:
        """Whether it is an exercise."""
        return self._keeper.room.is_rehearsal

    @property
    def size(self) -> int:
        """Number of entries of the log."""
        return len(self._keeper.room.history)

    @property
    def seat_ids(self) -> tuple[str, ...]:
        """Names of the seats."""
        return tuple(self._keeper.room.seats)

    @property
    def has_guide(self) -> bool:
        """Whether somebody wrote how to lead it."""
        return bool(self.opened.exercise and self.opened.exercise.guide)

    def guide(self) -> tuple[str, str]:
        """Return the title of the guide to leading the exercise, and the guide as HTML."""
        page = guide_page(self.opened.exercise.guide if self.opened.exercise else "")
        return page.title, write_sections(page.sections)

    def draw_bots(self) -> None:
        """Begin to work out in another process what the bots play by, unless it is on the log."""
        room = self._keeper.room
        if room.is_rehearsal and room.odds is None and self._odds is None:
            self._odds = OddsProcess(self.opened.arrangement, seed=room.opened.seed)

    def tick(self) -> bool:
        """Let happen what is due; tell whether anything did."""
        return self._take_odds() or self._keeper.tick()

    def link_for(self, seats: tuple[str, ...], *, uses: int = 1, by: str = "director") -> str:
        """Invite to one seat or several, and return the token of the link; it is shown once and kept as a hash."""
        token, room = new_token(), self._keeper.room
        first, *also = seats
        until = self._keeper.wall + INVITATION_GOOD_FOR
        wanted = h.Invited(room.opened.at, "", until, first, hash_of(token), until, uses=uses, also=tuple(also))
        answer = self._keeper.wish(wanted, seat=by)
        if answer.refusal is not None:
            raise WrongRequest(str(answer.refusal))
        return token

    def invitation(self, token: str) -> Mapping[str, Any] | None:
        """Return to which seats a link leads; None where it holds no longer."""
        room = self._keeper.room
        found = room.invitations.get(hash_of(token))
        if found is None or not found.is_open(self._keeper.wall):
            return None
        seats = [room.seats[each] for each in (found.seat, *found.also)]
        return {
            "title": room.opened.title,
            "about": room.opened.about,
            "arrangement": self.opened.arrangement.name,
            "is_rehearsal": room.is_rehearsal,
            "seats": [_invited(each, self._names) for each in seats],
        }

    def redeem(self, token: str, *, replaces: str) -> str:
        """Redeem a link and return what the browser shows from now on; empty where it holds no longer.

        Raises `WrongRequest` where it holds, and this browser may not sit there.
        """
        session, is_open = new_token(), self.invitation(token) is not None
        answer = self._keeper.redeem(token, session=session, replaces=replaces)
        if answer.refusal is not None and is_open:
            raise WrongRequest(answer.refusal.because)
        return session if answer.refusal is None else ""

    def seats_of(self, session: str) -> tuple[Mapping[str, str], ...]:
        """Return the seats in which a browser sits."""
        room = self._keeper.room
        seats = (room.seats[each] for each in self._keeper.seats_of(session))
        return tuple({"id": each.id, "name": seat_name(each, self._names), "role": str(each.role)} for each in seats)

    def screen(self, seat: str) -> dict[str, Any]:
        """Return what a seat sees."""
        self._keeper.tick()
        room = self._keeper.room
        shown = screen(view_of(room, seat, wall=self._keeper.wall), names=self._names, room=room)
        shown["speed"] = self.opened.exercise.rate if self.opened.exercise else 1
        shown["bots"] = self._bots()
        shown["next"] = self._next(seat)
        shown["nothing_next"] = self._nothing_next()
        shown["root"] = self._keeper.log.root[:16]
        return shown

    def do(self, seat: str, do: str, fields: Fields) -> ToldWish:
        """Take a wish of a seat."""
        try:
            if do == "next":
                return self._to_next(seat)
            return self._told(self._keeper.wish(wish_of(do, fields), seat=seat))
        except WrongRequest as error:
            return ToldWish(is_done=False, words=str(error))

    def news(self, seat: str, *, after: int) -> list[dict[str, Any]]:
        """Return what a seat sees of the entries after a number, as the record shows them."""
        room = self._keeper.room
        if seat not in room.seats:
            return []
        who = room.seats[seat]
        return [
            entry_data(each.number, each.event, names=self._names, room=room)
            for each in room.history[after:]
            if is_news(each.event) and sees(room, who, each.event)
        ]

    def after_action(self, seat: str) -> AfterReport:
        """Return the after-action report; raise `WrongRequest` where the seat does not see it."""
        room = self._keeper.room
        if not view_of(room, seat, wall=self._keeper.wall).has_after_action:
            raise WrongRequest("the after-action report is for whoever leads and evaluates, until the end")
        size = len(room.history)
        if self._after is None or self._after[0] != size:
            self._after = (size, AfterReport(room, names=self._names))
        return self._after[1]

    def msel(self, seat: str, *, form: str) -> bytes:
        """Return the injects that a seat sees as a list of events; raise `WrongRequest` where it sees none."""
        shown = view_of(self._keeper.room, seat, wall=self._keeper.wall)
        if not shown.injects:
            raise WrongRequest("injects are for whoever leads and evaluates")
        rows = write_msel(shown.injects)
        return xlsx_of(rows, title="MSEL") if form == "xlsx" else csv_of(rows).encode()

    def read_msel(self, content: bytes, *, name: str, mapping: Mapping[str, str] | None = None) -> MselReading:
        """Read a list of events without planning anything: the dry run."""
        return read_msel(read_table(content, name=name), mapping=mapping)

    def table_text(self, content: bytes, *, name: str) -> tuple[str, tuple[str, ...]]:
        """Return a table as CSV, to be kept by a page until it is planned, and its headings."""
        rows = read_table(content, name=name)
        return csv_of(rows), tuple(each.strip() for each in rows[0] if each.strip()) if rows else ()

    def plan_msel(self, seat: str, reading: MselReading) -> ToldWish:
        """Plan every inject of a list that was read without an error; stop at the first that is refused."""
        for inject in reading.injects:
            told = self._told(self._keeper.wish(h.InjectPlanned(_NEVER, "", _NEVER, inject), seat=seat))
            if not told.is_done:
                return told
        return ToldWish(is_done=not reading.errors)

    def log_lines(self, seat: str) -> bytes:
        """Return the whole log as its export; raise `WrongRequest` where the seat does not see it."""
        room = self._keeper.room
        if not view_of(room, seat, wall=self._keeper.wall).has_log:
            raise WrongRequest("the log is for the director and for auditors")
        return export_log(str(self.opened.place))

    def close(self) -> None:
        """Let go of the log."""
        if self._odds is not None:
            self._odds.stop()
        self._keeper.close()

    def _bots(self) -> str:
        room = self._keeper.room
        bots = sum(each.is_bot for each in room.seats.values())
        if not bots:
            return ""
        if room.odds is not None:
            return f"{bots} seats are played by bots"
        if self._are_odds_missing:
            return f"{bots} seats are played by bots, by rule alone: no equilibrium was found for them to play"
        return f"{bots} seats are played by bots; what they play by is being worked out"

    def _next(self, seat: str) -> datetime | None:
        if "clock" not in {str(each) for each in view_of(self._keeper.room, seat, wall=self._keeper.wall).deeds}:
            return None
        due = min(self._keeper.all_due(), default=None)
        return due.at if due else None

    def _nothing_next(self) -> str:
        if self._odds is not None:
            return "Nothing more happens of itself, until it is worked out what the bots play by: they then go on."
        return "Nothing more happens of itself."

    def _to_next(self, seat: str) -> ToldWish:
        """Step to what happens next of itself, and over it; over many choices alike some hours at once."""
        due, room = self._keeper.all_due(), self._keeper.room
        if not due:
            return ToldWish(is_done=False, words=self._nothing_next())
        now = room.time_at(self._keeper.wall)
        major = [each.at for each in due if not is_minor(each)]
        minor = [now + MOST_AT_A_STEP] if len(major) < len(due) else []
        to = max(min((*major, *minor)), now + timedelta(seconds=1))
        wanted = h.ClockStepped(room.opened.at, "", self._keeper.wall, to, "to what happens next")
        return self._told(self._keeper.wish(wanted, seat=seat))

    def _told(self, answer: Answer) -> ToldWish:
        refusal = answer.refusal
        if refusal is not None:
            return self._refused(refusal.because, refusal.clause)
        refused = next((each for each in answer.events if isinstance(each, Refused)), None)
        return self._refused(refused.because, refused.clause) if refused is not None else ToldWish(is_done=True)

    def _refused(self, because: str, clause: Clause) -> ToldWish:
        return ToldWish(is_done=False, words=sentence(with_names(because, self._names)), clause=str(clause))

    def _take_odds(self) -> bool:
        if self._odds is None or not self._odds.is_over:
            return False
        found, self._odds = self._odds.take(), None
        self._are_odds_missing = found is None
        if found is not None:
            self._keeper.put([_drawn(found, self._keeper.room.time_at(self._keeper.wall), self._keeper.wall)])
        return True


def _invited(seat: Seat, names: PartyNames) -> Mapping[str, str]:
    name = seat_name(seat, names)
    return {"name": name, "label": capital(name), "meaning": seat.role.meaning}


def _drawn(odds: PlayOdds, at: datetime, wall: datetime) -> h.OddsDrawn:
    return h.OddsDrawn(
        at, CONTROL, wall, odds.seed, odds.is_resolved, odds.basis, odds.proposer, odds.proposes, odds.joins
    )
