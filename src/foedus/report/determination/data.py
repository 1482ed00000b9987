"""A determination, and a script that was played, as plain data for programs."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from foedus.exercise.determination.determine import IncidentDetermination
from foedus.exercise.scenario.recording import to_log
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.events import Event
from foedus.mechanism.procedure.evidence.carried import Carried
from foedus.mechanism.procedure.evidence.posterior import Likelihood
from foedus.mechanism.procedure.evidence.report import telling
from foedus.mechanism.procedure.evidence.yardstick import words_for
from foedus.mechanism.procedure.foresight import Lawful, OwedAhead


def determination_data(found: IncidentDetermination) -> dict[str, Any]:
    """Return a determination as plain data; probabilities are from 0 to 1, times in UTC."""
    counted = {each.id for each in telling(found.reports)}
    return {
        "arrangement": found.arrangement.id,
        "incident": found.incident,
        "what": found.what,
        "happened_at": _time(found.happened_at),
        "at": _time(found.at),
        "prior": found.carried.prior,
        "reports": [
            {"id": each.id, "about": each.about, "says": each.says, "grade": each.grade, "origin": each.origin}
            | {"counts": each.id in counted}
            for each in found.reports
        ],
        "later": found.later,
        "withheld": found.withheld,
        "carried": carried_data(found.carried),
        "by_prior": {name: carried_data(each) for name, each in found.by_prior.items()},
        "without": [
            {"origins": list(each.origins), "finding": _word(each.finding), "attribution": each.attribution}
            | {"changes": each.changes(found.carried), "leading": each.leading}
            for each in found.without
        ],
        "forgeries_that_turn_it": [list(each) for each in found.forgeries],
        "next_reports_that_turn_it": [
            {"about": each.about, "says": each.says, "finding": _word(each.finding), "attribution": each.attribution}
            for each in found.next
        ],
        "steps": [
            {"what": each.what, "who": list(each.who), "deadline": _time(each.deadline), "clause": _clause(each.clause)}
            for each in found.steps
        ],
        "if_found": [_owed(each) for each in found.if_found],
        "if_decided": [_owed(each) for each in found.if_decided],
        "decided_tier": str(found.decided_tier),
        "lawful": [_lawful(each) for each in found.lawful],
        "lawful_if_found": [_lawful(each) for each in found.lawful_if_found],
        "if_nobody_acts": [event_data(each) for each in found.if_nobody_acts],
        "if_only_invoked": None if found.if_only_invoked is None else events_data(found.if_only_invoked),
        "source": found.judgments.source,
    }


def carried_data(result: Carried) -> dict[str, Any]:
    """Return what is carried from one prior."""
    return {
        "finding": _word(result.finding),
        "attribution": result.attribution,
        "origins": result.origins,
        "by_adversary": band_data(result.by_adversary),
        "hypotheses": {name: band_data(band) for name, band in result.posterior.bands.items()},
        "tests": [
            {"finding": str(test.finding), "standard": str(test.standard), "is_assumed": test.is_assumed}
            | {"asks_for": asdict(test.figures), "band": band_data(test.band), "is_met": test.is_met}
            for test in result.tests
        ],
    }


def band_data(band: Likelihood) -> dict[str, Any]:
    """Return a probability with its band and its words."""
    return {"mean": band.mean, "low": band.low, "high": band.high, "words": words_for(band)}


def events_data(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return events as the log writes them."""
    return [event_data(each) for each in events]


def event_data(event: Event) -> dict[str, Any]:
    """Return one event as the log writes it."""
    logged = to_log(event)
    payload: dict[str, Any] = _plain(logged.payload)
    return {"type": logged.type, "at": _time(event.at), "actor": event.actor} | payload


def _owed(row: OwedAhead) -> dict[str, Any]:
    return {
        "clause": _clause(row.clause),
        "is_binding": row.promise.is_binding,
        "debtors": list(row.debtors),
        "status": str(row.status),
        "tier": _word(row.tier),
        "deadline": _time(row.deadline),
        "because": row.because,
    }


def _lawful(each: Lawful) -> dict[str, Any]:
    clause = _clause(each.forbidden_by) if each.forbidden_by else None
    return {"tier": str(each.tier), "is_lawful": each.forbidden_by is None, "forbidden_by": clause}


def _clause(clause: Clause) -> dict[str, str]:
    return asdict(clause)


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _time(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%dT%H:%MZ}" if moment else None


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value
