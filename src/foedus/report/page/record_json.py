"""A record of results as JSON, with how it was obtained."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from math import isfinite
from pathlib import PurePath
from typing import Any

from foedus.errors import Finding
from foedus.report.page.provenance import Provenance

FORMAT_VERSION = 2
"""Version 1 called the provenance ``made``."""


def record_json(
    record: object,
    *,
    what: str,
    provenance: Provenance,
    more: Mapping[str, Any] | None = None,
    version: int = FORMAT_VERSION,
) -> bytes:
    """Return a record as JSON under the name of what it is, with how it was obtained; what is infinite is null."""
    content = {
        "format": f"foedus {what}",
        "format_version": version,
        "provenance": provenance.to_mapping(),
        what: as_plain(record),
        **(more or {}),
    }
    return (json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False) + "\n").encode()


def as_plain(value: Any) -> Any:
    """Turn records into lists, mappings, words and numbers; of a finding's file only the name, not where it lay."""
    if isinstance(value, Finding):
        value = replace(value, file=PurePath(value.file).name)
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value.value, int) else value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(entry) for entry in value]
    return None if isinstance(value, float) and not isfinite(value) else value
