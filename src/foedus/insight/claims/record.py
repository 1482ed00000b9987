"""The record of a claim: what is said, by whom, over which comparison, and what the literature says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Evidence
from foedus.insight.claims.grammar import Inequality

CLAIM_VERSION = 1


class ArgumentOrigin(StrEnum):
    """Where an argument was found."""

    ESSAY_2022 = "essay_2022"
    ESSAY_2025 = "essay_2025"
    DEBATE = "debate"


ORIGINS: dict[ArgumentOrigin, str] = {
    ArgumentOrigin.ESSAY_2022: "an essay of December 2022, on how a guarantee should be built",
    ArgumentOrigin.ESSAY_2025: "an essay of 2025, on deterrence and consent",
    ArgumentOrigin.DEBATE: "the wider debate",
}


class Act(StrEnum):
    """What is done to a clause or to a parameter."""

    TO = "to"
    ADD = "add"
    REMOVE = "remove"
    TIMES = "times"


@dataclass(frozen=True)
class TextEdit:
    """One edit of a text."""

    path: str
    """Place in the text, such as ``commitments[assistance].tier``."""
    act: Act
    """``to`` sets a value, ``add`` appends to a list, ``remove`` takes the key or entry out."""
    value: Any = None

    def __str__(self) -> str:
        if self.act is Act.REMOVE:
            return f"without {self.path}"
        return f"{self.path} {'gains' if self.act is Act.ADD else 'is'} {_short(self.value)}"


@dataclass(frozen=True, order=True)
class Intervention:
    """One parameter moved in every future, all else as it was drawn."""

    parameter: str
    act: Act
    value: float

    def moved(self, drawn: Any) -> Any:
        """Return what a drawn value, or an array of them, becomes."""
        if self.act is Act.TO:
            return drawn * 0 + self.value
        return drawn + self.value if self.act is Act.ADD else drawn * self.value

    @property
    def how(self) -> str:
        """What becomes of it, in words."""
        if self.act is Act.TIMES:
            return f"is {self.value:g} times as large"
        if self.act is Act.TO:
            return f"is {self.value:g}"
        return f"is {'higher' if self.value > 0 else 'lower'} by {abs(self.value):g}"

    def __str__(self) -> str:
        return f"{self.parameter} {self.how}"


World = tuple[Intervention, ...]
"""What is moved in every future; empty for the futures as they were drawn."""


@dataclass(frozen=True)
class ClaimSide:
    """One side of a comparison: a text, perhaps with clauses changed, in the futures as drawn or moved."""

    name: str
    """What the inequalities call it."""
    label: str
    """What a page calls it."""
    base: str
    """Name or path of the text that it starts from."""
    changes: tuple[TextEdit, ...]
    world: World
    arrangement: Arrangement
    """The text with its changes."""


@dataclass(frozen=True)
class Reference:
    """One thing that somebody wrote, or a case, for or against."""

    says: str
    citation: str = ""
    evidence: Evidence = Evidence.SEEN
    url: str = ""
    """Where it was seen; empty where it is cited from memory."""
    case: str = ""
    """Name of the packaged arrangement that is the case, with sources of its own; then there is no citation."""


@dataclass(frozen=True)
class Claim:
    """An argument, as a statement about outcomes over futures."""

    id: str
    in_short: str
    """A name for tables."""
    statement: str
    origin: ArgumentOrigin
    argued_by: tuple[Reference, ...]
    """Who argues it and where, as far as that was found."""
    comparison: str
    """What is compared, in words."""
    sides: tuple[ClaimSide, ...]
    holds: tuple[Inequality, ...]
    """All of them together are the claim."""
    where: tuple[Inequality, ...] = ()
    """The futures it speaks of; empty for all."""
    margin: float = 0.0
    """Smallest difference that counts; the solver's own margin counts where it is larger."""
    pro: tuple[Reference, ...] = ()
    contra: tuple[Reference, ...] = ()
    reading: str = ""
    """What the literature adds up to: a reading aid, not a finding."""
    limits: tuple[str, ...] = ()
    """What the model cannot say about it."""

    @property
    def is_strict(self) -> bool:
        """Whether a tie speaks against it."""
        return any(inequality.is_strict for inequality in self.holds)

    @property
    def holds_text(self) -> str:
        """The inequalities as they are written."""
        return " and ".join(inequality.text for inequality in self.holds)

    @property
    def where_text(self) -> str:
        """The restriction of the futures as it is written; empty where there is none."""
        return " and ".join(inequality.text for inequality in self.where)


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_short(entry)}" for key, entry in value.items())
    if isinstance(value, list | tuple):
        return "[" + "; ".join(_short(entry) for entry in value) + "]"
    return str(value)
