"""Plain: the guarantee game in NumPy, written to be read beside docs/theory.md. It is the oracle of the fast kernel.

takes: a CompiledArrangement and a Future. gives: the equilibrium, policy by policy, and its exact outcome.
promises: one file per section of the theory page, no trick that the page does not name. never: is tuned for speed.
"""

from foedus.game.plain.board import Board
from foedus.game.plain.descent import descend
from foedus.game.plain.forward import outcome_of
from foedus.game.plain.iterate import Equilibrium, iterate
from foedus.game.plain.settled import joining_residual
from foedus.game.plain.stage import Play, Position, sweep

__all__ = ["Board", "Equilibrium", "Play", "Position", "descend", "iterate", "joining_residual", "outcome_of", "sweep"]
