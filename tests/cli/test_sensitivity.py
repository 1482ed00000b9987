import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foedus.cli.commands.sensitivity import sensitivity_command
from foedus.jobs.assumptions import sensitivity as sensitivity_job

ONE, OTHER = "ukraine/nato_membership", "ukraine/no_guarantee"
SMALL = ["--grid", "5,7,2", "--horizon", "1y", "--workers", "1", "--screen", "40", "--tolerance", "1e-3"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(sensitivity_command, list(arguments))


@pytest.fixture(scope="module")
def of_the_difference() -> dict[str, Any]:
    """Solve two texts on a small grid, and read what the command prints for programs."""
    result = run(ONE, OTHER, *SMALL, "--base", "16", "--most", "2", "--json")
    assert result.exit_code == 0, result.output
    content = json.loads(result.stdout)
    assert content["provenance"]["command"].startswith(f"foedus sensitivity {ONE} {OTHER} --outcome war --base 16")
    found: dict[str, Any] = content["sensitivity"]
    return found


def test_two_texts_are_looked_at_by_their_difference(of_the_difference: dict[str, Any]) -> None:
    """The first's war less the second's: on average the guarantee has less, so the mean is negative."""
    assert (of_the_difference["arrangement"], of_the_difference["less"]) == ("nato_membership", "no_guarantee")
    assert of_the_difference["attribution"]["mean"] < 0


def test_every_assumption_that_is_read_is_in_one_group(of_the_difference: dict[str, Any]) -> None:
    """Two alone, all the others in two groups, none twice: nothing is frozen."""
    groups = [index["members"] for index in of_the_difference["attribution"]["indices"]]
    members = [member for group in groups for member in group]
    assert len(groups) == 4
    assert len(members) == len(set(members)) > 60
    assert of_the_difference["runs"] == 16 * (4 + 2)


def test_one_text_is_told_in_words_and_a_table() -> None:
    """The outcome, its spread, and the share of each group."""
    result = run(ONE, *SMALL, "--base", "16", "--most", "1", "--outcome", "lost")
    assert result.exit_code == 0, result.output
    text = " ".join(result.output.split())
    assert "Territory lost below that threshold (lost) under NATO membership varies over futures about" in text
    assert "all others of the game together" in text
    assert "Sobol' indices by Saltelli's design: 80 futures for each text from 16 base points" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([ONE, "--base", "50"], "'50' is no power of two"),
        ([ONE, "--outcome", "wra"], "did you mean 'war'"),
        ([ONE, OTHER, ONE], "not more"),
        ([ONE, ONE], "same id"),
        (["ukraine/nato_membershop"], "did you mean 'ukraine/nato_membership'"),
    ],
)
def test_a_mistake_is_told_before_any_work(arguments: list[str], message: str) -> None:
    """What cannot be asked is said at once, with exit code 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_when_too_little_converges_it_says_so() -> None:
    """With one sweep nothing is solved: exit code 3, and advice."""
    result = run(ONE, *SMALL, "--base", "8", "--max-sweeps", "1", "--tolerance", "1e-6")
    assert result.exit_code == 3
    assert "in none of the 40 futures" in result.output


def test_ctrl_c_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted, the command says that nothing was estimated and exits with 130."""

    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sensitivity_job, "inquire", interrupt)
    result = run(ONE)
    assert result.exit_code == 130
    assert "stopped" in result.output
