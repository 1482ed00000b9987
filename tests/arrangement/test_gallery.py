"""Every way to be wrong, with its message beside it.

After a change of wording: ``cd tests/gallery/bad; foedus show NAME.yaml 2> NAME.expected``, and read what has changed.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.arrangement.fields.codes import Code
from foedus.arrangement.load import load
from foedus.cli.commands.arrangement import show_command
from foedus.errors import InvalidFile
from foedus.text.codes import TextCode

GALLERY = Path(__file__).parents[1] / "gallery" / "bad"
FILES = sorted(GALLERY.glob("*.yaml"))
MEANINGS = {str(code): code.meaning for code in (*TextCode, *Code)}
BY_SIZE = {TextCode.TOO_LARGE}
"""What a small file cannot show; test_load.py and test_source.py make such files."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_mistake_is_told_in_its_words(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong file gives exactly the message beside it, on standard error, with exit code 2 and no traceback."""
    monkeypatch.chdir(GALLERY)
    result = CliRunner().invoke(show_command, [file.name])
    assert result.stderr == file.with_suffix(".expected").read_text(encoding="utf-8")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_finding_says_where_why_and_how_to_mend(file: Path) -> None:
    """Each finding has a known code, a reason, a remedy, and a line that exists."""
    with pytest.raises(InvalidFile) as caught:
        load(file)
    lines = file.read_bytes().count(b"\n")
    for finding in caught.value.findings:
        assert MEANINGS[finding.code] == finding.why
        assert finding.mend
        assert 0 <= finding.line <= lines + 1


def test_every_code_is_shown() -> None:
    """The gallery has a file for every way to be wrong that the language knows."""
    shown = set()
    for file in FILES:
        with pytest.raises(InvalidFile) as caught:
            load(file)
        shown |= {finding.code for finding in caught.value.findings}
    assert shown | BY_SIZE == set(MEANINGS)


def test_no_message_stands_alone() -> None:
    """Every expected message belongs to a file."""
    assert {file.stem for file in GALLERY.glob("*.expected")} == {file.stem for file in FILES}


def test_three_mistakes_give_three_findings() -> None:
    """Independent mistakes are told together."""
    with pytest.raises(InvalidFile) as caught:
        load(GALLERY / "three_mistakes.yaml")
    assert [finding.code for finding in caught.value.findings] == ["unknown-word", "stranger", "wrong-value"]
