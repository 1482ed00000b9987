"""What bots do and when: each choice falls due some time after it arose, and is come to once.

Where the game has a choice (move a response, join it, perform what falls due) a bot draws by the equilibrium's odds.
What the game has no choice for (invoke, meet, report a request, move and sign what the reports carry) it does by rule:
it signs what the reports that its seat may read carry, and dissents from what they do not. The adversary is the script.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache, partial

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.exercise.room import happenings as h
from foedus.exercise.room.deciding.admission import admit
from foedus.exercise.room.deciding.due import Due
from foedus.exercise.room.room_state import RoomEvent, RoomState, Seat
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.evidence.carried import Carried, carried
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.procedure.obligations import promises_of
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.settle import is_decision_needed
from foedus.mechanism.procedure.stages import deadline_of, is_open_to_finding
from foedus.mechanism.procedure.state import Incident
from foedus.mechanism.procedure.world import world_of
from foedus.mechanism.rules.decisions import deciders, may_respond
from foedus.mechanism.rules.findings import finders, is_finder_named
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import World, is_at_least

PATIENCE_HOURS: dict[str, tuple[float, float]] = {
    "invoke": (0.5, 2.0),
    "request": (0.5, 2.0),
    "meet": (6.0, 10.0),
    "find": (3.0, 6.0),
    "sign": (0.5, 4.0),
    "propose": (3.0, 6.0),
    "join": (0.5, 4.0),
    "act": (4.0, 12.0),
}
"""How long after a choice arises a bot comes to it: drawn between these. People have that long to go first."""
MINOR = frozenset({"sign", "join", "act"})
"""Choices of many bots one after the other, over which somebody who plays alone steps."""
_RANK = 2
IN_TIME = 0.8
"""Share of the time that a text leaves after which no bot has yet to begin."""
MOST_REVISIONS = 3
"""Times that bots move one finding after another in an incident."""


@dataclass(frozen=True)
class Choice:
    """A choice of a bot."""

    seat: Seat
    kind: str
    incident: str
    about: str
    """What tells it from earlier ones of its kind."""
    since: datetime
    by: datetime | None
    """When the text's own time for it is over."""

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.seat.id}:{self.kind}:{self.incident}:{self.about}"


def bot_choices(room: RoomState) -> Iterator[Due]:
    """Yield what bots come to next; nothing that the equilibrium decides before it is drawn."""
    if room.is_closed or room.mechanism.is_ended:
        return
    bots = [seat for seat in room.seats.values() if seat.is_bot and seat.party]
    for incident in room.mechanism.incidents.values():
        if not incident.is_closed:
            for choice in _arisen(room, incident, bots):
                if choice.key not in room.chosen:
                    yield Due(_when(room, choice), _RANK, choice.key, partial(_come_to, choice=choice))


def is_minor(due: Due) -> bool:
    """Tell whether what falls due is one of many alike."""
    return due.rank == _RANK and due.name.split(":")[1] in MINOR


def share(room: RoomState, *what: str) -> float:
    """Return a number from 0 to 1 that follows from the seed of the room and what it is drawn for."""
    text = "|".join((str(room.opened.seed), *what)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8]) / 2**64


def _when(room: RoomState, choice: Choice) -> datetime:
    low, high = PATIENCE_HOURS[choice.kind]
    comes = choice.since + timedelta(hours=low + (high - low) * share(room, "when", choice.key))
    if choice.by is not None and choice.by > choice.since:
        comes = min(comes, choice.since + IN_TIME * (choice.by - choice.since))
    return max(comes, room.mechanism.now, choice.since)


def _arisen(room: RoomState, incident: Incident, bots: list[Seat]) -> Iterator[Choice]:
    """Yield every choice that an incident puts to a bot as things stand."""
    opened = _latest(room, incident.id, e.IncidentOpened)
    yield from _to_open(room, incident, bots, opened)
    if is_open_to_finding(room.mechanism, incident):
        yield from _to_find(room, incident, bots)
        yield from _to_respond(room, incident, bots)
    yield from _to_act(room, incident, bots)


