"""Hold the reader against yaml-test-suite: `python -m bench.soak.yaml_suite FOLDER`, its branch `data` checked out.

The suite is not part of the project. Of its inputs those that are no YAML must be refused; a valid one is read, or
refused in words, for foedus reads one document of plain words.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

from bench.measuring.repeats import print_table
from foedus.text.source import read_source

_BEYOND = frozenset(
    {"tag", "odd-key", "not-a-mapping", "surprising-word", "surprising-number", "duplicate-key", "loose-yaml"}
)
"""What foedus leaves out of YAML, or asks to be written so that all readers agree."""


def main() -> None:
    """Read every input of the suite."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak.yaml_suite", description=__doc__)
    parser.add_argument("folder", type=Path)
    cases = sorted(parser.parse_args().folder.rglob("in.yaml"))
    if not cases:
        parser.error("no in.yaml below this folder; check the branch `data` of yaml-test-suite out")
    ends: Counter[str] = Counter()
    worst: list[str] = []
    slowest = 0.0
    for case in cases:
        began = perf_counter()
        end = _end_of(case)
        slowest = max(slowest, perf_counter() - began)
        ends[end] += 1
        worst += [f"{case.parent}: {end}"] if end in ("no YAML and taken", "traceback") else []
    print_table(("end", "inputs"), sorted(ends.items()), title=f"{len(cases)} inputs, slowest {slowest:.2f} s:")
    print("\n".join(worst), file=sys.stderr)
    sys.exit(1 if worst else 0)


def _end_of(case: Path) -> str:
    is_valid = not (case.parent / "error").exists()
    try:
        source = read_source(case.read_bytes().decode("utf-8"), file=case.name)
    except Exception:
        return "traceback"
    codes = {finding.code for finding in source.findings}
    if not codes:
        return "valid and read" if is_valid else "no YAML and taken"
    if not is_valid:
        return "no YAML and refused"
    return "valid, beyond what foedus reads" if codes & _BEYOND else "valid, refused for its writing"


if __name__ == "__main__":
    main()
