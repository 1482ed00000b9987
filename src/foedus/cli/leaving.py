"""How a command ends before its time: what it says, and with which exit code. All of it stands here."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import Any, NoReturn

import click

from foedus.cli.output import forgiving_output
from foedus.cli.summaries import SUMMARIES
from foedus.errors import ClusterUnavailable, FoedusError, InvalidFile, NoAnswer, NotConverged, SeveralErrors

NO = 1
"""Exit code where the answer is no: something of level error was found, cover was lost, or nothing can be told."""
WRONG_INPUT = 2
"""Exit code where a file or a name that the user gave cannot be used."""
NOT_CONVERGED = 3
"""Exit code where too little was solved to tolerance to answer."""
NO_CLUSTER = 4
"""Exit code where a cluster cannot be used."""
INTERRUPTED = 130
"""Exit code where the command was stopped, by Ctrl-C or by being told to end."""
_GONE = "the folder that the command was started in is no longer there; change to another one and start it again"

_CODES: tuple[tuple[type[FoedusError], int], ...] = (
    (NoAnswer, NO),
    (NotConverged, NOT_CONVERGED),
    (ClusterUnavailable, NO_CLUSTER),
    (FoedusError, WRONG_INPUT),
)
"""The first kind that an error is of tells its exit code."""


class _Helped(click.Command):
    """A command that tells of itself for ``-h`` and ``--help``.

    Click would take the names from the context and keep those of the first one for good.
    """

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the two names, whatever the context."""
        ctx.help_option_names = ["-h", "--help"]
        return super().get_help_option_names(ctx)


class Guarded(_Helped):
    """A command whose errors and interrupts end it in words, with the exit code of their kind."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _guarded():
            return super().invoke(ctx)


class GuardedGroup(_Helped, click.Group):
    """Commands under one name, guarded as each of them is."""

    command_class = Guarded

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for."""
        with _guarded():
            return super().invoke(ctx)


class MainGroup(_Helped, click.Group):
    """All commands; what they print is lost to no output that lacks signs, is full, or is closed by its reader."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, none of which is imported for it."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl([(name, shorten(SUMMARIES[name], limit, placeholder="...")) for name in names])

    def invoke(self, ctx: click.Context) -> Any:
        """Load the command that is asked for and run it; stopped while it loads, it ends in words as well."""
        with _guarded():
            return super().invoke(ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run what is asked for on the command line."""
        with forgiving_output() as output, _ended_like_an_interrupt():
            try:
                return super().main(*args, **kwargs)
            except SystemExit as end:
                output.flush()
                if output.failure and not end.code:
                    exit_with(f"the output cannot be written: {output.failure.strerror}", code=NO)
                raise


@contextmanager
def _guarded() -> Iterator[None]:
    """Tell what is raised on purpose; what nobody foresaw is not hidden."""
    try:
        yield
    except KeyboardInterrupt as stop:
        exit_with(str(stop) or "stopped; nothing was written", code=INTERRUPTED)
    except FoedusError as error:
        exit_with(told(error), code=next(code for kind, code in _CODES if isinstance(error, kind)))
    except OSError as error:
        exit_with(_GONE if not error.filename and _is_here_gone() else _unusable(error))


@contextmanager
def _ended_like_an_interrupt() -> Iterator[None]:
    """Stop as at Ctrl-C where the program is told to end, so that what was found is kept; the main thread hears it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _is_here_gone() -> bool:
    """Tell whether the folder that the command was started in is no more: whatever asks for it names no file."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _unusable(error: OSError) -> str:
    return f"{error.filename or 'a file'} cannot be used: {error.strerror or error}"


def told(error: FoedusError) -> str:
    """Write an error for a person; findings with the lines that they are about."""
    from foedus.report.page.findings import write_findings

    if isinstance(error, SeveralErrors):
        return "\n".join(dict.fromkeys(told(each) for each in error.errors))
    if isinstance(error, InvalidFile):
        files = dict.fromkeys(finding.file for finding in error.findings)
        return "\n".join(
            write_findings([each for each in error.findings if each.file == file], lines=_lines(file)).rstrip()
            for file in files
        )
    return str(error)


def exit_with(message: str, *, code: int = WRONG_INPUT) -> NoReturn:
    """Say on the error stream why the command ends, and end it."""
    click.echo(message, err=True)
    sys.exit(code)


def _lines(file: str) -> tuple[str, ...]:
    """Return the lines of a file; none where it is no file that can be read."""
    from foedus.jobs.asking.texts import lines_of_file

    try:
        return lines_of_file(Path(file))
    except OSError:
        return ()