def _to_open(room: RoomState, incident: Incident, bots: list[Seat], opened: datetime) -> Iterator[Choice]:
    state, arrangement = room.mechanism, room.mechanism.arrangement
    protected = set(arrangement.parties.protected_state)
    if not is_open_to_finding(state, incident):
        invokers = named(arrangement.trigger.invoked_by, arrangement)
        able = [seat for seat in bots if seat.party in invokers]
        first = next((seat for seat in able if seat.party in protected), next(iter(able), None))
        if first:
            yield Choice(first, "invoke", incident.id, "", opened, None)
        return
    asking = next((seat for seat in bots if seat.party in protected), None)
    if asking and "requested" not in incident.facts:
        yield Choice(asking, "request", incident.id, "", opened, None)
    meeting = next((seat for seat in bots if seat.party in arrangement.parties.guarantor), None)
    if meeting and not incident.is_met:
        yield Choice(meeting, "meet", incident.id, "", opened, deadline_of(arrangement, incident, "meet"))


def _to_find(room: RoomState, incident: Incident, bots: list[Seat]) -> Iterator[Choice]:
    state, arrangement = room.mechanism, room.mechanism.arrangement
    by = deadline_of(arrangement, incident, "find")
    seats = finders(arrangement, World(gone=state.gone))
    if incident.finding_motion is not None:
        moved = _latest(room, incident.id, e.FindingProposed)
        for seat in bots:
            if seat.party in seats and seat.party not in incident.finding_votes:
                yield Choice(seat, "sign", incident.id, _stamp(moved), moved, by)
        return
    movers = [seat for seat in bots if seat.party in seats or not is_finder_named(arrangement)]
    lead = next((seat for seat in movers if seat.party == _leader(room)), next(iter(movers), None))
    times = _count(room, incident.id, e.FindingProposed)
    if lead and not incident.is_finding_failed and times < MOST_REVISIONS and _finds_otherwise(room, incident, lead):
        since = max(
            _latest(room, incident.id, kind) for kind in (e.ReportFiled, e.Met, e.FindingMade, e.IncidentOpened)
        )
        yield Choice(lead, "find", incident.id, str(len(incident.reports)), since, by if not incident.finding else None)


def _to_respond(room: RoomState, incident: Incident, bots: list[Seat]) -> Iterator[Choice]:
    state, arrangement = room.mechanism, room.mechanism.arrangement
    if incident.finding is None or room.odds is None or not is_decision_needed(state) or incident.decision is not None:
        return
    by = deadline_of(arrangement, incident, "decide")
    if incident.tier_motion is not None:
        moved = _latest(room, incident.id, e.TierProposed)
        for seat in bots:
            if seat.party in deciders(arrangement) and seat.party not in incident.tier_votes:
                yield Choice(seat, "join", incident.id, _stamp(moved), moved, by)
        return
    if may_respond(arrangement, world_of(state, incident)):
        lead = arrangement.decision.framework_nation or room.odds.proposer
        mover = next((seat for seat in bots if seat.party == lead), None)
        if mover is None and not arrangement.decision.framework_nation:
            mover = next((seat for seat in bots if seat.party in arrangement.parties.guarantor), None)
        if mover:
            yield Choice(mover, "propose", incident.id, _stamp(incident.finding.at), incident.finding.at, by)


def _to_act(room: RoomState, incident: Incident, bots: list[Seat]) -> Iterator[Choice]:
    """Perform what has fallen due."""
    if room.odds is None:
        return
    by_party = {seat.party: seat for seat in bots}
    names = {promise.place: promise.name for promise in promises_of(room.mechanism.arrangement)}
    for (place, debtor), each in incident.obligations.items():
        if each.status is ObligationStatus.DUE and debtor in by_party:
            since = _due_since(room, incident.id, place, debtor)
            yield Choice(by_party[debtor], "act", incident.id, names[place], since, each.deadline)


