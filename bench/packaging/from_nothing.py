"""What a bare machine waits for, `make run` in a fresh copy: `python -m bench.packaging.from_nothing`.

There is no environment and nothing compiled; what the installer has downloaded before is used where it lies.
"""

import os
import pty
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import psutil

from bench.measuring.page import ROOT
from bench.measuring.repeats import print_table

MARKS = {
    "comparing the Ukraine": "installed",
    "first look": "first look",
    "Averages over futures": "the whole comparison",
}
"""[words on the screen] what has come by then."""


def main() -> None:
    """Print when each thing came, on the wall and in processor time."""
    downloads = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=True
    )
    with tempfile.TemporaryDirectory(prefix="foedus-bare-") as folder:
        copy = Path(folder) / "foedus"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
        kept = {"XDG_CACHE_HOME": f"{folder}/cache", "PIP_CACHE_DIR": downloads.stdout.strip()}
        rows = list(_run(copy, os.environ | kept))
        weighs = subprocess.run(["du", "-sm", str(copy / ".venv")], capture_output=True, text=True, check=True)
    print_table(("there is", "seconds", "processor seconds so far"), rows, title="`make run` on a bare machine")
    print(f"\nThe environment takes {weighs.stdout.split()[0]} MB.")


def _run(copy: Path, environment: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    screen, theirs = pty.openpty()
    began = perf_counter()
    process = psutil.Popen(
        ["make", "run"], cwd=copy, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    written, awaited = "", dict(MARKS)
    while piece := _read(screen):
        written += piece
        for words in [each for each in awaited if each in written]:
            yield awaited.pop(words), f"{perf_counter() - began:.0f}", f"{_spent(process):.0f}"
    if process.wait() != 0 or awaited:
        sys.exit(f"`make run` did not come to its end:\n{written[-2000:]}")


def _read(screen: int) -> str:
    """Return what came to the screen; nothing once all who write to it have ended."""
    try:
        return os.read(screen, 1 << 16).decode(errors="replace")
    except OSError:
        return ""


def _spent(process: psutil.Process) -> float:
    """Return the processor time of a process and of all that came of it, whether they live or have ended."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
