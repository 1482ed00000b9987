"""The game in whole-array NumPy, many games at a time: what a careful programmer writes without a compiler.

takes: pairs of CompiledArrangement and Future. gives: a Solution for each. promises: the oracle's game, state by state;
relaxation by entry instead of the oracle's falling share; residual and outcome come from a sweep of the oracle itself.
never: is part of the package; it is the kernel's peer in `python -m bench.judges.peers`.
"""

from bench.judges.numpy_solver.solver import solve_many

__all__ = ["solve_many"]
