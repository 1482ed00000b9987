"""docs/reference/parameters.md: everything uncertain, with range, status and source, and the views of the world."""

from collections.abc import Iterator

from foedus.futures.parameters.load import default_parameters, packaged_views
from foedus.futures.parameters.record import Parameter, Shape

TITLES = {
    "game.yaml": "Parameters of the game",
    "yardsticks.yaml": "Yardsticks: what words are taken to mean in numbers",
}
HEAD = """\
# Parameters

{count} numbers that nobody knows, each with unit, range, status and source. *provided*: a published figure;
*assumed*: a range that people can argue about; *estimated*: from data; *elicited*: from people. *may be*: the values
that mean something; a file with others is refused with its line, and so is one in which words or tiers would change
places. `foedus params NAME` tells one in full, and what moves it together with others. A range of your own lies over
these: [how to](../how-to/add_a_parameter.md). Symbols without a dot are those of [the theory page](../theory.md).

This page is written by `python -m bench.docs reference/parameters.md` from the files that the program reads; a test
compares it.
"""
VIEWS = """\
## Views of the world

Laid over these ranges by `--view NAME`; `foedus params --view NAME --changed` lists what a view changes.

| name | the world | argued by |
|---|---|---|
"""


def parameters_page() -> str:
    """Write the page."""
    parameters = default_parameters()
    sections = [HEAD.format(count=len(parameters))]
    for file, title in TITLES.items():
        rows = "\n".join(_row(each) for each in parameters.entries if each.file == file)
        sections.append(
            f"## {title}\n\n| name | what | range | may be | status | source |\n|---|---|---|---|---|---|\n{rows}\n"
        )
    return "\n".join((*sections, VIEWS + "\n".join(_views()) + "\n"))


def _row(parameter: Parameter) -> str:
    may_be = parameter.domain.words
    cells = (f"`{parameter.name}`", parameter.what, _range(parameter), may_be, parameter.status.value, parameter.source)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _range(parameter: Parameter) -> str:
    unit = "" if parameter.unit in ("share", "1") else f" {parameter.unit}"
    if parameter.shape is Shape.FIXED:
        return f"{parameter.low:g}{unit}"
    return f"{parameter.low:g} to {parameter.high:g}{unit}{', log' if parameter.shape is Shape.LOGUNIFORM else ''}"


def _views() -> Iterator[str]:
    for name, view in packaged_views().items():
        yield f"| `{name}` | {view.title}{f': {view.note}' if view.note else ''} | {view.argued_by} |"
