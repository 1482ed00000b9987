"""A brief of four arrangements: two sheets in every format, with all that a reader needs to judge it."""

import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from foedus.arrangement.dump import to_plain
from foedus.checks.coverage import coverage_of
from foedus.checks.examine import examine
from foedus.futures.parameters.load import default_parameters
from foedus.insight.comparison.compare import compare
from foedus.report.brief.page import brief_page
from foedus.report.comparison.answers.told import told_of
from foedus.report.page.page import Chart, Entry, Facts, LabelledFact, Page, Points, Section, all_charts
from foedus.report.page.provenance import provenance_of_outcomes
from foedus.report.page.writers.docx import write_docx
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.pdf import write_pdf
from tests.insight.specimens import TWELVE, made_up
from tests.report.specimens import BASELINE, arrangements, section

COMMAND = "foedus brief a b c d --futures 200 --seed 7"


@cache
def brief(*basis: str) -> Page:
    """Make a brief of four packaged texts with invented outcomes, one of them the baseline."""
    texts = dict(list(arrangements().items())[:4])
    assert BASELINE in texts
    ensemble = made_up(dict(zip(texts, TWELVE.values(), strict=False)))
    comparison = compare(ensemble, baseline=BASELINE)
    findings = {name: [each.as_finding() for each in examine(text).findings] for name, text in texts.items()}
    coverage = {name: coverage_of(text) for name, text in texts.items()}
    return brief_page(
        comparison,
        arrangements=texts,
        parameters=default_parameters().entries,
        provenance=provenance_of_outcomes(
            ensemble,
            command=COMMAND,
            arrangements={name: to_plain(text) for name, text in texts.items()},
            parameters_digest=default_parameters().digest,
            baseline=BASELINE,
            basis=basis,
        ),
        findings=findings,
        coverage=coverage,
        told=told_of(comparison, arrangements=texts, findings=findings, coverage=coverage, is_weighted=False),
    )


@cache
def pdf() -> bytes:
    return write_pdf(brief())


@cache
def docx() -> bytes:
    return write_docx(brief())


@cache
def words_of_pdf() -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf())).pages).split())


def test_four_arrangements_fit_on_two_sheets_of_a4() -> None:
    """The PDF has at most two sheets, each of A4."""
    sheets = PdfReader(io.BytesIO(pdf())).pages
    assert len(sheets) <= 2
    assert [round(float(x) / 72 * 25.4) for x in sheets[0].mediabox.upper_right] == [210, 297]


@pytest.mark.parametrize(
    "heading",
    ["The answer", "In figures", "Three assumptions that matter", "Against history", "Holes in the texts", "Sources"],
)
def test_what_a_decision_maker_asks_stands_in_every_format(heading: str) -> None:
    """Answer, figures, assumptions, history, holes and sources have a heading in HTML, PDF and DOCX."""
    paragraphs = [each.text for each in Document(io.BytesIO(docx())).paragraphs]
    assert heading in write_html(brief())
    assert heading in words_of_pdf()
    assert any(each.startswith(heading) for each in paragraphs)


def test_every_figure_says_by_which_command_and_digest() -> None:
    """Command and digest of the outcomes stand beside the figures, and the digest at the foot of every sheet."""
    provenance = brief().provenance
    assert provenance is not None
    digest = provenance.outcomes_digest[:12]
    assert COMMAND in words_of_pdf()
    assert all(digest in sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf())).pages)
    assert digest in write_html(brief())


def test_there_is_one_chart_and_three_assumptions() -> None:
    """One picture of outcomes, which every format can hold, and no more than three assumptions."""
    (chart,) = all_charts(brief())
    assert isinstance(chart, Chart)
    assert chart.png
    (points,) = [block for block in section("assumptions", of=brief()).blocks if isinstance(block, Points)]
    assert len(points.entries) == 3
    assert all("where it is low" in str(entry.text) for entry in points.entries)


def test_each_text_has_its_hole_with_its_mending() -> None:
    """The gravest fault of each text is told with what would mend it."""
    (points,) = [block for block in section("holes", of=brief()).blocks if isinstance(block, Points)]
    assert len(points.entries) == 4
    assert any("Mend: " in str(entry.text) for entry in points.entries)


def test_other_assumptions_than_those_that_ship_are_said_first() -> None:
    """Whoever reads figures made under ranges of somebody's own is told before the figures."""
    changed = "2 parameters differ from the default."
    (facts,) = [block for block in section("answer", of=brief(changed)).blocks if isinstance(block, Facts)]
    assert facts.facts[0].label == "Ranges"
    assert changed in str(facts.facts[0].paragraphs[0].words)
    assert "Ranges" not in {each.label for block in section("answer", of=brief()).blocks for each in _facts(block)}


def test_no_word_is_cut_in_two_at_the_end_of_a_line() -> None:
    """Wherever a label in bold ends, the word after it stands whole, on this line or on the next."""
    labels = ["a" * length for length in range(80, 112)]
    entries = tuple(
        Entry("Multinational forces", label=" ".join(label[i : i + 8] for i in range(0, len(label), 8)))
        for label in labels
    )
    page = Page(title="Lines", sections=(Section("Lines", (Points(entries),)),))
    told = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(write_pdf(page))).pages)
    assert told.count("Multinational") == len(labels)


def _facts(block: object) -> tuple[LabelledFact, ...]:
    return block.facts if isinstance(block, Facts) else ()


def test_no_symbol_of_a_parameter_stands_in_it() -> None:
    """Assumptions are told in words."""
    assert not any(f"({each.name})" in words_of_pdf() for each in default_parameters().entries)


def test_the_same_page_gives_the_same_bytes() -> None:
    """Neither PDF nor DOCX holds the hour at which it was made."""
    assert write_pdf(brief()) == pdf()
    assert write_docx(brief()) == docx()
    with zipfile.ZipFile(io.BytesIO(docx())) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_the_pdf_carries_its_fonts() -> None:
    """Serif, sans and what runs are named in are embedded, so that it reads the same everywhere."""
    embedded = pdf().count(b"/FontFile2")
    assert embedded >= 4
    assert b"/BaseFont /Helvetica" not in pdf()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_document(tmp_path: Path) -> None:
    """Converted by LibreOffice it is two sheets too, with the title on the first."""
    (tmp_path / "brief.docx").write_bytes(docx())
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "brief.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "brief.pdf").open("rb") as converted:
        sheets = PdfReader(converted).pages
        assert len(sheets) <= 2
        assert brief().title in sheets[0].extract_text()
