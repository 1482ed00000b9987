"""Run the validations of the page for the referee, and write what came of them: `python -m bench.docs.referee`.

Those that take long, or need the data sets of others, run only when they are named; the results of what is not run stay
as they stand. `all` runs everything.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

from bench.docs.pieces import pieces_of, with_pieces
from bench.measuring.page import ROOT
from foedus.values.atomic import write_together

PAGE = ROOT / "docs" / "explanation" / "for_the_referee.md"
_COUNTS = re.compile(r"^\d+ (?:passed|failed).*?(?= in )", flags=re.MULTILINE)


@dataclass(frozen=True)
class Validation:
    """One claim about the program, and the commands that try it."""

    name: str
    commands: tuple[str, ...]
    """What is run: arguments of ``python -m``."""
    is_long: bool = False
    needs_data: bool = False
    """Whether it needs the data sets of others, in FOEDUS_DATA."""
    shown: str = ""
    """Regular expression of the lines that say what came of it; empty where pytest's count does."""


VALIDATIONS = (
    Validation("golden", ("pytest tests/game/test_golden.py",)),
    Validation("gambit", ("pytest tests/game/test_judges_gambit.py tests/game/test_export_gambit.py",)),
    Validation("regret", ("pytest tests/game/test_judges_kernel.py tests/game/test_stage.py",)),
    Validation("symmetries", ("pytest tests/game/test_properties.py tests/game/test_directions.py",)),
    Validation("faults in the kernel", ("bench.judges.mutations",), is_long=True, shown=r"^.*(?:caught|faults).*$"),
    Validation("one meaning", ("pytest tests/mechanism/test_one_meaning.py",)),
    Validation(
        "checks",
        (
            "pytest tests/checks/test_specimens.py tests/checks/test_mutations.py tests/checks/test_planted_faults.py",
            "pytest tests/checks/test_engines.py",
        ),
    ),
    Validation("language", ("pytest tests/arrangement/test_gallery.py",)),
    Validation("runs", ("pytest tests/futures/test_chunks.py tests/futures/test_cluster.py",)),
    Validation("insight", ("pytest tests/insight/test_anatomy.py tests/insight/test_design_search.py",)),
    Validation(
        "estimation",
        ("pytest tests/evidence/structural/test_known_answers.py tests/evidence/structural/test_recovery.py",),
    ),
    Validation("r packages", ("pytest tests/with_data/test_r_packages.py",), needs_data=True),
    Validation("log", ("pytest tests/exercise/log/test_crash.py",)),
    Validation(
        "killed writers", ("bench.exercise.log --appends 0 --events 0 --kills 200",), is_long=True, shown=r"^kill -9.*$"
    ),
)


def main() -> None:
    """Run what is asked for and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.docs.referee", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(each.name for each in VALIDATIONS))
    names = parser.parse_args().names
    page = PAGE.read_text(encoding="utf-8")
    pieces = pieces_of(page)
    for validation in VALIDATIONS:
        if is_asked_for(validation, names):
            pieces[validation.name] = "\n".join(came_of(command, validation) for command in validation.commands)
            print(f"{validation.name}:\n{pieces[validation.name]}", flush=True)
        elif not pieces.get(validation.name):
            pieces[validation.name] = not_run(validation)
    print(*write_together(PAGE.parent, {PAGE.name: with_pieces(page, pieces).encode()}))


def not_run(validation: Validation) -> str:
    """Say that nothing came of it yet, and how to run it."""
    return "\n".join(f"- `python -m {command}`: not run for this page yet." for command in validation.commands)


def is_asked_for(validation: Validation, names: Sequence[str]) -> bool:
    """Tell whether to run it: what is named, all but the long ones where nothing is."""
    if validation.needs_data and not os.environ.get("FOEDUS_DATA"):
        return False
    return validation.name in names or "all" in names or (not names and not validation.is_long)


def came_of(command: str, validation: Validation) -> str:
    """Run a command and say in a line what came of it."""
    start = perf_counter()
    quiet = " -q -p no:cacheprovider" if command.startswith("pytest") else ""
    done = subprocess.run(
        [sys.executable, "-m", *f"{command}{quiet}".split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    said = re.compile(validation.shown, flags=re.MULTILINE) if validation.shown else _COUNTS
    told = said.findall(done.stdout)
    if done.returncode or not told:
        end = f"{done.stdout[-3000:]}{done.stderr[-2000:]}"
        raise SystemExit(f"python -m {command} ended with {done.returncode}:\n{end}")
    data = "FOEDUS_DATA=DATA " if validation.needs_data else ""
    day = f"{datetime.now(tz=UTC):%Y-%m-%d}"
    return f"- `{data}python -m {command}`: {told[-1].strip()} ({day}, {perf_counter() - start:.0f} s)"


if __name__ == "__main__":
    main()
