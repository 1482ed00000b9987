"""What was made of a text that ships, kept with the user, so that it is read and validated once on a machine.

Kept under a digest of the text and of all that makes it: the sources of the rooms named, and the Python. Nothing is
kept of a text that a user wrote, and where there is no folder that is the user's alone nothing is kept at all.
"""

import contextlib
import pickle
import shutil
import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar, cast

from foedus.values.atomic import write_together
from foedus.values.user_folder import folder_of_the_user, is_private

_T = TypeVar("_T")
_PACKAGE = Path(__file__).parents[1]
MOST_MAKERS = 24
"""Makers of whose work something is kept; each version of foedus has some five."""


def kept(name: str, content: str | bytes, *, rooms: tuple[str, ...], make: Callable[[], _T]) -> _T:
    """Return what was made of this content before, or make it and keep it.

    ``rooms`` are the folders and files of the package whose sources decide what is made; ``name`` tells apart what
    several make of the same content. What cannot be read is made again, and what cannot be written is not kept.
    """
    folder = _folder(rooms)
    if folder is None:
        return make()
    file = folder / f"{name}-{_digest(content if isinstance(content, bytes) else content.encode())}"
    with contextlib.suppress(Exception):  # whatever is wrong with the file: it is made anew
        return cast(_T, pickle.loads(file.read_bytes()))  # noqa: S301  the folder is the user's alone
    made = make()
    with contextlib.suppress(OSError):
        write_together(file.parent, {file.name: pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)})
    return made


@cache
def _folder(rooms: tuple[str, ...]) -> Path | None:
    """Return the folder for these makers, made where it is missing; None where there can be none."""
    home = folder_of_the_user()
    if home is None:
        return None
    shelf = home / "foedus" / "read"
    folder = shelf / _makers(rooms)
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True)
            _forget_the_oldest(shelf)
        return folder if is_private(shelf) and is_private(folder) else None
    except OSError:
        return None


def _makers(rooms: tuple[str, ...]) -> str:
    digest = blake2b(sys.version.encode(), digest_size=8)
    for room in rooms:
        where = _PACKAGE / room
        for file in sorted(where.rglob("*.py")) if where.is_dir() else [where]:
            digest.update(f"{room}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def _forget_the_oldest(shelf: Path) -> None:
    makers = sorted(shelf.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in makers[MOST_MAKERS:]:
        shutil.rmtree(folder, ignore_errors=True)
