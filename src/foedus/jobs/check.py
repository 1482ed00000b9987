"""Check texts: their holes, what one obliges to that another does not, and what can be mended in one way only.

What a plain check does without is loaded by those that need it.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text as RichText

from foedus.arrangement.library import find_arrangement_file, library_files
from foedus.checks.accepted import Accepted, accept, idle, read_accepted
from foedus.checks.examine import examine
from foedus.checks.finding import Examination
from foedus.checks.registry import CHECKS, find_check
from foedus.checks.search.space import CannotTell
from foedus.errors import FoedusError, NoAnswer, WrongRequest
from foedus.futures.parameters.load import default_parameters
from foedus.jobs.asking.texts import Given, Text, load_text, load_texts, load_what_can_be
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult, print_sentences
from foedus.mechanism.unread import unread
from foedus.mechanism.watching import watched
from foedus.report.checks.findings import WIDTH, Unread, as_sarif, examination_lines

if TYPE_CHECKING:
    import pandas as pd

    from foedus.checks.meaning import MeaningComparison
    from foedus.checks.mending.fix import Fixed

_STYLES = {"error": "bold red", "warning": "yellow", "information": "cyan", "quote": "dim", "mark": "red"}


@dataclass(frozen=True)
class CheckRequest:
    """Which texts to check, and by which checks."""

    texts: tuple[Given, ...]
    only: tuple[str, ...] = ()
    """Ids of checks, such as V01; all where empty."""
    with_carriers: bool = False
    """Whether to seek what carries each check that found nothing."""
    accepted: Path | None = None
    """A file of findings that the parties live with, each with the reason."""


@dataclass(frozen=True, eq=False, repr=False)
class CheckResult(JobResult):
    """The holes of texts, each with the incident that slips through."""

    texts: tuple[Text, ...]
    examinations: tuple[Examination, ...]
    """One for each text."""
    seen: tuple[frozenset[str], ...]
    """For each text, what the checks looked at."""
    is_complete: bool = True
    """Whether every check was run."""
    unusable: tuple[FoedusError, ...] = ()
    """What is wrong with files that could not be checked at all."""
    with_carriers: bool = False
    idle: tuple[Accepted, ...] = ()
    """Accepted findings that no text has any more, so that the file that names them can be kept short."""

    @property
    def has_errors(self) -> bool:
        """Whether there is a fault of level error that nobody accepted, or a finding that the rules did not confirm."""
        return any(each.faults or each.unreplayed for each in self.examinations)

    @property
    def has_gaps(self) -> bool:
        """Whether a text leaves open, at level error, what nobody accepted."""
        return any(each.gaps for each in self.examinations)

    def print_on(self, console: Console) -> None:
        """Print every finding with its clause, the incident, the reason and the mending."""
        width = console.width if console.is_terminal or os.environ.get("COLUMNS") else WIDTH
        for text, examination, seen in zip(self.texts, self.examinations, self.seen, strict=True):
            not_read = _unread(text, seen) if self.is_complete else None
            shown = examination_lines(
                examination, lines=text.lines, is_passed=self.with_carriers, unread=not_read, width=width
            )
            for line in shown:
                console.print(RichText(line.text, style=_STYLES.get(line.style, "")), soft_wrap=True)
        print_sentences(map(_idle_words, self.idle), console=console)

    def to_data(self) -> list[dict[str, object]]:
        """Return plain data for JSON."""
        return [examination.to_mapping() for examination in self.examinations]

    def to_sarif(self) -> dict[str, Any]:
        """Return a SARIF 2.1.0 log, for code hosts."""
        from foedus import __version__

        return as_sarif(self.examinations, version=__version__)

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each finding."""
        columns = ("arrangement", "check", "severity", "kind", "accepted", "clause", "line", "message", "mend")
        rows = [
            (
                each.arrangement,
                hole.id,
                str(hole.severity),
                str(hole.kind),
                hole.accepted,
                hole.position.path,
                hole.position.line,
                hole.message,
                hole.mend,
            )
            for each in self.examinations
            for hole in each.findings
        ]
        return frame_of(rows, columns=columns)


@dataclass(frozen=True, eq=False, repr=False)
class ChangeResult(JobResult):
    """What one text obliges to that another does not, and the reverse."""

    comparisons: "tuple[MeaningComparison, ...]"

    @property
    def has_lost(self) -> bool:
        """Whether an incident obliges somebody under the old text and nobody under the new one."""
        return any(each.lost for each in self.comparisons if each.about == "anybody")

    def print_on(self, console: Console) -> None:
        """Print the verdicts and the incidents."""
        from foedus.report.checks.meaning import meaning_lines

        print_sentences(meaning_lines(self.comparisons), console=console)

    def to_data(self) -> Any:
        """Return plain data for JSON."""
        from foedus.report.checks.meaning import as_mapping

        return as_mapping(self.comparisons)


