"""What of a dyad's facts reaches the games that stand for it, and where it lies between them."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.evidence.dyads.cells import CELLS, RATIOS, Cell, Shelter, games_of_cells, text_of, with_allies
from foedus.evidence.dyads.placed import felt_allies, felt_ratio, placed
from foedus.evidence.dyads.record import Dyad, Pact
from foedus.facts.balance import balance_of
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import future_of

VALUES = default_parameters().central
PACT = Cell(Shelter.BILATERAL, 0.0, allied=2.0, allied_ratio=0.0)
DYAD = Dyad("1", 1950, 0.0, True, Pact.NONE, 0.0, 0.0, 0, attacked=False, war=False, joined=None)


def test_each_cell_is_a_text_with_its_balance_and_its_allies() -> None:
    """Without a pact nobody owes anything; the stated balance is the one that the game is played at."""
    assert len(set(CELLS)) == len(CELLS)
    for cell in CELLS:
        text = text_of(cell)
        assert balance_of(text, exponent=1.0, shift=0.0).log_ratio == cell.ratio
        assert len(text.parties.guarantor) == (4 if cell.shelter is Shelter.MULTILATERAL else 1)
        assert bool(text.commitments) == (cell.shelter is not Shelter.NONE)


def test_stronger_allies_add_more_force_and_do_the_adversary_more_harm() -> None:
    """Joint strength adds up, and who is stronger suffers less; at equal strength the costs are those drawn."""
    future = future_of(VALUES)
    even = with_allies(future, PACT, exponent=0.3)
    assert even.tier_force[3] == pytest.approx(0.6)
    assert even.tier_force[1] / even.tier_force[3] == pytest.approx(future.tier_force[1] / future.tier_force[3])
    assert (even.defend_cost_A, even.war_cost_G) == pytest.approx((future.defend_cost_A, future.war_cost_G))
    strong = with_allies(future, replace(PACT, allied=4.5, allied_ratio=3.0), exponent=0.3)
    assert strong.tier_force[3] > even.tier_force[3]
    assert strong.defend_cost_A > 1.9 * even.defend_cost_A
    assert strong.war_cost_G < 0.1 * even.war_cost_G
    alone = with_allies(future, Cell(Shelter.NONE, 0.0), exponent=0.3)
    assert alone.tier_force == (0.0, 0.0, 0.0, 0.0)
    assert alone.defend_cost_A == 0.0


def test_the_games_of_a_draw_have_what_their_cells_say() -> None:
    """Balance and allies differ from cell to cell; what the draw holds for all is the same."""
    cells = [Cell(Shelter.NONE, 1.5), replace(PACT, ratio=1.5)]
    alone, helped = games_of_cells(cells, [text_of(cell) for cell in cells], VALUES)
    assert alone.future.balance_0 == helped.future.balance_0
    assert alone.future.stake_A == helped.future.stake_A
    assert alone.future.tier_force != helped.future.tier_force


def test_a_dyad_lies_between_the_cells_beside_it() -> None:
    """Weights are linear, sum to one, and beyond the ends the last cell has them all."""
    helped = replace(DYAD, pact=Pact.BILATERAL_STRONG, ratio=1.5, allied=9.0)
    weights = placed([DYAD, replace(DYAD, ratio=99.0), helped], reach=1.0)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    assert weights[0, CELLS.index(Cell(Shelter.NONE, 0.0))] == 1.0
    assert weights[1, CELLS.index(Cell(Shelter.NONE, RATIOS[-1]))] == 1.0
    assert weights[2, CELLS.index(Cell(Shelter.BILATERAL, 0.0, 4.5, 2.5))] == pytest.approx(0.5)
    assert (weights[2] > 0).sum() == 2


def test_distance_and_a_short_reach_take_from_the_balance() -> None:
    """Who comes from afar brings less; where nothing of the balance of states reaches the front, all are even."""
    strong = replace(DYAD, ratio=2.0)
    assert felt_ratio(replace(strong, is_near=False), reach=1.0) < felt_ratio(strong, reach=1.0)
    np.testing.assert_array_equal(placed([strong], reach=0.0), placed([DYAD], reach=0.0))
    helped = replace(strong, pact=Pact.BILATERAL_STRONG, allied=2.0)
    assert felt_allies(helped, reach=1.0) == pytest.approx(felt_allies(helped, reach=0.0) - 2.0)
