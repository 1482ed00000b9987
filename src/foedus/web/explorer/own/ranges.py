"""Own ranges: what somebody moved on the page Futures, seen by that browser alone, gone with the server."""

from foedus.errors import WrongRequest
from foedus.jobs.explorer.own_ranges import OwnRanges
from foedus.web.explorer.own.keeping import KeptByVisitor

MOST_SETS = 12
MOST_BYTES_OF_SETS = 4_000_000
"""Of the ranges of all visitors together."""


class KeptRanges(KeptByVisitor[OwnRanges]):
    """The ranges of every visitor, in sets that are named by what they say."""

    def __init__(self) -> None:
        super().__init__(
            most_of_one=MOST_SETS, most_bytes=MOST_BYTES_OF_SETS, size_of=lambda own: len(own.overlay.text)
        )

    def keep(self, visitor: str, own: OwnRanges) -> OwnRanges:
        """Keep a set for one visitor."""
        return self.put(visitor, own.name, own)

    def named(self, visitor: str, name: str) -> OwnRanges | None:
        """Return the set that an address names; None where it names none, `WrongRequest` where there is no such set."""
        if not name:
            return None
        own = self.find(visitor, name)
        if own is None:
            raise WrongRequest(
                "this browser has no such ranges: what is too much for an address is kept until the server stops, for "
                "the browser that moved it alone; give the file on the page Futures, or move the ranges there again"
            )
        return own
