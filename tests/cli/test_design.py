"""`foedus design` as a user meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.arrangement.library import load_from_library
from foedus.arrangement.load import load
from foedus.cli.commands.check import check_command
from foedus.cli.commands.design import design_command
from foedus.insight.design import find_designs
from foedus.insight.texts import solve_texts

COMPACT = "ukraine/kyiv_security_compact_2022"
SMALL = [
    "--budget",
    "6",
    "--population",
    "4",
    "--futures",
    "2",
    "--trial",
    "2",
    "--grid",
    "4,4,1",
    "--horizon",
    "2y",
    "--workers",
    "1",
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(design_command, list(arguments), env={"COLUMNS": "160"})


def test_every_file_of_a_search_loads_and_can_be_checked(tmp_path: Path) -> None:
    """Designs are arrangement files with a head that says how they were made; `foedus check` reads each."""
    result = run(COMPACT, *SMALL, "--keep", "trigger", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    files = sorted(tmp_path.glob("*.yaml"))
    front = json.loads((tmp_path / "front.json").read_text())["front"]
    assert [file.name for file in files] == sorted(point["file"] for point in front["points"])
    assert files
    for file, point in zip(files, sorted(front["points"], key=lambda each: str(each["file"])), strict=True):
        head = file.read_text().splitlines()[:3]
        assert all(line.startswith("# ") for line in head)
        assert load(file).id == file.stem
        checked = CliRunner().invoke(check_command, [str(file), "--json"])
        assert checked.exit_code in (0, 1), checked.output
        found = json.loads(checked.output)[0]["findings"]
        faults = [each for each in found if each["severity"] == "error" and each["kind"] == "fault"]
        assert len(faults) == point["holes"]["faults"]
    report = (tmp_path / "report.html").read_text()
    assert f'href="{files[0].name}"' in report
    assert report.count("<svg") == 1


def test_what_is_kept_is_kept_in_every_file(tmp_path: Path) -> None:
    """No design touches the trigger where the trigger is kept."""
    assert run(COMPACT, *SMALL, "--keep", "trigger", "--keep", "decision", "--out", str(tmp_path)).exit_code == 0
    start = load_from_library(COMPACT)
    for file in tmp_path.glob("*.yaml"):
        assert load(file).trigger == start.trigger
        assert load(file).decision == start.decision


def test_levers_can_be_listed() -> None:
    """Without solving anything, what could be changed is told."""
    result = run(COMPACT, "--list", "--vary", "deployments")
    assert result.exit_code == 0
    assert "deployments (deployments): forces of guarantors in place" in result.output
    assert "60000 troops" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--keep", "triger"], "did you mean 'trigger'"),
        (["--vary", "deployments", "--keep", "deployments"], "nothing to search"),
    ],
)
def test_a_mistake_is_told_in_words(arguments: list[str], message: str) -> None:
    """Exit code 2 and a sentence."""
    result = run(COMPACT, *arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_ctrl_c_keeps_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted in the trial: exit code 130, the designs of the search are written, and it is said."""

    def stop(texts, sample, *, settings, **more):  # type: ignore[no-untyped-def]
        if settings.futures == 3:
            raise KeyboardInterrupt
        return solve_texts(texts, sample, settings=settings, **more)

    monkeypatch.setattr(find_designs, "solve_texts", stop)
    result = run(COMPACT, *SMALL, "--trial", "3", "--out", str(tmp_path))
    assert result.exit_code == 130
    assert "what was found so far is written" in result.output
    assert list(tmp_path.glob("*_design_01.yaml"))
    assert "not tried again" in " ".join(result.output.split())
