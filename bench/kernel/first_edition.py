"""Time the kernel in turns with that of the first edition of the game: `python -m bench.kernel.first_edition`.

The first edition is taken from the history of the repository into a folder that is thrown away. Both solve their own
ten designs in as many futures, drawn by the same seed; but the games are not the same: the second edition decides about
war when war comes, tells accidents from provocations and has more chances to look up. The ratio says what a game costs
now, not which program is better.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.measuring.page import ROOT
from bench.measuring.repeats import print_table, ratios, spread

LAST_OF_THE_FIRST = "0a9d001"
"""The last state of the repository in which the kernel played the first edition."""
PLAYER = """
import sys, time
from foedus.game import Grid
from foedus.game.kernel import solve_batch
from bench.{games} import designed
games = designed(count=int(sys.argv[1]))
def play(balances, threads):
    began, used = time.perf_counter(), time.process_time()
    found = solve_batch(*games, grid=Grid(balances=balances), horizon=20, tolerance=1e-4, max_sweeps=2000,
                        threads=threads)
    solved = sum(each.is_converged for each in found)
    return time.perf_counter() - began, time.process_time() - used, len(found), solved
play(7, 1)
print("ready", flush=True)
for line in sys.stdin:
    print(*play(*map(int, line.split())), flush=True)
"""
"""What either edition runs: reads the balances of a grid and the number of threads, prints what it took."""


class Player:
    """One edition, in a process of its own that waits for its turn."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        if process.stdin is None or process.stdout is None:
            raise TypeError("a player is asked and answers by pipes")
        self._asked, self._said = process.stdin, process.stdout

    def answer(self, question: str) -> tuple[float, float, int, int]:
        """Return seconds by the clock and of the processor, games and how many of them converged."""
        self._asked.write(f"{question}\n")
        self._asked.flush()
        clock, processor, games, solved = self.next_line().split()
        return float(clock), float(processor), int(games), int(solved)

    def next_line(self) -> str:
        """Wait for the next line."""
        line = self._said.readline()
        if not line:
            raise SystemExit("one of the two editions ended before its turn; what it said is above")
        return line


def main() -> None:
    """Print games a second of both, one thread and two, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=4, help="futures of each of ten designs")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    rows = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _take_out(LAST_OF_THE_FIRST, folder)
        first = stack.enter_context(_player(folder, games="games", futures=options.futures))
        second = stack.enter_context(_player(ROOT, games="games.pairs", futures=options.futures))
        for player in (first, second):  # compiled, or read from where code is kept, before any clock runs
            player.next_line()
        for balances in (7, 13):
            for threads in (1, 2):
                turns = [
                    (first.answer(f"{balances} {threads}"), second.answer(f"{balances} {threads}"))
                    for _ in range(options.repeats)
                ]
                rows.append((f"11,{balances},3", threads, *_row(turns)))
    print_table(
        ("grid B,K,S", "threads", "first edition, games/s", "second, games/s", "times as fast", "by processor time"),
        rows,
        title=f"{10 * options.futures} games of each edition, {options.repeats} turns; the games differ:",
    )


def _row(turns: list[tuple[tuple[float, float, int, int], tuple[float, float, int, int]]]) -> Iterator[str]:
    for which in range(2):
        _, _, games, solved = turns[0][which]
        yield f"{spread([turn[which][2] / turn[which][0] for turn in turns])}, {solved} of {games} converged"
    for clock in range(2):
        yield ratios([turn[0][clock] for turn in turns], [turn[1][clock] for turn in turns])


def _take_out(state: str, folder: Path) -> None:
    """Write the program and its benches, as they were then, into a folder."""
    command = ["git", "archive", state, "src", "bench"]
    kept = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if kept.returncode:
        raise SystemExit(f"the first edition is in the history of the repository only: {kept.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(kept.stdout)) as archive:
        archive.extractall(folder, filter="data")


@contextmanager
def _player(folder: Path, *, games: str, futures: int) -> Iterator[Player]:
    command = [sys.executable, "-P", "-c", PLAYER.format(games=games), str(futures)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "src"), str(folder)])}
    pipes = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipes, stdout=pipes, cwd=folder, env=environment, text=True) as process:
        try:
            yield Player(process)
        finally:
            process.kill()


if __name__ == "__main__":
    main()
