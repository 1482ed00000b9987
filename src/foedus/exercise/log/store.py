"""What a place that keeps a log can do: the small interface that SQLite, PostgreSQL and exports share."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from foedus.exercise.log.event import StoredEvent
from foedus.exercise.log.note import Verifier

FORMAT = "foedus-log-1"
"""Name of this form of log; it stands in every file."""


@dataclass(frozen=True)
class Header:
    """What is known of a log before its first event."""

    key: Verifier
    """Whose signature its checkpoints bear; the name of the key is the name of the log."""
    format: str = FORMAT


@dataclass(frozen=True)
class StoredCheckpoint:
    """A signed checkpoint as it is kept: the text of the note, and the number of events it says it is about."""

    size: int
    note: str


Item = StoredEvent | StoredCheckpoint
"""A log is its header, the checkpoint of no events, and then events, each run of them closed by its checkpoint."""


class Damaged(Exception):
    """Something in a file that cannot be read as part of a log; the message says what."""


class LogView(Protocol):
    """A log to read: each reading sees one state of it, whatever is written meanwhile."""

    has_lines: bool
    """Whether each item stands in a line of its own, the header in the first."""

    def reading(self) -> AbstractContextManager[tuple[Header, Iterator[Item]]]:
        """Give the header and everything after it, in order; ``Damaged`` is raised where that cannot be read."""
        ...

    def complaint(self) -> str:
        """Say what is wrong with the place itself, as its own means of checking tell; empty where nothing is."""
        ...


class Store(LogView, Protocol):
    """A log to read and to add to. One writer has it at a time."""

    def is_new(self) -> bool:
        """Tell whether nothing was ever stored here."""
        ...

    def begin(self, header: Header, items: Iterable[Item]) -> None:
        """Store the header and what follows it, at the least the checkpoint of no events, all or nothing."""
        ...

    def commit(self, rows: Sequence[StoredEvent], checkpoint: StoredCheckpoint, *, erase: Sequence[int] = ()) -> None:
        """Add events and their checkpoint and drop the personal parts named, all or nothing; on the disk on return.

        Raises ``LogUnavailable`` where it failed; what is stored is then known only after opening anew.
        """
        ...

    def wipe(self) -> None:
        """Overwrite what was dropped, as far as the place lets one; raise ``LogUnavailable`` where it cannot yet."""
        ...

    def close(self) -> None:
        """Let go of the place."""
        ...
