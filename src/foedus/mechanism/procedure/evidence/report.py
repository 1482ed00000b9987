"""A report: what somebody says of one fact, where it comes from, and who may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foedus.mechanism.procedure.evidence.judgments import UNDETERMINED


@dataclass(frozen=True)
class Report:
    """What somebody says of one fact."""

    id: str
    about: str
    """The question that it answers, such as ``direction``."""
    says: str
    """One of the values of the question, or ``undetermined``."""
    grade: str
    """How reliable the source is, A (nearly always right) to F (cannot be judged)."""
    origin: str
    """Where the knowledge comes from in the end; whoever repeats a source has its origin."""
    seen_at: datetime
    """When it was seen, not when it was told."""
    by: str = ""
    """The party or body that reports; the one who files it where empty."""
    access: tuple[str, ...] = ()
    """The parties that may read it; empty where everybody may."""
    corrects: str = ""
    """The earlier report that it takes the place of."""
    place: str = ""
    note: str = ""
    """How it was seen, what was kept from being seen, and through whose hands it went."""

    def may_be_read_by(self, party: str) -> bool:
        """Tell whether a party may read it; whoever made it may."""
        return not self.access or party in self.access or party == self.by


def standing(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return the reports that nobody has corrected, in order."""
    everything = tuple(reports)
    corrected = {each.corrects for each in everything}
    return tuple(each for each in everything if each.id not in corrected)


def telling(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return those that say something, a value told twice by one origin once: the echo adds nothing."""
    first: dict[tuple[str, str, str], Report] = {}
    for each in standing(reports):
        if each.says != UNDETERMINED:
            first.setdefault((each.origin, each.about, each.says), each)
    return tuple(first.values())


def origins(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the origins that say something, in the order in which they were first heard."""
    return tuple(dict.fromkeys(each.origin for each in telling(reports)))
