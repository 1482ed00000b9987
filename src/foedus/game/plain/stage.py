"""Sections 4 to 8 of the theory page: one period, and one sweep over all states.

Axes: party (adversary, protected state, low coalition, high coalition), type, g conduct, c ground, v what the adversary
can tell, l threat, attack (seize, invade), n determination, e or r tier of the crisis, then the state (b, k, s).
"""

from dataclasses import dataclass

import numpy as np

from foedus.game.plain.board import ADVERSARY, LOW, PROTECTED, Board
from foedus.game.plain.logit import logit_choice, yes_chance
from foedus.game.plain.movement import Landing, after_turnover, land, next_log_odds, posterior, reading
from foedus.values.arrays import FloatArray
from foedus.values.words import Conduct, Determination, Ground, Threat, Tier

LOOKS_LIKE = np.array([0, 1, 1])
"""(c) v, what the adversary can tell: it cannot tell an accident from a provocation."""
SEIZURE, INVASION = 0, 1
"""What a war may begin with."""


@dataclass(frozen=True, eq=False)
class Position:
    """What a sweep starts from: last values, and the policies that others are conjectured to follow."""

    value: FloatArray
    """(party, b, k, s)"""
    conduct: FloatArray
    """(g, b, k, s) P(g)"""
    threat: FloatArray
    """(v, l, b, k, s) P(l | v)"""
    response: FloatArray
    """(type, n, e, b, k, s) pi"""


@dataclass(frozen=True, eq=False)
class Play:
    """One sweep in full: the new position, and the choices inside the period on which it rests."""

    position: Position
    landing: Landing
    """(n, e, b, k, s) where the belief goes"""
    resist: FloatArray
    """(n, e, b, k, s) chance that the protected state resists a seizure that persists"""
    persist: FloatArray
    """(l, n, e, b, k, s) chance that the adversary persists; 1 where it has no choice"""
    column: FloatArray
    """(party, l, n, e, b, k, s) the table of section 4"""
    gain: FloatArray
    """(type, n, r, b, k, s) X, the coalition's gain from a tier"""
    proposal: FloatArray
    """(type, n, r, b, k, s) what the framework nation proposes"""


@dataclass(frozen=True, eq=False)
class Attack:
    """What becomes of seizures and invasions once a response is executed."""

    resist: FloatArray
    """(n, e, b, k, s)"""
    persist: FloatArray
    """(attack, n, e, b, k, s)"""
    worth: FloatArray
    """(party, attack, n, e, b, k, s) before penalties"""


def sweep(position: Position, *, board: Board) -> Play:
    """Play one period in every state against the conjectures in ``position``, last values coming next period."""
    post = belief_after(position.response, board=board)
    landing = land(points=next_log_odds(post, future=board.future), nodes=board.grid.log_odds)
    peace, taken = (y - resentment(board) for y in next_values(position.value, landing=landing, board=board))
    attack = attacked(peace=peace, taken=taken, fight=war_values(post, board=board), board=board)
    column = payoff_columns(peace=peace, attack=attack, board=board)
    gain = coalition_gain(position, column=column, board=board)
    proposal, response = respond(gain, board=board)
    action = action_values(column, response=response, board=board)
    threat = threaten(action[ADVERSARY], conduct=position.conduct, board=board)
    conduct = behave(action[PROTECTED], threat=threat, board=board)
    value = values(action, conduct=conduct, threat=threat, board=board)
    return Play(
        position=Position(value=value, conduct=conduct, threat=threat, response=response),
        landing=landing,
        resist=attack.resist,
        persist=np.concatenate([np.ones_like(attack.persist), attack.persist]),
        column=column,
        gain=gain,
        proposal=proposal,
    )


def belief_after(response: FloatArray, *, board: Board) -> FloatArray:
    """Return post (n, e, b, k, s), the response being read as conjectured (section 5)."""
    read = reading(response=response, future=board.future, opacity=board.compiled.opacity)
    return posterior(log_odds=board.grid.log_odds[:, None, None], read_low=read[0], read_high=read[1])


def next_values(value: FloatArray, *, landing: Landing, board: Board) -> tuple[FloatArray, FloatArray]:
    """Return y(s) and y(s + 1), both (party, n, e, b, k, s): next period's value, expected and discounted."""
    future = board.future
    held = np.concatenate([value[:LOW], after_turnover(by_type=value[LOW:], future=future)])
    discount = np.array([future.delta_A, future.delta_P, future.delta_G, future.delta_G])
    expected = np.einsum("p,ekj,pbjs->pebks", discount, board.transition, held)
    beyond = np.concatenate([expected[..., 1:], expected[..., -1:]], axis=-1)
    return _at(expected, landing=landing), _at(beyond, landing=landing)


