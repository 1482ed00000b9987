"""The holes in the texts that are compared: how many of each level, and each with its clause and its incident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from foedus.checks.registry import CHECKS
from foedus.errors import Finding, Severity
from foedus.report.comparison.clause_matrix import clause_anchor
from foedus.report.page.tables import Column, Table


@dataclass(frozen=True)
class Hole:
    """One hole as the page tells it."""

    code: str
    """The check that found it, such as ``V01``."""
    title: str
    """The name of that check; empty where a finding is not of a check."""
    severity: str
    message: str
    clause: str
    """Path of the clause it stands in, such as ``trigger.blocked_by``."""
    place: str
    """File and line; empty where the text did not come from a file."""
    anchor: str
    """Row of the clause tables in which that clause is read; empty where it is in none."""
    incident: str
    """The world in which it shows, as a typed row; empty where it is read off the text."""
    mend: str


@dataclass(frozen=True)
class HolesOf:
    """All holes of one arrangement, the worst first."""

    label: str
    anchor: str
    summary: str
    """How many of each level, in words."""
    holes: tuple[Hole, ...]


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


def holes_of(
    findings: Mapping[str, Sequence[Finding]], *, order: Sequence[str], labels: Mapping[str, str]
) -> tuple[HolesOf, ...]:
    """Tell the holes of each arrangement that has some, in the order of the page."""
    return tuple(
        HolesOf(
            label=labels[name],
            anchor=holes_anchor(name),
            summary=_in_words(hole_counts(findings[name])),
            holes=tuple(_hole(finding, arrangement=name) for finding in _worst_first(findings[name])),
        )
        for name in order
        if findings.get(name)
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


def _worst_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))


def _hole(finding: Finding, *, arrangement: str) -> Hole:
    check = CHECKS.get(finding.code)
    return Hole(
        code=finding.code,
        title=check.title if check else "",
        severity=finding.severity.value,
        message=finding.message,
        clause=finding.path or "the text as a whole",
        place=f"{PurePath(finding.file).name}, line {finding.line}" if finding.line else "",
        anchor=clause_anchor(finding.path, arrangement=arrangement),
        incident=finding.incident,
        mend=finding.mend,
    )
