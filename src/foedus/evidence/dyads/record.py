"""A state under threat by another one, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

STRONG = 0.1
"""Share of the world's capabilities from which on an ally counts as strong: a great power of its time."""


class Pact(StrEnum):
    """Who had promised to defend the state, apart from the one that threatens it."""

    NONE = "none"
    BILATERAL_WEAK = "bilateral_weak"
    """At least one treaty of two; no ally is strong."""
    BILATERAL_STRONG = "bilateral_strong"
    MULTILATERAL_WEAK = "multilateral_weak"
    """Treaties of more than two alone."""
    MULTILATERAL_STRONG = "multilateral_strong"

    @property
    def is_strong(self) -> bool:
        """Tell whether an ally is a great power."""
        return self.value.endswith("_strong")

    @property
    def is_bilateral(self) -> bool:
        """Tell whether one of the treaties is between two."""
        return self.value.startswith("bilateral")


def pact_of(*, is_bilateral: bool, strongest: float | None) -> Pact:
    """Name the pact; ``strongest`` is the largest share of world capabilities among the allies, None without any."""
    if strongest is None:
        return Pact.NONE
    if is_bilateral:
        return Pact.BILATERAL_STRONG if strongest >= STRONG else Pact.BILATERAL_WEAK
    return Pact.MULTILATERAL_STRONG if strongest >= STRONG else Pact.MULTILATERAL_WEAK


@dataclass(frozen=True)
class Dyad:
    """One state under threat by another."""

    id: str
    year: int
    ratio: float
    """Natural logarithm of the strength of who threatens to that of who is threatened, as states."""
    is_near: bool
    """Whether both lie in the same region of the world."""
    pact: Pact
    allied: float
    """Natural logarithm of what the state and its allies have together to what it has alone; 0 without any."""
    allied_ratio: float
    """Natural logarithm of what the allies have to what who threatens has; 0 without any."""
    disputes: int
    """Militarised disputes between the two that began in the ten years before."""
    attacked: bool
    war: bool
    joined: bool | None
    """Whether an ally came in; None where that was not asked."""