def _due_since(room: RoomState, incident: str, place: tuple[str | int, ...], debtor: str) -> datetime:
    for entry in reversed(room.history):
        match entry.event:
            case e.ObligationChanged(to=ObligationStatus.DUE) as event:
                if (event.incident, event.place) == (incident, place) and debtor in event.debtors:
                    return event.at
    return room.opened.at


def _come_to(*, room: RoomState, wall: datetime, choice: Choice) -> tuple[RoomEvent, ...]:
    """Return the choice as it is made now, and what follows from it."""
    at = _when(room, choice)
    command, chose, because, chance = _MAKE[choice.kind](room, choice, at)
    said = h.BotChose(at, choice.seat.id, wall, choice.key, chose, because, chance)
    if command is None:
        return (said,)
    made = admit(_timed(room, at), command, seat=choice.seat.id, wall=wall)
    return (said,) if isinstance(made, Refusal) else (said, *made)


def _timed(room: RoomState, at: datetime) -> RoomState:
    """Return the room as its clock has it at a moment, since what falls due happens then and not when it is noticed."""
    return replace(room, clock=replace(room.clock, scenario=at, rate=0))


_Made = tuple[c.Command | None, str, str, int]


def _invoke(_room: RoomState, choice: Choice, at: datetime) -> _Made:
    return c.Invoke(at, choice.seat.party, choice.incident), "invokes", "it may, and something happened", 1000


def _request(_room: RoomState, choice: Choice, at: datetime) -> _Made:
    fact = c.StateFact(at, choice.seat.party, choice.incident, "requested")
    return fact, "asks for help", "it says that it was attacked", 1000


def _meet(_room: RoomState, choice: Choice, at: datetime) -> _Made:
    return c.Meet(at, choice.seat.party, choice.incident), "calls the meeting", "the text waits for it", 1000


def _find(room: RoomState, choice: Choice, at: datetime) -> _Made:
    seen = _carried_to(room, choice.incident, choice.seat)
    motion = c.ProposeFinding(at, choice.seat.party, choice.incident, seen.finding, seen.attribution)  # type: ignore[arg-type]
    return motion, f"moves {seen.finding or 'no breach'}", "it is what the reports that it may read carry", 1000


def _sign(room: RoomState, choice: Choice, at: datetime) -> _Made:
    motion = room.mechanism.incidents[choice.incident].finding_motion
    seen = _carried_to(room, choice.incident, choice.seat)
    if motion is None:
        return None, "does nothing", "no motion is open", 1000
    met = {test.finding for test in seen.tests if test.is_met}
    is_proven = motion.finding in met if motion.finding else seen.finding is None
    is_sure = is_at_least("attribution", value=seen.attribution, level=motion.attribution)
    vote = c.Vote.YES if is_proven and is_sure else c.Vote.NO
    because = "the reports that it may read carry it" if vote is c.Vote.YES else "the reports that it may read do not"
    return c.VoteOnFinding(at, choice.seat.party, choice.incident, vote), f"votes {vote}", because, 1000


def _propose(room: RoomState, choice: Choice, at: datetime) -> _Made:
    incident, odds = room.mechanism.incidents[choice.incident], room.odds
    finding = incident.finding.finding if incident.finding else None
    if odds is None or finding is None:
        return None, "moves nothing", "there is no breach to answer", 1000
    chances = odds.proposes[str(finding)]
    if finding is Finds.INVASION and share(room, "defend", choice.key) * 1000 < chances["defend"]:
        tier, chance = "defend", chances["defend"]
    else:
        drawn, tier = share(room, "tier", choice.key) * 1000, "deploy"
        for name in ("none", "support"):
            if drawn < chances[name]:
                tier = name
                break
            drawn -= chances[name]
        chance = chances[tier]
    because = "drawn by the odds of the equilibrium on what is found"
    if tier == "none":
        return None, "moves no response", because, chance
    return c.ProposeTier(at, choice.seat.party, choice.incident, TierWord(tier)), f"moves {tier}", because, chance


