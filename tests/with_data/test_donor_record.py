"""The donor records among the party facts, and the tracker's table that they come from."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]


def test_donor_records_are_what_the_command_prints(folder: Path) -> None:
    """Every figure that cites the tracker is printed by the command from the tracker's table, and none is left out."""
    tracker = folder / "kiel_r29_data_explorer.csv"
    if not tracker.exists():
        pytest.skip(f"{tracker.name} is not in the folder")
    command = [sys.executable, "-m", "bench.evidence.donor_record", str(tracker)]
    printed = plain(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)
    parties = plain((files("foedus") / "library" / "parties.yaml").read_text(encoding="utf-8"))["parties"]
    held = {
        party: {
            name: value for name, value in facts.items() if isinstance(value, dict) and value["source"] == "kiel_29"
        }
        for party, facts in parties.items()
    }
    assert printed
    assert {party: record for party, record in held.items() if record} == printed


def plain(text: str) -> Any:
    """Return YAML as plain data."""
    return YAML(typ="safe", pure=True).load(text)