@dataclass(frozen=True, eq=False, repr=False)
class MendResult(JobResult):
    """A text with every hole mended that can be mended in one way only."""

    fixed: "Fixed"
    file: str

    @property
    def is_changed(self) -> bool:
        """Whether anything was mended."""
        return bool(self.fixed.done)

    @property
    def has_errors(self) -> bool:
        """Whether anything of level error is left."""
        return bool(self.fixed.worst_left)

    @property
    def text(self) -> str:
        """The mended file."""
        return self.fixed.after

    def print_on(self, console: Console) -> None:
        """Print the change, what was mended, and of every other hole why it is left."""
        before, after = (text.splitlines(keepends=True) for text in (self.fixed.before, self.fixed.after))
        diff = "".join(unified_diff(before, after, self.file, f"{self.file} (mended)"))
        console.print(RichText(diff), end="", soft_wrap=True)
        for finding, mending in self.fixed.done:
            print_sentences((f"mended [{finding.id}] {finding.message}", f"  by: {mending.words}"), console=console)
        for finding, reason in self.fixed.left:
            left = f"left   [{finding.id}] {finding.position.path}: {finding.message}"
            print_sentences((left, f"  since {reason}"), console=console)


def check_texts(request: CheckRequest) -> CheckResult:
    """Look for holes; files that cannot be used are told beside the findings of the others.

    Raises `InvalidFile` or `WrongRequest` where the file of accepted findings cannot be used.
    """
    only = [find_check(name).id for name in request.only] or list(CHECKS)
    accepted = _read_accepted(request.accepted) if request.accepted else ()
    texts, wrong = load_what_can_be(request.texts)
    examined = [_examine(text, only, with_carriers=request.with_carriers) for text in texts]
    examinations = tuple(accept(examination, accepted) for examination, _ in examined)
    return CheckResult(
        texts,
        examinations=examinations,
        seen=tuple(seen for _, seen in examined),
        is_complete=only == list(CHECKS),
        unusable=wrong,
        with_carriers=request.with_carriers,
        idle=_idle_in_all(examinations, [each for each in accepted if each.check in only]),
    )


def check_against(old: Given, new: Given) -> ChangeResult:
    """Tell what changes in meaning from one text to another; raise `NoAnswer` where that cannot be told."""
    from foedus.checks.meaning import compare_meaning

    before, after = (text.arrangement for text in load_texts((old, new)))
    try:
        return ChangeResult(compare_meaning(before, after))
    except CannotTell as reason:
        raise NoAnswer(f"cannot tell: {reason}") from reason


def mend_file(name: str) -> MendResult:
    """Mend a file as far as that can be done in one way only; nothing is written."""
    from foedus.checks.mending.fix import fix

    file = find_arrangement_file(name)
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongRequest(f"{file} cannot be read: {error}") from error
    return MendResult(fix(text, file=str(file)), file=str(file))


def is_packaged(name: str) -> bool:
    """Tell whether a name means an arrangement of the library, which nobody may change."""
    return not Path(name).is_file()


def explain_check(name: str) -> str:
    """Say what a check promises and how it decides; raise `UnknownName`."""
    from foedus.report.checks.reference import explanation

    return explanation(find_check(name))


def checks_reference_text() -> str:
    """Write the reference page of the checks, with what they find in the library, as Markdown."""
    from foedus.report.checks.reference import write_reference

    return write_reference(_examined(list(library_files())))


def _read_accepted(file: Path) -> tuple[Accepted, ...]:
    try:
        return read_accepted(file.read_text(encoding="utf-8"), file=str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongRequest(f"{file} cannot be read: {error}") from error


def _idle_in_all(examinations: Iterable[Examination], accepted: Sequence[Accepted]) -> tuple[Accepted, ...]:
    """Return the entries that meet a finding in no text; none where no text could be examined."""
    idle_in = [idle(examination, accepted) for examination in examinations]
    return tuple(each for each in accepted if idle_in and all(each in found for found in idle_in))


def _idle_words(entry: Accepted) -> str:
    where = f" at {entry.at}" if entry.at else ""
    return f"accepted, but not found any more: {entry.check}{where}; take the entry out"


def _examine(text: Text, only: Sequence[str], *, with_carriers: bool) -> tuple[Examination, frozenset[str]]:
    """Examine a text, and tell what the checks looked at in it."""
    copy, seen = watched(text.arrangement)
    examination = examine(copy, source=text.source, only=only, with_carriers=with_carriers)
    return examination, frozenset(seen)


def _unread(text: Text, seen: frozenset[str]) -> Unread:
    by_game = [entry.path for entry in unread(text.arrangement, default_parameters().central)]
    return Unread(by_game=by_game, by_any=[path for path in by_game if path not in seen])


def _examined(names: Sequence[str]) -> list[tuple[str, Examination]]:
    texts = {name: load_text(name) for name in names}
    return [(name, examine(text.arrangement, source=text.source)) for name, text in texts.items()]
