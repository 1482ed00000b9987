"""The option that says in what form a result is printed."""

from collections.abc import Callable
from typing import Any, TypeAlias

import click

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]


def json_option(about: str = "Print as JSON.") -> Decorator:
    """Declare that data are printed in the place of words."""
    return click.option("--json", "as_json", is_flag=True, help=about)
