"""`foedus check --price`: close each hole of level error, solve again in the same futures, show the difference."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foedus.arrangement.record import Arrangement
from foedus.checks.examine import check
from foedus.checks.finding import CheckFinding
from foedus.checks.mending.apply import Mended, close, close_all, grave
from foedus.cli.progress_bar import progress_bar
from foedus.errors import Severity
from foedus.futures.ensemble import Ensemble, Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from foedus.insight.price import prices_of
from foedus.report.checks.price import PricedHole
from foedus.text.source import ParsedText


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


def price_holes(arrangement: Arrangement, *, source: ParsedText, settings: Settings) -> list[PricedHole]:
    """Price each hole of level error in the same futures: closed alone, left open alone, and all closed together."""
    plan = _plan(arrangement, source)
    if not plan.closed:
        return [PricedHole(finding) for finding in plan.findings]
    texts = {
        "as it is": arrangement,
        **{f"without {place}": mended.arrangement for place, mended in plan.closed.items()},
        **{f"only {name}": text for name, text in plan.left.items() if text is not None},
        "repaired": plan.repaired,
    }
    same = _first_alike(texts)
    ensemble = _solve({name: texts[name] for name in dict.fromkeys(same.values())}, settings)
    alone = prices_of(ensemble, original="as it is")
    last = {
        name: prices_of(ensemble, original=same[f"only {name}"])[same["repaired"]]
        for name, text in plan.left.items()
        if text is not None
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


def _plan(arrangement: Arrangement, source: ParsedText) -> _Plan:
    found = tuple(each for each in check(arrangement, source=source) if each.severity is Severity.ERROR)
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


def _solve(texts: Mapping[str, Arrangement], settings: Settings) -> Ensemble:
    """Solve each text under a name of its own."""
    named = [replace(text, id=name) for name, text in texts.items()]
    with progress_bar() as tell:
        return run_ensemble(
            named,
            default_parameters(),
            settings=settings,
            progress=lambda done, total: tell(f"{len(named)} texts, futures", done, total),
        )
