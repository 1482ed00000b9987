"""A comparison in a terminal: two tables and a line on what did not converge."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from foedus.errors import Finding, Severity
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.holes import hole_counts
from foedus.report.comparison.reasons import enough_table
from foedus.report.comparison.tables import overview_table, standing_table
from foedus.report.page.tables import Column, Table

_NAMES = 24
_PADDING = 2


def print_comparison(
    comparison: Comparison,
    *,
    console: Console,
    labels: Mapping[str, str],
    findings: Mapping[str, Sequence[Finding]] | None = None,
) -> None:
    """Print outcomes, standing and convergence; holes are counted where findings are given."""
    overview = _for_a_terminal(overview_table(comparison, labels=labels))
    if findings is not None:
        overview = _with_holes(overview, [hole_counts(findings.get(name, ())) for name in comparison.order])
    enough = [enough_table(comparison, labels=labels)] if comparison.requirements else []
    for table in (overview, standing_table(comparison, labels=labels), *enough):
        print_table(table, console=console)


def print_table(table: Table, *, console: Console) -> None:
    """Print a table, cut into several where it is wider than the terminal, and the note below it."""
    for part in _parts(table, width=console.width):
        console.print(_drawn(part, width=console.width))
    console.print(Text(table.note, style="dim"))
    console.print()


def _for_a_terminal(table: Table) -> Table:
    """Leave to the note what the last column counts."""
    columns = (*table.columns[:-1], replace(table.columns[-1], unit=""))
    note = f"{table.note} Would sign: all three; then adversary, protected state, guarantors."
    return replace(table, columns=columns, note=note)


def _with_holes(table: Table, counts: Sequence[Mapping[Severity, int]]) -> Table:
    """Add the holes of each text: errors first, warnings and information faintly below."""
    cells = [f"{count[Severity.ERROR]}\n{count[Severity.WARNING]}, {count[Severity.INFORMATION]}" for count in counts]
    return replace(
        table,
        columns=(*table.columns, Column("Holes", unit="errors")),
        rows=tuple((*row, cell) for row, cell in zip(table.rows, cells, strict=True)),
        note=f"{table.note} Holes: findings of level error; then warnings, information (`foedus check` tells them).",
    )


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
    """Return the width that a column needs: its longest line, or the longest word where lines may break."""
    column = table.columns[index]
    words = f"{_heading(column)} {column.unit}".split()
    lines = [line for row in table.rows for line in row[index].split("\n")]
    if index == 0:
        return min(_NAMES, max(len(line) for line in lines)) + _PADDING
    return max(len(text) for text in (*words, *lines)) + _PADDING


def _columns(table: Table, indices: tuple[int, ...]) -> Table:
    return replace(
        table,
        columns=tuple(table.columns[i] for i in indices),
        rows=tuple(tuple(row[i] for i in indices) for row in table.rows),
    )


def _drawn(table: Table, *, width: int) -> RichTable:
    """Draw a table with every column as wide as it needs; what is left over goes to the names."""
    needed = [_width(table, index) for index in range(len(table.columns))]
    longest = max(len(row[0]) for row in table.rows) + _PADDING
    needed[0] = min(longest, needed[0] + max(0, width - _drawn_width(needed)))
    drawn = RichTable(
        title=table.caption, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1)
    )
    for column, wide in zip(table.columns, needed, strict=True):
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
