"""Finding what happened: who invokes, who moves, who signs or dissents."""

from foedus.arrangement.vocabulary import IfUndecided
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause, clause_at, of_procedure
from foedus.mechanism.procedure.deciding.record import refuse_incident, refuse_stranger
from foedus.mechanism.procedure.evidence.carried import Carried, carried
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.stages import clause_of, deadline_of, is_open_to_finding
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.rules.findings import does_each_find_for_itself, finders, finding_by_vote, is_finder_named
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import Ruling, World, is_at_least

Made = tuple[e.Event, ...]


def invoke(state: State, command: c.Invoke) -> Made | Refusal:
    """Open the mechanism, by one of those whom the text names; where it names nobody it is open of itself."""
    clause = clause_at(state.arrangement, "trigger", "invoked_by")
    if refusal := refuse_stranger(state, command.actor) or refuse_incident(state, command.incident):
        return refusal
    invokers = named(state.arrangement.trigger.invoked_by, state.arrangement)
    if not invokers:
        return Refusal(clause, "the text names nobody who invokes it, so that it is open of itself")
    if command.actor not in invokers:
        return Refusal(clause, f"{command.actor} may not invoke it")
    return (e.Invoked(at=command.at, actor=command.actor, clause=clause, incident=command.incident),)


def propose(state: State, command: c.ProposeFinding) -> Made | Refusal:
    """Move a finding; whoever has a vote and moves it is for it."""
    if refusal := refuse_incident(state, command.incident) or _may_propose(state, command):
        return refusal
    incident = state.incidents[command.incident]
    result = carried(incident.reports, arrangement=state.arrangement, judgments=state.judgments, prior=state.prior)
    clause = _determined_by(state)
    moved = e.FindingProposed(
        at=command.at,
        actor=command.actor,
        clause=clause,
        incident=command.incident,
        attribution=command.attribution,
        carried_attribution=result.attribution,  # type: ignore[arg-type]
        adversary_per_mille=_per_mille(result),
        is_beyond_reports=_is_beyond(command, result),
        finding=command.finding,
        threat=command.threat,
        carried=result.finding,
    )
    made: Made = (moved,)
    if command.actor in _seats(state):
        made = (*made, _voted(command, clause, c.Vote.YES))
    if _is_left_to_lead(state, incident):
        closing = clause_at(state.arrangement, "trigger", "if_undecided")
        made = (
            *made,
            e.VoteClosed(at=command.at, actor=command.actor, clause=closing, incident=command.incident, on="find"),
        )
    return made


def vote(state: State, command: c.VoteOnFinding) -> Made | Refusal:
    """Sign, dissent or abstain; where each finds for itself, a finding may be dissented from as long as it stands."""
    if refusal := refuse_incident(state, command.incident):
        return refusal
    incident, clause = state.incidents[command.incident], _determined_by(state)
    if command.actor not in _seats(state):
        return Refusal(clause, f"{command.actor} has no vote on what is found")
    stands = does_each_find_for_itself(state.arrangement) and incident.finding is not None
    if incident.finding_motion is None and not stands:
        return Refusal(of_procedure("a vote is on a motion"), "no finding is moved")
    lead = state.arrangement.decision.framework_nation
    is_late = incident.finding is None and incident.is_finding_vote_closed
    if is_late and command.actor != lead:
        return Refusal(clause_at(state.arrangement, "trigger", "if_undecided"), "the vote is closed")
    return (_voted(command, clause, command.vote, reason=command.reason),)


