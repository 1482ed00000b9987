"""What one assumption does and where a text fails, as pages to read."""

import pytest

from foedus.arrangement.library import load_from_library
from foedus.errors import WrongRequest
from foedus.futures.ensemble import Ensemble
from foedus.futures.solve import run_ensemble
from foedus.game.grid import Grid
from foedus.insight.ranking.satisficing import Requirement
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.assumptions.failing import FailingRequest, failing_solved
from foedus.jobs.assumptions.sweep import SweepRequest, sweep_parameter
from foedus.report.page.page import Paragraph, all_charts

TEXT = "history/locarno_1925"
RUN = RunSettings(12, horizon_periods=4, grid=Grid(5, 5, 2), tolerance=1e-2, workers=1)


def _sentences(page: object) -> str:
    sections = page.sections  # type: ignore[attr-defined]
    return " ".join(str(block.words) for each in sections for block in each.blocks if isinstance(block, Paragraph))


def test_a_sweep_is_drawn_with_the_average_at_every_value() -> None:
    """In the outcome's own units, over the futures in which everything converged."""
    result = sweep_parameter(SweepRequest((TEXT,), "balance.moved", (-0.4, 0.0, 0.4), RUN, command="asked so"))
    page = result.page("war")
    (chart,) = all_charts(page)
    assert [row[0] for row in chart.table.rows] == ["−0.4", "0", "0.4"]
    assert "renewed major war goes from" in _sentences(page)
    assert page.provenance is not None
    assert page.provenance.command == "asked so"


@pytest.fixture(scope="module")
def solved() -> Ensemble:
    """Return the text, solved once for every question that is asked of it."""
    return run_ensemble([load_from_library(TEXT)], RUN.parameters, settings=RUN.ensemble, workers=1)


def test_what_always_misses_fails_in_every_future(solved: Ensemble) -> None:
    """And what is asked of nobody fails in none; neither is a rule."""
    always = failing_solved(FailingRequest(TEXT, RUN, (Requirement("war", "<=", -1.0),)), solved)
    never = failing_solved(FailingRequest(TEXT, RUN, (Requirement("war", "<=", 2.0),)), solved)
    assert (always.failure.discovery.base.value, never.failure.discovery.base.value) == (1.0, 0.0)
    assert not always.failure.discovery.boxes
    assert "fails" in _sentences(always.page)


def test_the_worst_quarter_is_what_fails_where_nobody_says(solved: Ensemble) -> None:
    """The threshold is the text's own."""
    result = failing_solved(FailingRequest(TEXT, RUN), solved)
    assert result.failure.is_own
    assert result.failure.discovery.base.value == pytest.approx(0.25, abs=0.1)


def test_a_parameter_that_is_none_is_refused() -> None:
    """With the nearest name."""
    with pytest.raises(WrongRequest):
        sweep_parameter(SweepRequest((TEXT,), "balance.moved", (1.0, 1.0), RUN))
