"""What a result rests on: every parameter with its range, its status and its source, and what was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foedus.futures.parameters.record import Parameter, ParameterChange, Parameters, ParameterStatus, Shape, View
from foedus.report.page.inline import CodeSpan
from foedus.report.page.page import Paragraph, Section
from foedus.report.parameters.tables import assumption_tables, difference_table
from foedus.values.names import listed


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
        history={} if weighted is None else {each.name: each.history for each in weighted.entries if each.history},
    )


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


def assumptions_section(parameters: Sequence[Parameter], *, basis: Basis, unread: Sequence[str] = ()) -> Section:
    """Tabulate every assumption, and before them what differs from the default."""
    change = (
        f"{status_line(parameters)} Change a range in a file of your own and give it with ",
        CodeSpan("--parameters"),
        f"; the answer above may change with it.{_unread_words(unread)}",
    )
    changed = difference_table(basis.changes)
    return Section(
        "Assumptions and their sources",
        (
            Paragraph(change),
            *map(Paragraph, basis_words(basis)),
            *((changed,) if changed else ()),
            *assumption_tables(parameters, history=basis.history),
        ),
        name="assumptions",
        starts_sheet=True,
    )


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


def _unread_words(unread: Sequence[str]) -> str:
    if not unread:
        return ""
    are = "is" if len(unread) == 1 else "are"
    return (
        f" {len(unread)} of the yardsticks below {are} read by none of the texts compared; such can change nothing "
        "here and are left out of every search for what matters."
    )


def _words(parameter: Parameter, group: Sequence[Parameter]) -> str:
    if len({each.what for each in group}) > 1:
        return f"the scale of {parameter.group.replace('_', ' ')} as a whole"
    return parameter.what


def _view_words(view: View) -> str:
    argued = f", argued by {view.argued_by}" if view.argued_by else ""
    note = f": {view.note.removesuffix('.')}" if view.note else ""
    return f"View {view.name} ({view.title}{argued}){note}."
