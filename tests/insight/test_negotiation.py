"""Who signs: three-way verdicts, the frontier, the price of consent, and what tells members apart."""

import numpy as np
import pytest

from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw
from foedus.futures.solve import run_sample
from foedus.game.outcomes import OUTCOMES
from foedus.insight.negotiation.offer import member_gains, member_weights_of, negotiate
from foedus.insight.negotiation.record import (
    Negotiation,
    consent_of,
    everyone_signs,
    member_gain,
    on_frontier,
    present_weight,
    shift_of,
    verdict_of,
)
from foedus.values.arrays import FloatArray
from tests.mechanism.specimens import changed, compact

SMALL = Settings(
    futures=4,
    seed=1,
    horizon_periods=6,
    beliefs=5,
    balances=5,
    slices=2,
    tolerance=1e-4,
    max_sweeps=1000,
    method="kernel",
)


def test_a_gain_within_the_margin_cannot_be_told() -> None:
    """Five futures: two gains, one loss, two too close to call; the three shares sum to one."""
    verdict = verdict_of(np.array([0.5, 0.002, 0.001, -0.0005, -0.3]), margin=0.001)
    assert verdict.signs.value == pytest.approx(0.4)
    assert verdict.cannot_tell.value == pytest.approx(0.4)
    assert verdict.refuses.value == pytest.approx(0.2)
    assert verdict.gain.value == pytest.approx(0.2025 / 5)


def test_everyone_signs_only_together() -> None:
    """A future counts where all gain at once."""
    share = everyone_signs([np.array([1.0, 1, -1]), np.array([1.0, -1, 1])], margin=0.0)
    assert share.value == pytest.approx(1 / 3)


def test_the_frontier_by_hand() -> None:
    """Accepted more often, or less war: of five offers three are on the frontier and two are beaten."""
    front = on_frontier(acceptance=[0.9, 0.5, 0.5, 0.2, 0.4], war=[0.4, 0.2, 0.3, 0.1, 0.25])
    assert front == (True, True, False, True, False)
    assert on_frontier(acceptance=[0.5, 0.5], war=[0.2, 0.2]) == (True, True)


def test_the_price_of_consent_by_hand() -> None:
    """Three futures: the best offer is refused (price 0.3), accepted (price 0), and nothing is accepted (no price)."""
    gain = np.array([[0.2, -0.2], [0.2, 0.2], [-0.2, -0.2]])
    war = np.array([[0.4, 0.1], [0.4, 0.1], [0.4, 0.1]])
    consent = consent_of(gain, war=war, margin=0.001)
    assert consent.none_accepted.value == pytest.approx(1 / 3)
    assert consent.price is not None
    assert consent.price.value == pytest.approx(0.15)
    assert consent.overruled is not None
    assert consent.overruled.value == pytest.approx(0.5)


def test_where_nothing_is_accepted_there_is_no_price() -> None:
    """No figure rather than one of nothing."""
    consent = consent_of(-np.ones((3, 2)), war=np.zeros((3, 2)), margin=0.001)
    assert consent.price is None
    assert consent.none_accepted.value == 1


def test_a_shift_is_taken_future_by_future() -> None:
    """One of two futures turns from signing to refusing; the share falls by a half, and by no more than the whole."""
    signs, refuses = np.array([0.1, 0.1]), np.array([0.1, -0.1])
    shift = shift_of("a", gains=(signs, refuses, signs, signs), war=(signs, signs + 0.2), margin=0.001)
    assert shift.adversary.value == pytest.approx(-0.5)
    assert (shift.adversary.low, shift.adversary.high) == (-1.0, 1.0)
    assert shift.protected_state.value == 0
    assert shift.war.value == pytest.approx(0.2)


