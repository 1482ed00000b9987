"""A command in words, as whoever reads a result would give it to obtain the same again."""

import shlex
from collections.abc import Collection, Iterator
from typing import Any

import click


def command_words(context: click.Context, *, always: Collection[str], never: Collection[str]) -> str:
    """Write the command that is running: its arguments, and its options where they are not at their default.

    Options are meant by the names of their parameters. Those in ``always`` are written whatever they are, and those
    in ``never``, such as where files go, never; flags, which stand without a value, have to be among the latter.
    """
    words = ["foedus", str(context.command.name)]
    for parameter in context.command.params:
        if parameter.name not in never:
            words += _words(parameter, context.params[str(parameter.name)], is_always=parameter.name in always)
    return shlex.join(words)


def _words(parameter: click.Parameter, value: Any, *, is_always: bool) -> Iterator[str]:
    # What a type reads, it writes; a default stands in the declaration as a user would write it.
    write = getattr(parameter.type, "write", str)
    for each in value if parameter.multiple or parameter.nargs == -1 else (value,):
        text = write(each)
        if is_always or text != str(parameter.default):
            yield from (text,) if isinstance(parameter, click.Argument) else (parameter.opts[0], text)
