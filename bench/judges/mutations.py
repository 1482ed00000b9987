"""Faults put into the kernel on purpose, and the tests that catch them: `python -m bench.judges.mutations`.

Each fault is a small change to a copy of the package in a temporary folder; the judges of the kernel then run against
the copy. A fault that no test catches, or whose place is no longer found in the kernel, makes the command fail.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from time import perf_counter

from bench.measuring.page import ROOT
from bench.measuring.repeats import print_table

JUDGES = ("tests/game/test_judges_kernel.py", "tests/game/test_properties.py")
"""Quick tests that reach the kernel through `solve` alone."""
LIMIT_SECONDS = 400
SHOWN = 3
"""Tests named in the table."""


@dataclass(frozen=True)
class Fault:
    """An expression of the kernel that is written otherwise, wherever it stands."""

    name: str
    kind: str
    right: str
    """The expression, as Python; blanks, brackets that change nothing and line breaks do not matter."""
    wrong: str
    """What is written instead."""


FAULTS = (
    Fault("withdrawing pays", "wrong sign", "-f.audience_A", "f.audience_A"),
    Fault(
        "disarmament strengthens", "wrong sign", "a.demilitarised * f.drift_demil", "(-a.demilitarised) * f.drift_demil"
    ),
    Fault(
        "the type is never redrawn in values",
        "dropped term",
        "(1.0 - f.turnover, f.turnover)",
        "(1.0, 0.0 * f.turnover)",
    ),
    Fault("the leader forgets what a tier costs", "dropped term", "gain * v.interest - cost", "gain * v.interest"),
    Fault("a promise does not pull", "dropped term", "load(plane, (DUTY, i))", "0.0 * load(plane, (DUTY, 0))"),
    Fault("what was taken can be won again", "dropped term", "1.0 - f.slice * s", "1.0"),
    Fault(
        "types swapped in reading a response",
        "swapped index",
        "_place(f, v, odds, q_0, q_1)",
        "_place(f, v, odds, q_1, q_0)",
    ),
    Fault("types swapped when governments change", "swapped index", "drawn * (1.0 - f.prior)", "drawn * f.prior"),
    Fault("the duty of the wrong tier", "index off by one", "entry(v.duty, (n, e + 1))", "entry(v.duty, (n, e))"),
    Fault("everybody thinks to be decisive", "wrong factor", "gain * decides", "gain * joins"),
    Fault(
        "entrapment without provocation",
        "wrong variable",
        "chance * (seize_provoked + invade_provoked)",
        "chance * (seize + invade)",
    ),
    Fault(
        "consultation is read where it was not settled",
        "dropped check",
        "largest(beyond) <= 0.0",
        "largest(beyond) <= 1e30",
    ),
    Fault(
        "guarantors discount as the adversary does",
        "wrong parameter",
        "[f.delta_A, f.delta_P, f.delta_G, f.delta_G]",
        "[f.delta_A, f.delta_P, f.delta_A, f.delta_A]",
    ),
)


@dataclass(frozen=True)
class Verdict:
    """What became of a fault."""

    caught_by: tuple[str, ...]
    seconds: float
    trouble: str = ""
    """Why nothing can be said: the copy did not run."""


def main() -> None:
    """Put the faults in one by one, and print which tests catch each."""
    parser = argparse.ArgumentParser(prog="python -m bench.judges.mutations", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="faults whose name contains one of the words")
    parser.add_argument("--list", action="store_true", help="check that every place is found; run nothing")
    options = parser.parse_args()
    chosen = [f for f in FAULTS if not options.only or any(word in f.name for word in options.only)]
    missing = [fault for fault in chosen if not places(fault, kernel=ROOT / "src" / "foedus" / "game" / "kernel")]
    if missing:
        sys.exit("\n".join(f"not found in the kernel any more: {f.name} (looked for {f.right})" for f in missing))
    if options.list:
        print("\n".join(f"{fault.kind}: {fault.name}" for fault in chosen))
        return
    clean = _judge(None)
    if clean.caught_by or clean.trouble:
        sys.exit(f"the judges do not pass without a fault: {clean.trouble or ', '.join(clean.caught_by)}")
    verdicts = [(fault, _told(fault, _judge(fault))) for fault in chosen]
    _print(verdicts)
    if any(not verdict.caught_by for _, verdict in verdicts):
        sys.exit("not every fault is caught")


def places(fault: Fault, *, kernel: Path) -> int:
    """Return in how many places of the kernel the fault would be put."""
    return sum(len(_found(fault, file.read_text(encoding="utf-8"))) for file in kernel.rglob("*.py"))


def put(fault: Fault, *, kernel: Path) -> None:
    """Write the fault into the files of ``kernel``."""
    for file in kernel.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        lines = text.encode().splitlines(keepends=True)
        starts = list(accumulate((len(line) for line in lines), initial=0))
        source = b"".join(lines)
        for node in reversed(_found(fault, text)):
            first = starts[node.lineno - 1] + node.col_offset
            last = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            source = source[:first] + f"({fault.wrong})".encode() + source[last:]
        if source != text.encode():
            file.write_bytes(source)


def _found(fault: Fault, text: str) -> list[ast.expr]:
    """Return where the expression stands in a file's syntax tree, in the order of the text."""
    wanted = ast.dump(ast.parse(fault.right, mode="eval").body)
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr) and ast.dump(node) == wanted)
    return sorted(nodes, key=lambda node: (node.lineno, node.col_offset))


def _judge(fault: Fault | None) -> Verdict:
    """Run the judges against a copy of the package with the fault in it."""
    with tempfile.TemporaryDirectory(prefix="foedus-fault-") as folder:
        package = Path(folder) / "src" / "foedus"
        shutil.copytree(ROOT / "src" / "foedus", package, ignore=shutil.ignore_patterns("__pycache__"))
        if fault:
            put(fault, kernel=package / "game" / "kernel")
        return _run(Path(folder))


def _run(folder: Path) -> Verdict:
    source = str(folder / "src")
    env = os.environ | {"PYTHONPATH": source, "NUMBA_CACHE_DIR": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    where = [sys.executable, "-c", "import foedus.game.kernel as k; print(k.__file__)"]
    if source not in subprocess.run(where, env=env, cwd=ROOT, capture_output=True, text=True, check=True).stdout:
        sys.exit("the tests would not run against the copy: another foedus comes first on the path")
    words = [sys.executable, "-m", "pytest", *JUDGES, "-q", "-rf", "--tb=line", "-p", "no:cacheprovider"]
    began = perf_counter()
    try:
        done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        return Verdict((), perf_counter() - began, trouble=f"not done after {LIMIT_SECONDS} s")
    failed = tuple(re.findall(r"^FAILED \S+::(\S+)", done.stdout, flags=re.MULTILINE))
    trouble = "it does not compile" if re.search(r"numba\.core\.errors|SyntaxError", done.stdout) else ""
    if done.returncode not in (0, 1):
        trouble = (done.stdout + done.stderr).strip().splitlines()[-1]
    return Verdict(() if trouble else failed, perf_counter() - began, trouble=trouble)


def _told(fault: Fault, verdict: Verdict) -> Verdict:
    """Say at once what became of the fault."""
    found = verdict.trouble or f"caught by {len(verdict.caught_by)} tests"
    print(f"{fault.name}: {found}, {verdict.seconds:.0f} s", file=sys.stderr, flush=True)
    return verdict


def _print(verdicts: Sequence[tuple[Fault, Verdict]]) -> None:
    rows = [
        (fault.name, fault.kind, verdict.trouble or _names(verdict.caught_by) or "**nothing**")
        for fault, verdict in verdicts
    ]
    caught = sum(bool(verdict.caught_by) for _, verdict in verdicts)
    print_table(("fault", "kind", "caught by"), rows, title=f"{caught} of {len(rows)} faults in the kernel are caught:")


def _names(tests: Sequence[str]) -> str:
    """Name the first tests, the cases of one test once."""
    names = list(dict.fromkeys(name.split("[")[0].removeprefix("test_").replace("_", " ") for name in tests))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return "; ".join(names[:SHOWN]) + more


if __name__ == "__main__":
    main()
