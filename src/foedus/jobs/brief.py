"""A brief: two sheets on a comparison, as a web page, as PDF and for a word processor."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rich.console import Console

from foedus.jobs.asking.extras import ask_for, is_installed
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.compare import CompareRequest, CompareResult, compare_texts
from foedus.jobs.telling.showing import JobResult
from foedus.report.brief.page import brief_page
from foedus.report.page.inline import readable
from foedus.report.page.page import Page
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page

SLIDES = "brief.pptx"
"""The same as slides, an extra."""


class BriefFormat(StrEnum):
    """What a brief can be written as; the word is the end of the file's name."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


@dataclass(frozen=True, eq=False, repr=False)
class BriefResult(JobResult):
    """A brief and the comparison that it was made from."""

    compared: CompareResult
    page: Page
    has_slides: bool = False
    """Whether slides are among its files."""

    def print_on(self, console: Console) -> None:
        """Print it."""
        print_page(self.page, console=console, is_full=True)

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The brief in every format."""
        written = {f"brief.{kind}": brief_bytes(self.page, kind=kind) for kind in BriefFormat}
        return written | ({SLIDES: slides(self.page)} if self.has_slides else {})


def can_write_slides() -> bool:
    """Tell whether the extra for slides is installed."""
    return is_installed("slides")


def slides(page: Page) -> bytes:
    """Write a brief as slides; raise `WrongRequest` where the extra for it is not installed."""
    ask_for("slides", what="slides need")
    from foedus.report.page.writers.pptx import write_pptx

    return write_pptx(page)


def brief(compared: CompareResult, *, question: str = "") -> Page:
    """Return the brief of a comparison that was made; ``question`` stands in the place of the suggested one."""
    return brief_page(
        compared.comparison,
        arrangements=compared.arrangements,
        parameters=compared.run.parameters.entries,
        provenance=compared.provenance,
        findings=compared.findings,
        coverage=compared.coverage,
        told=compared.told,
        question=" ".join(readable(question).split()),
    )


def brief_bytes(page: Page, *, kind: BriefFormat) -> bytes:
    """Write a brief in one format; the same page gives the same bytes."""
    # What writes PDF and DOCX takes longer to load than most commands to run.
    from foedus.report.page.writers.docx import write_docx
    from foedus.report.page.writers.pdf import write_pdf

    match kind:
        case BriefFormat.HTML:
            return write_html(page).encode()
        case BriefFormat.PDF:
            return write_pdf(page)
        case BriefFormat.DOCX:
            return write_docx(page)


def brief_on_texts(
    request: CompareRequest, *, question: str = "", has_slides: bool = False, tell: Tell = silent
) -> BriefResult:
    """Compare texts and put what came of it onto two sheets; raises as `compare_texts` does.

    Raises `WrongRequest` before the work where slides are asked for and cannot be written.
    """
    if has_slides:
        ask_for("slides", what="slides need")
    compared = compare_texts(request, tell=tell)
    return BriefResult(compared, brief(compared, question=question), has_slides=has_slides)
