"""The arrangements that ship with the package, found by name."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.errors import UnknownName

_SUFFIX = ".yaml"


@cache
def library_files() -> Mapping[str, Traversable]:
    """Return the packaged arrangement files by name, such as ``ukraine/budapest_memorandum_1994``, in order."""
    root = files("foedus") / "library"
    found = {
        f"{folder.name}/{file.name.removesuffix(_SUFFIX)}": file
        for folder in root.iterdir()
        if folder.is_dir()
        for file in folder.iterdir()
        if file.name.endswith(_SUFFIX)
    }
    return MappingProxyType(dict(sorted(found.items())))


def load_from_library(name: str) -> Arrangement:
    """Load a packaged arrangement by name or id; raise `UnknownName` with the nearest, or `InvalidFile`."""
    return load(library_files()[_full_name(name)])


def find_arrangement_file(name: str) -> Path | Traversable:
    """Find the file that a user means: a path that exists, or the name or id of a packaged arrangement.

    Raises `UnknownName` that suggests the nearest.
    """
    path = Path(name)
    if path.is_file() or (path.suffix and path.exists()):
        return path
    return library_files()[_full_name(name)]


def _full_name(name: str) -> str:
    wanted = name.removesuffix(_SUFFIX)
    known = library_files()
    if wanted in known:
        return wanted
    ends = [full for full in known if full.split("/")[-1] == wanted]
    if len(ends) > 1:
        raise UnknownName(f"{name!r} stands for more than one arrangement: use {' or '.join(ends)}")
    inside = [full for full in known if full.startswith(f"{wanted}/")]
    if inside:
        raise UnknownName(f"{name!r} is a folder of the library; name one of its arrangements, such as {inside[0]}")
    if not ends:
        raise UnknownName(f"there is no file and no packaged arrangement {name!r}; {_suggestion(wanted)}")
    return ends[0]


def _suggestion(wanted: str) -> str:
    ids = {full.split("/")[-1]: full for full in library_files()}
    word = wanted.split("/")[-1]
    near = get_close_matches(word, ids, n=1, cutoff=0.5)
    found = near or [each for each in ids if word and word in each]
    return f"did you mean {ids[found[0]]!r}?" if found else "`foedus library` lists what there is"
