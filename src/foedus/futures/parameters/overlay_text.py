"""A parameter file that somebody holds as text: what a browser sends lies on no disk."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from foedus.futures.parameters.record import Cause, Parameter, Parameters, Shape, View


@dataclass(frozen=True)
class OverlayText:
    """Text that is read as a parameter file is, and laid over the ranges that ship."""

    text: str
    file: str
    """What it is called as a file."""


Overlay: TypeAlias = Path | OverlayText
"""What can be laid over the ranges that ship."""


def write_overlay_text(overlay: Parameters, *, defaults: Parameters, head: Iterable[str] = ()) -> str:
    """Write ranges as the parameter file from which they are read again; what is as by default is left out."""
    comments = "".join(f"# {line}\n" for line in head)
    views = "".join(_view(view) for view in overlay.views)
    return comments + views + "".join(_entry(each, defaults[each.name]) for each in overlay.entries)


def write_range(parameter: Parameter) -> str:
    """Write shape and range, as a parameter file has them."""
    is_one = parameter.shape is Shape.FIXED
    numbers = repr(parameter.low) if is_one else f"[{parameter.low!r}, {parameter.high!r}]"
    return f"{parameter.shape.value}: {numbers}"


def quoted(words: str) -> str:
    """Write words so that nothing in them is read as YAML."""
    return json.dumps(words, ensure_ascii=False)


def _view(view: View) -> str:
    said = {"title": view.title, "argued_by": view.argued_by, "note": view.note}
    return "view:\n" + "".join(f"  {key}: {quoted(words)}\n" for key, words in said.items() if words)


def _entry(parameter: Parameter, default: Parameter) -> str:
    lines = [write_range(parameter), f"status: {parameter.status.value}", f"source: {quoted(parameter.source)}"]
    lines += [f"what: {quoted(parameter.what)}"] if parameter.what != default.what else []
    lines += [f"{key}: {quoted(words)}" for key in ("note", "history") if (words := getattr(parameter, key))]
    if parameter.cause is not None and parameter.cause != default.cause:
        lines.append(f"cause: {_cause(parameter.cause)}")
    return f"{parameter.name}:\n" + "".join(f"  {line}\n" for line in lines)


def _cause(cause: Cause) -> str:
    source = f", source: {quoted(cause.source)}" if cause.source else ""
    return f"{{name: {quoted(cause.name)}, correlation: {cause.correlation!r}, status: {cause.status.value}{source}}}"
