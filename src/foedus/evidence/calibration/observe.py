"""Solve one text in one future, and count what the record counts."""

import math

from foedus.evidence.calibration.expected_course import HORIZON_PERIODS, ExpectedCourse
from foedus.futures.compile import DrawnGame
from foedus.game.grid import Grid
from foedus.game.kernel.trace import PeriodTrace, trace_kernel


def observe(game: DrawnGame, *, grid: Grid, tolerance: float, max_sweeps: int) -> ExpectedCourse:
    """Return the course of a text in a future; its residual tells how well the game was solved."""
    trace = trace_kernel(
        game.compiled, game.future, grid=grid, horizon=HORIZON_PERIODS, tolerance=tolerance, max_sweeps=max_sweeps
    )
    supported, joined = _support(game, trace)
    return ExpectedCourse(
        war=trace.war,
        clash=trace.clash,
        violation=trace.violation,
        defended=trace.defended,
        honoured=trace.honoured,
        breached=trace.breached,
        supported=supported,
        joined=joined,
        crisis=trace.warned,
        residual=max(trace.residual, trace.joining),
    )


def _support(game: DrawnGame, trace: PeriodTrace) -> tuple[float, float]:
    """Return how often support was executed, and the share of the other members that joined times that number."""
    others = [i for i in range(len(trace.joined)) if i != game.compiled.proposer]
    if not game.compiled.oblige.any() or not others:
        return math.nan, math.nan
    return trace.supported, float(trace.joined[others].mean())
