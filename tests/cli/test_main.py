"""The table of commands: complete, and read only where it is needed."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import foedus.cli
from foedus.cli.main import main

FOLDER = Path(str(foedus.cli.__file__)).parent / "commands"
FILES = sorted(file for file in FOLDER.glob("*.py") if file.stem != "__init__")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_command_is_in_the_table(file: Path) -> None:
    """What a module of commands offers is found by name, and is that very command."""
    for command in import_module(f"foedus.cli.commands.{file.stem}").commands:
        assert main.commands[command.name] is command


def test_a_page_is_shown_without_loading_what_learns_or_searches() -> None:
    """`foedus show` loads neither the libraries of estimation nor those of discovery and search."""
    heavy = "{'sklearn', 'pymoo', 'SALib', 'formulaic', 'pandas', 'matplotlib'}"
    program = (
        "import sys; from click.testing import CliRunner; from foedus.cli.main import main; "
        "result = CliRunner().invoke(main, ['show', 'ukraine/budapest_memorandum_1994']); "
        f"assert result.exit_code == 0, result.output; print(*({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
