"""The options that say on what terms games are solved, declared once; a command receives one record of them."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import click

from foedus.cli.options.types import GRID, HORIZON
from foedus.jobs.asking import defaults
from foedus.jobs.asking.reading import write_grid, write_horizon
from foedus.jobs.asking.run_settings import RunSettings

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_AT_LEAST_ONE = click.IntRange(min=1)

seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=defaults.SEED, show_default=True, help="Seed of the draws."
)
workers_option = click.option("--workers", type=_AT_LEAST_ONE, help="Threads; all cores when not given.")
grid_option = click.option(
    "--grid",
    type=GRID,
    default=write_grid(defaults.GRID),
    show_default=True,
    help="Belief points, balance points, slices of territory.",
)
overlays_option = click.option(
    "--parameters", "overlays", type=_FILE, multiple=True, help="Parameter files laid over the default and the views."
)
views_option = click.option(
    "--view",
    "views",
    multiple=True,
    metavar="NAME|FILE",
    help="A view of the world laid over the default; `foedus params --views` lists them.",
)
theatre_option = click.option(
    "--theatre",
    metavar="NAME",
    help="Put every text into this theatre profile, such as baltic_2025; docs/facts.md lists them.",
)
_horizon_option = click.option(
    "--horizon",
    "horizon_periods",
    type=HORIZON,
    default=write_horizon(defaults.HORIZON_PERIODS),
    show_default=True,
    help="How far to look ahead, such as 10y or 18months.",
)
_design_option = click.option(
    "--design",
    type=click.Choice(["lhs", "sobol"]),
    default="lhs",
    show_default=True,
    help="How futures fill the ranges; Sobol is best at powers of two.",
)


def futures_option(
    default: int, *, name: str = "--futures", least: int = 1, about: str = "How many futures to draw."
) -> Decorator:
    """Declare how many futures are drawn, under the name by which the command asks for it."""
    return click.option(name, "futures", type=click.IntRange(min=least), default=default, show_default=True, help=about)


def tolerance_option(default: float) -> Decorator:
    """Declare how exactly games are solved."""
    return click.option(
        "--tolerance",
        type=click.FloatRange(min=0, min_open=True),
        default=default,
        show_default=True,
        help="Largest change in a sweep at which a game counts as solved.",
    )


def max_sweeps_option(default: int) -> Decorator:
    """Declare when a game is given up."""
    return click.option(
        "--max-sweeps",
        type=_AT_LEAST_ONE,
        default=default,
        show_default=True,
        help="Sweeps after which a game is given up.",
    )


def run_options(futures: Decorator, *, is_spread: bool = False) -> Decorator:
    """Declare everything that says how games are solved; the command receives it as ``run``, a `RunSettings`.

    ``futures`` is made by `futures_option`. ``is_spread`` adds the choice of how futures fill the ranges.
    """
    options = [
        futures,
        seed_option,
        _horizon_option,
        grid_option,
        tolerance_option(defaults.TOLERANCE),
        max_sweeps_option(defaults.MAX_SWEEPS),
        *([_design_option] if is_spread else []),
        workers_option,
        overlays_option,
        views_option,
    ]
    names = ("futures", "seed", "horizon_periods", "grid", "tolerance", "max_sweeps", "workers", "overlays", "views")
    chosen = (*names, *(("design",) if is_spread else ()))

    def declare(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def with_run(**given: Any) -> Any:
            return command(run=RunSettings(**{name: given.pop(name) for name in chosen}), **given)

        return in_order(options)(with_run)

    return declare


def out_option(default: str | None, *, about: str) -> Decorator:
    """Declare the folder that files go to; nothing is written where there is no default and none is named."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        default=None if default is None else Path(default),
        show_default=default is not None,
        help=about,
    )


def in_order(options: Iterable[Decorator]) -> Decorator:
    """Return one decorator that declares options so that help lists them in this order."""

    def declare(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(list(options)):
            command = option(command)
        return command

    return declare
