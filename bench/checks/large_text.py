"""Time the checks on a large text: 30 guarantors with 10 clauses each, 12 act forms (3 threats x 4 attributions).

Run as `python -m bench.checks.large_text`; prints the median of several runs in processor time, and the same with
the solver as engine.
"""

import argparse
import statistics
import time
from typing import Any

from foedus.arrangement.load import adapter
from foedus.arrangement.record import Arrangement
from foedus.checks.examine import examine
from foedus.checks.search.engines import EngineName

_CONDITIONS = (
    "external and not provoked",
    "attribution >= likely",
    "requested and consulted",
    "flagrant or council_decides",
    "significant and deliberate",
    "threat >= seize",
    "nuclear_weapons_used",
    "persists and not adversary_agrees",
    "sustained or threat == invade",
    "parliament_approves",
)
_ANSWERS = (["hybrid"], ["incursion"], ["invasion"], ["incursion", "invasion"], ["hybrid", "incursion", "invasion"])


def large(guarantors: int, clauses: int) -> Arrangement:
    """Return an arrangement with so many guarantors and so many clauses for each."""
    ids = [f"guarantor_{i:02d}" for i in range(guarantors)]
    data: dict[str, Any] = {
        "foedus": 1,
        "id": "large",
        "name": "A large text",
        "theatre": "bench",
        "legal_form": "treaty",
        "status": "hypothetical",
        "sources": [{"title": "Made for timing"}],
        "scope": {"territory": "All of it"},
        "parties": {"protected_state": "home", "adversary": "foe", "guarantor": ids},
        "decision": {"rule": "quorum", "quorum": {"support": 0.3, "deploy": 0.5, "defend": 0.6}},
        "trigger": {"type": "armed_attack", "determined_by": "each_party_for_itself", "decide_within": "72 h"},
        "commitments": [_clause(party, i, place) for place, party in enumerate(ids) for i in range(clauses)],
    }
    return adapter().validate_python(data)


def _clause(party: str, index: int, place: int) -> dict[str, Any]:
    kind = (index * 7 + place * 3) % 10
    return {
        "id": f"{party}_{index}",
        "by": party,
        "answers": _ANSWERS[kind % 5],
        "when": _CONDITIONS[(index + place) % 10],
        "tier": ("support", "deploy", "defend")[kind % 3],
        "bindingness": "shall_specified",
        "content": "floor",
        "measures": ["arms"],
    }


def main() -> None:
    """Time it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--guarantors", type=int, default=30)
    parser.add_argument("--clauses", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    arrangement = large(options.guarantors, options.clauses)
    examine(large(2, 2))  # party facts and yardsticks are read once
    engines: tuple[EngineName, ...] = ("plain", "z3")
    for engine in engines:
        seconds = [_time(arrangement, engine) for _ in range(options.runs)]
        count = options.guarantors * options.clauses
        print(f"{engine}: {count} clauses, median {statistics.median(seconds):.3f} s, worst {max(seconds):.3f} s")


def _time(arrangement: Arrangement, engine: EngineName) -> float:
    start = time.process_time()
    examine(arrangement, engine=engine)
    return time.process_time() - start


if __name__ == "__main__":
    main()
