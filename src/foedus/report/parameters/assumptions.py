"""What a comparison rests on: every parameter with its range, its status and its source, and what was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from foedus.futures.parameters.record import Parameter, ParameterChange, Parameters, ParameterStatus, Shape, View
from foedus.report.page.tables import Column, Table
from foedus.report.words.labels import listed

_NONE: Mapping[str, str] = MappingProxyType({})
_FILES = {
    "game.yaml": "Parameters of the game",
    "yardsticks.yaml": "Yardsticks: how the words of an arrangement become numbers",
}


@dataclass(frozen=True)
class Basis:
    """In what a comparison departs from the default assumptions."""

    views: tuple[View, ...] = ()
    """Laid over the default, the last one uppermost."""
    changes: tuple[ParameterChange, ...] = ()
    draws: str = ""
    """Says where weighted draws come from; empty where there are none."""
    history: Mapping[str, str] = field(default_factory=dict)
    """[parameter] what the record of history says of its range; silent about those that are not named."""


def basis_of(parameters: Parameters, *, default: Parameters, weighted: Parameters | None = None) -> Basis:
    """Gather what differs from the default, and what history says by the parameters that it has ``weighted``."""
    given = parameters.given
    return Basis(
        views=parameters.views,
        changes=parameters.changes_from(default),
        draws=""
        if given is None
        else f"{len(given.names)} parameters are taken from {len(given.weights)} weighted draws in "
        f"{given.file.rpartition('/')[2]} (as good as {given.effective_rows:.0f} of equal weight).",
        history={} if weighted is None else _history(weighted),
    )


def _history(weighted: Parameters) -> dict[str, str]:
    """Read what history says off the sources of the parameters that it has weighted."""
    return {
        name: parameter.source.partition(". Range:")[0].removeprefix("history ")
        for name, parameter in weighted.items()
        if parameter.source.startswith("history ")
    }


def basis_words(basis: Basis) -> tuple[str, ...]:
    """Say which views a comparison takes, and how much they change; nothing where all is as by default."""
    words = [_view_words(view) for view in basis.views]
    if basis.changes:
        count = len(basis.changes)
        words.append(f"{count} parameter{' differs' if count == 1 else 's differ'} from the default.")
    return (*words, *([basis.draws] if basis.draws else []))


def basis_as_data(basis: Basis | None) -> dict[str, Any] | None:
    """Return views, draws and changes as plain data; None where nobody says what the assumptions are."""
    if basis is None:
        return None
    return {
        "views": [view.name for view in basis.views],
        "draws": basis.draws or None,
        "changed": {
            change.after.name: {"default": change.before.describe(), "here": change.after.describe()}
            for change in basis.changes
        },
    }


def difference_table(basis: Basis) -> Table | None:
    """Tabulate what differs from the default; None where nothing does."""
    if not basis.changes:
        return None
    headings = ("Name", "What it is", "By default", "Here", "Unit", "Status", "Source")
    return Table(
        caption="What differs from the default",
        columns=tuple(Column(heading, is_number=False) for heading in headings),
        rows=tuple(_change_row(change) for change in basis.changes),
    )


def assumption_tables(parameters: Sequence[Parameter], *, history: Mapping[str, str] = _NONE) -> tuple[Table, ...]:
    """Tabulate parameters, one table for each file that they stand in, and last the causes that several share.

    With ``history`` a column tells of every parameter whether the record has had a say in its range.
    """
    files = dict.fromkeys(parameter.file for parameter in parameters)
    tables = [_table([each for each in parameters if each.file == file], file=file, history=history) for file in files]
    return (*tables, *_cause_tables(parameters))


def status_line(parameters: Sequence[Parameter]) -> str:
    """Count where the ranges come from, in a sentence."""
    counts = {status: sum(each.status is status for each in parameters) for status in ParameterStatus}
    said = [f"{count} {'is' if count == 1 else 'are'} {status.value}" for status, count in counts.items() if count]
    fixed = sum(each.shape is Shape.FIXED for each in parameters)
    return f"Of {len(parameters)} numbers {listed(said)}, {fixed} of them held fixed."


def parameter_words(parameters: Sequence[Parameter]) -> dict[str, str]:
    """Say what each parameter means; those drawn together are named as the scale that they form."""
    groups: dict[str, list[Parameter]] = {}
    for each in parameters:
        groups.setdefault(each.group, []).append(each)
    return {each.name: _words(each, groups[each.group]) for each in parameters}


def cause_words(parameter: Parameter) -> str:
    """Say what lies behind a parameter; empty where nothing does."""
    cause = parameter.cause
    if cause is None:
        return ""
    why = f"; {cause.source}" if cause.source else ""
    return f"{_cause_name(cause.name)}, correlation {cause.correlation:g} ({cause.status.value}{why})"


def _words(parameter: Parameter, group: Sequence[Parameter]) -> str:
    if len({each.what for each in group}) > 1:
        return f"the scale of {parameter.group.replace('_', ' ')} as a whole"
    return parameter.what


def _view_words(view: View) -> str:
    argued = f", argued by {view.argued_by}" if view.argued_by else ""
    note = f": {view.note.removesuffix('.')}" if view.note else ""
    return f"View {view.name} ({view.title}{argued}){note}."


def _change_row(change: ParameterChange) -> tuple[str, ...]:
    before, after = change.before, change.after
    here = after.describe()
    if cause_words(before) != cause_words(after):
        here += f"\n{cause_words(after) or 'no cause behind it'}"
    return after.name, after.what, before.describe(), here, after.unit, after.status.value, after.source


def _table(parameters: Sequence[Parameter], *, file: str, history: Mapping[str, str]) -> Table:
    headings = ("Name", "What it is", "Range", "Unit", "Status", *(("History",) if history else ()), "Source")
    return Table(
        caption=_FILES.get(file, f"From {file}"),
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
