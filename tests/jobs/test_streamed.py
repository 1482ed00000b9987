"""Comparisons that hold no future in memory."""

import json
from pathlib import Path

import numpy as np
import pytest

from foedus.errors import WrongRequest
from foedus.game.grid import Grid
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.compare import CompareRequest, compare_texts
from foedus.jobs.large import compare_streamed as streamed_job
from foedus.jobs.large.compare_streamed import compare_streamed
from tests.report.reading import read_results

PAIR = ("ukraine/nato_membership", "ukraine/no_guarantee")
RUN = RunSettings(futures=30, grid=Grid(3, 3, 1), horizon_periods=2, tolerance=0.01)


def test_parts_on_the_disk_hold_what_a_comparison_holds_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last bit, read as one folder; parts that another run has left are gone, and figures are written."""
    monkeypatch.setattr(streamed_job, "PART_FUTURES", 20)
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "part-000000777.parquet").write_bytes(b"left")
    result = compare_streamed(CompareRequest(PAIR, RUN, out=tmp_path, chunk_futures=8))
    assert [part.name for part in result.parts] == [f"part-{first:09}.parquet" for first in (0, 16)]
    assert sorted((tmp_path / "results").iterdir()) == sorted(result.parts)
    whole = compare_texts(CompareRequest(PAIR, RUN)).ensemble
    np.testing.assert_array_equal(read_results(tmp_path / "results").outcomes, whole.outcomes)
    (figures,) = result.write(tmp_path)
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert told["format"] == "foedus tally"
    assert told["tally"]["used"] == 30
    assert "Averages over 30 futures, least war first" in str(result)


def test_a_streamed_comparison_asks_where_its_parts_go() -> None:
    """Without a folder there is no place for what memory does not hold, and that is told before any work."""
    with pytest.raises(WrongRequest, match="--out"):
        compare_streamed(CompareRequest(PAIR, RUN))
