"""What one text gives in one future, in the terms in which the record counts: onsets, tests of promises, crises."""

from dataclasses import dataclass, fields

import numpy as np

from foedus.values.arrays import FloatArray

HORIZON_PERIODS = 40
"""Half-years that a course is followed: the record tells of peace up to twenty years on."""


@dataclass(frozen=True, eq=False)
class ExpectedCourse:
    """The course of events: exact chances and expected numbers, for one text in one future."""

    war: FloatArray
    """(period) chance that war breaks out in the half-year."""
    clash: FloatArray
    """(period) chance that the first attack that is carried through, a seizure or a war, falls into the half-year."""
    violation: FloatArray
    """(period) chance that the first breach of any kind, coercion included, falls into the half-year."""
    defended: float
    """Wars in which guarantors fought, expected."""
    honoured: float
    """Determinations on which an obligation fell due and was met, expected."""
    breached: float
    """Determinations on which an obligation fell due and was not met, expected."""
    supported: float
    """Times that the tier support was executed, expected; nan where nobody can answer a breach."""
    joined: float
    """``supported`` times the share of the members beside the framework nation that joined; nan as above."""
    crisis: FloatArray
    """(balance, part) a crisis at each balance of the grid, before any territory is lost; parts as in `CRISIS`."""
    residual: float
    """Largest change in one full undamped sweep of the solution behind it."""


CRISIS = ("withdrawn", "fought", "stood_by")
"""Ends of an attack that was mounted and answered by deploy or defend: it was called off, met defence, or did not."""


@dataclass(frozen=True, eq=False)
class ExpectedCourses:
    """The same for all futures and texts."""

    texts: tuple[str, ...]
    """(text) names in the library, such as ``history/unef_1956``."""
    balance: FloatArray
    """(balance) the grid's log force ratios, adversary to protected side."""
    war: FloatArray
    """(future, text, period); this and all below as in `ExpectedCourse`."""
    clash: FloatArray
    violation: FloatArray
    defended: FloatArray
    """(future, text)"""
    honoured: FloatArray
    breached: FloatArray
    supported: FloatArray
    joined: FloatArray
    crisis: FloatArray
    """(future, text, balance, part)"""
    residual: FloatArray

    def of(self, names: tuple[str, ...]) -> "ExpectedCourses":
        """Return the courses of some texts, in the order of ``names``."""
        columns = [self.texts.index(name) for name in names]
        return self._taken(texts=names, index=(slice(None), columns))

    @property
    def unsolved(self) -> float:
        """Share of pairs of future and text that were not solved."""
        return float(np.isnan(self.residual).mean())

    def solved(self, *, tolerance: float) -> "ExpectedCourses":
        """Return the courses with nan where a text was not solved to tolerance in a future."""
        failed = self.residual >= tolerance
        arrays = {name: getattr(self, name).copy() for name in _STACKED}
        for array in arrays.values():
            array[failed] = np.nan
        return ExpectedCourses(texts=self.texts, balance=self.balance, **arrays)

    def _taken(self, *, texts: tuple[str, ...], index: tuple[object, ...]) -> "ExpectedCourses":
        arrays = {name: getattr(self, name)[index] for name in _STACKED}
        return ExpectedCourses(texts=texts, balance=self.balance, **arrays)


_STACKED = tuple(field.name for field in fields(ExpectedCourse))


def stack(rows: list[list[ExpectedCourse]], *, texts: tuple[str, ...], balance: FloatArray) -> ExpectedCourses:
    """Put courses given as [future][text] into arrays."""
    arrays = {
        name: np.array([[getattr(course, name) for course in row] for row in rows], dtype=np.float64)
        for name in _STACKED
    }
    return ExpectedCourses(texts=texts, balance=balance, **arrays)
