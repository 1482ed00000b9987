"""A page as a word-processor document (Office Open XML), to be worked on further."""

from base64 import b64decode
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from foedus.report.page.inline import CodeSpan, Link, Words, parts_of, readable
from foedus.report.page.made import sections_of
from foedus.report.page.page import Block, Chart, Emphasis, Facts, Folded, Page, Paragraph, Points, Section
from foedus.report.page.table import Table
from foedus.report.page.writers.office import without_dates

_INK, _MUTED, _MAIN = RGBColor(28, 39, 51), RGBColor(86, 98, 110), RGBColor(43, 92, 138)
_SERIF, _SANS, _MONO = "Times New Roman", "Arial", "Courier New"
_SIZES = {Emphasis.PLAIN: 10.0, Emphasis.LEAD: 11.5, Emphasis.STRONG: 10.0, Emphasis.SMALL: 8.0}
_TABLE_SIZE = 7.0


def write_docx(page: Page) -> bytes:
    """Return a page as DOCX on A4; the same page gives the same bytes. What is an annex is left out."""
    document = _blank(page)
    if page.kind:
        _line(document, page.kind.upper(), font=_SANS, size=7, colour=_MUTED)
    document.add_heading(readable(page.title), level=0)
    if page.subtitle:
        _line(document, page.subtitle, size=11.5, colour=_MUTED)
    _blocks(page.head, document)
    for section in sections_of(page):
        _section(section, document, level=1)
    stream = BytesIO()
    document.save(stream)
    return without_dates(stream.getvalue())


def _blank(page: Page) -> Any:
    document: Any = Document()
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm(1.5)
    sheet.top_margin, sheet.bottom_margin = Cm(1.2), Cm(1.2)
    document.core_properties.title = readable(page.title)
    document.core_properties.subject = readable(page.subtitle)[:255]
    document.core_properties.author = "foedus"
    document.core_properties.comments = ""
    for name, size, before in (("Normal", 10, 0), ("Title", 19, 0), ("Heading 1", 12.5, 6), ("Heading 2", 11, 4)):
        _style(document.styles[name], size=size, before=before)
    document.styles["Title"].font.bold = True
    return document


def _style(style: Any, *, size: float, before: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _SERIF, Pt(size), _INK
    # A heading's font of the theme would win over the one that is named.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{place}"), None)
    # Nor is the coloured rule under a title one of ours.
    for rule in style.element.xpath("w:pPr/w:pBdr"):
        rule.getparent().remove(rule)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(3), 1.0


def _section(section: Section, document: Any, *, level: int) -> None:
    if section.is_annex:
        return
    if section.heading:
        document.add_heading(readable(section.heading), level=min(level, 2))
    _blocks(section.blocks, document)
    for inner in section.sections:
        _section(inner, document, level=level + 1)


def _blocks(blocks: Iterable[Block], document: Any) -> None:
    laid = list(blocks)
    for place, block in enumerate(laid):
        match block:
            case Paragraph():
                leads_to = laid[place + 1] if place + 1 < len(laid) else None
                _paragraph(block, document, is_lead_in=isinstance(leads_to, Points))
            case Points():
                for entry in block.entries:
                    _labelled(document, entry.label, entry.text, style="List Bullet")
            case Facts():
                for fact in block.facts:
                    for paragraph in fact.paragraphs:
                        _labelled(document, fact.label, paragraph.words, style="Normal")
            case Table():
                _table(block, document)
            case Chart():
                _chart(block, document)
            case Folded():
                if not block.is_annex:
                    _blocks(block.blocks, document)


def _paragraph(paragraph: Paragraph, document: Any, *, is_lead_in: bool) -> None:
    is_small = paragraph.emphasis is Emphasis.SMALL
    added = document.add_paragraph()
    added.paragraph_format.keep_with_next = is_lead_in
    _words(
        paragraph.words,
        added,
        size=_SIZES[paragraph.emphasis],
        colour=_MUTED if is_small else _INK,
        is_bold=paragraph.emphasis is Emphasis.STRONG,
    )


def _labelled(document: Any, label: str, text: Words, *, style: str) -> None:
    added = document.add_paragraph(style=style)
    added.paragraph_format.space_after = Pt(2)
    if label:
        run = added.add_run(readable(f"{label}: "))
        run.bold, run.font.color.rgb = True, _MAIN if style == "Normal" else _INK
    _words(text, added, size=_SIZES[Emphasis.PLAIN])


def _line(
    document: Any, text: str, *, size: float, colour: RGBColor, font: str = _SERIF, is_bold: bool = False
) -> None:
    run = document.add_paragraph().add_run(readable(text))
    run.font.name, run.font.size, run.font.color.rgb, run.bold = font, Pt(size), colour, is_bold


def _chart(chart: Chart, document: Any) -> None:
    """Put in the picture where there is one; its table, where there is none."""
    _line(document, chart.heading, size=8, colour=_INK, font=_SANS, is_bold=True)
    if not chart.png:
        _table(chart.table, document)
        return
    _line(document, chart.reading, size=7.5, colour=_MUTED)
    sheet = document.sections[0]
    picture = document.add_picture(
        BytesIO(b64decode(chart.png)), width=sheet.page_width - sheet.left_margin - sheet.right_margin - Cm(0.5)
    )
    picture._inline.docPr.set("descr", readable(f"{chart.heading}. {chart.reading}"))


def _table(table: Table, document: Any) -> None:
    _line(document, table.caption, size=7.5, colour=_INK, font=_SANS, is_bold=True)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _thin_lines(grid)
    headings = [
        "\n".join(part for part in (column.short or column.heading, column.unit) if part) for column in table.columns
    ]
    _row(grid.rows[0], headings, table=table, is_heading=True)
    for row in table.rows:
        _row(grid.add_row(), row, table=table, is_heading=False)
    if table.note:
        _line(document, table.note, size=7.5, colour=_MUTED)


def _thin_lines(grid: Any) -> None:
    """Leave thin grey lines between rows, and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        is_drawn = side in ("top", "bottom", "insideH")
        line.set(qn("w:val"), "single" if is_drawn else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "D5DBE1")
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _row(line: Any, cells: Iterable[str], *, table: Table, is_heading: bool) -> None:
    for place, (column, text) in enumerate(zip(table.columns, cells, strict=True)):
        paragraph = line.cells[place].paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column.is_number else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(readable(text))
        run.font.name, run.font.size, run.bold = _SANS, Pt(_TABLE_SIZE), is_heading


def _words(words: Words, paragraph: Any, *, size: float, colour: RGBColor = _INK, is_bold: bool = False) -> None:
    for part in parts_of(words):
        text = part if isinstance(part, str) else part.text
        is_code = isinstance(part, CodeSpan)
        run = paragraph.add_run(readable(text))
        run.font.name, run.font.size = _MONO if is_code else _SERIF, Pt(size * (0.85 if is_code else 1))
        run.font.color.rgb, run.bold = colour, is_bold
        if isinstance(part, Link) and part.address and not part.address.startswith("#"):
            _link(run, part.address, paragraph=paragraph)


def _link(run: Any, address: str, *, paragraph: Any) -> None:
    """Wrap a run in a hyperlink."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    run.font.color.rgb = _MAIN
    run._r.addprevious(link)
    link.append(run._r)
