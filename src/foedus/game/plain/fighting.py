"""Section 3 of the theory page: forces, the chance of winning, and what a war is worth."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from foedus.game.future import Future
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from foedus.values.words import Tier

TIERS = np.arange(len(Tier))


@dataclass(frozen=True, eq=False)
class War:
    """The lottery that a war is, for each executed tier e, balance k and slices lost s."""

    win: FloatArray
    """(e, k) chance w that the adversary wins."""
    worth: FloatArray
    """(party, e, k, s) value to adversary, protected state, coalition of low type, coalition of high type."""


def protecting_force(*, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (e) the force F_e on the protected side when tier e is executed, in log force ratio.

    ``F_e = deployed * (1 if e >= 2 else presence) + timeliness_e * tier_force_e - counter_force_e``
    """
    counted = np.where(TIERS >= Tier.DEPLOY, 1.0, future.presence)
    arriving = compiled.timeliness * np.array(future.tier_force)
    return np.asarray(compiled.deployed_force * counted + arriving - np.array(future.counter_force))


def winning_chance(*, future: Future, balance: FloatArray, force: FloatArray) -> FloatArray:
    """Return the chance that the adversary wins, ``w = logistic(decisiveness * (k - F))``, broadcast."""
    return np.asarray(expit(future.decisiveness * (balance - force)))


def war(*, compiled: CompiledArrangement, future: Future, balance: FloatArray, slices: int) -> War:
    """Return the war lottery on the grid: ``rest = 1 - slice * s`` is what there is left to win."""
    force = protecting_force(compiled=compiled, future=future)
    win = winning_chance(future=future, balance=balance[None, :], force=force[:, None])
    rest = 1.0 - future.slice * np.arange(slices)
    at_stake = win[:, :, None] * rest
    defended = (TIERS == Tier.DEFEND)[:, None, None]
    return War(
        win=win,
        worth=np.stack(
            [
                future.stake_A * at_stake - future.war_cost_A - future.defend_cost_A * defended,
                -at_stake - future.war_cost_P,
                -future.resolve_low * at_stake - future.war_cost_G * defended,
                -future.resolve_high * at_stake - future.war_cost_G * defended,
            ]
        ),
    )


def fighting_on(future: Future) -> tuple[float, float, tuple[float, float]]:
    """Return the value of fighting on to adversary, protected state and both types of coalition.

    The war lottery at balance_0 and s = 0 with tier support executed in full and in time, and without the
    arrangement: nothing deployed. It is the yardstick of acceptability, the same for every arrangement.
    """
    force = future.tier_force[Tier.SUPPORT] - future.counter_force[Tier.SUPPORT]
    w = float(winning_chance(future=future, balance=np.array(future.balance_0), force=np.array(force)))
    coalition = (-future.resolve_low * w, -future.resolve_high * w)
    return future.stake_A * w - future.war_cost_A, -w - future.war_cost_P, coalition
