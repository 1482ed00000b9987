"""The holes in the texts that are compared: how many of each level, and each with its clause and its incident."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from foedus.checks.registry import CHECKS
from foedus.errors import Finding, Severity
from foedus.report.comparison.clause_matrix import clause_anchor
from foedus.report.page.inline import CodeSpan, Inline, Link
from foedus.report.page.page import Emphasis, Facts, Folded, LabelledFact, Paragraph, Section
from foedus.report.page.table import Column, Table

_WHAT_WAS_LOOKED_FOR = (
    "Each text was read before it was solved: is there an act that obliges nobody, a vote that one party can stop, a "
    "deadline that comes too late? Below is each hole with the clause it stands in and the incident that slips "
    "through; the rules of the text were replayed on every incident."
)


def hole_counts(findings: Sequence[Finding]) -> dict[Severity, int]:
    """Count findings by level."""
    return {level: sum(each.severity is level for each in findings) for level in Severity}


def holes_table(findings: Mapping[str, Sequence[Finding]], *, order: Sequence[str], labels: Mapping[str, str]) -> Table:
    """Tabulate how many holes of each level the checks found, and which checks found the grave ones."""
    return Table(
        caption="Findings of the checks",
        columns=(
            Column("Arrangement", is_number=False),
            *(Column(level.capitalize()) for level in Severity),
            Column("Checks that found an error", is_number=False),
        ),
        rows=tuple(_count_row(labels[name], findings.get(name, ())) for name in order),
        row_links=tuple(f"#{holes_anchor(name)}" if findings.get(name) else "" for name in order),
        note="What could not be told counts as information. No finding does not mean safe: a check says what it "
        "searched and what it does not model.",
    )


def holes_section(
    findings: Mapping[str, Sequence[Finding]], *, order: Sequence[str], labels: Mapping[str, str]
) -> Section:
    """Tell the holes of each arrangement, the worst first, each with its clause and its incident."""
    return Section(
        "Holes in the texts",
        (
            Paragraph(_WHAT_WAS_LOOKED_FOR),
            holes_table(findings, order=order, labels=labels),
            *(_holes_of(name, findings[name], label=labels[name]) for name in order if findings.get(name)),
        ),
        name="holes",
    )


def holes_anchor(arrangement: str) -> str:
    """Return the place of an arrangement's holes on the page."""
    return f"holes-{arrangement}"


def _count_row(label: str, findings: Sequence[Finding]) -> tuple[str, ...]:
    counts = hole_counts(findings)
    grave = dict.fromkeys(each.code for each in findings if each.severity is Severity.ERROR)
    return (label, *(str(counts[level]) for level in Severity), ", ".join(grave) or "none")


def _in_words(counts: Mapping[Severity, int]) -> str:
    words = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFORMATION: "for information"}
    one = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "for information"}
    said = [f"{count} {(one if count == 1 else words)[level]}" for level, count in counts.items() if count]
    return ", ".join(said)


def _holes_of(name: str, findings: Sequence[Finding], /, *, label: str) -> Folded:
    ordered = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
    facts = tuple(_hole(finding, arrangement=name) for finding in ordered)
    return Folded(f"{label}: {_in_words(hole_counts(findings))}", (Facts(facts),), name=holes_anchor(name))


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
        beside=finding.severity.value,
        level=finding.severity.value,
    )


def _clause(path: str, *, arrangement: str) -> tuple[Inline, ...]:
    """Name a clause, with a link to the row of the clause tables that reads it, where one does."""
    if not path:
        return ("the text as a whole",)
    place = clause_anchor(path, arrangement=arrangement)
    return (Link(path, f"#{place}"),) if place else (CodeSpan(path),)
