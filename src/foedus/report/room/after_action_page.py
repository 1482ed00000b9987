"""The after-action report of a room, as a page."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from foedus.exercise.after_action.after_action import AfterAction, DutyLife, MotionVotes
from foedus.exercise.after_action.stages_used import StageUse, Waiting
from foedus.exercise.room.room_state import RoomEntry
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.report.determination.prose import figures
from foedus.report.page.page import Emphasis, Entry, Page, Paragraph, Points, Section, body
from foedus.report.page.table import Column, Table, TableLayout
from foedus.report.room.screen import is_news
from foedus.report.room.sentences import room_sentence
from foedus.report.words.numbers import plural
from foedus.report.words.party_names import PartyNames
from foedus.values.zone import UTC_ZONE

_written = UTC_ZONE.written

_STAGES = {"meet": "To meet", "find": "To find what happened", "decide": "To decide the response"}
_BECAME = {
    ObligationStatus.DUE: "still due at the end",
    ObligationStatus.MET: "met",
    ObligationStatus.BREACHED: "broken",
    ObligationStatus.LAPSED: "lapsed",
    ObligationStatus.SUSPENDED: "suspended at the end",
    ObligationStatus.IN_EFFECT: "called for, and never due",
}
_MOST_NAMED = 4
_KIND_PLAYED = "After-action report of a rehearsal; nothing in it has happened"


def after_action_page(told: AfterAction, *, names: PartyNames) -> Page:
    """Write an account as a page."""
    room = told.room
    return Page(
        title=room.opened.title,
        kind=_KIND_PLAYED if room.is_rehearsal else "Record of a sitting",
        subtitle=room.mechanism.arrangement.name,
        head=(Paragraph(_lead(told, names), Emphasis.LEAD),),
        sections=(
            _objectives(told),
            _stages(told, names),
            _waits(told, names),
            _duties(told, names),
            _votes(told, names),
            _carried(told),
            _holes(told),
            *([_choices(told, names)] if told.choices else []),
            _improvements(told),
            _artificial(told, names),
            _timeline(told, names),
        ),
    )


def _lead(told: AfterAction, names: PartyNames) -> str:
    room = told.room
    met = sum(each.status is ObligationStatus.MET for each in told.duties)
    broken = sum(each.status is ObligationStatus.BREACHED for each in told.duties)
    waited = max(told.waits, key=lambda each: each.hours(room.mechanism.now), default=None)
    longest = (
        f" The longest wait, {_hours(waited.hours(room.mechanism.now))}, was for {waited.what}"
        f"{f', ended by {_by(waited, names)}' if waited.ended_by else ', which never came'}."
        if waited
        else ""
    )
    return (
        f"{plural(len(room.mechanism.incidents), 'incidents')}, {plural(len(told.motions), 'motions')}, "
        f"{plural(len(told.duties), 'obligations')} fell due: "
        f"{met} met, {broken} broken.{longest}"
    )


def _objectives(told: AfterAction) -> Section:
    rows = []
    for each in told.objectives:
        words = [_verdict(note.is_met) + note.words for note in each.notes] or ["nothing is noted"]
        rows.append((each.objective.words, "\n".join(words)))
    columns = (Column("Objective", is_number=False), Column("What was noted", is_number=False))
    blocks = (
        [Table("Objectives, and what evaluators noted beside them", columns, tuple(rows), layout=TableLayout.WORDS)]
        if rows
        else []
    )
    others = tuple(Entry(note.words) for note in told.notes)
    return Section("Objectives and observations", (*blocks, *((Points(others),) if others else ())), name="objectives")


def _verdict(is_met: bool | None) -> str:
    return {True: "Met: ", False: "Not met: ", None: ""}[is_met]


def _stages(told: AfterAction, names: PartyNames) -> Section:
    columns = (
        Column("Stage", is_number=False),
        Column("Allowed"),
        Column("Used"),
        Column("Share"),
        Column("Clause", is_number=False),
    )
    rows = tuple(_stage_row(each) for each in told.stages)
    del names
    words = (
        "Hours are counted from the act. What is left of the share is lawful slack: time that nobody could object to."
    )
    return Section(
        "How much of the lawful time was used",
        (Paragraph(words), Table("Time allowed and used", columns, rows))
        if rows
        else body(paragraphs=("No stage ran.",)),
        name="slack",
    )


def _stage_row(use: StageUse) -> tuple[str, ...]:
    share = ""
    if use.hours_allowed and use.hours_used is not None:
        share = f"{100 * use.hours_used / use.hours_allowed:.0f} %"
    return (
        f"{_STAGES[use.stage]}: {use.incident.replace('_', ' ')}",
        _hours(use.hours_allowed) if use.hours_allowed is not None else "no time is set",
        ("not done in time" if use.is_late else "not done") if use.hours_used is None else _hours(use.hours_used),
        share,
        f"{use.clause.words} ({use.clause.path or 'rule of procedure'})",
    )


def _waits(told: AfterAction, names: PartyNames) -> Section:
    columns = (
        Column("Waited for", is_number=False),
        Column("Whom", is_number=False),
        Column("From", is_number=False),
        Column("How long"),
        Column("Ended by", is_number=False),
    )
    until = told.room.mechanism.now
    rows = tuple(
        (
            each.what,
            _named(each.who, names),
            _written(each.begins),
            _hours(each.hours(until)),
            _by(each, names) if each.ended_by else "nobody, to the end",
        )
        for each in told.waits
    )
    return Section(
        "Who waited for whom",
        (Table("Times in which nothing could go on", columns, rows, layout=TableLayout.WORDS),) if rows else (),
        name="waits",
    )


def _duties(told: AfterAction, names: PartyNames) -> Section:
    groups: dict[tuple[str, bool, ObligationStatus], list[DutyLife]] = {}
    for each in told.duties:
        groups.setdefault((f"{each.clause.words} ({each.clause.path})", each.is_binding, each.status), []).append(each)
    columns = (
        Column("Clause", is_number=False),
        Column("Whose", is_number=False),
        Column("How many"),
        Column("What became of it", is_number=False),
        Column("Hours until then"),
    )
    rows = tuple(
        (
            clause + ("" if binds else "; does not bind"),
            _named(tuple(each.party for each in lives), names),
            str(len(lives)),
            _BECAME.get(status, str(status)),
            _span([_took(each) for each in lives if _took(each) is not None]),
        )
        for (clause, binds, status), lives in groups.items()
    )
    empty = body(paragraphs=("Nothing fell due.",))
    return Section(
        "Obligations: due, met, broken",
        (Table("What fell due", columns, rows, layout=TableLayout.WORDS),) if rows else empty,
        name="duties",
    )


def _took(each: DutyLife) -> float | None:
    return (
        None if each.ended_at is None or each.due_at is None else (each.ended_at - each.due_at).total_seconds() / 3600
    )


def _span(hours: list[float | None]) -> str:
    known = [each for each in hours if each is not None]
    if not known:
        return ""
    return _hours(min(known)) if len(known) == 1 else f"{min(known):.0f} to {max(known):.0f} h"


def _votes(told: AfterAction, names: PartyNames) -> Section:
    columns = (
        Column("Motion", is_number=False),
        Column("By", is_number=False),
        Column("For", is_number=False),
        Column("Against", is_number=False),
        Column("Came of it", is_number=False),
    )
    rows = tuple(_motion_row(each, names) for each in told.motions)
    empty = body(paragraphs=("Nothing was moved.",))
    return Section(
        "Motions and votes",
        (Table("Motions and votes", columns, rows, layout=TableLayout.WORDS),) if rows else empty,
        name="votes",
    )


def _motion_row(motion: MotionVotes, names: PartyNames) -> tuple[str, ...]:
    def voted(word: str) -> str:
        return _named(tuple(party for party, vote, _ in motion.votes if vote == word), names) or "nobody"

    beyond = "\nIt said more than the reports carried." if motion.is_beyond_reports else ""
    return (
        f"To {motion.what}{beyond}",
        f"{names.bare(motion.by)}, {_written(motion.at)}",
        voted("yes"),
        voted("no"),
        motion.came_of_it or "open at the end",
    )


def _carried(told: AfterAction) -> Section:
    columns = (
        Column("When", is_number=False),
        Column("Report", is_number=False),
        Column("They then carried", is_number=False),
        Column("The adversary did it"),
    )
    rows = tuple(
        (
            _written(each.at),
            each.report.replace("_", " "),
            f"{each.finding}, attribution {each.attribution}",
            figures(each.adversary),
        )
        for each in told.carried
    )
    empty = body(paragraphs=("Nothing was reported.",))
    return Section(
        "What the reports carried, as they came in",
        (Table("History of the posterior", columns, rows),) if rows else empty,
        name="carried",
    )


def _holes(told: AfterAction) -> Section:
    words = (
        "A finding of foedus check counts as used where its clause governed something that failed, lapsed, was refused "
        "or stayed in doubt. That it was used is a fact of the log; whether somebody meant to is not."
    )
    entries = tuple(
        Entry(f"{each.message} Used at {_written(each.at)} (entry {each.entry}).", label=f"{each.check} {each.title}")
        for each in told.holes
    )
    found = (Points(entries),) if entries else body(paragraphs=("None was.",))
    return Section("Holes of the text that were used", (Paragraph(words), *found), name="holes")


def _choices(told: AfterAction, names: PartyNames) -> Section:
    basis = told.room.odds.basis if told.room.odds else ""
    columns = (
        Column("When", is_number=False),
        Column("Who", is_number=False),
        Column("What they did", is_number=False),
        Column("Chance of it in the equilibrium"),
    )
    rows = tuple(
        (_written(each.at), names.bare(each.party), each.what, f"{each.chance_per_mille / 10:.0f} %")
        for each in told.choices
    )
    return Section(
        "What people chose, beside the equilibrium",
        (
            Paragraph(
                f"The chances are those of the {basis}. They are what a model makes of one drawn future, and no mark."
            ),
            Table("Choices of people, with their chance in the equilibrium", columns, rows),
        ),
        name="choices",
    )


def _improvements(told: AfterAction) -> Section:
    columns = (
        Column("What is to be done", is_number=False),
        Column("By whom", is_number=False),
        Column("By when", is_number=False),
    )
    rows = tuple((each.words, each.owner, each.due) for each in told.improvements)
    empty = body(paragraphs=("None is planned yet; the director and evaluators can still write it.",))
    return Section(
        "Improvement plan",
        (Table("Improvement plan", columns, rows, layout=TableLayout.WORDS),) if rows else empty,
        name="improvements",
    )


def _artificial(told: AfterAction, names: PartyNames) -> Section:
    bots = tuple(seat.party for seat in told.room.seats.values() if seat.is_bot)
    entries = [
        Entry(f"It took {_minutes(told.lasted)} on the wall, from {_written(told.began)}; all times are in UTC.")
    ]
    if bots:
        by = "" if told.room.odds else " by their rules alone: no equilibrium was worked out before the end"
        entries.append(Entry(f"Bots played {_named(bots, names)}{by}."))
    entries += [Entry(f"{_written(each.event.at)}: {_sentence(each, told, names)}") for each in told.artificial]
    return Section("What no crisis has", (Points(tuple(entries)),), name="artificial", is_annex=True)


def _timeline(told: AfterAction, names: PartyNames) -> Section:
    columns = (Column("Entry"), Column("When", is_number=False), Column("What", is_number=False))
    shown = [each for each in told.room.history if is_news(each.event)]
    rows = tuple((str(each.number), _written(each.event.at), _sentence(each, told, names)) for each in shown)
    return Section(
        "Timeline",
        (Table("Everything that happened", columns, rows, layout=TableLayout.WORDS),),
        name="timeline",
        is_annex=True,
    )


def timeline_rows(told: AfterAction, *, names: PartyNames) -> Iterator[tuple[str, ...]]:
    """Yield the timeline for a table of values: number, time, type, actor, words."""
    for each in told.room.history:
        if is_news(each.event):
            event = each.event
            yield (
                str(each.number),
                f"{event.at:%Y-%m-%dT%H:%M:%SZ}",
                event.type,
                event.actor,
                _sentence(each, told, names),
            )


def _sentence(entry: RoomEntry, told: AfterAction, names: PartyNames) -> str:
    return room_sentence(entry.event, names=names, room=told.room)


def _by(waited: Waiting, names: PartyNames) -> str:
    return "what followed of itself" if waited.ended_by == "secretariat" else names.within(waited.ended_by)


def _named(parties: tuple[str, ...], names: PartyNames) -> str:
    unique = tuple(dict.fromkeys(parties))
    if len(unique) > _MOST_NAMED and set(unique) == set(names.guarantors):
        return "all guarantors"
    if len(unique) > 2 * _MOST_NAMED:
        return f"{names.bare_list(unique[:_MOST_NAMED])} and {len(unique) - _MOST_NAMED} more"
    return names.bare_list(unique)


def _hours(hours: float) -> str:
    return f"{hours:.0f} h" if hours >= 10 else f"{hours:.1f} h" if hours >= 1 else f"{60 * hours:.0f} min"


def _minutes(lasted: timedelta) -> str:
    minutes = lasted.total_seconds() / 60
    return f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.1f} hours"


def moment(at: datetime) -> str:
    """Write a time for programs."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
