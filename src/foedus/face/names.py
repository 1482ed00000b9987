"""Where each name of the face is."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Any

from foedus.jobs.asking.extras import ask_for, is_installed

_FUNCTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "texts": ("check", "compile", "diff", "explain", "library", "load", "show", "source"),
        "samples": ("parameters", "sample", "solve", "views"),
        "games": ("anatomy", "brief", "claims", "compare", "design", "negotiate", "price", "sensitivity", "sweep"),
        "record": ("calibrate",),
    }
)
"""[module] the names that it gives."""
_OTHERWISE = {"compile": "compile_text"}
"""Names that would hide a word of Python inside their module."""
_EXTRAS = {"record": "evidence"}
"""[module] the extra without which it cannot be imported."""


def find(name: str) -> Callable[..., Any]:
    """Import the function of that name."""
    module = next(module for module, names in _FUNCTIONS.items() if name in names)
    if module in _EXTRAS and not is_installed(_EXTRAS[module]):
        return partial(_refuse, name, _EXTRAS[module])
    found: Callable[..., Any] = getattr(import_module(f"foedus.face.{module}"), _OTHERWISE.get(name, name))
    return found


def _refuse(name: str, extra: str, /, *_: object, **__: object) -> None:
    """Say what to install where a function of the face cannot be imported."""
    ask_for(extra, what=f"foedus.{name} needs")
