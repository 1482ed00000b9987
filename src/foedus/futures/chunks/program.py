"""Which program computes: a digest of its text, so that what another one computed is never taken for its own."""

import sys
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from llvmlite import binding

from foedus import __version__
from foedus.game.solve import Method
from foedus.values.digest import digest_of, digest_of_bytes

_PACKAGES = ("values", "text", "arrangement", "mechanism", "game", "futures")
"""What outcomes depend on; the packages above read them only."""
_DATA = ("library/parties.yaml",)
_LIBRARIES = ("numpy", "scipy", "numba", "llvmlite")
_OF_THE_GPU = ("jax", "jaxlib")


@cache
def program_digest(method: Method) -> str:
    """Digest of the version of foedus, the text of its packages that compute, its data, Python and the libraries."""
    root = files("foedus")
    texts = {
        path: digest_of_bytes(file.read_bytes())
        for package in _PACKAGES
        for path, file in _programs(root / package, package)
    }
    texts |= {path: digest_of_bytes((root / path).read_bytes()) for path in _DATA}
    versions = {library: version(library) for library in (*_LIBRARIES, *(_OF_THE_GPU if method == "wide" else ()))}
    return digest_of({"foedus": __version__, "python": list(sys.version_info[:2]), **versions, "texts": texts})


@cache
def processor() -> str:
    """Name the kind of processor that code is compiled for; another kind may differ in the last bits."""
    return str(binding.get_host_cpu_name())


def _programs(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found = []
    for each in folder.iterdir():
        if each.is_dir() and each.name != "__pycache__":
            found += _programs(each, f"{path}/{each.name}")
        elif each.name.endswith(".py"):
            found.append((f"{path}/{each.name}", each))
    return found
