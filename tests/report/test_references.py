"""Works that pages rest on: written once, and named by the pages that used them."""

import re
from pathlib import Path

import foedus.report
from foedus.report.page import references
from foedus.report.page.references import BREIMAN, BRYANT, WILSON, cited
from tests.report.specimens import html, page

ROOM = Path(foedus.report.__file__).parent
HOME = "references.py"
CITATION = re.compile(r"[\w’'-]+ \((?:1[89]|20)\d\d\), ")
"""A name, a year in brackets and what follows: no page, template or table writes one by itself."""
WORKS = {name: text for name, text in vars(references).items() if name.isupper()}


def test_each_work_is_written_once() -> None:
    """No two entries are the same work, and nowhere else in the room does a citation stand."""
    assert len(set(WORKS.values())) == len(WORKS)
    assert all(CITATION.search(text) and not text.endswith(".") for text in WORKS.values())
    files = [path for path in ROOM.rglob("*") if path.suffix in {".py", ".j2"} and path.name != HOME]
    assert {path.name: found for path in files if (found := CITATION.findall(path.read_text(encoding="utf-8")))} == {}


def test_every_work_is_cited_by_a_page() -> None:
    """What no page rests on has no place in the list."""
    others = "".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py") if path.name != HOME)
    assert [name for name in WORKS if not re.search(rf"\b{name}\b", others)] == []


def test_works_on_one_thing_are_one_entry_of_the_list() -> None:
    """They are parted by semicolons, and the entry ends as a sentence does."""
    assert cited(WILSON) == f"{WILSON}."
    assert cited(BREIMAN, BRYANT) == f"{BREIMAN}; {BRYANT}."


def test_a_page_names_its_works_in_its_last_section() -> None:
    """Each entry stands below the heading of the references, in order."""
    listed = html().partition("References of the methods")[2]
    assert re.findall(r"<li>(.*)</li>", listed) == list(page().references)
