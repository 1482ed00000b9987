"""Cost to guarantors in money: shares of GDP by the yardstick that standing costs go in by."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.arrangement.record import Arrangement
from foedus.facts.capacity import gdp_of
from foedus.futures.ensemble import Ensemble
from foedus.insight.comparison.money import money_costs_of
from tests.insight.specimens import tiny

YEARS = 10


def pair(*members: str, at: str = "2025-01-01", theatre: str = "ukraine") -> Arrangement:
    """Return a text that these states would pay for."""
    text = load_from_library("ukraine/no_guarantee")
    parties = replace(text.parties, guarantor=members, supporter=())
    return replace(text, parties=parties, date=at, theatre=theatre)


def costing(stake: float, *, weight: float, members: tuple[str, ...]) -> Ensemble:
    """Return an ensemble of three futures in which each member pays as much."""
    ensemble = tiny(
        {"war": [[0.1, 0.2]] * 3}, names=("no_guarantee", "b"), parameters={"standing.weight": [weight] * 3}
    )
    return replace(ensemble, members=(members, members), cost_by_member=(np.full((3, len(members)), stake),) * 2)


def test_one_per_cent_of_gdp_for_ten_years_is_one_per_cent_of_gdp() -> None:
    """At 0.02 of the stake for one per cent and half-year, 20 half-years of it are 0.4 of the stake."""
    text = pair("france", "poland")
    found = money_costs_of(
        costing(0.4, weight=0.02, members=("france", "poland")), texts=[text], used=np.ones(3, dtype=bool)
    )["no_guarantee"]
    gdp = [figure.value for party in ("france", "poland") if (figure := gdp_of(party, at=2025))]
    assert found.share_gdp.mean == pytest.approx(1.0)
    assert found.total.mean == pytest.approx(sum(gdp) / 100)
    assert found.not_known == ()


def test_one_without_a_gdp_is_named_and_left_out() -> None:
    """Belgium's GDP is known, that of the Vatican is not: the total is Belgium's."""
    members = ("belgium", "holy_see")
    found = money_costs_of(
        costing(0.1, weight=0.02, members=members), texts=[pair(*members)], used=np.ones(3, dtype=bool)
    )["no_guarantee"]
    assert (found.known, found.not_known) == (("belgium",), ("holy_see",))


def test_of_a_time_without_gdp_money_is_not_known() -> None:
    """In 1925 no GDP of the party facts holds, so there is no figure rather than a wrong one."""
    text = pair("france", at="1925-10-16", theatre="rhineland")
    found = money_costs_of(costing(0.1, weight=0.02, members=("france",)), texts=[text], used=np.ones(3, dtype=bool))
    assert found == {}
