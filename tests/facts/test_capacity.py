from dataclasses import replace

import pytest

from foedus.arrangement.clauses import Deployment
from foedus.arrangement.library import library_files, load_from_library
from foedus.facts.balance import year_of
from foedus.facts.capacity import SizeMeasure, find_overreach, forces_of, own_forces, sizes_of, within_means
from foedus.facts.presence import standing_cost, tripwire_share
from foedus.futures.parameters.load import default_parameters
from foedus.values.quantity import Forces

YARDSTICKS = default_parameters().central


def test_shares_add_up_and_follow_the_economy() -> None:
    """Of three members of NATO today the United States is the largest by far and Luxembourg the smallest."""
    sizes = sizes_of(["united_states", "germany", "luxembourg"], at=2025)
    assert sizes.measure is SizeMeasure.GDP
    assert sum(sizes.share.values()) == pytest.approx(1)
    assert sizes.share["united_states"] > 5 * sizes.share["germany"] > 50 * sizes.share["luxembourg"]


def test_small_members_add_little() -> None:
    """Three Baltic states beside France and the United Kingdom take a few per cent of the shares."""
    large = sizes_of(["france", "united_kingdom"], at=2025).share["france"]
    all_five = sizes_of(["france", "united_kingdom", "estonia", "latvia", "lithuania"], at=2025).share["france"]
    assert 0.95 < all_five / large < 1


def test_sizes_of_another_age_are_told_by_capabilities() -> None:
    """GDP of 2021 says nothing of 1953; shares of world capabilities of that year do."""
    sizes = sizes_of(["united_states", "turkey", "luxembourg"], at=1953)
    assert sizes.measure is SizeMeasure.CINC
    assert not sizes.gdp
    assert sizes.share["united_states"] > sizes.share["turkey"] > sizes.share["luxembourg"]


def test_who_has_no_figures_counts_as_the_middle_and_is_named() -> None:
    """An organisation among states is guessed, and said to be."""
    assert sizes_of(["france", "united_kingdom", "nato"], at=2025).guessed == ("nato",)
    assert sizes_of(["nato", "united_nations"], at=2025).measure is SizeMeasure.HEADS


def test_nobody_sends_more_than_it_has() -> None:
    """France has some 200,000 soldiers: nine million are cut to that, ten thousand stand as they are."""
    has = forces_of("france", at=2025)
    assert has is not None
    assert 150 < has.value < 300
    assert within_means(9e6, "france", at=2025) == 1000 * has.value
    assert within_means(1e4, "france", at=2025) == 1e4
    assert within_means(9e6, "atlantis", at=2025) == 9e6


def test_the_army_of_the_protected_state_is_that_of_its_time() -> None:
    """South Korea had half a million soldiers in 1953; what the text states comes first; a movement has no figure."""
    korea = load_from_library("korea_1953")
    assert own_forces(korea, at=1953) == pytest.approx(504_000)
    stated = replace(korea, duties=replace(korea.duties, own_forces=Forces(100, 300, "troops")))
    assert own_forces(stated, at=1953) == 200
    assert own_forces(load_from_library("nagorno_karabakh_2020"), at=2020) is None


def test_a_force_that_does_not_exist_is_found() -> None:
    """Nine million French soldiers are told with the clause and the forces that France has."""
    text = load_from_library("no_guarantee")
    many = replace(text, deployments=(Deployment(by=("france",), forces=Forces(9_000_000, 9_000_000, "troops")),))
    found = list(find_overreach(many, at=2025))
    assert [(each.path, each.senders) for each in found] == [(("deployments", 0, "forces"), ("france",))]


@pytest.mark.parametrize("name", library_files())
def test_no_text_of_the_library_counts_on_forces_that_do_not_exist(name: str) -> None:
    """What the record promised, somebody had."""
    arrangement = load_from_library(name)
    assert not list(find_overreach(arrangement, at=year_of(arrangement) or 2025))


def test_forces_in_place_cost_their_sender_every_year() -> None:
    """Sixty thousand soldiers cost six times ten thousand, and more of a small economy than of a large one."""
    few, many = (
        standing_cost("france", soldiers=n, aid_share=0, at=2025, yardsticks=YARDSTICKS) for n in (10_000, 60_000)
    )
    assert many.presence == pytest.approx(6 * few.presence)
    assert few.presence == pytest.approx(0.01 * YARDSTICKS["presence.soldier_year"])
    small = standing_cost("estonia", soldiers=10_000, aid_share=0, at=2025, yardsticks=YARDSTICKS)
    assert small.per_period is not None
    assert few.per_period is not None
    assert small.per_period > 20 * few.per_period > 0


def test_standing_aid_costs_in_proportion_to_the_economy() -> None:
    """Full aid is the same share of GDP for everybody, and thirty times as much money from Germany as from Latvia."""
    germany, latvia = (
        standing_cost(party, soldiers=0, aid_share=1, at=2025, yardsticks=YARDSTICKS) for party in ("germany", "latvia")
    )
    assert germany.share_gdp == latvia.share_gdp == YARDSTICKS["aid.share_gdp"]
    assert germany.aid is not None
    assert latvia.aid is not None
    assert germany.aid > 30 * latvia.aid


def test_a_cost_of_another_age_is_told_by_the_share_of_the_army() -> None:
    """In 1953 no GDP is known; half of an army abroad costs half of what the army costs."""
    has = forces_of("turkey", at=1953)
    assert has is not None
    cost = standing_cost("turkey", soldiers=500 * has.value, aid_share=0, at=1953, yardsticks=YARDSTICKS)
    assert cost.share_gdp == pytest.approx(YARDSTICKS["presence.burden"] / 2)
    unknown = standing_cost("atlantis", soldiers=10, aid_share=0, at=1953, yardsticks=YARDSTICKS)
    assert unknown.per_period is None


def test_one_soldier_is_hardly_a_tripwire() -> None:
    """A single soldier binds next to nobody, a large force wholly, and an unknown one somewhere between."""
    assert tripwire_share(1, yardsticks=YARDSTICKS) < 1e-3
    assert tripwire_share(1e6, yardsticks=YARDSTICKS) == 1
    assert tripwire_share(0, yardsticks=YARDSTICKS) == 0
    assert 0.01 < tripwire_share(None, yardsticks=YARDSTICKS) < 1
