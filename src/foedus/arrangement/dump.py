"""Write a record back as YAML text; `loads` reads the same record."""

import io
import json
import re
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

from foedus.arrangement.conditions import Acts, And, Fact, Level, Not, Or, write_condition
from foedus.arrangement.record import Arrangement
from foedus.values.duration import Duration
from foedus.values.quantity import Forces, Money

_READ_AS_OTHER = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})
_WORDS = re.compile(r"[A-Za-z0-9_]+( [A-Za-z0-9_]+)*")
_CONDITIONS = (Fact, Acts, Level, Not, And, Or)


def dump(arrangement: Arrangement) -> str:
    """Write an arrangement as YAML, leaving out what stands at its default."""
    from ruamel.yaml import YAML  # most who look at plain records write no file

    yaml = YAML(pure=True)
    plain = to_plain(arrangement)
    # A line that is folded beside a tab comes back with a blank more, so such a text is left unfolded.
    yaml.width = _UNFOLDED if "\\t" in json.dumps(plain) else _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_quoted(plain), stream)
    return stream.getvalue()


_WIDTH, _UNFOLDED = 110, 1_000_000


def to_plain(value: Any) -> Any:
    """Turn a record into plain lists, mappings and words, leaving out what stands at its default."""
    if isinstance(value, Duration | Money | Forces):
        return str(value)
    if isinstance(value, _CONDITIONS):
        return write_condition(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, tuple | list):
        return [to_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: to_plain(entry) for key, entry in value.items()}
    return value


def write_inline(value: Any) -> str:
    """Write plain data on one line, as it may stand after a key."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {write_inline(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(write_inline(entry) for entry in value) + "]"
    if isinstance(value, bool | None):
        return {True: "true", False: "false", None: "null"}[value]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) and not _is_plain(value) else str(value)


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _quoted(value: Any) -> Any:
    """Put every text in quotes that a YAML reader might take for something else."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, dict):
        return {key: _quoted(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_quoted(entry) for entry in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) and not _is_plain(value) else value


def _is_plain(text: str) -> bool:
    is_number_like = text[:1].isdigit() and " " not in text
    return _WORDS.fullmatch(text) is not None and not is_number_like and text.lower() not in _READ_AS_OTHER
