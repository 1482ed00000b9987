"""The brief as slides: everything that two sheets say, and LibreOffice opens them."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from foedus.report.page.page import Emphasis, Page, Paragraph, Section
from tests.report.test_brief import brief

pptx = pytest.importorskip("pptx", reason="slides are an extra: pip install 'foedus[slides]'")
from foedus.report.page.writers.pptx import write_pptx  # noqa: E402 (only where the extra is installed)


def _said(content: bytes) -> list[str]:
    deck = pptx.Presentation(io.BytesIO(content))
    return ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in deck.slides]


def test_each_section_is_on_a_slide() -> None:
    """The question first, then every heading of the brief; the same page gives the same bytes."""
    content = write_pptx(brief())
    said = _said(content)
    assert brief().title in said[0]
    for section in brief().sections:
        assert any(section.heading in slide or section.heading == "In figures" for slide in said), section.heading
    assert content == write_pptx(brief())


def test_what_is_long_goes_on_on_the_next_slide() -> None:
    """Nothing runs over the edge, and nothing is left out."""
    sentences = [f"Sentence {number} of a section that no slide holds. " * 4 for number in range(12)]
    page = Page("Long", (Section("Much", tuple(Paragraph(each, Emphasis.PLAIN) for each in sentences)),))
    _, *slides = _said(write_pptx(page))
    assert len(slides) > 1
    assert all(any(each.strip() in slide for slide in slides) for each in sentences)


@pytest.mark.skipif(shutil.which("loimpress") is None, reason="LibreOffice Impress is not installed")
def test_libreoffice_opens_the_slides(tmp_path: Path) -> None:
    """Converted by LibreOffice there are as many sheets as slides, with the title on the first."""
    content = write_pptx(brief())
    (tmp_path / "brief.pptx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*words, str(tmp_path / "brief.pptx")], check=True, capture_output=True, timeout=240)
    with (tmp_path / "brief.pdf").open("rb") as converted:
        sheets = PdfReader(converted).pages
        assert len(sheets) == len(_said(content))
        assert brief().title in sheets[0].extract_text()
