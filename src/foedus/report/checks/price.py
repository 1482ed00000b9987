"""What each hole costs, as lines for a terminal and as plain data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.checks.finding import CheckFinding
from foedus.errors import FindingKind
from foedus.game.declared_outcome import DeclaredOutcome
from foedus.game.outcomes import OUTCOMES
from foedus.insight.price import Price
from foedus.insight.statistics.spread import Difference, Spread
from foedus.report.words.numbers import count_of_100
from foedus.report.words.outcome_numbers import change, change_range

_OPEN = "no change of the record is known that closes it without writing a new text"


@dataclass(frozen=True)
class PricedHole:
    """A hole, how it was closed, and what it costs; without mending or price where it could not be closed."""

    finding: CheckFinding | None
    """None for all holes together."""
    mending: str = ""
    opens: tuple[str, ...] = ()
    """Checks that find an error once it is closed."""
    alone: Price | None = None
    """What it costs while everything else stays as it is."""
    last: Price | None = None
    """What it costs once every hole of other checks is closed; None where there is no other."""
    falls_with_others: bool = False
    """Whether mending the holes of other checks closes it too."""


def price_lines(holes: Sequence[PricedHole], *, arrangement: str, years: float) -> list[str]:
    """Write each hole with what it costs, in the order of the findings."""
    if not holes:
        return [f"{arrangement}: no check finds a hole of level error, so there is none to price"]
    return [
        f"{arrangement}: what each hole of level error costs, over {years:g} years",
        "  With the hole less without it, in each future: average, and 5 to 95 % of futures; plus is worse. War in",
        "  percentage points, territory in points of the stake, the protected state's own reckoning (war, losses and",
        "  time together) in units of the stake. First with all else as it is; then with all else mended, since one",
        "  hole can hide behind another. Counted are futures in which both texts converged. What the game does not",
        "  read of a clause, it cannot price.",
        "",
        *(line for hole in holes for line in (*_hole_lines(hole), "")),
    ]


def _hole_lines(hole: PricedHole) -> Iterator[str]:
    if hole.finding is None:
        yield "All that can be closed, together"
    else:
        kind = "left open" if hole.finding.kind is FindingKind.OPEN else "fault"
        yield f"[{hole.finding.id} {hole.finding.title}, {kind}] {hole.finding.position.path}: {hole.finding.message}"
    if hole.alone is None:
        yield f"  not priced: {_OPEN}"
        return
    yield f"  closed by:  {hole.mending}"
    if hole.opens:
        yield f"  then found: {', '.join(hole.opens)}"
    yield from _price_lines(hole.alone, label="costs")
    if hole.last is not None and hole.finding is not None:
        yield from _price_lines(hole.last, label=f"if only {hole.finding.id} were left")
    elif hole.falls_with_others:
        yield "  mending the others closes it too"


def _price_lines(price: Price, *, label: str) -> Iterator[str]:
    used = f"{price.used} of {price.futures} futures"
    if not price.costs:
        yield f"  {label}: not known, no future of {price.futures} converged for both texts"
    elif not price.is_seen:
        yield f"  {label}: nothing that the game sees; outcomes are equal to the last digit ({used})"
    else:
        yield f"  {label} ({used}):"
        for measure, cost in price.costs.items():
            outcome = OUTCOMES[measure]
            yield f"    {outcome.short.lower() + ':':16} {_cost(cost, outcome=outcome)}"


def _cost(cost: Difference, *, outcome: DeclaredOutcome) -> str:
    often = f"worse in {count_of_100(cost.higher.value)}, better in {count_of_100(cost.lower.value)} of 100 futures"
    return f"{_figure(cost.spread, outcome=outcome)}; {often}"


def _figure(spread: Spread, *, outcome: DeclaredOutcome) -> str:
    unit = " points" if outcome.is_share else ""
    return f"{change(spread.mean, of=outcome)}{unit} ({change_range(spread.low, spread.high, of=outcome)})"


def prices_as_data(holes: Sequence[PricedHole], *, arrangement: str) -> dict[str, object]:
    """Return plain data for JSON; shares and amounts are plain numbers."""
    return {"arrangement": arrangement, "holes": [_as_data(hole) for hole in holes]}


def _as_data(hole: PricedHole) -> dict[str, object]:
    return {
        "finding": hole.finding.to_mapping() if hole.finding else None,
        "mending": hole.mending or None,
        "then_found": list(hole.opens),
        "alone": _price_as_data(hole.alone),
        "last": _price_as_data(hole.last),
        "falls_with_others": hole.falls_with_others,
    }


def _price_as_data(price: Price | None) -> dict[str, object] | None:
    if price is None:
        return None
    costs = {
        measure: {"average": each.spread.mean, "5 %": each.spread.low, "95 %": each.spread.high}
        for measure, each in price.costs.items()
    }
    return {"costs": costs, "futures_used": price.used, "futures": price.futures, "seen_by_the_game": price.is_seen}
