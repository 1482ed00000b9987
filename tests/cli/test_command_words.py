"""A command written out, read again as a shell would."""

import shlex

import click
import pytest
from click.testing import CliRunner

from foedus.cli.command_words import command_words
from foedus.cli.options.types import GRID, HORIZON
from foedus.jobs.asking.reading import read_horizon, write_horizon


@click.command("try")
@click.argument("names", nargs=-1)
@click.option("--seed", type=int, default=1)
@click.option("--horizon", type=HORIZON, default="10y")
@click.option("--grid", type=GRID, default="11,13,3")
@click.option("--tolerance", type=float, default=1e-4)
@click.option("--view", "views", multiple=True)
@click.option("--deep", "is_deep", is_flag=True)
@click.option("--loud", "-l", "is_loud", is_flag=True)
@click.option("--workers", type=int)
@click.option("--out", default="out")
def specimen(**_: object) -> None:
    """Print the command that is running."""
    click.echo(command_words(click.get_current_context(), always=("tolerance",), never=("is_loud",)))


def run(*arguments: str) -> str:
    return CliRunner().invoke(specimen, arguments, catch_exceptions=False).output.strip()


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("", "--seed 1 --tolerance 0.0001"),
        ("a 'b c' --loud --out x --workers 2", "a 'b c' --seed 1 --tolerance 0.0001"),
        ("--horizon 10y --grid 11,13,3 --tolerance 1e-4", "--seed 1 --tolerance 0.0001"),
        ("--horizon 18months --seed 2", "--seed 2 --horizon 1.5y --tolerance 0.0001"),
        ("--grid 7,5,2 --tolerance 1e-5", "--seed 1 --grid 7,5,2 --tolerance 1e-05"),
        ("--view one --view 'the other' x", "x --seed 1 --tolerance 0.0001 --view one --view 'the other'"),
        ("-l --deep", "--seed 1 --tolerance 0.0001 --deep"),
    ],
)
def test_what_is_not_at_its_default_is_written(given: str, written: str) -> None:
    """Arguments come first, words are quoted, and giving what was written writes the same again."""
    assert run(*shlex.split(given)) == f"foedus try {written}"
    assert run(*shlex.split(written)) == f"foedus try {written}"


@pytest.mark.parametrize("periods", [1, 3, 20, 199, 200])
def test_a_horizon_is_read_as_it_was_written(periods: int) -> None:
    """Half-years survive being written in years."""
    assert read_horizon(write_horizon(periods)) == periods
