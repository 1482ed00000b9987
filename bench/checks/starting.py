"""Time what a command costs before it has done anything: processor time of short commands against an empty interpreter.

Run as `python -m bench.checks.starting`. Processor time, user and system, of the whole process; the empty interpreter
takes turns with each command. Imports are compiled beforehand, as in an installed package.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial

from bench.measuring.repeats import print_table, ratios, spread

TEXT = "ukraine/kyiv_security_compact_2022"
COMMANDS = (("--help",), ("show", TEXT), ("library",), ("check", TEXT))
_RUN = "from foedus.cli.main import main; main()"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
        rows = [_row(words, repeats=repeats, environment=environment) for words in COMMANDS]
    print_table(
        ("command", "times an empty interpreter", "processor seconds"), rows, title="What a command costs to start"
    )


def _row(words: Sequence[str], *, repeats: int, environment: dict[str, str]) -> tuple[str, str, str]:
    empty = partial(_processor_seconds, ("-c", "pass"), environment)
    command = partial(_processor_seconds, ("-c", _RUN, *words), environment)
    command()  # compiles what it imports
    times = _in_turns((command, empty), repeats=repeats)
    return f"foedus {' '.join(words)}", ratios(times[0], times[1]), spread(times[0])


def _in_turns(works: Sequence[Callable[[], float]], *, repeats: int) -> list[list[float]]:
    rounds = [[work() for work in works] for _ in range(repeats)]
    return [list(times) for times in zip(*rounds, strict=True)]


def _processor_seconds(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Return the processor seconds, user and system, of one run of the interpreter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
