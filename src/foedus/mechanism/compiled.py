"""What the game eats: an arrangement as arrays, in the array names of the theory page."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray, IntArray
from foedus.values.in_arrays import number_in, numbers_in, truths_in, whole_in, wholes_in

GUARANTEE_GAIN_GRID = np.linspace(-0.5, 2.0, 41)
"""Default points of X, the coalition's gain from a tier, at which the chance of execution is tabulated."""

MOST_MULTIPLIER = 1000
"""The largest multiplier, cost or force that means something; larger ones only overflow."""
MOST_WEIGHT = 10**9
_MULTIPLIERS = (
    *("interest", "cost_weight", "standing_cost", "deployed_force"),
    *("self_defence", "demilitarised", "aid"),
)


@dataclass(frozen=True, eq=False)
class CompiledArrangement:
    """An arrangement as arrays. Axes: i guarantors, c ground, l threat, n determination, r or e tier.

    Raises ``ValueError`` naming every array whose shape or range is wrong.
    """

    weight: IntArray
    """(i) integer weight in the decision rule."""
    interest: FloatArray
    """(i) interest in the protected state relative to the framework nation's usual interest (1)."""
    cost_weight: FloatArray
    """(i) multiplier on the cost of a tier."""
    confusion: FloatArray
    """(c, l, n) chance M that the mechanism determines n; rows sum to one."""
    governs: IntArray
    """(2, n) finding m that governs the war which a seizure (row 0) or an invasion (row 1), found as n, has begun."""
    oblige: FloatArray
    """(i, n, r) strength in [0, 1] of the obligation to execute at least tier r; tier 3: to defend once war is on."""
    quorum: IntArray
    """(r) weight that must join for tier r to be executed; entry 0 is unused."""
    must: BoolArray
    """(i) required members: the tier fails if one of them stands aside."""
    proposer: int
    """F, the index of the framework nation."""
    blocked: BoolArray
    """(r) tiers that cannot be proposed: vetoes over the response and prohibitions; entry 0 is unused."""
    timeliness: FloatArray
    """(e) chance in [0, 1] that tier e takes effect while the protected state still holds."""
    calm: float
    """Share in [0, 1] of accidents that observers and a separating force prevent."""
    exposure: float
    """How far, in [0, 1], foreign forces and an alliance stand at the adversary's border."""
    opacity: float
    """Vagueness in [0, 1]: how little a response says about resolve."""
    deployed_force: float
    """Forces in place, in log force ratio units."""
    self_defence: float
    """Multiplier on the protected state's own build-up."""
    demilitarised: float
    """Multiplier on the drift of the balance under force limits."""
    aid: float
    """Multiplier on standing peacetime support."""
    x_grid: FloatArray = dataclasses.field(default_factory=lambda: GUARANTEE_GAIN_GRID)
    """(x) increasing points of X at which the response table is computed."""
    standing_cost: FloatArray = dataclasses.field(default_factory=lambda: np.zeros(0))
    """(i) what garrisons and standing aid cost the member per period of peace (accounts only); left out: nothing."""

    def __post_init__(self) -> None:
        if self.standing_cost.size == 0 and self.weight.ndim:
            object.__setattr__(self, "standing_cost", np.zeros(len(self.weight)))
        problems = list(_problems(self))
        if problems:
            raise ValueError("compiled arrangement: " + "; ".join(problems))

    @classmethod
    def from_mapping(cls, arrays: Mapping[str, Any]) -> "CompiledArrangement":
        """Build from plain lists and numbers, as in a JSON file; a single ``timeliness`` serves every tier."""
        names = {field.name for field in dataclasses.fields(cls)}
        _refuse_wrong_keys(arrays, known=names, needed=names - {"x_grid", "standing_cost"})
        return cls(
            weight=wholes_in(arrays, "weight"),
            interest=numbers_in(arrays, "interest"),
            cost_weight=numbers_in(arrays, "cost_weight"),
            confusion=numbers_in(arrays, "confusion"),
            governs=wholes_in(arrays, "governs"),
            oblige=numbers_in(arrays, "oblige"),
            quorum=wholes_in(arrays, "quorum"),
            must=truths_in(arrays, "must"),
            proposer=whole_in(arrays, "proposer"),
            blocked=truths_in(arrays, "blocked"),
            timeliness=np.broadcast_to(numbers_in(arrays, "timeliness"), (4,)).copy(),
            calm=number_in(arrays, "calm"),
            exposure=number_in(arrays, "exposure"),
            opacity=number_in(arrays, "opacity"),
            deployed_force=number_in(arrays, "deployed_force"),
            self_defence=number_in(arrays, "self_defence"),
            demilitarised=number_in(arrays, "demilitarised"),
            aid=number_in(arrays, "aid"),
            x_grid=numbers_in({"x_grid": GUARANTEE_GAIN_GRID} | dict(arrays), "x_grid"),
            standing_cost=numbers_in({"standing_cost": ()} | dict(arrays), "standing_cost"),
        )

    def to_mapping(self) -> dict[str, Any]:
        """Return plain lists and numbers; ``from_mapping`` reads them back."""
        pairs = ((field.name, getattr(self, field.name)) for field in dataclasses.fields(self))
        return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in pairs}


