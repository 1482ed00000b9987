from collections.abc import Mapping

import numpy as np
import pytest

from foedus.insight.comparison.compare import compare
from foedus.report.comparison.answer import answer
from foedus.values.arrays import FloatArray
from tests.insight.specimens import tiny
from tests.report.specimens import BASELINE, answers, comparison, labels

NAMES = {"a": "Alpha", "b": "Beta"}


def words(war: FloatArray, *, others: Mapping[str, FloatArray] | None = None) -> dict[str, str]:
    tables = {name: table.tolist() for name, table in {"war": war, **(others or {})}.items()}
    ensemble = tiny(tables, parameters={"prior": np.linspace(0.1, 0.9, len(war)).tolist()})
    said = answer(compare(ensemble, baseline="a"), labels=NAMES, words={"prior": "chance of a strong coalition"})
    return {statement.lead: statement.text.replace("\u00a0", " ") for statement in said}


def constant(a: float, b: float, *, futures: int = 120) -> FloatArray:
    return np.tile([a, b], (futures, 1))


def test_it_names_who_has_least_war_and_by_how_much() -> None:
    """Beta has 10 % and Alpha, the baseline, 40 % in every future."""
    said = words(constant(0.4, 0.1))
    assert "least likely under Beta" in said["Least war"]
    assert "within 10 years is 10 %, against 40 % under Alpha, the baseline" in said["Least war"]
    assert "less war than the baseline in all futures, by 30 points on average" in said["How sure"]


def test_futures_in_which_nothing_differs_are_counted() -> None:
    """Less war in half of the futures, more in a quarter, the same in a quarter: all three are told."""
    war = np.vstack([np.tile([0.6, 0.1], (60, 1)), np.tile([0.1, 0.2], (30, 1)), np.tile([0.2, 0.2], (30, 1))])
    text = words(war)["How sure"]
    assert "in 50 of 100 futures, more in 25, and in 25 the two cannot be told apart" in text
    assert "it has 22 percentage points less" in text


def test_a_leading_baseline_is_measured_against_the_next() -> None:
    """When nothing beats the baseline, the text says so instead of comparing it with itself."""
    said = words(constant(0.1, 0.4))
    assert "under Alpha, the baseline:" in said["Least war"]
    assert "against 40 % under Beta, the next" in said["Least war"]
    assert "less war than the baseline" not in said["How sure"]


def test_where_the_order_turns_over_it_says_where() -> None:
    """Beta leads except in the lowest third of the one assumption, and the answer names it, its range and the turn."""
    prior = np.linspace(0.1, 0.9, 120)
    war = np.column_stack([np.full(120, 0.3), np.where(prior < 0.35, 0.5, 0.05)])
    text = words(war)["What would overturn it"]
    assert "“chance of a strong coalition”: it is ahead" in text
    assert "(prior)" not in text
    assert "in its lowest third (0.1 to 0.362), so there the order turns over" in text


def test_where_nothing_overturns_it_it_says_so() -> None:
    """A lead in every future cannot be overturned within the ranges tried, and it says within the ranges."""
    text = words(constant(0.4, 0.1))["What would overturn it"]
    assert text == "Nothing within the ranges of the assumptions puts Alpha ahead of Beta on war."


def test_less_war_on_average_is_not_passed_off_as_best_most_often() -> None:
    """Alpha is better by a hair in 80 of 100 futures, Beta by far in the others: both facts are told."""
    war = np.vstack([np.tile([0.10, 0.12], (96, 1)), np.tile([0.9, 0.1], (24, 1))])
    said = words(war)
    assert "least likely under Beta" in said["Least war"]
    assert "not the one that is best most often: that is Alpha, alone at the top in 80 of 100" in said["How sure"]


def test_there_is_one_count_of_wins() -> None:
    """Beta is ahead in 60 futures, behind in 30 and level in 30 of 120: no sentence gives half of the ties to it."""
    war = np.vstack([np.tile([0.6, 0.1], (60, 1)), np.tile([0.1, 0.2], (30, 1)), np.tile([0.2, 0.2], (30, 1))])
    assert not any("62 of 100" in text or "63 of 100" in text for text in words(war).values())


def test_nothing_is_said_to_lie_above_all_but_everything() -> None:
    """Where war is certain in some futures and next to nothing in others, words say so, not ends of a scale."""
    war = np.vstack([np.tile([1.0, 0.9999], (60, 1)), np.tile([0.0002, 0.0001], (60, 1))])
    text = words(war)["Least war"]
    assert "all but certain" in text
    assert ">99.9" not in " ".join(words(war).values())
    assert "<0.1" not in text


def test_few_futures_are_called_few() -> None:
    """Below a hundred futures, counts of a hundred come with a warning; above, they do not."""
    assert "12 futures are few" in words(constant(0.4, 0.1, futures=12))["What this rests on"]
    assert "few" not in words(constant(0.4, 0.1))["What this rests on"]


def test_it_is_never_sold_as_a_probability() -> None:
    """The answer ends with what its counts are and are not."""
    assert answers()["What this rests on"].endswith("It is not the probability that it will happen.")


def test_futures_left_out_are_counted_in_the_answer() -> None:
    """What did not converge is in the words, not only in a table."""
    convergence = comparison().convergence
    assert f"{len(convergence.left_out)} are left out" in answers()["What this rests on"]


@pytest.mark.parametrize("lead", ["Least war", "How sure", "The price", "Who would sign", "What would overturn it"])
def test_every_question_of_a_decision_maker_is_answered(lead: str) -> None:
    """Each question has its statement, and no statement holds a gap in its words."""
    text = answers()[lead]
    assert "  " not in text
    assert "nan" not in text
    assert text.endswith(".")


def test_signatures_are_counted_together() -> None:
    """Parties that would sign in different futures never sign together, and the answer says so."""
    half = np.arange(120) % 2 == 0
    gains = {
        "gain_A": np.column_stack([np.ones(120), np.where(half, 1.0, -1.0)]),
        "gain_P": np.column_stack([np.ones(120), np.where(half, -1.0, 1.0)]),
        "gain_G": np.ones((120, 2)),
    }
    text = words(constant(0.4, 0.1), others=gains)["Who would sign"]
    assert "all three at once in none of the futures" in text
    assert "most often Alpha: in all futures" in text


def test_the_baseline_is_named_as_the_user_named_it() -> None:
    """Sentences speak of arrangements by their labels."""
    assert labels()[BASELINE] in answers()["Least war"]
