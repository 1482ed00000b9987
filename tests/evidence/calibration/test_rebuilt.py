"""Targets computed anew from the files that a user has."""

from pathlib import Path

import pytest

from foedus.evidence.calibration.rebuilt import rebuild_targets
from foedus.evidence.targets.load import load_targets
from foedus.evidence.targets.record import TargetOrigin
from tests.evidence.data.made import write_csv


def test_without_files_the_packaged_targets_stand(tmp_path: Path) -> None:
    """No folder and an empty one change nothing."""
    assert rebuild_targets(None) == rebuild_targets(tmp_path) == load_targets()


def test_a_file_replaces_what_it_allows_to_compute_and_nothing_else(tmp_path: Path) -> None:
    """Three of four promises to fight were honoured: 0.75 of four; targets of other data sets stand as packaged."""
    rows = [{"is_active": "1", "power_changed": "0", "institutions": "2", "honoured": honoured} for honoured in "1110"]
    write_csv(tmp_path, "leeds_anac", rows)
    packaged = {target.id: target for target in load_targets()}
    rebuilt = {target.id: target for target in rebuild_targets(tmp_path)}
    assert list(rebuilt) == list(packaged)
    found = rebuilt["A6"]
    assert found.value == pytest.approx(0.75)
    assert (found.n, found.origin) == (4, TargetOrigin.COMPUTED)
    others = [name for name, target in packaged.items() if "leeds_anac" not in target.data]
    assert len(others) > 20
    assert all(rebuilt[name] == packaged[name] for name in others)
