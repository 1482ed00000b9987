"""Machine code that a wheel brings is taken where it fits, and only there."""

from pathlib import Path

import pytest
from llvmlite import binding
from numba.core import config

from foedus.game.kernel.keeping import brought, kept, place, ready
from foedus.game.kernel.keeping.brought import FOLDER, KINDS, find_brought
from foedus.game.kernel.keeping.ready import CodeFor

ALL = frozenset(need for kind in KINDS for need in kind.needs)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a package with code for every kind of processor, on one that can do all of it, where nobody has chosen."""
    for kind in KINDS:
        folder = tmp_path / FOLDER / f"{kind.code}-{CodeFor.GAMES}"
        folder.mkdir(parents=True)
        (folder / "search.code").write_bytes(kind.name.encode())
        place.complete(folder)
    monkeypatch.setattr(brought, "KERNEL", tmp_path)
    monkeypatch.setattr(config, "CPU_NAME", None)
    monkeypatch.setattr(config, "CPU_FEATURES", None)
    _can(monkeypatch, ALL)
    return tmp_path


def _can(monkeypatch: pytest.MonkeyPatch, features: frozenset[str]) -> None:
    monkeypatch.setattr(binding, "get_host_cpu_features", lambda: dict.fromkeys(features, True))


def _found() -> str | None:
    folder = find_brought(CodeFor.GAMES)
    return (folder / "search.code").read_text() if folder else None


@pytest.mark.usefixtures("package")
def test_the_best_that_the_processor_can_do_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code of the first kind that it is of; where one ability is missing, no code that would ask for it."""
    assert _found() == KINDS[0].name
    for kind in KINDS:
        for need in kind.needs:
            _can(monkeypatch, ALL - {need})
            assert _found() in {each.name for each in KINDS if need not in each.needs} | {None}
    _can(monkeypatch, frozenset())
    assert _found() is None


@pytest.mark.parametrize("other", ["numba.__version__", "llvmlite.__version__", "sys.implementation.cache_tag"])
@pytest.mark.usefixtures("package")
def test_code_of_other_makers_is_left_aside(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Numba, LLVM or Python: what was made with the one is not read by the other."""
    assert _found() is not None
    monkeypatch.setattr(f"foedus.game.kernel.keeping.brought.{other}", "another")
    assert _found() is None


@pytest.mark.usefixtures("package")
def test_who_chooses_a_processor_gets_code_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NUMBA_CPU_NAME the game is compiled as it was asked for."""
    monkeypatch.setattr(config, "CPU_NAME", "znver4")
    assert _found() is None


def test_code_that_is_not_whole_is_left_aside(package: Path) -> None:
    """A file that lost its end is not read."""
    for file in package.rglob("*.code"):
        file.write_bytes(b"")
    assert _found() is None


def test_what_was_compiled_here_goes_before_what_was_brought(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code for this very processor is as fast or faster; without any, what was brought is read and nothing compiled."""
    monkeypatch.setattr(kept, "_read", [])
    monkeypatch.setattr(ready, "_ready", set())
    monkeypatch.setattr(place, "shelves", lambda: iter([tmp_path / "shelf"]))
    ready.make_ready(CodeFor.GAMES)
    assert [folder.is_relative_to(package / FOLDER) for folder in kept._read] == [True]
    own = tmp_path / "shelf" / f"{place.name_of_code()}-{CodeFor.GAMES}"
    own.mkdir(parents=True)
    place.complete(own)
    ready._ready.clear()
    ready.make_ready(CodeFor.GAMES)
    assert kept._read[1:] == [own]
