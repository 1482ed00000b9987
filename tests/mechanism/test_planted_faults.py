"""Faults put into the compilation on purpose: each old second reading, and slips of the hand. Every one is caught."""

import math
import operator
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from foedus.arrangement.conditions import RELATIONS, Level
from foedus.arrangement.library import load_from_library
from foedus.arrangement.process import Proof
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Abstention, Excluded, IfUndecided, Kind, OutsideAction, TierWord
from foedus.mechanism.numbers import (
    chances,
    determinations,
    members,
    obligations,
    posture,
    reading,
    timeliness,
    weights,
)
from foedus.mechanism.numbers.troops import troops_in_place
from foedus.mechanism.rules.decisions import is_closed, may_respond
from foedus.mechanism.rules.duties import Call, called_for
from foedus.mechanism.rules.roles import monitors
from foedus.mechanism.rules.stopping import is_enough
from foedus.mechanism.rules.world import World
from foedus.values.words import Determination
from tests.checks.specimens import Patch, patched
from tests.mechanism.one_meaning import assert_one_meaning
from tests.mechanism.snapshot import moved

Plant = Callable[[pytest.MonkeyPatch], None]
_INSIDE = {("parties", "guarantor"): ["france", "germany", "italy", "poland", "spain", "united_kingdom", "russia"]}
_UNDECIDED = {("trigger", "if_undecided"): "nothing"}
_UNANIMOUS = {("decision", "rule"): "unanimity"}


@dataclass(frozen=True)
class Fault:
    """A fault in the reading of a text, and a text on which it shows."""

    plant: Plant
    text: Patch


def _called_as(change: Callable[[Arrangement], Arrangement]) -> Plant:
    """Read what is owed as if something stood otherwise in the text."""

    def called(arrangement: Arrangement, clause: Any, world: World, **weights: Any) -> Call | None:
        return called_for(change(arrangement), clause, world, **weights)

    return lambda patch: patch.setattr(reading, "called_for", called)


def _with_trigger(**entries: Any) -> Callable[[Arrangement], Arrangement]:
    return lambda arrangement: replace(arrangement, trigger=replace(arrangement.trigger, **entries))


def _all_joint(patch: pytest.MonkeyPatch) -> None:
    def called(arrangement: Arrangement, clause: Any, world: World, **weights: Any) -> Call | None:
        return called_for(arrangement, replace(clause, kind=Kind.JOINT), world, **weights)

    patch.setattr(reading, "called_for", called)


def _unknown_is_forbidden(patch: pytest.MonkeyPatch) -> None:
    def closed(arrangement: Arrangement, world: World, tier: TierWord, **weights: Any) -> bool:
        if arrangement.decision.outside_action is not OutsideAction.ALLOWED:
            decision = replace(arrangement.decision, outside_action=OutsideAction.FORBIDDEN)
            arrangement = replace(arrangement, decision=decision)
        return is_closed(arrangement, world, tier, **weights)

    patch.setattr(reading, "is_closed", closed)


def _no_arms_no_support(patch: pytest.MonkeyPatch) -> None:
    def closed(arrangement: Arrangement, world: World, tier: TierWord, **weights: Any) -> bool:
        arms = any(exclusion.what is Excluded.FOREIGN_ARMS for exclusion in arrangement.exclusions)
        return (arms and tier is TierWord.SUPPORT) or is_closed(arrangement, world, tier, **weights)

    patch.setattr(reading, "is_closed", closed)


def _no_exclusion_is_read(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        reading, "is_closed", lambda a, world, tier, **w: is_closed(replace(a, exclusions=()), world, tier, **w)
    )


def _one_monitor_stops_the_finding(patch: pytest.MonkeyPatch) -> None:
    def opens(arrangement: Arrangement, world: World) -> bool:
        return may_respond(arrangement, world) and not monitors(arrangement, world) & world.against_finding

    patch.setattr(reading, "may_respond", opens)


