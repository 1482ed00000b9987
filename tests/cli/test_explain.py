"""`foedus explain` as a user meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli.commands.explain import explain_command
from foedus.mechanism.compiled import CompiledArrangement

COMPACT = "ukraine/kyiv_security_compact_2022"
SMALL = ["--anatomy", "--futures", "2", "--grid", "4,4,1", "--horizon", "2y", "--workers", "1"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(explain_command, list(arguments), env={"COLUMNS": "120"})


def test_a_text_alone_is_summed_up() -> None:
    """Without an option: who is bound, who decides, what is found, what stands ready, and the leading clauses."""
    result = run(COMPACT)
    assert result.exit_code == 0, result.output
    for heading in ("Who is bound to what", "Leading clauses", "Who decides", "What the mechanism finds"):
        assert heading in result.output
    assert "commitments[1]" in result.output
    assert "deploy" in result.output


def test_every_number_can_be_traced_to_its_clause() -> None:
    """--compiled names arrays and clauses; --json is what `foedus solve` reads."""
    traced = run(COMPACT, "--compiled")
    assert traced.exit_code == 0
    assert "which clause gave which number" in traced.output
    arrays = CompiledArrangement.from_mapping(json.loads(run(COMPACT, "--json").output))
    assert len(arrays.weight) == 22


def test_an_anatomy_is_told_and_written(tmp_path: Path) -> None:
    """Tables on the screen; a page and a result file in the folder, in which the parts sum to the difference."""
    result = run("ukraine/minsk_osce_2015", *SMALL, "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "What the text does, clause by clause" in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["anatomy.json", "report.html"]
    anatomy = json.loads((tmp_path / "anatomy.json").read_text())["anatomy"]
    assert sum(part["carries"]["value"] for part in anatomy["parts"]) == pytest.approx(anatomy["difference"]["value"])
    assert anatomy["division"] == "exact"
    page = (tmp_path / "report.html").read_text()
    assert page.count("<svg") == page.count("</svg>") == 1
    assert "http" not in page.replace("http://www.w3.org/", "")


def test_a_text_of_which_the_game_reads_nothing_says_so(tmp_path: Path) -> None:
    """No table of nothing, and no falling over."""
    result = run("ukraine/no_guarantee", *SMALL, "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "No clause of it changes a number" in result.output
    assert (tmp_path / "report.html").exists()


def test_another_outcome_can_be_divided() -> None:
    """Any outcome of the result files; here what it costs the guarantors, in units of the stake."""
    result = run("ukraine/minsk_osce_2015", *SMALL, "--outcome", "cost", "--json")
    assert json.loads(result.output)["anatomy"]["outcome"] == "cost"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([COMPACT, "--compiled", "--anatomy"], "different questions"),
        ([COMPACT, "--out", "x"], "--out goes with --anatomy"),
        ([COMPACT, "--anatomy", "--outcome", "wars"], "did you mean 'war'"),
        (["ukraine/kyiv_security_compakt_2022"], "did you mean"),
    ],
)
def test_a_mistake_is_told_in_words(arguments: list[str], message: str) -> None:
    """Exit code 2 and a sentence, not a traceback."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_ctrl_c_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while solving: exit code 130, nothing written."""

    def interrupt(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("foedus.jobs.anatomy.anatomy_of", interrupt)
    result = run(COMPACT, "--anatomy")
    assert result.exit_code == 130
    assert "stopped" in result.output
