"""The commands `log verify`, `log export`, `log import`, `log checkpoint` and `log erase`."""

import json
import re
import sys
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from foedus.cli.leaving import exit_with
from foedus.errors import Finding, LogUnavailable
from foedus.exercise.log.event import NotAnEvent
from foedus.exercise.log.export import write_lines
from foedus.exercise.log.note import NotANote, Verifier
from foedus.exercise.log.places import copy, open_log, open_source, open_store
from foedus.exercise.log.store import Damaged, Source
from foedus.exercise.log.verify import Flaw, Verdict, verify
from foedus.values.atomic import write_together

ALTERED = 1
"""Exit code where a log is not what was signed."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_KEY = click.option("--key", "key_text", metavar="KEY", help="The verifier key that should have signed, name+hash+key.")


@click.group("log")
def log_group() -> None:
    """Verify, export and keep the log of a rehearsal or sitting.

    A log is a SQLite file, an export of one (JSON Lines), or a PostgreSQL database, postgresql://… What it proves and
    what it does not: docs/log.md.
    """


@log_group.command("verify")
@click.argument("place", metavar="FILE")
@_KEY
@click.option("--seen", "seen_files", type=_FILE, multiple=True, help="A signed checkpoint that somebody kept.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def verify_command(place: str, key_text: str | None, seen_files: tuple[Path, ...], as_json: bool) -> None:
    """Tell whether a log is what was signed, without asking anybody.

    Exits with 0 where it is, with 1 and the first event that cannot be vouched for where it is not, and with 2 where
    there is nothing to read.
    """
    verdict = _verdict_or_exit(_source_or_exit(place), key_text=key_text, seen_files=seen_files)
    if as_json:
        click.echo(json.dumps(_as_mapping(verdict)))
    elif verdict.is_whole:
        click.echo("\n".join(_summary(place, verdict)))
    if verdict.flaw:
        if not as_json:
            click.echo(str(_finding(place, verdict.flaw)), err=True)
        sys.exit(ALTERED)


@log_group.command("export")
@click.argument("place", metavar="FILE")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; printed otherwise.")
def export_command(place: str, out: Path | None) -> None:
    """Write a log as JSON Lines, the form in which it is handed to others; the same log gives the same bytes.

    A log that does not verify is not exported: exits with 1, and with 2 where there is nothing to read.
    """
    source = _source_or_exit(place)
    _whole_or_exit(place, source)
    try:
        with source.reading() as (header, items):
            content = b"".join(write_lines(header, items))
        if out:
            write_together(out.absolute().parent, {out.name: content})
    except (Damaged, LogUnavailable, OSError) as error:
        exit_with(f"{out or _shown(place)}: {error}")
    if out is None:
        click.echo(content, nl=False)


@log_group.command("import")
@click.argument("export", metavar="EXPORT")
@click.argument("place", metavar="FILE")
def import_command(export: str, place: str) -> None:
    """Write an export into a new SQLite file, or a database of which the URL is given; nothing is ever written over.

    Exits with 1 where the export does not verify, and with 2 where one of the places cannot be used.
    """
    source = _source_or_exit(export)
    _whole_or_exit(export, source)
    try:
        store = open_store(place)
        try:
            copy(source, store)
        finally:
            store.close()
    except (Damaged, LogUnavailable, OSError) as error:
        exit_with(f"{_shown(place)}: {error}")
    click.echo(f"written: {_shown(place)}")


@log_group.command("checkpoint")
@click.argument("place", metavar="FILE")
def checkpoint_command(place: str) -> None:
    """Print the latest signed checkpoint: who keeps it can later show that the log was only added to."""
    click.echo(_whole_or_exit(place, _source_or_exit(place)).checkpoint, nl=False)


@log_group.command("erase")
@click.argument("place", metavar="FILE")
@click.option(
    "--event", "numbers", type=click.IntRange(min=0), multiple=True, required=True, help="Number of an event."
)
@click.option("--actor", required=True, help="The seat or role that erases; no name of a person.")
@click.option("--reason", required=True, help="Why; this stays in the log.")
@click.option("--key-file", type=_FILE, help="The signing key; FILE.key when not told.")
def erase_command(place: str, numbers: tuple[int, ...], actor: str, reason: str, key_file: Path | None) -> None:
    """Erase the personal part of events; that it was done, by whom and why, is recorded, and the log stays whole."""
    if not place.startswith("postgres") and not Path(place).is_file():
        exit_with(f"{_shown(place)}: there is no such file")
    try:
        with open_log(place, key_file=key_file) as log:
            receipt = log.erase(numbers, time=datetime.now(UTC), actor=actor, reason=reason)
    except (NotAnEvent, ValueError, LogUnavailable, OSError) as error:
        exit_with(f"{_shown(place)}: {error}")
    click.echo(f"erased, as event {receipt.first} records")


commands: tuple[click.Command, ...] = (log_group,)


def _shown(place: str) -> str:
    """Return a place as it may be printed: without the password of a database."""
    return re.sub(r"(://[^:@/]*):[^@]*@", r"\1@", place)


def _source_or_exit(place: str) -> Source:
    try:
        return open_source(place)
    except (LogUnavailable, OSError) as error:
        exit_with(f"{_shown(place)}: {error}")


def _verdict_or_exit(source: Source, *, key_text: str | None = None, seen_files: Sequence[Path] = ()) -> Verdict:
    try:
        key = Verifier.parse(key_text) if key_text else None
        seen = [path.read_text(encoding="utf-8") for path in seen_files]
        return verify(source, key=key, seen=seen)
    except (NotANote, LogUnavailable, OSError, UnicodeDecodeError) as error:
        exit_with(str(error))


def _whole_or_exit(place: str, source: Source) -> Verdict:
    verdict = _verdict_or_exit(source)
    if verdict.flaw:
        exit_with(str(_finding(place, verdict.flaw)), code=ALTERED)
    return verdict


def _finding(place: str, flaw: Flaw) -> Finding:
    return Finding(
        file=_shown(place),
        line=flaw.line,
        column=0,
        path=f"event {flaw.event}",
        code="log-altered",
        message=flaw.what,
        why=f"what was signed is vouched for up to here, not from event {flaw.event} on",
        mend="compare with an export or a checkpoint that somebody else kept (`foedus log verify --seen`)",
    )


def _summary(place: str, verdict: Verdict) -> list[str]:
    trusted = "the key that was asked for" if verdict.is_key_given else "a key of which only the log itself tells"
    seen = f", {verdict.seen} kept elsewhere fit too" if verdict.seen else ""
    return [
        f"{_shown(place)}: whole",
        f"events       {verdict.size}",
        f"root         {b64encode(verdict.root).decode()}",
        f"key          {verdict.key}",
        f"             {trusted}",
        f"checkpoints  {verdict.checkpoints} signed and in their place{seen}",
        f"personal     {verdict.personal} parts, {_those(verdict.erased)} erased, as recorded",
        f"clock        put back before {_those(verdict.back_in_time)} of the events",
    ]


def _those(numbers: Sequence[int]) -> str:
    """Say how many, and which as far as a line holds them."""
    if not numbers:
        return "none"
    shown = ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
    return f"{len(numbers)} ({shown})"


def _as_mapping(verdict: Verdict) -> dict[str, object]:
    flaw = verdict.flaw
    return {
        "whole": verdict.is_whole,
        "events": verdict.size,
        "root": b64encode(verdict.root).decode(),
        "key": str(verdict.key) if verdict.key else None,
        "key_given": verdict.is_key_given,
        "checkpoints": verdict.checkpoints,
        "seen": verdict.seen,
        "personal": verdict.personal,
        "erased": list(verdict.erased),
        "back_in_time": list(verdict.back_in_time),
        "flaw": {"event": flaw.event, "line": flaw.line, "what": flaw.what} if flaw else None,
    }