@pytest.mark.parametrize("hazard", [0.0, 0.05, 0.3])
def test_weight_of_an_even_stream_has_its_closed_form(hazard: float) -> None:
    """With a constant hazard h: 1 / (1 - delta (1 - h)) over the sum of the first H powers of 1 - h."""
    periods, delta = 20, 0.97
    war = hazard * np.power(1 - hazard, np.arange(periods, dtype=np.float64))
    weight = present_weight(war[None, :], delta=np.array([delta]))
    peace = sum((1 - hazard) ** t for t in range(periods))
    assert weight[0] == pytest.approx(1 / (1 - delta * (1 - hazard)) / peace, rel=1e-12)


def test_a_sure_war_at_once_leaves_only_the_first_period() -> None:
    """War in the first period: what is paid in it is paid now, in full, and nothing after."""
    war = np.array([[1.0, 0.0, 0.0]])
    assert present_weight(war, delta=np.array([0.9]))[0] == pytest.approx(1.0)


def test_who_pays_less_than_the_average_gains_more() -> None:
    """A member that never joins is charged nothing, one that always joins everything; interest scales the rest."""
    coalition, whole = np.array([-0.1]), np.array([0.5])

    def gain(interest: float, own: float) -> float:
        found: FloatArray = member_gain(
            coalition=coalition, interest=np.array([interest]), own=np.array([own]), whole=whole, weight=np.array([1.2])
        )
        return float(found[0])

    assert gain(1.0, 0.5) == pytest.approx(-0.1)
    assert gain(1.0, 0.0) == pytest.approx(-0.1 + 1.2 * 0.5)
    assert gain(0.5, 0.5) == pytest.approx(-0.05 + 1.2 * (0.25 - 0.5))


def test_a_lone_guarantor_of_usual_interest_gains_what_the_coalition_gains() -> None:
    """Whoever decides alone bears every cost that the coalition's value charges: nothing is taken back or added."""
    alone = changed("[france, united_kingdom, poland]", "[france]")
    sample = draw(default_parameters(), futures=4, seed=1)
    sample.values[:, sample.names.index("interest.no_record")] = 1.0
    ensemble = run_sample([alone], sample, settings=SMALL, workers=1)
    seats = member_weights_of([alone], sample)[0]
    gains = member_gains(ensemble, seats, place=0)["france"]
    coalition = ensemble.outcomes[:, 0, list(OUTCOMES).index("gain_G")]
    whole = gains - seats.interest[:, 0] * coalition
    column = dict(zip(sample.names, sample.values.T, strict=True))
    tiers = ensemble.cost_by_member[0][:, 0] - column["war_cost_G"] * ensemble.outcomes[:, 0, 2]
    weight = present_weight(ensemble.war_by_period[:, 0], delta=column["delta_G"])
    np.testing.assert_allclose(whole, weight * (seats.interest[:, 0] - 1) * tiers, atol=1e-12)
    assert tiers.max() > 0


@pytest.fixture(scope="module")
def talks() -> Negotiation:
    """Offer a compact, and the same with forces in place, at two balances."""
    with_forces = compact("deployments: [{by: [france], forces: 40000 troops, since: ceasefire}]\n")
    renamed = changed("id: compact", "id: other")
    return negotiate([renamed, with_forces], default_parameters(), balances=(-0.5, 0.5), settings=SMALL, workers=1)


def test_success_on_the_battlefield_makes_the_adversary_readier_to_sign(talks: Negotiation) -> None:
    """With the balance on its side, fighting on is worth more to the adversary, so it gains less by signing."""
    assert len(talks.shifts) == 2
    for shift in talks.shifts:
        assert shift.gain.value < 0
        assert shift.war.value > 0


def test_every_member_has_a_verdict_of_its_own(talks: Negotiation) -> None:
    """All three guarantors are told for, at each balance, and shares are those of the futures that converged."""
    for round_ in talks.rounds:
        for offer in round_.offers:
            assert set(offer.members) == {"france", "united_kingdom", "poland"}
            assert offer.adversary.signs.of == talks.convergence.used


def test_balances_must_increase() -> None:
    """A mistake of the caller is refused."""
    with pytest.raises(ValueError, match="from the lowest to the highest"):
        negotiate([compact()], default_parameters(), balances=(0.5, -0.5), settings=SMALL)
