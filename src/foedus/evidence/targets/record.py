"""What a figure is: as declared, as computed, and as handed on for the model to be held against."""

from dataclasses import dataclass
from enum import StrEnum


class FigureMeasure(StrEnum):
    """What kind of number a figure is."""

    RATE = "rate"
    """A share of cases, between 0 and 1."""
    SURVIVAL = "survival"
    """The share that still stands after a given time, with those that were watched for less taken into account."""
    HAZARD = "hazard"
    """Events per year at risk."""
    PER_THOUSAND = "per_thousand"
    """Events per thousand years at risk."""
    MEDIAN_DAYS = "median_days"
    QUANTILE_DAYS = "quantile_days"
    MEDIAN_YEARS = "median_years"
    RATIO = "ratio"
    """A ratio of two quantities: hazard ratio, odds ratio, or one sum over another."""
    COEFFICIENT = "coefficient"
    """A coefficient of a logistic regression, in log odds."""
    AMOUNT = "amount"
    """An amount of money."""
    P_VALUE = "p_value"
    """A p-value; nothing to be held against, so never a target."""


class TargetOrigin(StrEnum):
    """How a target came about."""

    COMPUTED = "computed"
    """By the command, from the data sets named."""
    PROVIDED = "provided"
    """Stated by the source named; its data file was not at hand when the command ran."""


@dataclass(frozen=True)
class IntervalEstimate:
    """A number with its 95 % interval."""

    value: float
    low: float | None
    high: float | None
    n: int
    """Cases that it rests on."""
    interval: str
    """How the interval was made; why there is none where low and high are None."""


@dataclass(frozen=True)
class DeclaredFigure:
    """A figure as declared: what it is, what it is computed from, and what an earlier study found."""

    id: str
    what: str
    measure: FigureMeasure
    unit: str
    data: tuple[str, ...]
    """Data sets that it is computed from."""
    studied: str = ""
    """The value that the study behind foedus found, to the digits given; empty where it gives none."""
    n: int = 0
    """Cases in that study."""
    count: int | None = None
    """Events among these cases, for rates."""
    low: str = ""
    high: str = ""
    published: str = ""
    """The value in a publication, to the digits given."""
    published_in: str = ""
    is_reproducible: bool = True
    """Whether the catalogue's data sets suffice; False where the study used more."""
    superseded_by: str = ""
    """Figure that is to be used instead, where the study's way of counting turned out wrong; then it is no target."""
    note: str = ""


@dataclass(frozen=True)
class Target:
    """One number from the record, for the model to be held against."""

    id: str
    """Such as ``A2.1945_2003``: letter and number of the figure, then which part of it."""
    what: str
    """The quantity in words."""
    value: float
    low: float | None
    """Lower end of the 95 % interval; None where the number is a total and no estimate."""
    high: float | None
    interval: str
    """Method of the interval."""
    n: int
    """Cases that it rests on."""
    unit: str
    measure: FigureMeasure
    origin: TargetOrigin
    data: tuple[str, ...]
    """Ids of the data sets in the catalogue."""
    citation: str
    command: str
    """The command that wrote it."""
    note: str = ""
