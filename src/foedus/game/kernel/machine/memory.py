"""Memory that begins where a cache line does: vectors that lie across two are read and written more slowly."""

import math
from typing import Any

import numpy as np

from foedus.game.kernel.machine.jit import called
from foedus.game.kernel.machine.rows import WIDTH
from foedus.values.arrays import FloatArray


@called
def aligned(number: int) -> FloatArray:
    """Return zeros that begin where a cache line does; vectors that lie across two are read and written more slowly."""
    wide = np.zeros(number + 7)
    first = -(wide.ctypes.data // 8) % 8
    return wide[first : first + number]


@called
def vectors(number: int, each: int) -> FloatArray:
    """Return (number, each, place) zeros, aligned."""
    return aligned(number * each * WIDTH).reshape((number, each, WIDTH))


def on_lines(size: tuple[int, ...], dtype: Any) -> FloatArray:
    """Return zeros of a size and precision that begin where a cache line does."""
    number = math.prod(size)
    numbers: FloatArray = aligned(number).view(dtype)[:number].reshape(size)
    return numbers
