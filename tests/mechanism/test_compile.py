"""From words to arrays: what each clause does to the numbers."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import foedus
from foedus.arrangement.clauses import Deployment
from foedus.arrangement.conditions import FACTS, LEVELS
from foedus.arrangement.load import load, loads
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import (
    Access,
    Bindingness,
    From,
    Interest,
    LegalForm,
    OwnDefence,
    Preparation,
    Publicity,
    Sensor,
    StandardOfProof,
)
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import GAME_PARAMETERS
from foedus.mechanism.from_arrangement import compile_arrangement
from foedus.values.quantity import Forces
from foedus.values.words import Determination, Ground, Threat, Tier
from tests.mechanism.one_meaning import COLUMNS
from tests.mechanism.specimens import COMPACT, changed, compact, compiled

LIBRARY = sorted((Path(foedus.__file__).parent / "library").glob("*/*.yaml"))
INVASION = Determination.INVASION
WORDS_OF = {
    "access": Access,
    "bindingness": Bindingness,
    "days.prepared": Preparation,
    "demilitarised": (OwnDefence.DISARM,),
    "interest": Interest,
    "legal_form": LegalForm,
    "own_defence": OwnDefence,
    "proof": StandardOfProof,
    "publicity": Publicity,
    "sensing": Sensor,
}
"""Families of yardsticks with one number for each word."""


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_every_arrangement_of_the_library_compiles(file: Path) -> None:
    """Each file gives valid arrays, and every obligation above zero can be traced to a clause."""
    arrangement = load(file)
    compilation = compiled(arrangement)
    if compilation.compiled.oblige.any():
        traced = [step for step in compilation.steps if step.array == "oblige" and step.clause]
        assert traced
    assert {step.array for step in compilation.steps} >= {"timeliness", "confusion", "opacity", "self_defence"}


@pytest.mark.parametrize("weaker", ["may", "intends", "will_consult"])
def test_shall_binds_more_than_softer_words(weaker: str) -> None:
    """Changing `shall` to a softer word lowers the obligation of every member on every determination it answers."""
    strong, weak = compiled(compact()).compiled.oblige, compiled(changed("shall_discretionary", weaker)).compiled.oblige
    assert (weak[:, 2:4, 1:3] < strong[:, 2:4, 1:3]).all()
    assert (weak > 0).any()


def test_a_commitment_binds_on_what_it_answers_up_to_its_tier() -> None:
    """A promise to deploy on incursion and invasion obliges nothing on hybrid action and nobody to defend."""
    oblige = compiled(compact()).compiled.oblige
    assert (oblige[:, [2, 3], 1:3] > 0).all()
    assert (oblige[:, [0, 1, 4]] == 0).all()
    assert (oblige[:, :, Tier.DEFEND] == 0).all()


def test_of_joint_and_bilateral_promises_the_larger_counts() -> None:
    """A weaker bilateral text adds nothing to a stronger joint one; a stronger one replaces it for its debtor alone."""
    base = "  - {id: defence, by: all_guarantors"
    terms = "answers: invasion, tier: deploy, bindingness: intends, content: fixed"
    weak = f"  - {{id: bilateral, by: poland, kind: bilateral, {terms}}}\n"
    strong = weak.replace("intends", "shall_specified")
    joint = compiled(compact()).compiled.oblige
    opacity_free = {"weak": changed(base, weak + base), "strong": changed(base, strong + base)}
    with_weak = compiled(opacity_free["weak"]).compiled.oblige
    with_strong = compiled(opacity_free["strong"]).compiled.oblige
    assert with_strong[2, INVASION, 1] > with_weak[2, INVASION, 1] >= joint[2, INVASION, 1] - 0.05
    np.testing.assert_allclose(with_strong[:2], with_weak[:2])


def test_a_condition_that_hardly_ever_holds_leaves_hardly_any_duty() -> None:
    """Budapest's aid waits for nuclear weapons to be used: an invasion without them obliges next to nothing."""
    conditioned = changed("tier: deploy,", "tier: deploy, when: nuclear_weapons_used,")
    assert compiled(conditioned).compiled.oblige.max() < 0.02


