import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.arrangement.library import find_arrangement_file, library_files, load_from_library
from foedus.arrangement.load import load, loads
from foedus.cli.commands.arrangement import library_command, show_command
from foedus.errors import UnknownName
from tests.arrangement.written import SHORT


@pytest.mark.parametrize("name", library_files())
def test_every_packaged_file_loads_under_its_own_name(name: str) -> None:
    """A packaged file loads without findings, is called by its id, and has sources."""
    arrangement = load_from_library(name)
    assert name.split("/")[1] == arrangement.id
    assert arrangement.sources
    assert arrangement.summary


def test_ids_are_unique_in_the_library() -> None:
    """An id alone is enough to find a packaged arrangement."""
    ids = [name.split("/")[1] for name in library_files()]
    assert len(set(ids)) == len(ids)
    assert all(load_from_library(identifier).id == identifier for identifier in ids[:3])


def test_party_facts_are_no_arrangement() -> None:
    """What stands beside the folders is not listed."""
    assert not any("parties" in name for name in library_files())
    assert {name.split("/")[0] for name in library_files()} == {"history", "ukraine"}


@pytest.mark.parametrize(
    "name", ["ukraine/budapest_memorandum_1994", "budapest_memorandum_1994", "ukraine/budapest_memorandum_1994.yaml"]
)
def test_a_packaged_arrangement_has_several_names(name: str) -> None:
    """With or without its folder and suffix, a packaged arrangement is found."""
    assert load(find_arrangement_file(name)).id == "budapest_memorandum_1994"


def test_a_file_comes_before_a_packaged_arrangement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the user's folder is what the user means."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "budapest_memorandum_1994").write_text(SHORT, encoding="utf-8")
    assert load(find_arrangement_file("budapest_memorandum_1994")) == loads(SHORT)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ukraine/budapest_memorandum", "did you mean 'ukraine/budapest_memorandum_1994'?"),
        ("ukrane/budapest_memorandum_1994", "did you mean 'ukraine/budapest_memorandum_1994'?"),
        ("budapest", "did you mean 'ukraine/budapest_memorandum_1994'?"),
        ("locarno_1926", "did you mean 'history/locarno_1925'?"),
        ("xyzzy", "`foedus library` lists what there is"),
        ("ukraine", "is a folder of the library"),
        ("", "lists what there is"),
        ("a\x00b", "lists what there is"),
    ],
)
def test_a_misspelt_name_brings_the_nearest(name: str, says: str) -> None:
    """Whoever misspells a name is told which one was probably meant."""
    with pytest.raises(UnknownName) as caught:
        find_arrangement_file(name)
    assert says in str(caught.value)


@pytest.mark.parametrize("name", ["xyzzy", "/", ".", "no/such/file.yaml", "x" * 5000])
def test_what_cannot_be_opened_is_a_message(name: str) -> None:
    """A folder, a missing file, an impossible name: each is told in a line, without a traceback."""
    result = CliRunner().invoke(show_command, [name])
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.count("\n") == 1


def test_a_file_without_permission_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system refuses is told in its words."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "mine.yaml").write_text(SHORT, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    result = CliRunner().invoke(show_command, [str(tmp_path / "mine.yaml")])
    assert result.exit_code == 2
    assert "cannot be read: Permission denied" in result.stderr


def test_the_command_lists_everything_for_programs() -> None:
    """`foedus library --json` gives id, name, date, form, status and outcome of every packaged arrangement."""
    rows = json.loads(CliRunner().invoke(library_command, ["--json"]).stdout)
    assert [f"{row['folder']}/{row['id']}" for row in rows] == list(library_files())
    by_id = {row["id"]: row for row in rows}
    assert by_id["budapest_memorandum_1994"] == {
        "folder": "ukraine",
        "id": "budapest_memorandum_1994",
        "name": load_from_library("budapest_memorandum_1994").name,
        "date": "1994-12-05",
        "form": "political_agreement",
        "status": load_from_library("budapest_memorandum_1994").status,
        "outcome": "violated_response_inadequate",
    }


def test_the_command_lists_everything_for_readers() -> None:
    """`foedus library` names every packaged arrangement under its folder."""
    printed = CliRunner().invoke(library_command, []).stdout
    headings = [line for line in printed.splitlines() if re.fullmatch("[a-z]+", line.strip())]
    assert [heading.strip() for heading in headings] == ["history", "ukraine"]
    for name in library_files():
        assert f"  {name.split('/')[1]}  " in printed
        assert load_from_library(name).name in printed
