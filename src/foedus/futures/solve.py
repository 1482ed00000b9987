"""Solve every arrangement in every sampled future, on as many cores as there are."""

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future as Task
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.errors import ClusterUnavailable
from foedus.futures.chunks.block import Block
from foedus.futures.chunks.chunk_file import chunk_bytes
from foedus.futures.chunks.chunking import Chunk, Chunking, cut, solve_in_chunks
from foedus.futures.chunks.cluster import solve_on_cluster
from foedus.futures.chunks.digests import digests_of
from foedus.futures.chunks.program import processor, program_digest
from foedus.futures.compile import compile_all
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw, future_of
from foedus.game.grid import Grid
from foedus.game.outcomes import figures_of
from foedus.game.solution import Solution
from foedus.game.solve import solve
from foedus.game.wide import require_device, solve_wide

Progress = Callable[[int, int], None]
"""Called with the number of futures done and the number in all."""
Solved = Generator[tuple[Chunk, bytes], None, None]


def run_ensemble(
    arrangements: Sequence[Arrangement],
    parameters: Parameters,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
    chunking: Chunking | None = None,
) -> Ensemble:
    """Solve all arrangements in the same futures; the numbers depend neither on ``workers`` nor on ``chunking``.

    With ``chunking`` what is done is kept on disk, and taken from there when the same is asked for again.

    Raises ``ValueError`` for no arrangement or no future, `ClusterUnavailable` where a cluster is asked for that cannot
    be used, `DeviceUnavailable` where the method is wide and there is no GPU, ``OSError`` where chunks cannot be
    written. ``KeyboardInterrupt`` stops at the next future.
    """
    sample = draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design)
    return run_sample(arrangements, sample, settings=settings, workers=workers, progress=progress, chunking=chunking)


def run_sample(
    arrangements: Sequence[Arrangement],
    sample: Sample,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
    chunking: Chunking | None = None,
) -> Ensemble:
    """Solve all arrangements in the futures of a sample, whoever drew it; raises as `run_ensemble` does."""
    if not arrangements:
        raise ValueError("a comparison needs at least one arrangement")
    if len(sample.values) != settings.futures:
        raise ValueError(f"the sample holds {len(sample.values)} futures and the settings say {settings.futures}")
    workers, progress = workers or os.cpu_count() or 1, progress or _silent
    if chunking is None:
        block = _solve_block(arrangements, sample, settings, workers, progress)
    else:
        chunks = cut(arrangements, digests_of(arrangements), sample, settings=settings, size=chunking.size)
        block = solve_in_chunks(
            chunks,
            chunking=chunking,
            solver=lambda missing: _solve_chunks(missing, chunking, workers),
            progress=progress,
        )
    return _ensemble_of(block, arrangements, sample, settings)


def solve_chunk(chunk: Chunk, *, workers: int = 1) -> bytes:
    """Compute a chunk and return its file; this is what a worker of a cluster is asked to do.

    Raises `ClusterUnavailable` where the chunk was meant for another program than this one.
    """
    if chunk.program != program_digest(chunk.settings.method):
        raise ClusterUnavailable(
            "a worker runs another foedus, Python, numpy, scipy or numba than this machine; install the same versions"
        )
    block = _solve_block(chunk.arrangements, chunk.sample, chunk.settings, workers, _silent)
    return chunk_bytes(block, name=chunk.name, processor=_processor(chunk.settings))


def _silent(done: int, total: int) -> None:
    """Show no progress."""


def _solve_chunks(chunks: Sequence[Chunk], chunking: Chunking, workers: int) -> Solved:
    if chunking.on is None:
        return ((chunk, solve_chunk(chunk, workers=workers)) for chunk in chunks)
    return solve_on_cluster(chunks, where=chunking.on, solve=solve_chunk, tell=chunking.tell)


def _processor(settings: Settings) -> str:
    return str(require_device("gpu").device_kind) if settings.method == "wide" else processor()


