"""Own drafts: what somebody kept on the workbench to compare it, seen by that browser alone, gone with the server."""

from foedus.jobs.explorer.draft import DraftReading
from foedus.jobs.explorer.kept_draft import Draft, draft_of, name_of_draft
from foedus.web.explorer.own.keeping import KeptByVisitor

MOST_OF_ONE = 12
MOST_BYTES = 16_000_000
"""Of the drafts of all visitors together; the oldest are forgotten first."""


class Drafts(KeptByVisitor[Draft]):
    """The drafts of every visitor."""

    def __init__(self) -> None:
        super().__init__(most_of_one=MOST_OF_ONE, most_bytes=MOST_BYTES, size_of=lambda draft: len(draft.text))

    def keep(self, visitor: str, reading: DraftReading) -> Draft:
        """Keep a draft for one visitor; `WrongRequest` for a text that cannot be read."""
        name = name_of_draft(reading)
        known = self.find(visitor, name) or draft_of(reading, taken={each.id for each in self.of(visitor)})
        return self.put(visitor, name, known)
