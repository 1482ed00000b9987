"""The reference page of the checks, as Markdown, written from the checks themselves and the library."""

from collections.abc import Iterator, Sequence

from foedus.arrangement.dump import dump, write_inline
from foedus.checks.examine import examine
from foedus.checks.finding import Check, Examination
from foedus.checks.mending.apply import close
from foedus.checks.mending.mendings import MENDINGS
from foedus.checks.registry import CHECKS, FAMILY_NAMES, NOT_MODELLED
from foedus.checks.specimens import bad, changes, good
from foedus.checks.timescales import hours_in_words, load_timescales
from foedus.errors import FindingKind, Severity

_LETTERS = {Severity.ERROR: "E", Severity.WARNING: "w", Severity.INFORMATION: "i"}

_COMMANDS = """\
- `foedus check FILE` quotes each clause and names the incident that slips through; `--json` and `--sarif` are for
  programs. `foedus compare` lists the same findings in its report.
- A finding is a **fault** in the drafting, or tells what the text **leaves open**, which may be meant. The command ends
  with 1 where there is a fault of level error, or where the rules did not confirm what was found; with `--strict` what
  is left open at level error counts as well.
- `foedus check --accept ACCEPTED FILE` reads a file of findings that the parties live with, each with the reason:
  `accepted:` with entries `{check: G01, at: commitments[1], because: ...}`; without `at` an entry means every finding
  of its check. They are told and do not count. An entry that no text needs any more is told too.
- **Coverage** is the share of the same hostile incidents, put to every text, in which somebody must help. A text that
  says nothing has no faults and covers nothing: read both.
- `foedus check --passed FILE` says what carries each check that found nothing: the fewest clauses that still give the
  proof, or the single parts without which there would be a hole.
- `foedus check --price FILE` closes each hole of level error by the mending below, solves the game again in the same
  futures and shows the difference: first with all else as it is, then with all else mended, since one hole can hide
  behind another. A check without the line "Closed by" has no mending that is a change of the record; its holes are
  listed without a price. The figures that a mending puts in, such as deadlines, are examples.
- `foedus check --fix FILE` makes the mendings that leave no choice of word, number or party. It keeps comments and
  layout, shows the change, writes only with `--in-place` or `--output NEW`, and says why it leaves the rest.
- `foedus diff --meaning OLD NEW` names the worst incident under which one text obliges somebody and the other nobody;
  `foedus check --against OLD NEW` is the same for pipelines, and fails where cover is lost."""


def write_reference(examinations: Sequence[tuple[str, Examination]]) -> str:
    """Write the page; ``examinations`` are those of the library, by name."""
    return "\n".join([*_head(), *_checks(), *_timescales(), *_library(examinations), *_limits(), *_specimen()]) + "\n"


def _head() -> Iterator[str]:
    yield "# The checks"
    yield ""
    yield "Written by `foedus check --reference`. A check puts one promise to the test. What it finds is replayed"
    yield "by the rules of the mechanism before it is told. No check calls an arrangement safe: it says what it"
    yield "looked for."
    yield ""
    yield _COMMANDS
    yield ""


def _checks() -> Iterator[str]:
    yield "| id | name | family | at worst | what it finds |"
    yield "|---|---|---|---|---|"
    for check in CHECKS.values():
        kind = "is left open" if check.kind is FindingKind.OPEN else "is a fault"
        yield f"| {check.id} | {check.title} | {FAMILY_NAMES[check.family]} | {check.severity} | {kind} |"
    yield ""
    yield "Each example is a smallest change to the arrangement at the end of this page, where no check finds anything,"
    yield "that opens the hole."
    yield ""
    for check in CHECKS.values():
        yield f"## {check.id}: {check.title}"
        yield ""
        yield check.promise
        yield ""
        yield f"- Decided by: {check.how}."
        yield f"- Mending: {check.mend}."
        yield f"- Example: {_changed(check)}"
        yield f"- Finding: {_told(check)}"
        yield from _closed(check)
        yield ""


