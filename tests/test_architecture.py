"""The rooms: what may lean on what, beyond what the import linter says."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "foedus"
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
GROUND = {"values", "errors"}
FILES = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))]


def _names_imported_from_other_rooms(file: Path) -> Iterator[tuple[str, str]]:
    room = file.relative_to(PACKAGE).parts[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("foedus."):
            other = node.module.split(".")[1]
            if other not in GROUND | {room}:
                yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_from_files_use_another_rooms_verbs(file: Path) -> None:
    """Listing the files called from_<room>.py draws the data flow; types and constants may be named anywhere."""
    if file.name.startswith("from_") or file.relative_to(PACKAGE).parts[0] == "cli":
        return
    verbs = [f"{module}.{name}" for module, name in _names_imported_from_other_rooms(file) if name[0].islower()]
    assert not verbs, f"{file.name} uses {', '.join(verbs)}; move it to a file called from_<room>.py"


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_opens_with_its_card(room: str) -> None:
    """Takes, gives, promises, never: four words at the door of each room."""
    card = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert all(f"{word}:" in card for word in ("takes", "gives", "promises", "never"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_grows_past_six_hundred_lines(file: Path) -> None:
    """A file that everyone adds to is split before it is too late."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 600
