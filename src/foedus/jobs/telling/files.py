"""Files that a result is written to: all of them or none."""

import tempfile
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
        if reason := _why_unwritable(there):
            raise WrongRequest(f"{folder} cannot be written: {there} is no folder that you may write to ({reason})")


def refuse_unwritable_file(file: Path, *, is_new: bool = False) -> None:
    """Say of one file what `refuse_unwritable` says of folders; its folder has to be there already."""
    if is_new and file.exists():
        raise WrongRequest(f"{file} exists already and is left as it is; choose another name")
    reason = "it is a folder" if file.is_dir() else _why_unwritable(file.parent)
    if reason:
        mend = "name a file in a folder that is there and yours to write"
        raise WrongRequest(f"{file} cannot be written ({reason}): {mend}")


def _why_unwritable(folder: Path) -> str:
    """Try to write into a folder; rights alone do not tell of a disk that is full or read only."""
    if not folder.is_dir():
        return "it is not there" if not folder.exists() else "it is no folder"
    try:
        with tempfile.TemporaryFile(dir=folder) as draft:
            draft.write(b"foedus")
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


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
