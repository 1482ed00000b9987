"""Valid arrangements and futures drawn at random, for tests of the game: the magnitudes of the reference games."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.game import Future, Grid
from foedus.mechanism.compiled import CompiledArrangement

SMALL = Grid(beliefs=5, balances=5, slices=2)
COARSE_GAINS = np.linspace(-0.5, 2.0, 11)

RANGES: dict[str, tuple[float, float]] = {
    "lam_P": (0.01, 0.04),
    "lam_A": (0.02, 0.06),
    "lam_G": (0.03, 0.1),
    "stake_A": (0.6, 1.1),
    "war_cost_A": (0.15, 0.9),
    "war_cost_P": (0.2, 0.5),
    "war_cost_G": (0.05, 0.3),
    "defend_cost_A": (0.2, 0.4),
    "cost_coerce": (0.03, 0.06),
    "cost_seize": (0.04, 0.12),
    "cost_invade": (0.06, 0.18),
    "coerce_gain": (0.0, 0.02),
    "coerce_harm": (0.005, 0.03),
    "spill": (0.1, 0.5),
    "audience_A": (0.0, 0.06),
    "resent_A": (0.0, 0.015),
    "yield_cost": (0.0, 0.3),
    "justification": (0.02, 0.05),
    "humiliation": (0.01, 0.03),
    "provoke_gain": (-0.07, 0.01),
    "friction": (0.02, 0.3),
    "decisiveness": (1.5, 3.0),
    "presence": (0.1, 0.5),
    "balance_0": (-0.3, 0.7),
    "sigma_balance": (0.1, 0.3),
    "drift_A": (0.0, 0.04),
    "drift_P": (0.0, 0.04),
    "drift_demil": (0.04, 0.11),
    "standing_aid": (0.01, 0.04),
    "slice": (0.05, 0.12),
    "resolve_low": (0.05, 0.3),
    "resolve_high": (0.8, 1.8),
    "prior": (0.2, 0.8),
    "turnover": (0.01, 0.08),
    "reading_noise": (0.02, 0.08),
    "renege": (0.05, 0.4),
    "entangle": (0.1, 0.9),
    "solidarity": (0.0, 0.08),
    "delta_A": (0.93, 0.97),
    "delta_P": (0.93, 0.97),
    "delta_G": (0.93, 0.97),
}
TIER_RANGES: dict[str, tuple[tuple[float, float], ...]] = {
    "penalty": ((0.0, 0.0), (0.005, 0.02), (0.015, 0.03)),
    "tier_cost": ((0.0, 0.0), (0.005, 0.02), (0.02, 0.08), (0.05, 0.15)),
    "tier_force": ((0.0, 0.0), (0.1, 0.4), (0.4, 0.7), (1.0, 1.5)),
    "counter_force": ((0.0, 0.0), (0.0, 0.08), (0.0, 0.1), (0.05, 0.2)),
    "tier_aid": ((0.0, 0.0), (0.01, 0.05), (0.02, 0.07)),
    "seize_success": ((0.7, 0.95), (0.5, 0.75), (0.2, 0.3)),
}
CONFUSION = np.array(
    [
        [
            [0.97, 0.02, 0.01, 0.0, 0.0],
            [0.2, 0.75, 0.04, 0.0, 0.01],
            [0.06, 0.12, 0.78, 0.02, 0.02],
            [0, 0, 0.04, 0.94, 0.02],
        ],
        [
            [0.8, 0.05, 0.02, 0.0, 0.13],
            [0.25, 0.6, 0.05, 0.0, 0.1],
            [0.1, 0.1, 0.65, 0.02, 0.13],
            [0, 0, 0.04, 0.83, 0.13],
        ],
        [
            [0.3, 0.1, 0.04, 0.0, 0.56],
            [0.15, 0.15, 0.1, 0.0, 0.6],
            [0.05, 0.1, 0.2, 0.05, 0.6],
            [0, 0, 0.02, 0.38, 0.6],
        ],
    ]
)
"""(c, l, n) a mechanism that errs."""
AS_DONE = np.zeros((3, 4, 5))
AS_DONE[:, range(4), range(4)] = 1.0
"""A mechanism that finds exactly what the adversary did, whatever went before."""
DEAF = np.zeros((3, 4, 5))
DEAF[:, :, 0] = 1.0
"""A mechanism that never finds a breach."""
OPEN_FINDINGS = np.array([[2, 2, 2, 3, 4], [3, 3, 2, 3, 4]])
"""An attack that is carried through makes up for a finding that misses it."""
BLOCKED_FINDINGS = np.array([[0, 0, 2, 3, 4], [0, 0, 2, 3, 4]])
"""The adversary can block the finding, and where it has nothing is owed."""
ADVERSARY_PAYOFFS = (
    "lam_A",
    "stake_A",
    "war_cost_A",
    "defend_cost_A",
    "cost_coerce",
    "cost_seize",
    "cost_invade",
    "coerce_gain",
    "audience_A",
    "resent_A",
    "justification",
    "humiliation",
    "penalty",
)
"""What is worth how much to the adversary, and the scale on which it tells worths apart."""
GUARANTOR_PAYOFFS = ("lam_G", "resolve_low", "resolve_high", "war_cost_G", "tier_cost", "renege", "solidarity")


def future(seed: int, **changes: Any) -> Future:
    """Draw a future from the ranges, then set what is given by name."""
    rng = np.random.default_rng(seed)
    values: dict[str, Any] = {name: float(rng.uniform(*bounds)) for name, bounds in RANGES.items()}
    values |= {name: [float(rng.uniform(*b)) for b in bounds] for name, bounds in TIER_RANGES.items()}
    return Future.from_mapping(values | changes)


def scaled(world: Future, names: Sequence[str], *, factor: float) -> Future:
    """Multiply the named parameters of a future."""
    times = {name: np.multiply(getattr(world, name), factor).tolist() for name in names}
    return Future.from_mapping(world.to_mapping() | times)


def compiled(seed: int, *, members: int = 3, **changes: Any) -> CompiledArrangement:
    """Draw an arrangement that uses every feature: any proposer, required members, vetoes, vagueness."""
    rng = np.random.default_rng(seed)
    weight = rng.integers(1, 4, members)
    steps = np.sort(rng.uniform(0, 1, (members, 4, 3)), axis=-1)[..., ::-1]
    oblige = np.zeros((members, 5, 4))
    oblige[:, 1:, 1:] = steps * rng.integers(0, 2, (members, 4, 1))
    mixed = 0.5 * CONFUSION + 0.5 * rng.dirichlet(np.ones(5), size=(3, 4))
    drawn: dict[str, Any] = {
        "weight": weight,
        "interest": rng.uniform(0.7, 1.4, members),
        "cost_weight": rng.uniform(0.8, 1.3, members),
        "confusion": mixed if rng.random() < 0.5 else CONFUSION,
        "governs": OPEN_FINDINGS if rng.random() < 0.6 else BLOCKED_FINDINGS,
        "oblige": oblige,
        "quorum": np.concatenate([[0], np.sort(rng.integers(1, weight.sum() + 1, 3))]),
        "must": rng.random(members) < 0.25,
        "proposer": int(rng.integers(members)),
        "blocked": np.array([False, *(rng.random(3) < 0.2)]),
        "timeliness": np.array([1.0, *rng.uniform(0.3, 1.0, 3)]),
        "opacity": float(rng.uniform(0, 0.6)),
        "calm": float(rng.uniform(0, 0.9)),
        "exposure": float(rng.uniform(0, 1)),
        "deployed_force": float(rng.uniform(0, 0.5)),
        "self_defence": float(rng.uniform(0, 1)),
        "demilitarised": float(rng.uniform(0, 1)),
        "aid": float(rng.uniform(0, 1)),
        "standing_cost": rng.uniform(0, 0.02, members),
        "x_grid": COARSE_GAINS,
    }
    return CompiledArrangement.from_mapping(drawn | changes)


def plain_coalition(**changes: Any) -> CompiledArrangement:
    """Return three guarantors under a moderate promise and a majority rule, with what is given by name changed.

    Nobody observes, nothing foreign stands at the adversary's border.
    """
    oblige = np.zeros((3, 5, 4))
    oblige[:, 2:4, 1:] = 0.5
    base = compiled(
        0,
        weight=np.array([3, 2, 2]),
        oblige=oblige,
        confusion=CONFUSION,
        governs=OPEN_FINDINGS,
        quorum=np.array([0, 3, 4, 4]),
        must=np.zeros(3, dtype=bool),
        proposer=0,
        blocked=np.zeros(4, dtype=bool),
        timeliness=np.ones(4),
        opacity=0.0,
        calm=0.0,
        exposure=0.0,
        deployed_force=0.1,
        self_defence=1.0,
        demilitarised=0.0,
        aid=1.0,
        standing_cost=np.zeros(3),
    )
    return dataclasses.replace(base, **changes)
