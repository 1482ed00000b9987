"""Numbers as a file gives them, read for what they are: each is refused by name rather than taken for another."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray, IntArray

LARGEST = 2.0**53
"""Whole numbers beyond this are not exact in every program."""
_SHOWN = 40


def number_in(given: Mapping[str, Any], name: str) -> float:
    """Return a number; text, true and nothing are none. Raises ValueError that names it."""
    return float(_each(given[name], name, _is_number, "a number"))


def whole_in(given: Mapping[str, Any], name: str) -> int:
    """Return a whole number; 2.0 is one, 2.5 is not rounded."""
    return int(_each(given[name], name, _is_whole, "a whole number"))


def numbers_in(given: Mapping[str, Any], name: str) -> FloatArray:
    """Return an array of numbers; a single number is one without axes."""
    return np.asarray(_all(given[name], name, _is_number, "numbers"), dtype=np.float64)


def wholes_in(given: Mapping[str, Any], name: str) -> IntArray:
    """Return an array of whole numbers."""
    return np.asarray(_all(given[name], name, _is_whole, "whole numbers"), dtype=np.int64)


def truths_in(given: Mapping[str, Any], name: str) -> BoolArray:
    """Return an array of true and false; no other value is either."""
    return np.asarray(_all(given[name], name, _is_truth, "true and false"), dtype=np.bool_)


def _all(value: Any, name: str, is_right: Callable[[Any], bool], what: str) -> Any:
    plain = value.tolist() if isinstance(value, np.ndarray) else value
    for each in _leaves(plain, name):
        _each(each, name, is_right, what)
    return plain


def _leaves(value: Any, name: str) -> Iterator[Any]:
    if not isinstance(value, list | tuple):
        yield value
        return
    lengths = {len(each) if isinstance(each, list | tuple) else -1 for each in value}
    if len(lengths) > 1:
        raise ValueError(f"{name} holds lists of different lengths")
    for each in value:
        yield from _leaves(each, name)


def _each(value: Any, name: str, is_right: Callable[[Any], bool], what: str) -> Any:
    if not is_right(value):
        shown = repr(value)
        raise ValueError(f"{name} holds {what}, not {shown if len(shown) <= _SHOWN else shown[:_SHOWN] + ' …'}")
    return value


def _is_number(value: Any) -> bool:
    is_one = isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)
    return is_one and not (isinstance(value, int) and abs(value) > LARGEST)


def _is_whole(value: Any) -> bool:
    return _is_number(value) and float(value).is_integer() and abs(value) <= LARGEST


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool | np.bool_)
