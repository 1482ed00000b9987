"""Events of the procedure, and of whatever is built on it, as events of the log, and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, Optional, Protocol

from pydantic import TypeAdapter, ValidationError

from foedus.errors import UnreadableResult
from foedus.exercise.log.canonical import Value
from foedus.exercise.log.event import Event as LogEvent
from foedus.exercise.log.event import Recorded
from foedus.mechanism.procedure.events import EVENTS, Event

_OWN = ("at", "actor")


class LogKind(Protocol):
    """A frozen dataclass that the log can keep: it has a type, a time of the scenario and somebody who did it."""

    type: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def at(self) -> datetime:
        """When, in the time of the scenario."""

    @property
    def actor(self) -> str:
        """Who."""


def to_log(event: LogKind) -> LogEvent:
    """Return an event as the log records it; the time of the scenario is the time of the entry."""
    payload = {each.name: _plain(getattr(event, each.name)) for each in fields(event) if each.name not in _OWN}
    kept = {name: value for name, value in payload.items() if value is not None}
    return LogEvent(type=event.type, payload=kept, time=event.at, actor=event.actor)


def from_log(recorded: LogEvent) -> Event:
    """Return a recorded event; raise `UnreadableResult` where it is none of this procedure."""
    if recorded.type not in EVENTS:
        raise UnreadableResult(f"{recorded.type} is no event of the procedure")
    event: Event = read_as(EVENTS[recorded.type], recorded)
    return event


def read_as(kind: type[Any], recorded: LogEvent) -> Any:
    """Return a recorded event as one of a kind; raise `UnreadableResult` where it does not read as that."""
    data = {**_thawed(recorded.payload), "at": recorded.time, "actor": recorded.actor}
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        raise UnreadableResult(f"{recorded.type} does not read: {error.errors()[0]['msg']}") from error


def events_of(recorded: Iterable[Recorded]) -> Iterator[Event]:
    """Return the events of a log, its own notes left out."""
    for each in recorded:
        if each.event.type in EVENTS:
            yield from_log(each.event)


@cache
def _adapters() -> dict[type[Any], TypeAdapter[Any]]:
    """Return the readers that were made so far, by what they read."""
    return {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    known = _adapters()
    if kind not in known:
        known[kind] = TypeAdapter(kind)
    return known[kind]


def _plain(value: Any) -> Optional[Value]:  # noqa: UP045  (the alias is text at run time)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        inner = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {name: each for name, each in inner.items() if each is not None}
    if isinstance(value, Mapping):
        return {
            str(name): each for name, each in ((key, _plain(item)) for key, item in value.items()) if each is not None
        }
    return [each for each in map(_plain, value) if each is not None]


def _thawed(value: Any) -> Any:
    """Return plain maps and lists for the frozen ones of the log."""
    if isinstance(value, Mapping):
        return {key: _thawed(each) for key, each in value.items()}
    return [_thawed(each) for each in value] if isinstance(value, tuple | list) else value
