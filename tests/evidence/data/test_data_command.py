"""The commands: with data, without data, and with data that do not fit."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli.main import main
from foedus.evidence.targets.load import load_targets
from foedus.evidence.targets.record import TargetOrigin
from tests.evidence.data.made import write_csv

PAGE = Path(__file__).parents[3] / "docs" / "data.md"
COMMITMENTS = [{"honoured": "1", "defence": "1"}, {"honoured": "", "violated": "1", "defence": "1", "is_early": "1"}]


def foedus(*words: str, folder: Path | str | None) -> Result:
    """Run a command with a data folder, or without one."""
    return CliRunner().invoke(main, ["data", *words], env={"FOEDUS_DATA": None if folder is None else str(folder)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a data folder with one made file."""
    write_csv(tmp_path, "berkemeier_fuhrmann", COMMITMENTS)
    return tmp_path


def test_without_a_folder_the_catalogue_is_still_there() -> None:
    """Who has no data yet sees what there is, and what to set."""
    result = foedus(folder=None)
    assert result.exit_code == 0
    assert "FOEDUS_DATA is not set" in result.stderr
    assert "berkemeier_fuhrmann" in result.stdout
    assert "absent" in result.stdout


def test_the_catalogue_says_what_is_there(folder: Path) -> None:
    """A made file is there, and is not the one of development."""
    lines = foedus(folder=folder).stdout.splitlines()
    (row,) = [line for line in lines if line.startswith("berkemeier_fuhrmann")]
    assert row.split()[-1] == "other"


def test_show(folder: Path) -> None:
    """One data set is shown with citation, version, address, columns and codes."""
    result = foedus("show", "icb_actors", folder=folder)
    assert result.exit_code == 0
    assert all(word in result.stdout for word in ("Brecher", "version 13", "sites.duke.edu", "triggr", "challenge"))


def test_show_offers_the_nearest(folder: Path) -> None:
    """A misspelt id is wrong input, and the nearest is offered."""
    result = foedus("show", "icb_actor", folder=folder)
    assert result.exit_code == 2
    assert "icb_actors" in result.stderr


def test_figures_of_the_files_at_hand(folder: Path) -> None:
    """Figures of a file at hand are computed beside the stated ones; the rest names the file it waits for."""
    result = foedus("figures", "A1", "D1", folder=folder)
    assert result.exit_code == 0
    assert "0.500 [0.095, 0.905], n 2; studied 0.500 (n 146), published 0.50" in result.stdout
    assert "differs" in result.stdout
    assert "icb2_v13.csv missing" in result.stdout
    assert "A12" not in result.stdout


def test_figures_as_data(folder: Path) -> None:
    """The same as JSON holds every figure, computed or not."""
    found = {row["id"]: row for row in json.loads(foedus("figures", "--json", folder=folder).stdout)}
    assert found["A1"]["computed"]["n"] == 2
    assert found["D1"]["computed"] is None
    assert found["D1"]["missing"] == ["icb_actors"]


def test_figures_without_a_folder() -> None:
    """Without data nothing is computed; the stated values and the missing files are shown."""
    result = foedus("figures", "A3", folder=None)
    assert result.exit_code == 0
    assert "FOEDUS_DATA is not set" in result.stderr
    assert "studied 0.412 (n 102)" in result.stdout
    assert "berkemeier_fuhrmann_2018.csv missing" in result.stdout


def test_targets_are_written(folder: Path, tmp_path: Path) -> None:
    """What is written can be read back: computed where the file is there, provided where it is not."""
    file = tmp_path / "mine.yaml"
    assert foedus("figures", "--write", str(file), folder=folder).exit_code == 0
    targets = {target.id: target for target in load_targets(file)}
    assert targets["A1"].origin is TargetOrigin.COMPUTED
    assert targets["A8"].origin is TargetOrigin.PROVIDED
    assert (targets["A1"].n, targets["A8"].n) == (2, 58)


@pytest.mark.parametrize("words", [["figures", "--write", "x.yaml"], ["figures", "Z9"]])
def test_wrong_input_without_data(words: list[str]) -> None:
    """Writing targets without any data, and figures that do not exist, are wrong input."""
    assert foedus(*words, folder=None).exit_code == 2


@pytest.mark.parametrize("words", [[], ["figures"], ["show", "kiel_tracker"]])
def test_a_folder_that_is_not_there(words: list[str]) -> None:
    """A data folder that does not exist is wrong input everywhere."""
    result = foedus(*words, folder="/nowhere/at/all")
    assert result.exit_code == 2
    assert "/nowhere/at/all" in result.stderr


def test_a_file_that_does_not_fit_is_refused(folder: Path) -> None:
    """A file with other columns stops the command with findings, not with a traceback."""
    (folder / "icb2_v13.csv").write_text("crisno,triggr\n1,1\n", encoding="utf-8")
    result = foedus("figures", folder=folder)
    assert result.exit_code == 2
    assert "majres" in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_targets_that_cannot_be_written(folder: Path) -> None:
    """A path that leads nowhere is wrong input."""
    assert foedus("figures", "--write", str(folder / "no" / "such.yaml"), folder=folder).exit_code == 2


def test_the_reference_page_is_what_the_command_prints() -> None:
    """The page in docs/ is the printed one: nobody changed it by hand, and nobody forgot to print it anew."""
    assert foedus("reference", folder=None).stdout == PAGE.read_text(encoding="utf-8")
