"""Designs as files: written as YAML with a note on how they were made, and read back."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from foedus.arrangement.dump import dump
from foedus.arrangement.load import loads
from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Status
from foedus.errors import InvalidFile
from foedus.values.quantity import Forces

_WIDTH = 110
_LONGEST_ID = 64


def army_of(arrangement: Arrangement) -> float:
    """Return the protected state's forces: as the text states them, else by the party facts; 0 where neither knows."""
    stated = arrangement.duties.own_forces
    if isinstance(stated, Forces):
        return stated.middle
    facts = load_party_facts()
    known = [facts[party].active_forces for party in arrangement.parties.protected_state if party in facts]
    return sum(figure.value for figure in known if figure)


def is_text(arrangement: Arrangement) -> bool:
    """Tell whether an arrangement can be written and read back as it is."""
    try:
        return loads(dump(arrangement)) == arrangement
    except InvalidFile:
        return False


def as_design(text: Arrangement, *, start: Arrangement, number: int, changes: Sequence[str]) -> Arrangement:
    """Return a design with a name of its own and a note of what was changed, and without what history said."""
    label = f"design_{number:02}"
    made = f"Made by a search from {start.id}; changed: {'; '.join(changes) or 'nothing'}."
    return replace(
        text,
        id=f"{start.id[: _LONGEST_ID - len(label) - 1]}_{label}",
        name=f"{start.name}, design {number:02}",
        short_name=f"Design {number:02}",
        status=Status.HYPOTHETICAL,
        date="unknown",
        summary=None,
        outcome=None,
        disputes=(),
        unknowns=(),
        notes=(made, "The sources below are those of the text that the search began with."),
    )


def written(design: Arrangement, *, head: Sequence[str]) -> str:
    """Return a design as a file, with lines of comment at its head."""
    lines = [
        line
        for words in head
        for line in textwrap.wrap(words, _WIDTH - 2, break_on_hyphens=False, break_long_words=False)
    ]
    return "".join(f"# {line}\n" for line in lines) + dump(design)
