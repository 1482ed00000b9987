"""A page of figures, charts and tables as plain data, for results that are not a comparison."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import Enum
from importlib.metadata import version
from math import isfinite
from typing import Any

from foedus import __version__
from foedus.futures.ensemble import Settings
from foedus.report.comparison.charts import Figure
from foedus.report.page.tables import Table
from foedus.values.digest import digest_of

_LIBRARIES = ("numpy", "scipy", "numba")


@dataclass(frozen=True)
class Made:
    """Everything needed to obtain the same figures again."""

    command: str
    """What was asked for, in words of the command line."""
    inputs_digest: str
    """Of arrangements, parameters, settings, the command and the version of foedus."""
    arrangement_digests: Mapping[str, str]
    """[arrangement] of what each says, whatever its file looks like."""
    parameters_digest: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    basis: tuple[str, ...] = ()
    """What differs from the default parameters, in sentences; empty where nothing does."""


@dataclass(frozen=True)
class Part:
    """A heading with what stands below it."""

    name: str
    """Where a link to it arrives."""
    heading: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A whole page."""

    kind: str
    """What sort of page it is, in a few words."""
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    references: tuple[str, ...]
    """The works whose methods it rests on."""
    made: Made


def made_of(
    *,
    command: str,
    arrangements: Mapping[str, Any],
    parameters_digest: str,
    settings: Settings,
    libraries: tuple[str, ...] = (),
    basis: tuple[str, ...] = (),
) -> Made:
    """Describe how figures were obtained; ``arrangements`` are records turned into plain data, by id."""
    digests = {name: digest_of(plain) for name, plain in arrangements.items()}
    stated = asdict(settings)
    return Made(
        command=command,
        inputs_digest=digest_of(
            {
                "arrangements": [[name, digest] for name, digest in digests.items()],
                "parameters": parameters_digest,
                "settings": stated,
                "command": command,
                "foedus": __version__,
            }
        ),
        arrangement_digests=digests,
        parameters_digest=parameters_digest,
        settings=stated,
        versions={
            "foedus": __version__,
            "python": platform.python_version(),
            **{library: version(library) for library in (*_LIBRARIES, *libraries)},
        },
        basis=basis,
    )


def sheet_json(record: Any, *, what: str, made: Made) -> bytes:
    """Return a record as JSON, with how it was obtained; a bound that is infinite is null."""
    content = {"format": f"foedus {what}", "format_version": 1, "made": as_plain(made), what: as_plain(record)}
    return (json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False) + "\n").encode()


def as_plain(value: Any) -> Any:
    """Turn records into lists, mappings, words and numbers."""
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value.value, int) else value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(entry) for entry in value]
    return None if isinstance(value, float) and not isfinite(value) else value
