"""What must not matter, what can only help, and what must agree with the rest of the package."""

from dataclasses import replace
from importlib.resources import files

import pytest
from ruamel.yaml import YAML

from foedus.arrangement.conditions import And, Not
from foedus.arrangement.record import Arrangement
from foedus.checks.case import Case
from foedus.checks.examine import check
from foedus.checks.families import wording
from foedus.checks.registry import CHECKS
from foedus.checks.specimens import bad, patched
from foedus.checks.timescales import load_timescales
from foedus.mechanism.rules.world import World
from tests.checks.generated import generated

SEEDS = range(1000, 1060)


def without(arrangement: Arrangement, index: int) -> Arrangement:
    """Return an arrangement without one commitment."""
    clauses = arrangement.commitments
    return replace(arrangement, commitments=clauses[:index] + clauses[index + 1 :])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_further_promise_uncovers_nothing(seed: int) -> None:
    """Whatever incident obliges somebody still does when a clause is added."""
    whole = generated(seed)
    for index in range(len(whole.commitments)):
        more, less = Case(whole), Case(without(whole, index))
        assert not more.engine.is_possible(And((less.cover, Not(more.cover))))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_clauses_does_not_matter(seed: int) -> None:
    """The same holes are found in a text whose clauses stand in the reverse order."""
    arrangement = generated(seed)
    turned = replace(arrangement, commitments=arrangement.commitments[::-1])
    told = [
        sorted((each.id, each.severity, str(each.world)) for each in check(one) if each.id not in {"D02", "T01"})
        for one in (arrangement, turned)
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("name", CHECKS)
def test_what_is_written_between_the_clauses_does_not_matter(name: str) -> None:
    """Notes, summaries and the encoder's words change no finding but those that are about the words."""
    plain = bad(name)
    chatty = replace(
        plain,
        notes=("A remark.",),
        summary="A paragraph.",
        commitments=tuple(replace(clause, text="In other words.") for clause in plain.commitments),
    )
    about_words = {each.id for each in wording.CHECKS}
    told = [[each for each in check(text) if each.id not in about_words] for text in (plain, chatty)]
    assert told[0] == told[1]


def test_a_heavy_member_blocks_a_quorum_alone() -> None:
    """Published defence spending weighs the members: three small states do not make half without the United States."""
    small = ["estonia", "latvia", "lithuania"]
    patch = {
        "parties.guarantor": [*small, "united_states"],
        "deployments": [],
        "decision.capability": [],
        "trigger.if_undecided": "nothing",
        "decision.quorum": {"support": 0.5, "deploy": 0.5, "defend": 0.5},
    }
    (finding,) = (each for each in check(patched(patch)) if each.id == "V02")
    assert finding.world == World(against_response=frozenset({"united_states"}))


def test_of_two_adversaries_the_one_with_the_veto_is_named() -> None:
    """A partner of the adversary without a voice is not said to block."""
    patch = {
        "parties.adversary": ["belarus", "russia"],
        "consents": {"response": "russia"},
        "trigger.if_undecided": "nothing",
    }
    (finding,) = (each for each in check(patched(patch)) if each.id == "V01")
    assert finding.world == World(against_response=frozenset({"russia"}))


def test_time_is_counted_as_in_the_game() -> None:
    """Where a range is said to be that of a yardstick, it is: from low to high, in days."""
    text = (files("foedus") / "parameters" / "yardsticks.yaml").read_text(encoding="utf-8")
    yardsticks = YAML(typ="safe", pure=True).load(text)
    for scale in load_timescales().values():
        assert scale.low < scale.high
        assert scale.source
        if scale.same_as:
            assert yardsticks[scale.same_as]["loguniform"] == [scale.low / 24, scale.high / 24]
