"""What a form of a page asks for, as a wish of a seat: words are checked here, rights and law by the room."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from secrets import token_hex
from typing import TypeAlias

from foedus.arrangement.conditions import FACTS, LEVELS
from foedus.arrangement.vocabulary import Finds, Measure, TierWord
from foedus.errors import WrongRequest
from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import Inject, InjectStatus
from foedus.exercise.room.roles import Role
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.evidence.report import Report
from foedus.values.word import Word
from foedus.values.zone import Zone

Fields: TypeAlias = Mapping[str, str]
_NOW = datetime(1970, 1, 1, tzinfo=UTC)
"""The room puts in the times and the actor."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


def wish_of(do: str, fields: Fields) -> c.Command | h.Happening:
    """Return what a form asks for; raise `WrongRequest` where it is no wish, or says something that has no meaning."""
    if do not in _WISHES:
        raise WrongRequest(f"{do!r} is nothing that can be done here; known are {', '.join(_WISHES)}")
    return _WISHES[do](fields)


def _text(fields: Fields, key: str, *, most: int = 4000) -> str:
    value = fields.get(key, "").replace("\r\n", "\n").strip()
    if len(value) > most:
        raise WrongRequest(f"{key} is longer than {most} characters: shorten it")
    return value


def _name(fields: Fields, key: str) -> str:
    value = _text(fields, key, most=60)
    if not _ID.fullmatch(value):
        raise WrongRequest(f"{key}: write lower-case letters, digits and underscores (found {value!r})")
    return value


def _word(fields: Fields, key: str, known: tuple[str, ...]) -> str:
    value = fields.get(key, "")
    if value not in known:
        raise WrongRequest(f"{key}: choose one of {', '.join(known)} (found {value!r})")
    return value


def _number(fields: Fields, key: str, *, low: int, high: int, default: int = 0) -> int:
    value = fields.get(key, "").strip() or str(default)
    if not re.fullmatch(r"-?\d{1,9}", value) or not low <= int(value) <= high:
        raise WrongRequest(f"{key}: write a whole number from {low} to {high} (found {value!r})")
    return int(value)


def _time(fields: Fields, key: str) -> datetime:
    """Return a moment that was written by the clock of the zone in which the form was shown."""
    try:
        return Zone(fields.get("zone", "UTC")).read(fields.get(key, ""))
    except ValueError as error:
        raise WrongRequest(f"{key}: {error}") from error


