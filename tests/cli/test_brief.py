"""`foedus brief`, from the command to the files."""

import io
from pathlib import Path

from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from foedus.cli.commands.brief import brief_command

PAIR = ["ukraine/budapest_memorandum_1994", "ukraine/nato_membership"]
SMALL = ["--futures", "2", "--grid", "5,5,2", "--horizon", "1y"]


def test_a_brief_is_written_in_three_formats(tmp_path: Path) -> None:
    """The real solver on a small grid: three files, each with the question that was asked, whatever was typed in it."""
    question = "Which of the\ttwo <b>would</b> hold?\x07"
    result = CliRunner().invoke(brief_command, [*PAIR, *SMALL, "--question", question, "--out", str(tmp_path / "o")])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == ["brief.docx", "brief.html", "brief.pdf"]
    asked = "Which of the two <b>would</b> hold?"
    pdf = PdfReader(io.BytesIO((tmp_path / "o" / "brief.pdf").read_bytes()))
    assert asked in " ".join(pdf.pages[0].extract_text().split())
    document = Document(io.BytesIO((tmp_path / "o" / "brief.docx").read_bytes()))
    assert asked in [paragraph.text for paragraph in document.paragraphs]
    assert "Which of the two &lt;b&gt;would" in (tmp_path / "o" / "brief.html").read_text(encoding="utf-8")


def test_a_mistake_is_told_before_any_work(tmp_path: Path) -> None:
    """One text is no comparison: exit code 2, and nothing is written."""
    result = CliRunner().invoke(brief_command, [PAIR[0], "--out", str(tmp_path / "o")])
    assert result.exit_code == 2
    assert "at least two arrangements" in result.output
    assert not (tmp_path / "o").exists()
