"""A page as JSON, for programs that draw it themselves."""

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from foedus.report.page.inline import CodeSpan, Link
from foedus.report.page.made import sections_of
from foedus.report.page.page import Page

FORMAT_VERSION = 1


def page_json(page: Page) -> bytes:
    """Return a page as JSON: every block says in ``block`` what it is, code and links in words say so too."""
    content = {
        "format": "foedus page",
        "format_version": FORMAT_VERSION,
        **_plain(page),
        "sections": _plain(sections_of(page)),
    }
    return (json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, CodeSpan | Link):
        return {"inline": "code" if isinstance(value, CodeSpan) else "link", **vars(value)}
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"block": value.block} if hasattr(value, "block") else {}
        return {**kind, **{field.name: _plain(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, tuple | list) else value
