"""Drafts of other theatres, with faults planted one at a time: each is told where a lawyer would put the finger."""

import copy
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from foedus.arrangement.library import library_files
from foedus.arrangement.load import adapter
from foedus.checks.examine import examine
from foedus.checks.finding import CheckFinding, Examination

DRAFTS = Path(__file__).parent / "drafts"
KNOWN = {
    "baltic": {"C03"},
    "caucasus": set(),
    "essequibo": {"F06", "L02", "P03", "V02", "V03", "V04", "V05"},
    "gulf": {"P03", "V04"},
    "strait": {"P01", "P03", "V04"},
    "armenia": {"C03", "F05", "G01", "G03", "G06", "T01", "V04"},
    "kosovo": {"C03", "F05", "G01", "G03", "P01", "V02"},
    "moldova": {"C03", "F03", "F05", "G01", "G02", "G03", "T01", "V04"},
    "cyprus_reunified": {"C03", "F05", "G01", "G02", "G03", "G05", "P05", "V04"},
    "strait_partnership": {"C03", "G01", "G03", "G05", "V04"},
    "philippines": {"C03", "F05", "G01", "G03", "V02", "V04"},
    "belize_assurance": {"C03", "F06", "G02", "L01", "P03", "V04"},
    "black_sea_compact": {"C03", "G01", "G03", "G07", "O02", "O03", "O04", "V02"},
    "bosnia_after_althea": {"C03", "G01", "G02", "G03", "G07", "P05", "T01", "V02", "V03", "V08"},
    "dnipro_line": {"C03", "F05", "G01", "G02", "G03", "V04"},
    "great_lakes_accord": {"C03", "G01", "G02", "G03", "G06", "P05", "V10"},
    "korea_end_of_war": {"C03", "F05", "O02", "P03", "V04"},
    "low_countries_1926": {"C03", "D08", "G01", "O02", "P03", "T01", "V04"},
    "mekong_line": {"C03", "F06", "G02", "O02", "O03", "P03", "T01", "V04"},
    "southwest_islands": {"F05", "G01", "G03", "P03", "V02", "V04"},
    "steppe_compact": {"C03", "F05", "G01", "G03", "G07", "O02", "T01", "V02", "V04"},
    "arctic_strait": {"C03", "G02", "G07", "O02", "P03", "V04"},
    "danube_1921": {"D01", "G01", "G03", "G05", "L01", "T01", "V04"},
    "levant_crossing": {"C03", "F05", "G01", "G03", "P05", "T01", "V02"},
    "tashkent_note": {"G01", "G03", "L01", "L02", "O04", "P05", "T01"},
}
"""What the checks find in each draft as it was drafted, before anything is planted."""
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@cache
def read(name: str) -> Any:
    """Read a text of the library, or a file of drafts or of plants."""
    files = {key.rpartition("/")[2]: file for key, file in library_files().items()}
    file = files.get(name) or next(DRAFTS.rglob(f"{name}.yaml"))
    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))


LISTS = (
    "planted",
    "planted_second",
    "planted_third",
    "planted_fourth",
    "planted_other_words",
    "planted_fifth",
    "planted_fifth_again",
)
PLANTED: dict[str, dict[str, Any]] = {each["id"]: each for name in LISTS for each in read(name)}
HARMLESS: dict[str, dict[str, Any]] = {
    each["id"]: each for name in ("harmless_fifth", "harmless_fifth_again") for each in read(name)
}


@cache
def examined(name: str) -> Examination:
    """Examine a draft as it was drafted."""
    return examine(adapter().validate_python(read(name)))


@cache
def with_fault(fault: str) -> Examination:
    """Examine a draft with a fault planted."""
    return edited(PLANTED[fault])


def edited(planted: dict[str, Any]) -> Examination:
    """Examine a text with an edit made."""
    draft = copy.deepcopy(read(planted["base"]))
    for path, value in planted["set"].items():
        put(draft, [match[1] if match[2] is None else int(match[2]) for match in _STEP.finditer(path)], value)
    return examine(adapter().validate_python(draft))


def put(place: Any, steps: list[str | int], value: Any) -> None:
    """Write a value at a path; one past the end of a list adds."""
    for step in steps[:-1]:
        place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
    if isinstance(place, list) and steps[-1] == len(place):
        place.append(value)
    else:
        place[steps[-1]] = value


def stands_at(finding: CheckFinding, places: list[str]) -> bool:
    """Tell whether a finding points first at one of some places, or inside or around it."""
    found = finding.clauses[0].path
    return any(
        f"{one}.".startswith(f"{other}.") or one.startswith(f"{other}[")
        for place in places
        for one, other in ((found, place), (place, found))
    )


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_told_where_it_was_planted(fault: str) -> None:
    """A fault in the drafting gives a finding at its clause that the text without it does not have."""
    planted, after = PLANTED[fault], with_fault(fault)
    before = {(each.id, each.message) for each in examined(planted["base"]).findings}
    assert not after.unreplayed
    new = [each for each in after.findings if (each.id, each.message) not in before]
    assert any(stands_at(each, planted["at"]) for each in new), [(each.id, each.message) for each in new]


@pytest.mark.parametrize("edit", HARMLESS)
def test_a_harmless_edit_brings_nothing_new(edit: str) -> None:
    """A title, a day, an order of names, a clause that nobody minds: no finding that the text does not have without."""
    after, before = (
        edited(HARMLESS[edit]),
        {(each.id, each.message) for each in examined(HARMLESS[edit]["base"]).findings},
    )
    assert [each for each in after.findings if (each.id, each.message) not in before] == []


@pytest.mark.parametrize("name", KNOWN)
def test_a_sound_draft_has_only_what_its_drafter_knew(name: str) -> None:
    """The drafts without a planted fault give no finding beyond those that come with their design."""
    assert {each.id for each in examined(name).findings} == KNOWN[name]
    assert not examined(name).unreplayed


@pytest.mark.parametrize("name", KNOWN)
def test_a_burden_that_several_share_is_told_once(name: str) -> None:
    """However many clauses pledge something in figures for several debtors together, one finding names them all."""
    shared = [each for each in examined(name).findings if each.id == "C03"]
    assert len(shared) == ("C03" in KNOWN[name])


def test_whoever_can_end_a_mission_is_not_said_to_renew_it() -> None:
    """Turkey may send the observers home in that draft, and Cyprus alone renews their mandate."""
    told = {each.id for each in with_fault("cr_mission_ended_by_adversary").findings}
    assert "E02" in told
    assert "V09" not in told


_CLUMSY = (
    r"[a-z]_[a-z]",  # a key of the language
    r"\b(\w+) \1\b",
    r"\b1 (years|days|hours|months)\b",
    r"[A-Z]\w+ and [A-Z]\w+, the adversary\b",
    r"\bafter [^,:;]* after\b",
)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_finding_is_prose(fault: str) -> None:
    """No key of the language, doubled word or wrong number is told; ids and conditions are the drafter's own."""
    ids = {clause["id"] for clause in read(PLANTED[fault]["base"]).get("commitments", ())}
    ids |= {"restore_order", "right_of_action"}
    for finding in with_fault(fault).findings:
        bare = re.sub("|".join(["'[^']+'", *sorted(ids, key=len, reverse=True)]), "it", finding.message)
        assert not [clumsy for clumsy in _CLUMSY if re.search(clumsy, bare)], finding.message
