"""The specimens of the checks: a small arrangement without a hole, and for each check the change that opens one."""

import copy
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.arrangement.load import adapter
from foedus.arrangement.record import Arrangement
from foedus.text.source import shipped_data

_STEP = re.compile(r"\[(\d+)\]|([a-z_]+)")


def good() -> Arrangement:
    """Return the arrangement without a hole that any check knows of."""
    return patched({})


def bad(check: str) -> Arrangement:
    """Return the arrangement in which a check finds its hole."""
    return patched(changes(check))


def changes(check: str) -> Mapping[str, Any]:
    """Return what opens the hole of a check: what stands afterwards, by path."""
    found: Mapping[str, Any] = _specimens()["bad"][check]
    return found


def good_data() -> dict[str, Any]:
    """Return the arrangement without a hole as plain data, to change at will."""
    data: dict[str, Any] = copy.deepcopy(_specimens()["good"])
    return data


def patched(patch: Mapping[str, Any]) -> Arrangement:
    """Return the arrangement without a hole with some places changed; None takes a place out."""
    data = good_data()
    for path, value in patch.items():
        _set(data, [int(index) if index else key for index, key in _STEP.findall(path)], value)
    return adapter().validate_python(data)


@cache
def _specimens() -> dict[str, Any]:
    text = (files("foedus") / "checks" / "specimens.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = shipped_data(text)
    return data


def _set(data: Any, path: list[str | int], value: Any) -> None:
    for step in path[:-1]:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    last = path[-1]
    if value is None:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(copy.deepcopy(value))
    else:
        data[last] = copy.deepcopy(value)
