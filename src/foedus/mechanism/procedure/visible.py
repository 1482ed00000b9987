"""What a party may see of a record: every step of the mechanism, and of the reports those that it may read."""

from collections.abc import Iterable
from dataclasses import replace

from foedus.mechanism.procedure.commands import SECRETARIAT
from foedus.mechanism.procedure.events import Event, ReportFiled
from foedus.mechanism.procedure.state import State


def seen_by(events: Iterable[Event], *, party: str) -> tuple[Event, ...]:
    """Return the events that a party may see; the secretariat sees all."""
    return tuple(each for each in events if _may_see(each, party))


def state_seen_by(state: State, *, party: str) -> State:
    """Return a state without the reports that a party may not read."""
    if party == SECRETARIAT:
        return state
    incidents = {
        name: replace(each, reports=tuple(report for report in each.reports if report.may_be_read_by(party)))
        for name, each in state.incidents.items()
    }
    return replace(state, incidents=incidents)


def _may_see(event: Event, party: str) -> bool:
    return party == SECRETARIAT or not isinstance(event, ReportFiled) or event.report.may_be_read_by(party)
