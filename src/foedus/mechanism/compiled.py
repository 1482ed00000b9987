"""What the game eats: an arrangement as arrays, in the array names of the theory page."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray, IntArray

GUARANTEE_GAIN_GRID = np.linspace(-0.5, 2.0, 41)
"""Default points of X, the coalition's gain from a tier, at which the chance of execution is tabulated."""


@dataclass(frozen=True, eq=False)
class CompiledArrangement:
    """An arrangement as arrays. Axes: i guarantors, g conduct, l threat, n determination, r or e tier.

    Raises ``ValueError`` naming every array whose shape or range is wrong.
    """

    weight: IntArray
    """(i) integer weight in the decision rule."""
    interest: FloatArray
    """(i) interest in the protected state relative to the framework nation's usual interest (1)."""
    cost_weight: FloatArray
    """(i) multiplier on the cost of a tier."""
    confusion: FloatArray
    """(g, l, n) chance M that the mechanism determines n; rows sum to one."""
    oblige: FloatArray
    """(i, n, r) strength in [0, 1] of the obligation to execute at least tier r on determination n."""
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

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ValueError("compiled arrangement: " + "; ".join(problems))

    @classmethod
    def from_mapping(cls, arrays: Mapping[str, Any]) -> "CompiledArrangement":
        """Build from plain lists and numbers, as in a JSON file; a single ``timeliness`` serves every tier."""
        names = {field.name for field in dataclasses.fields(cls)}
        _refuse_wrong_keys(arrays, known=names, needed=names - {"x_grid"})
        return cls(
            weight=np.asarray(arrays["weight"], dtype=np.int64),
            interest=np.asarray(arrays["interest"], dtype=np.float64),
            cost_weight=np.asarray(arrays["cost_weight"], dtype=np.float64),
            confusion=np.asarray(arrays["confusion"], dtype=np.float64),
            oblige=np.asarray(arrays["oblige"], dtype=np.float64),
            quorum=np.asarray(arrays["quorum"], dtype=np.int64),
            must=np.asarray(arrays["must"], dtype=np.bool_),
            proposer=int(arrays["proposer"]),
            blocked=np.asarray(arrays["blocked"], dtype=np.bool_),
            timeliness=np.broadcast_to(np.asarray(arrays["timeliness"], dtype=np.float64), (4,)).copy(),
            opacity=float(arrays["opacity"]),
            deployed_force=float(arrays["deployed_force"]),
            self_defence=float(arrays["self_defence"]),
            demilitarised=float(arrays["demilitarised"]),
            aid=float(arrays["aid"]),
            x_grid=np.asarray(arrays.get("x_grid", GUARANTEE_GAIN_GRID), dtype=np.float64),
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
    n = len(c.weight)
    shapes = {
        "weight": (n,),
        "interest": (n,),
        "cost_weight": (n,),
        "confusion": (2, 4, 5),
        "oblige": (n, 5, 4),
        "quorum": (4,),
        "must": (n,),
        "blocked": (4,),
        "timeliness": (4,),
    }
    found = [
        f"{name} has shape {getattr(c, name).shape}, expected {shape}"
        for name, shape in shapes.items()
        if getattr(c, name).shape != shape
    ]
    if found:
        return found
    tests = {
        "there must be at least one guarantor": n >= 1,
        "weights must be positive": bool(np.all(c.weight > 0)),
        "confusion must hold chances whose rows sum to one": bool(
            np.all(c.confusion >= 0) and np.allclose(c.confusion.sum(axis=-1), 1, atol=1e-9)
        ),
        "oblige must lie in [0, 1]": bool(np.all((c.oblige >= 0) & (c.oblige <= 1))),
        "oblige must not increase with the tier": bool(np.all(np.diff(c.oblige[:, :, 1:], axis=-1) <= 1e-12)),
        "timeliness must lie in [0, 1]": bool(np.all((c.timeliness >= 0) & (c.timeliness <= 1))),
        "opacity must lie in [0, 1]": 0 <= c.opacity <= 1,
        f"proposer must be a guarantor's index below {n}": 0 <= c.proposer < n,
        "x_grid must increase and have at least two points": len(c.x_grid) >= 2 and bool(np.all(np.diff(c.x_grid) > 0)),
    }
    return [message for message, holds in tests.items() if not holds]
