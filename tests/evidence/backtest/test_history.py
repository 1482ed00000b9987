"""The library's cases, and how they are read."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.errors import InvalidFile
from foedus.evidence.backtest.history import outcome_of, weighted_share
from foedus.evidence.backtest.load import load_cases, year_of
from foedus.evidence.backtest.record import ForecastEvent, HistoricalCase

CASE = HistoricalCase(
    text="history/x", begins=1950.0, war=1961.0, attack=1955.0, kept=None, watched_until=1970.0, why=""
)


def test_every_text_of_history_has_its_case() -> None:
    """No text is left out in silence: those that are not used say why."""
    assert {case.text for case in load_cases()} == {name for name in library_files() if name.startswith("history/")}


def test_the_cases_do_not_contradict_the_texts_own_outcomes() -> None:
    """A violated text had an attack, a war or an unkept promise; an honoured one had no war and kept what fell due."""
    for case in load_cases():
        outcome = load_from_library(case.text).outcome
        assert outcome is not None
        if outcome.result.value.startswith("violated"):
            assert case.attack is not None or case.war is not None or case.kept is False
        if outcome.result.value in ("honoured", "held_tested", "held_untested"):
            assert case.war is None
            assert case.kept is not False


def test_dates_of_a_case_are_in_order() -> None:
    """Nothing happens before an arrangement begins, and a war is no earlier than the first attack."""
    for case in load_cases():
        known = [when for when in (case.attack, case.war) if when is not None]
        assert known == sorted(known)
        assert all(case.begins <= when <= case.watched_until + 1e-9 for when in known)


def test_a_case_that_was_not_watched_for_long_enough_tells_nothing() -> None:
    """Within twelve years the war came; within ten it did not; of thirty nobody knows had it not come."""
    assert outcome_of(CASE, ForecastEvent.WAR, 12) is True
    assert outcome_of(CASE, ForecastEvent.WAR, 10) is False
    assert outcome_of(CASE, ForecastEvent.ATTACK, 10) is True
    assert outcome_of(replace(CASE, war=None), ForecastEvent.WAR, 30) is None


def test_years_and_their_fractions() -> None:
    """The middle of 1974 is 1974.5; a month counts from its first day."""
    assert year_of("1974-01-01") == 1974.0
    assert year_of("1974-07-02") == pytest.approx(1974.5, abs=2e-3)
    assert year_of("1974-07") == pytest.approx(1974.496, abs=1e-3)


def test_a_forecast_leaves_out_futures_in_which_the_text_was_not_solved() -> None:
    """The mean is over the weight that is left."""
    hits = np.array([[0.2], [np.nan], [0.8]])
    assert weighted_share(hits, np.ones_like(hits), np.array([0.3, 0.4, 0.3])) == pytest.approx([0.5])


def test_a_case_that_cannot_be_read_is_told() -> None:
    """An unknown key and an impossible date are findings."""
    with pytest.raises(InvalidFile, match="wrong-case"):
        load_cases("history/x:\n  begins: '1950-13'\n  watched_until: '1960'\n  why: so\n")
    with pytest.raises(InvalidFile, match="wrong-case"):
        load_cases("history/x:\n  begins: '1950-12'\n  watched_until: '1960'\n  why: so\n  luck: 1\n")
