"""What carries a check that found nothing."""

import pytest

from foedus.arrangement.library import library_files
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.checks.carriers import PROOFS, RESTING
from foedus.checks.examine import check, examine
from foedus.checks.registry import CHECKS
from foedus.checks.specimens import good
from tests.checks.specimens import patched


def carriers(text: Arrangement, name: str, *, engine: str = "auto") -> list[str]:
    """Return the paths of what carries a check."""
    examination = examine(text, only=[name], with_carriers=True, engine=engine)  # type: ignore[arg-type]
    return [place.path for place in examination.passed[name]]


def test_the_proof_rests_on_the_clauses_that_reach_the_act() -> None:
    """Forces come from the clause on defence alone; that some clause delivers after every act takes both."""
    assert carriers(good(), "G05") == ["commitments[1]"]
    assert carriers(good(), "O02") == ["commitments[0]", "commitments[1]"]
    assert carriers(good(), "P03") == ["trigger.proof"]
    assert "trigger.decide_within" in carriers(good(), "T01")


@pytest.mark.parametrize("name", sorted(PROOFS))
def test_solver_and_plain_engine_name_the_same_clauses(name: str) -> None:
    """Cut down by deletion in a fixed order, the core does not depend on who decides."""
    assert carriers(good(), name, engine="z3") == carriers(good(), name, engine="plain")


def test_a_clause_that_another_repeats_carries_nothing() -> None:
    """Of two clauses that say the same, the earlier is kept."""
    again = {
        "id": "again",
        "by": "all_guarantors",
        "answers": ["incursion", "invasion"],
        "tier": "defend",
        "bindingness": "shall_specified",
        "content": "floor",
        "measures": ["arms"],
        "within": "72 h",
    }
    assert carriers(patched({("commitments", 2): again}), "O02") == ["commitments[0]", "commitments[1]"]


@pytest.mark.parametrize("name", sorted(set(PROOFS) & {"G05", "O02"}))
def test_without_a_carrier_the_check_finds_something_or_has_less_to_ask(name: str) -> None:
    """Take the content of a carrying clause away, and the check notices."""
    weaker = {"G05": "support", "O02": None}
    for path in carriers(good(), name):
        place = int(path.removeprefix("commitments[").rstrip("]"))
        key = "tier" if name == "G05" else "measures"
        text = patched({("commitments", place, key): weaker[name]})
        assert name in {finding.id for finding in check(text)}


def test_only_asked_for_it_takes_the_time() -> None:
    """By default only the clauses that cover every act are named; the others cost many runs."""
    plain = examine(good())
    assert plain.passed["G01"]
    assert not plain.passed["O02"]


def test_every_check_of_the_lists_exists() -> None:
    """No check is named that there is not, none in both lists."""
    assert set(PROOFS) | RESTING <= set(CHECKS)
    assert not set(PROOFS) & RESTING


def test_carriers_of_the_library_are_clauses_that_exist() -> None:
    """In a packaged text each path that is named is one of its own."""
    text = load(library_files()["ukraine/istanbul_draft_2022"])
    examination = examine(text, with_carriers=True)
    assert [place.path for place in examination.passed["V03"]] == ["trigger.if_undecided"]
    assert [place.path for place in examination.passed["G04"]] == ["commitments[0]"]
