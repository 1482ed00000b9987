"""What a change of text means."""

import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.checks.meaning import MeaningComparison, MeaningVerdict, compare_meaning
from foedus.checks.timescales import hours_in_words
from foedus.report.checks.meaning import as_mapping, meaning_lines
from tests.checks.generated import generated
from tests.checks.specimens import Patch, good, patched


def about(comparisons: tuple[MeaningComparison, ...], who: str, tier: str) -> MeaningComparison:
    """Return one comparison."""
    return next(each for each in comparisons if each.about == who and each.tier == tier)


@pytest.mark.parametrize(
    ("patch", "verdict"),
    [
        ({}, MeaningVerdict.EQUIVALENT),
        ({("commitments", 1, "text"): "In other words."}, MeaningVerdict.EQUIVALENT),
        ({("commitments", 1, "when"): "flagrant"}, MeaningVerdict.WEAKER),
        ({("commitments", 1, "bindingness"): "intends"}, MeaningVerdict.WEAKER),
        ({("trigger", "proof", "defend"): "none"}, MeaningVerdict.STRONGER),
        ({("commitments", 1, "answers"): ["invasion", "provoked"]}, MeaningVerdict.INCOMPARABLE),
        ({("consents",): {"response": "russia"}, ("trigger", "if_undecided"): "nothing"}, MeaningVerdict.WEAKER),
    ],
)
def test_the_verdict_on_a_change(patch: Patch, verdict: MeaningVerdict) -> None:
    """Words alone change nothing, conditions and vetoes weaken, and exchange of cases cannot be ordered."""
    assert about(compare_meaning(good(), patched(patch)), "anybody", "defend").verdict is verdict


def test_who_is_let_off_is_told_by_name() -> None:
    """A duty taken from one guarantor weakens that guarantor's promise and nobody else's."""
    members = list(good().parties.guarantor)
    comparisons = compare_meaning(good(), patched({("commitments", 1, "by"): members[1:]}))
    assert about(comparisons, members[0], "defend").verdict is MeaningVerdict.WEAKER
    assert about(comparisons, members[1], "defend").verdict is MeaningVerdict.EQUIVALENT


def test_istanbul_gives_more_than_budapest_only_while_russia_agrees() -> None:
    """The draft obliges where the memorandum does not, and neither does once Russia votes against."""
    budapest, istanbul = (load_from_library(name) for name in ("budapest_memorandum_1994", "istanbul_draft_2022"))
    one = about(compare_meaning(budapest, istanbul), "anybody", "support")
    assert one.gained is not None
    assert not one.gained.against_response


def test_every_incident_between_texts_is_confirmed_by_the_rules() -> None:
    """Whatever is said to be lost or gained is replayed in both texts, and a verdict turned round is its mirror."""
    mirrored = {MeaningVerdict.WEAKER: MeaningVerdict.STRONGER, MeaningVerdict.STRONGER: MeaningVerdict.WEAKER}
    for seed in range(0, 120, 2):
        one, other = generated(seed), generated(seed + 1)
        for there, back in zip(compare_meaning(one, other), compare_meaning(other, one), strict=True):
            assert back.verdict is mirrored.get(there.verdict, there.verdict)


def test_each_text_means_what_it_means() -> None:
    """Every packaged text is equivalent to itself, and the page of a comparison says so."""
    for name in list(library_files())[::6]:
        comparisons = compare_meaning(load_from_library(name), load_from_library(name))
        assert {each.verdict for each in comparisons} == {MeaningVerdict.EQUIVALENT}
        assert len(as_mapping(comparisons)) == len(comparisons)
        assert "equivalent" in meaning_lines(comparisons)[0]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0 h"),
        (96, "96 h"),
        (97, "4.04 days"),
        (8766, "365 days"),
        (2 * 8766, "730 days"),
        (2 * 8766 + 1, "2 years"),
        (5 * 8766, "5 years"),
        (12.5 * 8766, "12.5 years"),
    ],
)
def test_hours_are_said_as_people_say_them(hours: float, words: str) -> None:
    """Hours up to four days, then days, and years after two of them; a year has 8766 hours."""
    assert hours_in_words(hours) == words
