"""A page as plain data: headings with sentences, facts, tables and charts. How it is drawn is settled elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, TypeAlias

from foedus.report.page.inline import Words
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Table


class Emphasis(StrEnum):
    """How loudly a paragraph speaks."""

    PLAIN = "plain"
    LEAD = "lead"
    """What a reader should read if only one thing."""
    STRONG = "strong"
    SMALL = "small"
    """Sources, counts and other things to look up."""


@dataclass(frozen=True)
class Paragraph:
    """One or several sentences."""

    block: ClassVar[str] = "paragraph"
    words: Words
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True)
class Entry:
    """A point of a list: what it is about, and what is said of it."""

    text: Words
    label: str = ""


@dataclass(frozen=True)
class Points:
    """A list."""

    block: ClassVar[str] = "points"
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LabelledFact:
    """Something that is named, and what is to be known of it."""

    label: str
    paragraphs: tuple[Paragraph, ...]
    beside: str = ""
    """A word below the label, such as a level."""
    level: str = ""
    """How grave it is: ``error``, ``warning``, ``information``; empty where that is no question."""


class FactsLayout(StrEnum):
    """How facts stand to each other."""

    ANSWERS = "answers"
    """The first is the answer, the others what it rests on."""
    ROWS = "rows"
    STACKED = "stacked"
    """Each label stands over what is said of it."""


@dataclass(frozen=True)
class Facts:
    """Facts one below the other."""

    block: ClassVar[str] = "facts"
    facts: tuple[LabelledFact, ...]
    layout: FactsLayout = FactsLayout.ROWS


@dataclass(frozen=True)
class Chart:
    """A drawing, how to read it, and the table of the figures that it shows."""

    block: ClassVar[str] = "chart"
    name: str
    heading: str
    reading: str
    svg: str
    table: Table
    is_table_open: bool = False
    """Whether the table stands open below the drawing; else it is folded."""
    is_table_printed: bool = True
    """Whether paper carries the table too."""
    png: str = ""
    """The same drawing as a PNG in base64, for formats that cannot hold SVG; empty where nobody asked for one."""


@dataclass(frozen=True)
class Folded:
    """What a reader may unfold; on paper it stands unfolded."""

    block: ClassVar[str] = "folded"
    summary: str
    blocks: tuple["Block", ...]
    name: str = ""
    """Where a link to it arrives."""
    is_annex: bool = False
    """Whether paper does without it."""


Block: TypeAlias = Paragraph | Points | Facts | Table | Chart | Folded


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    """Empty where what stands below speaks for itself."""
    blocks: tuple[Block, ...] = ()
    name: str = ""
    """Where a link to it arrives."""
    sections: tuple["Section", ...] = ()
    """Parts of it, each with a heading of its own."""
    is_brief: bool = True
    """Whether a terminal shows it, where it is not asked for everything."""
    is_annex: bool = False
    """Whether it is folded on the screen and left out on paper."""
    starts_sheet: bool = False
    """Whether paper begins a new sheet with it."""


class PageLayout(StrEnum):
    """How densely a page is set."""

    REPORT = "report"
    BRIEF = "brief"
    """Two sheets of paper, without a list of contents."""


@dataclass(frozen=True)
class Page:
    """A whole page."""

    title: str
    sections: tuple[Section, ...]
    kind: str = ""
    """What sort of page it is, in a few words."""
    subtitle: str = ""
    head: tuple[Block, ...] = ()
    """What stands between the title and the first section."""
    provenance: Provenance | None = None
    """How its figures were obtained; None where it holds none that were computed."""
    caution: Words = ""
    """What such figures are not."""
    references: tuple[str, ...] = ()
    """The works whose methods it rests on."""
    layout: PageLayout = PageLayout.REPORT


def listing(
    heading: str, *, paragraphs: tuple[Words, ...] = (), entries: tuple[Entry, ...] = (), name: str = ""
) -> Section:
    """Return a section of paragraphs and then points."""
    return Section(heading, body(paragraphs=paragraphs, entries=entries), name=name)


def body(*, paragraphs: tuple[Words, ...] = (), entries: tuple[Entry, ...] = ()) -> tuple[Block, ...]:
    """Return paragraphs and then points, where there are some."""
    return (*(Paragraph(words) for words in paragraphs), *((Points(entries),) if entries else ()))


def all_charts(page: Page) -> Iterator[Chart]:
    """Yield every chart of a page in its order."""
    for section in page.sections:
        yield from _charts_in(section)


def on_paper_without_table(chart: Chart) -> Chart:
    """Return a chart whose table stays on the screen, where the same figures are printed beside it."""
    return replace(chart, is_table_printed=False)


def _charts_in(section: Section) -> Iterator[Chart]:
    yield from (block for block in section.blocks if isinstance(block, Chart))
    for inner in section.sections:
        yield from _charts_in(inner)
