"""The judgments behind a determination, as data: what each hypothesis makes likely, whom to trust how far, from where.

They are numbers to be argued over, each with the words that it stands for; the file that ships says who holds them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foedus.arrangement.vocabulary import Finds, StandardOfProof

UNDETERMINED = "undetermined"
"""The value of a report that looked and could not tell; legal for every question."""
OTHER = "other"
"""The hypothesis that is in no list: flat on everything, and never removed."""


class On(StrEnum):
    """Which figure of a probability a standard of proof looks at."""

    MEAN = "mean"
    LOWER = "lower"
    """The lower end of the band: nineteen of twenty ways to draw the judgments give more."""


@dataclass(frozen=True)
class Hypothesis:
    """One account of what happened."""

    id: str
    words: str
    finding: Finds | None
    """The determination that it warrants; None where it is no breach by the adversary."""
    by_adversary: bool


@dataclass(frozen=True)
class ReportQuestion:
    """A fact that reports speak about."""

    id: str
    words: str
    values: Mapping[str, str]
    """Each value that it can take, with its meaning."""


@dataclass(frozen=True)
class Standard:
    """What a standard of proof asks for in figures."""

    on: On
    at: float
    """The probability that must be reached, 0 to 1."""
    min_origins: int
    """Independent origins that must have spoken."""

    def is_met(self, *, mean: float, lower: float, origins: int) -> bool:
        """Tell whether a probability with its band, from so many origins, reaches the standard."""
        return (mean if self.on is On.MEAN else lower) >= self.at and origins >= self.min_origins


@dataclass(frozen=True, eq=False)
class Judgments:
    """Everything that turns reports into probabilities. Two are the same only where they are one object."""

    hypotheses: tuple[Hypothesis, ...]
    questions: Mapping[str, ReportQuestion]
    tables: Mapping[str, tuple[tuple[float, ...], ...]]
    """Of each question, a row for each hypothesis: the chance of each value; rows sum to 1."""
    grades: Mapping[str, tuple[float, float]]
    """How often a source of each grade, A to F, tells the true value: a range."""
    priors: Mapping[str, tuple[float, ...]]
    """Named beliefs before any report, one chance for each hypothesis."""
    prior_words: Mapping[str, str]
    standards: Mapping[StandardOfProof, Standard]
    concentration: float
    """How firmly the tables are held: the weight of a row in observations."""
    draws: int
    """How many ways to draw the judgments are tried."""
    source: str
    """Who holds them."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the hypotheses, in order."""
        return tuple(each.id for each in self.hypotheses)

    def hypothesis(self, name: str) -> Hypothesis:
        """Return a hypothesis by its id."""
        return self.hypotheses[self.ids.index(name)]
