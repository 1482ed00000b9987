"""What goes on the record: incidents, reports, facts, notice, the end."""

from dataclasses import replace
from datetime import timedelta

from foedus.arrangement.conditions import FACTS
from foedus.arrangement.vocabulary import Unspecified
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause, clause_at, of_procedure
from foedus.mechanism.procedure.evidence.judgments import UNDETERMINED
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.procedure.world import everyone
from foedus.mechanism.rules.findings import finders
from foedus.mechanism.rules.roles import monitors
from foedus.mechanism.rules.world import DECIDED_FACTS, PLAIN_FACTS, World
from foedus.values.duration import Duration

_CLOSED = of_procedure("an incident that is closed takes no more steps")


def open_incident(state: State, command: c.OpenIncident) -> tuple[e.Event, ...] | Refusal:
    """Put an incident on the record, with the circumstances of the plain case but for those that do not hold."""
    if refusal := refuse_stranger(state, command.actor):
        return refusal
    if command.incident in state.incidents:
        return Refusal(of_procedure("each incident is opened once"), f"{command.incident} is on record")
    if command.happened_at > command.at:
        return Refusal(of_procedure("what is reported has happened"), "the incident lies in the future")
    if unknown := set(command.not_so) - FACTS.keys():
        return Refusal(of_procedure("facts are those of the language"), f"unknown: {', '.join(sorted(unknown))}")
    facts = PLAIN_FACTS - DECIDED_FACTS.keys() - set(command.not_so)
    opened = e.IncidentOpened(
        at=command.at,
        actor=command.actor,
        clause=clause_at(state.arrangement, "trigger", "type"),
        incident=command.incident,
        happened_at=command.happened_at,
        what=command.what,
        facts=tuple(sorted(facts)),
    )
    return (opened,)


def file_report(state: State, command: c.FileReport) -> tuple[e.Event, ...] | Refusal:
    """Put a report on the record; what it corrects no longer counts, and stays to be read."""
    if refusal := refuse_stranger(state, command.actor) or refuse_incident(state, command.incident):
        return refusal
    report, incident = command.report, state.incidents[command.incident]
    known = {each.id: each for other in state.incidents.values() for each in other.reports}
    question = state.judgments.questions.get(report.about)
    if report.id in known:
        return Refusal(of_procedure("each report has a name of its own"), f"{report.id} is on record")
    if question is None or report.says not in (*question.values, UNDETERMINED):
        return Refusal(of_procedure("reports answer known questions"), f"{report.about}: {report.says}")
    if report.grade not in state.judgments.grades:
        return Refusal(of_procedure("sources are graded A to F"), f"{report.grade} is no grade")
    if report.seen_at > command.at:
        return Refusal(of_procedure("what is reported has been seen"), "it was seen in the future")
    if report.corrects and report.corrects not in {each.id for each in incident.reports}:
        return Refusal(of_procedure("a correction names a report of the incident"), f"{report.corrects} is none")
    if report.corrects and known[report.corrects].by != (report.by or command.actor):
        return Refusal(of_procedure("who made a report corrects it"), f"{report.corrects} is another's")
    made = e.ReportFiled(
        at=command.at,
        actor=command.actor,
        clause=_reporting(state, command.actor),
        incident=command.incident,
        report=replace(report, by=report.by or command.actor),
    )
    return (made,)


def state_fact(state: State, command: c.StateFact) -> tuple[e.Event, ...] | Refusal:
    """Put on the record that a fact holds or does not, by those who bring it about or judge it."""
    if refusal := refuse_stranger(state, command.actor) or refuse_incident(state, command.incident):
        return refusal
    clause = of_procedure(FACTS.get(command.fact, command.fact))
    if command.fact not in FACTS or command.fact in ("consulted", "provoked"):
        return Refusal(clause, f"{command.fact} is found or done by a step of its own")
    if command.actor not in _who_may_state(state, command.fact):
        who = DECIDED_FACTS.get(command.fact, "those who find what happened")
        return Refusal(clause, f"{command.fact} is for {who} to state")
    made = e.FactStated(
        at=command.at,
        actor=command.actor,
        clause=clause,
        incident=command.incident,
        fact=command.fact,
        holds=command.holds,
    )
    return (made,)


