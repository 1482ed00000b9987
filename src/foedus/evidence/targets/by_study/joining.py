"""D2 and D3: how many third states join the side of the target, and how soon."""

from collections.abc import Mapping

from pandas import DataFrame

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.dates import to_dates
from foedus.evidence.targets.statistics.intervals import estimate_quantile, estimate_share

FORCE = 4
POST_WAR = 1946
MIDDLE_OF_MONTH = 15
"""Day that stands for a day of the month that is not known."""


def joining_disputes(disputes: DataFrame, participants: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the delays of states that came to the target's side after the first day, where their day is known."""
    begin = to_dates(disputes, "start", day_unknown=MIDDLE_OF_MONTH)
    begun = participants["dispute"].map(dict(zip(disputes["dispute"], begin, strict=True)))
    delay = (to_dates(participants, "start") - begun).dt.days
    late = (participants["is_original"].eq(False) & participants["is_initiator_side"].eq(False)).fillna(value=False)
    joined = participants.assign(delay=delay, begun=begun)[late.astype(bool) & delay.notna()]
    forceful = joined[(joined["hostility"] >= FORCE).fillna(value=False)]
    return {
        "D2": estimate_quantile(joined["delay"]),
        "D2.within_7d": _within(joined, days=7),
        "D2.within_30d": _within(joined, days=30),
        "D2.force": estimate_quantile(forceful["delay"]),
        "D2.force.within_30d": _within(forceful, days=30),
        "D2.since_1946": estimate_quantile(joined.loc[joined["begun"].dt.year >= POST_WAR, "delay"]),
    }


def joining_wars(participants: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute in how many wars a state came to the target's side after the first day, and how soon the first did."""
    wars = first_joiners(participants)
    late = wars[wars["year"] >= POST_WAR]
    return {
        "D3": estimate_share(int(wars["delay"].notna().sum()), len(wars)),
        "D3.days": estimate_quantile(wars["delay"].dropna()),
        "D3.since_1946": estimate_share(int(late["delay"].notna().sum()), len(late)),
        "D3.since_1946.days": estimate_quantile(late["delay"].dropna()),
    }


def first_joiners(participants: DataFrame) -> DataFrame:
    """Return one row for each war: the year it began and the days until the first state joined the target's side.

    The target's side is the one without the initiator. A war that nobody joined has a gap.
    """
    entered = to_dates(participants, "start")
    began = entered.groupby(participants["war"]).transform("min")
    initiators = participants[(participants["initiator"] == 1).fillna(value=False)]
    side = participants["war"].map(initiators.groupby("war")["side"].first())
    delay = (entered - began).dt.days
    joins = (participants["side"] != side).fillna(value=False).astype(bool) & (delay > 0)
    wars = DataFrame({"year": began.groupby(participants["war"]).first().dt.year})
    wars["delay"] = delay[joins].groupby(participants.loc[joins, "war"]).min()
    return wars


def _within(joined: DataFrame, *, days: int) -> IntervalEstimate:
    return estimate_share(int((joined["delay"] <= days).sum()), len(joined))
