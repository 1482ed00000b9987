"""Parameters: everything uncertain, each with unit, range, status and source."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from foedus.futures.parameters.domain import ANYTHING, Domain
from foedus.futures.parameters.given import GivenDraws
from foedus.game.future import PER_CRISIS_TIER, PER_TIER
from foedus.values.arrays import FloatArray
from foedus.values.digest import digest_of
from foedus.values.words import Tier

TIER_NAMES = tuple(tier.name.lower() for tier in Tier)
"""How the entries of a parameter with one number per tier are called."""
TIERS_OF = {name: TIER_NAMES[:3] if name in PER_CRISIS_TIER else TIER_NAMES for name in PER_TIER}
"""Which tiers such a parameter has: those of the crisis, or defend too."""


class ParameterStatus(StrEnum):
    """Where a parameter's range comes from."""

    PROVIDED = "provided"
    ASSUMED = "assumed"
    ESTIMATED = "estimated"
    ELICITED = "elicited"


class Shape(StrEnum):
    """How a parameter is spread over its range."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    LOGUNIFORM = "loguniform"


@dataclass(frozen=True)
class Cause:
    """What lies behind several parameters and moves them together, such as one lead power's politics."""

    name: str
    correlation: float
    """In [-1, 1], of the parameter's normal score with that of the cause; two parameters share the product."""
    status: ParameterStatus = ParameterStatus.ASSUMED
    source: str = ""
    """Why it should lie behind this parameter; empty where nobody says."""


@dataclass(frozen=True)
class Parameter:
    """One uncertain number."""

    name: str
    what: str
    unit: str
    shape: Shape
    low: float
    high: float
    status: ParameterStatus
    source: str
    group: str
    """Parameters of one group are drawn at the same quantile, so that an ordered scale keeps its order."""
    file: str
    """Name of the parameter file that it stands in, without the folders: results are to hold none of them."""
    note: str = ""
    history: str = ""
    """Whether the record of history had a say in its draws, and which; empty where the record was not asked."""
    cause: Cause | None = None
    """What moves it together with other groups; the same for all parameters of a group."""
    is_given: bool = False
    """Whether its values come from weighted draws that a file brings, not from the range."""
    domain: Domain = ANYTHING
    """What it may be; declared once, by the file that ships with foedus."""

    def at(self, share: FloatArray) -> FloatArray:
        """Return the quantiles at shares in [0, 1] of the range's distribution."""
        if self.shape is Shape.LOGUNIFORM:
            log_low, log_high = math.log(self.low), math.log(self.high)
            return np.exp(log_low + share * (log_high - log_low))
        return self.low + share * (self.high - self.low)

    @property
    def central(self) -> float:
        """The median."""
        return float(self.at(np.array(0.5)))

    def describe(self) -> str:
        """Write the range in words, such as ``0.1 to 0.4, uniform``."""
        if self.shape is Shape.FIXED:
            return f"{self.low:g}, fixed"
        spread = "uniform in the logarithm" if self.shape is Shape.LOGUNIFORM else "uniform"
        return f"{self.low:g} to {self.high:g}, {'weighted draws' if self.is_given else spread}"


@dataclass(frozen=True)
class View:
    """A named view of the world: who holds it, and what it says beside the ranges that it changes."""

    name: str
    title: str
    argued_by: str
    note: str


@dataclass(frozen=True)
class ParameterChange:
    """A parameter that is not what it is by default."""

    before: Parameter
    after: Parameter


@dataclass(frozen=True)
class Parameters(Mapping[str, Parameter]):
    """All parameters by name, in the order of their files."""

    entries: tuple[Parameter, ...]
    given: GivenDraws | None = None
    """Weighted draws that stand in the place of some ranges."""
    views: tuple[View, ...] = ()
    """The views that were laid over the default, the last one uppermost."""

    def __getitem__(self, name: str) -> Parameter:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def _by_name(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.entries}

    def overlaid_with(self, others: "Parameters") -> "Parameters":
        """Return these parameters with those of the same name replaced, and the others' draws and views added.

        A range that is laid over draws takes the place of the draws; draws take the place of the ranges below them.
        """
        replaced = others._by_name
        given = others.given or (self.given.without(replaced) if self.given else None)
        names = frozenset(given.names if given else ())
        entries = (replaced.get(entry.name, entry) for entry in self.entries)
        return Parameters(
            entries=tuple(replace(entry, is_given=entry.name in names) for entry in entries),
            given=given,
            views=(*self.views, *others.views),
        )

    def changes_from(self, default: "Parameters") -> tuple[ParameterChange, ...]:
        """Return what differs in range, draws, status, source or cause, in the order of the files."""
        return tuple(
            ParameterChange(before=default[entry.name], after=entry)
            for entry in self.entries
            if replace(entry, file="") != replace(default[entry.name], file="")
        )

    @property
    def central(self) -> dict[str, float]:
        """The median of each parameter."""
        medians = {parameter.name: parameter.central for parameter in self.entries}
        return medians | (self.given.medians if self.given else {})

    @property
    def digest(self) -> str:
        """Digest of every range and draw; what moves no draw (file, history, domain, a view's name) does not enter."""
        ranges = [
            {key: value for key, value in asdict(parameter).items() if key not in ("file", "history", "domain")}
            for parameter in self.entries
        ]
        return digest_of({"ranges": ranges, "given": self.given.digest if self.given else None})
