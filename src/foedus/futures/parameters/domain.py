"""What a parameter may be: the values that mean something, and beside which others it must lie.

Each parameter declares it once, in the file that ships with foedus (``admits``, ``not_below``, ``order``); every file
that is laid over it is held to it when it is read.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_PER_CENT = 100


@dataclass(frozen=True)
class Domain:
    """The values that a parameter may take, and the parameters below which it may not lie."""

    least: float = -math.inf
    most: float = math.inf
    not_below: tuple[str, ...] = ()
    """Names of parameters; a scale keeps its order, whatever is drawn."""

    def has(self, low: float, high: float) -> bool:
        """Tell whether a range lies within."""
        return self.least <= low and high <= self.most

    @property
    def words(self) -> str:
        """The values that it may take."""
        if self.least == self.most:
            return f"{_figure(self.least)} only"
        return f"{_figure(self.least)} to {_figure(self.most)}"

    def hint(self, low: float, high: float) -> str:
        """Say which values may be taken, and what was perhaps meant."""
        in_parts = (low / _PER_CENT, high / _PER_CENT)
        if self.has(*in_parts) and self.least < self.most and high >= 2:
            meant = " to ".join(dict.fromkeys(f"{part:g}" for part in in_parts))
            return f"it may take {self.words}; if {_PER_CENT} was to be the whole, write {meant}"
        return f"it may take {self.words}"


ANYTHING = Domain()
"""What a number may be of which nothing is declared."""


def read_domains(written: Any, not_below: Any, order: Any, *, names: Sequence[str]) -> list[Domain]:
    """Return the domain of each of a parameter's names, as a packaged file declares it.

    One pair serves all names, or each tier has its own; an order links each tier with the one before it. Raises
    ``ValueError`` where it is not declared, or declared of something else.
    """
    pairs = written if written and isinstance(written[0], list) else [written] * len(names)
    if len(pairs) != len(names) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise ValueError(f"{names[0]}: admits must be [least, most], or one such pair for each tier")
    above = [not_below] if isinstance(not_below, str) else list(not_below or ())
    links: list[tuple[str, ...]] = [tuple(above) for _ in names]
    if order == "rising":
        links = [tuple(names[i - 1 : i]) if i else () for i in range(len(names))]
    elif order == "falling":
        links = [tuple(names[i + 1 : i + 2]) for i in range(len(names))]
    return [Domain(float(low), float(high), link) for (low, high), link in zip(pairs, links, strict=True)]


def _figure(value: float) -> str:
    return f"{value:.12g}"
