"""What the evidence command takes from the real files."""

from pathlib import Path

import pytest

from foedus.evidence.backtest.crises import find_crises
from foedus.evidence.calibration.rebuilt import rebuild_targets
from foedus.evidence.targets.load import load_targets


def test_targets_computed_anew_are_those_that_ship(folder: Path) -> None:
    """Every target that can be computed is the packaged one; no target is lost."""
    packaged = {target.id: target for target in load_targets()}
    rebuilt = {target.id: target for target in rebuild_targets(folder)}
    assert set(rebuilt) == set(packaged)
    apart = [
        name for name in packaged if rebuilt[name].value != pytest.approx(packaged[name].value, rel=1e-4, abs=1e-6)
    ]
    assert not apart


def test_huths_cases_are_tried(folder: Path) -> None:
    """39 or 58 cases, a third or so of which ended in attack."""
    crises = find_crises(folder)
    if not crises:
        pytest.skip("Huth's cases are not in the folder")
    assert len(crises) in (39, 58)
    assert 0.3 < sum(crisis.attacked for crisis in crises) / len(crises) < 0.5
    assert all((crisis.fought is None) != crisis.attacked for crisis in crises)
