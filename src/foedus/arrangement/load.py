"""Load an arrangement: YAML text to a frozen record, or every finding at once."""

from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from foedus.arrangement.dump import write_inline
from foedus.arrangement.fields.codes import Code
from foedus.arrangement.fields.fields import ID, LINK
from foedus.arrangement.language.keys import Key, key_at, keys_of, record_at
from foedus.arrangement.names.aliases import with_ids
from foedus.arrangement.names.references import find_broken_references
from foedus.arrangement.record import Arrangement
from foedus.errors import Finding, InvalidFile
from foedus.text.codes import TextCode
from foedus.text.kept import kept
from foedus.text.source import ParsedText, Path, is_shipped, read_file, read_shipped, read_source, read_source_file

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

MAKERS = ("arrangement", "text", "values")
"""The rooms that decide what a text is read as."""
_SPELLING = frozenset({TextCode.SURPRISING_WORD, TextCode.SURPRISING_NUMBER, TextCode.TAG})
"""Findings about how a value is written; what is wrong with the value itself follows from them."""

_PLAIN_WORDS = {
    "string_type": "should be text",
    "string_unicode": "holds half of a pair of signs, as JSON writers escape them; write the sign itself",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "too_short": "is empty",
    "tuple_type": "should be a list",
    "dict_type": "should be keys with values",
    "dataclass_type": "should be keys with values",
    "bool_type": "should be true or false",
    "float_type": "should be a number",
    "greater_than_equal": "is below {ge:g}",
    "less_than_equal": "is above {le:g}",
    "literal_error": "should be {expected}",
}


def load(file: FilePath | Traversable) -> Arrangement:
    """Read an arrangement from a file; raise `InvalidFile` with all findings, or ``OSError``.

    One that ships is kept once it has been read.
    """
    if not is_shipped(file):
        return _arrangement(read_source_file(file))
    text = read_file(file)
    return kept("arrangement", text, rooms=MAKERS, make=lambda: _arrangement(read_shipped(text, file=str(file))))


@lru_cache(maxsize=16)
def loads(text: str, *, file: str = "<text>") -> Arrangement:
    """Read an arrangement from text; raise `InvalidFile` with all findings. What was read lately is not read again."""
    return _arrangement(read_source(text, file=file))


def _arrangement(source: ParsedText) -> Arrangement:
    from pydantic import ValidationError  # what was read before is not validated again

    source.data = with_ids(source.data)
    arrangement: Arrangement | None = None
    findings = list(source.findings)
    if isinstance(source.data, dict):
        try:
            arrangement = adapter().validate_python(source.data)
        except ValidationError as error:
            findings += [_finding(details, source) for details in error.errors(include_url=False)]
        findings += find_broken_references(source)
    if findings or arrangement is None:
        raise InvalidFile(_once_each(findings))
    return arrangement


@cache
def adapter() -> "TypeAdapter[Arrangement]":
    """Return the validator of the language, built once."""
    from pydantic import TypeAdapter  # takes as long to load as most commands take to run

    return TypeAdapter(Arrangement)


def _once_each(findings: list[Finding]) -> list[Finding]:
    """Leave out what only follows from how a value is written, where that has been told at the same place."""
    told = {(finding.path, finding.line) for finding in findings if finding.code in _SPELLING}
    return [
        finding
        for finding in findings
        if finding.code not in {Code.WRONG_VALUE, Code.UNKNOWN_WORD}
        or ((finding.path, finding.line) not in told and not _only_follows(finding, findings))
    ]


def _only_follows(finding: Finding, findings: list[Finding]) -> bool:
    """Tell whether a list is called empty only because each of its entries is wrong."""
    return finding.message == "is empty" and any(each.path.startswith(f"{finding.path}[") for each in findings)


def _finding(details: "ErrorDetails", source: ParsedText) -> Finding:
    # pydantic marks a key of a mapping, as against its value, with a step of its own.
    path: Path = tuple(step for step in details["loc"] if step != "[key]")
    match details["type"]:
        case "unexpected_keyword_argument":
            return _unknown_key(path, source)
        case "missing":
            message = f"the key {path[-1]!r} is missing"
            return source.finding(path, code=Code.MISSING_KEY, message=message, mend=f"add it, {_example(path)}")
        case "enum":
            return _unknown_word(str(details["input"]), path, source)
        case _:
            message = _plain_message(details, key=key_at(path))
            return source.finding(path, code=Code.WRONG_VALUE, message=message, mend=f"write it {_example(path)}")


def words_of(details: "ErrorDetails") -> str:
    """Say what is wrong with an entry of any record, in words of this house."""
    name = details["loc"][-1] if details["loc"] else "it"
    match details["type"]:
        case "unexpected_keyword_argument":
            return f"the key {name!r} is not part of the language here"
        case "missing":
            return f"the key {name!r} is missing"
        case _:
            return _plain_message(details, key=None)


def _plain_message(details: "ErrorDetails", *, key: Key | None) -> str:
    kind, value = details["type"], details["input"]
    if value is None:
        return "is empty"
    if kind == "string_type" and isinstance(value, dict):
        return "should be text; a colon with a blank behind it makes a key, so put quotes around the text"
    if kind == "string_pattern_mismatch":
        message = f"should be {ID if key is None or key.kind != LINK else LINK}"
    else:
        message = _PLAIN_WORDS.get(kind, details["msg"].removeprefix("Value error, "))
    message = message.format(**details.get("ctx", {})) if kind in _PLAIN_WORDS else message
    is_worth_showing = isinstance(value, str | int | float) and value != "" and repr(value) not in message
    return f"{message} (found {value!r:.80})" if is_worth_showing else message


def _unknown_key(path: Path, source: ParsedText) -> Finding:
    record = record_at(path[:-1])
    known = [key.name for key in keys_of(record)] if record else []
    near = get_close_matches(str(path[-1]), known, n=1)
    return source.finding(
        path,
        code=Code.UNKNOWN_KEY,
        message=f"the key {path[-1]!r} is not part of the language here",
        mend=f"did you mean {near[0]!r}?" if near else f"keys here are: {', '.join(known)}",
    )


def _unknown_word(word: str, path: Path, source: ParsedText) -> Finding:
    key = key_at(path)
    known = [str(each) for each in key.words or ()] if key else []
    near = get_close_matches(word, known, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return source.finding(
        path,
        code=Code.UNKNOWN_WORD,
        message=f"{word!r} is not one of the words for {key.name if key else 'this'!r}",
        mend=f"{hint}Words are: {', '.join(known)}",
    )


def _example(path: Path) -> str:
    key = key_at(path)
    if key is None:
        return "as `foedus schema --reference` says"
    return f"as in `{key.name}: {write_inline(key.example)}` ({key.about})"
