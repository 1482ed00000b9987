"""Where each name of the face is."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

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


def find(name: str) -> Callable[..., Any]:
    """Import the function of that name."""
    module = next(module for module, names in _FUNCTIONS.items() if name in names)
    found: Callable[..., Any] = getattr(import_module(f"foedus.face.{module}"), _OTHERWISE.get(name, name))
    return found
