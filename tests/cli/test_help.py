"""Help: every command shows an example that can be given as it stands, and shells complete what is typed."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from bench.docs.pages.commands import every_command, help_of
from click.testing import CliRunner

from foedus.arrangement.library import library_files
from foedus.cli.examples import EXAMPLES
from foedus.cli.main import main

LINES = [line for lines in EXAMPLES.values() for line in lines]
NOT_SHIPPED = ("crises.csv", "sitting.db", "sitting.jsonl")


def test_every_command_has_an_example_and_no_other() -> None:
    """What the examples are for is what there is."""
    known = {" ".join(words[1:]) or "foedus" for words, _ in every_command()}
    assert known == set(EXAMPLES)


@pytest.mark.parametrize("words", [words for words, _ in every_command()], ids=" ".join)
def test_help_ends_with_its_examples(words: tuple[str, ...]) -> None:
    """A reader finds them where help ends."""
    told = help_of(words)
    for line in EXAMPLES[" ".join(words[1:]) or "foedus"]:
        assert f"  {line}" in told.partition("Example")[2]


@pytest.mark.parametrize("line", LINES)
def test_an_example_can_be_given_as_it_stands(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command, options and arguments are read without complaint, and its texts are in the library."""
    monkeypatch.chdir(tmp_path)
    for name in NOT_SHIPPED:
        Path(name).touch()
    command: click.Command = main
    program, *rest = shlex.split(line)
    context = click.Context(main, info_name=program)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        command = command.commands[rest.pop(0)]
    command.make_context(str(command.name), list(rest), parent=context)
    named = [word for word in rest if word.startswith(("ukraine/", "history/"))]
    assert set(named) <= set(library_files())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("foedus comp", "compare"),
        ("foedus compare --vi", "--view"),
        ("foedus compare --design so", "sobol"),
        ("foedus log ver", "verify"),
        ("foedus show ukraine/na", "ukraine/nato_membership"),
        ("foedus compare ukraine/no_guarantee ukraine/bud", "ukraine/budapest_memorandum_1994"),
        ("foedus claims nato", "nato_deters_best"),
    ],
)
def test_shells_complete(typed: str, offered: str) -> None:
    """Commands, options, choices and names of texts are completed."""
    words = shlex.split(typed)
    asked = {"_FOEDUS_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    told = CliRunner().invoke(main, [], env=asked, prog_name="foedus", complete_var="_FOEDUS_COMPLETE").output
    assert offered in [line.partition(",")[2] for line in told.splitlines()]


ASK_BASH = """
foedus() { "$PYTHON" -m foedus "$@"; }
env() { while [[ $1 == *=* ]]; do local -x "$1"; shift; done; "$@"; }
eval "$(_FOEDUS_COMPLETE=bash_source foedus)"
COMP_WORDS=($TYPED) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
_foedus_completion foedus 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_keeps_what_it_is_offered(tmp_path: Path) -> None:
    """Names of texts, and files that begin as they do, come through the script that bash reads."""
    (tmp_path / "ukraine").mkdir()
    (tmp_path / "ukraine" / "national.yaml").touch()
    around = {**os.environ, "PYTHON": sys.executable, "TYPED": "foedus compare ukraine/na"}
    said = subprocess.run(
        ["bash", "-c", ASK_BASH], cwd=tmp_path, env=around, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["ukraine/nato_membership", "ukraine/national.yaml"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_told_how(shell: str) -> None:
    """The script that a shell reads is printed for the three that docs/how-to/complete_in_the_shell.md names."""
    asked = {"_FOEDUS_COMPLETE": f"{shell}_source"}
    result = CliRunner().invoke(main, [], env=asked, prog_name="foedus", complete_var="_FOEDUS_COMPLETE")
    assert "_FOEDUS_COMPLETE" in result.output


def test_help_is_asked_for_in_the_same_ways_whatever_was_run_before() -> None:
    """Alone, or where another name is set: the two names hold, and so does the page of commands."""
    for context in (click.Context(main), click.Context(main, help_option_names=["--tell"])):
        asked = main.get_help_option(context)
        assert asked is not None
        assert asked.opts == ["-h", "--help"]
