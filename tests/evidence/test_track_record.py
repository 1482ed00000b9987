"""How the model has done against history, in one line for each outcome."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.errors import InvalidFile
from foedus.evidence.backtest.record import MODEL_AFTER, MODEL_BEFORE, ForecastEvent, Trial
from foedus.evidence.backtest.trial import try_all
from foedus.evidence.track_record import TRIED_BY, TrackRecord, read_track_record, track_record, write_track_record
from foedus.game.outcomes import OUTCOMES


def _trial(name: str, *, said: float) -> Trial:
    happened = np.array([1.0, 0.0] * 5)
    knows, guesses = np.abs(happened - said), np.full(10, 0.5)
    found = try_all(
        name=name,
        title="Something within 10 years",
        event=ForecastEvent.WAR,
        cases=tuple(f"case {j}" for j in range(10)),
        happened=happened,
        forecasts={MODEL_AFTER: knows, MODEL_BEFORE: guesses},
        note="",
        seed=1,
    )
    assert found is not None
    return found


def test_the_packaged_record_answers_for_outcomes_that_exist() -> None:
    """Each entry is about an outcome of the game, with and without weights; what was never tried has none."""
    assert TRIED_BY.keys() <= OUTCOMES.keys()
    for outcome in TRIED_BY:
        for is_weighted in (True, False):
            said = track_record(outcome, is_weighted=is_weighted)
            assert said is not None
            assert (said.outcome, said.is_weighted) == (outcome, is_weighted)
            assert f"{said.cases} cases" in said.sentence()
    assert track_record("cost") is None


def test_what_is_written_is_read_back_and_is_what_was_tried() -> None:
    """A model that knows beats the base rate, clearly; one that always says one half does, by less, and both say so."""
    weighted, assumed = read_track_record(write_track_record([_trial("war_10", said=0.1)]))
    assert (weighted.cases, weighted.happened, weighted.is_weighted) == (10, 5, True)
    assert weighted.brier == pytest.approx(0.01)
    assert weighted.better_than_base
    assert weighted.is_clear
    assert assumed.brier == pytest.approx(0.25)
    assert assumed.base_brier == weighted.base_brier == pytest.approx((5 / 9) ** 2, abs=1e-4)


def test_a_loss_is_called_a_loss() -> None:
    """The sentence of a model that does worse says worse, and that few cases cannot tell where they cannot."""
    lost = TrackRecord("war", "War", 10, 5, brier=0.3, base_brier=0.25, low=-0.1, high=0.2, is_weighted=True)
    assert "worse than the base rate" in lost.sentence()
    assert "cannot tell" in lost.sentence()
    assert "cannot tell" not in replace(lost, low=0.01).sentence()


def test_an_entry_with_an_unknown_key_is_refused() -> None:
    """A figure under a name that nobody reads would be a figure that nobody sees."""
    with pytest.raises(InvalidFile, match="bier"):
        read_track_record("war:\n  weighted:\n    bier: 0.1\n")
