"""Replay a script: who does what when, through the mechanism, onto a log that can be verified."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from foedus.arrangement.record import Arrangement
from foedus.errors import WrongRequest
from foedus.exercise.log.log import Log
from foedus.exercise.log.places import open_log
from foedus.exercise.scenario.judgments_file import default_judgments, load_judgments
from foedus.exercise.scenario.packaged import sample_scripts
from foedus.exercise.scenario.play import Played, play
from foedus.exercise.scenario.recording import events_of, to_log
from foedus.exercise.scenario.script_file import Script, load_script
from foedus.jobs.asking.texts import Given, load_text
from foedus.jobs.procedure.determine import weights_in
from foedus.jobs.telling.files import refuse_unwritable_file
from foedus.jobs.telling.showing import JobResult, print_sentences
from foedus.mechanism.procedure.deciding.decide import opening, replay
from foedus.mechanism.procedure.events import Event
from foedus.report.arrangement.show import party_names
from foedus.report.determination.data import events_data
from foedus.report.determination.record import record_lines


@dataclass(frozen=True)
class ReplayRequest:
    """Which script to play, and where to keep what comes of it."""

    script: Path
    arrangement: Given = ""
    """Another text to play it under; the script's own where empty."""
    log: Path | None = None
    """A new log file; nothing is kept where None."""
    judgments: Path | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ReplayResult(JobResult):
    """What came of each step."""

    script: Script
    arrangement: Arrangement
    steps: tuple[Played, ...]
    checkpoint: str = ""
    """The last signed checkpoint of the log; empty where nothing is kept."""

    @property
    def unexpected(self) -> tuple[Played, ...]:
        """Steps that were refused where the script does not say so, or the reverse."""
        return tuple(each for each in self.steps if not each.is_as_scripted)

    def print_on(self, console: Console) -> None:
        """Print the record in lines of eighty columns."""
        lines = record_lines(self.script, self.steps, names=party_names(self.arrangement))
        print_sentences(lines, console=console)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "script": self.script.name,
            "arrangement": self.arrangement.id,
            "events": events_data(event for each in self.steps for event in each.events),
            "checkpoint": self.checkpoint,
        }


def replay_script(request: ReplayRequest) -> ReplayResult:
    """Play a script and keep its events; raise `InvalidFile`, `UnknownName`, `WrongRequest`, `LogUnavailable`.

    What is kept is read back, and the state that it gives is held against the one that was played.
    """
    judgments = load_judgments(request.judgments) if request.judgments else default_judgments()
    script = load_script(request.script, judgments=judgments)
    arrangement = load_text(request.arrangement or script.arrangement).arrangement
    weights = weights_in(arrangement)
    if request.log is None:
        return ReplayResult(script, arrangement, tuple(play(script, arrangement, judgments=judgments, weights=weights)))
    refuse_unwritable_file(request.log, is_new=True)
    with open_log(str(request.log)) as log:
        steps = tuple(
            play(script, arrangement, judgments=judgments, weights=weights, keep=lambda made: _keep(log, made))
        )
        events = tuple(events_of(log.events()))
        state, _ = opening(arrangement, judgments=judgments, prior=script.prior, at=script.opens_at, weights=weights)
        if replay(state, events) != steps[-1].state:
            raise WrongRequest(f"{request.log} does not give back what was played, which is a mistake of foedus")
        return ReplayResult(script, arrangement, steps, checkpoint=log.checkpoint)


def samples() -> tuple[Path, ...]:
    """Return the scripts that ship."""
    return sample_scripts()


def _keep(log: Log, events: tuple[Event, ...]) -> None:
    if events:
        log.append([to_log(event) for event in events])
