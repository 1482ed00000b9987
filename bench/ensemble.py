"""How long a person waits for `foedus compare` on the Ukraine library: `python -m bench.ensemble`.

The whole command is timed, from the start of Python to the files that it writes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.repeats import in_turns, print_table, ratios, spread
from foedus.arrangement.library import library_files

THEATRE = "ukraine"
START = "from foedus.cli.main import main; main()"


def main() -> None:
    """Print the wall time for each number of futures, on one core and on all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--workers", type=int, nargs="+", default=sorted({1, os.cpu_count() or 1}))
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
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
        rows, title=f"{games} arrangements, repeats: {options.repeats}",
    )  # fmt: skip


def _compare(*, futures: int, workers: int) -> int:
    """Run the command and return how many futures it left out."""
    with tempfile.TemporaryDirectory() as out:
        words = ["compare", THEATRE, "--futures", str(futures), "--workers", str(workers), "--out", out]
        subprocess.run([sys.executable, "-c", START, *words], check=True, capture_output=True)
        told = json.loads(Path(out, "results.json").read_text())
    return len(told["comparison"]["convergence"]["left_out"])


if __name__ == "__main__":
    main()
