"""Figures on made tables: small enough to be counted by hand."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from foedus.evidence.targets.by_study.agreements import CLAUSES, agreement_spells, standing
from foedus.evidence.targets.by_study.allied_commitments import honouring, performance
from foedus.evidence.targets.by_study.civil_war_peace import peace_after_civil_war
from foedus.evidence.targets.by_study.crisis_response import response
from foedus.evidence.targets.by_study.donors import giving
from foedus.evidence.targets.by_study.immediate_deterrence import deterrence
from foedus.evidence.targets.by_study.interstate_peace import (
    deadly_clashes,
    peace_after_war,
    peace_without_deaths,
    war_ends,
)
from foedus.evidence.targets.by_study.joining import first_joiners, joining_disputes, joining_wars
from foedus.evidence.targets.by_study.major_powers import joining_the_target
from foedus.evidence.targets.by_study.recurrence import endings, endings_as_studied
from tests.evidence.data.made import Row, made_table


def test_only_triggered_commitments_count(tmp_path: Path) -> None:
    """A commitment that the war did not trigger is neither kept nor broken."""
    kept = {"honoured": "1", "defence": "1", "is_early": "1", "offence": "1"}
    broken = {"violated": "1", "honoured": "", "defence": "1", "is_early": "0", "multilateral": "1"}
    idle = {"honoured": "", "violated": "", "defence": "1", "is_early": "0"}
    found = honouring(made_table(tmp_path, "berkemeier_fuhrmann", [kept, broken, broken, *[idle] * 5]))
    for name in ("A1", "A3.defence"):
        assert found[name].value == pytest.approx(1 / 3)
        assert found[name].n == 3
    assert (found["A4"].value, found["A4"].n) == (0, 2)
    assert found["A5"].n == 2
    assert "A3.neutrality" not in found


def test_promises_to_fight(tmp_path: Path) -> None:
    """Allies whose power changed are told apart from the others; promises of other kinds do not count."""
    rows = [
        {"is_active": "1", "honoured": "1", "power_changed": "0", "institutions": "2"},
        {"is_active": "1", "honoured": "0", "power_changed": "1", "institutions": "0"},
        {"is_active": "0", "honoured": "1", "power_changed": "1"},
    ]
    found = performance(made_table(tmp_path, "leeds_anac", rows))
    assert (found["A6"].value, found["A6"].n) == (0.5, 2)
    assert found["A6.high"].value == 1
    assert found["A7.power_changed"].value == 0
    assert "A6.some" not in found


def test_deterrence_and_defence(tmp_path: Path) -> None:
    """Who was not attacked was deterred; whether a defender fights shows only where there was an attack."""
    rows = [
        {"attacked": "0", "fought": "", "immediate_balance": "2.0", "alliance": "1"},
        {"attacked": "1", "fought": "1", "immediate_balance": "0.67", "alliance": "1"},
        {"attacked": "1", "fought": "0", "immediate_balance": "0.5", "nuclear": "1"},
    ]
    found = deterrence(made_table(tmp_path, "huth_signorino_tarar", rows))
    assert found["A8"].value == pytest.approx(1 / 3)
    assert (found["A9"].value, found["A9"].n) == (0.5, 2)
    assert [found[f"A10.{name}"].value for name in ("weak", "even", "strong")] == [0, 0, 1]
    assert found["A9.alliance"].value == 1


def test_joining_counts_only_the_target_s_friends(tmp_path: Path) -> None:
    """A dispute that the power itself began cannot be joined against it, and an unknown pact is not "no pact"."""
    rows = [
        {"us_joined": "1", "us_pact": "1", "us_troops": "10000"},
        {"us_joined": "0", "us_pact": "0", "us_troops": "0"},
        {"us_joined": "0", "us_pact": "0", "us_is_initiator": "1"},
        {"us_joined": "0", "us_pact": ""},
    ]
    found = joining_the_target(made_table(tmp_path, "mcmanus_nieman", rows))
    assert (found["A12"].value, found["A12"].n) == (0.5, 2)
    assert found["A12.many_troops"].n == 1


def dyad_years(episode: str, dyad: int, years: Sequence[int], *, is_over: bool, outcome: int = 5) -> list[Row]:
    """One episode of fighting from 1 March of its first year to 1 September of its last."""
    rows: list[Row] = []
    for year in years:
        is_last = is_over and year == years[-1]
        rows.append(
            {
                "stored_episode": episode,
                "dyad": str(dyad),
                "year": str(year),
                "is_last_year": str(int(is_last)),
                "start_date": f"3/1/{years[0] % 100:02d}",
                "end_date": f"9/1/{year % 100:02d}" if is_last else "",
                "outcome": str(outcome) if is_last else "",
                "conflict_type": "2",
                "incompatibility": "1",
            }
        )
    return rows


def test_renewed_fighting(tmp_path: Path) -> None:
    """Calm lasts from the end of one episode to the start of the next of the same two, or to the end of 2020."""
    rows = [
        *dyad_years("101", 1, [1950, 1951], is_over=True, outcome=2),
        *dyad_years("102", 1, [1961], is_over=True),
        *dyad_years("201", 2, [2019, 2020], is_over=False),
    ]
    table = made_table(tmp_path, "ucdp_termination_dyads", rows)
    for found in (endings(table), endings_as_studied(table)):
        assert found["has_failed"].tolist() == [True, False]
        assert found["years"].iloc[0] == pytest.approx(
            (pd.Timestamp("1961-03-01") - pd.Timestamp("1951-09-01")).days / 365.25
        )
        assert found["years"].iloc[1] == pytest.approx(
            (pd.Timestamp("2020-12-31") - pd.Timestamp("1961-09-01")).days / 365.25
        )
        assert found["outcome"].tolist() == [2, 5]


def test_lost_digits_lose_endings(tmp_path: Path) -> None:
    """Pairs that share a rounded number are one to the study's count and remain themselves to ours."""
    rows = [
        row for dyad in (11001, 11002, 11003) for row in dyad_years("1100000", dyad, [1990 + dyad % 10], is_over=True)
    ]
    table = made_table(tmp_path, "ucdp_termination_dyads", rows)
    assert len(endings(table)) == 3
    assert len(endings_as_studied(table)) == 1


