"""Go through a log from its beginning, seeing at each step that it is what was signed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from foedus.exercise.log.canonical import NotCanonical
from foedus.exercise.log.checkpoint import Checkpoint, open_checkpoint
from foedus.exercise.log.event import NotAnEvent, Recorded, StoredEvent, erased_by, from_row
from foedus.exercise.log.merkle import MerkleTree
from foedus.exercise.log.note import NotANote, Note, Verifier
from foedus.exercise.log.store import Item, StoredCheckpoint


class Fault(Exception):
    """What is wrong with a log, and the first event that cannot be vouched for."""

    def __init__(self, what: str, *, event: int, is_of_the_whole: bool = False) -> None:
        self.event = event
        self.is_of_the_whole = is_of_the_whole
        super().__init__(what)


class LogReading:
    """What is known of a log after so many of its items."""

    def __init__(self, key: Verifier | None = None) -> None:
        self.key = key
        self.tree = MerkleTree()
        self.line = 0
        """Number of the item last read, the header being 1."""
        self.checkpoint: StoredCheckpoint | None = None
        """The last that was found to fit."""
        self.missing: set[int] = set()
        """Events without their personal part of which no erasure was met so far."""
        self.kept: set[int] = set()
        """Events that have their personal part."""
        self.erased: set[int] = set()
        """Events that have it no longer, as a later event records."""
        self.personal: set[int] = set()
        """Events that have or had one: all of the above."""
        self.checkpoints = 0
        """How many fitted."""
        self.agreed = 0
        """How many from elsewhere fitted."""
        self.back_in_time: list[int] = []
        """Events that are dated before an earlier one."""
        self.latest = datetime.min.replace(tzinfo=UTC)
        """The latest time that any event was dated."""

    @property
    def count(self) -> int:
        """Number of events that were found to hold together."""
        return len(self.tree)

    def meet(self, key: Verifier) -> None:
        """Take the header's word for whose log it is, or refuse it where another key was asked for."""
        self.line = 1
        if self.key not in (None, key):
            raise Fault(f"the log says that it is signed by {key}, not by {self.key}", event=0)
        self.key = key

    def follow(self, items: Iterable[Item]) -> Iterator[Recorded]:
        """Go through events and checkpoints, giving the events; raise where one does not follow."""
        for item in items:
            self.line += 1
            if isinstance(item, StoredEvent):
                yield self._take(item)
            else:
                self._agree(item)

    def drop(self, numbers: Sequence[int]) -> None:
        """Take note that the place has dropped personal parts, ahead of the event that records it."""
        self.kept.difference_update(numbers)
        self.missing.update(numbers)

    def close(self) -> None:
        """See that every event is covered by a checkpoint, and every absence by an erasure."""
        covered = self.checkpoint.size if self.checkpoint else 0
        if self.checkpoint is None or covered < self.count:
            raise Fault("no signed checkpoint covers what comes from here on", event=covered, is_of_the_whole=True)
        if self.missing:
            first = min(self.missing)
            raise Fault(
                "its personal part is missing, and no event records an erasure", event=first, is_of_the_whole=True
            )

    def compare(self, seen: Sequence[str]) -> None:
        """See that checkpoints from elsewhere stand for the beginning of this very log."""
        agreed = 0
        for checkpoint in sorted((self._open_seen(note) for note in seen), key=lambda each: each.size):
            if checkpoint.size > self.count:
                raise Fault(
                    f"a checkpoint of {checkpoint.size} events was seen, and the log ends here: events were dropped",
                    event=self.count,
                    is_of_the_whole=True,
                )
            if checkpoint.root != self.tree.root(checkpoint.size):
                raise Fault(
                    f"a checkpoint of {checkpoint.size} events was seen that is not of this log: one of the events "
                    f"{agreed} to {checkpoint.size - 1} was another, and the key signed both",
                    event=agreed,
                    is_of_the_whole=True,
                )
            agreed = checkpoint.size
            self.agreed += 1

    def _open_seen(self, note: str) -> Checkpoint:
        """Open a checkpoint from elsewhere; one that this key has not signed is of a log that is not this one."""
        signers = {(line.name, line.key_id) for line in Note.parse(note).signatures}
        if self.key and (self.key.name, self.key.key_id) not in signers:
            names = ", ".join(sorted(name for name, _ in signers))
            raise Fault(
                f"a checkpoint was seen that another key signed ({names}): it is of another log, or this log was "
                f"written anew by {self.key}",
                event=0,
                is_of_the_whole=True,
            )
        return self._open(note)

    def _open(self, note: str) -> Checkpoint:
        if self.key is None:
            raise NotANote("the key of the log is not known")
        return open_checkpoint(note, verifier=self.key)

    def _take(self, row: StoredEvent) -> Recorded:
        if self.checkpoint is None:
            raise Fault("the checkpoint of no events does not come first", event=0)
        number = self.count
        if row.seq != number:
            raise Fault(f"event {row.seq} stands in its place", event=number)
        try:
            recorded = from_row(row)
            erased = erased_by(recorded.event)
        except (NotAnEvent, NotCanonical) as error:
            raise Fault(str(error), event=number) from error
        self._erase(erased, number=number)
        self._watch_personal(recorded, number=number)
        self._watch_clock(recorded)
        self.tree.append(row.leaf)
        return recorded

    def _watch_personal(self, recorded: Recorded, *, number: int) -> None:
        if recorded.commitment:
            self.personal.add(number)
            (self.missing if recorded.is_erased else self.kept).add(number)

    def _erase(self, numbers: Sequence[int], *, number: int) -> None:
        for each in numbers:
            if each in self.kept:
                raise Fault(f"it still carries the personal part that event {number} records as erased", event=each)
            if each not in self.missing:
                raise Fault(f"it records that event {each} was erased, which had nothing to erase", event=number)
            self.missing.discard(each)
            self.erased.add(each)

    def _watch_clock(self, recorded: Recorded) -> None:
        """Watch the writer's clock."""
        if recorded.event.time < self.latest:
            self.back_in_time.append(recorded.seq)
        self.latest = max(self.latest, recorded.event.time)

    def _agree(self, stored: StoredCheckpoint) -> None:
        """See that a checkpoint is signed and stands for exactly the events before it."""
        covered = self.checkpoint.size if self.checkpoint else 0
        name = f"the checkpoint of {stored.size} events"
        try:
            checkpoint = self._open(stored.note)
            signatures = Note.parse(stored.note).signatures
        except NotANote as error:
            raise Fault(f"{name} does not hold: {error}", event=covered) from error
        if (
            len(signatures) != 1
            or checkpoint.body != stored.note[: len(checkpoint.body)]
            or (stored.note[len(checkpoint.body)] != "\n")
        ):
            raise Fault(f"{name} has more than three lines and one signature", event=covered)
        if checkpoint.size != stored.size:
            raise Fault(f"{name} is kept as one of {stored.size}", event=covered)
        if checkpoint.size > self.count:
            raise Fault(f"{name} is there, and the events from here on are not: they were dropped", event=self.count)
        if checkpoint.size < self.count or (self.checkpoint and covered == stored.size):
            raise Fault(f"{name} does not stand in its place", event=covered)
        if checkpoint.root != self.tree.root():
            raise Fault(f"{name} was signed for another event here ({_which(covered, self.count)})", event=covered)
        self.checkpoint = stored
        self.checkpoints += 1


def _which(first: int, after: int) -> str:
    return f"event {first}" if after - first == 1 else f"one of the events {first} to {after - 1}"
