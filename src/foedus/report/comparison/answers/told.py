"""What page one tells beside the comparison: history, people, why something is cheap, and what makes texts one game."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from foedus.arrangement.diff import HEAD, ClauseDifference, find_differences
from foedus.arrangement.record import Arrangement
from foedus.checks.coverage import Coverage
from foedus.errors import Finding, Severity
from foedus.facts.balance import year_of
from foedus.facts.capacity import find_overreach
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answers.history import Records, records_shown
from foedus.report.words.plain_words import forces_in_words
from foedus.values.quantity import Forces

_BLOCKS = "V"
"""Family of the checks on vetoes: what they find grave, somebody can stop alone."""
_NOT_OF_THE_GAME = (HEAD, "sources", "notes", "outcome", "disputes", "unknowns")


@dataclass(frozen=True)
class Told:
    """What is known of the texts that no future says."""

    records: Records = field(default_factory=dict)
    soldiers: Mapping[str, str] = field(default_factory=dict)
    """[arrangement] forces in place by the text; missing where it places none."""
    why_cheap: Mapping[str, str] = field(default_factory=dict)
    """[arrangement] why it costs little that it promises; missing where nothing speaks against it."""
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """[arrangement] by what a text differs from the one that stands for it in the comparison."""


def told_of(
    comparison: Comparison,
    *,
    arrangements: Mapping[str, Arrangement],
    findings: Mapping[str, Sequence[Finding]] | None,
    coverage: Mapping[str, Coverage],
    is_weighted: bool,
) -> Told:
    """Gather it; ``is_weighted`` says whether futures were weighted by history."""
    placed = {name: _soldiers(each) for name, each in arrangements.items()}
    reasons = {name: _why_cheap((findings or {}).get(name, ()), coverage.get(name)) for name in comparison.order}
    return Told(
        records=records_shown(is_weighted=is_weighted),
        soldiers={name: said for name, said in placed.items() if said},
        why_cheap={name: why for name, why in reasons.items() if why},
        apart={
            name: tuple(_places(find_differences(old=arrangements[group[0]], new=arrangements[name])))
            for group in comparison.same_games
            for name in group[1:]
        },
    )


def _soldiers(arrangement: Arrangement) -> str:
    counted = [each.forces for each in arrangement.deployments if isinstance(each.forces, Forces)]
    troops = [each for each in counted if each.unit == "troops"]
    if not troops:
        return "a number that the text does not tell" if arrangement.deployments else ""
    together = Forces(sum(each.low for each in troops), sum(each.high for each in troops), "troops")
    is_whole = len(troops) == len(arrangement.deployments)
    others = "" if is_whole else ", and others of unknown number"
    return f"{forces_in_words(together)}{others}{_beyond_means(arrangement)}"


def _beyond_means(arrangement: Arrangement) -> str:
    """Say so where a text places more than its senders have under arms; the game counts what they have."""
    at = year_of(arrangement)
    over = () if at is None else find_overreach(arrangement, at=at)
    return ", more than there are" if any(each.path[0] == "deployments" for each in over) else ""


def _why_cheap(findings: Sequence[Finding], coverage: Coverage | None) -> str:
    """Say by what little comes of a text: a veto first, else that it obliges nobody."""
    stops = (each for each in findings if each.code.startswith(_BLOCKS) and each.severity is Severity.ERROR)
    veto = next(stops, None)
    if veto is not None:
        return veto.message.removesuffix(".")
    return "under it nobody must do anything" if coverage is not None and coverage.share == 0 else ""


def _places(differences: Sequence[ClauseDifference]) -> Iterator[str]:
    for each in differences:
        clause, _, entry = each.clause.removesuffix("]").partition("[")
        if clause in _NOT_OF_THE_GAME:
            continue
        inner = entry or ", ".join(key.key for key in each.keys)
        yield (f"{clause} ({inner})" if inner else clause).replace("_", " ")