def resentment(board: Board) -> FloatArray:
    """Return (party, 1, ...) what foreign forces at its border cost the adversary in a period that ends in peace."""
    return _per_party(board.future.resent_A * board.compiled.exposure, 0.0, np.zeros(2))


def war_values(post: FloatArray, *, board: Board) -> FloatArray:
    """Return (party, attack, n, e, b, k, s) what war is worth, whether guarantors defend being still open.

    Adversary and protected state expect ``(1 - post) chi_0 + post chi_1``; a coalition knows its own chi.
    """
    chi = board.defended[:, :, :, :, None]
    expected = (1.0 - post) * chi[0] + post * chi[1]
    own = [np.broadcast_to(by_type, expected.shape) for by_type in chi]
    defended = np.stack([expected, expected, *own])
    alone, together = (board.war.worth[:, d, None, None, :, None] for d in range(2))
    return np.asarray((1.0 - defended) * alone + defended * together)


def attacked(*, peace: FloatArray, taken: FloatArray, fight: FloatArray, board: Board) -> Attack:
    """Play the end of a period with an attack: persist or withdraw, and for a seizure resist or yield (section 4).

    ``peace`` and ``taken`` (party, n, e, b, k, s) are what follows with nothing lost, and with one slice lost.
    """
    future = board.future
    nu = np.array([future.resolve_low, future.resolve_high])
    prize = _per_party(future.stake_A * future.slice, -future.slice, -nu * future.slice)
    shame = _per_party(0.0, future.yield_cost, np.zeros(2))
    success = board.seize_success[:, None, None, :]
    yielded = success * (prize + taken) + (1.0 - success) * peace - shame
    resist = yes_chance(fight[PROTECTED, SEIZURE] - yielded[PROTECTED], lam=future.lam_P)
    persisting = np.stack([resist * fight[:, SEIZURE] + (1.0 - resist) * yielded, fight[:, INVASION]], axis=1)
    withdrawn = (peace - _per_party(future.audience_A, 0.0, np.zeros(2)))[:, None]
    persist = yes_chance(persisting[ADVERSARY] - withdrawn[ADVERSARY], lam=future.lam_A)
    persist[:, Determination.NO_BREACH] = 1.0
    return Attack(resist=resist, persist=persist, worth=persist * persisting + (1.0 - persist) * withdrawn)


def payoff_columns(*, peace: FloatArray, attack: Attack, board: Board) -> FloatArray:
    """Return section 4's table (party, l, n, e, b, k, s)."""
    future = board.future
    nu = np.array([future.resolve_low, future.resolve_high])
    harm = _per_party(future.coerce_gain, -future.coerce_harm, -nu * future.spill * future.coerce_harm)
    column = np.concatenate([peace[:, None], (harm + peace)[:, None], attack.worth], axis=1)
    column[ADVERSARY] -= np.array(future.penalty)[:, None, None, None]
    return column


def grounds(conduct: FloatArray, *, board: Board) -> FloatArray:
    """Return (c, b, k, s) the chance of quiet, accident and provocation when the protected state plays ``conduct``."""
    phi, restrain = board.accident, conduct[Conduct.RESTRAIN]
    return np.stack([(1.0 - phi) * restrain, phi * restrain, conduct[Conduct.PROVOKE]])


def coalition_gain(position: Position, *, column: FloatArray, board: Board) -> FloatArray:
    """Return X (type, n, r, b, k, s): W(r) - W(0), what happened being inferred from n (section 7).

    ``mu(c, l | n)`` is proportional to ``P(c) P(l | v(c)) M[c, l, n]``. Where n cannot occur X is 0.
    """
    ground, threat = grounds(position.conduct, board=board), position.threat[LOOKS_LIKE]
    joint = np.einsum("cbks,clbks,cln->lnbks", ground, threat, board.compiled.confusion)
    total = joint.sum(axis=0)
    inferred = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)
    worth = np.einsum("lnbks,tlnebks->tnebks", inferred, column[LOW:])
    return np.asarray(worth - worth[:, :, :1])


def respond(gain: FloatArray, *, board: Board) -> tuple[FloatArray, FloatArray]:
    """Return the proposal and the executed response, both (type, n, tier, b, k, s) (section 6)."""
    compiled, future = board.compiled, board.future
    leader = compiled.proposer
    executed = np.zeros_like(gain)
    for which in np.ndindex(gain.shape[1:3]):
        executed[:, *which] = board.table.chance_executed(which, gain=gain[:, *which])
    cost = compiled.cost_weight[leader] * np.array(future.tier_cost)[: Tier.DEFEND, None, None, None]
    shirked = np.concatenate([compiled.oblige[leader, :, Tier.SUPPORT : Tier.DEFEND], np.zeros((5, 1))], axis=1)
    broken = future.renege * shirked[:, :, None, None, None]
    worth = executed * (compiled.interest[leader] * gain - cost) - broken
    worth[:, :, never_proposed(board)] = -np.inf
    proposal = logit_choice(worth, lam=future.lam_G, axis=2)
    proposal[:, Determination.NO_BREACH] = np.array([1.0, 0.0, 0.0])[:, None, None, None]
    response = proposal * executed
    response[:, :, Tier.NONE] = 1.0 - response[:, :, Tier.SUPPORT :].sum(axis=2)
    return proposal, response


