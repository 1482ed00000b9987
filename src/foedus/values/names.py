"""Ids as names: how a party that an arrangement names by its id is called in a sentence."""

from collections.abc import Iterable

_SMALL = frozenset({"of", "the", "and"})
_LETTERS = frozenset({"osce", "nato", "csto", "mfo", "eu", "un"})


def party_name(identifier: str) -> str:
    """Write a party's id as a name: ``united_kingdom`` is "United Kingdom", ``osce`` is "OSCE"."""
    if identifier in _LETTERS:
        return identifier.upper()
    return " ".join(word if word in _SMALL else word.capitalize() for word in identifier.split("_"))


def listed(words: Iterable[str], *, last: str = "and", most: int | None = None) -> str:
    """Write ``a, b and c``; of more than ``most`` words the first few and how many more."""
    items = list(words)
    if most is not None and len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
