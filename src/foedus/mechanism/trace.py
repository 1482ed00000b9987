"""Which clause gave which number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Yardsticks: TypeAlias = Mapping[str, float]
"""One value for each word-to-number mapping, drawn from the yardstick file."""


@dataclass(frozen=True)
class Step:
    """One number of the compiled arrangement and where it comes from."""

    array: str
    """Name of the array in the theory page, such as ``oblige``."""
    entry: str
    """Which entry, in words, such as ``france, invasion, up to defend``."""
    value: str
    """The number as written."""
    clause: str
    """Path of the clause in the file; empty where the file is silent."""
    because: str
    """The reasoning, in words and yardsticks."""


@dataclass
class Trace:
    """Collects steps while an arrangement is compiled."""

    steps: list[Step] = field(default_factory=list)

    def note(self, array: str, *, entry: str, value: float | str, clause: str, because: str) -> None:
        """Write down one step."""
        shown = value if isinstance(value, str) else f"{value:.3g}"
        self.steps.append(Step(array=array, entry=entry, value=shown, clause=clause, because=because))
