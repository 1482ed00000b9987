"""Determine: what reports carry under a text, what would change that, and what the text then asks of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.exercise.scenario.reports_file import ReportsFile
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.deciding.decide import apply, opening
from foedus.mechanism.procedure.events import Event
from foedus.mechanism.procedure.evidence.carried import Carried, carried
from foedus.mechanism.procedure.evidence.influence import Next, Without, fewest_forgeries, next_reports, without_each
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.foresight import (
    Lawful,
    OwedAhead,
    StepAhead,
    decided,
    found,
    highest_promised,
    if_nobody_acts,
    if_only_invoked,
    lawful,
    owed,
    steps_ahead,
)
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.settle import is_decision_needed
from foedus.mechanism.procedure.state import State
from foedus.mechanism.rules.world import DECIDED_FACTS


@dataclass(frozen=True, eq=False)
class IncidentDetermination:
    """Everything that can be said of an incident before anybody votes."""

    arrangement: Arrangement
    judgments: Judgments
    incident: str
    what: str
    happened_at: datetime
    at: datetime
    reports: tuple[Report, ...]
    """Those that are known at the time, corrected ones included."""
    later: int
    """Reports of the file that were seen after the time asked for."""
    withheld: int
    """Reports that the reader may not see."""
    carried: Carried
    by_prior: Mapping[str, Carried]
    """What the same reports carry from each prior."""
    without: tuple[Without, ...]
    forgeries: tuple[tuple[str, ...], ...]
    next: tuple[Next, ...]
    steps: tuple[StepAhead, ...]
    if_found: tuple[OwedAhead, ...]
    if_decided: tuple[OwedAhead, ...]
    """What is owed once the response is decided too; empty where no decision is needed."""
    decided_tier: TierWord
    lawful: tuple[Lawful, ...]
    """What guarantors may do now, before anything is found."""
    lawful_if_found: tuple[Lawful, ...]
    if_nobody_acts: tuple[Event, ...]
    if_only_invoked: tuple[Event, ...] | None
    """What follows where the mechanism is invoked and nothing else is done; None where it needs no invoking."""


def determine(
    arrangement: Arrangement,
    told: ReportsFile,
    *,
    judgments: Judgments,
    at: datetime | None = None,
    prior: str = "",
    seen_by: str = "",
    weights: dict[str, int] | None = None,
) -> IncidentDetermination:
    """Say what the reports that are known at a time carry under a text, and what follows; nobody has voted yet.

    Without a time, all reports are known. ``seen_by`` leaves out what that party may not read.
    """
    now = at or max((each.seen_at for each in told.reports), default=told.happened_at)
    known = [each for each in told.reports if each.seen_at <= now]
    reports = tuple(each for each in known if not seen_by or each.may_be_read_by(seen_by))
    chosen = prior or told.prior
    weighing = partial(_carried, arrangement=arrangement, judgments=judgments)
    result = weighing(reports, prior=chosen)
    under_chosen = partial(weighing, prior=chosen)
    state = _on_record(arrangement, told, reports, now, judgments=judgments, prior=chosen, weights=weights)
    supposed = found(state, told.incident, finding=result.finding, attribution=result.attribution)
    tier = highest_promised(state)
    agreed = decided(supposed, told.incident, tier=tier) if is_decision_needed(state) else None
    return IncidentDetermination(
        arrangement=arrangement,
        judgments=judgments,
        incident=told.incident,
        what=told.what,
        happened_at=told.happened_at,
        at=now,
        reports=reports,
        later=len(told.reports) - len(known),
        withheld=len(known) - len(reports),
        carried=result,
        by_prior={name: weighing(reports, prior=name) for name in judgments.priors},
        without=without_each(reports, weighing=under_chosen),
        forgeries=fewest_forgeries(reports, weighing=under_chosen),
        next=next_reports(reports, judgments=judgments, weighing=under_chosen),
        steps=steps_ahead(state, told.incident),
        if_found=owed(supposed, told.incident),
        if_decided=owed(agreed, told.incident) if agreed else (),
        decided_tier=tier,
        lawful=lawful(state, told.incident),
        lawful_if_found=lawful(supposed, told.incident),
        if_nobody_acts=if_nobody_acts(state),
        if_only_invoked=if_only_invoked(state, told.incident),
    )


def _carried(reports: tuple[Report, ...], *, arrangement: Arrangement, judgments: Judgments, prior: str) -> Carried:
    return carried(reports, arrangement=arrangement, judgments=judgments, prior=prior)


def _on_record(
    arrangement: Arrangement,
    told: ReportsFile,
    reports: tuple[Report, ...],
    now: datetime,
    *,
    judgments: Judgments,
    prior: str,
    weights: dict[str, int] | None,
) -> State:
    """Return the record with the incident, its facts and its reports, brought up to now."""
    opens = min([told.happened_at, *(each.seen_at for each in reports)])
    state, _ = opening(arrangement, judgments=judgments, prior=prior, at=opens, weights=weights)
    not_so = tuple(name for name, holds in told.facts.items() if not holds and name not in DECIDED_FACTS)
    steps: list[c.Command] = [
        c.OpenIncident(told.happened_at, c.SECRETARIAT, told.incident, told.happened_at, told.what, not_so)
    ]
    for report in sorted(reports, key=lambda each: each.seen_at):
        at = max(report.seen_at, told.happened_at)
        steps.append(c.FileReport(at, c.SECRETARIAT, told.incident, replace(report, by=report.by or c.SECRETARIAT)))
    steps += [_stated(arrangement, name, told, now) for name, holds in told.facts.items() if holds]
    for step in (*steps, c.Wait(now)):
        state, result = apply(state, step)
        if isinstance(result, Refusal):
            raise ValueError(str(result))
    return state


def _stated(arrangement: Arrangement, fact: str, told: ReportsFile, now: datetime) -> c.Command:
    who = {
        "requested": arrangement.parties.protected_state,
        "adversary_agrees": arrangement.parties.adversary,
        "parliament_approves": arrangement.responders,
        "funds_appropriated": arrangement.responders,
    }
    if fact == "consulted":
        return c.Meet(now, c.SECRETARIAT, told.incident)
    return c.StateFact(now, (who.get(fact) or (c.SECRETARIAT,))[0], told.incident, fact)
