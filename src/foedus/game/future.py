"""One draw of everything uncertain that the game itself reads."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

PerTier: TypeAlias = tuple[float, float, float, float]
"""One number for each of the tiers none, support, deploy, defend."""
PerCrisisTier: TypeAlias = tuple[float, float, float]
"""One number for each of the tiers of the crisis: none, support, deploy."""


@dataclass(frozen=True)
class Future:
    """The parameters of section 10b of the theory page.

    Payoffs are in units of the whole stake; a period is half a year.
    """

    lam_P: float
    """Scale of the protected state's choice shocks (> 0)."""
    lam_A: float
    """Scale of the adversary's choice shocks (> 0)."""
    lam_G: float
    """Scale of the guarantors' choice shocks (> 0)."""
    stake_A: float
    """What the whole stake is worth to the adversary."""
    war_cost_A: float
    """What a war costs the adversary."""
    war_cost_P: float
    """What a war costs the protected state."""
    war_cost_G: float
    """What fighting in a war costs the coalition, per unit of interest, on top of tier defend's cost."""
    defend_cost_A: float
    """What the adversary loses more when guarantors fight."""
    cost_coerce: float
    """Cost of coercing, paid before the determination."""
    cost_seize: float
    """Cost of seizing, paid before the determination."""
    cost_invade: float
    """Cost of invading, paid before the determination."""
    coerce_gain: float
    """What coercion brings the adversary."""
    coerce_harm: float
    """What coercion costs the protected state."""
    spill: float
    """Share of coercion's harm that reaches the guarantors."""
    audience_A: float
    """What withdrawing costs the adversary."""
    resent_A: float
    """What foreign forces and an alliance at its border cost the adversary in a period of peace, at full exposure."""
    yield_cost: float
    """What yielding to a seizure costs the protected state, beside the slice."""
    justification: float
    """Added to the adversary's seize and invade after an incident."""
    humiliation: float
    """What an incident costs the adversary, whatever it does."""
    provoke_gain: float
    """What provoking brings the protected state (may be negative)."""
    friction: float
    """Chance in [0, 1] of an accident in a period without provocation, nobody observing."""
    penalty: PerCrisisTier
    """What each executed tier of the crisis costs the adversary; none costs 0."""
    tier_cost: PerTier
    """What each executed tier costs the average guarantor; none costs 0."""
    tier_force: PerTier
    """What each executed tier adds to the protected side, in log force ratio."""
    counter_force: PerTier
    """What the adversary's own partners add against each tier, in log force ratio."""
    tier_aid: PerCrisisTier
    """Lasting shift of the balance by each executed tier."""
    seize_success: PerCrisisTier
    """Chance that a seizure to which the protected state yields succeeds against each executed tier."""
    decisiveness: float
    """Slope of the chance of winning in the log force ratio."""
    presence: float
    """Share of the deployed force that counts when no tier above support is executed."""
    balance_0: float
    """Log force ratio adversary : protected state at the start."""
    sigma_balance: float
    """Standard deviation of the balance's shock per period (> 0)."""
    drift_A: float
    """The adversary's build-up per period, in log force ratio."""
    drift_P: float
    """The protected state's build-up per period at full own defence."""
    drift_demil: float
    """What full demilitarisation costs the balance per period."""
    standing_aid: float
    """What full standing support adds per period."""
    slice: float
    """Share of the stake in one seizure."""
    resolve_low: float
    """nu_0: what the stake is worth to a coalition of the low type, per unit of interest."""
    resolve_high: float
    """nu_1: the same for the high type."""
    prior: float
    """Chance that the coalition is of the high type."""
    turnover: float
    """Chance per period that governments change and the type is drawn anew."""
    reading_noise: float
    """rho's floor: noise with which a response is read."""
    renege: float
    """What breaking a full obligation costs a guarantor."""
    entangle: float
    """Share in [0, 1] of a full obligation to defend that forces sent in the crisis add: they are in harm's way."""
    solidarity: float
    """What taking part is worth to a guarantor in itself."""
    delta_A: float
    """The adversary's discount factor per period, in (0, 1)."""
    delta_P: float
    """The protected state's discount factor."""
    delta_G: float
    """The guarantors' discount factor."""

    def __post_init__(self) -> None:
        problems = _problems(self)
        if problems:
            raise ValueError("future: " + "; ".join(problems))

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Future":
        """Build from plain numbers and lists; every parameter must be there, and no other.

        Where three tiers count, a fourth number is ignored.
        """
        names = {field.name for field in dataclasses.fields(cls)}
        missing, unknown = sorted(names - set(values)), sorted(set(values) - names)
        if missing or unknown:
            parts = [f"missing: {', '.join(missing)}"] if missing else []
            parts += [f"unknown: {', '.join(unknown)}"] if unknown else []
            raise ValueError("future: " + "; ".join(parts))
        single = {name: float(values[name]) for name in names - PER_TIER}
        by_tier = {name: tuple(float(x) for x in values[name])[: _tiers(name)] for name in PER_TIER}
        return cls(**single, **by_tier)  # type: ignore[arg-type]

    def to_mapping(self) -> dict[str, float | list[float]]:
        """Return plain numbers and lists; ``from_mapping`` reads them back."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(self).items()}


PER_CRISIS_TIER = frozenset({"penalty", "tier_aid", "seize_success"})
"""Parameters with one number for each of none, support, deploy."""
PER_TIER = PER_CRISIS_TIER | {"tier_cost", "tier_force", "counter_force"}
"""Parameters with one number per tier."""
ABOVE_ZERO = ("lam_P", "lam_A", "lam_G", "sigma_balance", "decisiveness")
NOT_NEGATIVE = (
    *("war_cost_A", "war_cost_P", "war_cost_G", "defend_cost_A", "cost_coerce", "cost_seize", "cost_invade"),
    *("audience_A", "resent_A", "yield_cost", "renege", "solidarity", "slice"),
)
CHANCES = ("prior", "turnover", "reading_noise", "presence", "friction", "entangle")
DISCOUNTS = ("delta_A", "delta_P", "delta_G")


def _tiers(name: str) -> int:
    return 3 if name in PER_CRISIS_TIER else 4


def _problems(f: Future) -> list[str]:
    values = {field.name: getattr(f, field.name) for field in dataclasses.fields(f)}
    counts = {name: _tiers(name) for name in sorted(PER_TIER)}
    found = [f"{name} needs {n} numbers, one per tier" for name, n in counts.items() if len(values[name]) != n]
    flat = [(k, x) for k, v in values.items() for x in (v if isinstance(v, tuple) else (v,))]
    found += [f"{name} is not a finite number" for name, x in flat if not math.isfinite(x)]
    return found or _out_of_range(values)


def _out_of_range(values: Mapping[str, Any]) -> list[str]:
    found = [f"{name} must be above 0, is {values[name]}" for name in ABOVE_ZERO if values[name] <= 0]
    found += [f"{name} must not be negative, is {values[name]}" for name in NOT_NEGATIVE if values[name] < 0]
    found += [f"{name} must lie in [0, 1], is {values[name]}" for name in CHANCES if not 0 <= values[name] <= 1]
    found += [f"{name} must lie in (0, 1), is {values[name]}" for name in DISCOUNTS if not 0 < values[name] < 1]
    free = [name for name in ("penalty", "tier_cost") if values[name][0] != 0]
    found += [f"{name} of tier none must be 0, is {values[name][0]}" for name in free]
    found += ["seize_success must hold chances"] if not all(0 <= x <= 1 for x in values["seize_success"]) else []
    return found
