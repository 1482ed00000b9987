"""A command in words, as whoever reads a result would give it to obtain the same again."""

import shlex
from collections.abc import Collection, Iterator
from pathlib import PurePath
from typing import Any

import click

_ALWAYS = ("futures", "seed")
"""Options that say which draws were made: whoever reads a result wants to know, though nobody asked otherwise."""
_NEVER = ("out", "workers")
"""Options on which no answer depends, in any command."""


def command_words(context: click.Context, *, always: Collection[str] = (), never: Collection[str] = ()) -> str:
    """Write the command that is running: its arguments, its flags that are on, and its options not at their default.

    Options are meant by the names of their parameters. Futures, seed and those in ``always`` are written whatever they
    are; where files go, the number of threads and those in ``never``, on which no answer depends, never. A path from
    the root of a disk is written as the file's name: results hold nothing of the machine on which they were made, and
    the command is given where the files lie.
    """
    words = ["foedus", str(context.command.name)]
    for parameter in context.command.params:
        if parameter.name not in (*_NEVER, *never):
            is_always = parameter.name in (*_ALWAYS, *always)
            words += _words(parameter, context.params[str(parameter.name)], is_always=is_always)
    return shlex.join(words)


def _words(parameter: click.Parameter, value: Any, *, is_always: bool) -> Iterator[str]:
    if isinstance(parameter, click.Option) and parameter.is_flag:
        yield from (parameter.opts[0],) if value else ()
        return
    if value is None:
        return
    # What a type reads, it writes; a default stands in the declaration as a user would write it.
    write = getattr(parameter.type, "write", str)
    for each in value if parameter.multiple or parameter.nargs == -1 else (value,):
        text = _without_folders(write(each))
        if is_always or text != str(parameter.default):
            yield from (text,) if isinstance(parameter, click.Argument) else (parameter.opts[0], text)


def _without_folders(text: str) -> str:
    path = PurePath(text)
    return path.name if path.is_absolute() and path.name else text
