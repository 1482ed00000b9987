"""Each step of the mechanism in a sentence."""

import re
from collections.abc import Callable
from typing import Any

from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.rules.world import Ruling
from foedus.report.determination.prose import time
from foedus.report.words.party_names import PartyNames

_ID = re.compile(r"[a-z][a-z_]+")
_STAGES = {"meet": "to meet", "find": "to find what happened", "decide": "to decide the response"}
_BECOMES = {
    ObligationStatus.CREATED: "stands",
    ObligationStatus.IN_EFFECT: "is called for and waits",
    ObligationStatus.SUSPENDED: "is suspended",
    ObligationStatus.DUE: "falls due",
    ObligationStatus.MET: "is met",
    ObligationStatus.BREACHED: "is broken",
    ObligationStatus.LAPSED: "lapses",
}


def sentence_of(event: e.Event, *, names: PartyNames) -> str:
    """Write an event as a sentence."""
    words = with_names(_SENTENCES[type(event)](event, names), names)
    return f"{words[:1].upper()}{words[1:]}."


def all_of(parties: tuple[str, ...], names: PartyNames) -> str:
    """Name several parties, all guarantors as such."""
    return "all guarantors" if len(parties) > 1 and set(parties) == set(names.guarantors) else names.listed(parties)


def with_names(text: str, names: PartyNames) -> str:
    """Put the names of parties where the procedure wrote their ids."""
    return _ID.sub(lambda found: names.within(found[0]) if found[0] in names.by_id else found[0], text)


def _opened(event: e.Opened, _names: PartyNames) -> str:
    return f"the record of {event.arrangement} is opened, with the prior '{event.prior}'"


def _incident(event: e.IncidentOpened, _names: PartyNames) -> str:
    return f"incident {event.incident}, of {time(event.happened_at)}: {event.what.rstrip('.')}"


def _report(event: e.ReportFiled, names: PartyNames) -> str:
    report = event.report
    kept = f", for {names.listed(report.access)} only" if report.access else ""
    corrected = f", in the place of {report.corrects}" if report.corrects else ""
    told = f"{report.about.replace('_', ' ')}: {report.says.replace('_', ' ')}"
    source = f"(grade {report.grade}, {report.origin})"
    return f"{_who(event.actor, names)} reports {report.id}{corrected}{kept}: {told} {source}"


def _fact(event: e.FactStated, names: PartyNames) -> str:
    holds = "holds" if event.holds else "does not hold"
    return f"{_who(event.actor, names)} states that '{event.fact.replace('_', ' ')}' {holds}"


def _proposed(event: e.FindingProposed, names: PartyNames) -> str:
    carried = f"the reports carry {_found(event.carried)}, attribution {event.carried_attribution}"
    mean, low, high = (f"{each / 10:.0f}" for each in event.adversary_per_mille)
    beyond = "; the motion says more than the reports carry" if event.is_beyond_reports else ""
    return (
        f"{_who(event.actor, names)} moves to find {_found(event.finding)}, attribution {event.attribution} "
        f"({carried}, the adversary {mean} %, {low} to {high} %{beyond})"
    )


def _made(event: e.FindingMade, _names: PartyNames) -> str:
    how = "it is found anew" if event.is_revision else "it follows by default" if event.is_by_default else "it is found"
    doubt = "; the text does not settle whether this is a finding" if event.ruling is Ruling.UNSETTLED else ""
    return f"{how}: {_found(event.finding)}, attribution {event.attribution}{doubt}"


def _decided(event: e.TierDecided, _names: PartyNames) -> str:
    what = event.tier or "whatever the text promises"
    doubt = "; the text does not settle whether this is a decision" if event.ruling is Ruling.UNSETTLED else ""
    return f"{'by default' if event.is_by_default else 'decided'}: {what}{doubt}"


def _failed(event: e.FindingFailed | e.TierFailed, _names: PartyNames) -> str:
    what = "finding" if isinstance(event, e.FindingFailed) else "decision"
    doubt = ", and the text does not say what that means" if event.ruling is Ruling.UNSETTLED else ""
    return f"no {what} comes about{', and none may come any more' if event.is_final else ''}{doubt}"


def _vote(event: e.FindingVoted | e.TierVoted, names: PartyNames) -> str:
    words = {"yes": ("signs", "joins"), "no": ("dissents", "refuses"), "abstain": ("abstains", "abstains")}
    word = words[event.vote][isinstance(event, e.TierVoted)]
    troops = f" with {event.troops} troops" if isinstance(event, e.TierVoted) and event.troops else ""
    return f"{_who(event.actor, names)} {word}{troops}{f': {event.reason}' if event.reason else ''}".rstrip(".")


def _obligation(event: e.ObligationChanged, names: PartyNames) -> str:
    kind = "the duty" if event.is_binding else "the promise, which does not bind,"
    tier = f" to {event.tier}" if event.tier and event.to is not ObligationStatus.CREATED else ""
    until = f" by {time(event.deadline)}" if event.deadline and event.to is ObligationStatus.DUE else ""
    return f"{kind} of {all_of(event.debtors, names)}{tier} {_BECOMES[event.to]}{until}: {event.because}"


def _act(event: e.ActTaken, names: PartyNames) -> str:
    measures = f" ({', '.join(each.replace('_', ' ') for each in event.measures)})" if event.measures else ""
    words = f": {event.words.rstrip('.')}" if event.words else ""
    under = f", under {event.under}" if event.under else ", of its own accord"
    return f"{_who(event.actor, names)} acts: {event.tier}{measures}{under}{words}"


def _found(finding: object) -> str:
    return str(finding) if finding else "no breach"


def _who(actor: str, names: PartyNames) -> str:
    return "the secretariat" if actor == "secretariat" else names.within(actor)


_SENTENCES: dict[type[Any], Callable[[Any, PartyNames], str]] = {
    e.Opened: _opened,
    e.IncidentOpened: _incident,
    e.ReportFiled: _report,
    e.FactStated: _fact,
    e.Invoked: lambda event, names: f"{_who(event.actor, names)} invokes the mechanism",
    e.Met: lambda _event, _names: "the guarantors meet",
    e.FindingProposed: _proposed,
    e.FindingVoted: _vote,
    e.FindingMade: _made,
    e.FindingFailed: _failed,
    e.TierProposed: lambda event, names: f"{_who(event.actor, names)} moves a response: {event.tier}",
    e.TierVoted: _vote,
    e.TierDecided: _decided,
    e.TierFailed: _failed,
    e.VoteClosed: lambda event, names: f"{_who(event.actor, names)} closes the vote; the silent count as silent",
    e.DeadlinePassed: lambda event, _names: f"the time {_STAGES[event.stage]} is over",
    e.ObligationChanged: _obligation,
    e.ActTaken: _act,
    e.NoticeGiven: lambda event, names: (
        f"{_who(event.actor, names)} gives notice and leaves on {time(event.leaves_at)}"
    ),
    e.PartyLeft: lambda event, names: f"{_who(event.actor, names)} has left",
    e.IncidentClosed: lambda event, _names: (
        f"the incident is closed{f': {event.reason}' if event.reason else ''}".rstrip(".")
    ),
    e.TimePassed: lambda _event, _names: "time passes",
    e.Refused: lambda event, names: f"refused to {_who(event.actor, names)}: {event.because}",
    e.Ended: lambda _event, _names: "the record is closed",
}
