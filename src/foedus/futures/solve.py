"""Solve every arrangement in every sampled future, on as many cores as there are."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future as Task
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.errors import ClusterUnavailable
from foedus.facts.balance import Balance, year_of
from foedus.facts.capacity import SizeMeasure, sizes_of
from foedus.futures.chunks.block import Block
from foedus.futures.chunks.chunk_file import chunk_bytes
from foedus.futures.chunks.chunking import Chunk, Chunking, cut, keep_chunks, read_kept, solve_in_chunks
from foedus.futures.chunks.cluster import solve_on_cluster
from foedus.futures.chunks.digests import digests_of
from foedus.futures.chunks.program import processor, program_digest
from foedus.futures.compile import balances_of, games_of
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.game.outcomes import figures_of
from foedus.game.solution import Solution
from foedus.game.solve import solve
from foedus.values.arrays import FloatArray

Progress = Callable[[int, int], None]
"""Called with the number of futures done and the number in all."""
Solved = Generator[tuple[Chunk, bytes], None, None]


@dataclass(frozen=True)
class Glimpse:
    """A look at the first futures of a sample while the others are solved; never asked for where chunks are kept."""

    futures: int
    """How many of them."""
    arrangements: int
    """How many of the arrangements, counted from the first; the others are solved after them."""
    show: Callable[[Ensemble], None]


def run_ensemble(
    arrangements: Sequence[Arrangement],
    parameters: Parameters,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
    chunking: Chunking | None = None,
    glimpse: Glimpse | None = None,
) -> Ensemble:
    """Solve all arrangements in the same futures; the numbers depend neither on ``workers`` nor on ``chunking``.

    With ``chunking`` what is done is kept on disk, and taken from there when the same is asked for again. A ``glimpse``
    is shown once, as soon as its futures are solved.

    Raises ``ValueError`` for no arrangement or no future, `ClusterUnavailable` where a cluster is asked for that cannot
    be used, ``OSError`` where chunks cannot be written. ``KeyboardInterrupt`` stops at the next future.
    """
    sample = draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design)
    return run_sample(
        arrangements, sample, settings=settings, workers=workers, progress=progress, chunking=chunking, glimpse=glimpse
    )


def run_sample(
    arrangements: Sequence[Arrangement],
    sample: Sample,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
    chunking: Chunking | None = None,
    glimpse: Glimpse | None = None,
) -> Ensemble:
    """Solve all arrangements in the futures of a sample, whoever drew it; raises as `run_ensemble` does."""
    if not arrangements:
        raise ValueError("a comparison needs at least one arrangement")
    if len(sample.values) != settings.futures:
        raise ValueError(f"the sample holds {len(sample.values)} futures and the settings say {settings.futures}")
    workers, progress = workers or os.cpu_count() or 1, progress or _silent
    if chunking is None:
        block = _solve_block(arrangements, sample, settings, workers, progress, glimpse)
    else:
        chunks = cut(arrangements, digests_of(arrangements), sample, settings=settings, size=chunking.size)
        block = solve_in_chunks(
            chunks,
            chunking=chunking,
            solver=lambda missing: _solve_chunks(missing, chunking, workers),
            progress=progress,
        )
    return ensemble_of(block, arrangements, sample, settings)


@dataclass(frozen=True, eq=False)
class KeptEnsemble:
    """An ensemble of which every chunk lies on the disk, and none in memory."""

    chunks: tuple[Chunk, ...]
    chunking: Chunking
    settings: Settings

    def parts(self) -> Iterator[tuple[int, Ensemble]]:
        """Read it chunk by chunk: the number of the first future, and the ensemble of the chunk's futures."""
        for chunk in self.chunks:
            block, _ = read_kept(chunk, chunking=self.chunking)
            yield chunk.first, ensemble_of(block, chunk.arrangements, chunk.sample, chunk.settings)


def keep_ensemble(
    arrangements: Sequence[Arrangement],
    parameters: Parameters,
    *,
    settings: Settings,
    chunking: Chunking,
    workers: int | None = None,
    progress: Progress | None = None,
) -> KeptEnsemble:
    """Solve all arrangements in the same futures, as `run_ensemble` does, and hold no outcomes in memory."""
    sample = draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design)
    chunks = cut(arrangements, digests_of(arrangements), sample, settings=settings, size=chunking.size)
    able = workers or os.cpu_count() or 1
    keep_chunks(
        chunks,
        chunking=chunking,
        solver=lambda missing: _solve_chunks(missing, chunking, able),
        progress=progress or _silent,
    )
    return KeptEnsemble(chunks, chunking, settings)


def solve_chunk(chunk: Chunk, *, workers: int = 1) -> bytes:
    """Compute a chunk and return its file; this is what a worker of a cluster is asked to do.

    Raises `ClusterUnavailable` where the chunk was meant for another program than this one.
    """
    if chunk.program != program_digest():
        raise ClusterUnavailable(
            "a worker runs another foedus, Python, numpy, scipy or numba than this machine; install the same versions"
        )
    block = _solve_block(chunk.arrangements, chunk.sample, chunk.settings, workers, _silent)
    return chunk_bytes(block, name=chunk.name, processor=processor())


def _silent(done: int, total: int) -> None:
    """Show no progress."""


