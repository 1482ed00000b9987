"""How long a person waits for `foedus compare` on the Ukraine library: `python -m bench.ensembles.compare`.

The whole command is timed, from the start of Python to the files that it writes.
`python -m bench.ensembles.compare --plan` measures instead what one chunk costs a worker, and multiplies it up to
a million futures.
"""

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bench.measuring.repeats import in_turns, print_table, ratios, spread
from foedus.arrangement.library import library_files, load_from_library
from foedus.futures.chunks.block import Block, joined
from foedus.futures.chunks.chunk_file import read_chunk
from foedus.futures.chunks.chunking import Chunk, cut
from foedus.futures.chunks.digests import digests_of
from foedus.futures.ensemble import Ensemble, Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw
from foedus.futures.solve import solve_chunk
from foedus.game import Grid
from foedus.report.comparison.results import parquet_of
from foedus.report.page.provenance import provenance_of_outcomes
from foedus.values.atomic import write_together

THEATRE = "ukraine"
START = "from foedus.cli.main import main; main()"
CHUNK = 25
PLANNED = (10_000, 100_000, 1_000_000, 10_000_000)
Cost = Mapping[str, float]
"""What one chunk cost: seconds, bytes, and the memory of the process."""


def main() -> None:
    """Print the wall time for each number of futures, on one core and on all; or plan a large run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, os.cpu_count() or 1}))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--plan", action="store_true", help="measure chunks instead, and plan a million futures")
    parser.add_argument("--chunks", type=int, default=4, help="chunks to measure for --plan")
    parser.add_argument("--chunk-futures", type=int, default=CHUNK, help="futures in a chunk for --plan")
    parser.add_argument("--cores", type=int, nargs="+", default=[16, 64, 512], help="of the clusters to plan for")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        print(json.dumps(_cost_of(_chunks(options)[options.measure])))
    elif options.plan:
        _plan(options)
    else:
        _wait(options)


def _wait(options: argparse.Namespace) -> None:
    games = sum(name.startswith(f"{THEATRE}/") for name in library_files())
    _compare(futures=1, workers=1)  # compiled, or read from the cache, before any clock runs
    rows = []
    for futures in options.futures:
        left_out: list[int] = []
        works: list[Callable[[], object]] = [
            lambda workers=workers: left_out.append(_compare(futures=futures, workers=workers))  # type: ignore[misc]  # noqa: B023
            for workers in options.workers
        ]
        times = in_turns(works, repeats=options.repeats)
        for workers, taken in zip(options.workers, times, strict=True):
            rate = spread([games * futures / x for x in taken])
            rows.append((futures, workers, spread(taken), rate, ratios(times[0], taken), max(left_out)))
    print_table(
        ("futures", "workers", "seconds", "games/s", "times as fast as the first", "futures left out, not converged"),
        rows,
        title=f"{games} arrangements, repeats: {options.repeats}",
    )


def _compare(*, futures: int, workers: int) -> int:
    """Run the command and return how many futures it left out."""
    with tempfile.TemporaryDirectory() as out:
        words = ["compare", THEATRE, "--futures", str(futures), "--workers", str(workers), "--out", out]
        subprocess.run([sys.executable, "-c", START, *words], check=True, capture_output=True)
        told = json.loads(Path(out, "results.json").read_text())
    return len(told["comparison"]["convergence"]["left_out"])


def _plan(options: argparse.Namespace) -> None:
    _compare(futures=1, workers=1)  # compiled, or read from the cache, before anything is measured
    costs = [_measured(number, options) for number in range(options.chunks)]
    games = sum(name.startswith(f"{THEATRE}/") for name in library_files())
    games_in_chunk = games * options.chunk_futures
    print_table(
        ("what", "median (range)"),
        [
            ("worker: processor seconds", spread([each["seconds"] for each in costs])),
            ("worker: milliseconds a game", spread([1000 * each["seconds"] / games_in_chunk for each in costs])),
            ("worker: seconds to start, before its first chunk", spread([each["start"] for each in costs])),
            ("worker: peak memory, MB", spread([each["peak"] / 1e6 for each in costs])),
            ("sent to the worker, kB", spread([each["sent"] / 1e3 for each in costs])),
            ("sent back and kept, kB", spread([each["kept"] / 1e3 for each in costs])),
            ("client: milliseconds to check and write", spread([1000 * each["client"] for each in costs])),
            ("client: memory once joined, kB", spread([each["joined"] / 1e3 for each in costs])),
            ("client: memory to write results.parquet, kB", spread([each["results"] / 1e3 for each in costs])),
        ],
        title=f"A chunk of {options.chunk_futures} futures of {games} arrangements, grid {_grid()}, one thread, "
        f"{options.chunks} chunks:",
    )
    _print_plan({name: median(each[name] for each in costs) for name in costs[0]}, options)


def _print_plan(cost: Cost, options: argparse.Namespace) -> None:
    rows = []
    for futures in PLANNED:
        chunks = futures / options.chunk_futures
        rows.append(
            (
                f"{futures:,}",
                f"{chunks:,.0f}",
                f"{chunks * cost['seconds'] / 3600:,.1f}",
                *(f"{chunks * cost['seconds'] / cores / 3600:,.2f}" for cores in options.cores),
                f"{chunks * cost['client'] / 3600:,.2f}",
                f"{chunks * cost['kept'] / 1e9:,.2f}",
                f"{chunks * (cost['sent'] + cost['kept']) / 1e9:,.2f}",
                f"{chunks * cost['joined'] / 1e9:,.2f}",
                f"{chunks * cost['results'] / 1e9:,.2f}",
            )
        )
    print_table(
        (
            "futures",
            "chunks",
            "core-hours",
            *(f"hours on {cores} cores" for cores in options.cores),
            "client's own hours",
            "kept, GB",
            "over the network, GB",
            "client's memory, GB",
            "and for results.parquet, GB",
        ),
        rows,
        title="Multiplied up, nothing of it run:",
    )


def _measured(number: int, options: argparse.Namespace) -> Cost:
    """Measure one chunk in a process of its own, as a worker is."""
    words = ["--measure", str(number), "--chunks", str(options.chunks), "--chunk-futures", str(options.chunk_futures)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.ensembles.compare", *words], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    cost: dict[str, float] = json.loads(done.stdout)
    return cost


def _chunks(options: argparse.Namespace) -> Sequence[Chunk]:
    grid = Grid()
    settings = Settings(
        futures=options.chunks * options.chunk_futures,
        seed=1,
        horizon_periods=20,
        beliefs=grid.beliefs,
        balances=grid.balances,
        slices=grid.slices,
        tolerance=1e-4,
        max_sweeps=2000,
        method="kernel",
    )
    arrangements = [load_from_library(name) for name in library_files() if name.startswith(f"{THEATRE}/")]
    sample = draw(default_parameters(), futures=settings.futures, seed=settings.seed)
    return cut(arrangements, digests_of(arrangements), sample, settings=settings, size=options.chunk_futures)


def _cost_of(chunk: Chunk) -> Cost:
    """Compute a chunk as a worker does, and check and write it as the client does."""
    one = cut(chunk.arrangements[:1], digests_of(chunk.arrangements[:1]), chunk.sample, settings=chunk.settings, size=1)
    solve_chunk(one[0])  # the kernel compiled, or read from the cache
    start = process_time()
    content = solve_chunk(chunk)
    seconds = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        block, _ = read_chunk(content, name=chunk.name)
        write_together(Path(folder), {chunk.file: content})
        client = perf_counter() - began
    return {
        "seconds": seconds,
        "start": start,
        "peak": peak,
        "sent": len(pickle.dumps(chunk)),
        "kept": len(content),
        "client": client,
        "joined": _bytes_of(joined([block])) + chunk.sample.values.nbytes,
        "results": _memory_for_results(block, chunk),
    }


def _memory_for_results(block: Block, chunk: Chunk) -> int:
    """Measure the most that is held while the results file of one chunk is written."""
    ensemble = Ensemble(
        arrangements=tuple(each.id for each in chunk.arrangements),
        sample=chunk.sample,
        outcomes=block.outcomes,
        war_by_period=block.war_by_period,
        cost_by_member=block.cost_by_member,
        members=tuple(each.responders for each in chunk.arrangements),
        converged=block.converged,
        residual=block.residual,
        sweeps=block.sweeps,
        settings=chunk.settings,
    )
    provenance = provenance_of_outcomes(
        ensemble, command="", arrangements=dict.fromkeys(ensemble.arrangements, ""), parameters_digest="", baseline=""
    )
    tracemalloc.start()
    parquet_of(ensemble, provenance=provenance)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def _bytes_of(block: Block) -> int:
    arrays = (block.outcomes, block.war_by_period, block.converged, block.residual, block.sweeps)
    return sum(array.nbytes for array in (*arrays, *block.cost_by_member))


def _grid() -> str:
    grid = Grid()
    return f"{grid.beliefs},{grid.balances},{grid.slices}"


if __name__ == "__main__":
    main()
