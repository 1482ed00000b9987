"""One page, written in four ways: on screen, on paper, in a terminal, for a code host and for programs."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from foedus.insight.design.record import Aim
from foedus.report.design.charts import Axis, Line, draw_parallel
from foedus.report.negotiation.charts import Track, draw_tracks
from foedus.report.page.inline import CodeSpan, Link, plain_text, with_codes
from foedus.report.page.page import (
    Chart,
    Emphasis,
    Entry,
    Facts,
    Folded,
    LabelledFact,
    Page,
    Paragraph,
    Points,
    Section,
    all_charts,
    listing,
)
from foedus.report.page.provenance import Provenance, provenance_of
from foedus.report.page.record_json import as_plain
from foedus.report.page.table import Column, Table
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.markdown import write_markdown
from foedus.report.page.writers.page_json import page_json
from foedus.report.page.writers.terminal import print_page

TABLE = Table(
    "A <table>",
    (
        Column("Name", is_number=False),
        Column("Long heading", short="Short"),
        Column("Why", is_number=False, is_detail=True),
    ),
    (("<b>x</b>", "1\n0 to 2", "since so many words stand here that they must break"),),
    note="A note.",
    row_links=("x.yaml",),
)


def provenance(*, command: str = "foedus try a", **changes: object) -> Provenance:
    """Describe how figures were obtained."""
    made = provenance_of(
        command=command, arrangements={"a": {"id": "a"}}, parameters_digest="p", settings={"futures": 2, "seed": 3}
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def chart() -> Chart:
    svg = draw_parallel(
        [Axis("Loss", "0", "1"), Axis("Cost", "0", "2")],
        [Line("1", (0.0, 1.0), True)],
        start=Line("as it is", (0.5, 0.5), False),
        name="aims",
        title="Aims",
        description="One design.",
    )
    return Chart("aims", "Aims", "How to read.", svg, TABLE)


def page() -> Page:
    """Return a page with every kind of block."""
    answer = Section(
        "Answer",
        (
            Paragraph("Words <i>.", Emphasis.LEAD),
            Paragraph(
                (CodeSpan("foedus try"), " and ", Link("elsewhere", "https://example.org/a b"), "."), Emphasis.SMALL
            ),
            Points((Entry("a point", label="Label"), Entry("bare"))),
            Facts(
                (
                    LabelledFact(
                        "V01", (Paragraph("amiss"), Paragraph("where", Emphasis.SMALL)), beside="error", level="error"
                    ),
                )
            ),
            chart(),
            Folded("More", (replace(TABLE, caption="Folded"),), name="more"),
        ),
        name="answer",
    )
    annex = Section("Annex", (Paragraph("at length"),), name="annex", is_annex=True)
    aside = Section("Aside", (Paragraph("by the way"),), name="aside", is_brief=False)
    return Page(
        "Title & more",
        (answer, aside, annex),
        kind="Kind",
        subtitle="Sub",
        head=(Paragraph("Head."),),
        provenance=provenance(basis=("Three parameters differ.",)),
        caution="Beware.",
        references=("A reference.",),
    )


def printed(*, width: int = 80, is_full: bool = False) -> str:
    stream = io.StringIO()
    print_page(page(), console=Console(file=stream, width=width), is_full=is_full)
    return stream.getvalue()


def test_a_page_needs_nothing_else_and_escapes_what_files_say() -> None:
    """Text from a file is text; a chart is drawn with its table below; links lead out only where a reader clicks."""
    html = write_html(page())
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x" not in html
    assert "Words &lt;i&gt;." in html
    assert html.index("<svg") < html.index("Figures behind this chart") < html.index("A &lt;table&gt;")
    assert "<code>foedus try</code> and " in html
    assert '<a href="https://example.org/a b" rel="noreferrer">elsewhere</a>' in html
    assert "<script" not in html
    assert "src=" not in html


def test_a_page_says_how_it_was_made_and_on_what_it_rests() -> None:
    """Command, seed, digest, basis, caution and references stand on every page of figures; without figures none do."""
    html = write_html(page())
    for told in ("<code>foedus try a</code>", "Seed 3", "Three parameters differ.", "Beware.", "A reference."):
        assert told in html
    assert provenance().inputs_digest in html
    bare = write_html(replace(page(), provenance=None))
    assert "How this was made" not in bare
    assert "written by hand" not in bare


def test_what_is_annex_is_folded_on_screen_and_left_out_on_paper() -> None:
    """The section stands behind a summary; the style sheet hides it in print, and a terminal does without it."""
    html = write_html(page())
    section = html[html.index('<section id="annex"') :]
    assert section.index("<details>") < section.index("at length")
    assert 'class="annex' in section[: section.index(">") + 1]
    style = html[html.index("@media print") : html.index("</style>")]
    hidden = next(line for line in style.splitlines() if "display: none" in line)
    assert ".annex" in hidden
    assert "at length" not in printed(is_full=True)


def test_a_terminal_tells_what_is_brief_and_all_when_it_is_asked() -> None:
    """A chart is told by its table; what is folded stays folded; addresses follow the words that lead there."""
    brief = printed()
    assert "A <table>" in brief
    assert "elsewhere https://example.org/a b" in brief
    assert "Label: a point" in brief
    assert "V01 (error): amiss" in brief
    assert "Folded" not in brief
    assert "by the way" not in brief
    assert "Three parameters differ." in brief
    assert "by the way" in printed(is_full=True)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_table_fits_any_terminal(width: int) -> None:
    """Figures stand whole, words break; a narrow terminal leaves out details and says so."""
    text = printed(width=width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "Short" in text
    assert "0 to 2" in text
    told = " ".join(text.split())
    assert ("A wider terminal also shows: Why." in told) == (width == 40)
    assert ("since so many words" in told) == (width != 40)


def test_markdown_keeps_marks_and_disarms_text() -> None:
    """CodeSpan and links are marked, brackets are escaped, tables and the way it was made are there."""
    text = write_markdown(page())
    assert "`foedus try` and [elsewhere](<https://example.org/a b>)." in text
    assert "| Name | Long heading | Why |" in text
    assert "1 (0 to 2)" in text
    assert r"\<b\>x\</b\>" in text
    assert "- **Label:** a point" in text
    assert "**Command:** `foedus try a`" in text


def test_a_link_within_a_page_leads_to_the_heading() -> None:
    """A code host names places after their headings; a place that the page has not is no link."""
    table = Table("T", (Column("Name", is_number=False),), (("there",), ("nowhere",)), row_links=("#far", "#gone"))
    text = write_markdown(Page("P", (Section("S", (table,)), listing("Far away", name="far"))))
    assert "[there](#far-away)" in text
    assert "| nowhere |" in text


def test_programs_get_every_block_by_its_kind() -> None:
    """JSON says what each block is, with code and links marked; it holds all that the page holds."""
    content = json.loads(page_json(page()))
    assert content["format"] == "foedus page"
    blocks = content["sections"][0]["blocks"]
    assert [each["block"] for each in blocks] == ["paragraph", "paragraph", "points", "facts", "chart", "folded"]
    assert blocks[1]["words"][0] == {"inline": "code", "text": "foedus try"}
    assert [each["name"] for each in content["sections"]] == ["answer", "aside", "annex", "made"]
    assert content["provenance"]["command"] == "foedus try a"


def test_code_in_a_sentence_of_ours_is_marked() -> None:
    """Between backticks stands code, and nothing is lost of the sentence."""
    words = with_codes("See `foedus params`, then go on.")
    assert words == ("See ", CodeSpan("foedus params"), ", then go on.")
    assert plain_text(words) == "See foedus params, then go on."


def test_every_chart_of_a_page_is_found() -> None:
    """Those in sections of sections too."""
    nested = Page("P", (Section("A", sections=(Section("B", (chart(),)),)), Section("C", (chart(),))))
    assert len(list(all_charts(nested))) == 2


def test_the_name_of_a_row_leads_to_a_place_on_the_page_or_to_a_file() -> None:
    """An address is written as it stands in the table; a row without one has a bare name."""
    table = Table(
        "A table",
        (Column("Name", is_number=False),),
        (("place",), ("file",), ("nowhere",)),
        row_links=("#answer", "x.yaml", ""),
    )
    html = write_html(Page("Title", (Section("Answer", (table,), name="answer"),)))
    assert '<th scope="row"><a href="#answer">place</a></th>' in html
    assert '<th scope="row"><a href="x.yaml">file</a></th>' in html
    assert '<th scope="row">nowhere</th>' in html


def test_the_same_inputs_have_one_digest_and_another_question_another() -> None:
    """A page says what it was made from; where nothing else is said, the command is the question."""
    assert provenance().inputs_digest == provenance().inputs_digest
    assert provenance().inputs_digest != provenance(command="foedus try b").inputs_digest
    stated = {"command": "c", "arrangements": {}, "parameters_digest": "p", "settings": {}}
    one, other = (provenance_of(**stated, question=question) for question in ("x", "y"))  # type: ignore[arg-type]
    assert one.inputs_digest != other.inputs_digest
    assert Provenance.from_mapping(json.loads(json.dumps(one.to_mapping()))) == one


def test_an_aim_is_told_to_programs_by_its_name() -> None:
    """Words for people do not get into files for programs."""
    assert as_plain(Aim.COST) == "cost"


def test_tracks_of_several_arrangements_are_drawn_with_their_names() -> None:
    """Each arrangement is named once, its description stands in the chart, and labels at one height move apart."""
    tracks = [Track(name, (0.2, 0.8), (0.3, 0.3), (True, False)) for name in ("First", "Second", "Third")]
    drawn = draw_tracks(tracks, shown=1, balances=["0", "1"], name="frontier", title="T", description="Three alike.")
    for name in ("First", "Second", "Third"):
        assert drawn.count(f">{name}<") == 1
    assert "Three alike." in drawn
