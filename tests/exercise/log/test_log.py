"""What a writer is promised, on SQLite and on PostgreSQL alike."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from foedus.errors import LogUnavailable
from foedus.exercise.log.checkpoint import open_checkpoint
from foedus.exercise.log.event import Event, NotAnEvent, StoredEvent
from foedus.exercise.log.export import ExportFile
from foedus.exercise.log.log import Log
from foedus.exercise.log.merkle import is_consistent, is_included, leaf_hash
from foedus.exercise.log.note import Signer
from foedus.exercise.log.places import copy, open_source
from foedus.exercise.log.store import Store
from foedus.exercise.log.verify import verify
from tests.exercise.log.specimens import NOON, SIGNER, event, exported, fill, open_specimen

Places = Callable[[], tuple[str, Callable[[], Store]]]


def test_what_is_written_is_read_back(open_place: Places) -> None:
    """Events come back in order, numbered from 0, with all they said, also after closing and opening."""
    _, store = open_place()
    told = [event(number, is_personal=number % 2 == 1) for number in range(5)]
    with open_specimen(store()) as log:
        assert log.append(told[:2]).first == 0
        assert log.append(told[2:3]).first == 2
    with open_specimen(store()) as log:
        assert log.append(told[3:]).first == 3
        recorded = list(log.events())
    assert [each.seq for each in recorded] == [0, 1, 2, 3, 4]
    assert [each.event for each in recorded] == told


def test_receipts_prove_that_the_log_was_only_added_to(open_place: Places) -> None:
    """Any two checkpoints that clients were given are linked by a proof, and so is each event to the last."""
    address, store = open_place()
    with open_specimen(store()) as log:
        notes = [log.checkpoint, *(log.append([event(number)]).checkpoint for number in range(9))]
        seen = [open_checkpoint(note, verifier=SIGNER.verifier) for note in notes]
        for place, old in enumerate(seen):
            for new in seen[place:]:
                proof = log.consistency_proof(old.size, new=new.size)
                assert is_consistent(old=old.size, old_root=old.root, new=new.size, new_root=new.root, proof=proof)
        last = seen[-1]
        with open_source(address).reading() as (_, items):
            entries = [item.entry for item in items if isinstance(item, StoredEvent)]
        assert len(entries) == 9
        for number, entry in enumerate(entries):
            proof = log.inclusion_proof(number, size=last.size)
            assert is_included(leaf_hash(entry), index=number, size=last.size, proof=proof, root=last.root)


def test_erasing_leaves_the_tree_as_it_was(open_place: Places) -> None:
    """Text and salt are gone, the record of it is there, every earlier checkpoint still fits, the log verifies."""
    place, store = open_place()
    with open_specimen(store()) as log:
        notes = [log.append([event(number, is_personal=True)]).checkpoint for number in range(4)]
        log.erase([2, 0], time=NOON, actor="director", reason="asked to")
        recorded = list(log.events())
    assert [each.is_erased for each in recorded] == [True, False, True, False, False]
    assert recorded[4].event.payload == {"events": (0, 2), "reason": "asked to"}
    assert recorded[0].event.payload == event(0).payload
    verdict = verify(open_source(place), seen=notes)
    assert verdict.is_whole
    assert (verdict.erased, verdict.personal, verdict.seen) == ((0, 2), 4, 4)
    assert "Zoë 0".encode() not in exported(place)
    assert "Zoë 1".encode() in exported(place)


def test_only_what_is_there_can_be_erased(open_place: Places) -> None:
    """No personal part, already erased, no such event, no event named: each is refused, and nothing is recorded."""
    _, store = open_place()
    with open_specimen(store()) as log:
        fill(log)
        for numbers in ([0], [1], [99], [3, 0], []):
            with pytest.raises(NotAnEvent):
                log.erase(numbers, time=NOON, actor="director", reason="")
        assert log.size == 6
        assert log.append([event(6)]).first == 6


def test_exports_are_bit_identical_through_any_place(open_place: Places, tmp_path: Path) -> None:
    """Export, import, export: the same bytes, the erasure included; and the copy can be continued with the key."""
    place, store = open_place()
    with open_specimen(store()) as log:
        fill(log)
        log.append([event(6), event(7, is_personal=True)])
    first = exported(place)
    (tmp_path / "export.jsonl").write_bytes(first)
    other, other_store = open_place()
    target = other_store()
    copy(ExportFile(tmp_path / "export.jsonl"), target)
    target.close()
    assert exported(other) == first == exported(tmp_path / "export.jsonl")
    assert verify(open_source(other)) == verify(open_source(place))
    with open_specimen(other_store()) as log:
        log.append([event(8)])
    assert exported(other).startswith(first)
    with pytest.raises(LogUnavailable, match="something in that place"):
        _copy_to(other_store(), tmp_path / "export.jsonl")


def test_clocks_that_jump_back_are_recorded_as_told_and_flagged(open_place: Places) -> None:
    """Numbers go on, times stay what the writer said, whoever verifies is told; a zone does not look like a jump."""
    place, store = open_place()
    east = timezone(timedelta(hours=5))
    hours = [0, 2, 1, 2, -30, 3]
    with open_specimen(store()) as log:
        times = [(NOON + timedelta(hours=each)).astimezone(east if each % 2 else UTC) for each in hours]
        late = [log.append([Event(type="tick", payload={}, time=time, actor="clock")]).back_in_time for time in times]
        assert late == [(), (), (2,), (), (4,), ()]
        assert [each.event.time for each in log.events()] == times
    with open_specimen(store()) as log:
        assert log.append([Event(type="tick", payload={}, time=NOON, actor="clock")]).back_in_time == (6,)
    verdict = verify(open_source(place))
    assert verdict.is_whole
    assert verdict.back_in_time == (2, 4, 6)


def test_a_log_has_one_writer(open_place: Places) -> None:
    """A second program is refused while the first has it, reads all the same, and may write afterwards."""
    place, store = open_place()
    with open_specimen(store()) as log:
        log.append([event(0)])
        with pytest.raises(LogUnavailable, match=r"another program|being written"):
            store()
        assert verify(open_source(place)).size == 1
        log.append([event(1)])
        assert verify(open_source(place)).size == 2
    with open_specimen(store()) as log:
        assert log.size == 2


def test_a_reader_sees_one_state(open_place: Places) -> None:
    """What is written while somebody reads does not reach into that reading."""
    place, store = open_place()
    with open_specimen(store()) as log:
        fill(log)
        with open_source(place).reading() as (_, items):
            next(items)
            log.append([event(6)])
            rest = list(items)
        assert len(rest) == 12
        assert verify(open_source(place)).size == 7


def test_a_decision_on_an_old_state_is_refused(open_place: Places) -> None:
    """Who decided when there was one event does not add as the third."""
    _, store = open_place()
    with open_specimen(store()) as log:
        log.append([event(0)], expected_size=0)
        log.append([event(1)], expected_size=1)
        with pytest.raises(LogUnavailable, match="decide anew"):
            log.append([event(2)], expected_size=1)
        log.append([event(2)], expected_size=2)


def test_another_key_cannot_continue_a_log(open_place: Places) -> None:
    """A log is one key's: there would be checkpoints that its readers could not tell from forged ones."""
    _, store = open_place()
    with open_specimen(store()) as log:
        fill(log)
    with pytest.raises(LogUnavailable, match="signed by"):
        Log(store(), signer=Signer(name=SIGNER.name, seed=bytes(32)))
    with open_specimen(store()) as log:
        assert log.size == 6


def test_types_of_the_log_itself_cannot_be_written(open_place: Places) -> None:
    """Nobody can record an erasure that was none."""
    _, store = open_place()
    with open_specimen(store()) as log:
        forged = Event(type="log.erased", payload={"events": (0,), "reason": ""}, time=NOON, actor="x")
        with pytest.raises(NotAnEvent, match="log's own"):
            log.append([forged])
        with pytest.raises(ValueError, match="nothing to add"):
            log.append([])
        assert log.size == 0


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Report"},
        {"type": ""},
        {"type": "a..b"},
        {"actor": ""},
        {"time": datetime(2026, 3, 1)},
        {"payload": [1]},
        {"personal": "name"},
    ],
)
def test_records_that_are_no_events_are_refused(change: dict[str, object]) -> None:
    """A type, an actor, a time with its zone, maps."""
    whole: dict[str, object] = {"type": "tick", "payload": {}, "time": NOON, "actor": "clock"}
    Event(**whole)  # type: ignore[arg-type]
    with pytest.raises(NotAnEvent):
        Event(**(whole | change))  # type: ignore[arg-type]


def _copy_to(store: Store, export: Path) -> None:
    try:
        copy(ExportFile(export), store)
    finally:
        store.close()
