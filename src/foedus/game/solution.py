"""How a solution was obtained, and whether it may be used."""

from dataclasses import dataclass, field
from enum import StrEnum

from foedus.game.grid import Grid
from foedus.game.outcome import Outcome
from foedus.values.arrays import FloatArray


class SolverStatus(StrEnum):
    """Whether the residual fell below the tolerance."""

    CONVERGED = "converged"
    NOT_CONVERGED = "not_converged"


@dataclass(frozen=True)
class Solution:
    """The outcome of one arrangement in one future, with its pedigree."""

    outcome: Outcome
    """Exact outcomes under the policies found; use them only when ``status`` is converged."""
    status: SolverStatus
    residual: float
    """Largest change of any policy or value in one full undamped sweep."""
    sweeps: int
    """Sweeps taken in all."""
    tolerance: float
    method: str
    """Which implementation: ``plain`` (the oracle), ``kernel`` or ``wide``."""
    grid: Grid
    horizon: int
    """Periods of half a year pushed forward."""
    point: FloatArray | None = field(default=None, compare=False, repr=False)
    """The fixed point in float32, if it was asked for: a warm start for a game like this one."""

    @property
    def is_converged(self) -> bool:
        """Tell whether the residual is below the tolerance."""
        return self.status is SolverStatus.CONVERGED

    @property
    def advice(self) -> str:
        """Say in one sentence what the status means for the reader."""
        if self.is_converged:
            return (
                f"Converged: one more undamped sweep changes no policy and no value by more than {self.residual:.1e}."
            )
        return (
            f"Not converged: a sweep still changes something by {self.residual:.1e} (tolerance {self.tolerance:.0e}); "
            "leave this future out, or raise max_sweeps."
        )
