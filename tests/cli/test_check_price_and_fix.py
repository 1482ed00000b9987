"""`foedus check --price`, `--fix` and `--passed`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.arrangement.library import library_files
from foedus.arrangement.load import load
from foedus.cli.commands.check import check_command
from foedus.game.grid import Grid
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.price import PriceRequest, price_texts
from foedus.report.checks.price import PricedHole, price_lines

SMALL = RunSettings(futures=4, horizon_periods=6, grid=Grid(5, 5, 2), tolerance=1e-3, max_sweeps=600)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(check_command, arguments)


def priced(name: str) -> tuple[PricedHole, ...]:
    """Price the holes of a packaged text on a small grid."""
    (holes,) = price_texts(PriceRequest((name,), SMALL)).holes.values()
    return holes


@pytest.fixture(scope="module")
def istanbul() -> tuple[PricedHole, ...]:
    """Price the Istanbul draft once."""
    return priced("ukraine/istanbul_draft_2022")


@pytest.fixture
def minsk(tmp_path: Path) -> Path:
    """Return a copy of the Minsk arrangement."""
    file = tmp_path / "minsk.yaml"
    file.write_bytes(library_files()["ukraine/minsk_osce_2015"].read_bytes())
    return file


def test_one_hole_hides_behind_another(istanbul: tuple[PricedHole, ...]) -> None:
    """Istanbul: to shorten deadlines is worth nothing while Russia can veto, and something once it cannot."""
    late = next(hole for hole in istanbul if hole.finding and hole.finding.id == "T01")
    assert late.alone is not None
    assert late.last is not None
    assert not late.alone.is_seen
    assert late.last.is_seen
    assert late.last.costs["value_P"].spread.mean > 0


def test_all_together_cost_the_protected_state_in_its_own_reckoning(istanbul: tuple[PricedHole, ...]) -> None:
    """With every hole closed that can be, Ukraine is better off in each future; prices are of the same futures."""
    together = istanbul[-1]
    assert together.finding is None
    assert together.alone is not None
    assert 0 < together.alone.used <= together.alone.futures == SMALL.futures
    assert together.alone.costs["value_P"].spread.low > 0
    assert set(together.alone.costs) == {"war", "lost", "value_P"}


def test_what_falls_with_others_says_so(istanbul: tuple[PricedHole, ...]) -> None:
    """Once Russia is no guarantor, it has no veto left to price by itself."""
    words = "\n".join(price_lines(istanbul, arrangement="x", years=3))
    assert "mending the others closes it too" in words
    assert "if only T01 were left (" in words
    assert "nothing that the game sees" in words


def test_what_cannot_be_closed_is_listed_without_a_price() -> None:
    """Without a guarantor nobody can be bound: the hole is told, and no figure is made up."""
    (hole,) = priced("ukraine/no_guarantee")
    assert hole.alone is None
    assert "not priced" in "\n".join(price_lines([hole], arrangement="x", years=3))
    assert "none to price" in price_lines([], arrangement="x", years=3)[0]


def test_prices_are_printed_and_given_to_programs() -> None:
    """The whole way through the command, on a text whose holes need no solving."""
    result = run("ukraine/no_guarantee", "--price", "--futures", "2", "--json")
    assert result.exit_code == 1
    (data,) = json.loads(result.output)
    assert data["holes"][0]["finding"]["id"] == "G01"
    assert data["holes"][0]["alone"] is None
    assert run("no_such_thing", "--price").exit_code == 2


def test_without_leave_nothing_is_written(minsk: Path) -> None:
    """--fix alone shows the change, says what is left and why, and leaves the file as it is."""
    before = minsk.read_bytes()
    result = run(str(minsk), "--fix")
    assert result.exit_code == 1
    assert "-    can_be_ended_by: russia\n+    can_be_ended_by: nobody" in result.output
    assert "nothing was written" in result.output
    assert "since its mending leaves a choice that is yours" in result.output
    assert minsk.read_bytes() == before


def test_fixed_in_place_the_holes_are_gone(minsk: Path) -> None:
    """With --in-place the file is written; the check finds those holes no more, and a second run changes nothing."""
    assert run(str(minsk), "--fix", "--in-place").exit_code == 1
    assert "E02" not in {finding["id"] for finding in json.loads(run(str(minsk), "--json").output)[0]["findings"]}
    after = minsk.read_bytes()
    assert "nothing to write" in run(str(minsk), "--fix", "--in-place").output
    assert minsk.read_bytes() == after


def test_fixed_into_a_new_file_the_old_one_stays(minsk: Path) -> None:
    """--output writes a file that loads, and never over one that exists."""
    new = minsk.with_name("new.yaml")
    before = minsk.read_bytes()
    assert "written:" in run(str(minsk), "--fix", "--output", str(new)).output
    assert load(new).monitoring[0].can_be_ended_by == ("nobody",)
    assert minsk.read_bytes() == before
    again = run(str(minsk), "--fix", "--output", str(new))
    assert again.exit_code == 2
    assert "exists already" in again.output


def test_options_that_contradict_each_other_are_refused(minsk: Path) -> None:
    """Nothing is written where it is not clear what is meant, and the packaged files are nobody's to change."""
    assert run(str(minsk), "--in-place").exit_code == 2
    assert run(str(minsk), "--fix", "--in-place", "--output", "x.yaml").exit_code == 2
    assert run(str(minsk), str(minsk), "--fix", "--output", "x.yaml").exit_code == 2
    assert run("ukraine/minsk_osce_2015", "--fix", "--in-place").exit_code == 2
    assert run("no_such_thing", "--fix").exit_code == 2
    assert run(str(minsk), "--fix", "--price").exit_code == 2
    assert run(str(minsk), "--price", "--id", "V01").exit_code == 2


def test_a_file_that_is_no_arrangement_is_told(tmp_path: Path) -> None:
    """Findings of the loader come first; nothing is mended."""
    file = tmp_path / "broken.yaml"
    file.write_text("foedus: 1\n", encoding="utf-8")
    result = run(str(file), "--fix")
    assert result.exit_code == 2
    assert "missing" in result.output


def test_what_carries_a_check_is_shown_when_asked() -> None:
    """Istanbul says that nothing follows where nothing is decided; without that word it would be a deadlock."""
    name = "ukraine/istanbul_draft_2022"
    assert "V03 would find a hole without trigger.if_undecided (line 54)" in run(name, "--passed").output
    assert "would find a hole without" not in run(name).output
