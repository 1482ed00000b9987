"""`foedus params`: what a comparison assumes, in 80 columns, and in full where one is named."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli.commands.params import params_command
from foedus.futures.parameters.load import default_parameters


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(params_command, list(arguments))


def test_the_list_fits_a_narrow_terminal() -> None:
    """Each parameter has one line of at most 80 columns, with its range and status."""
    lines = run().output.splitlines()
    assert max(len(line) for line in lines) <= 80
    told = {line.split()[0]: line for line in lines}
    assert set(default_parameters()) <= set(told)
    assert told["prior"].split() == ["prior", "0.2", "to", "0.75", "assumed"]
    assert "log" in told["days.hold"]


def test_one_name_is_told_in_full() -> None:
    """Meaning, range with unit, status, source and cause; an exact name wins over names that contain it."""
    output = " ".join(run("tripwire").output.split())
    assert "tripwire what: what a large force in place adds to the obligation of its sender" in output
    assert "range: 0.2 to 0.6, uniform (share)" in output
    assert "tripwire.troops" not in output
    assert "cause: lead power politics, correlation 0.6 (assumed;" in " ".join(run("prior").output.split())


def test_words_narrow_the_list_and_verbose_tells_all() -> None:
    """Both words must be in the name, whatever their case; -v tells every one in full."""
    assert [line.split()[0] for line in run("FACT", "acts").output.splitlines()[1:4]] == [
        "fact.acts.hybrid",
        "fact.acts.incursion",
        "fact.acts.invasion",
    ]
    assert run("fact", "acts", "-v").output.count("source:") == 3


@pytest.mark.parametrize("words", [["resovle"], ["zzzzzz"], ["prior", "nonsense"]])
def test_no_match_is_an_error_with_a_way_out(words: list[str]) -> None:
    """Nothing found: exit code 2, and the nearest names or where to look."""
    result = run(*words)
    assert result.exit_code == 2
    assert f"no parameter has {words[0]!r}" in result.output
    assert "did you mean" in result.output or "`foedus params` lists all names" in result.output


def test_changes_can_be_listed_alone() -> None:
    """Under a view only what it moves; under the default nothing, and that is no error."""
    names = [line.split()[0] for line in run("--view", "weak_guarantors", "--changed").output.splitlines()[1:8]]
    assert "prior" in names
    assert "lam_A" not in names
    nothing = run("--changed")
    assert nothing.exit_code == 0
    assert "nothing differs" in nothing.output


def test_views_are_listed() -> None:
    """Each with its title and who argues for it; the same as JSON for programs."""
    output = run("--views").output
    assert "weak_guarantors: weak guarantors" in output
    assert "argued by: advocates of armed neutrality" in output
    assert {"default", "long_attrition"} <= {view["name"] for view in json.loads(run("--views", "--json").output)}


def test_json_tells_everything(tmp_path: Path) -> None:
    """A program sees range, unit, source, cause, and the file that a parameter stands in."""
    mine = tmp_path / "mine.yaml"
    mine.write_text("prior: {uniform: [0.3, 0.4], status: elicited, source: a workshop, note: two rounds}\n")
    (prior,) = json.loads(run("prior", "--parameters", str(mine), "--json").output)
    assert (prior["low"], prior["high"], prior["note"], prior["file"]) == (0.3, 0.4, "two rounds", mine.name)
    assert prior["cause"]["name"] == "lead_power_politics"


@pytest.mark.parametrize("arguments", [["--view", "nowhere"], ["--parameters", "BAD"]])
def test_a_view_or_file_that_cannot_be_used_is_told(arguments: list[str], tmp_path: Path) -> None:
    """Exit code 2 with a sentence."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("prior: 3\n")
    result = run(*(str(bad) if word == "BAD" else word for word in arguments))
    assert result.exit_code == 2
    assert "Traceback" not in result.output
