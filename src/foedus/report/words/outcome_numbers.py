"""Figures of an outcome, written as its declaration asks: chances and shares in per cent, all else as amounts."""

from foedus.game.declared_outcome import DeclaredOutcome
from foedus.report.words.numbers import (
    amount,
    amount_range,
    percent,
    percent_range,
    points,
    points_range,
    signed_amount,
    signed_amount_range,
    tick_amount,
    tick_percent,
    tick_points,
)


def level(value: float, *, of: DeclaredOutcome) -> str:
    """Write how high an outcome is, such as ``43 %`` or ``0.12``."""
    return percent(value) if of.is_share else amount(value)


def level_range(low: float, high: float, *, of: DeclaredOutcome) -> str:
    """Write between what an outcome lies."""
    return percent_range(low, high) if of.is_share else amount_range(low, high)


def change(value: float, *, of: DeclaredOutcome) -> str:
    """Write a difference of two values of an outcome with its sign: points of a percentage, or an amount."""
    return points(value) if of.is_share else signed_amount(value)


def change_range(low: float, high: float, *, of: DeclaredOutcome) -> str:
    """Write a range of differences."""
    return points_range(low, high) if of.is_share else signed_amount_range(low, high)


def change_unit(outcome: DeclaredOutcome) -> str:
    """Say what differences of an outcome are counted in."""
    return "percentage points" if outcome.is_share else outcome.unit


def level_tick(value: float, *, of: DeclaredOutcome) -> str:
    """Write a value of an outcome at an axis."""
    return tick_percent(value) if of.is_share else tick_amount(value)


def change_tick(value: float, *, of: DeclaredOutcome) -> str:
    """Write a difference of two values of an outcome at an axis."""
    return tick_points(value) if of.is_share else tick_amount(value)
