"""The command `check` in a terminal and in a pipeline."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.checks.examine import check
from foedus.checks.registry import CHECKS
from foedus.checks.specimens import bad
from foedus.cli.commands.check import check_command
from foedus.jobs.check import checks_reference_text
from tests.checks.specimens import GOOD

DOCS = Path(__file__).parent.parent.parent / "docs" / "checks.md"


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(check_command, arguments)


@pytest.fixture
def clean(tmp_path: Path) -> str:
    """Return a file without a finding; JSON is YAML too."""
    file = tmp_path / "repaired.yaml"
    file.write_text(json.dumps(GOOD, indent=2), encoding="utf-8")
    return str(file)


def test_exit_codes_serve_a_pipeline(clean: str, tmp_path: Path) -> None:
    """0 where there is no grave fault, 1 where there is one, 2 where a file cannot be used."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("foedus: 1\n", encoding="utf-8")
    assert run(clean).exit_code == 0
    assert run("ukraine/budapest_memorandum_1994").exit_code == 1
    assert run(clean, str(broken)).exit_code == 2
    assert run("no_such_thing").exit_code == 2
    assert run().exit_code == 2
    assert run("--id", "V99", clean).exit_code == 2


def accepting(file: Path, *entries: str) -> str:
    """Write a file of accepted findings."""
    file.write_text("accepted:\n" + "".join(f"  - {entry}\n" for entry in entries), encoding="utf-8")
    return str(file)


def test_what_is_left_open_fails_only_where_it_is_asked_for() -> None:
    """No guarantee obliges nobody, and may be meant: it is no fault in the drafting; --strict counts it."""
    assert run("ukraine/no_guarantee").exit_code == 0
    assert run("ukraine/no_guarantee", "--strict").exit_code == 1


def test_an_accepted_finding_is_told_and_does_not_count(tmp_path: Path) -> None:
    """The reason stands with the finding; without the file, and for other clauses, it counts."""
    name, everything = "ukraine/no_guarantee", "{check: G01, because: Nobody promises anything.}"
    file = accepting(tmp_path / "a.yaml", everything)
    result = run(name, "--strict", "--accept", file)
    assert result.exit_code == 0
    assert "accepted [G01" in result.output
    assert "Nobody promises anything." in result.output
    elsewhere = accepting(tmp_path / "b.yaml", "{check: G01, at: 'commitments[7]', because: Elsewhere.}")
    assert run(name, "--strict", "--accept", elsewhere).exit_code == 1
    result = json.loads(run(name, "--sarif", "--accept", file).output)["runs"][0]["results"]
    assert any(each.get("suppressions") for each in result if each["ruleId"] == "G01")


def test_an_entry_that_no_text_needs_is_told(tmp_path: Path) -> None:
    """So that the file stays short; where its check was not run, nothing can be said."""
    file = accepting(tmp_path / "a.yaml", "{check: V01, because: Once it was so.}")
    assert "not found any more: V01" in run("ukraine/no_guarantee", "--accept", file).output
    assert "not found any more" not in run("ukraine/no_guarantee", "--accept", file, "--id", "G01").output


def test_a_file_of_accepted_findings_that_is_wrong_is_told(tmp_path: Path) -> None:
    """A check that does not exist, and a reason that is missing, are findings with file and line."""
    for entry, why in (("{check: X99, because: b.}", "there is no check"), ("{check: G01}", "because")):
        file = accepting(tmp_path / "a.yaml", entry)
        result = run("ukraine/no_guarantee", "--accept", file)
        assert result.exit_code == 2
        assert why in result.output


def test_one_check_can_be_asked_for() -> None:
    """With --id nothing else is run."""
    data = json.loads(run("ukraine/istanbul_draft_2022", "--id", "v06", "--json").output)
    assert {finding["id"] for finding in data[0]["findings"]} == {"V06"}


def test_the_clause_is_quoted_once() -> None:
    """The line of the file stands below the finding, and no line of the file is quoted twice for one finding."""
    output = run("history/locarno_1925", "--id", "G04").output.splitlines()
    assert sum("when: flagrant" in line for line in output) == 1


def test_a_change_that_loses_cover_fails_in_a_pipeline() -> None:
    """With --against, a text is held against its earlier draft: 1 where an incident is covered no more."""
    weaker = run("kyiv_security_compact_2022", "--against", "nato_membership")
    same = run("nato_membership", "--against", "nato_membership")
    assert weaker.exit_code == 1
    assert "lost:" in weaker.output
    assert same.exit_code == 0
    assert "lost:" not in same.output
    assert json.loads(run("nato_membership", "--against", "nato_membership", "--json").output)
    assert run("nato_membership", "--against", "no_such_thing").exit_code == 2


def test_nothing_is_called_safe(clean: str) -> None:
    """Where nothing is found, what was searched and what is not modelled is said instead."""
    output = run(clean).output
    assert "safe" not in output.lower()
    assert "Searched:" in output
    assert "Not modelled:" in output


def test_sarif_names_every_rule_and_result() -> None:
    """A code host can show each result at its line and explain its rule."""
    log = json.loads(run("ukraine/budapest_memorandum_1994", "--sarif").output)
    (one,) = log["runs"]
    assert {rule["id"] for rule in one["tool"]["driver"]["rules"]} == set(CHECKS)
    for result in one["results"]:
        assert result["level"] in {"error", "warning", "note", "none"}
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_can_be_explained(name: str) -> None:
    """Its promise is one sentence."""
    output = run("--explain", name.lower()).output
    assert CHECKS[name].promise in output
    assert CHECKS[name].promise.endswith(".")


def test_the_reference_page_is_current() -> None:
    """docs/checks.md is what `foedus check --reference` prints."""
    assert DOCS.read_text(encoding="utf-8") == checks_reference_text()


def test_a_finding_can_be_told_as_any_other() -> None:
    """Other commands list findings of checks beside those of the loader."""
    told = [each.as_finding() for each in check(bad("V01"))]
    assert {each.code for each in told} >= {"V01"}
