"""Own drafts: what somebody kept on the workbench to compare it, seen by that browser alone, gone with the server."""

from collections import OrderedDict
from dataclasses import dataclass, replace

from starlette.requests import Request

from foedus.arrangement.record import Arrangement
from foedus.errors import WrongRequest
from foedus.jobs.explorer.draft import DraftReading
from foedus.web.security.same_origin import VISITOR

PREFIX = "draft:"
"""What a draft's name begins with, where the library's names begin with a theatre."""
MOST_OF_ONE = 12
MOST_BYTES = 16_000_000
"""Of the drafts of all visitors together; the oldest are forgotten first."""
_LETTERS = 12
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
    """With an id and a short name of its own, so that it can stand beside the text it was made from."""

    @property
    def file(self) -> str:
        """What it is called as a file."""
        return f"{self.arrangement.id}.yaml"


class Drafts:
    """The drafts of every visitor, each under the random name that its browser was given."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Draft] = OrderedDict()

    def keep(self, visitor: str, reading: DraftReading) -> Draft:
        """Keep a draft for one visitor; `WrongRequest` for a text that cannot be read."""
        if reading.arrangement is None:
            raise WrongRequest("a text that cannot be read cannot be compared; mend what is told beside it")
        name = PREFIX + reading.digest[:_LETTERS]
        if (visitor, name) not in self._kept:
            self._kept[visitor, name] = _draft(name, reading, reading.arrangement, taken=self.of(visitor))
        self._kept.move_to_end((visitor, name))
        self._forget(visitor)
        return self._kept[visitor, name]

    def of(self, visitor: str) -> tuple[Draft, ...]:
        """Return the drafts of one visitor, the latest first."""
        return tuple(draft for (owner, _), draft in reversed(self._kept.items()) if owner == visitor)

    def find(self, visitor: str, name: str) -> Draft | None:
        """Return a draft of one visitor; None where that visitor has none of the name, whoever else has."""
        return self._kept.get((visitor, name))

    def forget(self, visitor: str, name: str) -> None:
        """Forget a draft."""
        self._kept.pop((visitor, name), None)

    @property
    def size(self) -> int:
        """Bytes of all texts."""
        return sum(len(draft.text) for draft in self._kept.values())

    def _forget(self, visitor: str) -> None:
        for draft in self.of(visitor)[MOST_OF_ONE:]:
            self.forget(visitor, draft.name)
        while self.size > MOST_BYTES:
            self._kept.popitem(last=False)


def visitor_of(request: Request) -> str:
    """Return who asks: the random name that the browser was given; a program without cookies is new each time."""
    visitor: str = request.scope[VISITOR]
    return visitor


def asker_of(request: Request) -> str:
    """Return for whom work is done: a browser, or "program" for all that show no cookie."""
    return visitor_of(request) if "cookie" in request.headers else "program"


def _draft(name: str, reading: DraftReading, arrangement: Arrangement, *, taken: tuple[Draft, ...]) -> Draft:
    stem = f"{arrangement.id}_draft"
    used = {each.arrangement.id for each in taken}
    number = next(n for n in range(1, MOST_OF_ONE + 2) if f"{stem}_{n}" not in used)
    end = f", draft {number}"
    label = reading.label[: _MOST_LETTERS - len(end)] + end
    return Draft(name, label, reading.text, replace(arrangement, id=f"{stem}_{number}", short_name=label))
