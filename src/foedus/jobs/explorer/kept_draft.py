"""A draft that somebody kept: a text that can stand beside the one it was made from, under a name of its own."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from foedus.arrangement.record import Arrangement
from foedus.errors import WrongRequest
from foedus.jobs.explorer.draft import DraftReading

PREFIX = "draft:"
"""What a draft's name begins with, where the library's names begin with a theatre."""
_UNREADABLE = "a text that cannot be read cannot be compared; mend what is told beside it"
_LETTERS = 12
"""Of the digest of what it says, by which it is named."""
_MOST_LETTERS = 40
"""Of a short name."""


@dataclass(frozen=True)
class Draft:
    """A text that somebody kept."""

    name: str
    """As an address carries it: the same text has the same name."""
    label: str
    text: str
    arrangement: Arrangement
    """With an id and a short name of its own."""

    @property
    def id(self) -> str:
        """The id of its arrangement."""
        return self.arrangement.id

    @property
    def file(self) -> str:
        """What it is called as a file."""
        return f"{self.id}.yaml"


def name_of_draft(reading: DraftReading) -> str:
    """Return what a draft is called; raise `WrongRequest` for a text that cannot be read."""
    if reading.arrangement is None:
        raise WrongRequest(_UNREADABLE)
    return PREFIX + reading.digest[:_LETTERS]


def draft_of(reading: DraftReading, *, taken: Collection[str]) -> Draft:
    """Return a draft with an id that is not taken; raises as `name_of_draft` does."""
    name, arrangement = name_of_draft(reading), reading.arrangement
    if arrangement is None:
        raise WrongRequest(_UNREADABLE)
    stem = f"{arrangement.id}_draft"
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}_{n}" not in taken)
    end = f", draft {number}"
    label = reading.label[: _MOST_LETTERS - len(end)] + end
    return Draft(name, label, reading.text, replace(arrangement, id=f"{stem}_{number}", short_name=label))
