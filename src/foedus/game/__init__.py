"""Game: the guarantee game of docs/theory.md, solved exactly in one future.

takes: a CompiledArrangement and a Future. gives: a Solution with exact Outcomes, and what was needed to reach them.
promises: a residual with every solution, a status instead of a silent best effort.
never: knows YAML, files or countries.
"""

from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.outcome import Outcome
from foedus.game.solution import Solution, SolverStatus
from foedus.game.solve import solve

__all__ = ["Future", "Grid", "Outcome", "Solution", "SolverStatus", "solve"]
