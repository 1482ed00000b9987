"""A page as PDF, without a browser: text in fonts that it carries, tables, and drawings as pictures."""

from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from foedus.report.page.inline import CodeSpan, Link, Words, parts_of, plain_text
from foedus.report.page.made import generator, sections_of
from foedus.report.page.page import Block, Chart, Emphasis, Facts, Folded, Page, PageLayout, Paragraph, Points, Section
from foedus.report.page.table import Column, Table

_INK, _MUTED, _RULE, _MAIN = (28, 39, 51), (86, 98, 110), (213, 219, 225), (43, 92, 138)
_SERIF, _SANS, _MONO = "serif", "sans", "mono"
_FONTS = {
    (_SERIF, ""): "STIXGeneral.ttf",
    (_SERIF, "B"): "STIXGeneralBol.ttf",
    (_SANS, ""): "DejaVuSans.ttf",
    (_SANS, "B"): "DejaVuSans-Bold.ttf",
    (_MONO, ""): "DejaVuSansMono.ttf",
}
"""Fonts that ship with the drawing library; what STIX lacks is taken from DejaVu."""
_SIZES = {Emphasis.PLAIN: 10.0, Emphasis.LEAD: 11.5, Emphasis.STRONG: 10.0, Emphasis.SMALL: 8.0}
_LEADING = 1.22
_POINT = 25.4 / 72
_LABEL = 22.0
"""Width of the labels of facts, in millimetres."""
_MARGIN = {PageLayout.BRIEF: 14.0, PageLayout.REPORT: 18.0}
_LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of the file: the same page is to give the same bytes."""


def write_pdf(page: Page) -> bytes:
    """Return a page as PDF on A4; the same page gives the same bytes. What is an annex is left out."""
    pdf = _blank(page)
    _head(page, pdf)
    for section in sections_of(page):
        _section(section, pdf, level=0)
    return bytes(pdf.output())


class _Sheets(FPDF):
    """Sheets with a foot that says what they are and which of how many."""

    foot = ""

    def footer(self) -> None:
        """Write the foot; called at the end of every sheet."""
        self.set_y(-10)
        self.set_font(_SANS, size=6.5)
        self.set_text_color(*_MUTED)
        self.cell(0, 4, f"{self.foot}   {self.page_no()} of {{nb}}", align="R")
        self.set_text_color(*_INK)


def _blank(page: Page) -> _Sheets:
    pdf = _Sheets(format="A4")
    pdf.set_creation_date(_LONG_AGO)
    pdf.set_title(page.title)
    pdf.set_subject(page.subtitle)
    pdf.set_creator(generator(page))
    pdf.set_lang("en-GB")
    outcomes = f", outcomes {page.provenance.outcomes_digest[:12]}" if page.provenance else ""
    pdf.foot = f"Made with {generator(page)}{outcomes}"
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for (family, style), file in _FONTS.items():
        pdf.add_font(family, style=style, fname=folder / file)
    pdf.set_fallback_fonts([_SANS], exact_match=False)
    margin = _MARGIN[page.layout]
    pdf.set_margins(margin, 12)
    pdf.set_auto_page_break(auto=True, margin=13)
    pdf.add_page()
    pdf.set_text_color(*_INK)
    return pdf


def _head(page: Page, pdf: _Sheets) -> None:
    if page.kind:
        _write_line(pdf, page.kind.upper(), family=_SANS, size=7, colour=_MUTED)
    _write_line(pdf, page.title, family=_SERIF, style="B", size=19)
    if page.subtitle:
        _write_line(pdf, page.subtitle, family=_SERIF, size=11.5, colour=_MUTED)
    _blocks(page.head, pdf)


def _section(section: Section, pdf: _Sheets, *, level: int) -> None:
    if section.is_annex:
        return
    if section.heading:
        _heading(section.heading, pdf, level=level, room=_room_for(section))
    _blocks(section.blocks, pdf)
    for inner in section.sections:
        _section(inner, pdf, level=level + 1)


def _room_for(section: Section) -> float:
    """Return how much of a sheet [mm] a heading needs, so that it does not stand away from what it is over."""
    is_list_announced = len(section.blocks) > 1 and isinstance(section.blocks[1], Points)
    return 32 if is_list_announced else 16


def _heading(text: str, pdf: _Sheets, *, level: int, room: float) -> None:
    if pdf.will_page_break(room):
        pdf.add_page()
    pdf.ln(2.2)
    if level == 0:
        pdf.set_draw_color(*_INK)
        pdf.set_line_width(0.35)
        pdf.line(pdf.l_margin, pdf.get_y(), pdf.w - pdf.r_margin, pdf.get_y())
        pdf.ln(1.2)
    _write_line(pdf, text, family=_SERIF, style="B", size=12.5 if level == 0 else 11)
    pdf.ln(0.6)


def _blocks(blocks: Iterable[Block], pdf: _Sheets) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                _paragraph(block, pdf)
            case Points():
                for entry in block.entries:
                    _labelled(pdf, entry.label, entry.text)
            case Facts():
                _facts(block, pdf)
            case Table():
                _table(block, pdf)
            case Chart():
                _chart(block, pdf)
            case Folded():
                if not block.is_annex:
                    _blocks(block.blocks, pdf)


def _paragraph(paragraph: Paragraph, pdf: _Sheets) -> None:
    is_small = paragraph.emphasis is Emphasis.SMALL
    _words(
        paragraph.words,
        pdf,
        size=_SIZES[paragraph.emphasis],
        style="B" if paragraph.emphasis is Emphasis.STRONG else "",
        colour=_MUTED if is_small else _INK,
    )
    pdf.ln(1.1)


def _labelled(pdf: _Sheets, label: str, text: Words) -> None:
    """Write a point: its label in bold, then what is said of it."""
    left = pdf.l_margin
    pdf.set_font(_SERIF, size=_SIZES[Emphasis.PLAIN])
    pdf.set_x(left)
    pdf.write(_height(_SIZES[Emphasis.PLAIN]), "\u2013 ")
    pdf.set_left_margin(left + 3.2)
    pdf.set_x(left + 3.2)
    if label:
        pdf.set_font(_SERIF, style="B", size=_SIZES[Emphasis.PLAIN])
        pdf.write(_height(_SIZES[Emphasis.PLAIN]), f"{label}: ")
    _words(text, pdf, size=_SIZES[Emphasis.PLAIN])
    pdf.set_left_margin(left)
    pdf.set_x(left)
    pdf.ln(0.6)


def _facts(facts: Facts, pdf: _Sheets) -> None:
    left = pdf.l_margin
    for fact in facts.facts:
        if pdf.will_page_break(10):
            pdf.add_page()
        top = pdf.get_y()
        pdf.set_font(_SANS, style="B", size=7.5)
        pdf.set_text_color(*_MAIN)
        pdf.multi_cell(_LABEL - 2, _height(_SIZES[Emphasis.PLAIN]), fact.label, align="L")
        pdf.set_text_color(*_INK)
        pdf.set_xy(left + _LABEL, top)
        pdf.set_left_margin(left + _LABEL)
        for paragraph in fact.paragraphs:
            _paragraph(paragraph, pdf)
        pdf.set_left_margin(left)
        pdf.set_x(left)


def _chart(chart: Chart, pdf: _Sheets) -> None:
    """Draw the picture where there is one; its table, where there is none."""
    if not chart.png:
        _write_line(pdf, chart.heading, family=_SERIF, style="B", size=11)
        _table(chart.table, pdf)
        return
    picture = BytesIO(b64decode(chart.png))
    _write_line(pdf, chart.heading, family=_SANS, style="B", size=8)
    _words(chart.reading, pdf, size=7.5, colour=_MUTED)
    pdf.image(picture, w=pdf.epw, alt_text=f"{chart.heading}. {chart.reading}")
    pdf.ln(1)


def _table(table: Table, pdf: _Sheets) -> None:
    _write_line(pdf, table.caption, family=_SANS, style="B", size=7.5)
    pdf.set_font(_SANS, size=6.6)
    pdf.set_draw_color(*_RULE)
    pdf.set_line_width(0.2)
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD", color=_INK),
        line_height=_height(6.6),
        text_align=tuple("RIGHT" if column.is_number else "LEFT" for column in table.columns),
        col_widths=_widths(table),
        padding=(0.5, 1),
    ) as grid:
        heading: Any = grid.row()
        for column in table.columns:
            heading.cell(_column_heading(column))
        for row in table.rows:
            line: Any = grid.row()
            for cell in row:
                line.cell(cell)
    if table.note:
        _words(table.note, pdf, size=7.5, colour=_MUTED)
    pdf.ln(1)


def _column_heading(column: Column) -> str:
    named = column.short or column.heading
    return f"{named}\n{column.unit}" if column.unit else named


def _widths(table: Table) -> tuple[int, ...]:
    """Share the width by the longest line of each column, so that names get room and figures keep theirs."""
    columns = zip(*table.rows, strict=True) if table.rows else [() for _ in table.columns]
    longest = (
        max((len(line) for cell in (*cells, _column_heading(column)) for line in cell.split("\n")), default=1)
        for cells, column in zip(columns, table.columns, strict=True)
    )
    return tuple(min(28, max(9, width)) for width in longest)


def _write_line(
    pdf: _Sheets, text: str, *, family: str, size: float, style: Any = "", colour: tuple[int, int, int] = _INK
) -> None:
    pdf.set_font(family, style=style, size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, _height(size), text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(*_INK)


def _words(words: Words, pdf: _Sheets, *, size: float, style: Any = "", colour: tuple[int, int, int] = _INK) -> None:
    """Write running text with its code and links from where the pen stands, and end the line."""
    for part in parts_of(words):
        is_code, is_link = isinstance(part, CodeSpan), isinstance(part, Link)
        pdf.set_font(_MONO if is_code else _SERIF, style="" if is_code else style, size=size * (0.82 if is_code else 1))
        pdf.set_text_color(*(_MAIN if is_link else colour))
        address = part.address if isinstance(part, Link) and not part.address.startswith("#") else ""
        text = plain_text((part,))
        _begin_line_for(text, pdf, size=size)
        pdf.write(_height(size), text, link=address)
    pdf.set_text_color(*_INK)
    pdf.ln(_height(size))


def _begin_line_for(text: str, pdf: _Sheets, *, size: float) -> None:
    """Begin a line where the first word no longer fits on this one; it would be cut in two."""
    word = text.split(" ", 1)[0]
    is_begun = pdf.get_x() > pdf.l_margin
    if word and is_begun and pdf.get_x() + pdf.get_string_width(word) > pdf.w - pdf.r_margin - pdf.c_margin:
        pdf.ln(_height(size))


def _height(size: float) -> float:
    """Return the height of a line in millimetres for a size in points."""
    return size * _POINT * _LEADING
