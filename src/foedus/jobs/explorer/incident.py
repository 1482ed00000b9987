"""One incident as somebody types its reports: what they carry, what would change it, who owes what by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.jobs.asking.texts import Given
from foedus.jobs.procedure.determine import DetermineRequest, determine_incident, samples
from foedus.report.arrangement.show import party_names
from foedus.report.determination.page import determination_lines


@dataclass(frozen=True)
class SampleIncident:
    """Reports that ship, to begin with."""

    name: str
    words: str
    text: str


def sample_incidents() -> tuple[SampleIncident, ...]:
    """Return the reports that ship."""
    return tuple(_sample(path) for path in samples())


def determine_typed(arrangement: Given, reports: str) -> Sequence[str]:
    """Say in lines what typed reports carry under a text; raises as `determine_incident` does."""
    found = determine_incident(DetermineRequest(arrangement, reports)).found
    return determination_lines(found, names=party_names(found.arrangement))


def _sample(path: Path) -> SampleIncident:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ").split(". ")[0]
    return SampleIncident(f"{path.parent.name}/{path.stem}", title, text)
