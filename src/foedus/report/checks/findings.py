"""What the checks found, as text for a terminal, as JSON, and as SARIF for code hosts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from foedus.checks.carriers import PROOFS, RESTING
from foedus.checks.finding import Check, CheckFinding, ClausePosition, Examination
from foedus.checks.registry import CHECKS
from foedus.errors import FindingKind, Severity
from foedus.values.names import listed, sentence

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
WIDTH = 100
"""Characters in a line where nobody says how wide the terminal is."""
_QUOTED = 3
"""Lines of the file that are quoted below a finding."""
_REASONS = 6


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
    examination: Examination,
    *,
    lines: Sequence[str],
    is_passed: bool = False,
    unread: Unread | None = None,
    width: int = WIDTH,
) -> list[Line]:
    """Write everything the checks have to say of a file; ``lines`` is the file, ``width`` that of the terminal."""
    found = [line for each in examination.findings for line in _finding_lines(each, lines=lines, width=width)]
    not_read = _unread_lines(unread, width=width) if unread else ()
    passed = _passed_lines(examination) if is_passed else ()
    return [*found, *_footer(examination, width=width), *not_read, *passed]


def as_sarif(examinations: Sequence[Examination], *, version: str) -> dict[str, Any]:
    """Return a SARIF 2.1.0 log, which code hosts show beside the lines."""
    results = [_sarif_result(finding) for each in examinations for finding in each.findings]
    driver = {"name": "foedus check", "version": version, "rules": [_sarif_rule(check) for check in CHECKS.values()]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _finding_lines(finding: CheckFinding, *, lines: Sequence[str], width: int) -> list[Line]:
    """Write a finding as a drafter reads it: where and what, the clauses, the incident, what follows, the remedy."""
    place = finding.position
    where = f"{_short(place.file)}:{place.line}: " if place.file else ""
    style = "quote" if finding.cannot_tell or finding.accepted else str(finding.severity)
    head = f"{where}{_word(finding)} [{finding.id} {finding.title}]"
    shown = [Line(text, style) for text in _wrapped(head, width=max(width, len(where)), further="  ")]
    shown += [Line(text) for text in _wrapped(finding.message, width=width, first="  ", further="  ")]
    shown += _quotes(finding.clauses, lines=lines, width=width)
    happened = finding.incident
    if happened.rstrip(".").lower() not in finding.message.lower():  # else the message begins with it
        shown += _told("incident", happened, width=width)
    for number, reason in enumerate(finding.why[:_REASONS]):
        shown += _told("" if number else "the rules say" if finding.world else "reckoning", reason, width=width)
    if more := len(finding.why) - _REASONS:
        shown += _told("", f"and {more} more", width=width) if more > 0 else []
    if finding.accepted:
        shown += _told("accepted", finding.accepted, width=width)
    return [*shown, *_told("remedy", sentence(finding.mend), width=width), Line("")]


def _word(finding: CheckFinding) -> str:
    if finding.accepted:
        return "accepted"
    if finding.cannot_tell:
        return "cannot tell"
    return f"left open, {finding.severity}" if finding.kind is FindingKind.OPEN else str(finding.severity)


def _short(file: str) -> str:
    """Return a path as seen from here, where it lies below."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else file


def _told(label: str, text: str, *, width: int) -> list[Line]:
    head = f"  {label + ':' if label else '':<15}"
    return [Line(line) for line in _wrapped(text, width=max(width, 40), first=head, further=" " * len(head))]


