"""B6 and B7: how long peace lasts between two states after a war that they fought against each other."""

from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame, Series

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.dates import to_dates, years_between
from foedus.evidence.targets.statistics.survival import (
    compare_spells,
    estimate_hazard,
    estimate_median_years,
    estimate_survival,
)

LAST_DAY_OF_WARS, LAST_DAY_OF_DISPUTES = pd.Timestamp("2007-12-31"), pd.Timestamp("2010-12-31")
"""Last days that the two data sets watch."""

POST_WAR = pd.Timestamp("1946-01-01")
PRINCIPALS = {1, 3}
TIE, AT_WAR = 2, 5
MIDDLE_OF_MONTH = 15
PAIR = ["state_a", "state_b"]

LAST_YEARS = {
    240: 1866,
    245: 1871,
    267: 1871,
    269: 1867,
    271: 1871,
    273: 1866,
    275: 1867,
    280: 1867,
    300: 1918,
    315: 1992,
    327: 1860,
    329: 1861,
    332: 1860,
    337: 1860,
    678: 1990,
    817: 1975,
}
"""Last year in the state system, by number, of the states of these wars that ended: Hanover, Bavaria, Baden, Saxony,
Wuerttemberg, Electoral Hesse, Grand Ducal Hesse, Mecklenburg-Schwerin, Austria-Hungary, Czechoslovakia, the Papal
States, the Two Sicilies, Modena, Tuscany, North Yemen, South Vietnam. Correlates of War, State System Membership."""


def peace_after_war(dyad_years: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of principal adversaries that had not fought another war."""
    ends = war_ends(dyad_years)
    spells = _until(ends[ends["is_principal"] & (ends["end"] >= POST_WAR)], "next_war", last_day=LAST_DAY_OF_WARS)
    found = {f"B6.war.{years}y": estimate_survival(spells, years=years) for years in (5, 10, 20)}
    return found | {"B6.war.hazard": estimate_hazard(spells, years=10)}


def peace_without_deaths(
    dyad_years: DataFrame, disputes: DataFrame, participants: DataFrame
) -> Mapping[str, IntervalEstimate]:
    """Compute the time to the next dispute with deaths, or at the level of war, between principal adversaries."""
    ends = war_ends(dyad_years)
    clashes = deadly_clashes(disputes, participants)
    ends = ends.assign(next_clash=_next_after(ends, clashes))
    spells = _until(ends[ends["is_principal"]], "next_clash", last_day=LAST_DAY_OF_DISPUTES)
    recent = spells[spells["end"] >= POST_WAR]
    tie = spells["outcome_a"] == TIE
    found: dict[str, IntervalEstimate | None] = {
        "B6.clash": estimate_median_years(recent),
        "B6.clash.5y": estimate_survival(recent, years=5),
        "B6.clash.10y": estimate_survival(recent, years=10),
        "B6.clash.hazard": estimate_hazard(recent, years=10),
        "B7.clash.decisive": estimate_median_years(spells[~tie]),
        "B7.clash.tie": estimate_median_years(spells[tie]),
        "B7.clash.p": compare_spells(spells[tie], spells[~tie]),
    }
    return {name: estimate for name, estimate in found.items() if estimate is not None}


def war_ends(dyad_years: DataFrame) -> DataFrame:
    """Return one row for each end of a war between two states: when, how, and when they began the next one.

    Ends on an impossible day are left out, and so are those while another war between the two went on.
    """
    once = dyad_years[dyad_years["state_a"] < dyad_years["state_b"]]
    dated = once.assign(start=to_dates(once, "start"), end=to_dates(once, "end"))
    keys = ["war", *PAIR]
    groups = dated.groupby(keys, sort=False)
    ends = groups[["start"]].first().join(groups[["end", "outcome_a", "role_a", "role_b"]].last()).reset_index()
    ends = ends.sort_values([*PAIR, "start"], kind="stable")
    ends["next_war"] = ends.groupby(PAIR)["start"].shift(-1)
    ends["is_principal"] = [{a, b} == PRINCIPALS for a, b in zip(ends["role_a"], ends["role_b"], strict=True)]
    is_over = ends["next_war"].isna() | (ends["next_war"] > ends["end"])
    return ends[ends["end"].notna() & is_over].reset_index(drop=True)


def deadly_clashes(disputes: DataFrame, participants: DataFrame) -> DataFrame:
    """Return one row for each pair on opposite sides of a dispute with deaths or at war level, and its first day.

    A pair's clash begins when both are in the dispute. Deaths are those of the whole dispute, because own deaths are
    often not known.
    """
    has_deaths, is_war = disputes["fatality"] > 0, disputes["hostility"] == AT_WAR
    deadly = disputes[(has_deaths | is_war).fillna(value=False)]
    entered = to_dates(participants, "start", day_unknown=MIDDLE_OF_MONTH)
    there = participants.assign(day=entered)[participants["dispute"].isin(deadly["dispute"])]
    sides = there[["dispute", "state", "is_initiator_side", "day"]].dropna()
    pairs = sides.merge(sides, on="dispute", suffixes=("_a", "_b"))
    is_opposed = pairs["is_initiator_side_a"] != pairs["is_initiator_side_b"]
    opposed = pairs[is_opposed & (pairs["state_a"] < pairs["state_b"])]
    return opposed.assign(day=opposed[["day_a", "day_b"]].max(axis=1))[[*PAIR, "day"]]


def _next_after(ends: DataFrame, clashes: DataFrame) -> Series:
    both = ends[[*PAIR, "end"]].reset_index().merge(clashes, on=PAIR)
    return both[both["day"] > both["end"]].groupby("index")["day"].min().reindex(ends.index)


def _until(ends: DataFrame, event: str, *, last_day: pd.Timestamp) -> DataFrame:
    last_years = ends[PAIR].apply(lambda states: states.map(LAST_YEARS)).min(axis=1).astype("float64")
    gone = pd.to_datetime(DataFrame({"year": last_years, "month": 12, "day": 31}), errors="coerce")
    watched = gone.fillna(last_day)
    watched = watched.where(watched <= last_day, last_day)
    has_failed = ends[event].notna() & (ends[event] <= watched)
    years = years_between(ends["end"], ends[event].where(has_failed, watched))
    spells = ends.assign(years=years, has_failed=has_failed)
    return spells[spells["years"] > 0]
