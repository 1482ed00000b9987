"""Questions that take minutes, each with its answer as the site shows it: the job's own page, and the job's files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from foedus.futures.ensemble import Ensemble
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.assumptions.failing import FailingRequest, failing_solved
from foedus.jobs.assumptions.sensitivity import SensitivityRequest, find_sensitivity
from foedus.jobs.assumptions.sweep import SweepRequest, sweep_parameter
from foedus.jobs.design import DesignRequest, search_designs
from foedus.jobs.explorer.pieces import joined
from foedus.report.page.inline import readable
from foedus.report.page.made import MADE, sections_of
from foedus.report.page.page import Folded, Page, Paragraph, Section
from foedus.report.page.writers.html import write_html, write_sections

_REPORT = "report.html"


@dataclass(frozen=True)
class AnsweredQuestion:
    """What came of a question."""

    title: str
    subtitle: str
    html: str
    """Sections with their headings, charts and tables."""
    files: Mapping[str, bytes]
    """By name: the answer as a page of its own, the records for programs."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """[file] what is changed in a text that was found, for those that can be opened on the workbench."""


@dataclass(frozen=True)
class SweepQuestion:
    """What an outcome does as one assumption moves."""

    request: SweepRequest
    outcome: str


def answer_what_matters(request: SensitivityRequest, *, tell: Tell = silent) -> AnsweredQuestion:
    """Say which assumptions move an outcome of a text, or the difference that two texts make."""
    result = find_sensitivity(request, tell=tell)
    return answered(result.page, result.contents)


def answer_sweep(question: SweepQuestion, *, tell: Tell = silent) -> AnsweredQuestion:
    """Say what an outcome does as one assumption moves."""
    result = sweep_parameter(question.request, tell=tell)
    page = result.page(question.outcome)
    return answered(page, {_REPORT: write_html(page).encode(), "sweep.csv": result.csv(question.outcome)})


def answer_design(request: DesignRequest, *, tell: Tell = silent) -> AnsweredQuestion:
    """Search for better designs from a text; each that is found can be opened on the workbench."""
    result = search_designs(request, tell=tell)
    changes = {
        f"{point.id}.yaml": "; ".join(f"{lever}: {word}" for lever, word in point.changes.items()) or "nothing"
        for point in result.front.points
    }
    return answered(result.page, result.contents, texts=changes)


def answer_failing(request: FailingRequest, pieces: Sequence[Ensemble]) -> AnsweredQuestion:
    """Say in which futures a text fails, from its solved pieces."""
    result = failing_solved(request, joined({"text": pieces}, run=request.run))
    return answered(result.page, result.contents)


def _folded(section: Section) -> Section:
    """Fold away of how an answer was made what is for programs and for whoever makes it again."""
    if section.name != MADE:
        return section
    said = tuple(block for block in section.blocks if isinstance(block, Paragraph))
    rest = tuple(block for block in section.blocks if not isinstance(block, Paragraph))
    return replace(section, blocks=(*said, Folded("Command, settings, versions and digests", rest)))


def answered(
    page: Page,
    files: Mapping[str, bytes],
    *,
    sections: Sequence[Section] | None = None,
    texts: Mapping[str, str] | None = None,
) -> AnsweredQuestion:
    """Return a page as an answer; ``sections`` where not all of it is to be shown."""
    shown: list[Any] = [_folded(each) for each in (sections_of(page) if sections is None else sections)]
    return AnsweredQuestion(
        readable(page.title), readable(page.subtitle), write_sections(shown), dict(files), texts=texts or {}
    )