def _refuse_wrong_keys(arrays: Mapping[str, Any], *, known: set[str], needed: set[str]) -> None:
    missing, unknown = sorted(needed - set(arrays)), sorted(set(arrays) - known)
    if missing or unknown:
        parts = [f"missing: {', '.join(missing)}"] if missing else []
        parts += [f"unknown: {', '.join(unknown)}"] if unknown else []
        raise ValueError("compiled arrangement: " + "; ".join(parts))


def _problems(c: CompiledArrangement) -> list[str]:
    return _wrong_shapes(c) or _not_finite(c) or _out_of_range(c)


def _wrong_shapes(c: CompiledArrangement) -> list[str]:
    n = c.weight.size
    shapes = {
        "weight": (n,),
        "interest": (n,),
        "cost_weight": (n,),
        "confusion": (3, 4, 5),
        "governs": (2, 5),
        "oblige": (n, 5, 4),
        "quorum": (4,),
        "must": (n,),
        "blocked": (4,),
        "timeliness": (4,),
        "standing_cost": (n,),
    }
    return [
        f"{name} has shape {getattr(c, name).shape}, expected {shape}"
        for name, shape in shapes.items()
        if getattr(c, name).shape != shape
    ]


def _not_finite(c: CompiledArrangement) -> list[str]:
    names = [field.name for field in dataclasses.fields(c)]
    return [f"{name} must be finite" for name in names if not np.all(np.isfinite(getattr(c, name)))]


def _out_of_range(c: CompiledArrangement) -> list[str]:
    n = len(c.weight)
    tests = {
        "there must be at least one guarantor": n >= 1,
        "weights must be positive": bool(np.all(c.weight > 0)),
        "confusion must hold chances whose rows sum to one": bool(
            np.all(c.confusion >= 0) and np.allclose(c.confusion.sum(axis=-1), 1, atol=1e-9)
        ),
        "governs must hold findings 0 to 4, and incursion, invasion and provoked govern their own wars": bool(
            np.all((c.governs >= 0) & (c.governs <= 4)) and np.array_equal(c.governs[:, 2:], [[2, 3, 4]] * 2)
        ),
        "oblige must lie in [0, 1]": bool(np.all((c.oblige >= 0) & (c.oblige <= 1))),
        "oblige must be 0 on no_breach": bool(np.all(c.oblige[:, 0] == 0)),
        "oblige must not increase from support to deploy": bool(np.all(c.oblige[:, :, 2] - c.oblige[:, :, 1] <= 1e-12)),
        "quorum must not be negative": bool(np.all(c.quorum >= 0)),
        "timeliness must lie in [0, 1]": bool(np.all((c.timeliness >= 0) & (c.timeliness <= 1))),
        **{f"{name} must lie in [0, 1]": 0 <= getattr(c, name) <= 1 for name in ("calm", "exposure", "opacity")},
        **{
            f"{name} must lie in [0, {MOST_MULTIPLIER}]": bool(
                np.all((getattr(c, name) >= 0) & (getattr(c, name) <= MOST_MULTIPLIER))
            )
            for name in _MULTIPLIERS
        },
        f"weights and quorum must be at most {MOST_WEIGHT}": bool(
            np.all(c.weight <= MOST_WEIGHT) and np.all(c.quorum <= MOST_WEIGHT)
        ),
        f"proposer must be a guarantor's index below {n}": 0 <= c.proposer < n,
        f"x_grid must lie in [-{MOST_MULTIPLIER}, {MOST_MULTIPLIER}]": bool(
            np.all(np.abs(c.x_grid) <= MOST_MULTIPLIER)
        ),
        "x_grid must increase and have at least two points": len(c.x_grid) >= 2 and bool(np.all(np.diff(c.x_grid) > 0)),
    }
    return [message for message, holds in tests.items() if not holds]
