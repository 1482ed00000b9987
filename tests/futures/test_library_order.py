"""The order of the Ukraine library makes sense to a reader of the literature; magnitudes are left to the parameters."""

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.futures.ensemble import Ensemble, Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from foedus.game.outcomes import OUTCOMES

NAMES = (
    "kremlin_terms_2024",
    "istanbul_draft_2022",
    "no_guarantee",
    "un_peacekeeping_mission",
    "nato_membership",
    "multinational_force_paris_2026",
)
WAR = list(OUTCOMES).index("war")


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    """Solve six arrangements in a dozen futures on a coarse grid."""
    settings = Settings(
        futures=12,
        seed=3,
        horizon_periods=20,
        beliefs=11,
        balances=9,
        slices=3,
        tolerance=1e-3,
        max_sweeps=1500,
        method="kernel",
    )
    arrangements = [load_from_library(f"ukraine/{name}") for name in NAMES]
    return run_ensemble(arrangements, default_parameters(), settings=settings)


def _war(ensemble: Ensemble) -> dict[str, float]:
    used = ensemble.converged.all(axis=1)
    assert used.sum() >= 6
    return dict(zip(NAMES, ensemble.outcomes[used][:, :, WAR].mean(axis=0).tolist(), strict=True))


def test_a_binding_alliance_and_forces_in_place_have_less_war_than_no_guarantee(ensemble: Ensemble) -> None:
    """Deterrence works through obligations, preparation and forces (claims iii and viii); which does more is open."""
    war = _war(ensemble)
    assert max(war["nato_membership"], war["multinational_force_paris_2026"]) < war["no_guarantee"]


def test_neutrality_with_disarmament_and_an_adversarys_veto_have_more(ensemble: Ensemble) -> None:
    """Capped forces without outside cover are the road to the next war (claims iv and v)."""
    war = _war(ensemble)
    assert min(war["kremlin_terms_2024"], war["istanbul_draft_2022"]) > war["no_guarantee"]


def test_a_mission_that_may_not_fight_hardly_moves_the_chance_of_war(ensemble: Ensemble) -> None:
    """Lightly armed observers do not deter a determined state (claim vi)."""
    war = _war(ensemble)
    assert np.isclose(war["un_peacekeeping_mission"], war["no_guarantee"], atol=0.02)
