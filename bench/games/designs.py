"""Plausible games for the benches: ten designs of guarantee, and futures of the size of the reference games."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from foedus.game.future import Future
from foedus.mechanism.compiled import CompiledArrangement

RANGES: dict[str, tuple[float, float]] = {
    "lam_P": (0.01, 0.03),
    "lam_A": (0.01, 0.03),
    "lam_G": (0.06, 0.15),
    "stake_A": (0.6, 1.1),
    "war_cost_P": (0.2, 0.5),
    "war_cost_G": (0.05, 0.3),
    "defend_cost_A": (0.2, 0.4),
    "cost_coerce": (0.01, 0.05),
    "cost_seize": (0.03, 0.1),
    "cost_invade": (0.06, 0.18),
    "coerce_gain": (0.0, 0.03),
    "coerce_harm": (0.005, 0.03),
    "spill": (0.1, 0.5),
    "audience_A": (0.02, 0.06),
    "justification": (0.02, 0.05),
    "humiliation": (0.01, 0.03),
    "provoke_gain": (-0.07, 0.01),
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
    "resolve_high": (0.8, 1.4),
    "prior": (0.2, 0.8),
    "turnover": (0.0, 0.08),
    "reading_noise": (0.02, 0.08),
    "renege": (0.05, 0.4),
    "delta_A": (0.93, 0.97),
    "delta_P": (0.93, 0.97),
    "delta_G": (0.93, 0.97),
}
TIER_RANGES: dict[str, tuple[tuple[float, float], ...]] = {
    "penalty": ((0.0, 0.0), (0.005, 0.02), (0.015, 0.03), (0.03, 0.05)),
    "tier_cost": ((0.0, 0.0), (0.005, 0.02), (0.05, 0.08), (0.1, 0.2)),
    "tier_force": ((0.0, 0.0), (0.1, 0.4), (0.4, 0.7), (1.0, 1.5)),
    "counter_force": ((0.0, 0.0), (0.0, 0.08), (0.0, 0.1), (0.05, 0.2)),
    "tier_aid": ((0.0, 0.0), (0.01, 0.05), (0.02, 0.07), (0.04, 0.07)),
    "seize_success": ((0.7, 0.95), (0.5, 0.75), (0.2, 0.3), (0.0, 0.0)),
}
WAR_EDGE = (-0.6, 0.1)
"""The adversary's net value of attacking on the first day against supported but unaided resistance."""
POOR, GOOD = 0.5, 0.8
"""Quality of monitoring: the share of provocations that are seen."""
PROMISES: dict[str, dict[str, Any]] = {
    "no guarantee": {"blocked": (1, 2, 3), "aid": 0.0},
    "empty assurances": {"self_defence": 0.2},
    "long war plan": {"promise": {2: (0.6, 0, 0), 3: (0.8, 0, 0)}, "opacity": 0.5},
    "compact": {"promise": {1: (0.5, 0, 0), 2: (0.7, 0, 0), 3: (0.7, 0.7, 0)}, "seen": GOOD},
    "coalition with forces": {
        "promise": {1: (0.4, 0, 0), 2: (0.6, 0.6, 0), 3: (0.6, 0.6, 0.6)},
        "seen": GOOD,
        "forces": 0.3,
    },
    "article 5, quorum": {"promise": {1: (0.5, 0, 0), 2: (1, 1, 1), 3: (1, 1, 1)}, "seen": GOOD, "forces": 0.3},
    "article 5, unanimity": {
        "promise": {1: (0.5, 0, 0), 2: (1, 1, 1), 3: (1, 1, 1)},
        "seen": GOOD,
        "forces": 0.3,
        "quorum": (13, 13, 13),
    },
    "article 5, required members": {
        "promise": {1: (0.5, 0, 0), 2: (1, 1, 1), 3: (1, 1, 1)},
        "seen": GOOD,
        "forces": 0.3,
        "must": (1, 2),
    },
    "unconditional": {
        "promise": {1: (0.5, 0, 0), 2: (1, 1, 1), 3: (1, 1, 1), 4: (1, 1, 1)},
        "seen": GOOD,
        "forces": 0.3,
    },
    "adversary's terms": {
        "promise": {3: (0.3, 0, 0)},
        "quorum": (13, 13, 13),
        "blocked": (2, 3),
        "self_defence": 0.0,
        "demilitarised": 1.0,
        "aid": 0.0,
    },
}


def designs() -> dict[str, CompiledArrangement]:
    """Return the designs by name: the same six guarantors, the first of them the framework nation."""
    return {name: _design(**promise) for name, promise in PROMISES.items()}


def futures(*, seed: int, count: int) -> Iterator[Future]:
    """Draw ``count`` futures from the ranges; the cost of war follows from the edge, as the theory page advises."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        values: dict[str, Any] = {name: float(rng.uniform(*bounds)) for name, bounds in RANGES.items()}
        values |= {name: [float(rng.uniform(*b)) for b in bounds] for name, bounds in TIER_RANGES.items()}
        force = values["tier_force"][1] - values["counter_force"][1]
        wins = 1.0 / (1.0 + np.exp(-values["decisiveness"] * (values["balance_0"] - force)))
        edge = float(rng.uniform(*WAR_EDGE))
        values["war_cost_A"] = float(values["stake_A"] * wins - values["cost_invade"] - edge)
        yield Future.from_mapping(values)


def _design(
    *,
    promise: dict[int, tuple[float, ...]] | None = None,
    seen: float = POOR,
    forces: float = 0.0,
    quorum: tuple[int, ...] = (5, 7, 8),
    blocked: tuple[int, ...] = (),
    must: tuple[int, ...] = (),
    self_defence: float = 1.0,
    demilitarised: float = 0.0,
    aid: float = 1.0,
    opacity: float = 0.0,
) -> CompiledArrangement:
    oblige = np.zeros((6, 5, 4))
    for n, strengths in (promise or {}).items():
        oblige[:, n, 1:] = strengths
    return CompiledArrangement.from_mapping(
        {
            "weight": [4, 3, 2, 2, 1, 1],
            "interest": [1.0, 1.0, 0.9, 1.3, 1.4, 0.7],
            "cost_weight": [1.0, 1.1, 0.9, 0.8, 0.8, 1.3],
            "confusion": _confusion(seen),
            "oblige": oblige,
            "quorum": [0, *quorum],
            "must": [i in must for i in range(6)],
            "proposer": 0,
            "blocked": [r in blocked for r in range(4)],
            "timeliness": 1.0,
            "opacity": opacity,
            "deployed_force": forces,
            "self_defence": self_defence,
            "demilitarised": demilitarised,
            "aid": aid,
        }
    )


def _confusion(seen: float) -> Any:
    """Return M[g, l, n]: errors shrink as ``seen`` grows."""
    error = (1.0 - seen) / (1.0 - POOR)
    calm = np.array(
        [[0.0, 0.025, 0.01, 0, 0], [0.3, 0.0, 0.04, 0, 0.01], [0.1, 0.15, 0, 0.025, 0.025], [0, 0, 0.05, 0, 0.025]]
    )
    calm = calm * error
    calm[range(4), range(4)] = 1.0 - calm.sum(axis=1)
    provoked = np.array([[0.35, 0.1, 0.04, 0], [0.175, 0.175, 0.1, 0], [0.05, 0.1, 0.25, 0.05], [0, 0, 0.025, 0.425]])
    provoked = np.column_stack([provoked * error, 1.0 - error * provoked.sum(axis=1)])
    return np.stack([calm, provoked])
