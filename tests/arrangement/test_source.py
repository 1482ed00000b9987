import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.text.source import ParsedText, read_source, write_path
from foedus.text.strictness import escaped
from foedus.text.yaml_tree import MAX_BYTES, MAX_ENTRIES, lines_of


def read(text: str) -> ParsedText:
    return read_source(text, file="a.yaml")


def codes(text: str) -> list[str]:
    return [finding.code for finding in read(text).findings]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", 7),
        ("-7", -7),
        ("+7", 7),
        ("0", 0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("word", "word"),
        ("two words", "two words"),
        ("2022-04-15", "2022-04-15"),
        ("72 h", "72 h"),
        ("1.2.3", "1.2.3"),
        ("'no'", "no"),
        ('"on"', "on"),
        ("'12:30'", "12:30"),
        ("'0755'", "0755"),
        ('"1e3"', "1e3"),
        ("'true'", "true"),
        ("'null'", "null"),
        ("''", ""),
        ("none", "none"),
        ("nothing", "nothing"),
        ("yesterday", "yesterday"),
        ("norway", "norway"),
        ("12:30 local time", "12:30 local time"),
        ("[1, two, {a: b}]", [1, "two", {"a": "b"}]),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        (">-\n  one\n  line\n", "one line"),
        ("&a word", "word"),
    ],
)
def test_plain_words_have_one_reading(written: str, value: Any) -> None:
    """Numbers, truth values and text are read as YAML 1.2 says, and everything else is text."""
    source = read(f"key: {written}")
    assert source.findings == []
    assert source.data == {"key": value}
    assert type(source.data["key"]) is type(value)


@pytest.mark.parametrize("word", ["no", "No", "yes", "YES", "on", "off", "y", "N", "12:30", "1:02:03", "True", "NULL"])
def test_words_that_surprise_are_refused(word: str) -> None:
    """Norway's country code must not become false: words that readers disagree about need quotes."""
    assert codes(f"key: {word}") == ["surprising-word"]
    assert read(f"key: '{word}'").data == {"key": word}


@pytest.mark.parametrize(
    "number", ["0755", "0o17", "0x1F", "0b11", "1_000", "1_0.5", ".inf", "-.Inf", ".nan", "00", "01.5", "9" * 31]
)
def test_numbers_that_surprise_are_refused(number: str) -> None:
    """A number that one reader takes for 493 and another for 755 is refused."""
    assert codes(f"key: {number}") == ["surprising-number"]


@pytest.mark.parametrize(
    "value",
    ["!!str word", "!custom word", "!!python/name:os.system ''", "! word", "!!map {a: b}", "!!set {a}", "!!int 3"],
)
def test_tags_are_refused(value: str) -> None:
    """No tag is obeyed, standard ones included."""
    assert "tag" in codes(f"key: {value}")


def test_every_key_and_entry_knows_its_place() -> None:
    """Lines and columns are counted from 1 and lead to the key, or to the entry of a list."""
    source = read("a: 1\nb:\n  - c: 2\n    d: [x, y]\n")
    assert source.mark_of(("a",)) == (1, 1)
    assert source.mark_of(("b", 0)) == (3, 5)
    assert source.mark_of(("b", 0, "d")) == (4, 5)
    assert source.mark_of(("b", 0, "d", 1)) == (4, 12)
    assert source.mark_of(("b", 0, "missing", "deeper")) == (3, 5)
    assert source.mark_of(("z",)) == (1, 1)


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    """A file saved with a byte order mark reads like one without."""
    assert read("\ufeffa: 1\n").data == {"a": 1}


def test_aliases_repeat_what_they_name() -> None:
    """An alias stands for what its anchor names, wherever it stands."""
    assert read("a: &x [1, 2]\nb: *x\nc: {d: *x}\n").data == {"a": [1, 2], "b": [1, 2], "c": {"d": [1, 2]}}


def test_a_later_anchor_of_the_same_name_counts_from_there_on() -> None:
    """As in YAML, an anchor may be set anew."""
    assert read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").data == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_the_first_of_two_equal_keys_is_kept() -> None:
    """A key that stands twice is told, and the rest of the file is read on."""
    source = read("a: 1\nb: 2\na: 3\nc: no\n")
    assert [finding.code for finding in source.findings] == ["duplicate-key", "surprising-word"]
    assert source.data == {"a": 1, "b": 2, "c": "no"}


def test_a_file_that_is_too_large_is_not_read() -> None:
    """Size is checked before anything is parsed, in bytes and not in characters."""
    assert codes("a: " + "x" * MAX_BYTES) == ["too-large"]
    assert codes("a: " + "ї" * (MAX_BYTES // 2)) == ["too-large"]
    assert codes("a: " + "ї" * 1000) == []


def test_too_many_entries_are_refused() -> None:
    """A small file with very many entries is refused before it is built."""
    assert codes("a: [" + "b," * MAX_ENTRIES + "]") == ["too-large"]


def test_aliases_within_aliases_cannot_exhaust_the_stack() -> None:
    """Nesting by aliases is as limited as nesting by brackets."""
    rings = "".join(f"k{n}: &k{n} [[[[[[[[*k{n - 1}]]]]]]]]\n" for n in range(1, 45))
    assert codes(f"k0: &k0 [x]\n{rings}") == ["too-deep"]


def test_surrogates_do_not_break_the_reader() -> None:
    """Half a character, which some languages let into strings, is told as unreadable."""
    assert codes("a: \ud800") == ["not-yaml"]


@given(st.text(max_size=200) | st.text(" \n\t-:[]{}#&*!|>'\"%@`,?abno01.~<", max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever the text, there is data or a finding, and every finding points into the text."""
    source = read(text)
    assert isinstance(source.data, dict) or source.findings
    lines = lines_of(text)
    for finding in source.findings:
        assert 1 <= finding.line <= len(lines) + 1
        assert finding.message
        assert finding.why
        assert finding.mend


def test_paths_are_written_as_people_say_them() -> None:
    """A path reads as in the messages."""
    assert write_path(("commitments", 0, "tier")) == "commitments[0].tier"
    assert write_path(()) == ""


@pytest.mark.parametrize(
    "sign",
    [
        *("\xad", "\u034f", "\u115f", "\u17b4", "\u180e", "\u2061", "\u2800", "\u3164", "\ufe0f", "\uffa0", "\ufff9"),
        *("\U000e0041", "\U000e01ef", "\U0001d173", "\U0001bca0", "\U00013430"),
    ],
)
def test_what_a_reader_passes_over_is_shown_as_an_escape(sign: str) -> None:
    """Fillers, joiners, selectors and tags: a whole sentence could be written in signs that nobody sees."""
    source = read(f"a: exact{sign}words\nb: 2\n")
    assert [finding.code for finding in source.findings] == ["hidden-sign"]
    escape = f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
    assert escape in source.findings[0].message
    assert (source.findings[0].line, source.findings[0].column) == (1, 9)


def test_no_sign_of_format_is_left_out() -> None:
    """Of all signs that Unicode calls format controls, none but those of numbers in Arabic script passes."""
    formats = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    assert {unicodedata.name(sign).split()[0] for sign in formats if escaped(sign) == sign} <= {
        *("ARABIC", "SYRIAC", "KAITHI")
    }
