"""Where the user keeps the data files, and which of them are there."""

from enum import StrEnum
from pathlib import Path

from foedus.errors import Finding, InvalidFile
from foedus.evidence.data.record import DataSet
from foedus.values.digest import digest_of_bytes

VARIABLE = "FOEDUS_DATA"
"""The environment variable that names the folder."""

ENDINGS = (".csv", ".dta")
"""Kinds of file that are read: comma-separated text and Stata."""


class Presence(StrEnum):
    """Whether a data set's file is there, and whether it is the one used in development."""

    ABSENT = "absent"
    SAME = "same"
    OTHER = "other"
    UNKNOWN = "there, nothing to compare with"


def open_folder(path: str | None) -> Path:
    """Return the data folder; raise `InvalidFile` where none is named or the one named is none."""
    if not path:
        message, mend = f"{VARIABLE} is not set", f"put the data files into a folder and set {VARIABLE} to its path"
    elif not Path(path).is_dir():
        message, mend = f"{path} is no folder", f"make it, or set {VARIABLE} to the folder that holds the data files"
    else:
        return Path(path)
    why = "foedus carries no data of others; who may use them fetches them from the provider"
    raise InvalidFile(
        [Finding(file=VARIABLE, line=0, column=0, path="", code="no-data-folder", message=message, why=why, mend=mend)]
    )


def find_file(data_set: DataSet, *, folder: Path | None) -> Path | None:
    """Return the file of a data set, under the name of the catalogue with any ending that is read, or None."""
    if folder is None:
        return None
    named = folder / data_set.file
    candidates = (named, *(named.with_suffix(ending) for ending in ENDINGS))
    return next((path for path in candidates if path.is_file()), None)


def presence_of(data_set: DataSet, *, folder: Path | None) -> Presence:
    """Tell whether the file is there and is, byte for byte, the one used in development."""
    file = find_file(data_set, folder=folder)
    if file is None:
        return Presence.ABSENT
    if not data_set.sha256:
        return Presence.UNKNOWN
    return Presence.SAME if digest_of_bytes(file.read_bytes()) == data_set.sha256 else Presence.OTHER
