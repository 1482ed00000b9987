"""Records that compiled parts are given by their address: the same fields, and nobody's array is lost or kept."""

import sys
from typing import Any, NamedTuple

import numba
import numpy as np

from foedus.game.kernel.machine.jit import called
from foedus.game.kernel.machine.records import by_address
from foedus.values.arrays import FloatArray


class _Pair(NamedTuple):
    numbers: FloatArray
    factor: float


@called
def _scaled(pair: Any, at: int) -> float:
    return float(pair.numbers[at] * pair.factor)


@called
def _numbers_of(pair: Any) -> Any:
    return pair.numbers


@numba.njit
def _sum(pair: Any) -> Any:
    where, total = by_address(pair), 0.0
    for at in range(len(pair.numbers)):
        total += _scaled(where, at)
    return total


@numba.njit
def _taken(pair: Any) -> Any:
    return _numbers_of(by_address(pair))


def test_a_part_reads_fields_at_an_address() -> None:
    """Numbers and arrays of a record are found where it lies."""
    assert _sum(_Pair(np.array([1.0, 2.0, 4.0]), 0.5)) == 3.5


def test_an_array_that_is_taken_from_an_address_is_owned() -> None:
    """Whoever looks into a record holds none of its arrays afterwards; whoever is given one keeps it."""
    numbers = np.arange(1000.0)
    before = sys.getrefcount(numbers)
    for _ in range(3):
        _sum(_Pair(numbers, 2.0))
    assert sys.getrefcount(numbers) == before
    taken = _taken(_Pair(numbers.copy(), 1.0))
    assert [float(np.full(1000, fill).sum()) for fill in range(3)] == [0.0, 1000.0, 2000.0]
    np.testing.assert_array_equal(taken, numbers)
