"""Ids as names: how a party that an arrangement names by its id is called in a sentence."""

from collections.abc import Iterable

_SMALL = frozenset({"and", "by", "for", "in", "of", "on", "the", "with", "without"})
_LETTERS = frozenset({"osce", "nato", "csto", "mfo", "eu", "un"})


def party_name(identifier: str) -> str:
    """Write a party's id as a name: ``united_kingdom`` is "United Kingdom", ``osce`` is "OSCE"."""
    if identifier in _LETTERS:
        return identifier.upper()
    return " ".join(word if word in _SMALL else word.capitalize() for word in identifier.split("_"))


_WITH_ARTICLE = frozenset(
    {"un", "eu", "osce", "csto", "mfo", "soviet_union", "european_union", "netherlands", "philippines"}
)
_ARTICLE_BEFORE = ("united_",)
_ARTICLE_AFTER = (
    "_union",
    "_federation",
    "_republic",
    "_kingdom",
    "_states",
    "_nations",
    "_mission",
    "_force",
    "_islands",
)


def party_in_prose(identifier: str) -> str:
    """Write a party's id as within a sentence: ``united_kingdom`` is "the United Kingdom", ``france`` is "France"."""
    takes_article = (
        identifier in _WITH_ARTICLE or identifier.startswith(_ARTICLE_BEFORE) or identifier.endswith(_ARTICLE_AFTER)
    )
    return f"the {party_name(identifier)}" if takes_article else party_name(identifier)


def listed(words: Iterable[str], *, last: str = "and", most: int | None = None) -> str:
    """Write ``a, b and c``; of more than ``most`` words the first few and how many more."""
    items = list(words)
    if most is not None and len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
