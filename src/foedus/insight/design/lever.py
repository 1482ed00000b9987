"""A clause that can be written otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement

Change = Callable[[Arrangement], Arrangement]


AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Option:
    """One way to write a clause."""

    word: str
    change: Change


@dataclass(frozen=True)
class Lever:
    """A clause that can be written otherwise."""

    id: str
    """Name, such as ``quorum``."""
    clauses: tuple[str, ...]
    """Keys of the arrangement that it changes, such as ``decision``, the one that it is about first."""
    words: str
    """What it settles."""
    options: tuple[Option, ...]
    """The first leaves the text as it is."""


def lever_of(name: str, clauses: str, words: str, options: dict[str, Change]) -> Lever:
    """Return a lever from what each way of writing its clauses changes, with the way that leaves them."""
    changes = (Option(word, change) for word, change in options.items())
    return Lever(name, tuple(clauses.split()), words, (Option(AS_IT_IS, lambda a: a), *changes))
