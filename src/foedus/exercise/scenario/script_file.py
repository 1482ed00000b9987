"""Read a script: a file of commands, who does what when, with a commentary."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from foedus.arrangement.conditions import FACTS, LEVELS
from foedus.arrangement.vocabulary import Finds, Measure, TierWord
from foedus.exercise.scenario.codes import ScenarioCode
from foedus.exercise.scenario.reading import Entries, checked, parsed
from foedus.exercise.scenario.reports_file import ReportsFile, load_reports
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.report import Report
from foedus.text.source import read_file

NO_BREACH = "no_breach"
_THREATS = LEVELS["threat"][1:]


@dataclass(frozen=True)
class ScriptStep:
    """One command with what is said about it."""

    command: c.Command
    comment: str
    is_refused: bool
    """Whether the script expects that it is refused."""
    line: int


@dataclass(frozen=True)
class Script:
    """Who does what when."""

    name: str
    about: str
    arrangement: str
    """Library name or path of the text."""
    prior: str
    opens_at: datetime
    steps: tuple[ScriptStep, ...]


@dataclass(frozen=True)
class _StepReading:
    """A step as far as it is the same for every command."""

    entries: Entries
    at: datetime
    actor: str
    judgments: Judgments
    reports: dict[str, Report]


def load_script(file: Path, *, judgments: Judgments) -> Script:
    """Read a script and the reports files that it names, which lie beside it; raise `InvalidFile`, or ``OSError``."""
    return checked(Entries.of(parsed(read_file(file), file=str(file))), lambda top: _script(top, judgments, file))


def _script(top: Entries, judgments: Judgments, file: Path) -> Script:
    top.number("script", low=1, high=1)
    reports = _reports_beside(top, judgments, file)
    steps = tuple(_step(each, judgments, reports) for each in top.each("steps"))
    script = Script(
        name=top.text("name"),
        about=top.text("about"),
        arrangement=top.text("arrangement"),
        prior=top.word("prior", tuple(judgments.priors)),
        opens_at=top.time("opens_at"),
        steps=steps,
    )
    for earlier, later in itertools.pairwise(steps):
        if later.command.at < earlier.command.at:
            message = f"the step on line {later.line} lies before the one above it"
            top.tell("steps", ScenarioCode.WRONG_VALUE, message, "write the steps in the order of time")
    return script


def _reports_beside(top: Entries, judgments: Judgments, file: Path) -> dict[str, Report]:
    reports: dict[str, Report] = {}
    for name in top.words("reports"):
        beside = file.parent / Path(name).name
        if not beside.is_file():
            mend = "name a file in the folder of the script"
            top.tell("reports", ScenarioCode.UNKNOWN_WORD, f"there is no file {name!r} beside the script", mend)
            continue
        loaded: ReportsFile = load_reports(beside, judgments=judgments)
        reports |= {report.id: report for report in loaded.reports}
    return reports


def _step(entries: Entries, judgments: Judgments, reports: dict[str, Report]) -> ScriptStep:
    word = entries.word("do", tuple(_DO))
    step = _StepReading(entries, entries.time("at"), entries.name("by", default=c.SECRETARIAT), judgments, reports)
    made = ScriptStep(
        command=_DO[word](step),
        comment=entries.text("comment", default=""),
        is_refused=entries.flag("refused", default=False),
        line=entries.source.mark_of(entries.path)[0],
    )
    entries.done()
    return made


def _incident(step: _StepReading) -> dict[str, Any]:
    return {"at": step.at, "actor": step.actor, "incident": step.entries.name("incident")}


def _open(step: _StepReading) -> c.Command:
    return c.OpenIncident(
        **_incident(step),
        happened_at=step.entries.time("happened_at", default=step.at),
        what=step.entries.text("what"),
        not_so=step.entries.words("not_so", tuple(FACTS)),
    )


def _report(step: _StepReading) -> c.Command:
    name = step.entries.word("report", tuple(step.reports))
    report = step.reports.get(name)
    return c.FileReport(**_incident(step), report=report) if report else c.Wait(step.at)


def _fact(step: _StepReading) -> c.Command:
    fact = step.entries.word("fact", tuple(FACTS))
    return c.StateFact(**_incident(step), fact=fact, holds=step.entries.flag("holds", default=True))


def _finding(step: _StepReading) -> c.Command:
    word = step.entries.word("finding", (NO_BREACH, *Finds))
    threat = step.entries.word("threat", _THREATS, default="")
    return c.ProposeFinding(
        **_incident(step),
        finding=None if word == NO_BREACH else Finds(word),
        attribution=step.entries.word("attribution", LEVELS["attribution"], default="none"),  # type: ignore[arg-type]
        threat=threat or None,  # type: ignore[arg-type]
    )


def _finding_vote(step: _StepReading) -> c.Command:
    vote = c.Vote(step.entries.word("vote", tuple(c.Vote)))
    return c.VoteOnFinding(**_incident(step), vote=vote, reason=step.entries.text("reason", default=""))


def _tier(step: _StepReading) -> c.Command:
    tier = TierWord(step.entries.word("tier", tuple(TierWord)))
    return c.ProposeTier(**_incident(step), tier=tier, words=step.entries.text("words", default=""))


def _tier_vote(step: _StepReading) -> c.Command:
    return c.VoteOnTier(
        **_incident(step),
        vote=c.Vote(step.entries.word("vote", tuple(c.Vote))),
        troops=int(step.entries.number("troops", default=0)),
        reason=step.entries.text("reason", default=""),
    )


def _close_vote(step: _StepReading) -> c.Command:
    on = step.entries.word("on", ("find", "decide"))
    return c.CloseVote(**_incident(step), on=on)  # type: ignore[arg-type]


def _act(step: _StepReading) -> c.Command:
    return c.TakeAct(
        **_incident(step),
        tier=TierWord(step.entries.word("tier", tuple(TierWord))),
        measures=tuple(
            Measure(each) for each in step.entries.words("measures", tuple(Measure)) if each in set(Measure)
        ),
        under=step.entries.text("under", default=""),
        words=step.entries.text("words", default=""),
    )


def _close(step: _StepReading) -> c.Command:
    return c.CloseIncident(**_incident(step), reason=step.entries.text("reason", default=""))


_DO: dict[str, Callable[[_StepReading], c.Command]] = {
    "open_incident": _open,
    "file_report": _report,
    "state_fact": _fact,
    "invoke": lambda step: c.Invoke(**_incident(step)),
    "meet": lambda step: c.Meet(**_incident(step)),
    "propose_finding": _finding,
    "vote_on_finding": _finding_vote,
    "propose_tier": _tier,
    "vote_on_tier": _tier_vote,
    "close_vote": _close_vote,
    "act": _act,
    "give_notice": lambda step: c.GiveNotice(step.at, step.actor),
    "close_incident": _close,
    "wait": lambda step: c.Wait(step.at, step.actor),
    "end": lambda step: c.EndSitting(step.at, step.actor),
}
"""What a step can do, and how its keys make the command."""
