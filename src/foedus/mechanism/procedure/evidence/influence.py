"""What would change what the reports carry: an origin that is taken out, an origin that lied, a report yet to come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from foedus.arrangement.vocabulary import Finds
from foedus.mechanism.procedure.evidence.carried import Carried
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.report import Report, origins, telling

Weighing = Callable[[tuple[Report, ...]], Carried]
_NEXT_GRADE = "B"


@dataclass(frozen=True)
class Without:
    """What the reports carry once some origins are taken out, because they erred or lied."""

    origins: tuple[str, ...]
    finding: Finds | None
    attribution: str
    leading: float
    """The mean probability of what is the likeliest hypothesis with all reports."""

    def changes(self, whole: Carried) -> bool:
        """Tell whether anything that a duty hangs on is another."""
        return (self.finding, self.attribution) != (whole.finding, whole.attribution)


@dataclass(frozen=True)
class Next:
    """What the reports would carry with one more, of a good source that nobody has heard yet."""

    about: str
    says: str
    finding: Finds | None
    attribution: str


def without_each(reports: Iterable[Report], *, weighing: Weighing) -> tuple[Without, ...]:
    """Return what each origin alone adds, the most telling first."""
    told = telling(reports)
    whole = weighing(told)
    leading = whole.posterior.leading
    before = whole.posterior.of((leading,)).mean
    found = [_without((origin,), told, leading, weighing) for origin in origins(told)]
    return tuple(sorted(found, key=lambda each: (not each.changes(whole), -abs(each.leading - before))))


def fewest_forgeries(reports: Iterable[Report], *, weighing: Weighing) -> tuple[tuple[str, ...], ...]:
    """Return the smallest sets of origins, one or two each, without which something else would be carried."""
    told = telling(reports)
    whole = weighing(told)
    leading = whole.posterior.leading
    for size in (1, 2):
        sets = combinations(origins(told), size)
        if found := tuple(each for each in sets if _without(each, told, leading, weighing).changes(whole)):
            return found
    return ()


def next_reports(reports: Iterable[Report], *, judgments: Judgments, weighing: Weighing) -> tuple[Next, ...]:
    """Return each single report, of grade B and a new origin, with which something else would be carried."""
    told = telling(reports)
    whole = weighing(told)
    return tuple(
        each
        for each in _possible(told, judgments, weighing)
        if (each.finding, each.attribution) != (whole.finding, whole.attribution)
    )


def _possible(told: tuple[Report, ...], judgments: Judgments, weighing: Weighing) -> Iterator[Next]:
    if not told:
        return
    for question in judgments.questions.values():
        for value in question.values:
            report = replace(told[0], id="next", about=question.id, says=value, grade=_NEXT_GRADE, origin="yet to come")
            result = weighing((*told, replace(report, corrects="")))
            yield Next(question.id, value, result.finding, result.attribution)


def _without(taken: tuple[str, ...], told: tuple[Report, ...], leading: str, weighing: Weighing) -> Without:
    left = weighing(tuple(report for report in told if report.origin not in taken))
    return Without(taken, left.finding, left.attribution, left.posterior.of((leading,)).mean)