def test_an_exception_for_provocation_costs_some_certainty_even_without_one() -> None:
    """A void clause lowers duties after an unprovoked attack too, since who fired first can be disputed."""
    plain, void = compact(), compact("term: {void_if: provoked}\n")
    ratio = compiled(void).compiled.oblige[0, INVASION, 1] / compiled(plain).compiled.oblige[0, INVASION, 1]
    assert 0.85 < ratio < 1


def _with_veto(outside: str) -> Arrangement:
    return changed(
        "decision: {rule: each_for_itself}",
        f"decision: {{rule: council_with_veto, outside_action: {outside}}}\nconsents: {{response: russia}}",
    )


def test_a_veto_over_the_response_closes_tiers_only_where_nobody_may_act_alone() -> None:
    """Where acting alone is forbidden the tiers are closed; where it is allowed the duty goes and the freedom stays."""
    forbidden, allowed = compiled(_with_veto("forbidden")).compiled, compiled(_with_veto("allowed")).compiled
    assert forbidden.blocked[1:].all()
    assert not allowed.blocked.any()
    assert allowed.oblige.max() < 0.1 * compiled(compact()).compiled.oblige.max()


def test_an_adversary_under_unanimity_of_guarantors_can_stop_everything() -> None:
    """Istanbul's fault is found from the roles and the rule: nobody has to write down that there is a veto."""
    inside = COMPACT.replace("guarantor: [france", "guarantor: [russia, france")
    assert not compiled(loads(inside)).compiled.blocked.any()
    rule = "{rule: unanimity, outside_action: forbidden}"
    assert compiled(loads(inside.replace("{rule: each_for_itself}", rule))).compiled.blocked[1:].all()
    assert not compiled(changed("{rule: each_for_itself}", rule)).compiled.blocked.any()


def test_no_foreign_forces_means_no_deployment_and_no_defence() -> None:
    """A prohibition closes deploy and defend, and leaves support open; an exception for a response opens them again."""
    closed = compiled(compact("exclusions: [{what: foreign_forces}]\n")).compiled.blocked
    opened = compiled(compact("exclusions: [{what: foreign_forces, unless: threat >= invade}]\n")).compiled.blocked
    assert closed.tolist() == [False, False, True, True]
    assert not opened.any()


def test_unanimity_needs_every_guarantor() -> None:
    """Under unanimity all are required and the quorum is the whole weight of the guarantors."""
    c = compiled(changed("each_for_itself", "unanimity")).compiled
    assert c.must.all()
    assert (c.quorum[1:] == c.weight.sum()).all()


