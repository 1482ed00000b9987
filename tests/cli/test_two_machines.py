"""Two machines write the same bytes: home, locale, time zone, folder, order of hashes and threads are no input."""

import os
import subprocess
import sys
from pathlib import Path

import foedus
from foedus.game.kernel.keeping.place import writable_shelf

_CODE = "from foedus.cli.main import main; main()"
_ASKED = ("compare", "ukraine/no_guarantee", "ukraine/nato_membership", "--futures", "2", "--out", "out")
MACHINES: dict[str, dict[str, str]] = {
    "one": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "NUMBA_NUM_THREADS": "1", "COLUMNS": "60"},
    "zwei ü/inside": {
        "PYTHONHASHSEED": "77",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "tr",
        "NUMBA_NUM_THREADS": "2",
        "COLUMNS": "200",
        "PYTHONUTF8": "1",
    },
}


def written_on(name: str, place: Path) -> dict[str, bytes]:
    """Return what a command wrote on a machine of its own."""
    folder = place / name
    folder.mkdir(parents=True)
    threads = MACHINES[name]["NUMBA_NUM_THREADS"]
    source = str(Path(foedus.__file__).parents[1])
    # Machine code is taken from where this program keeps it: compiling is tried elsewhere, and takes minutes.
    kept = {"NUMBA_CACHE_DIR": str(shelf.parent)} if (shelf := writable_shelf()) else {}
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": source, **kept, **MACHINES[name]}
    words = [sys.executable, "-c", _CODE, *_ASKED, "--workers", threads]
    subprocess.run(words, env=env, cwd=folder, capture_output=True, check=True)
    return {file.name: file.read_bytes() for file in (folder / "out").iterdir() if file.is_file()}


def test_two_machines_write_the_same_bytes(tmp_path: Path) -> None:
    """Report, results for programs and table of outcomes are the same files wherever they are computed."""
    here, there = (written_on(name, tmp_path) for name in MACHINES)
    assert here.keys() == there.keys() == {"report.html", "results.json", "results.parquet"}
    assert [name for name, content in here.items() if there[name] != content] == []
