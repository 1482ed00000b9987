"""Read a record of the facts from a YAML file: the record, or every finding at once."""

from typing import TYPE_CHECKING, TypeVar

from foedus.arrangement.names.references import half_a_balance
from foedus.errors import Finding
from foedus.text.source import ParsedText, Path

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_T = TypeVar("_T")

_CODE = "wrong-profile"
_WHY = "a statement about a theatre that cannot be read, or has no source, cannot be argued about"
_PLAIN = {
    "missing": ("is missing", "add it, with its source where it is a statement"),
    "unexpected_keyword_argument": ("is no key of a theatre profile", "take it out, or see docs/facts.md for the keys"),
    "enum": ("is not one of the words here", "words are {expected}"),
}


def read_record(validator: "TypeAdapter[_T]", source: ParsedText) -> tuple[_T | None, list[Finding]]:
    """Return the record that a file holds, and what is wrong with it; None where it cannot be read at all."""
    from pydantic import ValidationError

    findings = list(source.findings)
    if not isinstance(source.data, dict):
        return None, findings
    read: _T | None = None
    try:
        read = validator.validate_python(source.data)
    except ValidationError as error:
        findings += [_finding(details, source) for details in error.errors(include_url=False)]
    return read, [*findings, *half_a_balance(source)]


def _finding(details: "ErrorDetails", source: ParsedText) -> Finding:
    path: Path = tuple(step for step in details["loc"] if step != "[key]")
    said = details["msg"].removeprefix("Value error, ")
    message, mend = _PLAIN.get(details["type"], (said, "see docs/facts.md for what the key holds"))
    named = ".".join(str(step) for step in path)
    return source.finding(
        path, code=_CODE, message=f"{named!r} {message}", why=_WHY, mend=mend.format(**details.get("ctx", {}))
    )
