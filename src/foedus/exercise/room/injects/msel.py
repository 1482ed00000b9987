"""A master scenario events list (MSEL) as a table: injects out of it, and injects as one.

Columns can be called anything: a mapping says which of ours each is. What a cell means is settled here; a row that
cannot be read is told with its line, its column and a remedy, and nothing is planned of a table that has one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from foedus.exercise.room.injects.inject import Inject, PlannedInject

COLUMNS: Mapping[str, str] = {
    "id": "a name of its own, in lower-case letters, digits and underscores",
    "time": "when it comes, in UTC, such as 2027-03-04 05:20; by hand where empty",
    "storyline": "the thread that it belongs to",
    "event": "the event of the storyline",
    "inject": "what the players read",
    "channel": "how it comes",
    "from": "from whom",
    "to": "parties, roles or seats, parted by commas; everybody where empty",
    "expected": "what is expected to be done",
    "objectives": "the objectives that it serves, parted by commas",
    "note": "for evaluators",
    "status": "where it stands; written, and not read",
}
"""Our columns, with what stands in them; ``inject`` alone has to be there."""
_ALSO = {
    "id": ("no", "nr", "number", "msel #", "serial"),
    "time": ("date/time", "event time", "scenario time", "when"),
    "storyline": ("thread", "move"),
    "event": ("event description", "main event"),
    "inject": ("description", "inject description", "message", "words"),
    "channel": ("method", "delivery method", "inject mode"),
    "from": ("sender", "responsible controller", "source"),
    "to": ("recipient", "recipient player", "target"),
    "expected": ("expected action", "expected outcome", "expected response"),
    "objectives": ("objective", "capability"),
    "note": ("notes", "evaluator note", "comments"),
}
MOST_ROWS, MOST_CHARACTERS = 2_000, 4_000
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TIMES = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M")


@dataclass(frozen=True)
class RowError:
    """A cell that cannot be read."""

    line: int
    """As a spreadsheet counts, the headings being line 1."""
    column: str
    message: str
    mend: str


@dataclass(frozen=True)
class MselReading:
    """What a table holds: the mapping that was used, the injects, and what is wrong."""

    mapping: Mapping[str, str]
    """[our column] the heading in the table."""
    unread: tuple[str, ...]
    """Headings that stand for nothing of ours."""
    injects: tuple[Inject, ...]
    errors: tuple[RowError, ...]


def read_msel(rows: Sequence[Sequence[str]], *, mapping: Mapping[str, str] | None = None) -> MselReading:
    """Read a table whose first row has the headings; nothing is planned by reading."""
    headings = [each.strip() for each in rows[0]] if rows else []
    used = {ours: theirs for ours, theirs in (mapping or guess_mapping(headings)).items() if theirs in headings}
    unread = tuple(each for each in headings if each and each not in used.values())
    errors: list[RowError] = []
    if "inject" not in used:
        known = ", ".join(filter(None, headings)) or "none"
        mend = f"say which heading is `inject`; headings are {known}"
        errors.append(RowError(1, "inject", "there is no column with what the players read", mend))
    if len(rows) > MOST_ROWS + 1:
        errors.append(RowError(len(rows), "", f"more than {MOST_ROWS} rows", "part the table"))
    if errors:
        return MselReading(used, unread, (), tuple(errors))
    injects = [_inject(line, dict(zip(headings, row, strict=False)), used, errors) for line, row in _filled(rows)]
    _tell_repeated(injects, errors)
    return MselReading(used, unread, tuple(injects) if not errors else (), tuple(errors))


def guess_mapping(headings: Iterable[str]) -> dict[str, str]:
    """Return which heading is which of our columns, as far as their names tell."""
    by_name = {each.strip().lower(): each.strip() for each in headings if each.strip()}
    found: dict[str, str] = {}
    for ours in COLUMNS:
        for name in (ours, *_ALSO.get(ours, ())):
            if name in by_name and by_name[name] not in found.values():
                found[ours] = by_name[name]
                break
    return found


def write_msel(injects: Iterable[PlannedInject]) -> list[list[str]]:
    """Return injects as a table with our headings; what a condition is worth is not kept in a table."""
    return [list(COLUMNS), *([_cell(planned, column) for column in COLUMNS] for planned in injects)]


def _cell(planned: PlannedInject, column: str) -> str:
    inject = planned.inject
    cells = {
        "id": inject.id,
        "time": f"{inject.at:%Y-%m-%d %H:%M}" if inject.at else "",
        "storyline": inject.storyline,
        "event": inject.event,
        "inject": inject.words,
        "channel": inject.channel,
        "from": inject.source,
        "to": ", ".join(inject.to),
        "expected": inject.expected,
        "objectives": ", ".join(inject.objectives),
        "note": inject.note,
        "status": str(planned.status),
    }
    return cells[column]


def _filled(rows: Sequence[Sequence[str]]) -> Iterable[tuple[int, Sequence[str]]]:
    return ((line, row) for line, row in enumerate(rows[1:], start=2) if any(each.strip() for each in row))


def _inject(line: int, row: Mapping[str, str], used: Mapping[str, str], errors: list[RowError]) -> Inject:
    def cell(ours: str) -> str:
        value = row.get(used.get(ours, ""), "").strip()
        if len(value) > MOST_CHARACTERS:
            errors.append(RowError(line, ours, f"more than {MOST_CHARACTERS} characters", "shorten it"))
        return value

    words, name = cell("inject"), cell("id") or f"row_{line}"
    name = name if _ID.fullmatch(name) else re.sub(r"[^a-z0-9_]+", "_", f"row_{name.lower()}")[:60].rstrip("_")
    if not words:
        errors.append(RowError(line, "inject", "it says nothing", "write what the players read, or delete the row"))
    return Inject(
        id=name,
        storyline=cell("storyline") or "imported",
        event=cell("event"),
        words=words,
        at=_time(line, cell("time"), errors),
        channel=cell("channel") or "message",
        source=cell("from"),
        to=_names(cell("to")),
        expected=cell("expected"),
        objectives=_names(cell("objectives")),
        note=cell("note"),
    )


def _time(line: int, written: str, errors: list[RowError]) -> datetime | None:
    if not written:
        return None
    for form in _TIMES:
        try:
            return datetime.strptime(written, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    errors.append(RowError(line, "time", f"{written!r:.40} is no time", "write it in UTC, such as 2027-03-04 05:20"))
    return None


def _names(written: str) -> tuple[str, ...]:
    return tuple(each.strip().lower().replace(" ", "_") for each in re.split(r"[,;]", written) if each.strip())


def _tell_repeated(injects: Sequence[Inject], errors: list[RowError]) -> None:
    names = [each.id for each in injects]
    repeated = sorted({each for each in names if names.count(each) > 1})
    errors.extend(
        RowError(0, "id", f"{each!r} is there twice", "give each inject a name of its own") for each in repeated
    )
