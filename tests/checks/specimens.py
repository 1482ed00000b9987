"""The specimens of the package, with paths as tuples, as the tests write them."""

from typing import Any

from foedus.arrangement.record import Arrangement
from foedus.checks import specimens as packaged

GOOD: dict[str, Any] = packaged.good_data()
Patch = dict[tuple[Any, ...], Any]


def good() -> Arrangement:
    """Return the arrangement without a hole."""
    return packaged.good()


def patched(patch: Patch) -> Arrangement:
    """Return it with some entries changed; None takes an entry out."""
    return packaged.patched({written(path): value for path, value in patch.items()})


def written(path: tuple[Any, ...]) -> str:
    """Write a path as people do."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]
