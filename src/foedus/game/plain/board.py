"""Everything about one arrangement in one future that does not change from sweep to sweep."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.plain.consultation import ConsultationTable, consult
from foedus.game.plain.fighting import War, war
from foedus.game.plain.movement import balance_transition, land
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

ADVERSARY, PROTECTED, LOW, HIGH = range(4)
"""Parties whose values the game keeps: the coalition counts twice, once for each type."""


@dataclass(frozen=True, eq=False)
class Board:
    """The game laid out on its grid. State axes are always (b, k, s), and always last."""

    compiled: CompiledArrangement
    future: Future
    grid: Grid
    war: War
    transition: FloatArray
    """(e, k, k') chance of moving between balances."""
    table: ConsultationTable
    seize_success: FloatArray
    """(e, s) chance that a seizure succeeds: 0 on the last slice of the grid."""

    @classmethod
    def lay_out(cls, *, compiled: CompiledArrangement, future: Future, grid: Grid) -> "Board":
        """Compute what stays fixed: the war lottery, the balance's moves and the consultation table."""
        success = np.tile(np.array(future.seize_success)[:, None], (1, grid.slices))
        success[:, -1] = 0.0
        return cls(
            compiled=compiled,
            future=future,
            grid=grid,
            war=war(compiled=compiled, future=future, balance=grid.balance, slices=grid.slices),
            transition=balance_transition(compiled=compiled, future=future, balance=grid.balance),
            table=consult(compiled=compiled, future=future),
            seize_success=success,
        )

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of states along (b, k, s)."""
        return self.grid.beliefs, self.grid.balances, self.grid.slices

    @property
    def belief(self) -> FloatArray:
        """(b, 1, 1) public belief that the coalition is of the high type."""
        return np.asarray(expit(self.grid.log_odds))[:, None, None]

    def start(self) -> FloatArray:
        """Return (b, k, s) the starting weights: prior and balance_0 split between neighbouring nodes, s = 0."""
        with np.errstate(divide="ignore"):
            log_odds = np.log(self.future.prior) - np.log1p(-self.future.prior)
        belief = land(points=np.array(log_odds), nodes=self.grid.log_odds).weights(nodes=self.grid.beliefs)
        balance = land(points=np.array(self.future.balance_0), nodes=self.grid.balance).weights(
            nodes=self.grid.balances
        )
        weight = np.zeros(self.shape)
        weight[:, :, 0] = belief[:, None] * balance
        return weight
