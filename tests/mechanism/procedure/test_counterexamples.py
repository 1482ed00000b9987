"""What the checks prove of a text is what the procedure does with it."""

import random
from datetime import timedelta

import numpy as np
import pytest

from foedus.arrangement.conditions import FACTS, LEVELS
from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds
from foedus.checks.examine import examine
from foedus.checks.registry import CHECKS
from foedus.checks.replay import weights_of
from foedus.checks.specimens import bad, good
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.from_arrangement import compile_arrangement
from foedus.mechanism.numbers.chances import chances_of
from foedus.mechanism.numbers.questions import ATTRIBUTION, REFUSES
from foedus.mechanism.numbers.weights import weights_of as weights_in_game
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.deciding.decide import apply
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.rules.duties import TIERS, falls_due
from foedus.mechanism.rules.world import World
from foedus.values.words import Determination
from tests.mechanism.procedure.as_commands import NAME, START, opened, played

_AWAY = timedelta(days=60)
_THREATS = {Finds.HYBRID: "coerce", Finds.INCURSION: "seize", Finds.INVASION: "invade"}


def _owed(arrangement: Arrangement, world: World, weights: dict[str, int]) -> set[tuple[object, ...]]:
    state = played(opened(arrangement, weights=weights), world)
    state, _ = apply(state, c.Wait(START + _AWAY))
    since = (ObligationStatus.DUE, ObligationStatus.MET, ObligationStatus.BREACHED)
    due = [each for each in state.incidents[NAME].obligations.values() if each.status in since]
    return {(each.clause, each.debtor, each.tier) for each in due if each.is_binding}


def _by_rules(arrangement: Arrangement, world: World, weights: dict[str, int]) -> set[tuple[object, ...]]:
    return {(each.clause, each.debtor, each.tier) for each in falls_due(arrangement, world, weights=weights)}


@pytest.mark.parametrize("name", CHECKS)
def test_each_counterexample_of_a_check_plays_out_as_it_was_proven(name: str) -> None:
    """Whoever plays the incident of a hole as commands sees those duties fall due, and no others."""
    arrangement = bad(name)
    weights = dict(weights_of(arrangement, load_party_facts()))
    for finding in examine(arrangement, only=[name]).findings:
        if finding.world is not None:
            told = f"{name}: {finding.message}"
            assert _owed(arrangement, finding.world, weights) == _by_rules(arrangement, finding.world, weights), told


def test_the_plain_case_obliges_everybody_in_the_text_without_a_hole() -> None:
    """An unprovoked invasion that all find and answer puts every guarantor under a duty to defend."""
    arrangement = good()
    owed = _owed(arrangement, World(), {})
    assert {debtor for _, debtor, tier in owed if tier == "defend"} == set(arrangement.parties.guarantor)


@pytest.mark.parametrize("name", ["G04", "V01", "G02"])
@pytest.mark.parametrize("finding", list(_THREATS))
def test_random_incidents_oblige_as_often_as_the_arrays_of_the_game_say(name: str, finding: Finds) -> None:
    """The share of drawn incidents in which a guarantor owes a tier is the entry of ``oblige``, within chance."""
    arrangement, incidents = bad(name), 225
    yardsticks = _with_full_strength(dict(default_parameters().central))
    compilation = compile_arrangement(arrangement, yardsticks)
    weights = dict(weights_in_game(arrangement, yardsticks, load_party_facts()))
    draw = random.Random(f"{name} {finding}")  # noqa: S311  # no secret
    counts = np.zeros((len(compilation.members), len(TIERS)))
    for _ in range(incidents):
        for _, debtor, tier in _owed(arrangement, _drawn(arrangement, finding, yardsticks, draw), weights):
            counts[compilation.members.index(str(debtor)), : TIERS.index(tier) + 1] += 1
    said = compilation.compiled.oblige[: len(compilation.members), Determination[finding.name], 1:]
    error = np.sqrt(np.maximum(said * (1 - said), 0.25 / incidents) / incidents)
    assert (np.abs(counts / incidents - said) <= 4 * error).all()


def _with_full_strength(yardsticks: dict[str, float]) -> dict[str, float]:
    """Let words bind fully, so that an entry is the share of the worlds in which a duty falls due."""
    full = ("bindingness.", "content.", "legal_form.", "publicity.")
    return {
        name: 1.0 if name.startswith(full) else 0.0 if name.startswith(("vagueness.", "tripwire")) else value
        for name, value in yardsticks.items()
    } | {"tripwire.troops": 1.0}


def _drawn(arrangement: Arrangement, finding: Finds, yardsticks: dict[str, float], draw: random.Random) -> World:
    chances = chances_of(arrangement, finding=finding, yardsticks=yardsticks)
    facts = frozenset(name for name in FACTS if draw.random() < chances(name, True))
    levels = LEVELS[ATTRIBUTION]
    attribution = draw.choices(levels, [max(0.0, chances(ATTRIBUTION, level)) for level in levels])[0]
    refuses = draw.random() < chances(REFUSES, True)
    against = frozenset(arrangement.parties.adversary) if refuses else frozenset[str]()
    return World(
        threat=_THREATS[finding],
        attribution=attribution,
        facts=facts - {"provoked"},
        against_finding=against,
        against_response=against,
        determined=finding,
    )
