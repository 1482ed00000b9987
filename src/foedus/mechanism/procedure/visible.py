"""What a party may see of a record: every step of the mechanism, and of the reports those that it may read."""

from collections.abc import Iterable

from foedus.mechanism.procedure.commands import SECRETARIAT
from foedus.mechanism.procedure.events import Event, ReportFiled


def seen_by(events: Iterable[Event], *, party: str) -> tuple[Event, ...]:
    """Return the events that a party may see; the secretariat sees all."""
    return tuple(each for each in events if _may_see(each, party))


def _may_see(event: Event, party: str) -> bool:
    return party == SECRETARIAT or not isinstance(event, ReportFiled) or event.report.may_be_read_by(party)
