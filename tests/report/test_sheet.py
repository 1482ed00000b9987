"""Sheets: pages of results that are not a comparison."""

import json
import math
from dataclasses import dataclass, replace

from foedus.futures.ensemble import Settings
from foedus.insight.design.record import Aim
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.comparison.charts import Figure
from foedus.report.design.charts import Axis, Line, draw_parallel
from foedus.report.negotiation.charts import Track, draw_tracks
from foedus.report.page.sheet import Made, Part, Sheet, as_plain, made_of, sheet_json
from foedus.report.page.sheet_html import render_sheet
from foedus.report.page.tables import Column, Table

SETTINGS = Settings(
    futures=2,
    seed=3,
    horizon_periods=4,
    beliefs=4,
    balances=4,
    slices=1,
    tolerance=1e-4,
    max_sweeps=100,
    method="kernel",
)


@dataclass(frozen=True)
class Record:
    """Something with everything that records hold."""

    mean: MeanOverFutures
    by_aim: dict[Aim, float]
    names: tuple[str, ...]


def made(**changes: str) -> Made:
    """Describe how a sheet was obtained."""
    return made_of(
        command=changes.get("command", "foedus design a"),
        arrangements={"a": {"id": "a"}},
        parameters_digest="p",
        settings=SETTINGS,
    )


def test_records_become_plain_json_and_what_is_infinite_is_null() -> None:
    """Nothing that JSON has no word for gets into a file."""
    record = Record(MeanOverFutures(0.5, None, math.inf), {Aim.LOSS: 0.1}, ("x",))
    content = json.loads(sheet_json(record, what="front", made=made()))
    assert content["format"] == "foedus front"
    assert content["front"] == {
        "mean": {"value": 0.5, "low": None, "high": None},
        "by_aim": {"loss": 0.1},
        "names": ["x"],
    }
    assert as_plain(Aim.COST) == "cost"


def test_the_same_inputs_have_one_digest_and_another_command_another() -> None:
    """A page says what it was made from."""
    assert made().inputs_digest == made().inputs_digest
    assert made().inputs_digest != made(command="foedus design b").inputs_digest
    assert made().settings["seed"] == 3


def test_a_page_needs_nothing_else_and_escapes_what_files_say() -> None:
    """Text from a file is text; a chart is drawn; a link leads to a file beside the page; nothing is loaded."""
    table = Table(
        "A table", (Column("Name", is_number=False), Column("Figure")), (("<b>x</b>", "1\n2"),), row_links=("x.yaml",)
    )
    chart = draw_parallel(
        [Axis("Loss", "0", "1"), Axis("Cost", "0", "2")],
        [Line("1", (0.0, 1.0), True)],
        start=Line("as it is", (0.5, 0.5), False),
        name="aims",
        title="Aims",
        description="One design.",
    )
    sheet = Sheet(
        "Kind",
        "Title & more",
        "Sub",
        (Part("answer", "Answer", ("Words <i>.",), (Figure("aims", "Aims", "How to read.", chart, table),), (table,)),),
        ("A reference.",),
        replace(made(), basis=("Three parameters differ.",)),
    )
    page = render_sheet(sheet)
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x" not in page
    assert 'href="x.yaml"' in page
    assert page.count("<svg") == 1
    assert "Three parameters differ." in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org/", "")


def test_the_name_of_a_row_leads_to_a_place_on_the_page_or_to_a_file() -> None:
    """An address is written as it stands in the table; a row without one has a bare name."""
    table = Table(
        "A table",
        (Column("Name", is_number=False),),
        (("place",), ("file",), ("nowhere",)),
        row_links=("#answer", "x.yaml", ""),
    )
    page = render_sheet(Sheet("Kind", "Title", "Sub", (Part("answer", "Answer", tables=(table,)),), (), made()))
    assert '<th scope="row"><a href="#answer">place</a></th>' in page
    assert '<th scope="row"><a href="x.yaml">file</a></th>' in page
    assert '<th scope="row">nowhere</th>' in page


def test_tracks_of_several_arrangements_are_drawn_with_their_names() -> None:
    """Each arrangement is named once, its description stands in the chart, and labels at one height move apart."""
    tracks = [Track(name, (0.2, 0.8), (0.3, 0.3), (True, False)) for name in ("First", "Second", "Third")]
    chart = draw_tracks(tracks, shown=1, balances=["0", "1"], name="frontier", title="T", description="Three alike.")
    for name in ("First", "Second", "Third"):
        assert chart.count(f">{name}<") == 1
    assert "Three alike." in chart
