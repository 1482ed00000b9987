"""What is asked for, before anything is computed."""

import ast
from pathlib import Path
from typing import Any

import pytest

import foedus.jobs
from foedus.errors import WrongRequest
from foedus.futures.ensemble import Ensemble
from foedus.game import Future
from foedus.game.grid import Grid
from foedus.jobs import compare as compare_job
from foedus.jobs.asking.defaults import FUTURES, GRID
from foedus.jobs.asking.progress import Stopped, counting, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.compare import CompareRequest, compare_texts
from foedus.jobs.solve import example_future
from foedus.jobs.telling.files import refuse_unwritable, write_file

FOLDER = Path(str(foedus.jobs.__file__)).parent
PAIR = ("ukraine/minsk_osce_2015", "ukraine/nato_membership")
FEW = RunSettings(futures=3, grid=Grid(5, 5, 2), horizon_periods=2)


def test_the_default_grid_is_that_of_the_game() -> None:
    """No job has a grid of its own; a hole is priced on the grid on which texts are compared."""
    assert GRID == Grid() == RunSettings(futures=1).grid
    assert RunSettings(futures=1).ensemble.balances == Grid().balances
    assert all(count >= 1 for count in FUTURES.values())


def test_everything_out_of_range_is_told_at_once() -> None:
    """Not the first mistake only."""
    with pytest.raises(WrongRequest) as found:
        RunSettings(futures=0, seed=-1, horizon_periods=0, tolerance=0, max_sweeps=0, workers=0)
    assert all(
        word in str(found.value) for word in ("futures", "seed", "horizon", "tolerance", "max_sweeps", "workers")
    )


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.stem)
def test_a_job_knows_no_command_line_and_no_browser(file: Path) -> None:
    """Neither click nor HTTP, and it ends nobody's process."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name.split(".")[0] for name in names} & {"click", "http", "sys", "socket", "starlette"}


def test_the_example_future_is_one() -> None:
    """It reads back, at the middle of every range."""
    assert Future.from_mapping(example_future()).to_mapping() == example_future()


def test_a_place_without_a_folder_is_refused() -> None:
    """Chunks that are computed elsewhere have to be kept somewhere; it is never computed here in silence."""
    with pytest.raises(WrongRequest, match="name a folder"):
        compare_texts(CompareRequest(PAIR, FEW, place="local:2"))


def test_progress_is_told_of_what_is_done() -> None:
    """A callback hears what, how much, and of how much."""
    heard: list[tuple[str, int, int]] = []
    counting(lambda what, done, total: heard.append((what, done, total)), "games")(1, 2)
    counting(silent, "games")(1, 2)
    assert heard == [("games", 1, 2)]


def test_who_stops_a_comparison_hears_what_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An interrupt comes through as one, with a sentence; a program that catches `KeyboardInterrupt` catches it."""

    def interrupt(*_: Any, **__: Any) -> Ensemble:
        raise KeyboardInterrupt

    monkeypatch.setattr(compare_job, "run_ensemble", interrupt)
    with pytest.raises(Stopped, match="nothing was written"):
        compare_texts(CompareRequest(PAIR, FEW))
    with pytest.raises(KeyboardInterrupt, match="finished chunks are kept"):
        compare_texts(CompareRequest(PAIR, FEW, chunk_folder=tmp_path))


def test_files_are_refused_before_the_work_and_never_overwritten(tmp_path: Path) -> None:
    """A folder that is a file, a file that has to be new, a folder that is not there."""
    file = write_file(b"1", file=tmp_path / "one", is_new=True)
    refuse_unwritable(None, tmp_path / "deep" / "deeper")
    for refused in (
        lambda: refuse_unwritable(file / "out"),
        lambda: write_file(b"2", file=file, is_new=True),
        lambda: write_file(b"2", file=tmp_path / "nowhere" / "two"),
    ):
        with pytest.raises(WrongRequest):
            refused()
    assert file.read_bytes() == b"1"
