"""A stationary game that is over after two periods, so that a solver of stationary games can be set beside a tree.

The balance of forces runs like a clock, from -2 to 0 to 2, and stops there. In the third period the adversary wins for
sure and attacks, whatever anybody believes: what follows the second period is a constant.
"""

import numpy as np

from foedus.game import Future, Grid
from foedus.game.plain import Board, iterate
from foedus.game.plain.movement import after_turnover
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

BALANCES = (-2.0, 0.0, 2.0)
CLOCK: dict[str, float | list[float]] = {
    **dict.fromkeys(("drift_P", "standing_aid", "drift_demil", "presence"), 0.0),
    "tier_aid": [0.0] * 4,
    "counter_force": [0.0] * 4,
    "drift_A": 2.0,
    "sigma_balance": 0.05,
    "balance_0": -2.0,
    "prior": 0.5,
    "turnover": 0.05,
    "reading_noise": 0.0,
    "decisiveness": 10.0,
    "tier_force": [0.0, 0.05, 0.15, 0.3],
    "seize_success": [0.9, 0.8, 0.5, 0.0],
    "stake_A": 4.0,
    "war_cost_A": 1.2,
    "cost_seize": 0.35,
    "cost_invade": 0.1,
    "delta_A": 0.3,
    "justification": 0.0,
    "lam_A": 0.1,
    "lam_P": 0.1,
    "lam_G": 0.2,
}
"""What a future must have for this; responses are read without noise, as they are in a tree."""


LARGE_SLICES: dict[str, float | list[float]] = {
    "slice": 0.4,
    "seize_success": [0.9, 0.8, 0.1, 0.0],
    "stake_A": 6.0,
    "war_cost_A": 1.6,
    "cost_seize": 1.1,
    "turnover": 0.0,
}
"""Changes with which the first response says much about resolve even where only one tier is open."""


def on_the_clock(future: Future, **changes: float | list[float]) -> Future:
    """Return the future with the parameters of the clock, and with what is given by name changed."""
    return Future.from_mapping(future.to_mapping() | CLOCK | changes)


def the_end(arrangement: CompiledArrangement, future: Future, *, slices: int) -> FloatArray:
    """Return (party, s) the value of the third period.

    Raises:
        ValueError: it is not the same whatever is believed, so the game is not over after two periods.
    """
    board = Board.lay_out(compiled=arrangement, future=future, grid=Grid(5, len(BALANCES), slices))
    value = iterate(board, tolerance=1e-10, max_sweeps=5000).play.position.value[:, :, -1]
    if np.ptp(value, axis=1).max() > 1e-6:
        raise ValueError("the third period depends on what is believed")
    return np.asarray(value.mean(axis=1))


def what_follows(end: FloatArray, future: Future) -> FloatArray:
    """Return (s, party, 1, 1) the third period's value as a tree of two periods takes it: expected and discounted."""
    held = np.concatenate([end[:2], after_turnover(by_type=end[2:], future=future)])
    delta = np.array([future.delta_A, future.delta_P, future.delta_G, future.delta_G])
    return np.asarray((delta[:, None] * held).T[:, :, None, None])
