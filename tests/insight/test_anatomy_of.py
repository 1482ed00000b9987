"""The anatomy of a real text, on a small grid and few futures."""

import pytest

from foedus.arrangement.record import Arrangement
from foedus.errors import UnknownName
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.insight.anatomy import take_apart
from foedus.insight.anatomy.clauses import text_with
from foedus.insight.anatomy.record import Anatomy, ShapleyMethod
from foedus.insight.anatomy.summary import summary_of
from foedus.insight.anatomy.take_apart import anatomy_of
from foedus.values.words import Tier
from tests.mechanism.specimens import compact, compiled

SMALL = Settings(
    futures=3,
    seed=1,
    horizon_periods=6,
    beliefs=5,
    balances=5,
    slices=2,
    tolerance=1e-4,
    max_sweeps=1000,
    method="kernel",
)
EXTRA = """
deployments: [{by: [france, poland], forces: 60000 troops, since: ceasefire}]
duties: {own_defence: build_up}
trigger: {invoked_by: ukraine}
ambiguity: [whether]
"""


def text() -> Arrangement:
    """Return a text with six groups of clauses, of which one says nothing to the game."""
    return compact(EXTRA)


@pytest.fixture(scope="module")
def exact() -> Anatomy:
    """Return the anatomy of the text, every order counted."""
    return anatomy_of(text(), default_parameters(), settings=SMALL, workers=1)


def test_parts_sum_to_what_the_text_does(exact: Anatomy) -> None:
    """Efficiency, end to end: averages of the parts sum to the average difference."""
    assert exact.division is ShapleyMethod.EXACT
    assert sum(part.carries.value for part in exact.parts) == pytest.approx(exact.difference.value, abs=1e-12)
    assert exact.difference.value == pytest.approx(exact.whole.value - exact.nothing.value)


def test_whole_nothing_and_leaving_out_are_what_a_plain_run_gives(exact: Anatomy) -> None:
    """Another road: the three texts solved by the comparison's own run, averaged over the same futures."""
    names = ["commitments", "finding", "decision", "duties", "ambiguity"]
    ensemble = run_ensemble(
        [text(), text_with(text(), []), text_with(text(), names)], default_parameters(), settings=SMALL, workers=1
    )
    whole, nothing, without = ensemble.outcomes[:, :, list(OUTCOMES).index("war")].T
    assert exact.used == exact.futures == 3
    assert exact.whole.value == pytest.approx(whole.mean(), abs=1e-12)
    assert exact.nothing.value == pytest.approx(nothing.mean(), abs=1e-12)
    forces = next(part for part in exact.parts if part.group == "deployments")
    assert forces.left_out.value == pytest.approx((whole - without).mean(), abs=1e-12)


def test_what_the_game_does_not_read_is_told_and_costs_no_game(exact: Anatomy) -> None:
    """Who may invoke changes no number; 64 texts are at most 32 games."""
    assert "finding" in exact.unread
    assert all(part.group != "finding" for part in exact.parts)
    assert exact.texts == 64
    assert exact.games <= 32


def test_forces_in_place_deter_here(exact: Anatomy) -> None:
    """In these futures the forces lower the chance of war, whichever way it is reckoned."""
    forces = next(part for part in exact.parts if part.group == "deployments")
    assert forces.carries.value < 0
    assert forces.left_out.value < 0
    assert forces.alone.value < 0


def test_drawn_orders_come_near_the_exact_division(exact: Anatomy, monkeypatch: pytest.MonkeyPatch) -> None:
    """With too many games for all coalitions, orders are drawn; the parts still sum up and lie within their error."""
    monkeypatch.setattr(take_apart, "MOST_GAMES", 2)
    sampled = anatomy_of(text(), default_parameters(), settings=SMALL, pairs_of_orders=40, workers=1)
    assert sampled.division is ShapleyMethod.SAMPLED
    assert sampled.orders == 80
    assert sum(part.carries.value for part in sampled.parts) == pytest.approx(sampled.difference.value, abs=1e-12)
    by_name = {part.group: part for part in exact.parts}
    for part in sampled.parts:
        assert abs(part.carries.value - by_name[part.group].carries.value) <= 4 * part.error + 1e-9


def test_a_misspelt_outcome_is_told_with_the_nearest() -> None:
    """A user's slip is told before anything is solved."""
    with pytest.raises(UnknownName, match="did you mean 'entrap'"):
        anatomy_of(text(), default_parameters(), settings=SMALL, outcome="entrapp")


def test_a_summary_says_what_the_arrays_say() -> None:
    """Of the compact: three are bound to deploy on an invasion, nobody to defend; the promise is the leading clause."""
    summary = summary_of(compiled(compact()))
    bond = next(bond for bond in summary.bonds if bond.finding.name == "INVASION")
    assert bond.members == (3, 3, 0)
    assert bond.strength[0] == bond.strength[1] > bond.strength[2] == 0
    assert [clause.clause for clause in summary.clauses] == ["commitments[0]"]
    assert summary.clauses[0].strength == pytest.approx(bond.strength[0], abs=5e-4)
    assert summary.blocked == ()
    assert summary.members == 3


def test_a_summary_of_a_forbidden_response_says_so() -> None:
    """No foreign forces closes the two upper tiers."""
    summary = summary_of(compiled(compact("exclusions: [{what: foreign_forces}]")))
    assert summary.blocked == (Tier.DEPLOY, Tier.DEFEND)