def explanation(check: Check) -> str:
    """Explain one check, with its example."""
    example = "\n           ".join(f"{path}: {write_inline(value)}" for path, value in changes(check.id).items())
    return "\n".join(
        [
            f"{check.id} {check.title} ({FAMILY_NAMES[check.family]}; {check.severity} at worst)",
            f"  promise: {check.promise}",
            f"  decided: {check.how}",
            f"  mend:    {check.mend}",
            f"  example: {example}",
            f"  finding: {_told(check)}",
        ]
    )


def _closed(check: Check) -> Iterator[str]:
    """Say how `--price` closes the hole of the example, and whether `--fix` would."""
    finding = next(each for each in examine(bad(check.id), only=[check.id]).findings)
    mended = close(bad(check.id), finding)
    if mended is not None:
        fixed = "; `--fix` does this" if mended.mending.is_unambiguous else ""
        yield f"- Closed by: {mended.mending.words}{fixed}."
    elif check.id in MENDINGS:
        yield "- Closed by: a change of the record at level error; this example is milder and has none."


def _changed(check: Check) -> str:
    return "; ".join(f"`{path}: {write_inline(value)}`" for path, value in changes(check.id).items())


def _told(check: Check) -> str:
    finding = next(each for each in examine(bad(check.id), only=[check.id]).findings)
    level = f"left open, {finding.severity}" if finding.kind is FindingKind.OPEN else finding.severity
    word = "cannot tell" if finding.cannot_tell else level
    return f"{word}. {finding.message}"


def _timescales() -> Iterator[str]:
    yield "## How long things take"
    yield ""
    yield "T01 and L02 count with these ranges where the text sets no deadline."
    yield ""
    yield "| range | what | from | to | source |"
    yield "|---|---|---|---|---|"
    for name, scale in load_timescales().items():
        yield f"| {name} | {scale.what} | {hours_in_words(scale.low)} | {hours_in_words(scale.high)} | {scale.source} |"
    yield ""


def _library(examinations: Sequence[tuple[str, Examination]]) -> Iterator[str]:
    found = [check for check in CHECKS if any(_cell(check, each) not in {"", "–"} for _, each in examinations)]
    quiet = [check for check in CHECKS if check not in found]
    yield "## The library"
    yield ""
    yield "E error, w warning, i information, ? cannot tell; the worst of each check. In brackets: left open, no fault."
    yield "An empty cell: it found nothing. A dash: the text gives it nothing to look at, which is no merit."
    yield "Covered: in what share of the same hostile incidents somebody must help."
    yield ""
    yield "| arrangement | covered | " + " | ".join(found) + " |"
    yield "|---|---:|" + "---|" * len(found)
    for name, examination in examinations:
        covered = f"{examination.coverage.share:.0%}" if examination.coverage else "–"
        yield f"| {name} | {covered} | " + " | ".join(_cell(check, examination) for check in found) + " |"
    yield ""
    if quiet:
        yield f"Checks that find nothing in the library: {', '.join(quiet)}."
        yield ""


def _cell(check: str, examination: Examination) -> str:
    found = [finding for finding in examination.findings if finding.id == check]
    sure = [finding for finding in found if not finding.cannot_tell]
    if sure:
        worst = min(sure, key=lambda each: (list(Severity).index(each.severity), each.kind is FindingKind.OPEN))
        letter = _LETTERS[worst.severity]
        return f"({letter})" if worst.kind is FindingKind.OPEN else letter
    if found:
        return "?"
    return "–" if check in examination.without_subject else ""


def _limits() -> Iterator[str]:
    yield "## Not modelled"
    yield ""
    for limit in NOT_MODELLED:
        yield f"- {limit}"
    yield ""


def _specimen() -> Iterator[str]:
    yield "## An arrangement in which no check finds anything"
    yield ""
    yield "```yaml"
    yield dump(good()).rstrip()
    yield "```"
