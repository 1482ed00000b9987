"""How a command ends before its time: what it says, and with which exit code."""

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

WRONG_INPUT = 2
"""Exit code where a file or a name that the user gave cannot be used."""
NOT_CONVERGED = 3
"""Exit code where too little was solved to tolerance to answer."""
INTERRUPTED = 130
"""Exit code where the user stopped the command."""


def exit_with(message: str, *, code: int = WRONG_INPUT) -> NoReturn:
    """Say on the error stream why the command ends, and end it."""
    click.echo(message, err=True)
    sys.exit(code)


def refuse_unwritable(out: Path) -> None:
    """Say before the long work, and not after it, that a folder cannot be written to."""
    there = next(place for place in (out.absolute(), *out.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        exit_with(f"{out} cannot be written: {there} is no folder that you may write to")