def close_vote(state: State, command: c.CloseVote) -> Made | Refusal:
    """Count the silent as silent, at the wish of whoever moved it, where no deadline of the text does so."""
    if refusal := refuse_incident(state, command.incident):
        return refusal
    incident = state.incidents[command.incident]
    is_find = command.on == "find"
    motion = incident.finding_motion if is_find else incident.tier_motion
    clause = clause_of(state.arrangement, command.on)
    if motion is None:
        return Refusal(of_procedure("a vote is on a motion"), "nothing is moved")
    if command.actor not in (motion.by, c.SECRETARIAT):
        return Refusal(of_procedure("who moves a motion closes the vote on it"), f"{motion.by} moved it")
    deadline = deadline_of(state.arrangement, incident, command.on)
    is_first = (incident.finding if is_find else incident.decision) is None
    if is_first and deadline is not None and command.on not in incident.passed:
        return Refusal(clause, f"members may vote until {deadline:%Y-%m-%d %H:%M} UTC")
    closed = e.VoteClosed(at=command.at, actor=command.actor, clause=clause, incident=command.incident, on=command.on)
    return (closed,)


def _may_propose(state: State, command: c.ProposeFinding) -> Refusal | None:
    if refusal := refuse_stranger(state, command.actor):
        return refusal
    arrangement, incident = state.arrangement, state.incidents[command.incident]
    undecided = clause_at(arrangement, "trigger", "if_undecided")
    if incident.is_finding_failed:
        return Refusal(undecided, "the time for a finding is over")
    if incident.finding_motion is not None:
        return Refusal(of_procedure("one motion at a time"), f"{incident.finding_motion.by} has moved a finding")
    if _is_left_to_lead(state, incident) and command.actor != arrangement.decision.framework_nation:
        return Refusal(undecided, f"{arrangement.decision.framework_nation} alone decides now")
    if not is_open_to_finding(state, incident):
        names = clause_at(arrangement, "trigger", "invoked_by")
        invokers = named(arrangement.trigger.invoked_by, arrangement)
        if command.actor not in invokers & _seats(state):
            return Refusal(names, "nobody who may invoke the mechanism has")
    if command.actor not in _movers(state):
        return Refusal(_determined_by(state), f"{command.actor} does not find what happened")
    everybody_for = World(facts=incident.facts, gone=state.gone)
    if finding_by_vote(arrangement, everybody_for) is Ruling.NO:
        return Refusal(_determined_by(state), "nothing can be found yet, whoever votes for it")
    return None


def _movers(state: State) -> frozenset[str]:
    """Return who may move a finding: those with a vote; those who may invoke; where no finder is named, any party."""
    arrangement = state.arrangement
    invokers = named(arrangement.trigger.invoked_by, arrangement)
    seats = _seats(state)
    if not is_finder_named(arrangement) or not seats:
        return arrangement.parties.everyone - state.gone
    return (seats | invokers) - state.gone


def _seats(state: State) -> frozenset[str]:
    return finders(state.arrangement, World(gone=state.gone))


def _is_left_to_lead(state: State, incident: Incident) -> bool:
    is_lead = state.arrangement.trigger.if_undecided is IfUndecided.LEAD_DECIDES
    return is_lead and "find" in incident.passed and incident.finding is None


def _is_beyond(command: c.ProposeFinding, result: Carried) -> bool:
    """Tell whether a motion says more than the reports carry: another breach, or a surer culprit."""
    is_surer = not is_at_least("attribution", value=result.attribution, level=command.attribution)
    tested = {test.finding: test.is_met for test in result.tests}
    return is_surer or (command.finding is not None and not tested[command.finding])


def _per_mille(result: Carried) -> tuple[int, int, int]:
    band = result.by_adversary
    mean, low, high = (round(1000 * each) for each in (band.mean, band.low, band.high))
    return mean, low, high


def _determined_by(state: State) -> Clause:
    return clause_at(state.arrangement, "trigger", "determined_by")


def _voted(
    command: c.ProposeFinding | c.VoteOnFinding, clause: Clause, which: c.Vote, *, reason: str = ""
) -> e.FindingVoted:
    return e.FindingVoted(
        at=command.at, actor=command.actor, clause=clause, incident=command.incident, vote=which, reason=reason
    )
