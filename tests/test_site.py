"""The site of the documentation: it builds, every page has a room, and what is read off the program is up to date."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.docs.__main__ import READ_OFF
from bench.docs.pages.commands import every_command, help_of
from bench.docs.pieces import pieces_of, with_pieces

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ROOMS = ("tutorials", "how-to", "explanation", "reference")
OUTSIDE = re.compile(r"<(?:link|script|img|iframe)\b[^>]*\b(?:href|src)=\"(?:https?:)?//")
WRITTEN = re.compile(r"\b[a-z]+\.(?:html|json|parquet|yaml)\b")


def test_the_site_builds_without_a_warning_and_asks_nobody(tmp_path: Path) -> None:
    """No link is broken, no page is outside of the rooms, and no page fetches anything from elsewhere."""
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet", "--builder", "html"]
    built = subprocess.run([*command, str(DOCS), str(tmp_path)], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    pages = {page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")}
    assert {page for page in pages if not (tmp_path / page).exists()} == set()
    for page in pages:
        assert not (found := OUTSIDE.search((tmp_path / page).read_text(encoding="utf-8"))), f"{page}: {found}"
    for sheet in (tmp_path / "_static").glob("*.css"):
        assert "url(http" not in sheet.read_text(encoding="utf-8").replace("'", "").replace('"', "")


@pytest.mark.parametrize("room", ROOMS)
def test_the_page_of_a_room_shows_what_the_navigation_has(room: str) -> None:
    """Who reads the files as they lie finds by links what the site shows beside the page."""
    text = (DOCS / room / "index.md").read_text(encoding="utf-8")
    listed = re.findall(r"^([\w./-]+)$", text.partition("```{toctree}")[2], flags=re.MULTILINE)
    linked = re.findall(r"\]\(([\w./-]+)\.md\)", text)
    assert listed
    assert sorted(listed) == sorted(linked)


def test_the_front_door_leads_to_the_four_rooms() -> None:
    """Tutorials, how-to, explanation, reference, and no other room."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^([\w-]+)/index$", text, flags=re.MULTILINE) == list(ROOMS)
    assert all(f"]({room}/index.md)" in text for room in ROOMS)


@pytest.mark.parametrize("page", ["case_study", "for_the_referee"])
def test_what_is_made_is_there(page: str) -> None:
    """Between each pair of marks stands something, and no page shows a mark to its readers."""
    pieces = pieces_of((DOCS / "explanation" / f"{page}.md").read_text(encoding="utf-8"))
    assert len(pieces) > 8
    assert [name for name, text in pieces.items() if not text] == []


def test_pieces_go_between_their_marks_and_nowhere_else() -> None:
    """Written prose stays, old pieces go, and a piece that has no place is a mistake."""
    page = "before\n<!-- made: a -->\nold\n<!-- end -->\nbetween\n<!-- made: b -->\n<!-- end -->\nafter\n"
    made = with_pieces(page, {"a": "new", "b": "two\nlines"})
    assert pieces_of(made) == {"a": "new", "b": "two\nlines"}
    assert with_pieces(made, {"a": "old", "b": ""}).replace("\n\n", "\n") == page
    with pytest.raises(ValueError, match="marks and pieces differ: c"):
        with_pieces(page, {"a": "", "b": "", "c": ""})


@pytest.mark.parametrize("name", READ_OFF)
def test_what_is_read_off_the_program_is_what_the_program_says(name: str) -> None:
    """Each such page is written by ``python -m bench.docs NAME`` and nothing else."""
    assert (DOCS / name).read_text(encoding="utf-8") == READ_OFF[name]()


def test_every_file_that_a_command_writes_is_on_the_page_of_files() -> None:
    """What help says that it writes, the page of files explains."""
    page = (DOCS / "reference" / "files.md").read_text(encoding="utf-8")
    named = {name for words, _ in every_command() for name in WRITTEN.findall(help_of(words).partition("Example")[0])}
    assert len(named) > 8
    assert {name for name in named if f"`{name}`" not in page} <= {"mine.yaml", "schema.json"}
