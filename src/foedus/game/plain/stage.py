"""Sections 4, 7 and 8 of the theory page: one period, and one sweep over all states.

Axes: party (adversary, protected state, low coalition, high coalition), type, g conduct, l threat, n determination,
e or r tier, then the state (b, k, s).
"""

from dataclasses import dataclass

import numpy as np

from foedus.game.plain.board import ADVERSARY, LOW, PROTECTED, Board
from foedus.game.plain.logit import logit_choice, yes_chance
from foedus.game.plain.movement import Landing, after_turnover, land, reading, updated_log_odds
from foedus.values.arrays import FloatArray
from foedus.values.words import Conduct, Determination, Threat, Tier


@dataclass(frozen=True, eq=False)
class Position:
    """What a sweep starts from: last values, and the policies that others are conjectured to follow."""

    value: FloatArray
    """(party, b, k, s)"""
    conduct: FloatArray
    """(g, b, k, s) P(g)"""
    threat: FloatArray
    """(g, l, b, k, s) P(l | g)"""
    response: FloatArray
    """(type, n, e, b, k, s) pi"""


@dataclass(frozen=True, eq=False)
class Play:
    """One sweep in full: the new position, and the choices inside the period on which it rests."""

    position: Position
    landing: Landing
    """(n, e, b, k, s) where the belief goes"""
    persist: FloatArray
    """(l, n, e, b, k, s) chance that the adversary persists; 1 where it has no choice"""
    column: FloatArray
    """(party, l, n, e, b, k, s) the table of section 4"""
    gain: FloatArray
    """(type, n, r, b, k, s) X, the coalition's gain from a tier"""
    proposal: FloatArray
    """(type, n, r, b, k, s) what the framework nation proposes"""


def sweep(position: Position, *, board: Board) -> Play:
    """Play one period in every state against the conjectures in ``position``, last values coming next period."""
    landing = belief_landing(position.response, board=board)
    quiet, after_seizure = next_values(position.value, landing=landing, board=board)
    column, persist = payoff_columns(quiet=quiet, after_seizure=after_seizure, board=board)
    gain = coalition_gain(position, column=column, board=board)
    proposal, response = respond(gain, board=board)
    action = action_values(column, response=response, board=board)
    threat = logit_choice(action[ADVERSARY], lam=board.future.lam_A, axis=1)
    conduct = logit_choice(np.einsum("glbks,glbks->gbks", threat, action[PROTECTED]), lam=board.future.lam_P, axis=0)
    value = np.einsum("gbks,glbks,pglbks->pbks", conduct, threat, action)
    new = Position(value=value, conduct=conduct, threat=threat, response=response)
    return Play(position=new, landing=landing, persist=persist, column=column, gain=gain, proposal=proposal)


def belief_landing(response: FloatArray, *, board: Board) -> Landing:
    """Return where belief lands after (n, e), the response being read as conjectured (section 5)."""
    read = reading(response=response, future=board.future, opacity=board.compiled.opacity)
    log_odds = updated_log_odds(
        log_odds=board.grid.log_odds[:, None, None], read_low=read[0], read_high=read[1], future=board.future
    )
    return land(points=log_odds, nodes=board.grid.log_odds)


def next_values(value: FloatArray, *, landing: Landing, board: Board) -> tuple[FloatArray, FloatArray]:
    """Return y(s) and y(s + 1), both (party, n, e, b, k, s): next period's value, expected and discounted."""
    future = board.future
    held = np.concatenate([value[:LOW], after_turnover(by_type=value[LOW:], future=future)])
    discount = np.array([future.delta_A, future.delta_P, future.delta_G, future.delta_G])
    expected = np.einsum("p,ekj,pbjs->pebks", discount, board.transition, held)
    beyond = np.concatenate([expected[..., 1:], expected[..., -1:]], axis=-1)
    return _at(expected, landing=landing), _at(beyond, landing=landing)


def payoff_columns(*, quiet: FloatArray, after_seizure: FloatArray, board: Board) -> tuple[FloatArray, FloatArray]:
    """Return section 4's table (party, l, n, e, b, k, s) and the chance to persist (l, n, e, b, k, s)."""
    future = board.future
    nu = np.array([future.resolve_low, future.resolve_high])
    harm = _per_party(future.coerce_gain, -future.coerce_harm, -nu * future.spill * future.coerce_harm)
    prize = _per_party(future.stake_A * future.slice, -future.slice, -nu * future.slice)
    fight = np.broadcast_to(board.war.worth[:, None, :, None, :, :], quiet.shape)
    success = board.seize_success[:, None, None, :]
    seizure = success * (prize + after_seizure) + (1.0 - success) * quiet
    defended = (np.arange(4) == Tier.DEFEND)[:, None, None, None]
    persisting = np.stack([np.where(defended, fight, seizure), fight], axis=1)
    withdrawn = (quiet + _per_party(-future.audience_A, 0.0, np.zeros(2)))[:, None]
    persist = _persist(persisting[ADVERSARY] - withdrawn[ADVERSARY], board=board)
    attacked = persist[Threat.SEIZE :] * persisting + (1.0 - persist[Threat.SEIZE :]) * withdrawn
    column = np.concatenate([quiet[:, None], (harm + quiet)[:, None], attacked], axis=1)
    column[ADVERSARY] -= np.array(future.penalty)[:, None, None, None]
    return column, persist