def _silence_is_not_read(patch: pytest.MonkeyPatch) -> None:
    def enough(arrangement: Arrangement, *args: Any, **options: Any) -> bool:
        decision = replace(arrangement.decision, abstention=Abstention.NONE)
        return is_enough(replace(arrangement, decision=decision), *args, **options)

    for module in (reading, weights):
        patch.setattr(module, "is_enough", enough)


def _everybody_meets(patch: pytest.MonkeyPatch) -> None:
    holds = chances.Chances._holds
    patch.setattr(chances.Chances, "_holds", lambda self, about: 1.0 if about == "consulted" else holds(self, about))


def _all_is_covered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chances.Chances, "is_all_covered", True)
    holds = chances.Chances._holds
    patch.setattr(chances.Chances, "_holds", lambda self, about: 1.0 if about == "in_scope" else holds(self, about))


def _quorum_one_short(patch: pytest.MonkeyPatch) -> None:
    least = weights._least
    patch.setattr(weights, "_least", lambda is_reached, total: least(is_reached, total) - 1)


def _required_are_not_read(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reading, "_indispensable", lambda *_: frozenset())


def _in_formulas(name: str, instead: Callable[..., Any]) -> Plant:
    return lambda patch: patch.setattr(f"foedus.checks.search.formula.{name}", instead)


CONSULTED: Patch = {("trigger", "determined_by"): "each_party_after_consultation"} | _UNDECIDED
SECOND_READINGS: dict[str, Fault] = {
    "acting alone: unknown is read as forbidden": Fault(
        _unknown_is_forbidden, _INSIDE | _UNANIMOUS | _UNDECIDED | {("decision", "outside_action"): "unknown"}
    ),
    "what follows without a decision is not read": Fault(
        _called_as(_with_trigger(if_undecided=IfUndecided.NONE)), _INSIDE | _UNANIMOUS
    ),
    "no foreign arms closes support in the game alone": Fault(
        _no_arms_no_support, {("exclusions",): [{"what": "foreign_arms"}]}
    ),
    "no exclusion is read": Fault(_no_exclusion_is_read, {("exclusions",): [{"what": "foreign_forces"}]}),
    "joint or bilateral is not read": Fault(
        _all_joint, _INSIDE | _UNANIMOUS | _UNDECIDED | {("commitments", 1, "kind"): "bilateral"}
    ),
    "one monitor of several stops the finding": Fault(
        _one_monitor_stops_the_finding,
        {("parties", "monitor"): ["osce", "russia"], ("decision", "outside_action"): "forbidden"} | _UNDECIDED,
    ),
    "how silence counts is not read": Fault(
        _silence_is_not_read,
        _UNANIMOUS | _UNDECIDED | {("decision", "abstention"): "not_counted", ("trigger", "if_undecided"): "none"},
    ),
    "who may invoke is not read": Fault(
        _called_as(_with_trigger(invoked_by=("unknown",))), {("trigger", "invoked_by"): "russia"}
    ),
    "the meeting before the finding is not read": Fault(_everybody_meets, CONSULTED),
    "territory left out is not read": Fault(_all_is_covered, {("scope", "excludes"): ["Crimea"]}),
    "proof is not read": Fault(
        _called_as(_with_trigger(proof=Proof())),
        {("trigger", "proof"): {"support": "none", "deploy": "preponderance", "defend": "clear_and_convincing"}},
    ),
    "a quorum is one short": Fault(
        _quorum_one_short,
        {("trigger", "if_undecided"): "none", ("decision", "quorum"): {"support": 0.5, "deploy": 0.5, "defend": 0.7}},
    ),
    "required members are not read": Fault(
        _required_are_not_read, {("trigger", "if_undecided"): "none", ("decision", "required"): ["poland"]}
    ),
    "formulas know no prohibition": Fault(
        _in_formulas("could_bar_tier", lambda *_: ()), {("exclusions",): [{"what": "foreign_forces"}]}
    ),
    "formulas know no standard of proof": Fault(_in_formulas("proof_asked", lambda *_: "none"), {}),
    "formulas know no meeting before the finding": Fault(
        _in_formulas("_asked", lambda rule, votes, _: _in_formulas_yes(rule, votes)),
        CONSULTED | {("commitments", 1, "when"): "consulted or requested"},
    ),
}


