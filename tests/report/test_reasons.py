from functools import cache

import numpy as np
import pytest

from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.satisficing import parse_requirements
from foedus.report.comparison.answer import answer
from foedus.report.comparison.charts.failing import failure_chart, flip_chart
from foedus.report.comparison.reasons.enough import enough_table
from foedus.report.comparison.reasons.failing_words import (
    enough_words,
    failure_words,
    flip_words,
    requirements_in_words,
)
from foedus.report.comparison.reasons.information_words import information_words, sensitivity_tables, worth_tables
from foedus.report.comparison.reasons.sections import reason_sections
from foedus.report.comparison.tables.outcomes import overview_table
from foedus.report.comparison.tables.standing import rank_table
from foedus.report.page.page import Section
from tests.insight.specimens import made_up, tiny
from tests.report.specimens import answers, comparison, labels, page, section, tables_in, words_in

NAMES = {"a": "Alpha", "b": "Beta"}
WORDS = {"prior": "chance of a strong coalition"}
FUTURES = 120
PRIOR = np.linspace(0.1, 0.9, FUTURES)


@cache
def flipping(*, futures: int = FUTURES) -> Comparison:
    """Beta has less war but where the prior is below 0.35."""
    prior = np.linspace(0.1, 0.9, futures)
    war = np.column_stack([np.full(futures, 0.3), np.where(prior < 0.35, 0.5, 0.05)])
    noise = np.random.default_rng(3).random(futures)
    ensemble = tiny({"war": war.tolist()}, parameters={"prior": prior.tolist(), "noise": noise.tolist()})
    return compare(ensemble, baseline="a", requirements=parse_requirements("war<=0.4"))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def reason(name: str, *, of: Comparison) -> Section:
    sections = reason_sections(of, labels=NAMES, words=WORDS, units={})
    return next(each for each in sections if each.name == name)


def test_what_flips_it_is_a_sentence_and_a_picture() -> None:
    """The rule is told with its counts, and drawn with its threshold."""
    (challenge, *_) = flipping().challenges
    (said,) = flip_words(challenge, labels=NAMES, words=WORDS)
    assert plain(said).startswith(
        "What flips it: Alpha is ahead in all futures where “chance of a strong coalition” (prior) is below 0.352 "
        "(against 32 of 100 overall); that covers all of such futures."
    )
    figure = flip_chart(challenge, labels=NAMES, words=WORDS, number=0)
    assert figure is not None
    assert "Alpha is ahead" in figure.svg
    assert figure.table.rows[0][1] == "chance of a strong coalition (prior) below 0.352"


def test_good_enough_names_who_is_and_what_was_asked_for() -> None:
    """Alpha never passes 40 % war; Beta does in all but the 38 futures with a low prior."""
    (said,) = enough_words(flipping(), labels=NAMES)
    assert "Alpha is good enough most often: it meets all that was asked for (renewed major war at most 40 %)" in plain(
        said
    )
    assert enough_table(flipping(), labels=NAMES).rows[0][0] == "Alpha (baseline)"


def test_failing_says_what_it_means() -> None:
    """With thresholds failing is missing one of them; Beta fails where the prior is low, Alpha never."""
    alpha, beta = (plain(text) for text in failure_words(flipping(), labels=NAMES, words=WORDS))
    assert alpha.endswith("It fails in none of the futures.")
    assert "Beta fails where it misses any of what was asked for" in beta
    assert "is below 0.352" in beta
    assert [failure_chart(each, labels=NAMES, words=WORDS, number=0) is None for each in flipping().failures] == [
        True,
        False,
    ]


def test_requirements_are_read_back_in_words() -> None:
    """Shares in per cent, amounts in units of the stake, both directions."""
    said = requirements_in_words(parse_requirements("war<=0.2,cost<=0.05,gain_P>=0"))
    assert plain(said) == (
        "renewed major war at most 20 %, cost to guarantors at most 0.050 and "
        "the protected state's gain over fighting on at least 0"
    )


