"""How the model has done against history on the figures that page one shows."""

from collections.abc import Mapping, Sequence

from foedus.evidence.track_record import ACROSS_1946, THREATS, TrackRecord, threat_records, track_record
from foedus.game.declared_outcome import Shown
from foedus.game.outcomes import OUTCOMES, shown_in
from foedus.values.names import capital, listed

NOT_TRIED = "\u2020"
"""Stands beside a figure that history was never asked about."""
NO_SKILL = "\u2021"
"""Stands beside a figure on which the model did no better than the base rate."""

Records = Mapping[str, TrackRecord | None]
"""[outcome] how the model has done on it; None where history was not asked."""


def records_shown(*, is_weighted: bool) -> Records:
    """Look up every outcome that page one shows."""
    shown = (*shown_in(Shown.HARM), *shown_in(Shown.PRICE))
    return {outcome: track_record(outcome, is_weighted=is_weighted) for outcome in shown}


def mark(outcome: str, *, records: Records) -> str:
    """Return the sign beside a figure; nothing where the model did better than the base rate."""
    if outcome not in records:
        return ""
    record = records[outcome]
    if record is None:
        return NOT_TRIED
    return "" if record.better_than_base else NO_SKILL


def marks_words(records: Records) -> str:
    """Say what the signs beside figures mean; nothing where none stands."""
    used = {mark(outcome, records=records) for outcome in records}
    parts = [
        f"{NOT_TRIED} never held against history." if NOT_TRIED in used else "",
        f"{NO_SKILL} held against history, and no better than the base rate." if NO_SKILL in used else "",
    ]
    return " ".join(part for part in parts if part)


def history_words(records: Records) -> str:
    """Say in one line where the model did better than the base rate, where it did not, and what nobody tried."""
    better = [_with_cases(each) for each in records.values() if each and each.better_than_base]
    worse = [_with_cases(each) for each in records.values() if each and not each.better_than_base]
    untried = [OUTCOMES[outcome].in_sentence for outcome, each in records.items() if each is None]
    parts = [
        f"better than the base rate on {listed(better)}" if better else "",
        f"no better than the base rate on {listed(worse)}" if worse else "",
    ]
    tried = "; ".join(part for part in parts if part)
    first = f"On cases that are over the model did {tried}." if tried else ""
    named = capital(listed([*untried, "who would sign"]))
    never = f"{named} were never held against history: read them as argument, not as forecast."
    return " ".join(part for part in (first, threats_words(_threats(records)), never) if part)


def threats_words(threats: Sequence[TrackRecord]) -> str:
    """Say how it has told the fate of states under threat, against the base rate and a simple logit."""
    by_decade, across = ([each for each in threats if each.outcome in events] for events in (THREATS, ACROSS_1946))
    if not by_decade:
        return ""
    better = [_WORDS[each.outcome] for each in by_decade if each.better_than_all]
    worse = [_scored(each) for each in by_decade if not each.better_than_all]
    parts = [
        f"better than base rate and a logit on balance, alliance and nearness on {listed(better)}" if better else "",
        f"no better than one of the two on {listed(worse)}" if worse else "",
    ]
    cases = listed([str(number) for number in dict.fromkeys(each.cases for each in by_decade)])
    told = "; ".join(part for part in parts if part)
    return f"On {cases} states under threat, each decade forecast by the others, it did {told}.{_across_words(across)}"


def _across_words(across: Sequence[TrackRecord]) -> str:
    worse = [_scored(each) for each in across if not each.better_than_all]
    return (
        f" Forecasting the years before 1946 by those since, and the reverse, it fails on {listed(worse)}."
        if worse
        else ""
    )


def history_sentences(records: Records) -> tuple[str, ...]:
    """Say of each figure that was held against history how that went."""
    return tuple(each.sentence() for each in records.values() if each)


def threat_sentences(records: Records) -> tuple[str, ...]:
    """Say how it has told what befell states under threat, by decade and across 1946."""
    return tuple(each.sentence() for each in _threats(records))


_THREAT_WORDS = ("who is attacked", "full-scale war", "allies that come to help")
_WORDS = dict(zip((*THREATS, *ACROSS_1946), _THREAT_WORDS * 2, strict=True))


def _threats(records: Records) -> tuple[TrackRecord, ...]:
    """Return those of the view that the records are of."""
    return threat_records(is_weighted=any(each.is_weighted for each in records.values() if each))


def _scored(record: TrackRecord) -> str:
    others = f"{record.base_brier:.3f}" + (f" and {record.logit_brier:.3f}" if record.logit_brier is not None else "")
    return f"{_WORDS[record.outcome]} (Brier score {record.brier:.3f}, theirs {others})"


def _with_cases(record: TrackRecord) -> str:
    sure = "" if record.is_clear else ", not clear of chance"
    return f"{OUTCOMES[record.outcome].in_sentence} ({record.cases} cases{sure})"
