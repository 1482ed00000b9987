"""What a streamed comparison of two texts takes as futures grow: `python -m bench.ensembles.stream [FUTURES...]`.

Each number of futures is run by a process of its own, whose peak of memory and processor time are told. The grid is a
coarse one (3,3,1, a year ahead, tolerance 0.01): what is measured is what is carried, not what is solved. With
``--drawn`` nothing is solved at all: numbers drawn at random stand for outcomes.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bench.measuring.repeats import print_table
from foedus.futures import solve
from foedus.futures.chunks.block import Block
from foedus.futures.chunks.chunk_file import chunk_bytes
from foedus.futures.chunks.chunking import Chunk
from foedus.futures.chunks.program import processor
from foedus.game.grid import Grid
from foedus.game.outcomes import OUTCOMES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.compare import CompareRequest
from foedus.jobs.large.compare_streamed import compare_streamed

TEXTS = ("ukraine/nato_membership", "ukraine/no_guarantee")
CHUNK = 250


def main() -> None:
    """Print a row for each number of futures."""
    parser = argparse.ArgumentParser(prog="python -m bench.ensembles.stream", description=__doc__)
    parser.add_argument("futures", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--on", help="where chunks are solved, as local:2; this process where it is not given")
    parser.add_argument("--drawn", action="store_true", help="outcomes are drawn at random, not solved")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        if asked.drawn:
            solve.solve_chunk = _drawn
        print(json.dumps(_run(asked.alone, asked.on)))
        return
    rows = []
    for futures in asked.futures:
        command = [sys.executable, "-m", "bench.ensembles.stream", "--alone", str(futures)]
        command += ["--on", asked.on] if asked.on else []
        command += ["--drawn"] if asked.drawn else []
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        rows.append([f"{futures:,}", *json.loads(done.stdout.splitlines()[-1])])
        print(rows[-1], file=sys.stderr, flush=True)
    columns = ("futures", "peak memory, MB", "processor seconds", "kept, MB", "parts, MB")
    print_table(columns, rows, title="Two texts, streamed, grid 3,3,1, chunks of 250 futures:")


def _drawn(chunk: Chunk, *, workers: int = 1) -> bytes:
    """Return a chunk as `solve_chunk` does, of numbers drawn at random."""
    generator, shape = np.random.default_rng(chunk.first), (chunk.size, len(chunk.arrangements))
    block = Block(
        outcomes=generator.random((*shape, len(OUTCOMES))),
        war_by_period=generator.random((*shape, chunk.settings.horizon_periods)),
        cost_by_member=tuple(generator.random((chunk.size, len(each.responders))) for each in chunk.arrangements),
        converged=np.ones(shape, dtype=np.bool_),
        residual=np.zeros(shape),
        sweeps=np.full(shape, workers),
    )
    return chunk_bytes(block, name=chunk.name, processor=processor())


def _run(futures: int, place: str | None) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        run = RunSettings(futures=futures, grid=Grid(3, 3, 1), horizon_periods=2, tolerance=0.01)
        out = Path(folder)
        compare_streamed(CompareRequest(TEXTS, run, out=out, place=place, chunk_futures=CHUNK))
        sizes = [sum(file.stat().st_size for file in (out / part).iterdir()) / 1e6 for part in ("chunks", "results")]
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    spent = own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime
    return [f"{own.ru_maxrss / 1024:.0f}", f"{spent:.0f}", *(f"{size:.1f}" for size in sizes)]


if __name__ == "__main__":
    main()
