"""What an installation may do without: packages that few commands need, and the extra that brings them."""

from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType

from foedus.errors import WrongRequest

EXTRAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "design": ("pymoo",),
        "evidence": ("formulaic", "pandas", "sklearn"),
        "pandas": ("pandas",),
        "sensitivity": ("SALib",),
        "slides": ("pptx",),
        "xarray": ("pandas", "xarray"),
    }
)
"""[extra] the modules that are asked for by name where it is used; `foedus[all]` brings every extra."""


def ask_for(extra: str, *, what: str) -> None:
    """Raise `WrongRequest` that says what to install where an extra is missing; nothing is loaded to find out."""
    if not is_installed(extra):
        raise WrongRequest(f"{what} an extra: pip install 'foedus[{extra}]'")


def is_installed(extra: str) -> bool:
    """Tell whether everything that an extra brings is there."""
    return all(map(_is_there, EXTRAS[extra]))


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # somebody has said that there is none
        return False
