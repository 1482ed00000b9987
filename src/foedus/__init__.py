"""foedus: security guarantees as text, checked, solved, compared and explained.

takes: arrangements and parameter files. gives: comparisons with their assumptions.
promises: exact outcomes in each future, every number with its source. never: plans an operation.

Every function below is imported when it is first asked for, so that ``import foedus`` costs next to nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.face.games import anatomy, brief, claims, compare, design, negotiate, price, sensitivity, sweep
    from foedus.face.record import calibrate
    from foedus.face.samples import parameters, sample, solve, views
    from foedus.face.texts import check, diff, explain, library, load, show, source
    from foedus.face.texts import compile_text as compile  # noqa: A004  what it does to a text

    __version__: str

__all__ = [
    "__version__",
    "anatomy",
    "brief",
    "calibrate",
    "check",
    "claims",
    "compare",
    "compile",
    "design",
    "diff",
    "explain",
    "library",
    "load",
    "negotiate",
    "parameters",
    "price",
    "sample",
    "sensitivity",
    "show",
    "solve",
    "source",
    "sweep",
    "views",
]

if not TYPE_CHECKING:  # a checker of types sees the names above and no others

    def __getattr__(name: str) -> object:
        """Import a name of the face when it is first asked for, and keep it."""
        from importlib import import_module

        if name == "__version__":
            value = import_module("importlib.metadata").version("foedus")
        elif name in __all__:
            value = import_module("foedus.face.names").find(name)
        else:
            raise AttributeError(f"module 'foedus' has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
