"""Price holes: close each hole of level error, solve again in the same futures, and tell the difference."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.arrangement.record import Arrangement
from foedus.checks.examine import check
from foedus.checks.finding import CheckFinding
from foedus.checks.mending.apply import Mended, close, close_all, grave
from foedus.errors import Severity
from foedus.futures.ensemble import Ensemble
from foedus.futures.solve import run_ensemble
from foedus.insight.price import Price, prices_of
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, counting, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_texts
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult, print_sentences
from foedus.report.checks.price import PricedHole, price_lines, prices_as_data

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class PriceRequest:
    """Of which texts to price the holes, and in which futures."""

    texts: tuple[Given, ...]
    run: RunSettings


@dataclass(frozen=True, eq=False, repr=False)
class PriceResult(JobResult):
    """What the holes of each text cost."""

    holes: Mapping[str, tuple[PricedHole, ...]]
    """[id] every hole of level error, then all together; empty where there is none."""
    run: RunSettings

    @property
    def has_holes(self) -> bool:
        """Whether any text has a hole of level error."""
        return any(self.holes.values())

    def print_on(self, console: Console) -> None:
        """Print each hole with what it costs."""
        for name, holes in self.holes.items():
            print_sentences(price_lines(holes, arrangement=name, years=self.run.years), console=console)

    def to_data(self) -> list[dict[str, object]]:
        """Return plain data for JSON."""
        return [prices_as_data(holes, arrangement=name) for name, holes in self.holes.items()]

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each hole, way of closing it (``alone`` or ``last``) and measure; more is worse."""
        rows = [row for name, holes in self.holes.items() for hole in holes for row in _rows(name, hole)]
        return frame_of(rows, columns=["arrangement", "check", "closed", "measure", "average", "low", "high"])


def price_texts(request: PriceRequest, *, tell: Tell = silent) -> PriceResult:
    """Tell what each hole costs: closed alone, left open alone, and all closed together."""
    texts = load_texts(request.texts)
    priced = {text.arrangement.id: tuple(_priced(text, run=request.run, tell=tell)) for text in texts}
    return PriceResult(holes=priced, run=request.run)


@dataclass(frozen=True)
class _Plan:
    """The holes of a text, and its variants without them."""

    findings: tuple[CheckFinding, ...]
    closed: Mapping[int, Mended]
    """[place of the finding] that hole closed, nothing else changed."""
    repaired: Arrangement
    """Every hole closed that can be."""
    steps: tuple[Mended, ...]
    left: Mapping[str, Arrangement | None]
    """[check] every hole closed but those of that check; None where mending the others closes it too."""


def _priced(text: Text, *, run: RunSettings, tell: Tell) -> list[PricedHole]:
    plan = _plan(text)
    if not plan.closed:
        return [PricedHole(finding) for finding in plan.findings]
    texts = {
        "as it is": text.arrangement,
        **{f"without {place}": mended.arrangement for place, mended in plan.closed.items()},
        **{f"only {name}": left for name, left in plan.left.items() if left is not None},
        "repaired": plan.repaired,
    }
    same = _first_alike(texts)
    ensemble = _solve({name: texts[name] for name in dict.fromkeys(same.values())}, run=run, tell=tell)
    alone = prices_of(ensemble, original="as it is")
    last = {
        name: prices_of(ensemble, original=same[f"only {name}"])[same["repaired"]]
        for name, left in plan.left.items()
        if left is not None
    }
    holes = [
        PricedHole(
            finding,
            mending=plan.closed[place].mending.words,
            opens=plan.closed[place].opens,
            alone=alone[same[f"without {place}"]],
            last=last.get(finding.id),
            falls_with_others=finding.id in plan.left and finding.id not in last,
        )
        if place in plan.closed
        else PricedHole(finding)
        for place, finding in enumerate(plan.findings)
    ]
    words = "; ".join(dict.fromkeys(step.mending.words for step in plan.steps))
    return [*holes, PricedHole(None, mending=words, alone=alone[same["repaired"]])]


def _plan(text: Text) -> _Plan:
    arrangement = text.arrangement
    found = tuple(each for each in check(arrangement, source=text.source) if each.severity is Severity.ERROR)
    closed = {place: mended for place, finding in enumerate(found) if (mended := close(arrangement, finding))}
    repaired, steps = close_all(arrangement)
    names = dict.fromkeys(found[place].id for place in closed)
    left = {name: _leaving(arrangement, name) for name in names} if len(names) > 1 else {}
    return _Plan(found, closed, repaired, steps, left)


def _leaving(arrangement: Arrangement, name: str, /) -> Arrangement | None:
    text, _ = close_all(arrangement, but=name)
    return text if any(each.id == name for each in grave(text)) else None


def _first_alike(texts: Mapping[str, Arrangement]) -> dict[str, str]:
    """Return for each text the name of the first that says the same, so that it is solved once."""
    return {name: next(other for other, each in texts.items() if each == text) for name, text in texts.items()}


def _solve(texts: Mapping[str, Arrangement], *, run: RunSettings, tell: Tell) -> Ensemble:
    """Solve each text under a name of its own."""
    await_solver(tell, grid=run.grid)
    return run_ensemble(
        [replace(text, id=name) for name, text in texts.items()],
        run.parameters,
        settings=run.ensemble,
        workers=run.workers,
        progress=counting(tell, f"{len(texts)} texts, futures"),
    )


def _rows(name: str, hole: PricedHole) -> Iterable[tuple[object, ...]]:
    checked = hole.finding.id if hole.finding else "all together"
    ways: dict[str, Price | None] = {"alone": hole.alone, "last": hole.last}
    for closed, price in ways.items():
        for measure, cost in (price.costs if price else {}).items():
            yield name, checked, closed, measure, cost.spread.mean, cost.spread.low, cost.spread.high
