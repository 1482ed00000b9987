"""What every function that solves games takes beside its own: on what terms they are solved."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypedDict

from foedus.arrangement.record import Arrangement
from foedus.errors import WrongRequest
from foedus.futures.ensemble import Design
from foedus.game.grid import Grid
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.asking.reading import read_grid, read_horizon
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given

Texts: TypeAlias = Given | Sequence[Given]
"""One text, or several; a theatre of the library or a folder stands for all in it where several are taken."""


class RunOptions(TypedDict, total=False):
    """On what terms games are solved; what is not named is as for the command of the same name."""

    futures: int
    """Futures drawn."""
    seed: int
    """Seed of the draws."""
    horizon: str
    """How far to look ahead, such as ``10y``."""
    grid: str | tuple[int, int, int] | Grid
    """Belief points, balance points, slices of territory."""
    tolerance: float
    """Largest change in a sweep at which a game counts as solved."""
    max_sweeps: int
    """Sweeps after which a game is given up."""
    spread: Design
    """How futures fill the ranges: ``lhs`` or ``sobol``."""
    workers: int
    """Threads; all cores when not given."""
    views: str | Sequence[str]
    """Views of the world laid over the default."""
    parameters: str | Path | Sequence[str | Path]
    """Parameter files laid over those."""
    progress: Tell
    """Called with what is being done, how much of it is done, and how much there is."""


def run_of(futures: int, options: RunOptions) -> RunSettings:
    """Return the terms that the options name; raise `WrongRequest` where one of them cannot be read."""
    unknown = sorted(set(options) - set(RunOptions.__annotations__))
    if unknown:
        raise WrongRequest(f"no such option: {', '.join(unknown)}; there are {', '.join(RunOptions.__annotations__)}")
    named: dict[str, Any] = {
        name: options[name] for name in ("seed", "tolerance", "max_sweeps", "workers") if name in options
    }
    try:
        if "horizon" in options:
            named["horizon_periods"] = read_horizon(options["horizon"])
        if "grid" in options:
            named["grid"] = _grid(options["grid"])
    except ValueError as error:
        raise WrongRequest(str(error)) from error
    if "spread" in options:
        named["design"] = options["spread"]
    named["views"] = tuple(several(options.get("views", ())))
    named["overlays"] = tuple(Path(file) for file in several(options.get("parameters", ())))
    return RunSettings(futures=options.get("futures", futures), **named)


def progress_of(options: RunOptions) -> Tell:
    """Return whom to tell how far the work is."""
    return options.get("progress", silent)


def several(given: Any) -> tuple[Any, ...]:
    """Return what was given as several, be it one or several."""
    return (given,) if isinstance(given, str | Path | Arrangement) else tuple(given)


def call(name: str, *arguments: Any, **options: Any) -> str:
    """Write a call of the face as whoever reads a result would give it to obtain the same again."""
    words = [_written(each) for each in arguments]
    words += [f"{key}={_written(value)}" for key, value in options.items() if key not in ("progress", "workers")]
    return f"foedus.{name}({', '.join(words)})"


def _written(value: Any) -> str:
    if isinstance(value, Arrangement):
        return f"<{value.id}>"
    if isinstance(value, Path):
        return repr(str(value))
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    return repr(value)


def _grid(given: str | tuple[int, int, int] | Grid) -> Grid:
    if isinstance(given, Grid):
        return given
    return read_grid(given) if isinstance(given, str) else Grid(*given)
