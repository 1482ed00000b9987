# mypy: disable-error-code="no-untyped-call"
"""Where machine code is kept: in which folders, and under a name that says of what and for which machine."""

import json
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import llvmlite
import numba
from numba.core import config
from numba.core.registry import cpu_target

from foedus.values.user_folder import folder_of_the_user, is_private, passing_folder

KERNEL = Path(__file__).parents[1]
SOURCES = (
    *("kernel/machine", "kernel/stage", "kernel/consultation", "kernel/search", "kernel/forward"),
    *("kernel/keeping/making.py", "future.py", "grid.py"),
)
"""All that decides what is compiled: files, and folders of them, of the game."""
SETTINGS = ("OPT", "LOOP_VECTORIZE", "SLP_VECTORIZE", "BOUNDSCHECK")
"""Settings of Numba that code depends on."""
COMPLETE = "complete.json"
"""The file that is written last: names and lengths of the others."""


@cache
def name_of_code() -> str:
    """Return a digest of the sources, of those who compile them and of the processor that they are compiled for."""
    processor = cpu_target.target_context.codegen().magic_tuple()
    return digest_of_code((sys.version, numba.__version__, llvmlite.__version__, *processor))


def digest_of_code(makers: tuple[str, ...]) -> str:
    """Return a digest of the sources, of these makers of code, and of the settings that they work with."""
    digest = blake2b(digest_size=8)
    for part in SOURCES:
        where = KERNEL.parent / part
        for file in sorted(where.glob("*.py")) if where.is_dir() else [where]:
            digest.update(file.name.encode() + file.read_bytes())
    digest.update(repr((makers, [_setting(name) for name in SETTINGS])).encode())
    return digest.hexdigest()


def shelves() -> Iterator[Path]:
    """Name the folders in which code may be kept, the best first: with the user, else with the package, else for now.

    With the user, since there another copy of the same kernel finds it: a new environment, a new version of what stands
    around it. One that others could write to is passed over: what is read there is run.
    """
    if chosen := _setting("CACHE_DIR"):
        yield Path(chosen) / "foedus"
    if home := folder_of_the_user():
        yield home / "foedus"
    yield KERNEL / "__pycache__"
    passing = passing_folder()
    if not passing.exists() or is_private(passing):
        yield passing


def find(name: str) -> Path | None:
    """Return the folder of that name that is complete, wherever it is."""
    return next((shelf / name for shelf in shelves() if is_complete(shelf / name)), None)


def writable_shelf() -> Path | None:
    """Return the best folder that can be written to, or none if there is none."""
    for shelf in shelves():
        try:
            shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=shelf).close()
        except OSError:
            continue
        return shelf
    return None


def complete(folder: Path) -> None:
    """Say that nothing is missing in a folder."""
    lengths = {file.name: file.stat().st_size for file in sorted(folder.glob("*.code"))}
    (folder / COMPLETE).write_text(json.dumps(lengths), encoding="utf-8")


def is_complete(folder: Path) -> bool:
    """Tell whether a folder holds all that was said to be there when it was complete."""
    try:
        lengths = json.loads((folder / COMPLETE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == length for name, length in lengths.items())
    except (OSError, ValueError):
        return False


def _setting(name: str) -> Any:
    """Return a setting of Numba, from its environment variable `NUMBA_...` or its file."""
    return getattr(config, name)
