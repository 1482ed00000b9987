"""What is to be known of an outcome: its declaration, which everything that computes or shows it reads."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from foedus.game.outcome import Outcome


class OutcomeKind(StrEnum):
    """What sort of number an outcome is."""

    CHANCE = "chance"
    """A probability, which the solver finds more closely than the others."""
    SHARE = "share"
    """An expected share of the stake."""
    COUNT = "count"
    """An expected number of times."""
    COST = "cost"
    """An expected amount that is paid."""
    VALUE = "value"
    """What a party reckons its prospects at, or a difference of two such."""


class Better(StrEnum):
    """Which way an outcome is good."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"
    """More of it is good or bad according to what it answers."""


class Shown(StrEnum):
    """Where a comparison shows an outcome; all of them stand in its files and in its list of all outcomes."""

    HARM = "harm"
    """Among what goes wrong: first table and first chart."""
    PRICE = "price"
    """Among what it costs: first table and last chart."""
    LISTED = "listed"
    """In the list of all outcomes only."""


Reading = Callable[[Outcome, float], float]
"""Reads a number off exact outcomes and the prior chance of the high type."""


@dataclass(frozen=True)
class DeclaredOutcome:
    """Everything that is to be known of an outcome in order to compute, compare and show it."""

    name: str
    """Its symbol: what result files, claims and thresholds call it."""
    what: str
    """Its meaning, as a clause."""
    words: str
    """What a page calls it."""
    short: str
    """What a narrow table calls it."""
    kind: OutcomeKind
    unit: str
    better: Better
    section: str = "9"
    """Section of the theory page that defines it."""
    shown: Shown = Shown.LISTED
    read: Reading | None = None
    """How it is read off exact outcomes; None where it is the entry of its own name."""

    @property
    def is_chance(self) -> bool:
        """Tell whether it is a probability."""
        return self.kind is OutcomeKind.CHANCE

    @property
    def is_share(self) -> bool:
        """Tell whether it lies between 0 and 1 and is written in per cent, differences in percentage points."""
        return self.kind in (OutcomeKind.CHANCE, OutcomeKind.SHARE)

    @property
    def in_sentence(self) -> str:
        """What it is called inside a sentence."""
        return self.words[:1].lower() + self.words[1:]

    @property
    def sign(self) -> float:
        """Factor that turns it so that less is better; raises ``ValueError`` where neither is."""
        if self.better is Better.NEITHER:
            raise ValueError(f"neither more nor less of {self.name!r} is better by itself")
        return 1.0 if self.better is Better.LOWER else -1.0
