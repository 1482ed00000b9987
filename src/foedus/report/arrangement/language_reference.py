"""The reference page of the arrangement language, as Markdown, written from the language itself."""

import inspect
from collections.abc import Iterator, Sequence

from foedus.arrangement.conditions import FACTS, LEVEL_MEANINGS
from foedus.arrangement.dump import write_inline
from foedus.arrangement.fields.codes import Code
from foedus.arrangement.fields.fields import PARTY_WORDS
from foedus.arrangement.language.keys import Key, Record, all_records, all_words, keys_of
from foedus.arrangement.language.new import describe_default
from foedus.arrangement.record import LANGUAGE_VERSION
from foedus.arrangement.vocabulary import Unspecified
from foedus.text.codes import TextCode
from foedus.text.yaml_tree import MAX_ALIASES, MAX_BYTES, MAX_DEPTH
from foedus.values.duration import Duration
from foedus.values.quantity import Forces, Money
from foedus.values.word import Word

_HEAD = f"""\
# The arrangement language, version {LANGUAGE_VERSION}

This page is printed by `foedus schema --reference`. `foedus new` prints a commented file to start from, and
`foedus schema` a JSON Schema for editors.

An arrangement is one YAML 1.2 file, called `<id>.yaml`, in UTF-8. Everything that is wrong in it is told at once,
with line and remedy. Refused are keys that stand twice or that the language does not know, tags, bare `yes`, `no`,
`on` and `off`, numbers that YAML readers disagree about, and files of more than {MAX_BYTES // 1024} kB,
{MAX_DEPTH} levels or {MAX_ALIASES} aliases. Put dates in quotes. Where a list is expected, a single entry may stand
without brackets, unless it is a record.

What the text does not provide is `none`; what could not be confirmed is `unknown`. They are not the same: `none` is a
statement about the text, `unknown` one about us."""

_CONDITIONS = """\
## Conditions

`when`, `unless` and `void_if` hold a condition, such as `external and not provoked` or `threat >= seize`:

```
condition   = conjunction {"or" conjunction}
conjunction = negation {"and" negation}
negation    = "not" negation | "(" condition ")" | atom
atom        = FACT | "acts(" PARTY ")" | LEVEL_FACT ("<" | "<=" | "==" | "!=" | ">=" | ">") LEVEL
```

A condition has at most 400 characters, and at most 2,048 ways in which it can be decided: a chain of every fact has
few, pairs of alternatives double them each time. What is beyond is written as several clauses."""


def write_language_reference() -> str:
    """Write the reference page: records, words, parties, units, conditions, findings."""
    parts = [
        _HEAD,
        *(_record(record) for record in all_records()),
        _parties(),
        _units(),
        _CONDITIONS,
        _table(("fact", "it holds where"), [(f"`{name}`", text) for name, text in FACTS.items()]),
        *(_levels(name) for name in LEVEL_MEANINGS),
        "## Words",
        _words(Unspecified),
        *(_words(words) for words in all_words()),
        _findings(),
    ]
    return "\n\n".join(parts) + "\n"


def _record(record: Record) -> str:
    rows = [
        (
            f"`{key.name}`",
            _holds(key),
            _default(key),
            f"`{write_inline(key.example)}`" if key.record is None else "its keys, each with its example",
        )
        for key in keys_of(record)
    ]
    table = _table(("key", "what it holds", "default", "example"), rows)
    return f"## {record.__name__}\n\n{inspect.getdoc(record)}\n\n{table}"


def _holds(key: Key) -> str:
    kind = _link(key.record.__name__) if key.record else _link(key.words.__name__) if key.words else key.kind
    many = "a list of " if key.is_list and key.kind != "party ids" else ""
    return f"{key.about} ({many}{kind})"


def _default(key: Key) -> str:
    if key.is_required:
        return "**must be written**"
    return describe_default(key) if key.default in (None, (), {}) or key.record else f"`{describe_default(key)}`"


def _parties() -> str:
    rows = [(f"`{word}`", text) for word, text in PARTY_WORDS.items()]
    return (
        "## Party ids\n\nLower snake case of the English short name, such as `united_kingdom`. A party that the party "
        "facts do not know\nis named under `party_names`. Where a key asks who, these words may stand in place of an "
        f"id:\n\n{_table(('word', 'meaning'), rows)}"
    )


def _units() -> str:
    rows = [
        (
            "a duration",
            f"`{Duration.EXAMPLE}`",
            "a number and `min`, `h`, `d`, `weeks`, `months` or `y`; a year has 8,766 hours, a month a twelfth of that",
        ),
        (
            "money",
            f"`{Money.EXAMPLE}`",
            "a number, `m` or `bn` or neither, a currency of three capital letters, `per year`, `per month` or neither",
        ),
        ("forces", f"`{Forces.EXAMPLE}`", "a whole number or a range, and what is counted, in the plural"),
        ("a date", '`"2022-04-15"`', "a year, a month or a day, in quotes: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`"),
    ]
    return "## Units\n\n" + _table(("value", "example", "how to write it"), rows)


def _levels(name: str) -> str:
    rows = [(f"`{level}`", text) for level, text in LEVEL_MEANINGS[name].items()]
    return f"Levels of `{name}`, from lowest to highest:\n\n{_table(('level', 'meaning'), rows)}"


def _words(words: type[Word]) -> str:
    rows = [(f"`{word}`", word.meaning) for word in words]
    return f"### {words.__name__}\n\n{inspect.getdoc(words)}\n\n{_table(('word', 'meaning'), rows)}"


def _findings() -> str:
    rows = [(f"`{code}`", code.meaning) for code in (*TextCode, *Code)]
    return "## Findings\n\nWhat can be wrong in a file, and why it matters:\n\n" + _table(("code", "why"), rows)


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(_lines(headings, rows))


def _lines(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _link(heading: str) -> str:
    return f"[{heading}](#{heading.lower()})"
