"""Judge a log, offline: whether it is what was signed, and if not, from which event on."""

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.exercise.log.merkle import Hash
from foedus.exercise.log.note import Verifier
from foedus.exercise.log.reading import Fault, LogReading
from foedus.exercise.log.store import Damaged, LogView


@dataclass(frozen=True)
class Flaw:
    """Where a log stops being what was signed, and how that shows."""

    event: int
    """Number of the first event that cannot be vouched for: everything before it is as it was signed."""
    what: str
    line: int = 0
    """Line of the export, counted from 1; 0 for a database."""


@dataclass(frozen=True)
class Verdict:
    """What was found in a log; the counts are of what was read up to the flaw where there is one."""

    flaw: Flaw | None
    """None where the log is whole."""
    key: Verifier | None
    """Whose signature the checkpoints bear, as the log itself says or as was asked for; None where it says nothing."""
    is_key_given: bool
    """Whether the key came from the reader. Otherwise whoever forged the whole file could have put in his own."""
    size: int
    """Number of events."""
    root: Hash
    checkpoint: str
    """The last signed checkpoint that fits; empty where none does."""
    checkpoints: int
    """Signed checkpoints that fit."""
    seen: int
    """Checkpoints from elsewhere that the log agrees with."""
    personal: int
    """Events that have or had a personal part."""
    erased: tuple[int, ...]
    """Events whose personal part was erased, each recorded by a later event."""
    back_in_time: tuple[int, ...]
    """Events that are dated before an earlier event: the writer's clock was put back."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.flaw is None


def verify(source: LogView, *, key: Verifier | None = None, seen: Sequence[str] = ()) -> Verdict:
    """Read a log from beginning to end and judge it.

    ``key`` is the key that should have signed; without it the log's own word is taken. ``seen`` are signed checkpoints
    that somebody kept: the log must still contain what they stand for. Raises ``NotANote`` where one of those is not
    signed by that key, ``LogUnavailable`` and ``OSError`` where nothing can be read.
    """
    reading = LogReading(key)
    flaw = _flaw(source, reading, seen)
    return Verdict(
        flaw=flaw,
        key=reading.key,
        is_key_given=key is not None,
        size=reading.count,
        root=reading.tree.root(),
        checkpoint=reading.checkpoint.note if reading.checkpoint else "",
        checkpoints=reading.checkpoints,
        seen=reading.agreed,
        personal=len(reading.personal),
        erased=tuple(sorted(reading.erased)),
        back_in_time=tuple(reading.back_in_time),
    )


def _flaw(source: LogView, reading: LogReading, seen: Sequence[str]) -> Flaw | None:
    try:
        with source.reading() as (header, items):
            reading.meet(header.key)
            for _ in reading.follow(items):
                pass
        reading.close()
        reading.compare(seen)
    except Fault as fault:
        line = reading.line if source.has_lines and not fault.is_of_the_whole else 0
        return Flaw(event=fault.event, what=str(fault), line=line)
    except Damaged as damage:
        return Flaw(event=reading.count, what=str(damage), line=reading.line + 1 if source.has_lines else 0)
    if complaint := source.complaint():
        what = f"every event is as it was signed, but the place itself is damaged: {complaint}"
        return Flaw(event=reading.count, what=what)
    return None
