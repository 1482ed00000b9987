"""The faults that `python -m bench.judges.mutations` puts into the kernel."""

import shutil
from pathlib import Path

import pytest
from bench.judges.mutations import FAULTS, Fault, places, put

from foedus.game import kernel

KERNEL = Path(kernel.__file__).parent


def test_there_are_faults_of_many_kinds() -> None:
    """At least ten faults, no two of one name, among them wrong signs, dropped terms and swapped indices."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 10
    assert {"wrong sign", "dropped term", "swapped index"} <= {fault.kind for fault in FAULTS}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_has_a_place_in_the_kernel(fault: Fault, tmp_path: Path) -> None:
    """Each fault is found in the kernel as it is, and putting it in leaves none of its places right."""
    assert places(fault, kernel=KERNEL) > 0, f"write this fault of bench/judges/mutations.py anew: {fault.right}"
    copy = tmp_path / "kernel"
    shutil.copytree(KERNEL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    put(fault, kernel=copy)
    assert places(fault, kernel=copy) == 0
    changed = [
        file.name for file in copy.rglob("*.py") if file.read_text() != (KERNEL / file.relative_to(copy)).read_text()
    ]
    assert changed
