"""A command that solves nothing waits for nothing that it does not use."""

import json
import os
import subprocess
import sys
from pathlib import Path

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
    *("numpy", "pydantic", "rich", "ruamel.yaml", "yaml"),
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
ENTERED = """
import json, sys
from importlib import import_module
from pkgutil import walk_packages
sys.modules[sys.argv[1]] = None
import foedus
failed = []
for name in sorted(each.name for each in walk_packages(foedus.__path__, "foedus.")):
    try:
        import_module(name)
    except ImportError:
        failed.append(name)
print(json.dumps(failed))
"""
"""Imports every module in a world without one library, and names those that cannot be imported."""
OF_EXTRAS = (
    *("foedus.evidence", "foedus.jobs.record", "foedus.report.evidence", "foedus.cli.commands.record"),
    *("foedus.insight.design.genetic", "foedus.checks.search.z3_engine", "foedus.face.record"),
)
"""Rooms that an extra is for."""
TEXT = "ukraine/no_guarantee"


@pytest.mark.parametrize(
    ("words", "used"),
    [(("--help",), set()), (("library",), {"rich"}), (("show", TEXT), {"rich"}), (("check", TEXT), {"numpy", "rich"})],
    ids=["--help", "library", "show", "check"],
)
def test_what_solves_nothing_loads_no_solver(words: tuple[str, ...], used: set[str], tmp_path: Path) -> None:
    """To list, show and check a text no compiler, no statistics, no table library is loaded; a check takes arrays.

    What reads and validates texts is loaded for the first of them alone.
    """
    first, again = (_loaded(words, home=tmp_path) for _ in range(2))
    assert first - used == ({"pydantic", "yaml"} if used else set())
    assert again == used


@pytest.mark.parametrize("module", ["pandas", "pyarrow", "pymoo", "SALib", "formulaic", "sklearn", "z3"])
def test_an_extra_that_is_missing_hinders_nobody_else(module: str) -> None:
    """Every room but those that an extra is for can be entered without it."""
    done = subprocess.run([sys.executable, "-c", ENTERED, module], capture_output=True, encoding="utf-8", check=True)
    assert [name for name in json.loads(done.stdout) if not name.startswith(OF_EXTRAS)] == []


def _loaded(words: tuple[str, ...], *, home: Path) -> set[str]:
    around = {**os.environ, "XDG_CACHE_HOME": str(home), "HOME": str(home), "LOCALAPPDATA": str(home)}
    command = [sys.executable, "-c", LOADED, *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=around)
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_the_list_of_commands_says_of_each_what_its_own_help_says() -> None:
    """The lines in the list are kept apart, so that no command is loaded for it; they are the same."""
    context = click.Context(main)
    told = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert {name: command.get_short_help_str(limit=999) for name, command in told.items() if command} == SUMMARIES


def test_the_package_runs_as_the_program_does() -> None:
    """Whose path has no script of that name says ``python -m foedus``."""
    done = subprocess.run(
        [sys.executable, "-m", "foedus", "library", "--nope"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Try 'foedus library --help' for help." in done.stderr
