"""Read an exercise: objectives, storylines and injects around reports that lie beside it, and a guide to leading it."""

from datetime import UTC, datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from foedus.arrangement.conditions import FACTS
from foedus.exercise.room.injects.inject import Exercise, ExerciseObjective, Inject, InjectCondition
from foedus.exercise.room.room_clock import FASTEST
from foedus.exercise.scenario.codes import ScenarioCode
from foedus.exercise.scenario.reading import Entries, checked, parsed
from foedus.exercise.scenario.reports_file import load_reports
from foedus.mechanism.procedure.commands import SECRETARIAT, OpenIncident, StateFact
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.report import Report
from foedus.text.source import read_file

GUIDE = "guide.md"
_WHEN_RELEASED = datetime(1970, 1, 1, tzinfo=UTC)
"""Put in where a step takes the time at which its inject is released."""


def load_exercise(file: Path, *, judgments: Judgments) -> Exercise:
    """Read an exercise with the reports and the guide beside it; raise `InvalidFile`, or ``OSError``."""
    return checked(Entries.of(parsed(read_file(file), file=str(file))), lambda top: _exercise(top, judgments, file))


def _exercise(top: Entries, judgments: Judgments, file: Path) -> Exercise:
    top.number("exercise", low=1, high=1)
    reports = _reports(top, judgments, file)
    objectives = tuple(_objective(each) for each in top.each("objectives"))
    storylines = top.each("storylines")
    known = tuple(each.id for each in objectives)
    names, injects = [], []
    for storyline in storylines:
        name = storyline.name("id")
        names.append((name, storyline.text("name")))
        injects += [_inject(each, name, known, reports) for each in storyline.each("injects")]
        storyline.done()
    _tell_repeated(top, [each.id for each in injects])
    guide = file.parent / GUIDE
    return Exercise(
        id=file.parent.name,
        name=top.text("name"),
        about=top.text("about"),
        arrangement=top.text("arrangement"),
        prior=top.word("prior", tuple(judgments.priors)),
        opens_at=top.time("opens_at"),
        objectives=objectives,
        injects=tuple(injects),
        storylines=tuple(names),
        player=top.name("player", default=""),
        rate=int(top.number("rate", default=60, low=1, high=FASTEST)),
        guide=guide.read_text(encoding="utf-8") if guide.is_file() else "",
    )


def _reports(top: Entries, judgments: Judgments, file: Path) -> dict[str, Report]:
    found: dict[str, Report] = {}
    for name in top.words("reports"):
        beside: Path | Traversable = file.parent / Path(name).name
        if beside.is_file():
            found |= {each.id: each for each in load_reports(beside, judgments=judgments).reports}
        else:
            message = f"there is no file {name!r} beside the exercise"
            top.tell("reports", ScenarioCode.UNKNOWN_WORD, message, "name a file in the folder of the exercise")
    return found


def _objective(entries: Entries) -> ExerciseObjective:
    made = ExerciseObjective(entries.name("id"), entries.text("words"))
    entries.done()
    return made


def _inject(entries: Entries, storyline: str, objectives: tuple[str, ...], reports: dict[str, Report]) -> Inject:
    incident = entries.name("incident", default="")
    opens = _opens(entries.inner("opens")) if entries.has("opens") else None
    at = entries.time("at") if entries.has("at") else None
    told = tuple(reports[name] for name in entries.words("reports", tuple(reports)) if name in reports)
    states = tuple(_fact(each, incident) for each in entries.each("states")) if entries.has("states") else ()
    made = Inject(
        id=entries.name("id"),
        storyline=storyline,
        event=entries.text("event", default=""),
        words=entries.text("words"),
        at=at,
        when=_condition(entries.inner("after")) if entries.has("after") else None,
        channel=entries.text("channel", default="message"),
        source=entries.text("source", default=""),
        to=entries.words("to"),
        expected=entries.text("expected", default=""),
        objectives=entries.words("objectives", objectives),
        note=entries.text("note", default=""),
        opens=opens,
        reports=told,
        incident=incident or (opens.incident if opens else ""),
        states=states,
    )
    if made.reports and not made.incident:
        mend = "add `incident: name_of_it`"
        entries.tell("reports", ScenarioCode.MISSING_KEY, "the incident of these reports is missing", mend)
    entries.done()
    return made


def _opens(entries: Entries) -> OpenIncident:
    happened = entries.time("happened_at")
    made = OpenIncident(
        at=happened,
        actor=entries.name("by", default=SECRETARIAT),
        incident=entries.name("incident"),
        happened_at=happened,
        what=entries.text("what"),
        not_so=entries.words("not_so", tuple(FACTS)),
    )
    entries.done()
    return made


def _fact(entries: Entries, incident: str) -> StateFact:
    made = StateFact(
        at=_WHEN_RELEASED,
        actor=entries.name("by", default=SECRETARIAT),
        incident=incident,
        fact=entries.word("fact", tuple(FACTS)),
        holds=entries.flag("holds", default=True),
    )
    entries.done()
    return made


def _condition(entries: Entries) -> InjectCondition:
    made = InjectCondition(
        event=entries.text("event", default=""),
        incident=entries.name("incident", default=""),
        inject=entries.name("inject", default=""),
        adversary_per_mille=round(1000 * entries.number("adversary_at_least", default=0, high=1)),
        delay_minutes=int(entries.number("delay_minutes", default=0, high=1_000_000)),
    )
    entries.done()
    return made


def _tell_repeated(top: Entries, names: list[str]) -> None:
    for name in sorted({each for each in names if names.count(each) > 1}):
        message = f"the inject {name!r} is there twice"
        top.tell("storylines", ScenarioCode.REPEATED_NAME, message, "give each inject a name of its own")
