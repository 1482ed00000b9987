"""What is said where an extra is missing, and that the extras are those that can be installed."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import foedus
from foedus.cli.on_demand import OnDemand
from foedus.errors import WrongRequest
from foedus.face.names import find
from foedus.jobs.asking.extras import EXTRAS

ROOT = Path(__file__).parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


def _without(monkeypatch: pytest.MonkeyPatch, extra: str) -> str:
    """Take away what an extra brings; return the sentence that is expected."""
    for module in EXTRAS[extra]:
        monkeypatch.setitem(sys.modules, module, None)
    return f"an extra: pip install 'foedus[{extra}]'"


@pytest.mark.parametrize("asked", [("estimate", "egame12", "a.csv", "x ~ 1"), ("data",), ("evidence", "--help")])
def test_a_command_without_its_extra_says_what_to_install(
    asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the command is asked, it ends in one sentence; with --help it says it as well."""
    said = _without(monkeypatch, "evidence")
    commands = OnDemand({asked[0]: "nowhere"}, extras={asked[0]: "evidence"})
    result = CliRunner().invoke(commands[asked[0]], asked[1:])
    assert said in result.output
    assert result.exit_code == (0 if "--help" in asked else 2)


def test_a_search_or_an_inquiry_without_its_extra_says_so_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """No game is solved before it is known that the question can be answered."""
    text = "ukraine/no_guarantee"
    for extra, ask in (("design", foedus.design), ("sensitivity", foedus.sensitivity)):
        said = _without(monkeypatch, extra)
        with pytest.raises(WrongRequest, match=re.escape(said)):
            ask(text)


def test_a_table_without_pandas_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The result itself needs no pandas; its table does."""
    said = _without(monkeypatch, "pandas")
    with pytest.raises(WrongRequest, match=re.escape(said)):
        foedus.library().to_pandas()


def test_the_face_says_so_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look at the name harms nobody; to call it says what to install."""
    said = _without(monkeypatch, "evidence")
    with pytest.raises(WrongRequest, match=re.escape(said)):
        find("calibrate")()


def test_every_extra_can_be_installed_and_stands_in_the_guide() -> None:
    """What the sentences name is declared, `all` is all of it, and the guide's table lists each."""
    assert EXTRAS.keys() <= DECLARED.keys()
    (everything,) = DECLARED["all"]
    named = set(everything.removeprefix("foedus[").removesuffix("]").split(","))
    assert named == DECLARED.keys() - {"all", "bench", "dev"}
    guide = (ROOT / "docs" / "how-to" / "package_and_audit.md").read_text(encoding="utf-8")
    assert {name for name in named if f"| `{name}` |" not in guide} == set()
    assert set(re.findall(r"foedus\[(\w+)\]", guide)) <= DECLARED.keys()
