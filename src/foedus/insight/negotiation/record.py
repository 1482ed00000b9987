"""Who would sign what, and what that costs: acceptance by party, the frontier to protection, the price of consent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.futures.ensemble import Settings
from foedus.insight.statistics.convergence import Convergence
from foedus.insight.statistics.spread import MeanOverFutures, Share, mean_of, share_of
from foedus.values.arrays import BoolArray, FloatArray


@dataclass(frozen=True)
class SigningVerdict:
    """How often a party would rather sign than fight on."""

    signs: Share
    """Futures in which it gains by signing, by more than the margin."""
    cannot_tell: Share
    """Futures in which its gain lies within the margin."""
    refuses: Share
    """Futures in which it loses by signing, by more than the margin."""
    gain: MeanOverFutures
    """What signing brings it over fighting on, on average, in units of the stake as it values it."""


@dataclass(frozen=True)
class Offer:
    """One arrangement, offered at one balance of forces."""

    arrangement: str
    adversary: SigningVerdict
    protected_state: SigningVerdict
    coalition: SigningVerdict
    """The guarantors together, per unit of interest, over the coalition's types."""
    members: Mapping[str, SigningVerdict]
    """[guarantor or supporter] each by itself; see `member_gain`."""
    everyone: Share
    """Futures in which adversary, protected state and coalition all gain by more than the margin."""
    war: MeanOverFutures
    """Chance of renewed major war."""
    is_on_frontier: bool
    """No other offer has at least as much acceptance by the adversary with no more war, and more of one of the two."""


@dataclass(frozen=True)
class Consent:
    """What asking for the adversary's consent costs, where one may choose among all offers, future by future."""

    none_accepted: Share
    """Futures in which the adversary signs none of them."""
    price: MeanOverFutures | None
    """Least chance of war among those that it signs, less the least among all; over futures in which it signs some."""
    overruled: Share | None
    """Share of these futures in which the most protective offer of all is one that it refuses."""


@dataclass(frozen=True)
class Round:
    """All offers at one balance of forces."""

    balance: float
    """Log force ratio adversary : protected state at the start; below 0 the protected state is ahead."""
    offers: tuple[Offer, ...]
    """In the order in which the arrangements were given."""
    consent: Consent


@dataclass(frozen=True)
class Shift:
    """What moving the balance from its lowest to its highest value does to one offer, future by future."""

    arrangement: str
    adversary: MeanOverFutures
    """Change of the share of futures in which the adversary signs."""
    protected_state: MeanOverFutures
    """The same for the protected state."""
    gain: MeanOverFutures
    """Change of the adversary's gain by signing."""
    war: MeanOverFutures
    """Change of the chance of war."""


@dataclass(frozen=True)
class Negotiation:
    """Who would sign what, by the balance of forces; over the futures in which every game converged."""

    arrangements: tuple[str, ...]
    balances: tuple[float, ...]
    rounds: tuple[Round, ...]
    """One for each balance, from the lowest."""
    shifts: tuple[Shift, ...]
    """One for each arrangement; empty where there is one balance."""
    convergence: Convergence
    margin: float
    """A gain no larger than this cannot be told from 0."""
    settings: Settings


def verdict_of(gain: FloatArray, *, margin: float) -> SigningVerdict:
    """Count the futures in which a gain over fighting on (future) is above the margin, within it, and below it."""
    return SigningVerdict(
        signs=share_of(_credit(gain > margin)),
        cannot_tell=share_of(_credit(np.abs(gain) <= margin)),
        refuses=share_of(_credit(gain < -margin)),
        gain=mean_of(gain),
    )


def everyone_signs(gains: Sequence[FloatArray], *, margin: float) -> Share:
    """Count the futures in which every gain (future) is above the margin."""
    return share_of(_credit(np.logical_and.reduce([gain > margin for gain in gains])))


