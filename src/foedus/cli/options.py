"""Option types and readers that several commands share."""

import re
from collections.abc import Sequence
from pathlib import Path

import click

from foedus.cli.leaving import exit_with
from foedus.errors import DeviceUnavailable, InvalidFile, UnknownName
from foedus.futures.ensemble import Design, Settings
from foedus.futures.parameters.load import load_parameters
from foedus.futures.parameters.record import Parameters
from foedus.game.grid import Grid
from foedus.game.solve import Method
from foedus.game.wide import require_device
from foedus.values.duration import Duration


class GridParameter(click.ParamType[Grid]):
    """Three numbers: belief points, balance points, slices."""

    name = "B,K,S"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Grid:
        """Read ``11,7,3``."""
        if isinstance(value, Grid):
            return value
        parts = str(value).split(",")
        wish = "write belief points, balance points and slices of territory, as 11,7,3"
        if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
            self.fail(f"{value!r} is not a grid: {wish}", param, ctx)
        try:
            return Grid(*(int(part) for part in parts))
        except ValueError as error:
            self.fail(f"{value!r} is too coarse: {error}", param, ctx)

    def write(self, grid: Grid) -> str:
        """Write what ``convert`` reads."""
        return f"{grid.beliefs},{grid.balances},{grid.slices}"


class HorizonParameter(click.ParamType[int]):
    """A horizon in years, turned into periods of half a year."""

    name = "DURATION"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read ``10y``."""
        if isinstance(value, int):
            return value
        try:
            periods = round(Duration.parse(str(value)).years * 2)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if not 1 <= periods <= 200:
            self.fail(f"{value!r} is not between half a year and a hundred years", param, ctx)
        return periods

    def write(self, periods: int) -> str:
        """Write what ``convert`` reads."""
        return f"{periods / 2:g}y"


class ClusterParameter(click.ParamType[str]):
    """Where to compute: a Dask scheduler, or new processes on this machine."""

    name = "WHERE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read ``dask://HOST:PORT`` or ``local:N``."""
        text = str(value)
        if not re.fullmatch(r"local:[1-9]\d*|dask://[^\s/:]+:\d+", text):
            self.fail(
                f"{text!r} is no place to compute: write dask://HOST:PORT for a Dask scheduler, or local:N for N "
                "processes on this machine",
                param,
                ctx,
            )
        return text


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
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
device_option = click.option(
    "--device",
    type=click.Choice(["cpu", "gpu"]),
    default="cpu",
    show_default=True,
    help="Solve on the processor, or many games side by side on a GPU (extra `gpu`).",
)


def method_or_exit(device: str) -> Method:
    """Return the implementation that computes there; where there is no such device, say what is missing and exit."""
    if device == "cpu":
        return "kernel"
    try:
        require_device("gpu")
    except DeviceUnavailable as error:
        exit_with(str(error))
    return "wide"


def parameters_or_exit(overlays: Sequence[Path], views: Sequence[str] = ()) -> Parameters:
    """Return the parameters with views and the user's files laid over them, or print every finding and exit with 2."""
    try:
        return load_parameters(overlays, views=views)
    except (InvalidFile, UnknownName) as error:
        exit_with(str(error))


def settings_of(
    *,
    futures: int,
    seed: int,
    horizon_periods: int,
    grid: Grid,
    tolerance: float,
    max_sweeps: int,
    design: Design = "lhs",
    method: Method = "kernel",
) -> Settings:
    """Return the settings of an ensemble from what the options say."""
    return Settings(
        futures=futures,
        seed=seed,
        horizon_periods=horizon_periods,
        beliefs=grid.beliefs,
        balances=grid.balances,
        slices=grid.slices,
        tolerance=tolerance,
        max_sweeps=max_sweeps,
        method=method,
        design=design,
    )
