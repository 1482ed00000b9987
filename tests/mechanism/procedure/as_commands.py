"""A world of the checks as commands: who would have to do what for it to come about."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from foedus.arrangement.conditions import FACTS, parties_in
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.deciding.decide import apply, opening
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import State
from foedus.mechanism.procedure.world import everyone
from foedus.mechanism.rules.decisions import deciders
from foedus.mechanism.rules.findings import finders
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import World

START = datetime(2027, 3, 1, tzinfo=UTC)
BEFORE = START - timedelta(days=1000)
LATER = START + timedelta(days=4000)
NAME = "incident"


def opened(arrangement: Arrangement, *, weights: dict[str, int] | None = None) -> State:
    """Return an arrangement in operation to which nothing has happened."""
    state, _ = opening(arrangement, judgments=default_judgments(), prior="flat", at=BEFORE, weights=weights)
    return state


def played(state: State, world: World) -> State:
    """Return the state after the commands that bring a world about; what a clause refuses does not happen."""
    for command in commands_of(state.arrangement, world):
        state, _ = apply(state, command)
    return state


def commands_of(arrangement: Arrangement, world: World) -> Iterator[c.Command]:
    """Yield the commands: the incident, its facts, the votes on the finding, the votes on the response, silence."""
    at, clerk = START, c.SECRETARIAT
    yield from (c.GiveNotice(BEFORE, party) for party in sorted(world.gone))
    not_so = tuple(sorted(FACTS.keys() - world.facts - {"provoked", "consulted"}))
    yield c.OpenIncident(at, clerk, NAME, START, "what happened", not_so=not_so)
    yield from _facts(arrangement, world, at)
    awaited = {
        party
        for clause in arrangement.commitments
        for when in (clause.when, clause.unless)
        if when
        for party in parties_in(when)
    }
    for party in sorted(awaited - world.idle):
        yield c.TakeAct(at, party, NAME, TierWord.SUPPORT)
    voices = everyone(arrangement) - world.gone
    for_finding = voices - world.against_finding - world.silent_on_finding
    invoking = sorted((voices - world.against_finding) & named(arrangement.trigger.invoked_by, arrangement))
    for party in invoking:
        yield c.Invoke(at, party, NAME)
    mover = [*sorted(for_finding & finders(arrangement, world)), *invoking, *sorted(for_finding), clerk][0]
    threat = None if world.threat == "hold" else world.threat
    yield c.ProposeFinding(at, mover, NAME, world.finding, world.attribution, threat)  # type: ignore[arg-type]
    for party in sorted(voices & finders(arrangement, world)):
        if party not in world.silent_on_finding:
            vote = c.Vote.NO if party in world.against_finding else c.Vote.YES
            yield c.VoteOnFinding(at, party, NAME, vote)
    yield c.CloseVote(at, clerk, NAME, "find")
    yield c.ProposeTier(at, _proposer(arrangement, world), NAME, TierWord.DEFEND)
    for party in sorted(voices & deciders(arrangement)):
        if party not in world.silent_on_response:
            vote = c.Vote.NO if party in world.against_response else c.Vote.YES
            yield c.VoteOnTier(at, party, NAME, vote)
    yield c.CloseVote(at, clerk, NAME, "decide")


def _facts(arrangement: Arrangement, world: World, at: datetime) -> Iterator[c.Command]:
    who = {
        "requested": arrangement.parties.protected_state,
        "adversary_agrees": arrangement.parties.adversary,
        "parliament_approves": arrangement.responders,
        "funds_appropriated": arrangement.responders,
    }
    for fact in sorted(world.facts - {"provoked", "consulted"}):
        yield c.StateFact(at, (who.get(fact) or (c.SECRETARIAT,))[0], NAME, fact)
    if "consulted" in world.facts:
        yield c.Meet(at, c.SECRETARIAT, NAME)


def _proposer(arrangement: Arrangement, world: World) -> str:
    lead = arrangement.decision.framework_nation
    willing = [
        party
        for party in arrangement.parties.guarantor
        if party not in world.against_response | world.silent_on_response
    ]
    return lead or next(iter([*willing, *arrangement.parties.guarantor]), c.SECRETARIAT)


__all__ = ["LATER", "NAME", "START", "Refusal", "commands_of", "opened", "played"]
