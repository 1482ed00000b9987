"""One incident as somebody types its reports: what they carry, what would change it, who owes what by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.exercise.determination.determine import IncidentDetermination
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.jobs.asking.texts import Given
from foedus.jobs.procedure.determine import DetermineRequest, determine_incident, samples
from foedus.mechanism.procedure.evidence.judgments import UNDETERMINED
from foedus.report.arrangement.show import party_names
from foedus.report.determination.page import determination_lines, finding_words
from foedus.report.determination.prose import likelihood
from foedus.values.names import capital


@dataclass(frozen=True)
class SampleIncident:
    """Reports that ship, to begin with."""

    name: str
    words: str
    text: str


@dataclass(frozen=True)
class SeenAccount:
    """One account of what happened, and how likely the reports make it."""

    words: str
    mean: float
    low: float
    high: float
    said: str


@dataclass(frozen=True)
class TypedFinding:
    """What typed reports carry."""

    finding: str
    """In one line."""
    accounts: tuple[SeenAccount, ...]
    """The likeliest first."""
    lines: tuple[str, ...]
    """All there is to say, to be read aloud."""


@dataclass(frozen=True)
class ReportChoices:
    """What a report may say, and how far its source may be trusted."""

    questions: Mapping[str, Mapping[str, str]]
    """[what is asked][about and what it says, with a colon between] the answer in words."""
    grades: Mapping[str, str]
    """[grade] how often such a source tells the true value."""


def sample_incidents() -> tuple[SampleIncident, ...]:
    """Return the reports that ship."""
    return tuple(_sample(path) for path in samples())


def report_choices() -> ReportChoices:
    """Return what reports may say, by the judgments that ship."""
    judgments = default_judgments()
    questions = {
        capital(each.words): {
            f"{each.id}:{value}": words
            for value, words in (*each.values.items(), (UNDETERMINED, "looked at, and could not be told"))
        }
        for each in judgments.questions.values()
    }
    grades = {
        grade: f"right in {100 * low:.0f} to {100 * high:.0f} of 100" for grade, (low, high) in judgments.grades.items()
    }
    return ReportChoices(questions, grades)


def determine_typed(arrangement: Given, reports: str) -> TypedFinding:
    """Say what typed reports carry under a text; raises as `determine_incident` does."""
    found = determine_incident(DetermineRequest(arrangement, reports)).found
    return TypedFinding(
        finding=f"They carry: {finding_words(found.carried.finding)}.",
        accounts=_accounts(found),
        lines=tuple(determination_lines(found, names=party_names(found.arrangement))),
    )


def _accounts(found: IncidentDetermination) -> tuple[SeenAccount, ...]:
    bands = found.carried.posterior.bands
    seen = [
        SeenAccount(each.words, band.mean, band.low, band.high, likelihood(band))
        for each in found.judgments.hypotheses
        for band in (bands[each.id],)
    ]
    return tuple(sorted(seen, key=lambda each: -each.mean))


def _sample(path: Path) -> SampleIncident:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ").split(". ")[0]
    return SampleIncident(f"{path.parent.name}/{path.stem}", title, text)
