"""Faults planted in real texts and in the sound one: each is told at the clause that it was planted in, and once."""

from functools import cache
from typing import Any

import pytest

from foedus.arrangement.dump import to_plain
from foedus.arrangement.library import load_from_library
from foedus.arrangement.load import adapter
from foedus.arrangement.record import Arrangement
from foedus.checks.examine import examine
from foedus.checks.finding import CheckFinding
from foedus.checks.specimens import good
from foedus.errors import Severity

KYIV, FORCE, NATO = "kyiv_security_compact_2022", "multinational_force_paris_2026", "nato_membership"
SOUND = "sound"

PLANTED: dict[str, tuple[str, dict[tuple[str | int, ...], Any], str, str]] = {
    "consultation without a date": (KYIV, {("trigger", "consult_within"): "none"}, "T05", "trigger.consult_within"),
    "performance before the decision": (KYIV, {("commitments", 1, "within"): "6 h"}, "T04", "commitments[1].within"),
    "ally of the adversary is the only monitor": (
        SOUND,
        {("parties", "monitor"): ["belarus"], ("monitoring", 0, "by"): ["belarus"]},
        "V07",
        "monitoring[0].by",
    ),
    "monitor whom the text calls dependent on the adversary": (
        SOUND,
        {("ties",): [{"party": "european_union", "kind": "dependent", "to": "russia"}]},
        "V07",
        "monitoring[0].by",
    ),
    "required member that hosts the adversary's forces": (
        SOUND,
        {("ties",): [{"party": "italy", "kind": "host", "to": "russia"}], ("decision", "required"): ["italy"]},
        "V07",
        "decision.required",
    ),
    "adversary in the body that finds": (
        KYIV,
        {("trigger", "determined_by"): "council_consensus", ("trigger", "body"): "OSCE Permanent Council"},
        "V08",
        "trigger.body",
    ),
    "adversary among the stated members of a council": (
        KYIV,
        {("trigger", "determined_by"): "council_consensus", ("trigger", "members"): ["russia", "france"]},
        "V08",
        "trigger.members",
    ),
    "forces forbidden and stationed": (FORCE, {("exclusions",): [{"what": "foreign_forces"}]}, "D04", "exclusions[0]"),
    "bases forbidden and garrisons promised": (
        SOUND,
        {("exclusions",): [{"what": "foreign_bases"}]},
        "D04",
        "exclusions[0]",
    ),
    "arms forbidden and promised in peacetime": (
        SOUND,
        {
            ("exclusions",): [{"what": "foreign_arms"}],
            ("standing_support",): [{"by": ["france"], "bindingness": "shall_specified", "measures": ["arms"]}],
        },
        "D04",
        "exclusions[0]",
    ),
    "exercises forbidden and promised": (
        SOUND,
        {
            ("exclusions",): [{"what": "joint_exercises"}],
            ("standing_support",): [{"by": ["france"], "bindingness": "intends", "measures": ["exercises"]}],
        },
        "D04",
        "exclusions[0]",
    ),
    "alliances forbidden and membership given": (
        NATO,
        {("exclusions",): [{"what": "alliances"}], ("membership",): "NATO"},
        "D04",
        "exclusions[0]",
    ),
    "ceiling below floor": (
        KYIV,
        {
            ("duties", "limits"): [
                {"on": "200000 troops", "sense": "ceiling"},
                {"on": "800000 troops", "sense": "floor"},
            ]
        },
        "D05",
        "duties.limits[0]",
    ),
    "ceiling below the defence that is owed": (
        SOUND,
        {("duties", "limits"): [{"on": "85000 troops", "sense": "ceiling"}]},
        "D05",
        "duties.limits[0]",
    ),
    "neutral for ever and a member": (NATO, {("duties", "neutrality"): "permanent"}, "D06", "duties.neutrality"),
    "debtor unknown": (SOUND, {("commitments", 1, "by"): ["unknown"]}, "D01", "commitments[1].by"),
    "mandate renewed by a body in which the adversary has a veto": (
        SOUND,
        {("monitoring", 0, "renewed_every"): "6 months", ("monitoring", 0, "renewal_body"): "UN Security Council"},
        "V09",
        "monitoring[0].renewal_body",
    ),
    "mandate that the adversary can refuse to renew": (
        SOUND,
        {("monitoring", 0, "renewed_every"): "6 months", ("monitoring", 0, "renewed_by"): ["russia"]},
        "V09",
        "monitoring[0].renewed_by",
    ),
    "a duty that lapses where each debtor holds it to be provoked": (
        SOUND,
        {
            ("commitments", 1, "answers"): ["incursion", "invasion", "provoked"],
            ("commitments", 1, "unless"): "provoked",
            ("trigger", "determined_by"): "each_party_for_itself",
            ("monitoring", 0, "attributes"): False,
        },
        "P04",
        "commitments[1].unless",
    ),
    "nine million soldiers": (SOUND, {("deployments", 0, "forces"): "9000000 troops"}, "F04", "deployments[0].forces"),
    "a right to come in after a coup": (
        SOUND,
        {
            ("commitments", 2): {
                "id": "right_to_restore_order",
                "by": ["france", "germany"],
                "answers": ["hybrid"],
                "tier": "defend",
                "bindingness": "may",
                "when": "constitution_overthrown",
            }
        },
        "R01",
        "commitments[2]",
    ),
    "a guarantor that claims territory": (
        SOUND,
        {("ties",): [{"party": "poland", "kind": "claimant", "to": "ukraine"}]},
        "R02",
        "ties[0]",
    ),
    "rival guarantors": (SOUND, {("ties",): [{"party": "italy", "kind": "rival", "to": "spain"}]}, "R03", "ties[0]"),
    "a garrison without an end": (SOUND, {("term", "exit_notice"): "none"}, "R04", "deployments[0]"),
}
"""What is planted, in which text, which check tells it, and at which clause."""


def base(name: str) -> Arrangement:
    """Return the text without the fault."""
    return good() if name == SOUND else load_from_library(f"ukraine/{name}")


@cache
def findings(name: str) -> tuple[CheckFinding, ...]:
    """Return what the checks find in the text without the fault."""
    return examine(base(name)).findings


def planted(fault: str) -> tuple[CheckFinding, ...]:
    """Return what the checks find in the text with the fault."""
    name, changes, _, _ = PLANTED[fault]
    data = to_plain(base(name))
    for path, value in changes.items():
        place: Any = data
        for step in path[:-1]:
            place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
        if isinstance(place, list) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value
    examination = examine(adapter().validate_python(data))
    assert not examination.unreplayed
    return examination.findings


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_told_at_its_clause(fault: str) -> None:
    """The check that promises to notice it does, at the clause that was changed, and not in the text without it."""
    name, _, check, place = PLANTED[fault]
    told = [each for each in planted(fault) if each.id == check and each.clauses[0].path == place]
    assert told
    assert not [each for each in findings(name) if each.id == check and each.message == told[0].message]


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_told_once(fault: str) -> None:
    """No check tells the same fault in two findings with the same words."""
    messages = [(each.id, each.message) for each in planted(fault)]
    assert len(messages) == len(set(messages))


def test_the_adversary_in_the_body_that_finds_can_stop_the_finding() -> None:
    """A council that decides by consensus and in which the adversary sits gives it a veto, and takes none away."""
    vetoes = [each for each in planted("adversary in the body that finds") if each.id == "V01"]
    assert any("Russia" in each.message and each.severity is Severity.ERROR for each in vetoes)
