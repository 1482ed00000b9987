"""Cases of extended immediate deterrence, read from a made file."""

from math import log
from pathlib import Path

import pytest

from foedus.evidence.backtest.crises import DATA_SETS, find_crises
from tests.evidence.data.made import write_csv

HELD_BACK = {"case": "1", "attacked": "0", "fought": "", "immediate_balance": "2.0", "alliance": "1"}
FOUGHT = {"case": "2", "attacked": "1", "fought": "1", "immediate_balance": "0.5", "alliance": "0"}
STOOD_BY = {"case": "3", "attacked": "1", "fought": "0", "immediate_balance": "1.0", "alliance": "1"}


@pytest.mark.parametrize("name", DATA_SETS)
def test_a_case_says_who_attacked_and_who_resisted(name: str, tmp_path: Path) -> None:
    """The balance is turned into the adversary's, in logarithms; resistance shows only where there was an attack."""
    write_csv(tmp_path, name, [HELD_BACK, FOUGHT, STOOD_BY])
    crises = find_crises(tmp_path)
    assert [crisis.balance for crisis in crises] == pytest.approx([-log(2), log(2), 0.0])
    assert [(crisis.id, crisis.has_pact, crisis.attacked, crisis.fought) for crisis in crises] == [
        ("1", True, False, None),
        ("2", False, True, True),
        ("3", True, True, False),
    ]


def test_the_whole_file_goes_before_the_part(tmp_path: Path) -> None:
    """Where both files are there the one with all cases is read."""
    whole, part = DATA_SETS
    write_csv(tmp_path, whole, [HELD_BACK, FOUGHT])
    write_csv(tmp_path, part, [STOOD_BY])
    assert [crisis.id for crisis in find_crises(tmp_path)] == ["1", "2"]


def test_without_a_file_there_are_no_cases(tmp_path: Path) -> None:
    """An empty folder and no folder give none."""
    assert find_crises(tmp_path) == find_crises(None) == ()
