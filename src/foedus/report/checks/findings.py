"""What the checks found, as text for a terminal, as JSON, and as SARIF for code hosts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len

from foedus.checks.carriers import PROOFS, RESTING
from foedus.checks.finding import Check, CheckFinding, ClausePosition, Examination
from foedus.checks.registry import CHECKS
from foedus.checks.words import row_in_words
from foedus.errors import Severity

_LONGEST = 140
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


@dataclass(frozen=True)
class Line:
    """A line of text and how it is meant: ``error``, ``warning``, ``information``, ``quote``, ``mark`` or plain."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Unread:
    """Places of a text that change no number of the game, and of these the ones that no check looks at either."""

    by_game: Sequence[str]
    by_any: Sequence[str]


def examination_lines(
    examination: Examination, *, lines: Sequence[str], is_passed: bool = False, unread: Unread | None = None
) -> list[Line]:
    """Write everything the checks have to say of a file; ``lines`` is the file."""
    found = [line for finding in examination.findings for line in _finding_lines(finding, lines=lines)]
    not_read = _unread_lines(unread) if unread else ()
    return [*found, *_footer(examination), *not_read, *(_passed_lines(examination) if is_passed else ())]


def as_sarif(examinations: Sequence[Examination], *, version: str) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log, which code hosts show beside the lines."""
    results = [_sarif_result(finding) for each in examinations for finding in each.findings]
    driver = {"name": "foedus check", "version": version, "rules": [_sarif_rule(check) for check in CHECKS.values()]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _finding_lines(finding: CheckFinding, *, lines: Sequence[str]) -> list[Line]:
    place = finding.position
    where = f"{place.file}:{place.line}:{place.column}: " if place.file else ""
    word = "cannot tell" if finding.cannot_tell else str(finding.severity)
    style = "quote" if finding.cannot_tell else str(finding.severity)
    shown = [Line(f"{where}{word} [{finding.id} {finding.title}]: {finding.message}", style)]
    for clause in finding.clauses[:3]:
        shown += _quoted(clause, lines=lines)
    if len(finding.clauses) > 3:
        shown.append(Line(f"      | and {len(finding.clauses) - 3} more clauses", "quote"))
    if finding.world is not None:
        shown.append(Line(f"  world: {row_in_words(finding.world.row())}"))
    shown += [Line(f"  {'why:  ' if i == 0 else '      '} {reason}") for i, reason in enumerate(finding.why[:6])]
    if len(finding.why) > 6:
        shown.append(Line(f"         and {len(finding.why) - 6} more"))
    return [*shown, Line(f"  mend:  {finding.mend}"), Line("")]


def _quoted(clause: ClausePosition, *, lines: Sequence[str]) -> list[Line]:
    if not 1 <= clause.line <= len(lines):
        return []
    line = "".join(char if char.isprintable() else " " for char in lines[clause.line - 1])
    start = max(clause.column, 1) - 1
    marked = line[start:_LONGEST].rstrip()
    number = f"{clause.line:5d} | "
    return [
        Line(f"{number}{line[:_LONGEST]}".rstrip(), "quote"),
        Line(f"{' ' * (len(number) - 2)}| {' ' * cell_len(line[:start])}{'^' * max(1, cell_len(marked))}", "mark"),
    ]


def _footer(examination: Examination) -> list[Line]:
    counts = [
        f"{sum(1 for each in examination.findings if each.severity is severity and not each.cannot_tell)} {severity}"
        for severity in Severity
    ]
    unsure = sum(each.cannot_tell for each in examination.findings)
    lines = [
        Line(f"{examination.arrangement}: {', '.join(counts)}, {unsure} cannot tell"),
        Line(f"  found nothing: {', '.join(examination.passed) or 'no check'}"),
        Line(f"  nothing to look at: {', '.join(examination.without_subject) or 'for no check'}"),
        Line(f"  searched: {examination.searched}"),
        Line("  not modelled: " + "; ".join(examination.not_modelled)),
    ]
    carriers = examination.passed.get("G01", ())
    if carriers:
        lines.insert(2, Line(f"  every hostile act is covered by {', '.join(each.path for each in carriers)}"))
    if examination.unreplayed:
        kept = ", ".join(examination.unreplayed)
        lines.append(
            Line(f"  kept back: {kept} (the rules did not confirm it; this is a mistake of foedus)", "warning")
        )
    return lines


def _unread_lines(unread: Unread) -> list[Line]:
    return [
        Line(f"  read by no check and by no number of the game: {', '.join(unread.by_any) or 'nothing it states'}"),
        Line(f"  read by the checks, but by no number of the game: {_rest(unread) or 'nothing else it states'}"),
    ]


def _rest(unread: Unread) -> str:
    return ", ".join(path for path in unread.by_game if path not in set(unread.by_any))


def _passed_lines(examination: Examination) -> list[Line]:
    """Say of each check that found nothing which parts of the text carry that."""
    read_off = [name for name in examination.passed if name not in {"G01", *PROOFS, *RESTING}]
    return [
        *(
            Line(f"  {name} {_carried(name, places)}")
            for name, places in examination.passed.items()
            if name not in read_off
        ),
        Line(f"  read off the text as a whole: {', '.join(read_off) or 'no check'}"),
    ]


def _carried(name: str, places: Sequence[ClausePosition]) -> str:
    where = [f"{each.path}{f' (line {each.line})' if each.line else ''}" for each in places]
    if name in RESTING:
        return f"would find a hole without {', or without '.join(where)}" if where else "rests on no single part"
    return f"is carried by {', '.join(where) or 'nothing'}{'; none of these can go' if where[1:] else ''}"


def _sarif_result(finding: CheckFinding) -> dict[str, Any]:
    mend = f" Mend: {finding.mend}."
    return {
        "ruleId": finding.id,
        "level": "none" if finding.cannot_tell else _LEVELS[finding.severity],
        "kind": "open" if finding.cannot_tell else "fail",
        "message": {"text": finding.message + mend},
        "locations": [_sarif_location(clause) for clause in finding.clauses[:1]],
        "relatedLocations": [_sarif_location(clause) for clause in finding.clauses[1:]],
        "properties": {"world": finding.world.row() if finding.world else None, "why": list(finding.why)},
    }


def _sarif_location(clause: ClausePosition) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": clause.file},
            "region": {"startLine": max(1, clause.line), "startColumn": max(1, clause.column)},
        },
        "logicalLocations": [{"fullyQualifiedName": clause.path}],
    }


def _sarif_rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": check.title,
        "shortDescription": {"text": check.promise},
        "help": {"text": f"Decided by: {check.how}. Mend: {check.mend}."},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }
