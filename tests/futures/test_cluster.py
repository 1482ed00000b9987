"""A cluster of real processes: killed workers and killed clients cost time, never a number."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from foedus.arrangement.library import load_from_library
from foedus.cli.commands.compare import compare_command
from foedus.errors import ClusterUnavailable
from foedus.futures.chunks import cluster as cluster_room
from foedus.futures.chunks.chunking import Chunking
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from tests.futures.specimens import PAIR, SMALL, assert_same_bits, solved, stamps
from tests.report.reading import read_results

distributed = pytest.importorskip("distributed")

LIBRARY = ("ukraine/no_guarantee", "ukraine/nato_membership")
START = "from foedus.cli.main import main; main()"
PATIENCE_SECONDS = 120


@pytest.fixture
def two_workers() -> Iterator[Any]:
    """Start a scheduler in this process and two workers in processes of their own."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        silence_logs=50,
    ) as cluster:
        yield cluster


def test_a_killed_worker_changes_nothing(tmp_path: Path, two_workers: Any) -> None:
    """One of two workers is killed after the first chunk: the same bits, and each chunk is there once."""
    settings = replace(SMALL, futures=24)
    killed: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if not killed and done < total:
            killed.append(next(iter(two_workers.workers.values())).process.pid)
            os.kill(killed[0], signal.SIGKILL)

    address = two_workers.scheduler_address.replace("tcp://", "dask://")
    chunking = Chunking(tmp_path, size=2, on=address)
    result = run_ensemble(PAIR, default_parameters(), settings=settings, progress=kill_one, chunking=chunking)
    assert killed
    assert_same_bits(result, solved(settings))
    assert len(stamps(tmp_path)) == 12


def test_a_killed_client_goes_on_where_it_was(tmp_path: Path) -> None:
    """The command is killed in mid-run and given again: finished chunks are taken as they are, and so are the results.

    What is in the results file is, to the last bit, what one thread computes without any chunk.
    """
    out, chunks = tmp_path / "out", tmp_path / "chunks"
    words = [
        "compare",
        *LIBRARY,
        "--futures",
        "48",
        "--grid",
        "5,5,2",
        "--horizon",
        "1y",
        "--tolerance",
        "1e-3",
        "--max-sweeps",
        "300",
    ]
    on_cluster = [*words, "--on", "local:2", "--chunks", str(chunks), "--chunk-futures", "2", "--out", str(out)]
    process = _start(on_cluster)
    try:
        _wait_for(lambda: len(stamps(chunks)) >= 2, process)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    kept = stamps(chunks)
    assert 2 <= len(kept) < 24
    assert not out.exists()

    again = CliRunner().invoke(compare_command, on_cluster[1:])
    assert again.exit_code == 0, again.output
    assert f"{len(kept)} of 24 chunks are kept in {chunks} already" in again.output
    after = stamps(chunks)
    assert len(after) == 24
    assert {name: after[name] for name in kept} == kept

    settings = Settings(
        futures=48,
        seed=1,
        horizon_periods=2,
        beliefs=5,
        balances=5,
        slices=2,
        tolerance=1e-3,
        max_sweeps=300,
        method="kernel",
    )
    alone = run_ensemble([load_from_library(name) for name in LIBRARY], default_parameters(), settings=settings)
    results = read_results(out / "results.parquet")
    np.testing.assert_array_equal(results.outcomes, np.where(alone.converged[:, :, None], alone.outcomes, np.nan))
    np.testing.assert_array_equal(results.residual, alone.residual)
    np.testing.assert_array_equal(results.parameters, alone.sample.values)


def test_without_dask_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package is an extra; whoever lacks it is told how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterUnavailable, match=r"pip install 'foedus\[cluster\]'"):
        solved(chunking=Chunking(tmp_path, on="local:1"))


def test_where_nobody_listens_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler at the address: a sentence after a while, not a traceback."""
    monkeypatch.setattr(cluster_room, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(ClusterUnavailable, match="no Dask scheduler answers at dask://127"):
        solved(chunking=Chunking(tmp_path, on="dask://127.0.0.1:9"))


def _start(words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    )


def _wait_for(condition: Any, process: subprocess.Popen[str]) -> None:
    began = time.monotonic()
    while not condition():
        assert process.poll() is None, "the command ended before it was killed"
        assert time.monotonic() - began < PATIENCE_SECONDS, "nothing came in time"
        time.sleep(0.01)
