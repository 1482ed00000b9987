"""Pieces: a text solved in some futures here, in others there, is the text solved in all of them."""

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.futures.solve import run_ensemble
from foedus.game.grid import Grid
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.levers import pulled
from foedus.jobs.explorer.picture import apart, picture_of
from foedus.jobs.explorer.pieces import (
    PieceOrder,
    RoughOrder,
    digest_of_terms,
    joined,
    solve_piece,
    solve_piece_anchored,
    solve_piece_roughly,
)
from foedus.jobs.explorer.terms import ends_of, full_terms

RUN = RunSettings(6, grid=Grid(7, 9, 2), tolerance=1e-3)
NAMES = ("ukraine/no_guarantee", "ukraine/nato_membership")


def _pieces(name: str) -> list[object]:
    arrangement = load_from_library(name)
    return [solve_piece(PieceOrder(arrangement, RUN, first, end)) for first, end in ((0, 2), (2, 6))]


def test_pieces_join_to_the_ensemble() -> None:
    """Number for number, whatever the cuts."""
    texts = {load_from_library(name).id: _pieces(name) for name in NAMES}
    together = joined(texts, run=RUN)  # type: ignore[arg-type]
    whole = run_ensemble([load_from_library(name) for name in NAMES], RUN.parameters, settings=RUN.ensemble, workers=1)
    assert together.arrangements == whole.arrangements
    for field in ("outcomes", "war_by_period", "converged", "residual", "sweeps"):
        np.testing.assert_array_equal(getattr(together, field), getattr(whole, field))
    np.testing.assert_array_equal(together.sample.values, whole.sample.values)
    assert together.settings == whole.settings


def test_a_text_beside_itself_shows_no_difference() -> None:
    """Nothing was changed, so nothing moves, in any future."""
    pieces = _pieces(NAMES[1])
    picture = picture_of(pieces, pieces, run=RUN)  # type: ignore[arg-type]
    assert [line.difference.mean.value for line in picture.lines] == [0.0] * 5
    assert all(line.difference.level.value == 1 for line in picture.lines)
    assert picture.lines[0].said["difference"].strip("+0. ") == ""


def test_a_promise_moves_the_picture_as_its_paired_difference() -> None:
    """The average of the differences is the difference of the averages, on the same futures."""
    none, nato = (_pieces(name) for name in NAMES)
    war = picture_of(nato, none, run=RUN).lines[0]  # type: ignore[arg-type]
    assert war.difference.mean.value == pytest.approx(war.draft.mean - war.saved.mean)


def test_the_digest_of_terms_knows_what_changes_numbers() -> None:
    """Threads change none; the grid does."""
    assert digest_of_terms(full_terms()) == digest_of_terms(RunSettings(200, workers=3))
    assert digest_of_terms(full_terms()) != digest_of_terms(RunSettings(200, grid=Grid(7, 9, 2)))


def test_futures_are_cut_without_gap_or_overlap() -> None:
    """The first of them in two, where they are wanted early."""
    assert ends_of(200, size=50) == (50, 100, 150, 200)
    assert ends_of(60, size=20, first=24) == (12, 24, 44, 60)
    assert ends_of(24, first=24)[-1] == 24
    for ends in (ends_of(40, first=24), ends_of(24, first=24), ends_of(20)):
        assert list(ends) == sorted(set(ends)), ends


def test_a_rough_piece_shows_nearly_what_the_exact_one_shows() -> None:
    """On a real text, every average difference is within a tenth of a point, and the same figures come twice."""
    saved = load_from_library("ukraine/multinational_force_paris_2026")
    draft = pulled(saved, path="commitments[1].bindingness", value="shall_specified")
    assert draft is not None
    run = full_terms(futures=12)
    anchored = solve_piece_anchored(PieceOrder(saved, run, 0, 12))
    order = RoughOrder(PieceOrder(draft, run, 0, 12), anchored.anchors)
    rough, again, exact = solve_piece_roughly(order), solve_piece_roughly(order), solve_piece(order.order)
    np.testing.assert_array_equal(rough.outcomes, again.outcomes)
    seen, right = (picture_of([each], [anchored.ensemble], run=run) for each in (rough, exact))
    assert abs(right.lines[0].difference.mean.value) > 0.01
    assert 0 < apart(seen, right) < 0.001
