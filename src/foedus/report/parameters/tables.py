"""Parameters as tables: ranges with their sources, what was changed, and the causes behind several of them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from foedus.futures.parameters.record import Parameter, ParameterChange, Shape
from foedus.report.page.table import Column, Table, TableLayout

_NONE: Mapping[str, str] = MappingProxyType({})


_FILES = {
    "game.yaml": "Parameters of the game",
    "yardsticks.yaml": "Yardsticks: how the words of an arrangement become numbers",
}


def difference_table(changes: Sequence[ParameterChange]) -> Table | None:
    """Tabulate what differs from the default; None where nothing does."""
    if not changes:
        return None
    headings = ("Name", "What it is", "By default", "Here", "Unit", "Status", "Source")
    return Table(
        caption="What differs from the default",
        layout=TableLayout.ENTRIES,
        columns=tuple(Column(heading, is_number=False) for heading in headings),
        rows=tuple(_change_row(change) for change in changes),
    )


def assumption_tables(parameters: Sequence[Parameter], *, history: Mapping[str, str] = _NONE) -> tuple[Table, ...]:
    """Tabulate parameters, one table for each file that they stand in, and last the causes that several share.

    With ``history`` a column tells of every parameter whether the record has had a say in its range.
    """
    files = dict.fromkeys(parameter.file for parameter in parameters)
    tables = [_table([each for each in parameters if each.file == file], file=file, history=history) for file in files]
    return (*tables, *_cause_tables(parameters))


def cause_words(parameter: Parameter) -> str:
    """Say what lies behind a parameter; empty where nothing does."""
    cause = parameter.cause
    if cause is None:
        return ""
    why = f"; {cause.source}" if cause.source else ""
    return f"{_cause_name(cause.name)}, correlation {cause.correlation:g} ({cause.status.value}{why})"


def _change_row(change: ParameterChange) -> tuple[str, ...]:
    before, after = change.before, change.after
    here = after.describe()
    if cause_words(before) != cause_words(after):
        here += f"\n{cause_words(after) or 'no cause behind it'}"
    return after.name, after.what, before.describe(), here, after.unit, after.status.value, _source(after)


def _source(parameter: Parameter) -> str:
    return f"{parameter.source}\nHistory {parameter.history}" if parameter.history else parameter.source


def _table(parameters: Sequence[Parameter], *, file: str, history: Mapping[str, str]) -> Table:
    headings = ("Name", "What it is", "Range", "Unit", "Status", *(("History",) if history else ()), "Source")
    return Table(
        caption=_FILES.get(file, f"From {file}"),
        layout=TableLayout.ENTRIES,
        columns=tuple(Column(heading, is_number=False) for heading in headings),
        rows=tuple(_row(same, history=history) for same in _alike(parameters)),
    )


def _cause_tables(parameters: Sequence[Parameter]) -> tuple[Table, ...]:
    """Tabulate which parameters move together; no table where none do."""
    led = {each.group: each for each in parameters if each.cause and each.shape is not Shape.FIXED}
    if not led:
        return ()
    headings = ("Cause", "Drawn with it", "Correlation", "Status", "Source")
    ordered = sorted(led.values(), key=lambda each: each.cause.name if each.cause else "")
    return (
        Table(
            caption="Causes behind several parameters: they move together, each within its own range",
            layout=TableLayout.ENTRIES,
            columns=tuple(Column(heading, is_number=False) for heading in headings),
            rows=tuple(
                (
                    _cause_name(each.cause.name),
                    each.group,
                    f"{each.cause.correlation:g}".replace("-", "\u2212"),
                    each.cause.status.value,
                    each.cause.source,
                )
                for each in ordered
                if each.cause
            ),
        ),
    )


def _cause_name(name: str) -> str:
    return name.replace("_", " ")


def _alike(parameters: Sequence[Parameter]) -> list[list[Parameter]]:
    """Gather the numbers of a scale that mean the same and have one source, such as one for each tier."""
    found: dict[tuple[str, ...], list[Parameter]] = {}
    for each in parameters:
        found.setdefault((each.group, each.what, each.unit, each.status.value, each.source), []).append(each)
    return list(found.values())


def _row(same: Sequence[Parameter], *, history: Mapping[str, str]) -> tuple[str, ...]:
    first = same[0]
    name, ranges = first.name, first.describe()
    if len(same) > 1:
        name = first.name.rpartition(".")[0]
        ranges = "\n".join(f"{each.name.rpartition('.')[2]}: {each.describe()}" for each in same)
    said = (_what_history_says(same, history=history),) if history else ()
    return name, first.what, ranges, first.unit, first.status.value, *said, first.source


def _what_history_says(same: Sequence[Parameter], *, history: Mapping[str, str]) -> str:
    said = list(dict.fromkeys(history.get(each.name, "not asked") for each in same))
    return "held fixed" if all(each.shape is Shape.FIXED for each in same) else "\n".join(said)
