"""Taking clauses out of texts: what is left is a text, whatever the order."""

import random

import pytest

from foedus.arrangement.dump import dump
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads
from foedus.insight.anatomy.clauses import GROUPS, groups_of, text_with
from tests.mechanism.specimens import compact, compiled

RICH = "ukraine/tiered_response_plan_2026"


@pytest.mark.parametrize("name", sorted(library_files()))
def test_every_library_text_with_clauses_taken_out_is_a_text(name: str) -> None:
    """Four combinations of the clauses of each text are written and read back the same."""
    arrangement, generator = load_from_library(name), random.Random(name)  # noqa: S311
    names = [group.id for group in groups_of(arrangement)]
    for _ in range(4):
        text = text_with(arrangement, [each for each in names if generator.random() < 0.5])
        assert loads(dump(text)) == text


def test_the_order_in_which_clauses_fall_silent_does_not_matter() -> None:
    """Each group sets keys of its own, so that a coalition is one text."""
    arrangement, generator = load_from_library(RICH), random.Random(1)  # noqa: S311
    expected = text_with(arrangement, [])
    for _ in range(20):
        text = arrangement
        for group in generator.sample(GROUPS, len(GROUPS)):
            text = group.silence(text)
        assert text == expected


def test_the_whole_is_the_text_and_nothing_has_no_clause() -> None:
    """All groups kept leave the text as it is; none kept leaves parties and no group with anything to say."""
    arrangement = load_from_library(RICH)
    names = [group.id for group in groups_of(arrangement)]
    assert len(names) == 12
    assert text_with(arrangement, names) == arrangement
    bare = text_with(arrangement, [])
    assert groups_of(bare) == ()
    assert bare.parties == arrangement.parties


def test_clocks_and_finding_are_taken_out_apart() -> None:
    """Deadlines go without who finds what happened, and the other way about."""
    text = compact("trigger: {determined_by: council_consensus, decide_within: 24 h}")
    without_clocks = text_with(text, [group.id for group in GROUPS if group.id != "deadlines"])
    without_finding = text_with(text, [group.id for group in GROUPS if group.id != "finding"])
    assert str(without_clocks.trigger.decide_within) == "none"
    assert str(without_clocks.trigger.determined_by) == "council_consensus"
    assert str(without_finding.trigger.decide_within) == "24 h"
    assert str(without_finding.trigger.determined_by) == "undefined"


def test_a_text_without_promises_obliges_nobody() -> None:
    """Taking out the commitments takes out every obligation, and nothing else that the game reads."""
    full, without = compiled(compact()), compiled(text_with(compact(), ["decision"]))
    assert full.compiled.oblige.max() > 0
    assert without.compiled.oblige.max() == 0
    assert full.compiled.quorum.tolist() == without.compiled.quorum.tolist()
