"""What is recorded: an event, and the entry that stands for it in the tree.

An entry is the canonical JSON of a map with the keys ``actor``, ``payload``, ``seq``, ``time``, ``type`` and, where the
event has a personal part, ``personal``: HMAC-SHA-256 in hex over the canonical JSON of that part, keyed with a salt of
32 random bytes. Salt and text stand outside the entry, so that they can be erased and the entry stays what it was.
"""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from foedus.exercise.log.canonical import LARGEST_INTEGER, Value, decode, encode, freeze
from foedus.exercise.log.merkle import Hash, leaf_hash

SALT_BYTES = 32
RESERVED = "log."
"""Types of events that the log itself writes begin so."""
ERASED = "log.erased"
"""Type of the event that records an erasure; its payload has ``events`` (their numbers) and ``reason``."""
_TYPE = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_KEYS = {"actor", "payload", "seq", "time", "type"}


class NotAnEvent(ValueError):
    """A record that breaks the form of events, or an entry that does not have it."""


@dataclass(frozen=True)
class Event:
    """Something that happened, as its writer tells it."""

    type: str
    """Lower-case words joined by dots, such as ``report.filed``."""
    payload: Mapping[str, Value]
    """Everything that stays: texts, whole numbers, true and false, lists and maps."""
    time: datetime
    """Wall time as told by the writer's clock, with its zone; recorded in UTC to the microsecond."""
    actor: str
    """Seat or role that acted; the names of people belong into the personal part."""
    personal: Mapping[str, Value] = field(default_factory=dict)
    """What may have to be erased later; empty where there is nothing of the kind."""

    def __post_init__(self) -> None:
        if not _TYPE.fullmatch(self.type):
            raise NotAnEvent(f"{self.type!r} is no type of event: lower-case words joined by dots")
        if not self.actor:
            raise NotAnEvent("an event has an actor")
        if self.time.tzinfo is None:
            raise NotAnEvent("the time of an event has a zone")
        for name in ("payload", "personal"):
            value = getattr(self, name)
            if not isinstance(value, Mapping):
                raise NotAnEvent(f"{name} is a map, not {type(value).__name__}")
            object.__setattr__(self, name, freeze(value))


@dataclass(frozen=True)
class Personal:
    """The part of an event that can be erased, as it is stored."""

    salt: bytes
    """32 random bytes, which keep a short text from being guessed from its commitment."""
    text: bytes
    """Canonical JSON."""

    @property
    def commitment(self) -> str:
        """HMAC-SHA-256 of the text under the salt, in hex: what the entry holds instead."""
        return hmac.digest(self.salt, self.text, "sha256").hex()


@dataclass(frozen=True)
class StoredEvent:
    """An event as it is stored: its entry in the tree, the hash of that, and the personal part unless it is erased."""

    seq: int
    """Number of the event, counted from 0 without gaps."""
    entry: bytes
    leaf: Hash
    personal: Personal | None = None


@dataclass(frozen=True)
class Recorded:
    """An event as it is read back."""

    seq: int
    event: Event
    """Its personal part is empty where the event had none, and where it was erased."""
    commitment: str = ""
    """Of the personal part, in hex; empty where there never was one."""

    @property
    def is_erased(self) -> bool:
        """Whether the event had a personal part and has it no longer."""
        return bool(self.commitment) and not self.event.personal


def to_row(event: Event, *, seq: int, salt: bytes) -> StoredEvent:
    """Give an event its place; the salt, 32 bytes never used before, serves its personal part if it has one."""
    personal = Personal(salt=salt, text=encode(event.personal)) if event.personal else None
    record: dict[str, Value] = {
        "actor": event.actor,
        "payload": event.payload,
        "seq": seq,
        "time": write_time(event.time),
        "type": event.type,
    }
    if personal:
        record["personal"] = personal.commitment
    entry = encode(record)
    return StoredEvent(seq=seq, entry=entry, leaf=leaf_hash(entry), personal=personal)


def from_row(row: StoredEvent) -> Recorded:
    """Read a row back; raise ``NotAnEvent`` or ``NotCanonical`` where it does not hold together."""
    recorded = from_entry(row.entry)
    if recorded.seq != row.seq:
        raise NotAnEvent(f"the entry says that it is event {recorded.seq}")
    if leaf_hash(row.entry) != row.leaf:
        raise NotAnEvent("the entry does not have the hash that was recorded with it")
    if row.personal is None:
        return recorded
    if not hmac.compare_digest(row.personal.commitment, recorded.commitment):
        raise NotAnEvent("the personal part is not the one that the entry commits to")
    personal = decode(row.personal.text)
    if not isinstance(personal, Mapping) or not personal:
        raise NotAnEvent("the personal part is not a map that holds something")
    event = recorded.event
    told = Event(type=event.type, payload=event.payload, time=event.time, actor=event.actor, personal=personal)
    return Recorded(seq=recorded.seq, event=told, commitment=recorded.commitment)


def from_entry(entry: bytes) -> Recorded:
    """Read the entry alone; raise ``NotAnEvent`` or ``NotCanonical``."""
    record = decode(entry)
    if not isinstance(record, Mapping) or set(record) - {"personal"} != _KEYS:
        raise NotAnEvent("an entry has actor, payload, seq, time, type and perhaps personal, nothing else")
    kind, actor, time, payload, seq = (record[key] for key in ("type", "actor", "time", "payload", "seq"))
    commitment = record.get("personal", "")
    if not (isinstance(kind, str) and isinstance(actor, str) and isinstance(payload, Mapping)):
        raise NotAnEvent("type and actor are texts, payload is a map")
    if isinstance(seq, bool) or not isinstance(seq, int) or not 0 <= seq <= LARGEST_INTEGER:
        raise NotAnEvent("seq is a whole number from 0 on")
    if not isinstance(commitment, str) or ("personal" in record and not _COMMITMENT.fullmatch(commitment)):
        raise NotAnEvent("personal is 64 hex digits")
    event = Event(type=kind, payload=payload, time=read_time(time), actor=actor)
    return Recorded(seq=seq, event=event, commitment=commitment)


def erased_by(event: Event) -> Sequence[int]:
    """Return the numbers of the events whose personal part this event records as erased; none for other events."""
    if event.type != ERASED:
        return ()
    numbers, reason = event.payload.get("events"), event.payload.get("reason")
    if set(event.payload) != {"events", "reason"} or not isinstance(reason, str) or not isinstance(numbers, tuple):
        raise NotAnEvent(f"the payload of {ERASED} has events, a list, and reason, a text")
    if not numbers or any(isinstance(number, bool) or not isinstance(number, int) for number in numbers):
        raise NotAnEvent(f"events of {ERASED} are whole numbers")
    return numbers


def write_time(time: datetime) -> str:
    """Write a time in UTC to the microsecond, such as ``2026-03-01T09:00:00.000000Z``; the texts sort as the times."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_time(text: object) -> datetime:
    """Read a time that is written in this one way; raise ``NotAnEvent``."""
    try:
        time = datetime.fromisoformat(text if isinstance(text, str) else "").astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotAnEvent(f"{text!r} is not a time such as 2026-03-01T09:00:00.000000Z") from error
    if write_time(time) != text:
        raise NotAnEvent(f"{text!r} is not a time such as 2026-03-01T09:00:00.000000Z")
    return time
