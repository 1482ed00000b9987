"""The log: add events, get receipts. One writer; whatever it acknowledged is on the disk and signed."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from foedus.errors import LogUnavailable
from foedus.exercise.log.checkpoint import Checkpoint
from foedus.exercise.log.event import (
    ERASED,
    RESERVED,
    SALT_BYTES,
    Event,
    NotAnEvent,
    Recorded,
    StoredEvent,
    from_row,
    to_row,
)
from foedus.exercise.log.merkle import Hash, MerkleTree
from foedus.exercise.log.note import Signer
from foedus.exercise.log.reading import Fault, LogReading
from foedus.exercise.log.store import Damaged, Header, Store, StoredCheckpoint


@dataclass(frozen=True)
class Receipt:
    """What a writer gets once its events are on the disk."""

    first: int
    """Number of the first of the events; the others follow without gaps."""
    count: int
    checkpoint: str
    """Signed checkpoint that covers them. Who keeps it can show later that they were there."""
    back_in_time: tuple[int, ...] = ()
    """Those of the events that are dated before an earlier one."""


class Log:
    """A log that is open for adding to. Use one thread; close it, or use it in a ``with`` statement.

    Opening a place where nothing is begins a log that is named as the key is; opening one that has a log reads all of
    it and refuses where it is not what was signed.
    """

    def __init__(
        self, store: Store, *, signer: Signer, new_salt: Callable[[], bytes] = lambda: secrets.token_bytes(SALT_BYTES)
    ) -> None:
        """Take over the store, which is closed where this fails; raise ``LogUnavailable``."""
        self._store = store
        self._signer = signer
        self._new_salt = new_salt
        self._failure = ""
        try:
            if store.is_new():
                store.begin(Header(key=signer.verifier), [_sign(MerkleTree(), signer)])
            self._reading = _read(store, signer)
            if self._reading.erased:
                # Where a writer was stopped between an erasure and its wiping, this completes it.
                with suppress(LogUnavailable):
                    store.wipe()
        except BaseException:
            store.close()
            raise

    @property
    def size(self) -> int:
        """Number of events."""
        return self._reading.count

    @property
    def checkpoint(self) -> str:
        """The latest signed checkpoint."""
        return self._stored.note

    def root(self, size: int | None = None) -> Hash:
        """Return the root of the first ``size`` events, of all when not told."""
        return self._reading.tree.root(size)

    def append(self, events: Sequence[Event], *, expected_size: int | None = None) -> Receipt:
        """Add events, all of them or none, and return when they are on the disk.

        ``expected_size`` refuses them where the log has grown since the writer decided. Raises ``LogUnavailable``;
        where the place failed, the log must be opened anew before anything else can be added.
        """
        if not events:
            raise ValueError("there is nothing to add")
        if expected_size not in (None, self.size):
            raise LogUnavailable(f"the log has {self.size} events, not {expected_size}: decide anew")
        if any(event.type.startswith(RESERVED) for event in events):
            raise NotAnEvent(f"types that begin with {RESERVED!r} are the log's own")
        return self._commit(events)

    def erase(self, numbers: Sequence[int], *, time: datetime, actor: str, reason: str) -> Receipt:
        """Drop the personal part of events, text and salt, and record who did so when and why, in one step.

        Raises ``NotAnEvent`` where one of them has none. Where a reader keeps SQLite from overwriting its write-ahead
        log, the erasure holds all the same and ``LogUnavailable`` says what remains to be done.
        """
        wanted = sorted(set(numbers))
        without = [each for each in wanted if each not in self._reading.personal or each in self._reading.erased]
        if without or not wanted:
            raise NotAnEvent(f"there is nothing to erase in {', '.join(map(str, without)) or 'no event'}")
        record = Event(type=ERASED, payload={"events": wanted, "reason": reason}, time=time, actor=actor)
        receipt = self._commit([record], erase=wanted)
        self._store.wipe()
        return receipt

    def events(self) -> Iterator[Recorded]:
        """Read the events back from the disk, in order."""
        with self._store.reading() as (_, items):
            for item in items:
                if isinstance(item, StoredEvent):
                    yield from_row(item)

    def inclusion_proof(self, number: int, *, size: int) -> tuple[Hash, ...]:
        """Return the hashes that show that an event is in the log of ``size`` events (RFC 6962, 2.1.1)."""
        return self._reading.tree.inclusion_proof(number, size=size)

    def consistency_proof(self, old: int, *, new: int) -> tuple[Hash, ...]:
        """Return the hashes that show that the log of ``old`` events was only added to (RFC 6962, 2.1.2)."""
        return self._reading.tree.consistency_proof(old, new=new)

    def close(self) -> None:
        """Let go of the place."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _stored(self) -> StoredCheckpoint:
        stored = self._reading.checkpoint
        if stored is None:
            raise LogUnavailable("the log has no checkpoint")
        return stored

    def _commit(self, events: Sequence[Event], *, erase: Sequence[int] = ()) -> Receipt:
        """Store events with the checkpoint that covers them; after a failure, refuse until the log is opened anew.

        A commit that failed may yet have reached the disk, and a checkpoint signed for it must never be signed for
        something else: only reading the place again tells.
        """
        if self._failure:
            raise LogUnavailable(f"open the log anew: {self._failure}")
        rows = [to_row(event, seq=self.size + i, salt=self._new_salt()) for i, event in enumerate(events)]
        first, known = self.size, len(self._reading.back_in_time)
        checkpoint = self._signed_with(rows)
        try:
            self._store.commit(rows, checkpoint, erase=erase)
            self._reading.drop(erase)
            for _ in self._reading.follow([*rows, checkpoint]):
                pass
        except BaseException as error:
            self._failure = str(error) or type(error).__name__
            raise
        late = tuple(self._reading.back_in_time[known:])
        return Receipt(first=first, count=len(rows), checkpoint=checkpoint.note, back_in_time=late)

    def _signed_with(self, rows: Sequence[StoredEvent]) -> StoredCheckpoint:
        """Sign the tree as it will be with these events, and leave it as it is."""
        tree = self._reading.tree
        size = len(tree)
        for row in rows:
            tree.append(row.leaf)
        signed = _sign(tree, self._signer)
        tree.truncate(size)
        return signed


def _sign(tree: MerkleTree, signer: Signer) -> StoredCheckpoint:
    checkpoint = Checkpoint(origin=signer.name, size=len(tree), root=tree.root())
    return StoredCheckpoint(size=len(tree), note=checkpoint.signed_by(signer))


def _read(store: Store, signer: Signer) -> LogReading:
    """Read the whole log as a stranger would; raise ``LogUnavailable`` where it is not whole or not this signer's."""
    reading = LogReading(signer.verifier)
    try:
        with store.reading() as (header, items):
            reading.meet(header.key)
            for _ in reading.follow(items):
                pass
        reading.close()
    except (Fault, Damaged) as error:
        place = f"event {error.event}" if isinstance(error, Fault) else f"event {reading.count}"
        raise LogUnavailable(f"the log is not what was signed, at {place}: {error}") from error
    if complaint := store.complaint():
        raise LogUnavailable(f"the log is damaged: {complaint}")
    return reading
