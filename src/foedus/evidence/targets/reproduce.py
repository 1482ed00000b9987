"""Compute every figure whose files are at hand and lay it beside the published or studied value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pandas import DataFrame

from foedus.errors import Finding, InvalidFile
from foedus.evidence.targets.record import DeclaredFigure, FigureMeasure, IntervalEstimate, Target, TargetOrigin
from foedus.evidence.targets.registry import COMPUTATIONS, Computation
from foedus.evidence.targets.statistics.intervals import estimate_rate, estimate_share, without_interval

COMMAND = "foedus data figures --write"


class Agreement(StrEnum):
    """How a computed figure stands to the one published or studied."""

    SAME = "same"
    """Every digit given, the number of cases and the interval agree."""
    DIFFERS = "differs"
    NEW = "no other value"
    FILE_MISSING = "file missing"
    NOT_REPRODUCIBLE = "not reproducible here"
    """The study used more than the catalogue holds."""


@dataclass(frozen=True)
class Reproduction:
    """A figure, what was computed for it, and whether that agrees."""

    figure: DeclaredFigure
    computed: IntervalEstimate | None
    agreement: Agreement
    missing: tuple[str, ...] = ()
    """Data sets that are not at hand."""


def reproduce(tables: Mapping[str, DataFrame], figures: Mapping[str, DeclaredFigure]) -> tuple[Reproduction, ...]:
    """Compute what the tables allow; give one reproduction for each declared figure, in their order.

    Raises `InvalidFile` where a table holds too little for its figures.
    """
    computed: dict[str, IntervalEstimate] = {}
    for computation in COMPUTATIONS:
        if all(name in tables for name in computation.data):
            computed.update(_compute(computation, tables))
    return tuple(_compare(figure, computed.get(figure.id), tables) for figure in figures.values())


def to_target(reproduction: Reproduction, citations: Mapping[str, str]) -> Target | None:
    """Give what a model can be held against: the computed figure, else the stated one; None where there is neither."""
    figure, computed = reproduction.figure, reproduction.computed
    estimate = computed or _stated(figure)
    if estimate is None or figure.superseded_by or figure.measure is FigureMeasure.P_VALUE:
        return None
    return Target(
        id=figure.id,
        what=figure.what,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        interval=estimate.interval,
        n=estimate.n,
        unit=figure.unit,
        measure=figure.measure,
        origin=TargetOrigin.COMPUTED if computed else TargetOrigin.PROVIDED,
        data=figure.data,
        citation="; ".join(citations[name] for name in figure.data),
        command=COMMAND,
        note=figure.note,
    )


def write_value(value: float, *, like: str) -> str:
    """Write a number to as many decimals as another has, so that the two can be compared digit by digit."""
    decimals = len(like.partition(".")[2])
    return f"{value:.{decimals}f}"


def _compute(computation: Computation, tables: Mapping[str, DataFrame]) -> Mapping[str, IntervalEstimate]:
    try:
        return computation.compute(*(tables[name] for name in computation.data))
    except ValueError as error:
        raise InvalidFile(
            [
                Finding(
                    file=", ".join(computation.data),
                    line=0,
                    column=0,
                    path="",
                    code="not-computable",
                    message=f"no figure can be computed from it: {error}",
                    why="the files are read, but hold too little, or cases that cannot be told apart",
                    mend="use the whole file of the version described; see `foedus data show`",
                )
            ]
        ) from error


def _compare(
    figure: DeclaredFigure, computed: IntervalEstimate | None, tables: Mapping[str, DataFrame]
) -> Reproduction:
    if computed is None:
        missing = tuple(name for name in figure.data if name not in tables)
        why = Agreement.FILE_MISSING if figure.is_reproducible else Agreement.NOT_REPRODUCIBLE
        return Reproduction(figure, None, why, missing)
    stated = [
        (figure.studied, computed.value),
        (figure.published, computed.value),
        (figure.low, computed.low),
        (figure.high, computed.high),
    ]
    given = [(text, value) for text, value in stated if text]
    if not given:
        return Reproduction(figure, computed, Agreement.NEW)
    is_same = all(value is not None and _is_same(text, value) for text, value in given)
    is_same = is_same and figure.n in {0, computed.n}
    return Reproduction(figure, computed, Agreement.SAME if is_same else Agreement.DIFFERS)


def _is_same(text: str, value: float) -> bool:
    """Tell whether a number rounds to what is written; a half may be rounded either way."""
    decimals = len(text.partition(".")[2])
    return abs(value - float(text)) <= 0.5 * 10.0**-decimals * (1 + 1e-9)


def _stated(figure: DeclaredFigure) -> IntervalEstimate | None:
    if figure.measure is FigureMeasure.RATE and figure.count is not None:
        return estimate_share(figure.count, figure.n)
    if figure.measure is FigureMeasure.PER_THOUSAND and figure.count is not None:
        return estimate_rate(figure.count, figure.n, n=figure.n, scale=1000)
    text = figure.studied or figure.published
    if not text:
        return None
    if figure.low and figure.high:
        return IntervalEstimate(float(text), float(figure.low), float(figure.high), figure.n, "as stated by the source")
    return without_interval(float(text), n=figure.n, why="none stated by the source")