def test_without_requirements_nothing_is_said_of_them() -> None:
    """The part is absent, and so is the statement."""
    assert enough_words(comparison(), labels=labels()) == ()
    assert "enough" not in [each.name for each in page().sections]
    assert "Good enough" not in answers()


def test_what_to_find_out_first_is_named_with_its_worth() -> None:
    """To know the prior spares 20 points of war in each of the 38 of 120 futures in which Alpha is better."""
    said = plain(information_words(flipping(), labels=NAMES, words=WORDS)[0])
    assert "one chooses Beta; to know everything before choosing would spare 6.3 percentage points" in said
    assert "Most worth finding out is “chance of a strong coalition” (prior)" in said
    assert "One would take Alpha where it lies between 0.1 and" in said
    table = worth_tables(flipping(), labels=NAMES, words=WORDS)[0]
    assert table.rows[0][2].endswith(": Beta")


def test_where_nothing_is_worth_finding_out_it_says_so() -> None:
    """Beta is better in every future: knowing more changes no choice."""
    ensemble = tiny({"war": [[0.3, 0.1]] * 40}, parameters={"prior": np.linspace(0.1, 0.9, 40).tolist()})
    said = information_words(compare(ensemble, baseline="a"), labels=NAMES, words=WORDS)
    assert "No single assumption is worth finding out" in said[0]


def test_what_moves_war_is_tabulated_with_its_direction() -> None:
    """In the made-up world a hostile edge makes war under every arrangement, and more of it makes more."""
    name = comparison().sensitivities[0].influences[0].parameter
    (table,) = sensitivity_tables(comparison(), labels=labels(), words={name: "a hostile edge"})
    assert name.startswith("war_edge_A")
    assert table.rows[0][0] == f"“a hostile edge” ({name})"
    assert table.rows[0][1].split("\n")[0].endswith("+")


def test_sureness_says_when_the_number_of_futures_leaves_it_open() -> None:
    """Two that differ by luck alone are not told apart, however their averages lie."""
    war = np.random.default_rng(5).random((60, 2))
    found = compare(tiny({"war": war.tolist()}), baseline="a")
    assert "leaves open whether" in words_in(reason("sure", of=found))[0]
    assert "no interval below reaches 0" in words_in(reason("sure", of=flipping()))[0]


def test_the_worst_regret_may_name_another() -> None:
    """Beta has less war on average, but up to 70 points more than Alpha in a few futures: the cautious take Alpha."""
    war = np.column_stack([np.full(100, 0.2), np.where(np.arange(100) < 10, 0.9, 0.05)])
    (said,) = words_in(reason("regret", of=compare(tiny({"war": war.tolist()}), baseline="a")))
    assert "would take Alpha rather than Beta" in said
    assert "Beta at most 70" in said


@pytest.mark.parametrize("futures", [1, 2, 7, 19])
def test_few_futures_carry_no_percentile_and_no_hundred(futures: int) -> None:
    """Below twenty futures nothing on the page speaks of 5 to 95 % or of 100 futures."""
    found = compare(made_up(futures=futures, unconverged=0), baseline="budapest_memorandum_1994")
    names = {name: name for name in found.arrangements}
    said = [statement.text for statement in answer(found, labels=names, words={})]
    for each in reason_sections(found, labels=names, words={}, units={}):
        said += [*words_in(each), *(table.caption + table.note for table in tables_in(each))]
        said += [column.unit for table in tables_in(each) for column in table.columns]
    for table in (overview_table(found, labels=names), rank_table(found, labels=names)):
        said += [table.caption, table.note, *(column.unit for column in table.columns)]
    assert not [text for text in said if "of 100" in plain(text) or "5 to 95" in text]
    assert not [text for text in said if "1 futures" in plain(text)]


def test_every_reason_has_words() -> None:
    """No section that says why is a bare table, and no sentence is left without its end."""
    for name in ("sure", "regret", "find-out", "fails"):
        words = words_in(section(name, of=page()))
        assert words
        assert all(text.endswith(".") and "  " not in text for text in words)
