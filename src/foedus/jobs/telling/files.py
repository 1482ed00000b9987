"""Files that a result is written to: all of them or none."""

import os
from collections.abc import Mapping
from pathlib import Path

from foedus.errors import WrongRequest
from foedus.values.atomic import write_together


def refuse_unwritable(*folders: Path | None) -> None:
    """Say before the long work, and not after it, that a folder cannot be written to."""
    for folder in folders:
        if folder is None:
            continue
        there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
        if not there.is_dir() or not os.access(there, os.W_OK):
            raise WrongRequest(f"{folder} cannot be written: {there} is no folder that you may write to")


def refuse_unwritable_file(file: Path, *, is_new: bool = False) -> None:
    """Say of one file what `refuse_unwritable` says of folders; its folder has to be there already."""
    if is_new and file.exists():
        raise WrongRequest(f"{file} exists already and is left as it is; choose another name")
    if file.is_dir() or not file.parent.is_dir() or not os.access(file.parent, os.W_OK):
        raise WrongRequest(f"{file} cannot be written: name a file in a folder that is there and yours to write")


def write_files(contents: Mapping[str, bytes], *, folder: Path) -> tuple[Path, ...]:
    """Write files into a folder, all of them or none; raise `WrongRequest` where that cannot be done."""
    try:
        return write_together(folder, contents)
    except OSError as error:
        raise WrongRequest(f"{error.filename or folder} cannot be written: {error.strerror}") from error


def write_file(content: bytes, *, file: Path, is_new: bool = False) -> Path:
    """Write one file whole or not at all; where it is to be new, one that exists is left as it is."""
    refuse_unwritable_file(file, is_new=is_new)
    return write_files({file.name: content}, folder=file.parent)[0]