def agreements() -> list[Row]:
    """Forty agreements: those without a commission break down sooner, the other clauses vary without a pattern."""
    rows: list[Row] = []
    for number in range(40):
        commission = number % 2
        days = 200 + 37 * number + 900 * commission
        end = pd.Timestamp("1990-01-01") + pd.Timedelta(days=days)
        clauses = {name: str((number // 2 >> place) & 1) for place, name in enumerate(CLAUSES[:-1])}
        rows.append(
            {
                "signed": "1990-01-01",
                "has_ended": "True" if number // 2 % 4 else "",
                "type": str(1 + number % 3),
                "ended_on": f"{end:%Y-%m-%d}" if number // 2 % 4 else "",
                "joint_commission": str(commission),
                "third_party": "UN" if number % 5 == 0 else "",
                **clauses,
            }
        )
    return rows


def test_agreements(tmp_path: Path) -> None:
    """What has not broken down stands at the end of 2021; what broke down on an unknown day does not count."""
    unknown = {"signed": "1990-01-01", "has_ended": "True", "ended_on": ""}
    before = {"signed": "1990-01-01", "has_ended": "True", "ended_on": "1989-12-31"}
    table = made_table(tmp_path, "ucdp_peace_agreements", [*agreements(), unknown, before])
    spells = agreement_spells(table)
    assert len(spells) == 40
    assert spells["has_failed"].sum() == 30
    assert spells.loc[~spells["has_failed"], "years"].unique() == pytest.approx([11687 / 365.25])
    found = standing(table)
    assert found["B4.10y"].value == pytest.approx(0.25)
    commission, studied = found["B5.plain.joint_commission"], found["B5.joint_commission"]
    assert commission.high is not None
    assert commission.value < studied.value < 1
    assert commission.high < 1


def dyadic_war(
    war: int, pair: tuple[int, int], begin: str, end: str, *, outcome: int = 1, roles: tuple[int, int] = (1, 3)
) -> list[Row]:
    """One war between two states, told from both sides, as the data set does."""
    first, last = pd.Timestamp(begin), pd.Timestamp(end)
    days = {
        "start_year": first.year,
        "start_month": first.month,
        "start_day": first.day,
        "end_year": last.year,
        "end_month": last.month,
        "end_day": last.day,
    }
    sides = [(*pair, *roles, outcome), (*pair[::-1], *roles[::-1], 4 - outcome)]
    return [
        {
            "war": str(war),
            "state_a": str(a),
            "state_b": str(b),
            "role_a": str(r),
            "role_b": str(s),
            "outcome_a": str(o),
            **{name: str(value) for name, value in days.items()},
        }
        for a, b, r, s, o in sides
    ]


def test_peace_between_states(tmp_path: Path) -> None:
    """Peace ends with the next war of the same two; wars of others do not break it; a state that is gone keeps none."""
    rows = [
        *dyadic_war(1, (10, 20), "1950-01-01", "1951-01-01"),
        *dyadic_war(2, (10, 20), "1958-01-01", "1958-06-01"),
        *dyadic_war(3, (10, 30), "1952-01-01", "1953-01-01"),
        *dyadic_war(4, (816, 817), "1965-02-07", "1975-04-30"),
        *dyadic_war(5, (10, 40), "1950-01-01", "1951-01-01", roles=(2, 3)),
    ]
    table = made_table(tmp_path, "cow_directed_dyadic_war", rows)
    ends = war_ends(table)
    assert len(ends) == 5
    assert ends["is_principal"].sum() == 4
    found = peace_after_war(table)
    assert found["B6.war.5y"].value == 1
    assert found["B6.war.10y"].value == pytest.approx(2 / 3)  # the pair of which one state is gone is no longer watched
    at_risk = 2557 / 365.25 + 3 * 10 - 10 + 245 / 365.25  # 7 years, 2 x 10 years, 8 months
    assert found["B6.war.hazard"].value == pytest.approx(1 / at_risk, rel=1e-3)


def test_a_war_inside_a_war_is_no_peace(tmp_path: Path) -> None:
    """The end of one fight while another between the two goes on, and an end on an impossible day, begin no peace."""
    rows = [
        *dyadic_war(1, (10, 20), "1900-06-17", "1900-08-15"),
        *dyadic_war(2, (10, 20), "1900-07-30", "1900-10-10"),
        *[{**row, "end_year": "19118"} for row in dyadic_war(3, (50, 60), "1916-08-11", "1918-09-29")],
    ]
    ends = war_ends(made_table(tmp_path, "cow_directed_dyadic_war", rows))
    assert ends["war"].tolist() == [2]


def dispute(number: int, begin: str, *, fatality: int = 0, hostility: int = 4) -> Row:
    """One dispute."""
    day = pd.Timestamp(begin)
    return {
        "dispute": str(number),
        "start_year": str(day.year),
        "start_month": str(day.month),
        "start_day": str(day.day),
        "fatality": str(fatality),
        "hostility": str(hostility),
    }


def party(
    number: int, state: int, begin: str, *, is_initiator: bool, is_original: bool = True, hostility: int = 4
) -> Row:
    """One state's part in a dispute."""
    return {
        **dispute(number, begin, hostility=hostility),
        "state": str(state),
        "is_initiator_side": str(int(is_initiator)),
        "is_original": str(int(is_original)),
    }


def test_deadly_clashes(tmp_path: Path) -> None:
    """Two states clash when they are on opposite sides of a dispute with deaths, from the day that both are in it."""
    disputes = made_table(
        tmp_path, "gml_mid_disputes", [dispute(1, "1952-03-01", fatality=2), dispute(2, "1953-03-01")]
    )
    parties = made_table(
        tmp_path,
        "gml_mid_participants",
        [
            party(1, 20, "1952-03-01", is_initiator=True),
            party(1, 10, "1952-04-01", is_initiator=False),
            party(1, 30, "1952-04-01", is_initiator=False),
            party(2, 10, "1953-03-01", is_initiator=True),
            party(2, 30, "1953-03-01", is_initiator=False),
        ],
    )
    clashes = deadly_clashes(disputes, parties)
    assert {tuple(row) for row in clashes[["state_a", "state_b"]].to_numpy()} == {(10, 20), (20, 30)}
    assert set(clashes["day"]) == {pd.Timestamp("1952-04-01")}
    wars = made_table(
        tmp_path,
        "cow_directed_dyadic_war",
        [
            *dyadic_war(1, (10, 20), "1950-01-01", "1951-04-01"),
            *dyadic_war(2, (10, 30), "1950-01-01", "1951-04-01", outcome=2),
        ],
    )
    found = peace_without_deaths(wars, disputes, parties)
    assert found["B7.clash.decisive"].value == pytest.approx(1.0, abs=0.01)
    assert "B7.clash.tie" not in found


def test_peace_after_civil_war(tmp_path: Path) -> None:
    """Stretches of one spell are joined: it begins with the first, ends with the last, and had peacekeepers if ever."""

    def stretch(spell: int, years: tuple[int, int], *, failed: int, kept: int) -> Row:
        return {
            "spell": str(spell),
            "begin": f"{years[0]}-01-01",
            "end": f"{years[1]}-01-01",
            "failed": str(failed),
            "peacekeeping": str(kept),
            "outcome": "3",
        }

    rows = [stretch(1, (1980, 1982), failed=0, kept=0), stretch(1, (1982, 1990), failed=1, kept=1)]
    rows += [stretch(2, (1980, 1981), failed=1, kept=0), stretch(3, (1980, 1983), failed=1, kept=0)]
    found = peace_after_civil_war(made_table(tmp_path, "fortna_civil_wars", rows))
    assert found["B8.truce"].value == pytest.approx(3, abs=0.01)
    assert found["B8.without_peacekeepers"].value == pytest.approx(1, abs=0.01)
    assert found["B8.with_peacekeepers.5y"].value == 1


def crisis_actors() -> list[Row]:
    """Actors of which three in four answer violence with violence, and one in four everything else."""
    rows: list[Row] = []
    for trigger in range(1, 10):
        for gravity in range(8):
            for number in range(4):
                is_violent = (number < 3) if trigger == 9 else (number < 1)
                rows.append(
                    {
                        "trigger": str(trigger),
                        "gravity": str(gravity),
                        "response": "8" if is_violent else "3",
                        "response_days": str(number + 1),
                    }
                )
    return rows


def test_crisis_response(tmp_path: Path) -> None:
    """Shares, log odds and delays of responses that were made to a pattern come out as that pattern."""
    unknown = {"trigger": "", "response": ""}
    found = response(made_table(tmp_path, "icb_actors", [*crisis_actors(), unknown]))
    assert found["C1.violent"].n == 288
    assert found["C2.violent"].value == 0.75
    assert found["C3.territorial"].value == 0.75
    assert found["C4.trigger_violent"].value == pytest.approx(2 * 1.0986123, abs=1e-6)  # log 3 minus log 1/3
    assert found["C4.gravity_existence"].value == pytest.approx(0, abs=1e-6)
    assert found["D1"].value == 2.5
    assert found["D1.violent.within_3d"].value == 0.75


def test_joiners_of_disputes(tmp_path: Path) -> None:
    """Who was there on the first day, stood with the initiator, or came on an unknown day is no late helper."""
    disputes = made_table(tmp_path, "gml_mid_disputes", [dispute(1, "1950-01-01")])
    parties = made_table(
        tmp_path,
        "gml_mid_participants",
        [
            party(1, 10, "1950-01-01", is_initiator=True),
            party(1, 20, "1950-01-01", is_initiator=False),
            party(1, 30, "1950-01-05", is_initiator=False, is_original=False),
            party(1, 40, "1950-03-02", is_initiator=False, is_original=False, hostility=3),
            party(1, 50, "1950-01-02", is_initiator=True, is_original=False),
            {**party(1, 60, "1950-02-01", is_initiator=False, is_original=False), "start_day": "-9"},
        ],
    )
    found = joining_disputes(disputes, parties)
    assert (found["D2"].value, found["D2"].n) == ((4 + 60) / 2, 2)
    assert found["D2.force"].value == 4
    assert found["D2.within_30d"].value == 0.5


def test_joiners_of_wars(tmp_path: Path) -> None:
    """The target's side is the one without the initiator, and the first to join it counts."""

    def belligerent(war: int, side: int, day: str, *, initiator: int = 2) -> Row:
        date = pd.Timestamp(day)
        return {
            "war": str(war),
            "side": str(side),
            "initiator": str(initiator),
            "start_year": str(date.year),
            "start_month": str(date.month),
            "start_day": str(date.day),
        }

    table = made_table(
        tmp_path,
        "cow_interstate_war",
        [
            belligerent(1, 2, "1950-06-25", initiator=1),
            belligerent(1, 1, "1950-06-25"),
            belligerent(1, 1, "1950-07-05"),
            belligerent(1, 1, "1950-06-28"),
            belligerent(1, 2, "1950-06-26"),
            belligerent(2, 1, "1930-01-01", initiator=1),
            belligerent(2, 2, "1930-01-01"),
            belligerent(2, 1, "1930-01-09"),
        ],
    )
    assert first_joiners(table)["delay"].fillna(-1).tolist() == [3, -1]
    found = joining_wars(table)
    assert (found["D3"].value, found["D3"].n) == (0.5, 2)
    assert (found["D3.since_1946"].value, found["D3.since_1946"].n) == (1, 1)


def test_donors(tmp_path: Path) -> None:
    """First months, ratios and half-years of three donors; a half-year without entries is a half-year without help."""

    def gift(donor: str, iso: str, year: int, month: int, military: float, committed: float) -> Row:
        return {
            "donor": donor,
            "iso": iso,
            "year": str(year),
            "month": str(month),
            "military": str(military),
            "allocated": str(military),
            "committed": str(committed),
        }

    found = giving(
        made_table(
            tmp_path,
            "kiel_tracker",
            [
                gift("United States", "USA", 2022, 2, 3.0, 4.0),
                gift("United States", "USA", 2022, 8, 1.0, 0.0),
                gift("Ruritania", "RUR", 2022, 4, 1.0, 4.0),
                gift("Ruritania", "RUR", 2022, 3, 0.0, 0.0),
                gift("EU (Commission and Council)", "EU", 2023, 1, 0.0, 10.0),
            ],
        )
    )
    assert [found[f"D4.{month}"].value for month in ("february", "march", "april")] == [0.5, 0.5, 1.0]
    assert found["D5"].value == pytest.approx(5 / 8)
    assert found["D5.without_us"].value == pytest.approx(1 / 4)
    assert found["D5.eu"].value == 0
    assert [found[f"D6.{half}"].value for half in ("2022h1", "2022h2", "2025h2")] == [3.0, 1.0, 0.0]
