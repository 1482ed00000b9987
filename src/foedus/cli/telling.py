"""Print results: in words on a terminal, or as JSON."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from foedus.jobs.telling.showing import JobResult

_NARROWEST, _WIDTH = 20, 80
"""Columns below which a terminal says nothing true of its width, and what is taken in its place."""


def terminal(*, least_width: int = 0) -> Console:
    """Return a console on the output stream; nothing in words from files is taken for markup or coloured."""
    return _at_true_width(Console(file=sys.stdout, highlight=False, emoji=False), least=least_width)


def error_terminal() -> Console:
    """Return a console on the error stream."""
    return _at_true_width(Console(stderr=True, emoji=False))


def print_result(result: JobResult) -> None:
    """Print a result in words."""
    result.print_on(terminal())


def print_json(data: object, *, indent: int | None = 2) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(data, indent=indent, ensure_ascii=not _has_every_sign()))


def print_data(text: str) -> None:
    """Print JSON that is written already; signs that the output lacks are written as JSON escapes them."""
    if _has_every_sign():
        click.echo(text, nl=False)
    else:
        print_json(json.loads(text))


def print_written(paths: Iterable[Path], *, on_error_stream: bool = False) -> None:
    """Say which files were written."""
    click.echo(f"written: {', '.join(str(path) for path in paths)}", err=on_error_stream)


def _at_true_width(console: Console, *, least: int = 0) -> Console:
    width = console.width if console.width >= _NARROWEST else _WIDTH
    console.width = max(width, least)
    return console


def _has_every_sign() -> bool:
    return (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf")
