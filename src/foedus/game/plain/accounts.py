"""Section 9 of the theory page: promises kept and broken, and what the guarantee cost each member."""

from dataclasses import dataclass

import numpy as np

from foedus.game.plain.board import Board
from foedus.game.plain.rates import Rates
from foedus.game.plain.stage import Play
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Tier

REQUIRED = 0.5
"""Strength from which a promise requires its tier."""


@dataclass(frozen=True, eq=False)
class Wars:
    """Expected numbers of wars, by what was on the ground and how they began."""

    begun: FloatArray
    """(c, attack, n)"""
    defended: FloatArray
    """(c, attack, n) those in which guarantors fight"""


def wars_of(rates: Rates, *, visits: FloatArray, board: Board) -> Wars:
    """Count wars; ``visits`` (type, b, k, s) is the expected number of periods that begin in each state."""
    return Wars(
        begun=np.einsum("tbks,tcanebks->can", visits, rates.war),
        defended=np.einsum("tbks,tcanebks,taneks->can", visits, rates.war, board.defended),
    )


def obligations(seen: FloatArray, *, wars: Wars, board: Board) -> tuple[float, float]:
    """Return expected numbers of obligations honoured and breached, in crises and in wars.

    ``seen`` (n, e) is the expected number of determinations and executed tiers. In the crisis an obligation falls due
    on n if anybody promised support; the tier required is deploy if somebody promised it with strength 0.5 or more,
    else support. An obligation to defend falls due when war breaks out on a finding m for which somebody promised
    defence with strength 0.5 or more, and is kept if guarantors defend.
    """
    strongest = board.compiled.oblige.max(axis=0)
    honoured = breached = 0.0
    for n in np.flatnonzero(strongest[:, Tier.SUPPORT] > 0):
        required = Tier.DEPLOY if strongest[n, Tier.DEPLOY] >= REQUIRED else Tier.SUPPORT
        honoured += float(seen[n, required:].sum())
        breached += float(seen[n, :required].sum())
    falls_due = strongest[board.compiled.governs, Tier.DEFEND] >= REQUIRED
    kept = float(wars.defended.sum(axis=0)[falls_due].sum())
    return honoured + kept, breached + float(wars.begun.sum(axis=0)[falls_due].sum()) - kept


def costs(play: Play, *, rates: Rates, visits: FloatArray, war_by_t: FloatArray, board: Board) -> tuple[float, ...]:
    """Return (i) expected undiscounted cost.

    Tiers executed in which i joined, war in which guarantors fight (tier defend's cost if i joined, the cost of
    fighting in any case), and the standing cost in every period that does not end in war.
    """
    compiled, future = board.compiled, board.future
    proposed = visits[:, None, None] * rates.found[:, None] * play.proposal
    by_finding = np.einsum("tbks,tcanebks->taneks", visits, rates.war)
    fought = float(np.einsum("taneks,taneks->", by_finding, board.defended))
    peace = float(np.sum(1.0 - np.cumsum(war_by_t)))
    found = []
    for i, multiplier in enumerate(compiled.cost_weight.tolist()):
        tiers = sum(
            future.tier_cost[r]
            * float(np.sum(proposed[:, n, r] * board.table.chance_joined((n, r), member=i, gain=play.gain[:, n, r])))
            for n in range(Determination.HYBRID, len(Determination))
            for r in (Tier.SUPPORT, Tier.DEPLOY)
        )
        joined = board.defence.joined[i][:, compiled.governs]
        tiers += future.tier_cost[Tier.DEFEND] * float(np.einsum("taneks,taneks->", by_finding, joined))
        found.append(multiplier * (tiers + future.war_cost_G * fought) + float(compiled.standing_cost[i]) * peace)
    return tuple(found)
