"""The packages: what may lean on what, beyond what the import linter says, and the page that tells it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.docs.architecture import architecture, read_packages
from bench.docs.where_to_add import ADDITIONS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "foedus"
PACKAGES = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
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


def test_one_word_stands_for_one_idea() -> None:
    """No two classes bear one name."""
    places: dict[str, list[str]] = {}
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(_name_of(file))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_opens_with_its_card(package: str) -> None:
    """Takes, gives, promises, never: four words at the head of each package."""
    card = ast.get_docstring(ast.parse((PACKAGE / package / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert all(f"{word}:" in card for word in ("takes", "gives", "promises", "never"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_grows_past_six_hundred_lines(file: Path) -> None:
    """A file that everyone adds to is split before it is too late."""
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 600


def test_the_page_is_what_the_code_says() -> None:
    """docs/architecture.md is written by ``python -m bench.docs architecture.md`` and nothing else."""
    assert (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8") == architecture(ADDITIONS)


def test_no_arrow_points_upwards() -> None:
    """The page lists the packages from top to bottom, all of them, and each imports only what stands below it."""
    packages = read_packages()
    order = [package.name for package in packages]
    assert {*PACKAGES, "errors"} == set(order)
    for place, package in enumerate(packages):
        assert package.imports.keys() <= set(order[place + 1 :]), package.name


@pytest.mark.parametrize(("what", "files"), [(what, files) for what, files, _ in ADDITIONS])
def test_what_it_takes_to_add_something_is_there(what: str, files: tuple[str, ...]) -> None:
    """Every file that the page sends a reader to exists."""
    assert files, what
    assert [file for file in files if not (ROOT / file).exists()] == []
