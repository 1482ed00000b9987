"""One value, one sequence of bytes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.exercise.log.canonical import DEEPEST, LARGEST_INTEGER, LONGEST_BYTES, NotCanonical, decode, encode, freeze

_integers = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_values = st.recursive(
    _texts | st.booleans() | _integers,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=12,
)


def test_keys_stand_in_the_order_of_rfc_8785() -> None:
    """RFC 8785, section 3.2.3: an emoji comes before a Hebrew letter that has the higher UTF-16 unit."""
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    found = list(json.loads(encode(dict.fromkeys(keys, "")).decode()))
    assert found == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_texts_are_written_as_rfc_8785_writes_them() -> None:
    """RFC 8785, section 3.2.2.2: its own example, and nothing else is escaped."""
    assert encode('\u20ac$\u000f\u000aA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    assert encode("\b\t\n\f\r\x7f\u2028") == b'"\\b\\t\\n\\f\\r\x7f\xe2\x80\xa8"'


@given(_values)
def test_what_is_read_is_what_was_written(value: Any) -> None:
    """Values survive, and so do the bytes."""
    text = encode(value)
    assert decode(text) == value
    assert encode(decode(text)) == text


@given(_values)
def test_frozen_values_are_the_same_bytes(value: Any) -> None:
    """Python's own writer, used where it may be, and the one written out here agree."""
    assert encode(freeze([value])) == encode([value])


@given(_values, st.randoms())
def test_order_of_keys_does_not_matter(value: Any, random: Any) -> None:
    """The same map, built in another order, is the same bytes."""
    assert encode(_shuffled(value, random)) == encode(value)


@given(st.dictionaries(_texts, _values, min_size=1, max_size=3), st.data())
def test_other_bytes_are_another_value_or_none(value: Any, data: st.DataObject) -> None:
    """No two texts say the same: a changed byte is refused, or changes what is said."""
    text = encode(value)
    place = data.draw(st.integers(0, len(text) - 1))
    changed = bytearray(text)
    changed[place] ^= data.draw(st.integers(1, 255))
    try:
        assert decode(bytes(changed)) != decode(text)
    except NotCanonical:
        return


@pytest.mark.parametrize(
    "value", [1.0, None, b"bytes", {1: "a"}, {"a": None}, 2**53, -(2**53), "\ud800", {"\ud800": 1}, {1, 2}, object()]
)
def test_values_without_a_canonical_form_are_refused(value: Any) -> None:
    """Floats, null, keys that are no text, numbers that others would round, halves of characters."""
    with pytest.raises(NotCanonical):
        encode(value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"null",
        b"NaN",
        b"Infinity",
        b' {"a":1}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000F"',
        b"\xff",
        b"\xef\xbb\xbf1",
        b"1\n",
        b"9007199254740992",
        b"[" * 100_000,
        b'"\\ud800"',
        b"1" * 5000,
    ],
)
def test_other_spellings_are_refused(text: bytes) -> None:
    """What JSON lets one write in several ways is accepted in one."""
    with pytest.raises(NotCanonical):
        decode(text)


def test_hostile_sizes_are_refused() -> None:
    """Neither depth nor length is without bound, and what is at the bound can be recorded."""
    deep: Any = "x"
    for _ in range(DEEPEST):
        deep = [deep]
    freeze(deep)
    with pytest.raises(NotCanonical, match="deep"):
        freeze([deep])
    freeze("x" * (LONGEST_BYTES - 2))
    with pytest.raises(NotCanonical, match="allowed"):
        freeze("x" * (LONGEST_BYTES - 1))


def test_frozen_values_cannot_be_changed() -> None:
    """What is recorded does not change with the list it was made of."""
    source = {"a": [1, 2]}
    frozen: Any = freeze(source)
    source["a"].append(3)
    assert frozen == {"a": (1, 2)}
    with pytest.raises(TypeError):
        frozen["a"] = 1


def _shuffled(value: Any, random: Any) -> Any:
    if isinstance(value, dict):
        items = [(key, _shuffled(each, random)) for key, each in value.items()]
        random.shuffle(items)
        return dict(items)
    return [_shuffled(each, random) for each in value] if isinstance(value, list) else value
