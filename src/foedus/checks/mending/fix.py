"""Fix the text of a file where a mending is unambiguous, and say of every other hole why it is left."""

from dataclasses import dataclass

from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.checks.examine import check
from foedus.checks.finding import CheckFinding
from foedus.checks.mending.apply import CannotMend, apply, apply_to_text, is_closed_by
from foedus.checks.mending.mendings import Mending, mendings
from foedus.text.source import read_source


@dataclass(frozen=True)
class Fixed:
    """A text before and after."""

    before: str
    after: str
    done: tuple[tuple[CheckFinding, Mending], ...]
    """What was mended, in order."""
    left: tuple[tuple[CheckFinding, str], ...]
    """What was not, each with the reason."""
    worst_left: tuple[CheckFinding, ...]
    """What of it is of level error."""


def fix(text: str, *, file: str) -> Fixed:
    """Mend what can be mended in one way only, one hole after the other; raise `InvalidFile` for what is no text.

    Comments and the layout of lines that no mending touches stay as they are.
    """
    done: list[tuple[CheckFinding, Mending]] = []
    before = text
    while True:
        arrangement = loads(text, file=file)
        findings = check(arrangement, source=read_source(text, file=file))
        attempts = [(finding, _attempt(finding, arrangement, text)) for finding in findings]
        success = next(((finding, found) for finding, found in attempts if isinstance(found, tuple)), None)
        if success is None:
            break
        finding, (mending, text) = success
        done.append((finding, mending))
    left = tuple((finding, reason) for finding, reason in attempts if isinstance(reason, str))
    return Fixed(before, text, tuple(done), left, tuple(each for each, _ in left if each.severity == "error"))


def _attempt(finding: CheckFinding, arrangement: Arrangement, text: str) -> tuple[Mending, str] | str:
    """Return a mending with the text that it makes, or the reason why there is none."""
    if finding.cannot_tell:
        return "it could not be told whether this is a hole"
    known = list(mendings(arrangement, finding))
    certain = [mending for mending in known if mending.is_unambiguous]
    if not certain:
        return f"its mending leaves a choice that is yours: {finding.mend}"
    closing = next((mending for mending in certain if is_closed_by(finding, mending, arrangement)), None)
    if closing is None:
        admitted = any(apply(mending, arrangement) is not None for mending in certain)
        return "its mending alone does not close it" if admitted else "other clauses would have to change with it"
    try:
        return closing, apply_to_text(closing, text)
    except CannotMend as reason:
        return f"{closing.words}: {reason}"