def _wrapped(text: str, *, width: int, first: str = "", further: str = "") -> list[str]:
    """Break text into lines between words; a key of the language or a path stays whole."""
    return wrap(
        text, width, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


def _quotes(clauses: Sequence[ClausePosition], *, lines: Sequence[str], width: int) -> Iterator[Line]:
    """Quote each line of the file that a finding stands in, once."""
    numbers = list(dict.fromkeys(clause.line for clause in clauses if 1 <= clause.line <= len(lines)))
    for number in numbers[:_QUOTED]:
        text = "".join(char if char.isprintable() else " " for char in lines[number - 1]).rstrip()
        room = max(20, width - 9)
        yield Line(f"  {number:4d} | {text if len(text) <= room else text[: room - 1] + '…'}", "quote")
    more = len(numbers) - _QUOTED
    if more > 0:
        yield Line(f"       | and {more} more {'clause' if more == 1 else 'clauses'}", "quote")


def _footer(examination: Examination, *, width: int) -> list[Line]:
    """Sum up: what the text covers, the faults, what could not be told, what was searched and what is not modelled."""
    told = [
        *_told_coverage(examination),
        _counted(examination),
        f"Checks that found nothing: {', '.join(examination.passed) or 'none'}.",
        *([f"Nothing to look at for: {', '.join(gone)}."] if (gone := examination.without_subject) else []),
        f"Searched: {examination.searched}.",
        f"Not modelled: {'; '.join(examination.not_modelled)}.",
    ]
    shown = [Line(f"{examination.arrangement}")]
    for text in told:
        shown += [Line(line) for line in _wrapped(text, width=width, first="  ", further="    ")]
    if examination.unreplayed:
        kept = f"{', '.join(examination.unreplayed)}: cannot tell, since the rules did not confirm what was found."
        shown += [Line(line, "warning") for line in _wrapped(kept, width=width, first="  ", further="    ")]
    return shown


def _told_coverage(examination: Examination) -> list[str]:
    coverage = examination.coverage
    if coverage is None:
        return []
    tiers = ", ".join(f"at least {tier} in {count}" for tier, count in coverage.owed.items())
    carriers = examination.passed.get("G01", ())
    by = f"; every hostile act is covered by {listed(each.path for each in carriers)}" if carriers else ""
    return [f"Somebody must help in {coverage.share:.0%} of the same {coverage.incidents} incidents ({tiers}){by}."]


def _counted(examination: Examination) -> str:
    sure = [each for each in examination.findings if not each.cannot_tell and not each.accepted]
    faults = [each for each in sure if each.kind is FindingKind.FAULT]
    levels = [(sum(each.severity is level for each in faults), level) for level in Severity]
    words = {Severity.ERROR: "grave", Severity.WARNING: "to look at", Severity.INFORMATION: "for information"}
    detail = ", ".join(f"{count} {words[level]}" for count, level in levels if count)
    unsure = sum(each.cannot_tell for each in examination.findings)
    accepted = sum(bool(each.accepted) for each in examination.findings)
    noun = "fault" if len(faults) == 1 else "faults"
    parts = [
        f"{len(faults)} {noun} in the drafting" + (f" ({detail})" if detail else ""),
        f"{len(sure) - len(faults)} left open",
        *([f"{unsure} that cannot be told"] if unsure else []),
        *([f"{accepted} accepted"] if accepted else []),
    ]
    return sentence(listed(parts))


def _unread_lines(unread: Unread, *, width: int) -> list[Line]:
    told = (
        f"Read by no check and by no number of the game: {', '.join(unread.by_any) or 'nothing it states'}.",
        f"Read by the checks, but by no number of the game: {_rest(unread) or 'nothing else it states'}.",
    )
    return [Line(line) for text in told for line in _wrapped(text, width=width, first="  ", further="    ")]


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
    told: dict[str, Any] = {
        "ruleId": finding.id,
        "level": "none" if finding.cannot_tell else _LEVELS[finding.severity],
        "kind": "open" if finding.cannot_tell else "fail",
        "message": {"text": finding.message + mend},
        "locations": [_sarif_location(clause) for clause in finding.clauses[:1]],
        "relatedLocations": [_sarif_location(clause) for clause in finding.clauses[1:]],
        "properties": {
            "world": finding.world.row() if finding.world else None,
            "why": list(finding.why),
            "about": str(finding.kind),
        },
    }
    if finding.accepted:
        told["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return told


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
