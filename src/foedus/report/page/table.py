"""A table as text: what a page, a terminal or a reader of a chart is shown."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class TableLayout(StrEnum):
    """How a table is set on a page."""

    FIGURES = "figures"
    WORDS = "words"
    """Cells hold words, several lines each."""
    ENTRIES = "entries"
    """Long rows of small print, each named by a symbol."""


@dataclass(frozen=True)
class Column:
    """Heading of a column and how its cells stand."""

    heading: str
    is_number: bool = True
    unit: str = ""
    """A line below the heading."""
    short: str = ""
    """What to call it where there is little room; empty where the heading is short."""
    is_detail: bool = False
    """Whether a narrow terminal does without it."""


@dataclass(frozen=True)
class Table:
    """Rows of text below headings; the first cell of a row names it.

    A cell may have several lines; where the column holds numbers, the first is the figure and the next its range.
    """

    block: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    row_ids: tuple[str, ...] = ()
    """Where a link to each row arrives; empty where nothing links to them."""
    row_links: tuple[str, ...] = ()
    """Address to which the name of each row leads: ``#place`` on the same page, or a file beside it.

    Empty, or an empty text, where it leads nowhere.
    """
    layout: TableLayout = TableLayout.FIGURES

    def __post_init__(self) -> None:
        uneven = [row[0] for row in self.rows if len(row) != len(self.columns)]
        if uneven:
            raise ValueError(f"table {self.caption!r}: rows {', '.join(uneven)} do not fit the columns")