def on_frontier(*, acceptance: Sequence[float], war: Sequence[float]) -> tuple[bool, ...]:
    """Tell of each offer whether no other has at least its acceptance and no more war, and more of one of the two."""
    points = list(zip(acceptance, war, strict=True))
    return tuple(
        not any(a >= signs and w <= risk and (a > signs or w < risk) for a, w in points) for signs, risk in points
    )


def consent_of(gain: FloatArray, *, war: FloatArray, margin: float) -> Consent:
    """Price consent from the adversary's gain (future, offer) and the chance of war (future, offer).

    In each future, least war among the offers with a gain above the margin, less least war among all.
    """
    signs: BoolArray = gain > margin
    some: BoolArray = np.array(signs.any(axis=1))
    if not some.any():
        return Consent(share_of(_credit(~some)), price=None, overruled=None)
    accepted = np.where(signs, war, np.inf)[some].min(axis=1)
    price = accepted - war[some].min(axis=1)
    return Consent(
        none_accepted=share_of(_credit(~some)), price=mean_of(price), overruled=share_of(_credit(price > margin))
    )


def shift_of(
    name: str,
    *,
    gains: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    war: tuple[FloatArray, FloatArray],
    margin: float,
) -> Shift:
    """Compare the lowest balance with the highest: gains (adversary low, high, protected state low, high), war."""
    adversary_low, adversary_high, protected_low, protected_high = gains
    return Shift(
        arrangement=name,
        adversary=_change(adversary_low > margin, adversary_high > margin),
        protected_state=_change(protected_low > margin, protected_high > margin),
        gain=mean_of(adversary_high - adversary_low),
        war=mean_of(war[1] - war[0]),
    )


def present_weight(war_by_period: FloatArray, *, delta: FloatArray) -> FloatArray:
    """Return (future) what an even stream of costs is worth at the start, per unit of its sum over the horizon.

    With S_t the chance of peace at the start of period t and h the hazard of the last of H periods,

        kappa = [ sum_{t<H} delta^t S_t  +  delta^H S_H / (1 - delta (1 - h)) ] / sum_{t<H} S_t

    so that costs that fall evenly on periods of peace are discounted and carried on beyond the horizon, as the values
    of the game are. ``war_by_period`` is (future, period), unconditional; ``delta`` is (future), per period.
    """
    periods = war_by_period.shape[1]
    peace = np.clip(1 - np.concatenate([np.zeros((len(delta), 1)), np.cumsum(war_by_period, axis=1)], axis=1), 0, 1)
    hazard = np.divide(war_by_period[:, -1], peace[:, -2], out=np.ones_like(delta), where=peace[:, -2] > 0)
    within = (delta[:, None] ** np.arange(periods) * peace[:, :-1]).sum(axis=1)
    beyond = delta**periods * peace[:, -1] / (1 - delta * (1 - np.clip(hazard, 0, 1)))
    weight: FloatArray = (within + beyond) / peace[:, :-1].sum(axis=1)
    return weight


def member_gain(
    *, coalition: FloatArray, interest: FloatArray, own: FloatArray, whole: FloatArray, weight: FloatArray
) -> FloatArray:
    """Return (future) what a member gains by signing.

    ``interest_i gain_G + kappa (interest_i T - c_i)``, with gain_G the coalition's gain per unit of interest, T the
    tier costs of a member that takes part in every executed tier and c_i the member's own, both expected sums over the
    horizon, and kappa of `present_weight`. The value of the game charges every member interest_i T, whether it joins
    or not (section 7 of the theory page); here that is taken back and its own part is charged instead. The cost of
    fighting stays as the game has it, interest_i war_cost_G.
    """
    gain: FloatArray = interest * coalition + weight * (interest * whole - own)
    return gain


def _change(before: BoolArray, after: BoolArray) -> MeanOverFutures:
    """Return how a share of futures changes; no share changes by more than the whole."""
    change = mean_of(_credit(after) - _credit(before))
    low, high = (None if end is None else max(-1.0, min(1.0, end)) for end in (change.low, change.high))
    return MeanOverFutures(change.value, low, high)


def _credit(holds: BoolArray) -> FloatArray:
    return np.where(holds, 1.0, 0.0)