def _join(room: RoomState, choice: Choice, at: datetime) -> _Made:
    incident = room.mechanism.incidents[choice.incident]
    if incident.tier_motion is None:
        return None, "does nothing", "no motion is open", 1000
    tier = incident.tier_motion.tier
    chance = _chance_to_join(room, incident, choice.seat.party, tier)
    joins = share(room, "join", choice.key) * 1000 < chance
    vote = c.Vote.YES if joins else c.Vote.NO
    command = c.VoteOnTier(at, choice.seat.party, choice.incident, vote)
    return (
        command,
        f"votes {vote} on {tier}",
        "drawn by the odds of the equilibrium",
        chance if joins else 1000 - chance,
    )


def _act(room: RoomState, choice: Choice, at: datetime) -> _Made:
    incident = room.mechanism.incidents[choice.incident]
    place = next(each.place for each in promises_of(room.mechanism.arrangement) if each.name == choice.about)
    tier = incident.obligations[(place, choice.seat.party)].tier or TierWord.SUPPORT
    chance = _chance_to_join(room, incident, choice.seat.party, tier)
    if share(room, "act", choice.key) * 1000 >= chance:
        return None, f"does not perform {choice.about}", "drawn by the odds of the equilibrium", 1000 - chance
    act = c.TakeAct(at, choice.seat.party, choice.incident, tier, under=choice.about)
    return act, f"performs {choice.about}", "drawn by the odds of the equilibrium", chance


_MAKE = {
    "invoke": _invoke,
    "request": _request,
    "meet": _meet,
    "find": _find,
    "sign": _sign,
    "propose": _propose,
    "join": _join,
    "act": _act,
}


def _chance_to_join(room: RoomState, incident: Incident, party: str, tier: TierWord) -> int:
    """Return the odds in thousandths; where nothing is found or the party has no part in the game, it stands aside."""
    finding = incident.finding.finding if incident.finding else None
    if room.odds is None or finding is None:
        return 0
    return room.odds.joins.get(f"{finding}:{tier}", {}).get(party, 0)


def _finds_otherwise(room: RoomState, incident: Incident, seat: Seat) -> bool:
    """Tell whether the reports that a seat may read carry something else than is found."""
    seen = _carried_to(room, incident.id, seat)
    return seen.finding is not (incident.finding.finding if incident.finding else None)


def _carried_to(room: RoomState, incident: str, seat: Seat) -> Carried:
    state = room.mechanism
    told = tuple(each for each in state.incidents[incident].reports if each.may_be_read_by(seat.party))
    return _weighed(told, _Basis(state.arrangement, state.judgments, state.prior))


@dataclass(frozen=True, eq=False)
class _Basis:
    """What reports are weighed by; the same only where it is the same object's parts."""

    arrangement: Arrangement
    judgments: Judgments
    prior: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Basis) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    @property
    def _parts(self) -> tuple[int, int, str]:
        return id(self.arrangement), id(self.judgments), self.prior


@lru_cache(maxsize=256)
def _weighed(told: tuple[Report, ...], basis: _Basis) -> Carried:
    return carried(told, arrangement=basis.arrangement, judgments=basis.judgments, prior=basis.prior)


def _leader(room: RoomState) -> str:
    return room.mechanism.arrangement.decision.framework_nation or (room.odds.proposer if room.odds else "")


def _latest(room: RoomState, incident: str, kind: type[e.Event]) -> datetime:
    """Return when something last happened in an incident; when the room opened, where it never did."""
    for entry in reversed(room.history):
        if isinstance(entry.event, kind) and getattr(entry.event, "incident", "") == incident:
            return entry.event.at
    return room.opened.at


def _count(room: RoomState, incident: str, kind: type[e.Event]) -> int:
    return sum(
        isinstance(each.event, kind) and getattr(each.event, "incident", "") == incident for each in room.history
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"
