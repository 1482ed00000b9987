"""Who the adversary is and how many guarantee: the same words against others, and with others, are other games."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.arrangement.record import Arrangement
from foedus.facts.balance import year_of
from foedus.facts.capacity import gdp_of
from foedus.futures.compile import balances_of, games_of
from foedus.futures.ensemble import Ensemble, Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw
from foedus.futures.solve import run_ensemble, sizes_beside_the_largest
from foedus.game.outcomes import OUTCOMES

ADVERSARIES = ("russia", "belarus", "luxembourg")
LARGE = ("united_states", "united_kingdom", "france", "germany", "italy", "canada", "poland", "turkey")
COARSE = Settings(
    futures=8,
    seed=1,
    horizon_periods=20,
    beliefs=7,
    balances=5,
    slices=2,
    tolerance=1e-3,
    max_sweeps=1500,
    method="kernel",
)


def _against(adversary: str) -> Arrangement:
    text = load_from_library("history/sweden_finland_2022")
    return replace(text, parties=replace(text.parties, adversary=(adversary,)))


def _nato(members: tuple[str, ...] | None = None) -> Arrangement:
    text = load_from_library("ukraine/nato_membership")
    return text if members is None else replace(text, parties=replace(text.parties, guarantor=members))


def _solved(texts: list[Arrangement], *, settings: Settings = COARSE) -> Ensemble:
    found = run_ensemble(texts, default_parameters(), settings=settings)
    assert found.converged.all()
    return found


@pytest.fixture(scope="module")
def neighbours() -> Ensemble:
    """Solve the declarations of 2022 against each adversary."""
    return _solved([_against(adversary) for adversary in ADVERSARIES], settings=replace(COARSE, futures=32))


@pytest.fixture(scope="module")
def alliances() -> Ensemble:
    """Solve NATO with its eight largest members, and with all 32."""
    return _solved([_nato(LARGE), _nato()])


def test_another_adversary_is_another_future() -> None:
    """Russia, Belarus and Luxembourg begin from three balances, the strongest with the best, in every draw."""
    texts = [_against(adversary) for adversary in ADVERSARIES]
    sample, balances = draw(default_parameters(), futures=8, seed=1), balances_of(texts)
    for row in sample.values.tolist():
        games = games_of(texts, dict(zip(sample.names, row, strict=True)), balances=balances)
        for stronger, weaker in itertools.pairwise(game.future for game in games):
            assert stronger != weaker
            assert stronger.balance_0 > weaker.balance_0


def test_luxembourg_takes_less_than_russia_and_in_most_futures_hardly_ever_attacks(neighbours: Ensemble) -> None:
    """A thousand soldiers conquer less than half as often; in the middle future war is not a quarter as likely."""
    conquest, war = (neighbours.outcomes[:, :, list(OUTCOMES).index(name)] for name in ("conquest", "war"))
    assert conquest[:, 2].mean() < 0.5 * conquest[:, 0].mean()
    assert np.median(war[:, 2]) < 0.25 * np.median(war[:, 0])


def test_three_adversaries_give_three_answers_in_the_order_of_their_strength(neighbours: Ensemble) -> None:
    """On average over the futures Belarus starts fewer wars than Russia, Luxembourg fewer still and less than half."""
    russia, belarus, luxembourg = neighbours.outcomes[:, :, list(OUTCOMES).index("war")].mean(axis=0)
    assert russia > belarus > luxembourg
    assert luxembourg < 0.5 * russia


def test_members_cost_what_their_size_says(alliances: Ensemble) -> None:
    """Twenty-four small members beside eight large ones are four times the heads, and a sixth more of the product."""
    eight, all_of_them = (sizes_beside_the_largest(text) for text in (_nato(LARGE), _nato()))
    assert (len(eight), len(all_of_them)) == (8, 32)
    assert all_of_them.sum() / eight.sum() == pytest.approx(_product(_nato()) / _product(_nato(LARGE)))
    cost = alliances.outcomes[:, :, list(OUTCOMES).index("cost")]
    assert (cost[:, 1] > cost[:, 0]).all()
    assert cost[:, 1].mean() / cost[:, 0].mean() == pytest.approx(all_of_them.sum() / eight.sum(), rel=0.1)
    for place, sizes in enumerate((eight, all_of_them)):
        np.testing.assert_allclose(cost[:, place], alliances.cost_by_member[place] @ sizes, rtol=1e-9)


def _product(text: Arrangement) -> float:
    at = year_of(text)
    assert at is not None
    return sum(figure.value for party in text.responders if (figure := gdp_of(party, at=at)))
