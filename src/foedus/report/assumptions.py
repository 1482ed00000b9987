"""What a comparison rests on: every parameter with its range, its status and its source."""

from collections.abc import Sequence

from foedus.futures.parameters import Parameter, Shape, Status
from foedus.report.labels import listed
from foedus.report.tables import Column, Table

_FILES = {
    "game.yaml": "Parameters of the game",
    "yardsticks.yaml": "Yardsticks: how the words of an arrangement become numbers",
}


def assumption_tables(parameters: Sequence[Parameter]) -> tuple[Table, ...]:
    """Tabulate parameters, one table for each file that they stand in."""
    files = dict.fromkeys(parameter.file for parameter in parameters)
    return tuple(_table([each for each in parameters if each.file == file], file=file) for file in files)


def status_line(parameters: Sequence[Parameter]) -> str:
    """Count where the ranges come from, in a sentence."""
    counts = {status: sum(each.status is status for each in parameters) for status in Status}
    said = [f"{count} {'is' if count == 1 else 'are'} {status.value}" for status, count in counts.items() if count]
    fixed = sum(each.shape is Shape.FIXED for each in parameters)
    return f"Of {len(parameters)} numbers {listed(said)}, {fixed} of them held fixed."


def parameter_words(parameters: Sequence[Parameter]) -> dict[str, str]:
    """Say what each parameter means; those drawn together are named as the scale that they form."""
    groups: dict[str, list[Parameter]] = {}
    for each in parameters:
        groups.setdefault(each.group, []).append(each)
    return {each.name: _words(each, groups[each.group]) for each in parameters}


def _words(parameter: Parameter, group: Sequence[Parameter]) -> str:
    if len({each.what for each in group}) > 1:
        return f"the scale of {parameter.group.replace('_', ' ')} as a whole"
    return parameter.what


def _table(parameters: Sequence[Parameter], *, file: str) -> Table:
    headings = ("Name", "What it is", "Range", "Unit", "Status", "Source")
    return Table(
        caption=_FILES.get(file, f"From {file}"),
        columns=tuple(Column(heading, is_number=False) for heading in headings),
        rows=tuple(_row(same) for same in _alike(parameters)),
    )


def _alike(parameters: Sequence[Parameter]) -> list[list[Parameter]]:
    """Gather the numbers of a scale that mean the same and have one source, such as one for each tier."""
    found: dict[tuple[str, ...], list[Parameter]] = {}
    for each in parameters:
        found.setdefault((each.group, each.what, each.unit, each.status.value, each.source), []).append(each)
    return list(found.values())


def _row(same: Sequence[Parameter]) -> tuple[str, ...]:
    first = same[0]
    name, ranges = first.name, first.describe()
    if len(same) > 1:
        name = first.name.rpartition(".")[0]
        ranges = "\n".join(f"{each.name.rpartition('.')[2]}: {each.describe()}" for each in same)
    return name, first.what, ranges, first.unit, first.status.value, first.source
