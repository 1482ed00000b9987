"""What is compared, and what the balance of forces rests on."""

from dataclasses import replace

from foedus.arrangement.library import library_files
from foedus.arrangement.load import load
from foedus.report.comparison.sides import balance_words, sides_of, sides_words

MINSK = load(library_files()["ukraine/minsk_osce_2015"])
BELGIUM = next(
    text
    for name, file in library_files().items()
    if name.startswith("history/") and "belgium" in (text := load(file)).parties.protected_state
)
LABELS = {"a": "Minsk", "b": "Belgium", "c": "Minsk again"}


def test_texts_of_one_theatre_need_no_word_about_it() -> None:
    """Who is protected from whom is the same, and said on each text's own page."""
    assert sides_words({"a": MINSK, "c": MINSK}, labels=LABELS) == ()


def test_texts_of_two_theatres_are_told_apart() -> None:
    """The reader learns who stands against whom in which text, and that no ranking follows."""
    (said,) = sides_words({"a": MINSK, "b": BELGIUM}, labels=LABELS)
    assert "Ukraine against Russia in Minsk" in said
    assert "in Belgium" in said
    assert "no ranking" in said


def test_the_order_in_which_parties_stand_makes_no_other_sides() -> None:
    """Two adversaries named the other way round are the same two."""
    parties = replace(MINSK.parties, adversary=("russia", "belarus"))
    other = replace(MINSK.parties, adversary=("belarus", "russia"))
    assert sides_of(replace(MINSK, parties=parties)) == sides_of(replace(MINSK, parties=other))


def test_what_the_balance_rests_on_is_one_sentence_where_all_share_it() -> None:
    """Texts of one theatre share the year and the figures."""
    (said,) = balance_words({"a": MINSK, "c": MINSK}, labels=LABELS)
    assert said.startswith("The balance of forces rests on this: dated facts of ")


def test_a_party_without_figures_is_told_and_no_balance_made_up() -> None:
    """Whom nobody has counted the game cannot weigh."""
    party = "republic_of_nowhere"
    strange = replace(MINSK, parties=replace(MINSK.parties, adversary=(party,)), party_names={party: "Nowhere"})
    told = balance_words({"a": MINSK, "b": strange}, labels=LABELS)
    assert told[0].startswith("The balance of forces of Minsk rests on")
    assert told[1].startswith("The game does not know who fights whom of Belgium, and draws the balance")
    assert party in told[1]