def coalition_gain(position: Position, *, column: FloatArray, board: Board) -> FloatArray:
    """Return X (type, n, r, b, k, s): W(r) - W(0), what happened being inferred from n (section 7).

    ``mu(g, l | n)`` is proportional to ``P(g) P(l | g) M[g, l, n]``. Where n cannot occur X is 0.
    """
    joint = np.einsum("gbks,glbks,gln->lnbks", position.conduct, position.threat, board.compiled.confusion)
    total = joint.sum(axis=0)
    inferred = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)
    worth = np.einsum("lnbks,tlnebks->tnebks", inferred, column[LOW:])
    return np.asarray(worth - worth[:, :, :1])


def respond(gain: FloatArray, *, board: Board) -> tuple[FloatArray, FloatArray]:
    """Return the proposal and the executed response, both (type, n, tier, b, k, s) (section 6)."""
    compiled, future = board.compiled, board.future
    leader = compiled.proposer
    executed = board.table.chance_executed(gain)
    cost = compiled.cost_weight[leader] * np.array(future.tier_cost)[:, None, None, None]
    shirked = np.concatenate([compiled.oblige[leader, :, 1:], np.zeros((5, 1))], axis=1)[:, :, None, None, None]
    worth = executed * (compiled.interest[leader] * gain - cost) - future.renege * shirked
    worth[:, :, _never_proposed(board)] = -np.inf
    proposal = logit_choice(worth, lam=future.lam_G, axis=2)
    proposal[:, Determination.NO_BREACH] = np.array([1.0, 0.0, 0.0, 0.0])[:, None, None, None]
    response = proposal * executed
    response[:, :, Tier.NONE] = 1.0 - response[:, :, Tier.SUPPORT :].sum(axis=2)
    return proposal, response


def action_values(column: FloatArray, *, response: FloatArray, board: Board) -> FloatArray:
    """Return (party, g, l, b, k, s) what each pair of actions is worth before the determination."""
    compiled, future = board.compiled, board.future
    believed = (1.0 - board.belief) * response[0] + board.belief * response[1]
    facing = np.stack([believed, believed, response[0], response[1]])
    paid = column.copy()
    paid[LOW:] -= np.array(future.tier_cost)[:, None, None, None]
    found = np.einsum("pnebks,plnebks->plnbks", facing, paid)
    after = np.einsum("gln,plnbks->pglbks", compiled.confusion, found)
    after[ADVERSARY] -= _before_determination(board)[:, :, None, None, None]
    after[PROTECTED, Conduct.PROVOKE] += future.provoke_gain
    return np.asarray(after)


def _before_determination(board: Board) -> FloatArray:
    """Return (g, l) what the adversary pays whatever the mechanism finds; never refunded."""
    future = board.future
    own = np.array([0.0, future.cost_coerce, future.cost_seize, future.cost_invade])
    provoked = future.humiliation - future.justification * (np.arange(4) >= Threat.SEIZE)
    return np.stack([own, own + provoked])


def _persist(advantage: FloatArray, *, board: Board) -> FloatArray:
    """Return (l, n, e, b, k, s) the chance to persist: a choice only for seize and invade that met deploy or defend."""
    chance = np.ones((4, *advantage.shape[1:]))
    chance[Threat.SEIZE :, :, Tier.DEPLOY :] = yes_chance(advantage[:, :, Tier.DEPLOY :], lam=board.future.lam_A)
    return chance


def _never_proposed(board: Board) -> FloatArray:
    barred = board.compiled.blocked.copy()
    barred[Tier.NONE] = False
    return np.asarray(barred)


def _per_party(adversary: float, protected: float, coalition: FloatArray) -> FloatArray:
    return np.array([adversary, protected, *coalition])[:, None, None, None, None, None]


def _at(expected: FloatArray, *, landing: Landing) -> FloatArray:
    """Interpolate (party, e, b, k, s) at the landing (n, e, b, k, s) in the belief axis."""
    _, tiers, _, balances, slices = expected.shape
    e, _, k, s = np.ogrid[:tiers, :1, :balances, :slices]
    low = expected[:, e, landing.below, k, s]
    high = expected[:, e, landing.below + 1, k, s]
    return np.asarray((1.0 - landing.share) * low + landing.share * high)
