"""What the game does not read in a text, found by compiling it and watching, and whether two texts are one game."""

import re

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.mechanism.from_arrangement import Compilation, compile_arrangement
from foedus.mechanism.numbers.normal import roughly_below
from foedus.mechanism.trace import Yardsticks
from foedus.mechanism.watching import TextEntry, entries_of, watched

_IN_A_LIST = re.compile(r"^([a-z_]+(?:\.[a-z_]+)?\[\d+\])")


def unread(arrangement: Arrangement, yardsticks: Yardsticks) -> tuple[TextEntry, ...]:
    """Return the entries that a text states and that change no number of the game, in the order of the file.

    An entry counts as read where the rules or the numbers look at it while the text is compiled. Of a list, an element
    counts only where a number names it: each is looked at, if only to see that it is of another kind.
    """
    copy, seen = watched(arrangement)
    named = {step.clause for step in compile_arrangement(copy, yardsticks, phi=roughly_below).steps}
    return tuple(
        entry
        for entry in entries_of(arrangement)
        if entry.is_stated and not (entry.path in seen and _is_named(entry.path, named))
    )


def same_game(one: Compilation, other: Compilation) -> bool:
    """Tell whether two compiled texts are the same game: the same members, and equal arrays for them."""
    if one.members != other.members:
        return False
    ours, theirs = one.compiled.to_mapping(), other.compiled.to_mapping()
    return all(np.array_equal(ours[name], theirs[name]) for name in ours)


def _is_named(path: str, named: set[str]) -> bool:
    element = _IN_A_LIST.match(path)
    return element is None or any(clause.startswith(element[1]) for clause in named)
