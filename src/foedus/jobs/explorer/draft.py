"""A text that somebody is writing: what is wrong with it or what the checks find, its levers, its promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.checks.examine import examine
from foedus.checks.finding import CheckFinding
from foedus.checks.meaning import compare_meaning
from foedus.checks.mending.apply import CannotMend, apply_to_text, is_closed_by
from foedus.checks.mending.mendings import mendings, read_path
from foedus.checks.search.space import CannotTell
from foedus.errors import Finding, InvalidFile, WrongRequest
from foedus.jobs.explorer.glance import promises_of
from foedus.jobs.explorer.levers import DraftLever, levers_of, pull_lever
from foedus.jobs.explorer.pieces import digest_of_text
from foedus.report.checks.meaning import meaning_lines
from foedus.report.page.record_json import as_plain
from foedus.report.words.labels import arrangement_label
from foedus.text.source import read_source

FILE = "draft"
"""What a text is called that is in no file."""


@dataclass(frozen=True, eq=False)
class DraftReading:
    """What there is to say of a draft."""

    text: str
    findings: tuple[Finding, ...]
    """Why it cannot be read; else what the checks found, the worst first."""
    arrangement: Arrangement | None = None
    """None where it cannot be read."""
    digest: str = ""
    """Of what it says; empty where it cannot be read."""
    label: str = ""
    levers: tuple[DraftLever, ...] = ()
    promises: Mapping[str, int] | None = None
    covered: float = 0.0
    by_act: Mapping[str, float] | None = None
    mendable: tuple[int, ...] = ()
    """Places in ``findings`` of those that can be mended in one way."""

    @property
    def is_readable(self) -> bool:
        """Whether it is an arrangement."""
        return self.arrangement is not None

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        named = {name: as_plain(value) for name, value in vars(self).items() if name != "arrangement"}
        return {**named, "is_readable": self.is_readable}


def read_draft(text: str) -> DraftReading:
    """Read and check a draft; whatever is wrong with it is told, and nothing is raised."""
    try:
        arrangement = loads(text)
    except InvalidFile as error:
        return DraftReading(text, tuple(replace(each, file=FILE) for each in error.findings))
    source = read_source(text, file=FILE)
    examination = examine(arrangement, source=source)
    coverage = examination.coverage
    per_act = coverage.incidents / max(1, len(coverage.by_act)) if coverage else 1
    found = examination.findings
    return DraftReading(
        text,
        tuple(each.as_finding() for each in found),
        arrangement=arrangement,
        digest=digest_of_text(arrangement),
        label=arrangement_label(arrangement.id, arrangement),
        levers=tuple(_placed(lever, source.mark_of(read_path(lever.path))[0]) for lever in levers_of(arrangement)),
        promises=promises_of(arrangement),
        covered=coverage.share if coverage else 0.0,
        by_act={act: count / per_act for act, count in coverage.by_act.items()} if coverage else {},
        mendable=tuple(i for i, each in enumerate(found) if _has_mending(arrangement, each)),
    )


def read_pulled(text: str, *, path: str, value: str) -> DraftReading:
    """Set a lever in a text and read what comes of it; raises as `pull_lever` does."""
    return read_draft(pull_lever(text, path=path, value=value))


def mend_draft(text: str, *, code: str, path: str) -> str:
    """Close one hole of a draft by the least change that does; raise `WrongRequest` where none is known."""
    arrangement = loads(text, file=FILE)
    for finding in examine(arrangement, source=read_source(text, file=FILE), only=[code]).findings:
        if finding.position.path != path:
            continue
        for mending in mendings(arrangement, finding):
            if is_closed_by(finding, mending, arrangement):
                try:
                    return apply_to_text(mending, text)
                except CannotMend:
                    continue
    raise WrongRequest(f"no change of the text is known that closes {code} at {path} by itself; mend it by hand")


def meaning_of_change(old: str, new: str) -> Sequence[str]:
    """Tell in lines what changes in who owes what after which incident."""
    before, after = (loads(text, file=FILE) for text in (old, new))
    try:
        return tuple(meaning_lines(compare_meaning(replace(before, id="old"), replace(after, id="new"))))
    except CannotTell as reason:
        return (f"It cannot be told: {reason}.",)


def _has_mending(arrangement: Arrangement, finding: CheckFinding) -> bool:
    return next(iter(mendings(arrangement, finding)), None) is not None


def _placed(lever: DraftLever, line: int) -> DraftLever:
    return replace(lever, line=line)
