"""Short commands load what they need and no more, so that they answer at once."""

import subprocess
import sys

import pytest

TEXT = "ukraine/kyiv_security_compact_2022"
HEAVY = {"scipy", "numba", "sklearn", "pandas", "pyarrow", "matplotlib", "z3", "dask", "jinja2", "starlette"}
"""Libraries that take longer to load than a short command takes to run."""
_REPORT = (
    "import atexit, sys; atexit.register(lambda: print(' '.join({name.partition('.')[0] for name in sys.modules}), "
    "file=sys.stderr)); from foedus.cli.main import main; main()"
)


def loaded(*words: str) -> set[str]:
    """Return the packages that a command has loaded when it ends."""
    run = subprocess.run([sys.executable, "-c", _REPORT, *words], capture_output=True, text=True, check=False)
    assert "foedus" in run.stderr.splitlines()[-1]
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--help",), ("show", TEXT), ("library",), ("check", TEXT)], ids=" ".join)
def test_a_short_command_loads_no_heavy_library(words: tuple[str, ...]) -> None:
    """To help, to show, to list and to check is to read a text, and takes no statistics and no solver of games."""
    assert not loaded(*words) & HEAVY


@pytest.mark.parametrize("words", [("--help",), ("show", TEXT), ("library",)], ids=" ".join)
def test_to_show_a_text_takes_no_arrays(words: tuple[str, ...]) -> None:
    """A page of a text, and the list of the library, are words."""
    assert "numpy" not in loaded(*words)


def test_help_reads_nothing() -> None:
    """The list of commands needs neither the language nor a terminal's colours."""
    assert not loaded("--help") & {"pydantic", "ruamel", "rich", "yaml"}
