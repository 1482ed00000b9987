"""Write targets as the YAML file that `load_targets` reads back."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from foedus.evidence.targets.record import Target

HEADER = """\
# What a model of guarantees is held against: figures from the public record, each with its 95 % interval and its cases.
# Written by `foedus data figures --write`; not to be changed by hand. docs/data.md explains each.
"""
DIGITS = 6
"""Significant digits of a number."""


def write_targets(targets: Iterable[Target]) -> str:
    """Return the text of a targets file: one entry for each target, in the order given."""
    return HEADER + "".join(_write_entry(target) for target in targets)


def _write_entry(target: Target) -> str:
    fields = {key: value for key, value in asdict(target).items() if key != "id" and value != ""}
    return f"{target.id}:\n" + "".join(f"  {key}: {_write_value(value)}\n" for key, value in fields.items())


def _write_value(value: object) -> str:
    if isinstance(value, float):
        return json.dumps(float(f"{value:.{DIGITS}g}"))
    return json.dumps(value, ensure_ascii=False)