def _solve_block(
    arrangements: Sequence[Arrangement], sample: Sample, settings: Settings, workers: int, progress: Progress
) -> Block:
    if settings.method == "wide":
        return _block_of(_solve_on_gpu(arrangements, sample, settings, progress), arrangements, sample)
    return _block_of(_solve_rows(arrangements, sample, settings, workers, progress), arrangements, sample)


def _solve_on_gpu(
    arrangements: Sequence[Arrangement], sample: Sample, settings: Settings, progress: Progress
) -> list[list[Solution]]:
    """Solve all arrangements in all futures side by side."""
    worlds = [dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist()]
    texts = len(arrangements)
    solutions = solve_wide(
        [compiled for values in worlds for compiled in compile_all(arrangements, values)],
        [future for values in worlds for future in [future_of(values)] * texts],
        grid=Grid(settings.beliefs, settings.balances, settings.slices),
        horizon=settings.horizon_periods,
        tolerance=settings.tolerance,
        max_sweeps=settings.max_sweeps,
        device="gpu",
        progress=lambda done: progress(done // texts, settings.futures),
    )
    return [solutions[row * texts : (row + 1) * texts] for row in range(settings.futures)]


def _solve_rows(
    arrangements: Sequence[Arrangement], sample: Sample, settings: Settings, workers: int, progress: Progress
) -> list[list[Solution]]:
    """Solve the futures one by one, in threads."""
    pool = ThreadPoolExecutor(max_workers=workers)
    tasks: dict[Task[list[Solution]], int] = {}
    rows: dict[int, list[Solution]] = {}
    try:
        for row in range(settings.futures):
            tasks[pool.submit(_solve_row, arrangements, sample, row, settings)] = row
        for done, task in enumerate(as_completed(tasks), start=1):
            rows[tasks[task]] = task.result()
            progress(done, settings.futures)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return [rows[row] for row in range(settings.futures)]


def _solve_row(arrangements: Sequence[Arrangement], sample: Sample, row: int, settings: Settings) -> list[Solution]:
    """Solve all arrangements in one future."""
    values = dict(zip(sample.names, sample.values[row].tolist(), strict=True))
    future = future_of(values)
    grid = Grid(settings.beliefs, settings.balances, settings.slices)
    return [
        solve(
            compiled,
            future,
            grid=grid,
            horizon=settings.horizon_periods,
            tolerance=settings.tolerance,
            max_sweeps=settings.max_sweeps,
            method=settings.method,
        )
        for compiled in compile_all(arrangements, values)
    ]


def _block_of(rows: list[list[Solution]], arrangements: Sequence[Arrangement], sample: Sample) -> Block:
    priors = sample.values[:, sample.names.index("prior")].tolist()
    return Block(
        outcomes=np.array(
            [
                [figures_of(solution.outcome, prior=prior) for solution in row]
                for prior, row in zip(priors, rows, strict=True)
            ]
        ),
        war_by_period=np.array([[solution.outcome.war_by_t for solution in row] for row in rows]),
        cost_by_member=tuple(
            np.array([row[j].outcome.cost_guarantors[: len(arrangement.responders)] for row in rows])
            for j, arrangement in enumerate(arrangements)
        ),
        converged=np.array([[solution.is_converged for solution in row] for row in rows]),
        residual=np.array([[solution.residual for solution in row] for row in rows]),
        sweeps=np.array([[solution.sweeps for solution in row] for row in rows]),
    )


def _ensemble_of(block: Block, arrangements: Sequence[Arrangement], sample: Sample, settings: Settings) -> Ensemble:
    return Ensemble(
        arrangements=tuple(arrangement.id for arrangement in arrangements),
        sample=sample,
        outcomes=block.outcomes,
        war_by_period=block.war_by_period,
        cost_by_member=block.cost_by_member,
        members=tuple(arrangement.responders for arrangement in arrangements),
        converged=block.converged,
        residual=block.residual,
        sweeps=block.sweeps,
        settings=settings,
    )