def _in_formulas_yes(_rule: object, _votes: object) -> Any:
    from foedus.checks.search.space import TRUE

    return TRUE


def _assert_one_meaning_of(text: Patch) -> None:
    draw = random.Random(5)  # noqa: S311  # no secret
    for _ in range(16):
        assert_one_meaning(patched(text), draw)


@pytest.mark.parametrize("name", SECOND_READINGS)
def test_a_second_reading_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads a clause otherwise than the rules do is found out; without the fault, all agree."""
    fault = SECOND_READINGS[name]
    _assert_one_meaning_of(fault.text)
    fault.plant(monkeypatch)
    with pytest.raises(AssertionError):
        _assert_one_meaning_of(fault.text)


def _criterion_turned_over(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(determinations, "_OBVIOUS", determinations._OBVIOUS[::-1])


def _quorum_rounded_down(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(members, "math", SimpleNamespace(ceil=math.floor))


def _tiers_in_time_turned_over(patch: pytest.MonkeyPatch) -> None:
    mobilise = timeliness._days_to_respond
    patch.setattr(timeliness, "_days_to_respond", lambda a, tier, *rest: mobilise(a, type(tier)(4 - tier), *rest))


def _later_clause_replaces_stronger(patch: pytest.MonkeyPatch) -> None:
    def replaced(oblige: Any, finding: Any, held: Any) -> None:
        oblige[:, Determination[finding.name]] = held

    patch.setattr(obligations, "_raise_to", replaced)


def _what_is_left_counts_as_cut(patch: pytest.MonkeyPatch) -> None:
    cut = posture._cut
    patch.setattr(posture, "_cut", lambda allowed, **rest: 1 - cut(allowed, **rest))


def _troops_counted_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        obligations,
        "troops_in_place",
        lambda *args: {party: 2 * troops for party, troops in troops_in_place(*args).items()},
    )


def _monitors_add_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(determinations, "_gain", lambda *_: 0.0)


def _smallest_proposes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(members, "max", partial(min), raising=False)


SLIPS: Mapping[str, Plant] = {
    "a criterion's order is turned over": _criterion_turned_over,
    "a quorum is rounded down": _quorum_rounded_down,
    "the tiers' days are turned over": _tiers_in_time_turned_over,
    "a later clause replaces a stronger one": _later_clause_replaces_stronger,
    "what a limit leaves counts as what it cuts": _what_is_left_counts_as_cut,
    "troops in place are counted twice": _troops_counted_twice,
    "monitors add nothing": _monitors_add_nothing,
    "the smallest member proposes": _smallest_proposes,
}
_SHOWN_ON = (
    "ukraine/istanbul_draft_2022",
    "ukraine/vilnius_bilateral_agreements_2024",
    "ukraine/twenty_point_plan_2025",
    "ukraine/multinational_force_paris_2026",
    "ukraine/eu_article_42_7",
    "history/west_germany_1955",
)


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_of_the_hand_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that is the same in all that reads the arrays moves a reviewed number of the library."""
    texts = [load_from_library(text) for text in _SHOWN_ON]
    assert not [each for text in texts for each in moved(text)]
    SLIPS[name](monkeypatch)
    assert [each for text in texts for each in moved(text)]


def test_a_slip_in_the_table_of_comparisons_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """All readings share the table, so that only what a comparison is known to mean can tell."""
    strict = Level("attribution", "<", "likely")
    assert not strict.is_met_by("likely")
    wrong = MappingProxyType(dict(RELATIONS) | {"<": operator.le})
    monkeypatch.setattr("foedus.arrangement.conditions.RELATIONS", wrong)
    assert strict.is_met_by("likely")
    assert np.array(strict.compare(np.arange(4))).tolist() == [True, True, True, False]
