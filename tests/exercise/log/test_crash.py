"""What was acknowledged is there, however the writer ended. ``FOEDUS_SOAK=200`` kills so many instead of 20."""

import os
import time
from pathlib import Path

import pytest

from foedus.errors import LogUnavailable
from foedus.exercise.log.places import open_log, open_source
from foedus.exercise.log.verify import verify
from tests.exercise.log.conftest import Server, postgres_place
from tests.exercise.log.killing import kill_in_rounds, kill_writers
from tests.exercise.log.specimens import event, open_specimen

KILLS = int(os.environ.get("FOEDUS_SOAK", "20"))


@pytest.mark.slow
def test_no_acknowledged_event_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    """Kill -9 at random moments, from the making of the file on: the log is whole each time, and goes on."""
    toll = kill_in_rounds(tmp_path, kills=KILLS, seed=1)
    assert toll.lost == 0, toll
    assert toll.stored >= toll.acknowledged > 0, toll
    assert toll.amid_writing >= KILLS // 2, toll
    with open_log(str(tmp_path / "0.db"), key_file=tmp_path / "0.key") as log:
        assert log.append([event(0)]).first == log.size - 1 > 0


@pytest.mark.slow
def test_nor_when_the_log_is_in_postgres(server: Server, tmp_path: Path) -> None:
    """The same with a database: the writer's place is free again as soon as the server has seen it go."""
    place, _ = postgres_place(server)
    toll = kill_writers(
        place,
        key_file=tmp_path / "log.key",
        kills=max(3, KILLS // 5),
        seed=2,
        longest_seconds=1.5,
        then=lambda: _wait(place),
    )
    assert toll.lost == 0, toll
    assert toll.stored >= toll.acknowledged > 0, toll


@pytest.mark.slow
def test_nor_when_the_server_of_the_database_crashes(server: Server) -> None:
    """The server is stopped as if it were killed; the log that was open says so, and opens again as it was."""
    place, store = postgres_place(server)
    for crash in range(2):
        log = open_specimen(store())
        for _ in range(5):
            receipt = log.append([event(log.size)])
        server.stop(mode="immediate")
        with pytest.raises(LogUnavailable, match="nothing was acknowledged"):
            log.append([event(log.size)])
        log.close()
        server.start()
        verdict = verify(open_source(place), seen=[receipt.checkpoint])
        assert verdict.is_whole
        assert verdict.size == 5 * (crash + 1)


def _wait(place: str) -> None:
    """Wait until the server has noticed that the last writer is gone."""
    from foedus.exercise.log.postgres_store import PostgresStore

    for _ in range(100):
        try:
            PostgresStore(place).close()
        except LogUnavailable:
            time.sleep(0.05)
        else:
            return


def test_a_file_of_which_only_the_beginning_was_made_is_begun_again(tmp_path: Path) -> None:
    """Killed between the making of the file, the key and the tables: the next opening goes on from there."""
    place = tmp_path / "log.db"
    place.touch()
    with open_log(str(place)) as log:
        name = log.checkpoint.partition("\n")[0]
        assert log.size == 0
    place.unlink()
    with open_log(str(place)) as log:
        assert log.checkpoint.partition("\n")[0] == name
