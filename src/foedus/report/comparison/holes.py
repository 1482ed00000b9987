"""What the texts that are compared cover, and their holes: how many, and each with its clause and its incident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from foedus.checks.coverage import Coverage
from foedus.checks.registry import CHECKS
from foedus.errors import Finding, FindingKind, Severity
from foedus.report.comparison.clause_matrix import clause_anchor
from foedus.report.page.inline import CodeSpan, Inline, Link
from foedus.report.page.page import Emphasis, Entry, Facts, Folded, LabelledFact, Paragraph, Points, Section
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import percent, plural

_WHAT_WAS_LOOKED_FOR = (
    "Each text was read before it was solved: is there an act that obliges nobody, a vote that one party can stop, a "
    "deadline that comes too late? Below is each hole with the clause it stands in and the incident that slips "
    "through; the rules of the text were replayed on every incident."
)


@dataclass(frozen=True)
class Counted:
    """How many findings of each sort there are; an empty text has no faults, and covers nothing."""

    grave: int
    """Faults in the drafting of level error."""
    other: int
    """Other faults, those that could not be told among them."""
    left_open: int
    """What the text leaves open, which may be meant."""


def counted(findings: Sequence[Finding]) -> Counted:
    """Count findings by what they are about."""
    faults = [each for each in findings if each.kind is FindingKind.FAULT]
    grave = sum(each.severity is Severity.ERROR for each in faults)
    return Counted(grave, len(faults) - grave, len(findings) - len(faults))


def covered_cell(coverage: Coverage | None) -> str:
    """Write the share of incidents in which somebody must help; a dash where it was not asked."""
    return percent(coverage.share) if coverage else "–"


def holes_table(
    findings: Mapping[str, Sequence[Finding]],
    *,
    coverage: Mapping[str, Coverage],
    order: Sequence[str],
    labels: Mapping[str, str],
) -> Table:
    """Tabulate what each text covers, how many findings there are, and which checks found the grave faults."""
    incidents = max((each.incidents for each in coverage.values()), default=0)
    return Table(
        caption="What the texts cover, and what the checks find in them",
        columns=(
            Column("Arrangement", is_number=False),
            Column("Somebody must help", unit=f"of the same {incidents} incidents" if incidents else ""),
            Column("Grave faults"),
            Column("Other faults"),
            Column("Left open"),
            Column("Checks that found a grave fault", is_number=False),
        ),
        rows=tuple(_count_row(labels[name], findings.get(name, ()), coverage.get(name)) for name in order),
        row_links=tuple(f"#{holes_anchor(name)}" if findings.get(name) else "" for name in order),
        note="A text that says little has few faults and covers little: read both. What could not be told counts among "
        "the other faults. No finding does not mean safe: a check says what it searched and what it does not model.",
    )


def holes_section(
    findings: Mapping[str, Sequence[Finding]],
    *,
    coverage: Mapping[str, Coverage],
    order: Sequence[str],
    labels: Mapping[str, str],
) -> Section:
    """Tabulate what each text covers and its holes, and tell the worst of each with what would mend it."""
    worst = tuple(
        Entry(f"{grave[0].message} Mending: {grave[0].mend}.", label=labels[name])
        for name in order
        if (grave := [each for each in findings.get(name, ()) if _is_grave(each)])
    )
    return Section(
        "Holes in the texts",
        (
            holes_table(findings, coverage=coverage, order=order, labels=labels),
            *((Paragraph("The gravest fault of each:"), Points(worst)) if worst else ()),
        ),
        name="holes",
    )


def holes_in_full(
    findings: Mapping[str, Sequence[Finding]], *, order: Sequence[str], labels: Mapping[str, str]
) -> Section:
    """Tell the holes of each arrangement, the worst first, each with its clause and its incident."""
    return Section(
        "Every hole, with its clause and its incident",
        (
            Paragraph(_WHAT_WAS_LOOKED_FOR),
            *(_holes_of(name, findings[name], label=labels[name]) for name in order if findings.get(name)),
        ),
        name="holes-in-full",
    )


def holes_anchor(arrangement: str) -> str:
    """Return the place of an arrangement's holes on the page."""
    return f"holes-{arrangement}"


def _count_row(label: str, findings: Sequence[Finding], coverage: Coverage | None) -> tuple[str, ...]:
    count = counted(findings)
    grave = dict.fromkeys(each.code for each in findings if _is_grave(each))
    numbers = (count.grave, count.other, count.left_open)
    return (label, covered_cell(coverage), *map(str, numbers), ", ".join(grave) or "none")


def _is_grave(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.kind is FindingKind.FAULT


def _in_words(count: Counted) -> str:
    said = [
        *([plural(count.grave, "grave faults")] if count.grave else []),
        *([plural(count.other, "other faults")] if count.other else []),
        *([f"{count.left_open} left open"] if count.left_open else []),
    ]
    return ", ".join(said)


def _holes_of(name: str, findings: Sequence[Finding], /, *, label: str) -> Folded:
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    facts = tuple(_hole(finding, arrangement=name) for finding in ordered)
    return Folded(f"{label}: {_in_words(counted(findings))}", (Facts(facts),), name=holes_anchor(name))


def _hole(finding: Finding, *, arrangement: str) -> LabelledFact:
    """Tell a hole: what is wrong, the incident that slips through, and the clause with what would mend it."""
    check = CHECKS.get(finding.code)
    title = f"{check.title[:1].upper()}{check.title[1:]}. " if check else ""
    place = f", {PurePath(finding.file).name}, line {finding.line}" if finding.line else ""
    incident = (Paragraph(f"Incident: {finding.incident}", Emphasis.SMALL),) if finding.incident else ()
    where = (f"{title}Clause: ", *_clause(finding.path, arrangement=arrangement), f"{place}. Mending: {finding.mend}.")
    return LabelledFact(
        finding.code,
        (Paragraph(finding.message), *incident, Paragraph(where, Emphasis.SMALL)),
        beside=f"left open, {finding.severity}" if finding.kind is FindingKind.OPEN else finding.severity.value,
        level=finding.severity.value,
    )


def _clause(path: str, *, arrangement: str) -> tuple[Inline, ...]:
    """Name a clause, with a link to the row of the clause tables that reads it, where one does."""
    if not path:
        return ("the text as a whole",)
    place = clause_anchor(path, arrangement=arrangement)
    return (Link(path, f"#{place}"),) if place else (CodeSpan(path),)
