"""Findings that the parties live with: a file that names each and says why.

```yaml
accepted:
  - {check: G01, at: commitments[1], because: Grey-zone pressure is answered bilaterally.}
```
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from foedus.arrangement.fields.fields import Text
from foedus.arrangement.fields.marks import STRICT, Config
from foedus.arrangement.load import words_of
from foedus.checks.finding import CheckFinding, Examination
from foedus.checks.registry import CHECKS
from foedus.errors import Finding, InvalidFile
from foedus.text.source import ParsedText, read_source


@dataclass(frozen=True)
class Accepted:
    """One finding that is accepted, and why."""

    __pydantic_config__: ClassVar[Config] = STRICT

    check: Text
    """Id of the check."""
    because: Text
    """Why the parties live with it."""
    at: Text = ""
    """Path of a clause that the finding stands in; every finding of the check where it is left out."""

    def covers(self, finding: CheckFinding) -> bool:
        """Tell whether a finding is meant."""
        return self.check == finding.id and (not self.at or self.at in {clause.path for clause in finding.clauses})


@dataclass(frozen=True)
class _AcceptedFile:
    __pydantic_config__: ClassVar[Config] = STRICT

    accepted: tuple[Accepted, ...]


def read_accepted(text: str, *, file: str) -> tuple[Accepted, ...]:
    """Read accepted findings; raise `InvalidFile` with everything that is wrong."""
    from pydantic import TypeAdapter, ValidationError  # most checks are of texts without such a file

    source = read_source(text, file=file)
    if source.findings:
        raise InvalidFile(source.findings)
    try:
        entries = TypeAdapter(_AcceptedFile).validate_python(source.data).accepted
    except ValidationError as error:
        raise InvalidFile([_wrong(source, problem["loc"], words_of(problem)) for problem in error.errors()]) from error
    unknown = [(i, each.check) for i, each in enumerate(entries) if each.check not in CHECKS]
    if unknown:
        raise InvalidFile(
            [_wrong(source, ("accepted", i, "check"), f"there is no check {name!r}") for i, name in unknown]
        )
    return entries


def accept(examination: Examination, accepted: Sequence[Accepted]) -> Examination:
    """Mark the findings that are accepted; raise nothing where an entry finds nothing: see `idle`."""
    findings = tuple(
        replace(finding, accepted=next((each.because for each in accepted if each.covers(finding)), ""))
        for finding in examination.findings
    )
    return replace(examination, findings=findings)


def idle(examination: Examination, accepted: Sequence[Accepted]) -> tuple[Accepted, ...]:
    """Return the entries that meet no finding any more, so that the file can be kept short."""
    return tuple(each for each in accepted if not any(each.covers(finding) for finding in examination.findings))


def _wrong(source: ParsedText, path: Sequence[str | int], message: str) -> Finding:
    return source.finding(
        tuple(path),
        code="wrong-value",
        message=message,
        why="a finding counts as accepted only where the file says which, where and why",
        mend="write `accepted:` with entries {check: G01, at: commitments[1], because: ...}",
    )
