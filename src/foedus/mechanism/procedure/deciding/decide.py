"""Decide a command: the events that it brings about, with all that comes before and after them, or a refusal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from foedus.arrangement.dump import dump
from foedus.arrangement.record import Arrangement
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import clause_at, of_procedure
from foedus.mechanism.procedure.deciding import findings, record, response
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evolve import evolve, evolve_all
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.settle import advance, settle
from foedus.mechanism.procedure.state import State
from foedus.values.digest import digest_of_bytes

Handler = Callable[[State, Any], "tuple[e.Event, ...] | Refusal"]

_HANDLERS: dict[type[Any], Handler] = {
    c.OpenIncident: record.open_incident,
    c.FileReport: record.file_report,
    c.StateFact: record.state_fact,
    c.CloseIncident: record.close_incident,
    c.GiveNotice: record.give_notice,
    c.Invoke: findings.invoke,
    c.ProposeFinding: findings.propose,
    c.VoteOnFinding: findings.vote,
    c.Meet: response.meet,
    c.ProposeTier: response.propose,
    c.VoteOnTier: response.vote,
    c.TakeAct: response.act,
    c.CloseVote: findings.close_vote,
    c.Wait: record.wait,
    c.EndSitting: record.end,
}


def opening(
    arrangement: Arrangement, *, judgments: Judgments, prior: str, at: datetime, weights: dict[str, int] | None = None
) -> tuple[State, e.Opened]:
    """Return a state in which nothing has happened, and the event that stands for it."""
    state = State(arrangement, judgments, prior, opened_at=at, now=at, weights=weights or {})
    clause = clause_at(arrangement, "name")
    digest = digest_of_bytes(dump(arrangement).encode())
    event = e.Opened(at=at, actor=c.SECRETARIAT, clause=clause, arrangement=arrangement.id, digest=digest, prior=prior)
    return state, event


def decide(state: State, command: c.Command) -> tuple[e.Event, ...] | Refusal:
    """Return what a command brings about, or the refusal with its clause; the state is not touched."""
    if state.is_ended:
        return Refusal(of_procedure("nothing comes after the end"), "the record is closed")
    if command.at < state.now:
        return Refusal(of_procedure("time runs forward"), f"{command.at:%Y-%m-%d %H:%M} lies before what is on record")
    before, passed = advance(state, command.at)
    if before.is_ended:
        if isinstance(command, c.Wait):
            return passed
        return Refusal(clause_at(state.arrangement, "term", "length"), "the arrangement has run out")
    made = _HANDLERS[type(command)](replace(before, now=command.at), command)
    if isinstance(made, Refusal):
        return made
    _, following = settle(evolve_all(before, made))
    return (*passed, *made, *following)


def apply(state: State, command: c.Command) -> tuple[State, tuple[e.Event, ...] | Refusal]:
    """Decide a command and return the state after it; a refusal leaves the state as it was."""
    result = decide(state, command)
    return (state, result) if isinstance(result, Refusal) else (evolve_all(state, result), result)


def replay(state: State, events: tuple[e.Event, ...]) -> State:
    """Return the state after recorded events: nothing is decided again."""
    for event in events:
        state = evolve(state, event)
    return state
