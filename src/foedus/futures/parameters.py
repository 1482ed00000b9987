"""Parameters: everything uncertain, each with unit, range, status and source."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np

from foedus.values.arrays import FloatArray
from foedus.values.digest import digest_of
from foedus.values.words import Tier

TIER_NAMES = tuple(tier.name.lower() for tier in Tier)
"""How the entries of a parameter with one number per tier are called."""


class Status(StrEnum):
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
class Parameter:
    """One uncertain number."""

    name: str
    what: str
    unit: str
    shape: Shape
    low: float
    high: float
    status: Status
    source: str
    group: str
    """Parameters of one group are drawn at the same quantile, so that an ordered scale keeps its order."""
    file: str
    """The parameter file that it stands in."""

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
        return f"{self.low:g} to {self.high:g}, {spread}"


@dataclass(frozen=True)
class Parameters(Mapping[str, Parameter]):
    """All parameters by name, in the order of their files."""

    entries: tuple[Parameter, ...]

    def __getitem__(self, name: str) -> Parameter:
        return self._by_name()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name())

    def __len__(self) -> int:
        return len(self.entries)

    def _by_name(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.entries}

    def overlaid_with(self, others: "Parameters") -> "Parameters":
        """Return these parameters with those of the same name replaced."""
        replaced = others._by_name()
        return Parameters(tuple(replaced.get(parameter.name, parameter) for parameter in self.entries))

    @property
    def central(self) -> dict[str, float]:
        """The median of each parameter."""
        return {parameter.name: parameter.central for parameter in self.entries}

    @property
    def digest(self) -> str:
        """Digest of every range; where a file lies does not enter."""
        return digest_of([{k: v for k, v in asdict(parameter).items() if k != "file"} for parameter in self.entries])
