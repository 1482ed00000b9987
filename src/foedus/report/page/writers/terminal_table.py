"""A table in a terminal, as wide as there is room: in several parts where that is too little."""

from collections.abc import Sequence
from dataclasses import replace

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from foedus.report.page.table import Column, Table

_NAMES = 20
_WORDS = 24
"""A column of words is not made narrower than this."""
_PADDING = 2


def print_table(table: Table, *, console: Console) -> None:
    """Print a table, cut into several where it is wider than the terminal, and the note below it."""
    shown = _without_details(table, width=console.width)
    for part in _parts(shown, width=console.width):
        console.print(_drawn(part, width=console.width))
    if shown.note:
        console.print(Text(shown.note, style="dim"))
    console.print()


def _without_details(table: Table, *, width: int) -> Table:
    """Leave out columns of details where not all fit, and say which."""
    details = [column.heading for column in table.columns if column.is_detail]
    if not details or _drawn_width([_width(table, index) for index in range(len(table.columns))]) <= width:
        return table
    kept = _columns(table, tuple(index for index, column in enumerate(table.columns) if not column.is_detail))
    return replace(kept, note=f"{table.note} A wider terminal also shows: {'; '.join(details)}.".lstrip())


def _parts(table: Table, *, width: int) -> list[Table]:
    """Cut a table into several that fit, each with the names of the rows; a figure is never broken over lines."""
    widths = [_width(table, index) for index in range(len(table.columns))]
    parts: list[list[int]] = [[]]
    for index in range(1, len(widths)):
        if parts[-1] and _drawn_width([widths[i] for i in (0, *parts[-1], index)]) > width:
            parts.append([])
        parts[-1].append(index)
    return [_columns(table, (0, *part)) for part in parts]


def _drawn_width(widths: Sequence[int]) -> int:
    """Return the width of a table with its edges and with what stands between columns."""
    return sum(widths) + len(widths) + 1


def _width(table: Table, index: int) -> int:
    """Return the width that a column needs: figures stand whole, names and words may break between words."""
    column = table.columns[index]
    heading = max((len(word) for word in f"{_heading(column)} {column.unit}".split()), default=0)
    longest = _longest(table, index)
    if index and column.is_number:
        return max(heading, longest) + _PADDING
    return max(heading if index else 0, min(_WORDS if index else _NAMES, longest)) + _PADDING


def _longest(table: Table, index: int) -> int:
    return max((len(line) for row in table.rows for line in row[index].split("\n")), default=0)


def _widened(table: Table, *, width: int) -> list[int]:
    """Return the widths of the columns; what is left over goes to the names, then to columns of words."""
    widths = [_width(table, index) for index in range(len(table.columns))]
    left = max(0, width - _drawn_width(widths))
    for index, column in enumerate(table.columns):
        if index == 0 or not column.is_number:
            more = min(left, max(0, _longest(table, index) + _PADDING - widths[index]))
            widths[index] += more
            left -= more
    return widths


def _columns(table: Table, indices: tuple[int, ...]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[i] for i in indices),
        rows=tuple(tuple(row[i] for i in indices) for row in table.rows),
    )


def _drawn(table: Table, *, width: int) -> RichTable:
    drawn = RichTable(
        title=table.caption, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1)
    )
    for column, wide in zip(table.columns, _widened(table, width=width), strict=True):
        heading = Text(_heading(column))
        if column.unit:
            heading.append(f"\n{column.unit}", style="dim")
        drawn.add_column(
            heading, justify="right" if column.is_number else "left", overflow="fold", width=wide - _PADDING
        )
    for row in table.rows:
        drawn.add_row(Text(row[0]), *(_cell(cell) for cell in row[1:]))
    return drawn


def _heading(column: Column) -> str:
    return column.short or column.heading


def _cell(cell: str) -> Text:
    """Write the first line plainly and the others faintly."""
    first, *others = cell.split("\n")
    text = Text(first)
    for other in others:
        text.append(f"\n{other}", style="dim")
    return text
