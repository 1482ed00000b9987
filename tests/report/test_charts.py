import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import pytest

from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.comparison.charts import outcomes as charts
from foedus.report.page.page import Chart, all_charts
from tests.report.specimens import comparison, labels, page, section

CHARTS = list(all_charts(page()))
SVG = "{http://www.w3.org/2000/svg}"


def ids(figure: Chart) -> list[str]:
    return re.findall(r' id="([^"]+)"', figure.svg)


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.name)
def test_a_chart_is_one_svg_with_title_and_description(figure: Chart) -> None:
    """A reader who cannot see it is told what it shows, and where the figures are."""
    root = ET.fromstring(figure.svg)  # noqa: S314  # our own drawing
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == figure.heading
    assert description is not None
    assert description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.name)
def test_a_chart_carries_no_date_no_link_and_no_foreign_name(figure: Chart) -> None:
    """The same figures give the same bytes, and the drawing library's address is not in them."""
    assert "metadata" not in figure.svg
    assert "http" not in figure.svg.replace("http://www.w3.org/2000/svg", "")
    assert "<!--" not in figure.svg


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.name)
def test_text_stays_text(figure: Chart) -> None:
    """Names can be searched, copied and read aloud: no label is drawn as an outline."""
    drawn = "".join(ET.fromstring(figure.svg).itertext())  # noqa: S314  # our own drawing
    assert any(word in drawn for word in ("NATO", "half", "is ahead", "most war"))
    assert 'id="DejaVu' not in figure.svg


def test_ids_of_charts_on_one_page_do_not_clash() -> None:
    """Every id occurs once on the page, and every reference finds its own."""
    every = [name for figure in CHARTS for name in ids(figure)]
    assert len(every) == len(set(every))
    for figure in CHARTS:
        referred = set(re.findall(r'(?:href="#|url\(#)([^")]+)', figure.svg))
        assert referred <= set(ids(figure))


def test_a_chart_is_drawn_the_same_again_whatever_the_users_settings() -> None:
    """A user's own drawing style changes nothing."""
    first = charts.harm_chart(comparison(), labels())
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.grid": True, "svg.hashsalt": "other"}):
        assert charts.harm_chart(comparison(), labels()) == first


def test_a_dollar_sign_in_a_name_is_no_formula() -> None:
    """What a user calls an arrangement is written as it stands."""
    mark = Mark(value=0.5, low=0.4, high=0.6, text="$1_2$")
    panel = Panel(title="A & B <c>", unit="", marks=(mark,), tick=str)
    text = "".join(ET.fromstring(draw_rows([panel], rows=["$x^2$"], name="n", title="t", description="d")).itertext())  # noqa: S314
    assert "$x^2$" in text
    assert "$1_2$" in text
    assert "A & B <c>" in text


def test_every_arrangement_is_in_every_row_chart() -> None:
    """No row is lost, and the baseline is marked in words and not by its colour alone."""
    for figure in CHARTS:
        if figure.name in ("harm", "price", "first", "signing"):
            text = " ".join("".join(ET.fromstring(figure.svg).itertext()).split())  # noqa: S314
            assert text.count("(baseline)") == 1
            assert all(label.split()[0] in text for label in labels().values())


def test_the_table_behind_a_chart_has_a_row_for_each_mark() -> None:
    """The differences leave out the baseline, everything else has twelve rows."""
    in_figures = [block for name in ("figures", "more-figures") for block in section(name, of=page()).blocks]
    rows = {each.name: len(each.table.rows) for each in in_figures if isinstance(each, Chart)}
    assert rows == {"harm": 12, "difference": 11, "time": 12, "first": 12, "signing": 12, "price": 12}
