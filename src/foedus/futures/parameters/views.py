"""The views of the world that ship with the package, found by name."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from foedus.errors import UnknownName

CALIBRATED = "calibrated"
"""The overlay that evidence writes; it stands beside the default files."""
_SUFFIX = ".yaml"


@cache
def view_files() -> Mapping[str, Traversable]:
    """Return the packaged views by name, the default first."""
    folder = files("foedus") / "parameters"
    beside = (each for each in folder.iterdir() if each.name == CALIBRATED + _SUFFIX)
    views = (each for each in (folder / "views").iterdir() if each.name.endswith(_SUFFIX))
    found = {each.name.removesuffix(_SUFFIX): each for each in (*views, *beside)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: (pair[0] != "default", pair[0]))))


def find_view(name: str) -> Path | Traversable:
    """Find the file that a user means: a path that exists, or the name of a packaged view.

    Raises `UnknownName` that suggests the nearest.
    """
    path, known = Path(name), view_files()
    if path.is_file():
        return path
    if name in known:
        return known[name]
    near = get_close_matches(name.removesuffix(_SUFFIX), known, n=1, cutoff=0.4)
    near = near or [each for each in known if name and name in each][:1]
    hint = f"did you mean {near[0]!r}?" if near else "`foedus params --views` lists what there is"
    raise UnknownName(f"there is no file and no packaged view {name!r}; {hint}")
