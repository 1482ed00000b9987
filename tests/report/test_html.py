import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from foedus.arrangement.language.keys import keys_of
from foedus.arrangement.record import Arrangement
from foedus.report.comparison.clause_matrix import clause_anchor
from foedus.report.page.page import all_charts
from foedus.report.page.writers.html import write_html
from tests.report.specimens import BASELINE, COMMAND, html, labels, page, provenance

VOID = {"meta", "link", "br", "img", "hr", "input", "wbr"}


class Reader(HTMLParser):
    """Reads a page as a strict reader would: every element closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last, and no other."""
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what is said."""
        self.text.append(data)


@pytest.fixture(scope="module")
def reader() -> Reader:
    reader = Reader()
    reader.feed(html())
    return reader


def test_every_element_is_closed(reader: Reader) -> None:
    """The page is well formed."""
    assert reader.open == []


def test_nothing_is_loaded_from_elsewhere(reader: Reader) -> None:
    """The file is whole: no script, no style sheet, no picture, no font from outside; links are for the reader only."""
    names = {tag for tag, _ in reader.tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form"})
    for tag, attributes in reader.tags:
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert str(attributes.get("href", "#")).startswith("#") or tag == "a"
    assert "@import" not in html()
    assert not re.search(r"url\((?!#)", html())


def test_every_link_within_the_page_arrives(reader: Reader) -> None:
    """A link to a place on the page has that place, and no id is given twice."""
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {
        str(attributes["href"])[1:] for _, attributes in reader.tags if str(attributes.get("href")).startswith("#")
    }
    assert inner <= set(ids)


def test_every_chart_has_a_title_and_a_table_after_it(reader: Reader) -> None:
    """Each drawing says what it shows, and its figures stand below it before the next drawing begins."""
    names = [tag for tag, _ in reader.tags if tag in ("svg", "title", "table")]
    charts = [i for i, name in enumerate(names) if name == "svg"]
    assert len(charts) == len(list(all_charts(page())))
    assert all(names[i + 1 : i + 3] == ["title", "table"] for i in charts)


def test_the_page_can_be_used_without_eyes_or_mouse(reader: Reader) -> None:
    """Language, skip link, headings in order, captions and scopes are there."""
    first = dict(reader.tags[0][1])
    assert first["lang"] == "en-GB"
    assert next(attributes for tag, attributes in reader.tags if tag == "a") == {"class": "skip", "href": "#answer"}
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = sum(tag == "table" for tag, _ in reader.tags)
    assert sum(tag == "caption" for tag, _ in reader.tags) == tables
    assert all("scope" in attributes for tag, attributes in reader.tags if tag == "th")


def test_the_sections_of_a_report_are_there(reader: Reader) -> None:
    """Words, figures, reasons, clauses, holes, assumptions, convergence and origin each have a place."""
    sections = [attributes["id"] for tag, attributes in reader.tags if tag == "section" and "id" in attributes]
    assert sections == [
        "answer",
        "figures",
        "overturns",
        "history",
        "holes",
        "more-figures",
        "sure",
        "regret",
        "find-out",
        "fails",
        "more-overturns",
        "compared",
        "holes-in-full",
        "assumptions",
        "convergence",
        "made",
    ]


def test_without_findings_there_is_no_empty_section() -> None:
    """What was not checked is not reported as clean."""
    plain = html(with_findings=False)
    assert 'id="holes"' not in plain
    assert 'href="#holes"' not in plain


def test_it_names_every_arrangement_and_where_it_comes_from(reader: Reader) -> None:
    """Names, both digests, the command, seed and versions are on the page."""
    text = "".join(reader.text)
    assert all(label in text for label in labels().values())
    origin = provenance()
    assert origin.inputs_digest in text
    assert origin.outcomes_digest in text
    assert COMMAND in text
    assert f"foedus {origin.versions['foedus']}" in text


def test_what_users_write_is_text_and_never_markup(reader: Reader) -> None:
    """A finding with angle brackets is shown as it was written."""
    assert "the adversary can block the finding <alone>" in "".join(reader.text)
    assert "<alone>" not in html()


def test_the_same_page_gives_the_same_bytes() -> None:
    """Rendering again changes nothing: no date, no counter, no random name."""
    assert write_html(page()) == html()


def test_it_is_small_enough_to_mail() -> None:
    """Twelve arrangements fit in less than a megabyte."""
    assert len(html().encode()) < 1_000_000


def test_a_hole_leads_to_its_clause_and_tells_its_incident(reader: Reader) -> None:
    """The finding stands with the world in which it shows, and a link to the row in which its clause is read."""
    links = [str(attributes.get("href")) for tag, attributes in reader.tags if tag == "a"]
    assert f"#who-decides-{BASELINE}" in links
    assert f"#holes-{BASELINE}" in links
    text = " ".join("".join(reader.text).split())
    assert "Incident: threat invade; against finding russia" in text
    assert "Clause: trigger.determined_by, budapest_memorandum_1994.yaml, line 40" in text


def test_every_clause_of_the_language_has_a_row_to_lead_to() -> None:
    """A finding in any part of a text can be linked, but for what no table reads."""
    unread = {key.name for key in keys_of(Arrangement) if not clause_anchor(key.name, arrangement="x")}
    assert unread == {
        "foedus",
        "id",
        "name",
        "short_name",
        "theatre",
        "status",
        "scope",
        "sources",
        "date",
        "publicity",
        "summary",
        "party_names",
        "purpose",
        "ties",
        "interest",
        "balance",
        "preparation",
        "ambiguity",
        "outcome",
        "disputes",
        "unknowns",
        "notes",
    }
