"""Option types and readers that several commands share."""

import sys
from pathlib import Path

import click

from foedus.errors import InvalidFile
from foedus.futures.from_arrangement import load_parameters
from foedus.futures.parameters import Parameters
from foedus.game.grid import Grid
from foedus.values.duration import Duration


class GridParameter(click.ParamType[Grid]):
    """Three numbers: belief points, balance points, slices."""

    name = "B,K,S"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Grid:
        """Read ``11,7,3``."""
        if isinstance(value, Grid):
            return value
        try:
            beliefs, balances, slices = (int(part) for part in str(value).split(","))
            return Grid(beliefs, balances, slices)
        except ValueError as error:
            self.fail(f"{value!r} is not a grid: write belief points, balance points and slices, as 11,7,3 ({error})",
                      param, ctx)  # fmt: skip


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


def parameters_or_exit(overlays: tuple[Path, ...]) -> Parameters:
    """Return the parameters with the user's files laid over them, or print every finding and exit with 2."""
    try:
        return load_parameters(overlays)
    except InvalidFile as error:
        click.echo(str(error), err=True)
        sys.exit(2)
