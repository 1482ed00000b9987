"""The options of all commands together: declared once, at one default, in words that can be read aloud."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from foedus.cli.leaving import INTERRUPTED, NO, NO_CLUSTER, NOT_CONVERGED, WRONG_INPUT, Guarded, GuardedGroup
from foedus.cli.main import main
from foedus.errors import (
    ClusterUnavailable,
    Finding,
    InvalidFile,
    NoAnswer,
    NotConverged,
    SeveralErrors,
    UnknownName,
    WrongRequest,
)
from foedus.jobs.asking.defaults import FUTURES, GRID, HORIZON_PERIODS
from foedus.jobs.asking.progress import Stopped
from foedus.jobs.asking.reading import read_grid


def _commands(group: click.Group, name: str = "foedus") -> Iterator[tuple[str, click.Command]]:
    for each, command in group.commands.items():
        yield f"{name} {each}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {each}")


COMMANDS = dict(_commands(main))
_each = pytest.mark.parametrize("name", COMMANDS)
FINDING = Finding(file="x.yaml", line=0, column=0, path="", code="wrong", message="amiss", why="so", mend="write it")


@_each
def test_help_fits_eighty_columns_and_says_what_each_option_does(name: str) -> None:
    """No option without a word, none whose line is cut, and no line but an example wider than 80 columns."""
    command = COMMANDS[name]
    context = click.Context(command, info_name=name, terminal_width=80, max_content_width=80)
    written = command.get_help(context).splitlines()
    assert all(len(line) <= 80 for line in written if not line.strip().startswith("foedus "))
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert [each.name for each in options if not each.help or not each.help.endswith((".", ")"))] == []


@_each
def test_every_command_is_guarded(name: str) -> None:
    """None has a way of its own to end."""
    assert isinstance(COMMANDS[name], Guarded | GuardedGroup)


def test_shared_options_are_the_same_everywhere() -> None:
    """One type, one default, one word of help; only how many futures are drawn, and how exactly, depends on the job."""
    shared: dict[str, list[click.Option]] = {}
    for command in COMMANDS.values():
        for option in (each for each in command.params if isinstance(each, click.Option)):
            shared.setdefault(option.opts[0], []).append(option)
    for name in ("--seed", "--grid", "--workers", "--parameters", "--view", "--max-sweeps", "--tolerance"):
        kinds = [option for option in shared[name] if name != "--seed" or "searches" not in str(option.help)]
        assert len({option.help for option in kinds}) == 1, name
    assert {read_grid(str(option.default)) for option in shared["--grid"]} == {GRID}
    assert {option.default for option in shared["--horizon"]} == {f"{HORIZON_PERIODS / 2:g}y", HORIZON_PERIODS}
    assert COMMANDS["foedus compare"].params[0].name == "files"
    drawn = {name: each for name, command in COMMANDS.items() for each in command.params if each.name == "futures"}
    assert drawn["foedus check"].default == FUTURES["price"]
    assert drawn["foedus compare"].default == FUTURES["compare"]


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (WrongRequest("write it otherwise"), WRONG_INPUT, "write it otherwise"),
        (UnknownName("did you mean 'x'?"), WRONG_INPUT, "did you mean 'x'?"),
        (InvalidFile([FINDING]), WRONG_INPUT, "mend: write it"),
        (SeveralErrors([UnknownName("one"), InvalidFile([FINDING])]), WRONG_INPUT, "amiss"),
        (OSError(13, "Permission denied", "out"), WRONG_INPUT, "out cannot be used: Permission denied"),
        (NoAnswer("cannot tell"), NO, "cannot tell"),
        (NotConverged("too little"), NOT_CONVERGED, "too little"),
        (ClusterUnavailable("gone"), NO_CLUSTER, "gone"),
        (KeyboardInterrupt(), INTERRUPTED, "stopped; nothing was written"),
        (Stopped("stopped; some is kept"), INTERRUPTED, "some is kept"),
    ],
)
def test_each_kind_of_error_has_its_exit_code(raised: BaseException, code: int, said: str) -> None:
    """The same for every command, in words and without a traceback."""

    @click.command("try", cls=Guarded)
    def attempt() -> None:
        raise raised

    result = CliRunner().invoke(attempt)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_what_nobody_foresaw_is_not_hidden() -> None:
    """A mistake of ours is no mistake of the user's."""

    @click.command("try", cls=Guarded)
    def attempt() -> None:
        raise ZeroDivisionError

    assert isinstance(CliRunner().invoke(attempt).exception, ZeroDivisionError)


def test_a_future_to_start_from_is_printed_and_read_back(tmp_path: Path) -> None:
    """`foedus explain --json` and `foedus solve --example-future` together are a game that is solved."""
    compiled, future = tmp_path / "compiled.json", tmp_path / "future.json"
    compiled.write_text(_run("explain", "ukraine/minsk_osce_2015", "--json"), encoding="utf-8")
    future.write_text(_run("solve", "--example-future"), encoding="utf-8")
    game = ("--compiled", str(compiled), "--future", str(future), "--grid", "5,5,2", "--horizon", "4", "--json")
    solved: dict[str, Any] = json.loads(_run("solve", *game))
    assert solved["status"] == "converged"
    assert 0 < solved["war"] < 1


def test_solve_says_where_its_files_come_from() -> None:
    """Without the two files it names the commands that print them."""
    result = CliRunner().invoke(main, ["solve"])
    assert result.exit_code == WRONG_INPUT
    assert "foedus explain FILE --json" in " ".join(result.output.split())


def _run(*words: str) -> str:
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout
