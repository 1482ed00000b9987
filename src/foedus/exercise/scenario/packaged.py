"""The scenarios that ship with the package: a folder each, with reports, a script and a commentary."""

from importlib.resources import as_file, files
from pathlib import Path

SCRIPT = "script.yaml"
EXERCISE = "exercise.yaml"


def sample_reports() -> tuple[Path, ...]:
    """Return the files of reports that ship, in the order of their names."""
    return tuple(path for path in _yaml_files() if path.name not in (SCRIPT, EXERCISE))


def sample_scripts() -> tuple[Path, ...]:
    """Return the scripts that ship."""
    return tuple(path for path in _yaml_files() if path.name == SCRIPT)


def sample_exercises() -> tuple[Path, ...]:
    """Return the exercises that ship; each is called as its folder."""
    return tuple(path for path in _yaml_files() if path.name == EXERCISE)


def _yaml_files() -> list[Path]:
    with as_file(files("foedus") / "scenarios") as folder:
        return sorted(folder.glob("*/*.yaml"))
