import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from bench.derive_strengths import TABLE, derive, read_codes

from foedus.facts.capabilities import NEAR, Component, find_reading, has_figures

RAW = Path(__file__).parents[2] / ".." / "shared" / "data" / "raw" / TABLE


@dataclass(frozen=True)
class Row:
    """A row of the packaged figures."""

    party: str
    first: int
    last: int
    n: int
    figures: dict[str, float]


def packaged() -> str:
    return (files("foedus") / "library" / "capabilities.csv").read_text(encoding="utf-8")


def rows() -> list[Row]:
    lines = [line for line in packaged().splitlines() if not line.startswith("#")]
    return [
        Row(
            party=row["party"],
            first=int(row["first"]),
            last=int(row["last"]),
            n=int(row["n"]),
            figures={part: float(row[part]) for part in Component if row[part]},
        )
        for row in csv.DictReader(lines)
    ]


@pytest.mark.skipif(not RAW.exists(), reason="the table of capabilities is not on this machine (../shared/data)")
def test_the_packaged_figures_are_what_the_command_writes() -> None:
    """Every figure is derived from the source by the command, and none is written by hand."""
    assert packaged() == derive(RAW)


def test_shares_of_the_world_are_shares() -> None:
    """No party has less than nothing, none more than the world, and no row rests on more years than it covers."""
    assert rows()
    for row in rows():
        assert row.first <= row.last < row.first + 5
        assert row.n <= row.last - row.first + 1
        assert all(value >= 0 for value in row.figures.values())
        assert row.figures["cinc"] <= 0.5


def test_states_do_not_add_up_to_more_than_the_world() -> None:
    """In each half-decade the shares of states that were there throughout stay below what the source's add up to.

    The shares of all its states add up to 1.00 to 1.075 in a year; no state may be counted under two codes.
    """
    codes = read_codes()
    by_span: dict[tuple[int, int], dict[int | None, float]] = {}
    for row in (row for row in rows() if row.n == row.last - row.first + 1):
        code = next((each.code for each in codes[row.party] if each.covers(row.last)), None)
        by_span.setdefault((row.first, row.last), {})[code] = row.figures["cinc"]
    assert all(sum(shares.values()) < 1.08 for shares in by_span.values())


@pytest.mark.parametrize(
    ("party", "year", "component", "value"),
    [
        ("soviet_union", 1948, Component.PERSONNEL, 2900),
        ("finland", 1948, Component.PERSONNEL, 42),
        ("south_korea", 1953, Component.PERSONNEL, 504),
        ("china", 1953, Component.PERSONNEL, 3052),
        ("iraq", 1991, Component.SPENDING, 12900),
        ("united_states", 2020, Component.CINC, 0.123),
    ],
)
def test_figures_of_known_states(party: str, year: int, component: Component, value: float) -> None:
    """A few figures as the Correlates of War print them: thousand soldiers, million dollars, share of the world."""
    found = find_reading(party, component, at=year)
    assert found is not None
    assert found.value == pytest.approx(value, rel=0.02)


def test_a_years_own_figure_comes_before_a_mean() -> None:
    """1948, the year of Finland's treaty, is told by itself; 1947 by the mean of its five years."""
    for year, years in ((1948, 1), (1947, 5)):
        found = find_reading("soviet_union", Component.PERSONNEL, at=year)
        assert found is not None
        assert found.years == years


def test_figures_of_today_come_from_the_party_facts() -> None:
    """Ukraine's forces of 2025 are those under arms in the war, not the mean of 2020 to 2022."""
    found = find_reading("ukraine", Component.PERSONNEL, at=2025)
    assert found is not None
    assert (found.first, found.value) == (2025, 925)


def test_a_figure_of_another_age_says_nothing() -> None:
    """Estonia has figures between the wars and since 1991; none of them tells of 1970."""
    assert find_reading("estonia", Component.CINC, at=1936) is not None
    assert find_reading("estonia", Component.CINC, at=1970) is None
    assert NEAR == 5


def test_an_occupied_country_has_no_army() -> None:
    """Germany had no forces of its own in 1948: that is a fact and not a gap."""
    found = find_reading("germany", Component.PERSONNEL, at=1948)
    assert found is not None
    assert (found.value, found.years) == (0, 0)


def test_what_is_no_state_has_no_figures() -> None:
    """An armed movement and an organisation are not in the system of states."""
    assert has_figures("lebanon")
    assert not has_figures("hezbollah")
    assert not has_figures("nato")
