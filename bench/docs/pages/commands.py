"""docs/reference/commands.md: the help of every command, as click gives it."""

from collections.abc import Iterator

import click

from foedus.cli.main import main

WIDTH = 100
HEAD = """\
# Commands

What `--help` says of every command, in one place. This page is written by
`python -m bench.docs reference/commands.md` from the commands themselves; a test compares it with them.

| exit code | says |
|---|---|
| 0 | done, and nothing was found that should stop a pipeline |
| 1 | a fault was found (`check`), or a step went otherwise than a script expects (`replay`) |
| 2 | what was asked cannot be read: a word, an option or a file, with what to change |
| 3 | too little was solved to tolerance, or the data do not identify what was asked |
| 4 | the cluster cannot be used |
| 130 | stopped by Ctrl-C or told to end (SIGTERM); what was kept stays |
| 143 | a server (`serve`, `rehearse`, `convene`) was told to end (SIGTERM) |

How to have the shell complete commands and options: [completion](../how-to/complete_in_the_shell.md).
"""


def commands_page() -> str:
    """Write the page."""
    sections = (f"## {' '.join(words)}\n\n```text\n{help_of(words)}\n```\n" for words, _ in every_command())
    return "\n".join((HEAD, *sections))


def every_command(
    command: click.Command = main, *, words: tuple[str, ...] = ("foedus",)
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Go through the program and all commands in it, groups before what is in them."""
    yield words, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from every_command(command.commands[name], words=(*words, name))


def help_of(words: tuple[str, ...]) -> str:
    """Return what ``--help`` prints for a command, on lines of 100 signs."""
    command: click.Command = main
    context = click.Context(command, info_name=words[0], terminal_width=WIDTH)
    for word in words[1:]:
        command = command.commands[word] if isinstance(command, click.Group) else command
        context = click.Context(command, info_name=word, parent=context, terminal_width=WIDTH)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
