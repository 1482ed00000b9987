"""Roles in a room, what each may do and what each may see: a table, and nothing that is not in it.

Everything is refused and hidden unless a row here allows it. `view` and `admission` read this table and nothing else.
"""

from collections.abc import Mapping
from enum import StrEnum

from foedus.values.word import Word


class Role(Word):
    """What somebody is in a room."""

    DIRECTOR = "director", "leads: seats and the end, and in an exercise the clock and what happens"
    CONTROLLER = "controller", "releases injects of one storyline and plays parties that are absent"
    DELEGATE = "delegate", "speaks for one party"
    HEAD = "head", "heads a delegation: votes and commits for it"
    MONITOR = "monitor", "reports what is seen, and has no vote"
    CHAIR = "chair", "holds the meeting and closes votes; has neither vote nor clock"
    EVALUATOR = "evaluator", "watches everything and notes it beside the objectives"
    OBSERVER = "observer", "reads what is public"
    AUDITOR = "auditor", "verifies and exports the log"


class Deed(Word):
    """A kind of thing that can be done."""

    REPORT = "report", "open an incident, file a report"
    MOVE = "move", "invoke, call a meeting, state a fact, move a finding or a response"
    VOTE = "vote", "sign, dissent, join, refuse, abstain"
    COMMIT = "commit", "act, give notice"
    SAY = "say", "send a message or make a statement"
    CHAIR = "chair", "hold a meeting, close a vote, close an incident"
    PLAY_ABSENT = "play_absent", "act for a party whose seat nobody has taken"
    CLOCK = "clock", "set the clock, step it, pause it"
    PLAN = "plan", "write, hold, move and drop injects"
    RELEASE = "release", "release an inject by hand"
    SEATS = "seats", "make seats, invite to them, hand them to bots"
    NOTE = "note", "note an observation beside an objective"
    IMPROVE = "improve", "write the improvement plan"
    END = "end", "end the exercise or sitting"
    EXPORT = "export", "take the log away"


class RoomField(Word):
    """A part of what can be seen of a room."""

    CLOCK = "clock", "the time of the scenario and how fast it runs"
    SITUATION = "situation", "incidents, findings, votes and obligations"
    REPORTS = "reports", "what is reported of an incident, and what the reports carry"
    MESSAGES = "messages", "messages and statements"
    SEATS = "seats", "who sits where, and which seats bots play"
    INVITATIONS = "invitations", "which seats may be taken by a link, until when"
    INJECTS = "injects", "what is planned to happen"
    DRAFTS = "drafts", "votes and commitments that one person of a delegation drafted for the other"
    ODDS = "odds", "what the bots' equilibrium makes of each choice, and what they drew"
    NOTES = "notes", "what evaluators noted"
    IMPROVEMENTS = "improvements", "what is to be done better, by whom and when"
    AFTER_ACTION = "after_action", "the after-action report"
    LOG = "log", "every entry of the log"


class Reach(StrEnum):
    """How much of a field is seen."""

    NONE = "none"
    OWN = "own"
    """What is meant for the seat: its party's, its storyline's, what was sent to it or to all."""
    ALL = "all"


class Phase(Word):
    """Where a room stands in its life."""

    PLANNED = "planned", "the clock has never run"
    RUNNING = "running", "the clock runs"
    PAUSED = "paused", "the clock stands"
    ENDED = "ended", "nothing more is done; the players see what was hidden"


_PARTY_DEEDS = frozenset({Deed.REPORT, Deed.MOVE, Deed.VOTE, Deed.COMMIT, Deed.SAY})

DEEDS: Mapping[Role, frozenset[Deed]] = {
    Role.DIRECTOR: frozenset(Deed) - {Deed.VOTE, Deed.COMMIT, Deed.MOVE},
    Role.CONTROLLER: frozenset({Deed.RELEASE, Deed.PLAY_ABSENT, Deed.SAY}),
    Role.DELEGATE: _PARTY_DEEDS,
    Role.HEAD: _PARTY_DEEDS,
    Role.MONITOR: frozenset({Deed.REPORT, Deed.SAY}),
    Role.CHAIR: frozenset({Deed.CHAIR, Deed.SAY}),
    Role.EVALUATOR: frozenset({Deed.NOTE, Deed.IMPROVE}),
    Role.OBSERVER: frozenset(),
    Role.AUDITOR: frozenset({Deed.EXPORT}),
}
"""What each role may do; a delegate leaves voting and committing to the head of its delegation where one sits."""

HEADS_OWN = frozenset({Deed.VOTE, Deed.COMMIT})
"""What a delegate may not do where a head of its delegation sits."""

OF_REHEARSALS = frozenset({Deed.CLOCK, Deed.PLAN, Deed.RELEASE, Deed.PLAY_ABSENT})
"""What nobody does in earnest: there the clock is the wall's, nothing is injected and nobody is played."""

_PUBLIC = {RoomField.CLOCK: Reach.ALL, RoomField.SITUATION: Reach.ALL, RoomField.SEATS: Reach.ALL}
_SEATED = {**_PUBLIC, RoomField.REPORTS: Reach.OWN, RoomField.MESSAGES: Reach.OWN}
_EVERYTHING = dict.fromkeys(RoomField, Reach.ALL)

SEEN: Mapping[Role, Mapping[RoomField, Reach]] = {
    Role.DIRECTOR: _EVERYTHING,
    Role.CONTROLLER: {
        **_PUBLIC,
        RoomField.REPORTS: Reach.ALL,
        RoomField.MESSAGES: Reach.ALL,
        RoomField.INJECTS: Reach.OWN,
    },
    Role.DELEGATE: {**_SEATED, RoomField.DRAFTS: Reach.OWN},
    Role.HEAD: {**_SEATED, RoomField.DRAFTS: Reach.OWN},
    Role.MONITOR: _SEATED,
    Role.CHAIR: _SEATED,
    Role.EVALUATOR: {**_EVERYTHING, RoomField.INVITATIONS: Reach.NONE, RoomField.LOG: Reach.NONE},
    Role.OBSERVER: _PUBLIC,
    Role.AUDITOR: {**_PUBLIC, RoomField.LOG: Reach.ALL},
}
"""What each role sees of each field until the end; what is not named is not seen."""

_REVEALED = {
    RoomField.REPORTS: Reach.ALL,
    RoomField.INJECTS: Reach.ALL,
    RoomField.ODDS: Reach.ALL,
    RoomField.NOTES: Reach.ALL,
    RoomField.IMPROVEMENTS: Reach.ALL,
    RoomField.AFTER_ACTION: Reach.ALL,
}

REVEALED: Mapping[Role, Mapping[RoomField, Reach]] = dict.fromkeys(
    (Role.CONTROLLER, Role.DELEGATE, Role.HEAD, Role.MONITOR, Role.CHAIR), _REVEALED
)
"""What is shown beyond that once a rehearsal has ended, for the talk afterwards; in earnest nothing is revealed."""


def reach_of(role: Role, field: RoomField, *, phase: Phase, is_rehearsal: bool) -> Reach:
    """Return how much of a field a role sees."""
    if phase is Phase.ENDED and is_rehearsal and field in REVEALED.get(role, {}):
        return REVEALED[role][field]
    return SEEN[role].get(field, Reach.NONE)


def may(role: Role, deed: Deed, *, is_rehearsal: bool) -> bool:
    """Tell whether a role may do something at all."""
    return deed in DEEDS[role] and (is_rehearsal or deed not in OF_REHEARSALS)
