"""Wide: the place of a back end for GPUs. The second edition of the game has none.

takes: the wish to compute on a GPU. gives: `DeviceUnavailable`, which says what to do instead. promises: nobody who asks
for a GPU is served by the processor without being told. never: solves a game by rules that are no longer the game's.
"""

from typing import Any

from foedus.errors import DeviceUnavailable


def require_device(name: str) -> Any:
    """Refuse; raises `DeviceUnavailable`."""
    raise DeviceUnavailable(
        f"this version of the game is not written for a {name.upper()}: the back end for it belonged to the first edition and "
        "would answer by other rules; leave out --device to use the processor"
    )


def solve_wide(*games: object, **terms: object) -> Any:
    """Refuse as `require_device` does."""
    require_device("gpu")
