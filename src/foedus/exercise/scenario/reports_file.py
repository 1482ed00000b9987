"""Read a file of reports about one incident."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from foedus.arrangement.conditions import FACTS
from foedus.exercise.scenario.codes import ScenarioCode
from foedus.exercise.scenario.reading import Entries, checked, parsed
from foedus.mechanism.procedure.evidence.judgments import UNDETERMINED, Judgments
from foedus.mechanism.procedure.evidence.report import Report
from foedus.text.source import read_file


@dataclass(frozen=True)
class ReportsFile:
    """What is reported of one incident."""

    arrangement: str
    """Library name of the text for which it was written; empty where it fits any."""
    incident: str
    happened_at: datetime
    what: str
    prior: str
    facts: Mapping[str, bool]
    """Facts that are stated to hold or not, beside the plain case."""
    reports: tuple[Report, ...]


def load_reports(file: Path | Traversable, *, judgments: Judgments) -> ReportsFile:
    """Read reports from a file; raise `InvalidFile` with all findings, or ``OSError``."""
    return read_reports(read_file(file), file=str(file), judgments=judgments)


def read_reports(text: str, *, file: str, judgments: Judgments) -> ReportsFile:
    """Read reports from text; raise `InvalidFile` with all findings."""
    return checked(Entries.of(parsed(text, file=file)), lambda top: _reports(top, judgments))


def read_report(entries: Entries, judgments: Judgments, *, happened_at: datetime) -> Report:
    """Read one report."""
    about = entries.word("about", tuple(judgments.questions))
    question = judgments.questions[about]
    report = Report(
        id=entries.name("id"),
        about=about,
        says=entries.word("says", (*question.values, UNDETERMINED)),
        grade=entries.word("grade", tuple(judgments.grades)),
        origin=entries.name("origin"),
        seen_at=entries.time("seen_at", default=happened_at),
        by=entries.name("by", default=""),
        access=entries.words("access"),
        corrects=entries.name("corrects", default=""),
        place=entries.text("place", default=""),
        note=entries.text("note", default=""),
    )
    entries.done()
    return report


def _reports(top: Entries, judgments: Judgments) -> ReportsFile:
    top.number("reports_version", low=1, high=1)
    happened_at = top.time("happened_at")
    facts = _facts(top.inner("facts")) if top.has("facts") else {}
    reports = tuple(read_report(each, judgments, happened_at=happened_at) for each in top.each("reports"))
    _tell_repeated(top, reports)
    return ReportsFile(
        arrangement=top.text("arrangement", default=""),
        incident=top.name("incident"),
        happened_at=happened_at,
        what=top.text("what"),
        prior=top.word("prior", tuple(judgments.priors)),
        facts=facts,
        reports=reports,
    )


def _facts(entries: Entries) -> Mapping[str, bool]:
    facts = {name: entries.flag(name, default=True) for name in FACTS if name != "provoked" and entries.has(name)}
    entries.done()
    return facts


def _tell_repeated(top: Entries, reports: tuple[Report, ...]) -> None:
    seen: set[str] = set()
    for report in reports:
        if report.id in seen:
            message = f"the name {report.id!r} is used twice"
            top.tell("reports", ScenarioCode.REPEATED_NAME, message, "give each report a name of its own")
        if report.corrects and report.corrects not in seen:
            message = f"{report.id!r} corrects {report.corrects!r}, which is no earlier report"
            top.tell("reports", ScenarioCode.UNKNOWN_WORD, message, "name a report that stands before it")
        seen.add(report.id)
