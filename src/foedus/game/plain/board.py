"""Everything about one arrangement in one future that does not change from sweep to sweep."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.plain.consultation import ConsultationTable, consult_in_crisis, consult_in_war
from foedus.game.plain.defence import Defence, defend
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
    defence: Defence
    transition: FloatArray
    """(e, k, k') chance of moving between balances."""
    table: ConsultationTable
    """(n, r) consultation in the crisis."""
    war_table: ConsultationTable
    """(m, h) consultation about defence: the finding that governs, and whether e = 2."""
    seize_success: FloatArray
    """(e, s) chance z that a seizure succeeds: 0 on the last slice of the grid."""

    @classmethod
    def lay_out(cls, *, compiled: CompiledArrangement, future: Future, grid: Grid) -> "Board":
        """Compute what stays fixed: the war lottery, the balance's moves, consultation and who defends.

        Raises:
            ValueError: the slices of the grid add up to more than the whole stake.
        """
        grid.refuse_slices_beyond(future.slice)
        success = np.tile(np.array(future.seize_success)[:, None], (1, grid.slices))
        success[:, -1] = 0.0
        lottery = war(compiled=compiled, future=future, balance=grid.balance, slices=grid.slices)
        in_war = consult_in_war(compiled=compiled, future=future)
        return cls(
            compiled=compiled,
            future=future,
            grid=grid,
            war=lottery,
            defence=defend(war=lottery, table=in_war, compiled=compiled, future=future),
            transition=balance_transition(compiled=compiled, future=future, balance=grid.balance),
            table=consult_in_crisis(compiled=compiled, future=future),
            war_table=in_war,
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

    @property
    def accident(self) -> float:
        """Return phi, the chance of an accident in a period without provocation."""
        return self.future.friction * (1.0 - self.compiled.calm)

    @property
    def defended(self) -> FloatArray:
        """(type, attack, n, e, k, s) chi by what the war began with, a seizure or an invasion, and how it was found."""
        return np.asarray(self.defence.chance[:, self.compiled.governs])

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
