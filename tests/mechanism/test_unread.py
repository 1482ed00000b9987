"""What the game does not read, found by watching it read."""

import re
from pathlib import Path
from typing import Any

import pytest

from foedus.arrangement.dump import to_plain
from foedus.arrangement.language.keys import key_at
from foedus.arrangement.load import adapter, load
from foedus.arrangement.record import Arrangement
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.unread import same_game, unread
from tests.checks.specimens import Patch, patched
from tests.mechanism.snapshot import LIBRARY
from tests.mechanism.specimens import compiled

_STEP = re.compile(r"\[(\d+)\]|([a-z_]+)")


def _unread_paths(arrangement: Arrangement) -> list[str]:
    return [entry.path for entry in unread(arrangement, default_parameters().central)]


def _variants(arrangement: Arrangement, path: str) -> list[Arrangement]:
    """Return the text without an entry, or with every other word in its place where it cannot be left out.

    An exclusion is its word: where that is not read, the whole can go.
    """
    steps: list[Any] = [int(index) if index else name for index, name in _STEP.findall(path)]
    key = key_at(tuple(steps))
    assert key is not None
    if steps[0] == "exclusions":
        steps = steps[:2]
    words: list[Any] = (
        [None] if steps[-1] != key.name or not key.is_required else [str(word) for word in key.words or ()]
    )
    found = []
    for word in words:
        data = to_plain(arrangement)
        place: Any = data
        for step in steps[:-1]:
            place = place[step]
        if word is None:
            place.pop(steps[-1])
        else:
            place[steps[-1]] = [word] if isinstance(place[steps[-1]], list) else word
        found.append(adapter().validate_python(data))
    return found


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_what_is_not_read_changes_no_array(file: Path) -> None:
    """Without it, or with another word in its place, the text is the same game."""
    arrangement = load(file)
    before = compiled(arrangement)
    for path in _unread_paths(arrangement):
        for other in _variants(arrangement, path):
            assert same_game(before, compiled(other)), path


@pytest.mark.parametrize(
    ("patch", "path"),
    [
        ({("trigger", "consult_within"): "24 h"}, "trigger.consult_within"),
        ({("monitoring", 0, "renewed_every"): "6 months"}, "monitoring[0].renewed_every"),
        ({("exclusions",): [{"what": "alliances"}]}, "exclusions[0].what"),
        ({("duties", "neutrality"): "permanent"}, "duties.neutrality"),
        ({("commitments", 0, "measures"): ["consultation"]}, "commitments[0].bindingness"),
    ],
)
def test_what_only_people_and_checks_read_is_listed(patch: Patch, path: str) -> None:
    """A deadline for meeting, a renewal, a ban on alliances bear on no number, and the list says so."""
    assert path in _unread_paths(patched(patch))


@pytest.mark.parametrize(
    "patch",
    [
        {("trigger", "invoked_by"): "france"},
        {("trigger", "if_undecided"): "nothing"},
        {("decision", "outside_action"): "unknown"},
        {("scope", "excludes"): ["Crimea"]},
        {("exclusions",): [{"what": "foreign_forces", "unless": "adversary_agrees"}]},
        {("commitments", 1, "kind"): "bilateral"},
        {("trigger", "determined_by"): "each_party_after_consultation"},
        {("decision", "abstention"): "counts_as_yes"},
        {("consents", "settlement"): ["russia"]},
        {("membership",): "NATO"},
        {("interest",): [{"by": "france", "level": "vital", "source": "made for the tests"}]},
    ],
)
def test_what_the_rules_look_at_is_not_listed(patch: Patch) -> None:
    """Each entry that the rules ask for counts as read, also where it happens to change nothing here."""
    path = next(iter(patch))
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]
    assert not [each for each in _unread_paths(patched(patch)) if each.startswith(written)]


def test_a_change_that_no_number_reads_leaves_the_same_game() -> None:
    """Two texts that differ in a deadline for meeting are one game; in one word of treaty language they are two."""
    base = compiled(patched({}))
    assert same_game(base, compiled(patched({("trigger", "consult_within"): "24 h"})))
    assert not same_game(base, compiled(patched({("commitments", 1, "bindingness"): "may"})))
    assert not same_game(base, compiled(patched({("parties", "guarantor"): ["france", "germany"]})))
