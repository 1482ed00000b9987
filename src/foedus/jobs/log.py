"""The log of a rehearsal or sitting: verify, export, import and keep it."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from foedus.errors import Finding, LogUnavailable, NoAnswer, WrongRequest
from foedus.exercise.log.event import NotAnEvent
from foedus.exercise.log.export import write_lines
from foedus.exercise.log.note import NotANote, Verifier
from foedus.exercise.log.places import copy, open_log, open_source, open_store
from foedus.exercise.log.store import Damaged, LogView
from foedus.exercise.log.verify import Flaw, Verdict, verify
from foedus.jobs.telling.showing import JobResult, print_sentences


@dataclass(frozen=True, eq=False, repr=False)
class LogResult(JobResult):
    """What can be vouched for in a log."""

    place: str
    """The file or database, as it may be printed."""
    verdict: Verdict

    @property
    def is_whole(self) -> bool:
        """Whether the log is what was signed."""
        return self.verdict.is_whole

    @property
    def flaw(self) -> Finding | None:
        """The first event that cannot be vouched for; None where the log is whole."""
        return _finding(self.place, self.verdict.flaw) if self.verdict.flaw else None

    def print_on(self, console: Console) -> None:
        """Print what is in the log and who signed it, or its first flaw."""
        lines = [str(self.flaw)] if self.flaw else _summary(self.place, self.verdict)
        print_sentences(lines, console=console)

    def to_data(self) -> dict[str, object]:
        """Return plain data for JSON."""
        return _as_mapping(self.verdict)


def verify_log(place: str, *, key: str | None = None, seen: Sequence[Path] = ()) -> LogResult:
    """Tell whether a log is what was signed; ``seen`` are signed checkpoints that somebody kept."""
    return LogResult(shown_place(place), _verdict(_source(place), key=key, seen=seen))


def export_log(place: str) -> bytes:
    """Return a log as JSON Lines; raise `NoAnswer` where it does not verify, `WrongRequest` where it cannot be read."""
    source = _whole_source(place)
    try:
        with source.reading() as (header, items):
            return b"".join(write_lines(header, items))
    except (Damaged, LogUnavailable, OSError) as error:
        raise WrongRequest(f"{shown_place(place)}: {error}") from error


def import_log(export: str, place: str) -> None:
    """Write an export into a new file or database; nothing is ever written over. Raises as `export_log` does."""
    source = _whole_source(export)
    try:
        store = open_store(place)
        try:
            copy(source, store)
        finally:
            store.close()
    except (Damaged, LogUnavailable, OSError) as error:
        raise WrongRequest(f"{shown_place(place)}: {error}") from error


def latest_checkpoint(place: str) -> str:
    """Return the latest signed checkpoint; raises as `export_log` does."""
    return _whole(place, _verdict(_source(place))).checkpoint


def erase_personal(
    place: str, numbers: Sequence[int], *, time: datetime, actor: str, reason: str, key_file: Path | None = None
) -> int:
    """Erase the personal part of events, and return the number of the event that records it."""
    if not place.startswith("postgres") and not Path(place).is_file():
        raise WrongRequest(f"{shown_place(place)}: there is no such file")
    try:
        with open_log(place, key_file=key_file) as log:
            return log.erase(numbers, time=time, actor=actor, reason=reason).first
    except (NotAnEvent, ValueError, LogUnavailable, OSError) as error:
        raise WrongRequest(f"{shown_place(place)}: {error}") from error


def shown_place(place: str) -> str:
    """Return a place as it may be printed: without the password of a database."""
    return re.sub(r"(://[^:@/]*):[^@]*@", r"\1@", place)


def _source(place: str) -> LogView:
    try:
        return open_source(place)
    except (LogUnavailable, OSError) as error:
        raise WrongRequest(f"{shown_place(place)}: {error}") from error


def _whole_source(place: str) -> LogView:
    source = _source(place)
    _whole(place, _verdict(source))
    return source


def _verdict(source: LogView, *, key: str | None = None, seen: Sequence[Path] = ()) -> Verdict:
    try:
        verifier = Verifier.parse(key) if key else None
        return verify(source, key=verifier, seen=[path.read_text(encoding="utf-8") for path in seen])
    except (NotANote, LogUnavailable, OSError, UnicodeDecodeError) as error:
        raise WrongRequest(str(error)) from error


def _whole(place: str, verdict: Verdict) -> Verdict:
    if verdict.flaw:
        raise NoAnswer(str(_finding(shown_place(place), verdict.flaw)))
    return verdict


def _finding(place: str, flaw: Flaw) -> Finding:
    return Finding(
        file=place,
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
        f"{place}: whole",
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
