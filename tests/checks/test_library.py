"""The arrangements that ship with the package: the holes that history used are found without being told."""

import json
import subprocess
import sys
from functools import cache

import pytest

from foedus.arrangement.library import library_files
from foedus.checks.case import Case
from foedus.checks.examine import examine, load_with_source
from foedus.checks.finding import CheckFinding, Examination, Hole
from foedus.checks.registry import CHECKS
from foedus.errors import Severity

NAMES = tuple(library_files())


@cache
def examined(name: str) -> Examination:
    """Examine a packaged arrangement once."""
    arrangement, source = load_with_source(library_files()[name])
    return examine(arrangement, source=source)


def errors(name: str, check: str) -> list[CheckFinding]:
    """Return the errors of one check."""
    return [each for each in examined(name).findings if each.id == check and each.severity is Severity.ERROR]


@pytest.mark.parametrize("name", NAMES)
def test_every_counterexample_replays(name: str) -> None:
    """The rules of the mechanism confirm each incident that is told."""
    assert not examined(name).unreplayed
    case = Case(load_with_source(library_files()[name])[0])
    for finding in examined(name).findings:
        claim = CHECKS[finding.id].claim
        of_the_whole = finding.clauses[0].path.count(".") == 0
        if finding.id in ("G01", "G02") and of_the_whole and finding.world is not None and claim is not None:
            assert claim(case, Hole(finding.message, (), world=finding.world))


@pytest.mark.parametrize("name", NAMES)
def test_each_finding_stands_on_a_line_of_the_file(name: str) -> None:
    """The quoted line holds the last key of the clause that is meant, or the clause's first line."""
    lines = library_files()[name].read_text(encoding="utf-8").splitlines()
    for finding in examined(name).findings:
        assert 1 <= finding.position.line <= len(lines)
        assert lines[finding.position.line - 1].strip()


@pytest.mark.parametrize("name", ["ukraine/budapest_memorandum_1994", "ukraine/istanbul_draft_2022"])
def test_the_adversary_guards_its_own_victim(name: str) -> None:
    """Budapest 1994 and Istanbul 2022 name Russia a guarantor and let it stop the finding and the response."""
    assert any("Russia" in each.message for each in errors(name, "V06"))
    vetoes = errors(name, "V01")
    assert any("finding" in each.message for each in vetoes)
    assert any("decision" in each.message for each in vetoes)


def test_monitors_in_minsk_live_by_leave_of_one_party() -> None:
    """The OSCE mission ended in 2022 when Russia refused to prolong it."""
    assert any("Russia can end" in each.message for each in errors("ukraine/minsk_osce_2015", "E02"))


def test_locarno_hangs_on_a_word() -> None:
    """In 1936 no guarantor held the Rhineland to be a flagrant breach, and the Council's finding moved nobody."""
    (finding,) = errors("history/locarno_1925", "G04")
    assert "flagrant" in finding.message
    assert finding.world is not None
    assert "flagrant" not in finding.world.facts


def test_three_days_of_talks_outlast_an_overrun_in_istanbul() -> None:
    """The draft of 2022 gives the guarantors 72 hours to meet; places have been overrun in less."""
    assert any("72 h" in each.message for each in errors("ukraine/istanbul_draft_2022", "T01"))


def test_budapest_answers_nuclear_weapons_only() -> None:
    """The invasion of 2022 used none, and so obliged nobody to act."""
    (finding,) = errors("ukraine/budapest_memorandum_1994", "G01")
    assert finding.world is not None
    assert finding.world.threat == "invade"
    assert "nuclear_weapons_used" not in finding.world.facts


def test_the_same_text_gives_the_same_findings_in_another_process() -> None:
    """Neither the order of sets nor the state of a solver shows in what is told."""
    code = (
        "import json; from foedus.arrangement.library import library_files as f;"
        "from foedus.checks.examine import examine, load_with_source as l;"
        "a, s = l(f()['ukraine/istanbul_draft_2022']);"
        "print(json.dumps([examine(a, source=s, engine=e).to_mapping() for e in ('plain', 'z3')]))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    plain, solver = json.loads(runs[0])
    assert plain == solver
