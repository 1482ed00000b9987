"""The log of a room, written by one thread of its own: a log is used by one thread, a server has many."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from foedus.exercise.log.event import Event, Recorded
from foedus.exercise.log.log import Log, Receipt

Got = TypeVar("Got")


class RoomWriter:
    """A log behind its thread."""

    def __init__(self, open_log: Callable[[], Log]) -> None:
        """Open a log in a thread of its own; raise what opening it raises."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="room-log")
        try:
            self._log = self._do(open_log)
        except BaseException:
            self._thread.shutdown()
            raise

    @property
    def size(self) -> int:
        """Number of events."""
        return self._log.size

    @property
    def checkpoint(self) -> str:
        """The latest signed checkpoint."""
        return self._log.checkpoint

    @property
    def root(self) -> str:
        """The root of the tree, in hex."""
        return self._do(lambda: self._log.root()).hex()

    def append(self, events: Sequence[Event], *, expected_size: int | None = None) -> Receipt:
        """Add events, as `Log.append` does."""
        return self._do(lambda: self._log.append(events, expected_size=expected_size))

    def events(self) -> tuple[Recorded, ...]:
        """Return the events as they are on the disk."""
        return self._do(lambda: tuple(self._log.events()))

    def close(self) -> None:
        """Let go of the log and of the thread."""
        self._do(self._log.close)
        self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _do(self, what: Callable[[], Got]) -> Got:
        return self._thread.submit(what).result()
