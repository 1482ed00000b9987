"""A command that solves nothing waits for nothing that it does not use."""

import json
import subprocess
import sys

import click
import pytest

from foedus.cli.main import main
from foedus.cli.summaries import SUMMARIES

HEAVY = (
    "SALib",
    "formulaic",
    "llvmlite",
    "matplotlib",
    "numba",
    "pandas",
    "pyarrow",
    "pymoo",
    "scipy",
    "sklearn",
    "z3",
    *("dask", "jinja2", "starlette"),
    *("numpy", "pydantic", "rich", "yaml"),
)
"""Libraries that take longer to load than the commands below take to run."""
LOADED = f"""
import json, sys
from foedus.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]), file=sys.stderr)
"""
TEXT = "ukraine/no_guarantee"


@pytest.mark.parametrize(
    ("words", "used"),
    [
        (("--help",), set()),
        (("library",), {"pydantic", "rich", "yaml"}),
        (("show", TEXT), {"pydantic", "rich", "yaml"}),
        (("check", TEXT), {"numpy", "pydantic", "rich", "yaml"}),
    ],
    ids=["--help", "library", "show", "check"],
)
def test_what_solves_nothing_loads_no_solver(words: tuple[str, ...], used: set[str]) -> None:
    """To list, show and check a text no compiler, no statistics, no table library is loaded; a check takes arrays."""
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, encoding="utf-8", check=True)
    assert set(json.loads(done.stderr.splitlines()[-1])) == used


def test_the_list_of_commands_says_of_each_what_its_own_help_says() -> None:
    """The lines in the list are kept apart, so that no command is loaded for it; they are the same."""
    context = click.Context(main)
    told = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert {name: command.get_short_help_str(limit=999) for name, command in told.items() if command} == SUMMARIES
