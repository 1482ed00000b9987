from dataclasses import replace

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.futures.ensemble import Sample
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import GAME_PARAMETERS, draw
from foedus.insight.assumptions.read import same_games, unread_by, unread_entries
from foedus.mechanism.from_arrangement import compile_arrangement
from foedus.values.duration import Duration

NAMES = ("ukraine/budapest_memorandum_1994", "ukraine/nato_membership")
TEXTS = [load_from_library(name) for name in NAMES]


@pytest.fixture(scope="module")
def sample() -> Sample:
    return draw(default_parameters(), futures=4, seed=1)


def test_what_is_not_read_changes_no_array(sample: Sample) -> None:
    """Moving every unread yardstick to the other end of its range leaves both compiled texts as they were."""
    parameters, values = default_parameters(), dict(zip(sample.names, sample.values[0].tolist(), strict=True))
    unread = unread_by(TEXTS, sample)
    assert len(unread) > 10
    for end in ("low", "high"):
        moved = values | {name: getattr(parameters[name], end) for name in unread}
        for text in TEXTS:
            before, after = (compile_arrangement(text, each).compiled.to_mapping() for each in (values, moved))
            assert before == after


def test_what_the_game_reads_is_never_left_out(sample: Sample) -> None:
    """Parameters of the game belong to no text, and all of them count."""
    assert set(unread_by(TEXTS, sample)).isdisjoint(GAME_PARAMETERS)


def test_more_texts_leave_less_unread(sample: Sample) -> None:
    """What both leave unread is what each leaves unread."""
    alone = [set(unread_by([text], sample)) for text in TEXTS]
    assert set(unread_by(TEXTS, sample)) == alone[0] & alone[1]


def test_where_a_yardstick_is_missing_nobody_can_tell(sample: Sample) -> None:
    """A sample of the game's own parameters says nothing of what the texts read."""
    assert unread_by(TEXTS, Sample(("prior",), np.ones((2, 1)), seed=1)) == ()


def test_texts_that_differ_in_nothing_the_game_reads_are_one_game(sample: Sample) -> None:
    """A deadline for meeting tells two texts apart to a reader and to no number."""
    meeting = replace(TEXTS[1].trigger, consult_within=Duration(3, "d"))
    other = replace(TEXTS[1], id="with_a_meeting", trigger=meeting)
    assert same_games([*TEXTS, other], sample) == (("nato_membership", "with_a_meeting"),)
    assert same_games(TEXTS, sample) == ()


def test_each_text_comes_with_what_the_game_does_not_read_in_it(sample: Sample) -> None:
    """Nobody reads the label of the trigger; nothing is told where the sample lacks what a text asks for."""
    entries = unread_entries(TEXTS, sample)
    assert set(entries) == {text.id for text in TEXTS}
    assert all("trigger.type" in places for places in entries.values())
    assert unread_entries(TEXTS, Sample(("prior",), np.ones((2, 1)), seed=1)) == {}
    assert same_games(TEXTS, Sample(("prior",), np.ones((2, 1)), seed=1)) == ()


def test_another_adversary_is_another_game(sample: Sample) -> None:
    """The same clauses against Luxembourg are not the same game as against Russia, though every array is equal."""
    text = load_from_library("history/sweden_finland_2022")
    other = replace(text, id="against_luxembourg", parties=replace(text.parties, adversary=("luxembourg",)))
    assert same_games([text, other], sample) == ()
