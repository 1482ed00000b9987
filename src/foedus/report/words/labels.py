"""What things are called on a page: arrangements by their id, outcomes and parties by their words."""

from collections.abc import Mapping
from textwrap import wrap

from foedus.arrangement.record import Arrangement

_ABBREVIATIONS = {word.lower(): word for word in ("EU", "NATO", "OSCE", "UK", "UN", "US")}


def arrangement_label(identifier: str, arrangement: Arrangement | None = None) -> str:
    """Return the arrangement's short name; where it has none, its id as words: ``my_draft`` is "My draft"."""
    if arrangement is not None and arrangement.short_name:
        return arrangement.short_name
    words = [_ABBREVIATIONS.get(word, word) for word in identifier.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def arrangement_labels(arrangements: Mapping[str, Arrangement]) -> dict[str, str]:
    """Return the label of each arrangement, by id."""
    return {identifier: arrangement_label(identifier, each) for identifier, each in arrangements.items()}


def wrapped(text: str, *, width: int, lines: int = 2) -> str:
    """Break a label into lines that fit; what does not fit ends in an ellipsis."""
    return "\n".join(wrap(text, width=width, max_lines=lines, placeholder=" …"))