def _solve_chunks(chunks: Sequence[Chunk], chunking: Chunking, workers: int) -> Solved:
    if chunking.on is None:
        return ((chunk, solve_chunk(chunk, workers=workers)) for chunk in chunks)
    return solve_on_cluster(chunks, where=chunking.on, solve=solve_chunk, tell=chunking.tell)


def _solve_block(
    arrangements: Sequence[Arrangement],
    sample: Sample,
    settings: Settings,
    workers: int,
    progress: Progress,
    glimpse: Glimpse | None = None,
) -> Block:
    rows: list[dict[int, Solution]] = [{} for _ in range(settings.futures)]
    done = 0
    for piece, solutions in _solve_pieces(arrangements, sample, settings, workers, glimpse):
        rows[piece.row] |= dict(zip(piece.places, solutions, strict=True))
        if glimpse and all(place in row for row in rows[: glimpse.futures] for place in range(glimpse.arrangements)):
            glimpse.show(_seen(rows, glimpse, arrangements, sample, settings))
            glimpse = None
        done += len(rows[piece.row]) == len(arrangements)
        progress(done, settings.futures)
    return block_of(_in_order(rows, len(arrangements)), arrangements, sample)


@dataclass(frozen=True)
class _Piece:
    """What is solved at one go: some of the arrangements in one future."""

    row: int
    places: range


def _pieces(futures: int, arrangements: int, glimpse: Glimpse | None) -> Iterator[_Piece]:
    """Give all pieces, in the order in which they are solved: what is seen first comes first."""
    early = range(glimpse.futures if glimpse else 0)
    seen = glimpse.arrangements if glimpse else arrangements
    yield from (_Piece(row, range(seen)) for row in early)
    if seen < arrangements:
        yield from (_Piece(row, range(seen, arrangements)) for row in early)
    yield from (_Piece(row, range(arrangements)) for row in range(len(early), futures))


def _solve_pieces(
    arrangements: Sequence[Arrangement], sample: Sample, settings: Settings, workers: int, glimpse: Glimpse | None
) -> Iterator[tuple[_Piece, list[Solution]]]:
    """Solve piece by piece, in threads, and give each when it is done."""
    balances = balances_of(arrangements)
    pool = ThreadPoolExecutor(max_workers=workers)
    tasks: dict[Task[list[Solution]], _Piece] = {}
    try:
        for piece in _pieces(settings.futures, len(arrangements), glimpse):
            some = slice(piece.places.start, piece.places.stop)
            task = pool.submit(_solve_row, arrangements[some], balances[some], sample, piece.row, settings)
            tasks[task] = piece
        for task in as_completed(tasks):
            yield tasks[task], task.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _seen(
    rows: Sequence[Mapping[int, Solution]],
    glimpse: Glimpse,
    arrangements: Sequence[Arrangement],
    sample: Sample,
    settings: Settings,
) -> Ensemble:
    futures, some = glimpse.futures, arrangements[: glimpse.arrangements]
    first = replace(sample, values=sample.values[:futures])
    block = block_of(_in_order(rows[:futures], len(some)), some, first)
    return ensemble_of(block, some, first, replace(settings, futures=futures))


def _in_order(rows: Sequence[Mapping[int, Solution]], arrangements: int) -> list[list[Solution]]:
    return [[row[place] for place in range(arrangements)] for row in rows]


def _solve_row(
    arrangements: Sequence[Arrangement], balances: Sequence[Balance], sample: Sample, row: int, settings: Settings
) -> list[Solution]:
    """Solve all arrangements in one future."""
    values = dict(zip(sample.names, sample.values[row].tolist(), strict=True))
    return [
        solve(
            game.compiled,
            game.future,
            grid=settings.grid,
            horizon=settings.horizon_periods,
            tolerance=settings.tolerance,
            max_sweeps=settings.max_sweeps,
            method=settings.method,
        )
        for game in games_of(arrangements, values, balances=balances)
    ]


def block_of(rows: Sequence[Sequence[Solution]], arrangements: Sequence[Arrangement], sample: Sample) -> Block:
    """Return what ``rows[future][arrangement]`` say, as arrays."""
    priors = sample.values[:, sample.names.index("prior")].tolist()
    sizes = [sizes_beside_the_largest(arrangement).tolist() for arrangement in arrangements]
    return Block(
        outcomes=np.array(
            [
                [
                    figures_of(solution.outcome, prior=prior, sizes=size)
                    for solution, size in zip(row, sizes, strict=True)
                ]
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


def sizes_beside_the_largest(arrangement: Arrangement) -> FloatArray:
    """Return (member) sizes in units of the United States', by which costs relative to capacity are added up.

    By GDP where it is known, else by the share of world capabilities; by head where neither is.
    """
    members, at = arrangement.responders, year_of(arrangement)
    if not members:
        return np.zeros(1)
    if at is None:
        return np.ones(len(members))
    sizes = sizes_of([*dict.fromkeys([*members, _REFERENCE])], at=at)
    if sizes.measure is SizeMeasure.HEADS:
        return np.ones(len(members))
    return np.array([sizes.share[party] / sizes.share[_REFERENCE] for party in members])


_REFERENCE = "united_states"
"""The guarantor beside which sizes are told."""


def ensemble_of(block: Block, arrangements: Sequence[Arrangement], sample: Sample, settings: Settings) -> Ensemble:
    """Return a block with what it is a block of."""
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
