"""How a solution was obtained, and whether it may be used."""

from dataclasses import dataclass, field
from enum import StrEnum

from foedus.game.grid import Grid
from foedus.game.outcome import Outcome
from foedus.values.arrays import FloatArray


class SolverStatus(StrEnum):
    """Whether the residual of the game and that of its consultation both fell below the tolerance."""

    CONVERGED = "converged"
    NOT_CONVERGED = "not_converged"

    @classmethod
    def of(cls, *, residual: float, joining: float, tolerance: float) -> "SolverStatus":
        """Judge a solution by its two residuals; what is not a number has not converged."""
        return cls.CONVERGED if residual < tolerance and joining < tolerance else cls.NOT_CONVERGED


@dataclass(frozen=True)
class Solution:
    """The outcome of one arrangement in one future, with its pedigree."""

    outcome: Outcome
    """Exact outcomes under the policies found; use them only when ``status`` is converged."""
    status: SolverStatus
    residual: float
    """Largest change of any policy or value in one full undamped sweep."""
    joining: float
    """Largest distance of a chance to join from its logit, in the entries of the consultation that the game reads."""
    sweeps: int
    """Sweeps taken in all."""
    tolerance: float
    method: str
    """Which implementation: ``plain`` (the oracle), ``kernel``, or ``near``, the kernel's rough answer."""
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
        if not self.joining < self.tolerance:
            return (
                f"Not converged: consultation did not settle, somebody's chance to join is {self.joining:.1e} from its "
                f"answer to the others (tolerance {self.tolerance:.0e}); leave this future out."
            )
        return (
            f"Not converged: a sweep still changes something by {self.residual:.1e} (tolerance {self.tolerance:.0e}); "
            "leave this future out, or raise max_sweeps."
        )