def test_a_stated_quorum_is_a_share_of_the_guarantors_weight() -> None:
    """Half of the weight, rounded up."""
    c = compiled(changed("{rule: each_for_itself}", "{rule: quorum, quorum: {deploy: 0.5}}")).compiled
    assert c.quorum[Tier.DEPLOY] == -(-int(c.weight.sum()) // 2)


def test_better_monitors_make_fewer_mistakes() -> None:
    """Observers with full access find incursions, and tell provocations and accidents, more often than nations do."""
    seen = compact(
        "monitoring: [{name: m, sensors: [observers, drones, satellites], access: full, attributes: true}]\n"
    )
    blind, sharp = compiled(compact()).compiled.confusion, compiled(seen).compiled.confusion
    for ground, threat, right in (
        (Ground.QUIET, Threat.SEIZE, Determination.INCURSION),
        (Ground.PROVOCATION, Threat.HOLD, Determination.PROVOKED),
        (Ground.ACCIDENT, Threat.HOLD, Determination.NO_BREACH),
    ):
        assert sharp[ground, threat, right] > blind[ground, threat, right]


def test_a_monitor_that_the_adversary_can_end_is_worth_less() -> None:
    """The same mission sees less where the adversary can send it home."""
    firm = "monitoring: [{name: m, sensors: [observers, drones], access: full}]\n"
    frail = firm.replace("access: full", "access: full, can_be_ended_by: russia")
    assert (
        compiled(compact(frail)).compiled.confusion[Ground.QUIET, Threat.COERCE, Determination.HYBRID]
        < compiled(compact(firm)).compiled.confusion[Ground.QUIET, Threat.COERCE, Determination.HYBRID]
    )


def test_a_higher_standard_of_proof_finds_less() -> None:
    """Proof beyond reasonable doubt for any response lets more hybrid action pass as no breach."""
    strict = compact("trigger: {proof: {support: beyond_reasonable_doubt}}\n")
    lax = compact("trigger: {proof: {support: suspicion}}\n")
    missed = [
        compiled(a).compiled.confusion[Ground.QUIET, Threat.COERCE, Determination.NO_BREACH] for a in (strict, lax)
    ]
    assert missed[0] > missed[1]


def test_a_finding_that_the_adversary_can_block_is_not_made_where_nobody_may_act_alone() -> None:
    """Whoever can block the determination turns its row to no breach, where the text leaves no other way."""
    blocked = changed(
        "decision: {rule: each_for_itself}",
        "trigger: {blocked_by: russia}\ndecision: {rule: each_for_itself, outside_action: forbidden}",
    )
    assert compiled(blocked).compiled.confusion[Ground.QUIET, Threat.INVADE, Determination.NO_BREACH] > 0.8


@pytest.mark.parametrize(
    "extra",
    [
        "trigger: {decide_within: 24 h}\n",
        "preparation: integrated_command\n",
        "deployments: [{by: france, forces: 5000 troops, since: ceasefire}]\n",
        "duties: {own_defence: build_up}\n",
    ],
)
def test_clocks_preparation_forces_and_own_defence_win_time(extra: str) -> None:
    """Each of them makes help arrive in time more often than the same compact without it."""
    faster, slower = compiled(compact(extra)).compiled.timeliness, compiled(compact()).compiled.timeliness
    assert (faster[2:] > slower[2:]).all()


def test_a_limit_on_troops_demilitarises_by_what_it_cuts() -> None:
    """85,000 of 925,000 is nine tenths gone; a floor takes nothing."""
    capped = compact("duties: {limits: [{on: 85000 troops, sense: ceiling}]}\n")
    floored = compact("duties: {limits: [{on: 85000 troops, sense: floor}]}\n")
    assert compiled(capped).compiled.demilitarised == pytest.approx(1 - 85_000 / 925_000)
    assert compiled(floored).compiled.demilitarised == 0


def test_observers_do_not_fight() -> None:
    """Troops of somebody who answers no breach add no force; the same troops of a guarantor do."""
    un = changed("parties:", "parties:\n  monitor: united_nations")

    def with_troops(by: str) -> float:
        deployment = Deployment(by=(by,), forces=Forces(10_000, 10_000, "troops"), since=From.CEASEFIRE)
        return compiled(replace(un, deployments=(deployment,))).compiled.deployed_force

    assert with_troops("united_nations") == 0 < with_troops("france")


def test_vague_words_cloud_what_a_response_says_and_weaken_the_duty() -> None:
    """Leaving open whether anybody responds raises opacity and lowers every obligation."""
    vague = compiled(compact("ambiguity: [whether]\n")).compiled
    clear = compiled(compact()).compiled
    assert vague.opacity > clear.opacity
    assert (vague.oblige[clear.oblige > 0] < clear.oblige[clear.oblige > 0]).all()


def test_a_promise_of_standing_support_adds_to_what_is_given_anyway() -> None:
    """Aid rises with the promise, and a ban on foreign arms ends it."""
    promised = compact("standing_support: [{by: all_guarantors, bindingness: shall_specified, funded_for: 10 y}]\n")
    assert compiled(promised).compiled.aid > compiled(compact()).compiled.aid > 0
    assert compiled(compact("exclusions: [{what: foreign_arms}]\n")).compiled.aid == 0


def test_without_anybody_to_answer_every_tier_is_closed() -> None:
    """An arrangement without guarantors and supporters compiles to one empty seat."""
    base = compact()
    alone = replace(base, parties=replace(base.parties, guarantor=()), commitments=())
    assert compiled(alone).compiled.blocked[1:].all()


def test_every_yardstick_is_used() -> None:
    """A number that no text can ask for is deleted.

    Each one is asked for by the library, or by a text of a theatre without a profile, or is that of a fact or of a word
    that some other text may write.
    """
    asked: set[str] = set()

    class Watched(dict[str, float]):
        def __getitem__(self, key: str) -> float:
            asked.add(key)
            return super().__getitem__(key)

    central = Watched(default_parameters().central)
    for arrangement in (*map(load, LIBRARY), compact()):
        compile_arrangement(arrangement, central)
    of_words = {f"{family}.{word}" for family, words in WORDS_OF.items() for word in words}
    of_facts = {f"fact.{fact}.{finding}" for fact in (*FACTS, "acts") for finding in COLUMNS.values()}
    of_levels = {f"attribution.{level}" for level in LEVELS["attribution"]}
    assert set(central) - set(GAME_PARAMETERS) - asked <= of_words | of_facts | of_levels


@pytest.mark.parametrize(
    "decision",
    [
        "{rule: quorum, required: [russia], outside_action: forbidden}",
        "{rule: lead_alone, framework_nation: russia, outside_action: forbidden}",
        "{rule: unanimity, outside_action: forbidden}",
    ],
)
def test_an_adversary_without_whom_nothing_is_done_can_stop_everything(decision: str) -> None:
    """As required member, as lead, or as one of all: where nobody may act alone, every tier is closed."""
    inside = COMPACT.replace("guarantor: [france", "guarantor: [russia, france")
    text = inside.replace("{rule: each_for_itself}", decision)
    assert compiled(loads(text)).compiled.blocked[1:].all()


@pytest.mark.parametrize("word", ["all_guarantors", "any_party", "russia"])
def test_words_for_groups_name_the_adversary_too(word: str) -> None:
    """Budapest says that all guarantors must agree, and Russia is one of them: the veto counts as if it were named."""
    inside = COMPACT.replace("guarantor: [france", "guarantor: [russia, france")
    assert compiled(loads(inside + f"consents: {{response: {word}}}\n")).compiled.oblige.max() < 0.1
    assert compiled(loads(inside + f"trigger: {{blocked_by: {word}}}\n")).compiled.oblige.max() < 0.1


def test_a_generous_deadline_never_slows_the_response() -> None:
    """A deadline is a limit: one that is later than history's habit changes nothing."""
    free, late = compiled(compact()).compiled, compiled(compact("trigger: {decide_within: 2 y}\n")).compiled
    np.testing.assert_array_equal(late.timeliness, free.timeliness)


def test_a_promise_to_talk_brings_no_help_in_time() -> None:
    """Consultation within a day wins no time; a duty to deploy within a day does, and a mere intention wins less."""
    base = "  - {id: defence, by: all_guarantors"
    terms = "answers: invasion, tier: deploy, within: 24 h"
    clause = "  - {{id: fast, by: all_guarantors, bindingness: {}, measures: {}, " + terms + "}}\n"

    def timely(words: str, measures: str) -> float:
        return float(compiled(changed(base, clause.format(words, measures) + base)).compiled.timeliness[Tier.DEPLOY])

    plain = float(compiled(compact()).compiled.timeliness[Tier.DEPLOY])
    assert timely("shall_specified", "consultation") == plain
    assert timely("shall_specified", "ground_forces") > timely("intends", "ground_forces") > plain


def test_forces_that_come_after_the_attack_are_no_tripwire() -> None:
    """Only troops that stand before the attack add to the obligation of those who sent them."""
    late = compact("deployments: [{by: france, forces: 10000 troops, since: attack}]\n")
    standing = compact("deployments: [{by: france, forces: 10000 troops, since: ceasefire}]\n")
    plain = compiled(compact()).compiled.oblige
    np.testing.assert_array_equal(compiled(late).compiled.oblige, plain)
    assert compiled(standing).compiled.oblige[0, INVASION, 3] > plain[0, INVASION, 3]


def test_an_exception_that_is_hardly_ever_met_leaves_the_prohibition_standing() -> None:
    """`unless: nuclear_weapons_used` opens nothing against an invasion without them."""
    rare = compact("exclusions: [{what: foreign_forces, unless: nuclear_weapons_used}]\n")
    assert compiled(rare).compiled.blocked.tolist() == [False, False, True, True]


def test_the_strictest_limit_counts_wherever_it_stands() -> None:
    """The order of limits does not matter."""
    limits = ["{on: 85000 troops, sense: ceiling}", "{on: 600000 troops, sense: ceiling}"]
    either = [
        compiled(compact(f"duties: {{own_defence: limited, limits: [{', '.join(order)}]}}\n")).compiled.demilitarised
        for order in (limits, limits[::-1])
    ]
    assert either[0] == either[1] == pytest.approx(1 - 85_000 / 925_000)