def never_proposed(board: Board) -> FloatArray:
    """Return (r) the tiers of the crisis that cannot be proposed."""
    barred = board.compiled.blocked[: Tier.DEFEND].copy()
    barred[Tier.NONE] = False
    return np.asarray(barred)


def action_values(column: FloatArray, *, response: FloatArray, board: Board) -> FloatArray:
    """Return U (party, c, l, b, k, s): what a threat is worth before the determination, by what is on the ground."""
    compiled, future = board.compiled, board.future
    believed = (1.0 - board.belief) * response[0] + board.belief * response[1]
    facing = np.stack([believed, believed, response[0], response[1]])
    paid = column.copy()
    paid[LOW:] -= np.array(future.tier_cost)[: Tier.DEFEND, None, None, None]
    found = np.einsum("pnebks,plnebks->plnbks", facing, paid)
    after = np.einsum("cln,plnbks->pclbks", compiled.confusion, found)
    after[ADVERSARY] -= _before_determination(board)[:, :, None, None, None]
    return np.asarray(after)


def threaten(worth: FloatArray, *, conduct: FloatArray, board: Board) -> FloatArray:
    """Return P(l | v), the adversary inferring from an incident whether it was provoked (section 7).

    ``worth`` is its U (c, l, b, k, s); ``alpha = P(provoke) / (P(provoke) + phi P(restrain))`` by the conjectured P(g).
    """
    provoked, accident = conduct[Conduct.PROVOKE], board.accident * conduct[Conduct.RESTRAIN]
    incident = provoked + accident
    alpha = np.divide(provoked, incident, out=np.ones_like(incident), where=incident > 0)
    seen = np.stack([worth[Ground.QUIET], alpha * worth[Ground.PROVOCATION] + (1.0 - alpha) * worth[Ground.ACCIDENT]])
    return logit_choice(seen, lam=board.future.lam_A, axis=1)


def behave(worth: FloatArray, *, threat: FloatArray, board: Board) -> FloatArray:
    """Return P(g); ``worth`` is the protected state's U (c, l, b, k, s), expected over P(l | v(c))."""
    quiet, accident, provocation = np.einsum("clbks,clbks->cbks", threat[LOOKS_LIKE], worth)
    restrained = (1.0 - board.accident) * quiet + board.accident * accident
    choices = np.stack([restrained, provocation + board.future.provoke_gain])
    return logit_choice(choices, lam=board.future.lam_P, axis=0)


def values(action: FloatArray, *, conduct: FloatArray, threat: FloatArray, board: Board) -> FloatArray:
    """Return V (party, b, k, s): U averaged over what is on the ground and what the adversary does."""
    value = np.einsum("cbks,clbks,pclbks->pbks", grounds(conduct, board=board), threat[LOOKS_LIKE], action)
    value[PROTECTED] += board.future.provoke_gain * conduct[Conduct.PROVOKE]
    return np.asarray(value)


def _before_determination(board: Board) -> FloatArray:
    """Return (c, l) what the adversary pays whatever the mechanism finds; never refunded."""
    future = board.future
    own = np.array([0.0, future.cost_coerce, future.cost_seize, future.cost_invade])
    after_incident = own + future.humiliation - future.justification * (np.arange(4) >= Threat.SEIZE)
    return np.asarray(np.stack([own, after_incident])[LOOKS_LIKE])


def _per_party(adversary: float, protected: float, coalition: FloatArray) -> FloatArray:
    """Return (party, 1, 1, 1, 1, 1), to be added to (party, n, e, b, k, s)."""
    return np.array([adversary, protected, *coalition])[:, None, None, None, None, None]


def _at(expected: FloatArray, *, landing: Landing) -> FloatArray:
    """Interpolate (party, e, b, k, s) at the landing (n, e, b, k, s) in the belief axis."""
    _, tiers, _, balances, slices = expected.shape
    e, _, k, s = np.ogrid[:tiers, :1, :balances, :slices]
    low = expected[:, e, landing.below, k, s]
    high = expected[:, e, landing.below + 1, k, s]
    return np.asarray((1.0 - landing.share) * low + landing.share * high)
