"""Slips of the hand in mechanism, checks, insight and evidence: `python -m bench.judges.slips`.

A seeded sample of small changes (a comparison turned, a number one off, and for or, a statement or a condition left
out, arguments swapped, a constant returned) is put in, one at a time; the tests of the package that reach the changed
function run against it, quickest first. What no test notices is printed.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import time

from bench.judges.mutants import Mutant, count_mutants, mutant
from bench.judges.same_meaning import same_meaning
from bench.judges.trying import SOURCE, Tried, module_of, try_tests
from bench.measuring.page import ROOT
from bench.measuring.repeats import print_table

PACKAGES: Mapping[str, tuple[str, ...]] = {
    "mechanism": ("numpy", "pandas", "scipy.stats", "rich.table", "foedus.facts.interest"),
    "checks": ("z3", "foedus.mechanism.from_arrangement", "foedus.mechanism.procedure.commands"),
    "insight": ("numba", "sklearn.ensemble", "foedus.checks.examine", "foedus.futures.ensemble"),
    "evidence": ("formulaic", "matplotlib", "foedus.futures.ensemble"),
}
"""What is put to the test, lower ones first; and what may be loaded before it, once for all."""
_SLOW_SECONDS = 4.0
"""A test that takes longer is asked last."""
_AT_MOST_SECONDS = 60
_AT_MOST_SLOW = 400
_LONGEST_CLEAN = 400


@dataclass(frozen=True)
class _Reach:
    """A file of tests: how long it takes, which functions it reaches, which of its tests are slow."""

    test: str
    seconds: float
    functions: frozenset[str]
    slow: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What became of a change."""

    package: str
    mutant: Mutant
    caught_by: str
    same: str = ""
    """Why it is none: the program means the same."""


def main() -> None:
    """Put the changes in one by one, and print which no test notices."""
    parser = argparse.ArgumentParser(prog="python -m bench.judges.slips", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PACKAGES, default=list(PACKAGES), metavar="PACKAGE")
    parser.add_argument("--count", type=int, default=40, help="changes of each package (40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--below", default="", metavar="PATH", help="only files whose path contains this")
    parser.add_argument("--tests", nargs="+", metavar="PATH", help="files of tests that judge; those of the package")
    parser.add_argument("--seconds", type=float, default=3600.0, help="then no further change is put in")
    parser.add_argument("--goal", type=float, default=0.0, help="per cent that must be caught, else it exits with 1")
    options = parser.parse_args()
    until, found = time() + options.seconds, list[Verdict]()
    for package, before in PACKAGES.items():
        for name in before:
            importlib.import_module(name)
        if package in options.only:
            files = [file for file in _files(package) if options.below in str(file)]
            tests = [Path(each).resolve() for each in options.tests or _tests(package)]
            found += _judge(package, files, tests, count=options.count, seed=options.seed, until=until)
    _print(found)
    caught = sum(bool(each.caught_by) for each in found)
    sys.exit(0 if caught * 100 >= options.goal * sum(not each.same for each in found) else 1)


def _judge(
    package: str, files: Sequence[Path], tests: Sequence[Path], *, count: int, seed: int, until: float
) -> Iterator[Verdict]:
    chosen = _sample(files, count=count, random=Random(f"{package} {seed}"))  # noqa: S311  a seeded sample
    changed = {module_of(each.file) for each in chosen}
    reaches = list(_reaches(tests, [file for file in _files(package) if module_of(file) in changed]))
    for each in chosen:
        if time() > until:
            print(f"{package}: the time is up", file=sys.stderr)
            return
        same = same_meaning(each)
        verdict = Verdict(package, each, "" if same else _caught_by(each, reaches), same)
        told = f"same: {same}" if same else verdict.caught_by or "NOBODY"
        place = f"{each.file.relative_to(SOURCE / 'foedus')}:{each.line}"
        print(f"{place} [{each.kind}] {each.words}: {told}", file=sys.stderr, flush=True)
        yield verdict


def _tests(package: str) -> list[Path]:
    return sorted((ROOT / "tests" / package).rglob("test_*.py"))


def _files(package: str) -> list[Path]:
    return sorted((SOURCE / "foedus" / package).rglob("*.py"))


def _sample(files: Sequence[Path], *, count: int, random: Random) -> list[Mutant]:
    places = [(file, number) for file in files for number in range(count_mutants(file))]
    return [mutant(file, number) for file, number in random.sample(places, min(count, len(places)))]


def _reaches(tests: Sequence[Path], watched: Sequence[Path]) -> Iterator[_Reach]:
    """Run each file of tests once without a change; they must pass."""
    for file in tests:
        test = str(file.relative_to(ROOT))
        tried = try_tests([test], changed={}, watched=watched, seconds=_LONGEST_CLEAN)
        if tried.failed:
            sys.exit(f"the tests do not pass without a change: {tried.failed[0]}")
        slow = tuple(name for name, seconds in tried.seconds.items() if seconds > _SLOW_SECONDS)
        quick = sum(seconds for name, seconds in tried.seconds.items() if name not in slow)
        print(f"{test}: {quick:.1f} s, {len(slow)} slow", file=sys.stderr, flush=True)
        yield _Reach(test, quick, tried.reached, slow)


def _caught_by(change: Mutant, reaches: Sequence[_Reach]) -> str:
    module = module_of(change.file)
    place = f"{module}:{change.function}"
    near = [each for each in reaches if place in each.functions]
    if not near:  # it runs when the file is imported: whoever uses the file may notice
        near = [each for each in reaches if any(name.startswith(f"{module}:") for name in each.functions)]
    for each in sorted(near, key=lambda reach: reach.seconds):
        limit = int(min(_AT_MOST_SECONDS, 10 + 5 * each.seconds))
        tried = try_tests([each.test], changed={module: change.tree}, without=each.slow, seconds=limit)
        if tried.failed:
            return _first(tried)
    for each in near:  # what no quick test notices is asked of the slow ones
        if each.slow:
            tried = try_tests(each.slow, changed={module: change.tree}, seconds=_AT_MOST_SLOW)
            if tried.failed:
                return _first(tried)
    return ""


def _first(tried: Tried) -> str:
    return tried.failed[0].removeprefix("tests/")


def _print(found: Sequence[Verdict]) -> None:
    rows = [_row(package, [each for each in found if each.package == package]) for package in PACKAGES]
    rows.append(_row("together", found))
    print_table(("package", "changes", "mean the same", "caught", "not caught", "score"), rows, title="Slips put in:")
    missed = [each for each in found if not each.caught_by and not each.same]
    for each in missed:
        place = f"{each.mutant.file.relative_to(SOURCE / 'foedus')}:{each.mutant.line}"
        print(f"{place} [{each.mutant.kind}] {each.mutant.words}")


def _row(name: str, found: Sequence[Verdict]) -> tuple[object, ...]:
    same = sum(bool(each.same) for each in found)
    caught = sum(bool(each.caught_by) for each in found)
    judged = len(found) - same
    score = f"{100 * caught / judged:.0f} %" if judged else ""
    return (name, len(found), same, caught, judged - caught, score)


if __name__ == "__main__":
    main()
