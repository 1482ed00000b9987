"""The command and the page, from files to files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.commands.record.evidence import evidence_command
from foedus.evidence.calibration.overlay import DRAWS, YAML
from foedus.futures.parameters.load import load_parameters

FILES = {"evidence.html", "backtest.json", "targets.yaml", "track_record.yaml", YAML, DRAWS}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the command with a handful of futures and no data folder; give the folder and what was printed."""
    folder = tmp_path_factory.mktemp("evidence")
    result = CliRunner().invoke(
        evidence_command, ["--futures", "4", "--workers", "1", "--out", str(folder)], env={"FOEDUS_DATA": ""}
    )
    assert result.exit_code == 0, result.output
    return folder, result.output


def test_one_command_writes_page_numbers_and_parameters(written: tuple[Path, str]) -> None:
    """All six files are there, and the draws can be laid over the defaults."""
    folder, _ = written
    assert {file.name for file in folder.iterdir()} == FILES
    assert load_parameters((folder / YAML,)).given is not None


def test_the_page_says_first_where_the_model_loses(written: tuple[Path, str]) -> None:
    """No table, chart or word of praise stands before it."""
    page = (written[0] / "evidence.html").read_text(encoding="utf-8")
    body = page[page.index("<main>") :]
    assert body.index("Where the model loses") < min(body.index(word) for word in ("<table", "<svg", "Targets"))
    assert written[1].index("Where the model loses") < written[1].index("Targets")


def test_without_data_the_page_says_what_was_not_tried(written: tuple[Path, str]) -> None:
    """Huth's cases need a file that foedus does not carry."""
    said = json.loads((written[0] / "backtest.json").read_text(encoding="utf-8"))
    assert any("Huth" in sentence for sentence in said["not_tried"])
    assert {trial["event"] for trial in said["trials"]} == {"war", "attack", "kept"}


def test_the_cases_are_said_to_be_chosen_beside_every_score(written: tuple[Path, str]) -> None:
    """Nobody reads a score without reading how the cases came about."""
    page = (written[0] / "evidence.html").read_text(encoding="utf-8")
    assert page.count("chosen because they are known, not sampled") == page.count("<caption>Scores: ")


def test_every_target_says_what_the_model_said_before_and_after(written: tuple[Path, str]) -> None:
    """Each names the record's number, the interval and both figures of the model."""
    said = json.loads((written[0] / "backtest.json").read_text(encoding="utf-8"))
    assert len(said["targets"]) >= 20
    for target in said["targets"]:
        assert {"record", "low", "high", "before", "after", "price", "is_given_up"} <= set(target)


def test_a_wrong_observation_file_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    """A mistake costs no minutes."""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("observations:\n  x: {}\n", encoding="utf-8")
    out = tmp_path / "out"
    result = CliRunner().invoke(evidence_command, ["--observations", str(wrong), "--out", str(out)])
    assert result.exit_code == 2
    assert "wrong-observation" in result.output
    assert not out.exists()
