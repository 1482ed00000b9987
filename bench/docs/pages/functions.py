"""docs/reference/functions.md: every function of `import foedus`, from its own docstring."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import foedus
from foedus.face import options
from foedus.game.outcomes import OUTCOMES

HEAD = """\
# Functions

Everything that `import foedus` gives, from the docstrings of the functions themselves; their examples are run by the
tests. This page is written by `python -m bench.docs reference/functions.md`; a test compares it with the code. What
all results can do, and the functions by subject: [foedus from Python](../python.md).
"""
EMPTY = inspect.Parameter.empty
OPTIONS_HEAD = """\
## Options of everything that is solved

`**options` of the functions above:

| option | type | says |
|---|---|---|
"""


def functions_page() -> str:
    """Write the page."""
    return "\n".join((HEAD, *(_described(name) for name in names()), OPTIONS_HEAD + "\n".join(_options()) + "\n"))


def names() -> list[str]:
    """Name every function of the face."""
    return [name for name in foedus.__all__ if name != "__version__"]


def _described(name: str) -> str:
    function = getattr(foedus, name)
    prose, examples = _parted(inspect.getdoc(function) or "")
    lines = [f"## foedus.{name}", "", f"```text\n{_signature(name, function)}\n```", "", prose, ""]
    lines += ["```pycon", examples, "```", ""] if examples else []
    return "\n".join(lines)


def _signature(name: str, function: object) -> str:
    """Write the call with one argument on each line, its type as the source has it."""
    tree = ast.parse(inspect.getsource(function).replace("async def", "def"))  # type: ignore[arg-type]
    definition = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    given = definition.args
    values = inspect.signature(function).parameters  # type: ignore[arg-type]
    told = [_argument(arg, values[arg.arg].default) for arg in (*given.posonlyargs, *given.args)]
    told += [f"*{_argument(given.vararg, EMPTY)}"] if given.vararg else ["*"] if given.kwonlyargs else []
    told += [_argument(arg, values[arg.arg].default) for arg in given.kwonlyargs]
    told += ["**options"] if given.kwarg else []
    result = ast.unparse(definition.returns) if definition.returns else "None"
    inside = ",\n    ".join(told)
    return f"foedus.{name}(\n    {inside},\n) -> {result}" if told else f"foedus.{name}() -> {result}"


def _argument(argument: ast.arg, default: object) -> str:
    kind = f": {ast.unparse(argument.annotation)}" if argument.annotation else ""
    value = getattr(default, "__name__", None) or repr(default)
    return f"{argument.arg}{kind}{'' if default is EMPTY else f' = {value}'}"


def _parted(doc: str) -> tuple[str, str]:
    """Part the prose of a docstring from its examples."""
    prose, mark, examples = doc.partition(">>> ")
    prose = re.sub(r"``([^`]+)``", r"`\1`", prose).strip()
    return prose, (mark + examples).strip()


def _options() -> Iterator[str]:
    tree = ast.parse(Path(inspect.getfile(options)).read_text(encoding="utf-8"))
    record = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "RunOptions")
    fields = [each for each in record.body if isinstance(each, ast.AnnAssign)]
    told = [ast.literal_eval(each.value) for each in record.body[1:] if isinstance(each, ast.Expr)]
    for field, words in zip(fields, told, strict=True):
        kind = ast.unparse(field.annotation).replace("|", "or")
        yield f"| `{ast.unparse(field.target)}` | {kind} | {words.replace('``', '`')} |"


def outcomes_page() -> str:
    """Write docs/reference/outcomes.md."""
    rows = (
        f"| `{each.name}` | {each.words} | {each.what} | {each.unit} | {each.better.value} | {each.section} |"
        for each in OUTCOMES.values()
    )
    return OUTCOMES_HEAD + "\n".join(rows) + "\n"


OUTCOMES_HEAD = """\
# Outcomes

What is kept of every game: columns of `results.parquet`, and names that `--require`, `--outcome` and claims take. All
are exact for the future in which they were computed; their definitions stand on [the theory page](../theory.md), in the
section that the last column names. This page is written by `python -m bench.docs reference/outcomes.md` from the one
declaration of outcomes (`src/foedus/game/outcomes.py`); a test compares it.

| name | on pages | meaning | unit | better | section |
|---|---|---|---|---|---|
"""