def _several(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(each for each in re.split(r"[,\s]+", fields.get(key, "")) if each)


def _incident(fields: Fields) -> str:
    return _name(fields, "incident")


def _open(fields: Fields) -> c.Command:
    happened = _time(fields, "happened_at")
    return c.OpenIncident(_NOW, "", _incident(fields), happened, _text(fields, "what") or "Not described.")


def _report(fields: Fields) -> c.Command:
    report = Report(
        id=f"report_{token_hex(4)}",
        about=_name(fields, "about"),
        says=_name(fields, "says"),
        grade=_word(fields, "grade", ("A", "B", "C", "D", "E", "F")),
        origin=_name(fields, "origin"),
        seen_at=_time(fields, "seen_at"),
        access=_several(fields, "access"),
        corrects=_text(fields, "corrects", most=60),
        place=_text(fields, "place", most=200),
        note=_text(fields, "note"),
    )
    return c.FileReport(_NOW, fields.get("party", ""), _incident(fields), report)


def _fact(fields: Fields) -> c.Command:
    holds = fields.get("holds", "yes") == "yes"
    return c.StateFact(_NOW, _party(fields), _incident(fields), _word(fields, "fact", tuple(FACTS)), holds=holds)


def _finding(fields: Fields) -> c.Command:
    word = _word(fields, "finding", ("no_breach", *_values(Finds)))
    attribution = _word(fields, "attribution", LEVELS["attribution"])
    finding = None if word == "no_breach" else Finds(word)
    return c.ProposeFinding(_NOW, _party(fields), _incident(fields), finding, attribution)  # type: ignore[arg-type]


def _finding_vote(fields: Fields) -> c.Command:
    return c.VoteOnFinding(_NOW, _party(fields), _incident(fields), _vote(fields), _text(fields, "reason"))


def _tier(fields: Fields) -> c.Command:
    tier = TierWord(_word(fields, "tier", _values(TierWord)))
    return c.ProposeTier(_NOW, _party(fields), _incident(fields), tier, _text(fields, "words"))


def _tier_vote(fields: Fields) -> c.Command:
    troops = _number(fields, "troops", low=0, high=1_000_000)
    return c.VoteOnTier(_NOW, _party(fields), _incident(fields), _vote(fields), troops, _text(fields, "reason"))


def _act(fields: Fields) -> c.Command:
    measures = tuple(Measure(each) for each in _several(fields, "measures") if each in _values(Measure))
    tier = TierWord(_word(fields, "tier", _values(TierWord)))
    under, words = _text(fields, "under", most=60), _text(fields, "words")
    return c.TakeAct(_NOW, _party(fields), _incident(fields), tier, measures, under, words)


def _seat(fields: Fields) -> h.Happening:
    role = Role(_word(fields, "role", _values(Role)))
    party = _text(fields, "party", most=60)
    name = "_".join(each for each in (party, "" if role is Role.DELEGATE else str(role)) if each)
    seat = fields.get("seat", "").strip() or name
    return h.SeatMade(_NOW, "", _NOW, seat, role, party, _text(fields, "storyline", most=60))


def _hand(fields: Fields) -> h.Happening:
    return h.SeatHanded(_NOW, "", _NOW, _name(fields, "seat"), is_bot=fields.get("is_bot", "") == "yes")


def _clock(fields: Fields) -> h.Happening:
    return h.ClockSet(_NOW, "", _NOW, _number(fields, "rate", low=0, high=10_000), _text(fields, "reason", most=400))


def _inject(fields: Fields) -> h.Happening:
    made = Inject(
        id=fields.get("inject", "").strip() or f"inject_{token_hex(3)}",
        storyline=_text(fields, "storyline", most=60) or "by_hand",
        event=_text(fields, "event", most=200),
        words=_text(fields, "words"),
        at=_time(fields, "at") if fields.get("at", "").strip() else None,
        channel=_text(fields, "channel", most=60) or "message",
        source=_text(fields, "source", most=200),
        to=_several(fields, "to"),
        expected=_text(fields, "expected"),
    )
    if not made.words:
        raise WrongRequest("words: an inject says something")
    return h.InjectPlanned(_NOW, "", _NOW, made)


def _move(fields: Fields) -> h.Happening:
    status = InjectStatus(_word(fields, "status", ("ready", "held", "skipped")))
    to = _time(fields, "to") if fields.get("to", "").strip() else None
    return h.InjectMoved(_NOW, "", _NOW, _name(fields, "inject"), status, to)


def _say(fields: Fields) -> h.Happening:
    source = _text(fields, "source", most=200)
    return h.Said(_NOW, "", _NOW, _text(fields, "words"), _several(fields, "to"), source)


def _note(fields: Fields) -> h.Happening:
    met = {"yes": True, "no": False}.get(fields.get("is_met", ""))
    about = _number(fields, "about", low=-1, high=10_000_000, default=-1)
    return h.Noted(_NOW, "", _NOW, _text(fields, "words"), _text(fields, "objective", most=60), met, about)


def _improve(fields: Fields) -> h.Happening:
    due = _text(fields, "due", most=10)
    try:
        date.fromisoformat(due)
    except ValueError as error:
        raise WrongRequest(f"due: write a date, such as 2027-06-30 (found {due!r})") from error
    return h.ImprovementPlanned(_NOW, "", _NOW, _text(fields, "words"), _text(fields, "owner", most=200), due)


def _party(fields: Fields) -> str:
    """Return the absent party that is played, where somebody plays one."""
    return _text(fields, "party", most=60)


def _vote(fields: Fields) -> c.Vote:
    return c.Vote(_word(fields, "vote", ("yes", "no", "abstain")))


def _values(words: type[Word]) -> tuple[str, ...]:
    return tuple(str(each) for each in words)


_WISHES: dict[str, Callable[[Fields], c.Command | h.Happening]] = {
    "open_incident": _open,
    "file_report": _report,
    "state_fact": _fact,
    "invoke": lambda fields: c.Invoke(_NOW, _party(fields), _incident(fields)),
    "meet": lambda fields: c.Meet(_NOW, _party(fields), _incident(fields)),
    "propose_finding": _finding,
    "vote_on_finding": _finding_vote,
    "propose_tier": _tier,
    "vote_on_tier": _tier_vote,
    "close_finding": lambda fields: c.CloseVote(_NOW, _party(fields), _incident(fields), "find"),
    "close_tier": lambda fields: c.CloseVote(_NOW, _party(fields), _incident(fields), "decide"),
    "act": _act,
    "give_notice": lambda fields: c.GiveNotice(_NOW, _party(fields)),
    "close_incident": lambda f: c.CloseIncident(_NOW, _party(f), _incident(f), _text(f, "reason")),
    "make_seat": _seat,
    "hand_seat": _hand,
    "end_sessions": lambda fields: h.SessionsEnded(_NOW, "", _NOW, _name(fields, "seat")),
    "revoke": lambda fields: h.InvitationRevoked(_NOW, "", _NOW, _text(fields, "token_hash", most=64)),
    "clock": _clock,
    "step": lambda f: h.ClockStepped(_NOW, "", _NOW, _time(f, "to"), _text(f, "reason", most=400)),
    "plan_inject": _inject,
    "move_inject": _move,
    "release": lambda fields: h.InjectReleased(_NOW, "", _NOW, _name(fields, "inject"), "hand"),
    "sign_draft": lambda fields: h.DraftSigned(_NOW, "", _NOW, _name(fields, "draft")),
    "drop_draft": lambda fields: h.DraftDropped(_NOW, "", _NOW, _name(fields, "draft")),
    "say": _say,
    "note": _note,
    "improve": _improve,
    "close": lambda fields: h.RoomClosed(_NOW, "", _NOW, _text(fields, "reason", most=400)),
}
"""What a page can ask for; inviting and stepping to what comes next are asked of the desk."""

INVITATION_GOOD_FOR = timedelta(days=2)
