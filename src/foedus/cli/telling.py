"""Print results: in words on a terminal, or as JSON."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from foedus.jobs.telling.showing import JobResult


def terminal(*, least_width: int = 0) -> Console:
    """Return a console on the output stream; nothing in words from files is taken for markup or coloured."""
    console = Console(file=sys.stdout, highlight=False)
    console.width = max(console.width, least_width)
    return console


def print_result(result: JobResult) -> None:
    """Print a result in words."""
    result.print_on(terminal())


def print_json(data: object, *, indent: int | None = 2) -> None:
    """Print plain data as JSON."""
    click.echo(json.dumps(data, indent=indent, ensure_ascii=False))


def print_written(paths: Iterable[Path], *, on_error_stream: bool = False) -> None:
    """Say which files were written."""
    click.echo(f"written: {', '.join(str(path) for path in paths)}", err=on_error_stream)
