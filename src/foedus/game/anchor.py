"""Where a solved game came to rest: from there one like it is solved roughly, in a fraction of the time."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np

HalfArray: TypeAlias = np.ndarray[Any, np.dtype[np.float16]]
PlaceArray: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]


class Anchor(NamedTuple):
    """A game's fixed point and what its members would do, in sixteen bits each: some 35 kB on the default grid."""

    point: HalfArray
    """(cell, entry, belief) values and policies."""
    asked: PlaceArray
    """(n, 2) question of the consultation and point of X, in their order."""
    chance: HalfArray
    """(n, member) chance to join there."""
