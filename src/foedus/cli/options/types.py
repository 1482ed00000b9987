"""Types of options: what a word on the command line is read as."""

from collections.abc import Callable
from typing import Any

import click

from foedus.errors import FoedusError
from foedus.jobs.asking.reading import (
    read_balance,
    read_base,
    read_grid,
    read_horizon,
    read_outcome,
    read_place,
    read_requirements,
    write_balance,
    write_grid,
    write_horizon,
    write_requirements,
)


class ReadParameter(click.ParamType[Any]):
    """A word that a reader of the jobs takes; what it says of a wrong word is told."""

    def __init__(self, name: str, read: Callable[[str], Any], *, write: Callable[[Any], str] = str) -> None:
        self.name = name
        self.write = write
        self._read = read

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a word; what has been read already stays as it is."""
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except (ValueError, FoedusError) as error:
            self.fail(str(error), param, ctx)


GRID = ReadParameter("B,K,S", read_grid, write=write_grid)
HORIZON = ReadParameter("DURATION", read_horizon, write=write_horizon)
PLACE = ReadParameter("WHERE", read_place)
OUTCOME = ReadParameter("OUTCOME", read_outcome)
REQUIREMENTS = ReadParameter("THRESHOLDS", read_requirements, write=write_requirements)
BASE = ReadParameter("POINTS", read_base)
BALANCE = ReadParameter("LOW..HIGH", read_balance, write=write_balance)
