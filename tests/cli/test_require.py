import json
from pathlib import Path

from click.testing import CliRunner

from foedus.cli.commands.compare import compare_command

PAIR = ["ukraine/budapest_memorandum_1994", "ukraine/nato_membership"]
SMALL = ["--futures", "3", "--grid", "5,5,2", "--horizon", "2y"]


def test_thresholds_reach_the_table_the_report_and_the_results(tmp_path: Path) -> None:
    """What is good enough is counted on the screen, told on the page and written for programs."""
    result = CliRunner().invoke(
        compare_command, [*PAIR, *SMALL, "--require", "war<=20%, cost<=3", "--out", str(tmp_path)]
    )
    assert result.exit_code == 0, result.output
    assert "Good enough" in result.output
    assert 'id="enough"' in (tmp_path / "report.html").read_text()
    comparison = json.loads((tmp_path / "results.json").read_text())["comparison"]
    assert [each["threshold"] for each in comparison["requirements"]] == [0.2, 3]
    assert set(comparison["satisficing"]) == {"budapest_memorandum_1994", "nato_membership"}


def test_a_slip_in_a_threshold_is_told_before_any_work(tmp_path: Path) -> None:
    """The outcome that was meant is named, and nothing is written."""
    result = CliRunner().invoke(compare_command, [*PAIR, "--require", "wars<=0.2", "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "did you mean 'war'" in result.output
    assert not (tmp_path / "out").exists()
