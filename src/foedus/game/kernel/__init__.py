"""Kernel: the guarantee game, compiled, many futures at a time.

takes: arrangements and futures in pairs. gives: a Solution for each, the same as the plain oracle's to the tolerance.
promises: the same bits for any number of threads. never: needs a compiler on the user's machine.
"""

from foedus.game.kernel.batch import solve_batch, solve_kernel
from foedus.game.kernel.near import solve_anchored, solve_near

__all__ = ["solve_anchored", "solve_batch", "solve_kernel", "solve_near"]
