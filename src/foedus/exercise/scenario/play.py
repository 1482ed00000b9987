"""Play a script through the mechanism: the events of each step, and the state after all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement
from foedus.exercise.scenario.script_file import Script, ScriptStep
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.deciding.decide import decide, opening
from foedus.mechanism.procedure.events import Event, Refused
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evolve import evolve_all
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import State


@dataclass(frozen=True)
class Played:
    """What came of one step."""

    step: ScriptStep | None
    """None for the opening of the record."""
    events: tuple[Event, ...]
    state: State

    @property
    def refusal(self) -> Clause | None:
        """The clause that refused it; None where it was not refused."""
        last = self.events[-1] if self.events else None
        return last.clause if isinstance(last, Refused) else None

    @property
    def is_as_scripted(self) -> bool:
        """Whether it was refused exactly where the script says so."""
        return self.step is None or self.step.is_refused == (self.refusal is not None)


def play(
    script: Script,
    arrangement: Arrangement,
    *,
    judgments: Judgments,
    weights: dict[str, int] | None = None,
    keep: Callable[[tuple[Event, ...]], object] = lambda _: None,
) -> Iterator[Played]:
    """Play a script, giving what came of each step once ``keep`` has kept its events."""
    state, opened = opening(arrangement, judgments=judgments, prior=script.prior, at=script.opens_at, weights=weights)
    keep((opened,))
    yield Played(None, (opened,), state)
    for step in script.steps:
        result = decide(state, step.command)
        events = (_refused(state, step, result),) if isinstance(result, Refusal) else result
        keep(events)
        state = evolve_all(state, events)
        yield Played(step, events, state)


def _refused(state: State, step: ScriptStep, refusal: Refusal) -> Refused:
    command = step.command
    return Refused(
        at=max(command.at, state.now),
        actor=command.actor,
        clause=refusal.clause,
        command=type(command).__name__,
        because=refusal.because,
    )