def close_incident(state: State, command: c.CloseIncident) -> tuple[e.Event, ...] | Refusal:
    """Close an incident at the wish of the protected state or the framework nation."""
    if refusal := refuse_incident(state, command.incident):
        return refusal
    may = {*state.arrangement.parties.protected_state, state.arrangement.decision.framework_nation, c.SECRETARIAT}
    clause = of_procedure("the protected state, the framework nation or the secretariat closes an incident")
    if command.actor not in may:
        return Refusal(clause, f"{command.actor} is none of them")
    made = e.IncidentClosed(
        at=command.at, actor=command.actor, clause=clause, incident=command.incident, reason=command.reason
    )
    return (made,)


def give_notice(state: State, command: c.GiveNotice) -> tuple[e.Event, ...] | Refusal:
    """Give notice; the party is bound until it has run out."""
    clause = clause_at(state.arrangement, "term", "exit_notice")
    notice = state.arrangement.term.exit_notice
    if command.actor not in state.arrangement.parties.everyone or command.actor in state.gone:
        return Refusal(clause, f"{command.actor} is no party")
    if command.actor in state.leaving:
        return Refusal(clause, f"{command.actor} has given notice")
    if not isinstance(notice, Duration):
        is_silent = notice is Unspecified.NONE
        return Refusal(
            clause, "the text gives no right to leave" if is_silent else "whether one may leave is not known"
        )
    leaves = command.at + timedelta(hours=notice.hours)
    return (e.NoticeGiven(at=command.at, actor=command.actor, clause=clause, leaves_at=leaves),)


def wait(_state: State, command: c.Wait) -> tuple[e.Event, ...] | Refusal:
    """Let time pass."""
    clause = of_procedure("time runs forward")
    return (e.TimePassed(at=command.at, actor=command.actor, clause=clause),)


def end(_state: State, command: c.EndSitting) -> tuple[e.Event, ...] | Refusal:
    """Close the record."""
    clause = of_procedure("the secretariat closes the record")
    if command.actor != c.SECRETARIAT:
        return Refusal(clause, f"{command.actor} is not the secretariat")
    return (e.Ended(at=command.at, actor=command.actor, clause=clause),)


def refuse_stranger(state: State, actor: str) -> Refusal | None:
    """Refuse whoever is no party and does not keep the record."""
    known = everyone(state.arrangement) | monitors(state.arrangement, World()) | {c.SECRETARIAT}
    if actor in known - state.gone:
        return None
    return Refusal(clause_at(state.arrangement, "parties", "guarantor"), f"{actor} takes no part in this arrangement")


def refuse_incident(state: State, name: str) -> Refusal | None:
    """Refuse a step in an incident that is not on record, or closed."""
    incident: Incident | None = state.incidents.get(name)
    if incident is None:
        return Refusal(of_procedure("an incident is opened first"), f"{name} is not on record")
    return Refusal(_CLOSED, f"{name} is closed") if incident.is_closed else None


def _who_may_state(state: State, fact: str) -> frozenset[str]:
    arrangement = state.arrangement
    match fact:
        case "requested":
            return frozenset(arrangement.parties.protected_state)
        case "adversary_agrees":
            return frozenset(arrangement.parties.adversary)
        case "parliament_approves" | "funds_appropriated":
            return frozenset(arrangement.responders)
        case _:
            return finders(arrangement, World(gone=state.gone)) | monitors(arrangement, World()) | {c.SECRETARIAT}


def _reporting(state: State, actor: str) -> Clause:
    """Return the clause under which a party reports: its mandate as a monitor, or none but its own right."""
    for index, mission in enumerate(state.arrangement.monitoring):
        if actor in mission.by:
            return clause_at(state.arrangement, "monitoring", index)
    return of_procedure("anybody who takes part may report")
