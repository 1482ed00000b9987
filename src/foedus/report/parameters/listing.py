"""Parameters in a terminal: a short list that fits 80 columns, full entries, and the views of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.futures.parameters.record import Parameter, Parameters, Shape, View
from foedus.report.parameters.tables import cause_words
from foedus.values.names import listed

_INDENT = 2


def print_parameters(parameters: Sequence[Parameter], *, console: Console) -> None:
    """List name, range and status, one line for each."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("parameter", no_wrap=True)
    table.add_column("range", no_wrap=True)
    table.add_column("status", no_wrap=True)
    for each in parameters:
        table.add_row(each.name, _short(each), each.status.value)
    console.print(table)


def print_entries(parameters: Sequence[Parameter], *, console: Console) -> None:
    """Tell everything that is known of each parameter."""
    for each in parameters:
        console.print(Text(each.name, style="bold"))
        for label, text in _facts(each):
            line = Text(f"{label}: ", style="dim")
            line.append(Text(text, style="not dim"))
            console.print(Padding(line, (0, 0, 0, _INDENT)))


def print_views(views: Mapping[str, View], *, console: Console) -> None:
    """List the packaged views with who argues for them."""
    for name, view in views.items():
        console.print(Text.assemble((name, "bold"), f": {view.title}"))
        for label, text in (("argued by", view.argued_by), ("", view.note)):
            if text:
                console.print(Padding(Text(f"{label}{': ' if label else ''}{text}", style="dim"), (0, 0, 0, _INDENT)))


def parameters_as_data(parameters: Sequence[Parameter]) -> list[dict[str, object]]:
    """Return entries as plain data."""
    return [
        {
            "name": each.name,
            "what": each.what,
            "unit": each.unit,
            "shape": each.shape.value,
            "low": each.low,
            "high": each.high,
            "is_given": each.is_given,
            "admits": [each.domain.least, each.domain.most],
            "not_below": list(each.domain.not_below),
            "status": each.status.value,
            "source": each.source,
            "note": each.note,
            "history": each.history,
            "group": each.group,
            "file": each.file,
            "cause": None
            if each.cause is None
            else {
                "name": each.cause.name,
                "correlation": each.cause.correlation,
                "status": each.cause.status.value,
                "source": each.cause.source,
            },
        }
        for each in parameters
    ]


def views_as_data(views: Mapping[str, View]) -> list[dict[str, str]]:
    """Return views as plain data."""
    return [asdict(view) for view in views.values()]


def counted(parameters: Sequence[Parameter], *, of: Parameters) -> str:
    """Say how many are listed, and how one is told in full."""
    listed = f"{len(parameters)} of {len(of)} parameters" if len(parameters) < len(of) else f"{len(of)} parameters"
    return f"{listed}. `foedus params NAME` tells what one means, in which unit, and who says so."


def _short(parameter: Parameter) -> str:
    if parameter.shape is Shape.FIXED:
        return f"{parameter.low:g}"
    spread = ", log" if parameter.shape is Shape.LOGUNIFORM else ""
    return f"{parameter.low:g} to {parameter.high:g}{', draws' if parameter.is_given else spread}"


def _facts(parameter: Parameter) -> list[tuple[str, str]]:
    facts = [
        ("what", parameter.what),
        ("range", f"{parameter.describe()} ({parameter.unit})"),
        ("may be", _domain_words(parameter)),
        ("status", parameter.status.value),
        ("source", parameter.source),
        ("note", parameter.note),
        ("history", parameter.history),
        ("drawn with", f"the other parameters of {parameter.group}" if parameter.group != parameter.name else ""),
        ("cause", cause_words(parameter)),
        ("file", parameter.file),
    ]
    return [(label, text) for label, text in facts if text]


def _domain_words(parameter: Parameter) -> str:
    beside = f", never below {listed(parameter.domain.not_below)}" if parameter.domain.not_below else ""
    return f"{parameter.domain.words}{beside}"
