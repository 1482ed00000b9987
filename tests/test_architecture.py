"""The rooms: what may lean on what, beyond what the import linter says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "foedus"
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
FOLDERS = sorted(path.parent for path in PACKAGE.rglob("__init__.py"))
FILES = sorted(PACKAGE.rglob("*.py"))


def _name_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _modules_imported_by(file: Path) -> Iterator[str]:
    """Name the modules that a file imports while it is itself imported, not those that it asks for later."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    known = {_name_of(each) for each in FILES}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("foedus"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module for name in names)


def _circle_from(name: str, arrows: dict[str, set[str]], open_: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if name in open_:
        return (*open_[open_.index(name) :], name)
    if name in done:
        return ()
    for other in sorted(arrows.get(name, ())):
        if circle := _circle_from(other, arrows, (*open_, name), done):
            return circle
    done.add(name)
    return ()


def test_no_files_import_each_other_in_a_circle() -> None:
    """What a file needs is below it: the imports draw a tree."""
    arrows = {_name_of(file): set(_modules_imported_by(file)) - {_name_of(file)} for file in FILES}
    done: set[str] = set()
    for name in sorted(arrows):
        assert not (circle := _circle_from(name, arrows, (), done)), " -> ".join(circle)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(PACKAGE.parent)))
def test_a_folder_holds_what_one_can_survey(folder: Path) -> None:
    """A folder is one subject with at most some fifteen files."""
    assert len([file for file in folder.glob("*.py") if file.name != "__init__.py"]) <= 17


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_opens_with_its_card(room: str) -> None:
    """Takes, gives, promises, never: four words at the door of each room."""
    card = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert all(f"{word}:" in card for word in ("takes", "gives", "promises", "never"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_grows_past_six_hundred_lines(file: Path) -> None:
    """A file that everyone adds to is split before it is too late."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 600
