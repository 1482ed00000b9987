"""Ids as names: how a party that an arrangement names by its id is called in a sentence."""

from collections.abc import Iterable

_SMALL = frozenset({"and", "by", "for", "in", "of", "on", "the", "with", "without"})
_LETTERS = frozenset({"osce", "nato", "csto", "mfo", "eu", "un", "roc", "prc", "ddr", "gdr", "uae"})


def party_name(identifier: str) -> str:
    """Write a party's id as a name: ``united_kingdom`` is "United Kingdom", ``osce`` is "OSCE"."""
    if identifier in _LETTERS:
        return identifier.upper()
    return " ".join(word if word in _SMALL else word.capitalize() for word in identifier.split("_"))


_WANT_ARTICLE = frozenset(
    {
        *(
            "Alliance",
            "Army",
            "Commission",
            "Confederation",
            "Council",
            "Emirates",
            "Empire",
            "Federation",
            "Force",
            "Islands",
        ),
        *(
            "Kingdom",
            "League",
            "Mission",
            "Movement",
            "Nations",
            "Netherlands",
            "Organisation",
            "Organization",
            "Philippines",
        ),
        *("Republic", "States", "Union"),
        *("CSTO", "DDR", "EU", "GDR", "MFO", "OSCE", "PRC", "ROC", "UAE", "UN"),
    }
)


def with_article(name: str) -> str:
    """Write a party's name as within a sentence: "the United Kingdom", "France"."""
    wants_article = not _WANT_ARTICLE.isdisjoint(name.split())
    return f"the {name}" if wants_article and not name.lower().startswith("the ") else name


def party_in_prose(identifier: str) -> str:
    """Write a party's id as within a sentence: ``united_kingdom`` is "the United Kingdom", ``france`` is "France"."""
    return with_article(party_name(identifier))


def capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    text = text.strip()
    return capital(text) + ("" if text.endswith((".", "!", "?")) else ".")


def listed(words: Iterable[str], *, last: str = "and", most: int | None = None) -> str:
    """Write ``a, b and c``; of more than ``most`` words the first few and how many more."""
    items = list(words)
    if most is not None and len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
