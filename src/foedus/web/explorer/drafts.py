"""Own drafts: what somebody kept on the workbench to compare it, seen by that browser alone, gone with the server."""

from collections import OrderedDict

from starlette.requests import Request

from foedus.jobs.explorer.draft import DraftReading
from foedus.jobs.explorer.kept_draft import Draft, draft_of, name_of_draft
from foedus.web.security.same_origin import VISITOR

MOST_OF_ONE = 12
MOST_BYTES = 16_000_000
"""Of the drafts of all visitors together; the oldest are forgotten first."""


class Drafts:
    """The drafts of every visitor, each under the random name that its browser was given."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], Draft] = OrderedDict()

    def keep(self, visitor: str, reading: DraftReading) -> Draft:
        """Keep a draft for one visitor; `WrongRequest` for a text that cannot be read."""
        name = name_of_draft(reading)
        if (visitor, name) not in self._kept:
            self._kept[visitor, name] = draft_of(reading, taken={each.id for each in self.of(visitor)})
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
