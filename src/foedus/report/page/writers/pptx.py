"""A page as slides (Office Open XML): a slide for each section, for whoever has to speak to it.

Needs the extra ``slides``; nothing else in foedus does.
"""

import io
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Cm, Emu, Pt

from foedus.report.page.inline import Words, parts_of, readable
from foedus.report.page.page import Block, Chart, Emphasis, Facts, Folded, Page, Paragraph, Points, Section
from foedus.report.page.table import Table
from foedus.report.page.writers.office import without_dates

_rgb: Any = RGBColor
_INK, _MUTED, _MAIN, _PAPER = _rgb(28, 39, 51), _rgb(86, 98, 110), _rgb(43, 92, 138), _rgb(255, 255, 255)
_SERIF, _SANS = "Times New Roman", "Arial"
_WIDE, _HIGH = Cm(33.867), Cm(19.05)
_EDGE, _TOP = Cm(1.6), Cm(3.3)
_BLANK = 6
"""The layout without places of its own."""
_LINE = 74
"""Letters that a line of a slide holds."""
_LINES = 14
"""Lines that a slide holds; what is longer goes on on the next."""
_MOST_ROWS = 12


@dataclass
class _Slide:
    """A slide that is being filled with lines."""

    heading: str
    lines: list[tuple[str, str, bool]] = field(default_factory=list)
    """Label, text, and whether it is small print."""
    follows_figure: bool = False
    """Whether a drawing or a table stands before it, whose notes take small print."""

    @property
    def height(self) -> int:
        """Lines of text so far."""
        return sum(_height(label + text) for label, text, _ in self.lines)


def write_pptx(page: Page) -> bytes:
    """Return a page as PPTX of 16 to 9; the same page gives the same bytes. What is an annex is left out."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = _WIDE, _HIGH
    deck.core_properties.title = readable(page.title)
    deck.core_properties.author = "foedus"
    _first(deck, page)
    for section in page.sections:
        _section(deck, section)
    stream = io.BytesIO()
    deck.save(stream)
    return without_dates(stream.getvalue())


def _first(deck: Any, page: Page) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    frame = _box(slide, top=Cm(5.4), height=Cm(9))
    _write(frame.paragraphs[0], page.kind.upper(), size=12, colour=_MUTED, font=_SANS)
    _write(frame.add_paragraph(), page.title, size=38, colour=_INK, is_bold=True)
    _write(frame.add_paragraph(), page.subtitle, size=18, colour=_MUTED)
    made = page.provenance.command if page.provenance else ""
    _write(frame.add_paragraph(), made, size=11, colour=_MUTED, font="Courier New")
    slide.notes_slide.notes_text_frame.text = "A model for structured argument, not an oracle."


def _section(deck: Any, section: Section) -> None:
    if section.is_annex:
        return
    open_slide = _Slide(readable(section.heading))
    for block in _flat(section.blocks):
        if isinstance(block, Chart | Table):
            _put(deck, open_slide)
            open_slide = _Slide(readable(section.heading), follows_figure=True)
            _figure(deck, block, heading=readable(section.heading))
            continue
        for line in _lines(block):
            if open_slide.lines and open_slide.height + _height(line[0] + line[1]) > _LINES:
                _put(deck, open_slide)
                open_slide = _Slide(f"{readable(section.heading)}, continued")
            open_slide.lines.append(line)
    _put(deck, open_slide)
    for inner in section.sections:
        _section(deck, inner)


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Folded):
            if not block.is_annex:
                yield from _flat(block.blocks)
        else:
            yield block


def _lines(block: Block) -> Iterator[tuple[str, str, bool]]:
    match block:
        case Paragraph():
            yield "", _said(block.words), block.emphasis is Emphasis.SMALL
        case Points():
            yield from ((each.label, _said(each.text), False) for each in block.entries)
        case Facts():
            for fact in block.facts:
                yield from ((fact.label, _said(each.words), False) for each in fact.paragraphs)


def _put(deck: Any, content: _Slide) -> None:
    if not content.lines:
        return
    if content.follows_figure and all(is_small for _, _, is_small in content.lines):
        notes = deck.slides[len(deck.slides) - 1].notes_slide.notes_text_frame
        notes.text = "\n".join(text for _, text, _ in content.lines)
        return
    slide = _headed(deck, content.heading)
    frame = _box(slide, top=_TOP, height=_HIGH - _TOP - _EDGE)
    for number, (label, text, is_small) in enumerate(content.lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(8)
        if label:
            _run(paragraph, f"{label}: ", size=21, colour=_MAIN, is_bold=True)
        _run(paragraph, text, size=14 if is_small else 21, colour=_MUTED if is_small else _INK)


def _figure(deck: Any, block: Chart | Table, *, heading: str) -> None:
    chart = block if isinstance(block, Chart) else None
    slide = _headed(deck, chart.heading if chart else heading)
    if chart and chart.png:
        picture = b64decode(chart.png)
        width, height = Image.open(io.BytesIO(picture)).size
        room_wide, room_high = _WIDE - 2 * _EDGE, _HIGH - _TOP - 2 * _EDGE
        share = min(room_wide / width, room_high / height)
        shown = slide.shapes.add_picture(
            io.BytesIO(picture), _EDGE, _TOP, width=Emu(int(width * share)), height=Emu(int(height * share))
        )
        shown._element.nvPicPr.cNvPr.set("descr", readable(f"{chart.heading}. {chart.reading}"))
        frame = _box(slide, top=_HIGH - Cm(2), height=Cm(1.6))
        _write(frame.paragraphs[0], chart.reading, size=11, colour=_MUTED)
        return
    _grid(slide, block.table if isinstance(block, Chart) else block)


def _grid(slide: Any, table: Table) -> None:
    frame = _box(slide, top=_TOP - Cm(0.7), height=Cm(1))
    _write(frame.paragraphs[0], table.caption, size=11, colour=_MUTED)
    rows = table.rows[:_MOST_ROWS]
    shape = slide.shapes.add_table(len(rows) + 1, len(table.columns), _EDGE, _TOP + Cm(0.4), _WIDE - 2 * _EDGE, Cm(1))
    headings = [" ".join(part for part in (each.short or each.heading, each.unit) if part) for each in table.columns]
    for place, cells in enumerate([headings, *rows]):
        for column, text in enumerate(cells):
            paragraph = shape.table.cell(place, column).text_frame.paragraphs[0]
            _run(paragraph, text, size=11, colour=_PAPER if place == 0 else _INK, font=_SANS)


def _headed(deck: Any, heading: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    frame = _box(slide, top=Cm(1.1), height=Cm(1.8))
    _write(frame.paragraphs[0], heading, size=26, colour=_INK, is_bold=True)
    return slide


def _box(slide: Any, *, top: int, height: int) -> Any:
    frame = slide.shapes.add_textbox(_EDGE, top, _WIDE - 2 * _EDGE, height).text_frame
    frame.word_wrap = True
    return frame


def _write(
    paragraph: Any, text: str, *, size: float, colour: RGBColor, font: str = _SERIF, is_bold: bool = False
) -> None:
    _run(paragraph, readable(text), size=size, colour=colour, font=font, is_bold=is_bold)


def _run(
    paragraph: Any, text: str, *, size: float, colour: RGBColor, font: str = _SERIF, is_bold: bool = False
) -> None:
    run = paragraph.add_run()
    run.text = readable(text)
    run.font.name, run.font.size, run.font.bold = font, Pt(size), is_bold
    run.font.color.rgb = colour


def _said(words: Words) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in parts_of(words))


def _height(text: str) -> int:
    return 1 + len(text) // _LINE
