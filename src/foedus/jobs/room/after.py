"""The after-action report of a room: as a page, as one file, as data, as a table, as an observation."""

import json
from collections.abc import Iterable
from typing import Any

from foedus.checks.examine import check
from foedus.evidence.calibration.rehearsal_format import FORMAT, VERSION
from foedus.exercise.after_action.after_action import AfterAction, DutyLife, after_action
from foedus.exercise.room.room_state import RoomState
from foedus.jobs.room.tables import csv_of
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.report.page.writers.html import write_html, write_sections
from foedus.report.page.writers.page_json import page_json
from foedus.report.room.after_action_page import after_action_page, moment, timeline_rows
from foedus.report.words.party_names import PartyNames


class AfterReport:
    """The account of a room, in every form in which it is taken away."""

    def __init__(self, room: RoomState, *, names: PartyNames) -> None:
        self._names = names
        self._told: AfterAction = after_action(room, findings=check(room.mechanism.arrangement))
        self._page = after_action_page(self._told, names=names)

    @property
    def title(self) -> str:
        """What it is called."""
        return self._page.title

    @property
    def kind(self) -> str:
        """What sort of page it is."""
        return self._page.kind

    @property
    def lead(self) -> str:
        """What to read if only one thing."""
        return str(self._page.head[0].words)  # type: ignore[union-attr]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """Name and heading of each section."""
        return tuple((each.name, each.heading) for each in self._page.sections)

    def sections(self) -> str:
        """Return what stands on the page, as a piece of HTML."""
        return write_sections(self._page.sections)

    def html(self) -> str:
        """Return it as one HTML file that needs nothing else."""
        return write_html(self._page)

    def json(self) -> bytes:
        """Return it as data."""
        return page_json(self._page)

    def timeline_csv(self) -> str:
        """Return the timeline as a table of values; what a spreadsheet would take for a formula is marked as text."""
        return csv_of([("entry", "at", "type", "actor", "words"), *timeline_rows(self._told, names=self._names)])

    def observation(self) -> bytes:
        """Return what was observed as data that `foedus evidence` reads: counts, hours, votes, odds; nobody's words."""
        content = {"format": FORMAT, "format_version": VERSION, **_observed(self._told)}
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _observed(told: AfterAction) -> dict[str, Any]:
    room = told.room
    people = {seat.party for seat in room.seats.values() if seat.party and seat.is_taken}
    return {
        "arrangement": room.opened.arrangement,
        "arrangement_digest": room.opened.digest,
        "is_rehearsal": room.is_rehearsal,
        "scenario": room.opened.scenario,
        "opened_at": moment(room.opened.at),
        "ended_at": moment(room.mechanism.now),
        "entries": len(room.history),
        "people": sorted(people),
        "bots": sorted(seat.party for seat in room.seats.values() if seat.is_bot),
        "stages": [
            {
                "incident": each.incident,
                "stage": each.stage,
                "hours_allowed": each.hours_allowed,
                "hours_used": each.hours_used,
                "is_late": each.is_late,
            }
            for each in told.stages
        ],
        "duties": _counted(told.duties),
        "duties_of_people": _counted(each for each in told.duties if each.party in people),
        "motions": [
            {
                "incident": each.incident,
                "what": each.what,
                "came_of_it": each.came_of_it,
                "is_beyond_reports": each.is_beyond_reports,
                "votes": {party: str(vote) for party, vote, _ in each.votes},
            }
            for each in told.motions
        ],
        "choices": [
            {"party": each.party, "what": each.what, "chance_per_mille": each.chance_per_mille} for each in told.choices
        ],
        "holes_used": [each.check for each in told.holes],
    }


def _counted(duties: Iterable[DutyLife]) -> dict[str, int]:
    statuses = [each.status for each in duties if each.is_binding]
    met, breached = (statuses.count(each) for each in (ObligationStatus.MET, ObligationStatus.BREACHED))
    return {"due": len(statuses), "met": met, "breached": breached}
