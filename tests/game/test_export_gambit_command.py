"""The command `foedus export`."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foedus.cli.main import main
from foedus.game.gambit import keep_heaviest
from tests.game.specimens import compiled, future


def export(tmp_path: Path, *words: str) -> tuple[Result, Path]:
    """Run the command; return what it said and where it wrote."""
    target = tmp_path / "tree.efg"
    return CliRunner().invoke(main, ["export", *words, "--gambit", str(target)]), target


def test_a_treaty_becomes_a_file_that_gambit_reads(tmp_path: Path) -> None:
    """A library text with two guarantors kept: who they are is said, and Gambit finds the players."""
    gambit: Any = pytest.importorskip("pygambit")
    said, target = export(tmp_path, "ukraine/nato_membership", "--guarantors", "2")
    assert said.exit_code == 0, said.output
    assert "G0 is " in said.output
    assert "Nothing follows" in said.output
    game = gambit.read_efg(target)
    assert [player.label for player in game.players] == ["P", "A", "G0", "G1", "W0", "W1"]
    assert target.read_text(encoding="utf-8").count("\nt ") == int(
        said.output.split("(")[1].split(" ends")[0].replace(",", "")
    )


def test_two_periods_double_the_players(tmp_path: Path) -> None:
    """The second period has its own players, and the noise that the tree cannot hold is owned up to."""
    gambit: Any = pytest.importorskip("pygambit")
    said, target = export(tmp_path, "history/poland_1939", "--guarantors", "1", "--periods", "2", "--sure")
    assert said.exit_code == 0, said.output
    assert "read without noise" in said.output
    assert "balance stays where it is" in said.output
    assert [player.label for player in gambit.read_efg(target).players] == [
        *("P", "A", "G0", "W0"),
        *("P'", "A'", "G0'", "W0'"),
    ]


def test_what_is_too_large_is_refused_with_a_way_out(tmp_path: Path) -> None:
    """Too many guarantors, or a tree beyond any solver, mean exit code 2, no file, and what to do instead."""
    said, target = export(tmp_path, "ukraine/budapest_memorandum_1994")
    assert said.exit_code == 2
    assert "--guarantors 2" in said.output
    said, _ = export(tmp_path, "history/poland_1939", "--periods", "2")
    assert said.exit_code == 2
    assert "more than 100,000 ends" in said.output
    assert "--sure" in said.output
    assert not target.exists()


def test_a_future_can_be_given_and_must_be_whole(tmp_path: Path) -> None:
    """A future is read from the JSON that `foedus solve` takes; one that lacks a parameter is named with its file."""
    file = tmp_path / "future.json"
    file.write_text(json.dumps(future(1, prior=0.25).to_mapping()), encoding="utf-8")
    said, _ = export(tmp_path, "history/poland_1939", "--guarantors", "0", "--future", str(file))
    assert said.exit_code == 0, said.output
    assert "belief 0.25" in said.output
    file.write_text("{}", encoding="utf-8")
    said, _ = export(tmp_path, "history/poland_1939", "--guarantors", "0", "--future", str(file))
    assert said.exit_code == 2
    assert f"{file}: future: missing" in said.output


def test_fewer_guarantors_need_less_weight() -> None:
    """Keeping some keeps who leads and who is required, and the same share of the weight that is left."""
    must = [False, True, False, False]
    whole = compiled(3, members=4, proposer=2, quorum=[0, 2, 4, 99], weight=[4, 2, 1, 1], must=must)
    some, kept = keep_heaviest(whole, guarantors=2)
    assert kept == (0, 2)
    assert (some.proposer, some.weight.tolist()) == (1, [4, 1])
    assert some.quorum.tolist() == [0, 2, 3, 62]
    assert not some.must.any()
    nobody, kept = keep_heaviest(whole, guarantors=0)
    assert nobody.blocked[1:].all()
    assert kept == ()
    with pytest.raises(ValueError, match="0 to 4 guarantors, not 5"):
        keep_heaviest(whole, guarantors=5)
