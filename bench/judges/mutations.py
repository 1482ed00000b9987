"""Faults put into the kernel on purpose, and the tests that catch them: `python -m bench.judges.mutations`.

Each fault is a small change to a copy of the package in a temporary folder; the judges of the kernel then run against
the copy. A fault that no test catches, or whose place is no longer found in the kernel, makes the command fail.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
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
    """A change to every place of the kernel that matches."""

    name: str
    kind: str
    pattern: str
    """Regular expression, matched in each file of the kernel."""
    wrong: str
    """What is written instead."""


FAULTS = (
    Fault(
        "withdrawing pays",
        "wrong sign",
        r"- what\.seizure_withdrawn \* f\.audience_A",
        "+ what.seizure_withdrawn * f.audience_A",
    ),
    Fault(
        "disarmament strengthens",
        "wrong sign",
        r"\+ a\.demilitarised \* f\.drift_demil",
        "- a.demilitarised * f.drift_demil",
    ),
    Fault("yielding is free", "dropped term", r" - what\.yielded \* f\.yield_cost", ""),
    Fault(
        "the type is never redrawn in values",
        "dropped term",
        r"keep, mix = 1\.0 - f\.turnover, f\.turnover",
        "keep, mix = 1.0, 0.0 * f.turnover",
    ),
    Fault(
        "the leader forgets what a tier costs",
        "dropped term",
        r"gain \* v\.interest - v\.cost_weight \* f\.tier_cost\[r\]",
        "gain * v.interest",
    ),
    Fault("a promise does not pull", "dropped term", r" \+ load\(b\.plane, \(DUTY, j\)\)", ""),
    Fault(
        "what was taken can be won again",
        "dropped term",
        r"rest = column % balances, 1\.0 - f\.slice \* \(column // balances\)",
        "rest = column % balances, 1.0",
    ),
    Fault("nobody resents", "dropped term", r" - entry\(v\.resent, \(ADVERSARY,\)\)", ""),
    Fault(
        "forces in harm's way bind nobody",
        "dropped term",
        r"in_harms_way = f\.entangle if e == 2 else 0\.0",
        "in_harms_way = 0.0",
    ),
    Fault(
        "types swapped in reading a response",
        "swapped index",
        r"spot_of\(n, e\), low, high\)",
        "spot_of(n, e), high, low)",
    ),
    Fault("types swapped when governments change", "swapped index", r"drawn \* \(1\.0 - f\.prior\)", "drawn * f.prior"),
    Fault(
        "the duty of the wrong tier",
        "index off by one",
        r"a\.oblige\[a\.leader, n, r \+ 1\]",
        "a.oblige[a.leader, n, r]",
    ),
    Fault("everybody thinks to be decisive", "wrong factor", r"gain \* decides", "gain * joins"),
    Fault(
        "entrapment by accident",
        "wrong variable",
        r"done\(v, PROVOCATION, threat, n\) \* persists \* chi",
        "done(v, ACCIDENT, threat, n) * persists * chi",
    ),
    Fault("the adversary sees what it was", "wrong factor", r"unlucky \+ alpha \* \(blamed - unlucky\)", "blamed"),
    Fault(
        "a war is governed by the other attack's finding",
        "swapped index",
        r"seized, invaded = v\.governs\[0, n\], v\.governs\[1, n\]",
        "seized, invaded = v.governs[1, n], v.governs[0, n]",
    ),
    Fault(
        "consultation is read where it was not settled",
        "dropped check",
        r"largest\(beyond\) <= 0\.0",
        "largest(beyond) <= 1e30",
    ),
    Fault(
        "guarantors discount as the adversary does",
        "wrong parameter",
        r"f\.delta_G, f\.delta_G\]",
        "f.delta_A, f.delta_A]",
    ),
)


@dataclass(frozen=True)
class JudgingTerms:
    """How the judges are run."""

    stops_at_first: bool
    limit_seconds: int


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
    parser.add_argument("--first", action="store_true", help="stop at the first test that catches a fault")
    parser.add_argument("--limit", type=int, default=LIMIT_SECONDS, help="seconds for one fault, compiling included")
    options = parser.parse_args()
    chosen = [f for f in FAULTS if not options.only or any(word in f.name for word in options.only)]
    missing = [fault for fault in chosen if not places(fault, kernel=ROOT / "src" / "foedus" / "game" / "kernel")]
    if missing:
        sys.exit("\n".join(f"not found in the kernel any more: {f.name} (looked for {f.pattern})" for f in missing))
    if options.list:
        print("\n".join(f"{fault.kind}: {fault.name}" for fault in chosen))
        return
    terms = JudgingTerms(stops_at_first=options.first, limit_seconds=options.limit)
    clean = _judge(None, terms)
    if clean.caught_by or clean.trouble:
        sys.exit(f"the judges do not pass without a fault: {clean.trouble or ', '.join(clean.caught_by)}")
    verdicts = [(fault, _told(fault, _judge(fault, terms))) for fault in chosen]
    _print(verdicts)
    if any(not verdict.caught_by for _, verdict in verdicts):
        sys.exit("not every fault is caught")


def places(fault: Fault, *, kernel: Path) -> int:
    """Return in how many places of the kernel the fault would be put."""
    return sum(len(re.findall(fault.pattern, file.read_text(encoding="utf-8"))) for file in kernel.rglob("*.py"))


def put(fault: Fault, *, kernel: Path) -> None:
    """Write the fault into the files of ``kernel``."""
    for file in kernel.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        wrong = re.sub(fault.pattern, lambda _: fault.wrong, text)
        if wrong != text:
            file.write_text(wrong, encoding="utf-8")


def _judge(fault: Fault | None, terms: JudgingTerms) -> Verdict:
    """Run the judges against a copy of the package with the fault in it."""
    with tempfile.TemporaryDirectory(prefix="foedus-fault-") as folder:
        package = Path(folder) / "src" / "foedus"
        shutil.copytree(ROOT / "src" / "foedus", package, ignore=shutil.ignore_patterns("__pycache__"))
        if fault:
            put(fault, kernel=package / "game" / "kernel")
        return _run(Path(folder), terms)


def _run(folder: Path, terms: JudgingTerms) -> Verdict:
    source = str(folder / "src")
    env = os.environ | {"PYTHONPATH": source, "NUMBA_CACHE_DIR": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    where = [sys.executable, "-c", "import foedus.game.kernel as k; print(k.__file__)"]
    if source not in subprocess.run(where, env=env, cwd=ROOT, capture_output=True, text=True, check=True).stdout:
        sys.exit("the tests would not run against the copy: another foedus comes first on the path")
    words = [sys.executable, "-m", "pytest", *JUDGES, "-q", "-rf", "--tb=line", "-p", "no:cacheprovider"]
    words += ["-x"] * terms.stops_at_first
    began = perf_counter()
    try:
        done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=terms.limit_seconds)
    except subprocess.TimeoutExpired:
        return Verdict((), perf_counter() - began, trouble=f"not done after {terms.limit_seconds} s")
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
