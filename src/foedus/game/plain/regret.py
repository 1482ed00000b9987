"""A judge of the stage: recompute every choice in one state from the theory page, number by number.

It shares nothing with ``stage.py`` but the consultation table, so an error there shows here as a gap. One state at a
time, in plain arithmetic; for tests and for spot checks of a solution.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.game.grid import COARSE
from foedus.game.plain.board import ADVERSARY, LOW, PROTECTED, Board
from foedus.game.plain.stage import Play, Position
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class Gaps:
    """Largest distance of each policy from the logit of recomputed values, and of each value from its recomputation."""

    conduct: float
    threat: float
    persist: float
    proposal: float
    response: float
    value: float

    @property
    def worst(self) -> float:
        """Return the largest of them."""
        return max(self.conduct, self.threat, self.persist, self.proposal, self.response, self.value)


def judge(play: Play, *, conjecture: Position, board: Board, state: tuple[int, int, int]) -> Gaps:
    """Return how far ``play`` is from optimal in one state (b, k, s), others being expected to follow ``conjecture``.

    With the conjecture that ``play`` was computed from, the gaps are rounding errors. With ``play.position`` itself as
    the conjecture they are the regret of a claimed equilibrium.
    """
    seat = _Seat(conjecture=conjecture, board=board, state=state)
    at = (..., *state)
    policy = play.position
    response = policy.response[at]
    believed = (1 - seat.belief) * response[0] + seat.belief * response[1]
    worth_threat = np.array([[seat.before(ADVERSARY, g, act, believed) for act in range(4)] for g in range(2)])
    worth_conduct = np.array(
        [
            sum(policy.threat[at][g, act] * seat.before(PROTECTED, g, act, believed) for act in range(4))
            for g in range(2)
        ]
    )
    proposal = np.array([[seat.proposal(t, n) for n in range(5)] for t in range(2)])
    executed = np.array([[seat.response(t, n) for n in range(5)] for t in range(2)])
    persist = np.array([[[seat.persist(act, n, e) for e in range(4)] for n in range(5)] for act in range(4)])
    values = [
        sum(
            policy.conduct[at][g] * policy.threat[at][g, act] * seat.before(party, g, act, facing)
            for g in range(2)
            for act in range(4)
        )
        for party, facing in enumerate([believed, believed, response[0], response[1]])
    ]
    lam_A, lam_P = board.future.lam_A, board.future.lam_P
    return Gaps(
        conduct=_gap(policy.conduct[at], _logit(worth_conduct, lam_P)),
        threat=_gap(policy.threat[at], np.array([_logit(row, lam_A) for row in worth_threat])),
        persist=_gap(play.persist[at], persist),
        proposal=_gap(play.proposal[at], proposal),
        response=_gap(response, executed),
        value=_gap(policy.value[at], np.array(values)),
    )


class _Seat:
    """One state, seen with one conjecture. Symbols as on the theory page; ``act`` is its l, ``t`` is its th."""

    def __init__(self, *, conjecture: Position, board: Board, state: tuple[int, int, int]) -> None:
        self.conjecture, self.board, self.state = conjecture, board, state
        self.f, self.c = board.future, board.compiled
        self.belief = 1 / (1 + math.exp(-board.grid.log_odds[state[0]]))

    def next_value(self, party: int, n: int, e: int, s: int) -> float:
        """Section 5: the next value, discounted; the balance moves with e, the belief with what (n, e) says."""
        value = self.conjecture.value
        if party >= LOW:
            mix = (1 - self.f.prior) * value[2] + self.f.prior * value[3]
            held = (1 - self.f.turnover) * value[party] + self.f.turnover * mix
        else:
            held = value[party]
        delta = (self.f.delta_A, self.f.delta_P, self.f.delta_G, self.f.delta_G)[party]
        moves = [self._move(e, k) for k in range(self.board.grid.balances)]
        by_belief = [sum(p * held[b, k, s] for k, p in enumerate(moves)) for b in range(self.board.grid.beliefs)]
        return delta * float(np.interp(self._next_log_odds(n, e), self.board.grid.log_odds, by_belief))

    def column(self, party: int, act: int, n: int, e: int) -> float:
        """Section 4: one cell of the table."""
        chance = self.persist(act, n, e)
        stays = chance * self._persisting(party, act, n, e) if act >= 2 else 0.0
        leaves = (1 - chance) * self._withdrawing(party, n, e) if chance < 1 else 0.0
        peace = (
            self.next_value(party, n, e, self.state[2]) + (self._harm(party) if act == 1 else 0.0) if act < 2 else 0.0
        )
        return stays + leaves + peace - (self.f.penalty[e] if party == ADVERSARY else 0.0)

    def persist(self, act: int, n: int, e: int) -> float:
        """Section 2, step 4."""
        if act < 2 or e < 2:
            return 1.0
        ahead = self._persisting(ADVERSARY, act, n, e) - self._withdrawing(ADVERSARY, n, e)
        return float(_logit(np.array([ahead, 0.0]), self.f.lam_A)[0])

    def before(self, party: int, g: int, act: int, facing: FloatArray) -> float:
        """Return what (g, l) is worth to a party that expects the response ``facing`` (n, e)."""
        f = self.f
        own = {
            ADVERSARY: -(0.0, f.cost_coerce, f.cost_seize, f.cost_invade)[act]
            + g * ((f.justification if act >= 2 else 0.0) - f.humiliation),
            PROTECTED: g * f.provoke_gain,
        }.get(party, 0.0)
        paid = (0.0, 0.0, 1.0, 1.0)[party]
        later = [
            self.c.confusion[g, act, n] * facing[n, e] * (self.column(party, act, n, e) - paid * f.tier_cost[e])
            for n in range(5)
            for e in range(4)
            if facing[n, e] > 0
        ]
        return own + float(sum(later))

    def gain(self, t: int, n: int, r: int) -> float:
        """Section 7: X = W(r) - W(0), with mu by Bayes' rule."""
        at = (..., *self.state)
        done = self.conjecture.conduct[at][:, None] * self.conjecture.threat[at] * self.c.confusion[:, :, n]
        weight = done.sum(axis=0)
        if weight.sum() == 0:
            return 0.0
        mu = weight / weight.sum()
        return float(sum(mu[act] * (self.column(2 + t, act, n, r) - self.column(2 + t, act, n, 0)) for act in range(4)))

    def proposal(self, t: int, n: int) -> FloatArray:
        """Section 6: the framework nation's logit over the tiers that nobody may veto."""
        if n == 0:
            return np.array([1.0, 0.0, 0.0, 0.0])
        lead, worth = self.c.proposer, np.full(4, -np.inf)
        for r in range(4):
            if r > 0 and self.c.blocked[r]:
                continue
            x = self.gain(t, n, r)
            shirked = self.c.oblige[lead, n, r + 1] if r < 3 else 0.0
            own = self.c.interest[lead] * x - self.c.cost_weight[lead] * self.f.tier_cost[r]
            worth[r] = self._executed(n, r, x) * own - self.f.renege * shirked
        return _logit(worth, self.f.lam_G)

    def response(self, t: int, n: int) -> FloatArray:
        """Return pi(e | n) of type t."""
        tiers = [p * self._executed(n, r, self.gain(t, n, r)) for r, p in enumerate(self.proposal(t, n))]
        return np.array([1 - sum(tiers[1:]), *tiers[1:]])

    def _executed(self, n: int, r: int, x: float) -> float:
        return float(np.interp(x, self.c.x_grid, self.board.table.executed[n, r])) if r > 0 else 0.0

    def _persisting(self, party: int, act: int, n: int, e: int) -> float:
        s = self.state[2]
        if act == 3 or e == 3:
            return self._war(party, e)
        quiet = self.next_value(party, n, e, s)
        if s == self.board.grid.slices - 1:
            return quiet
        prize = self.f.slice * (self.f.stake_A, -1.0, -self.f.resolve_low, -self.f.resolve_high)[party]
        success = self.f.seize_success[e]
        return success * (prize + self.next_value(party, n, e, s + 1)) + (1 - success) * quiet

    def _withdrawing(self, party: int, n: int, e: int) -> float:
        return self.next_value(party, n, e, self.state[2]) - (self.f.audience_A if party == ADVERSARY else 0.0)

    def _war(self, party: int, e: int) -> float:
        f, defended = self.f, e == 3
        ours = self.c.deployed_force * (1 if e >= 2 else f.presence)
        ours += self.c.timeliness[e] * f.tier_force[e] - f.counter_force[e]
        w = 1 / (1 + math.exp(-f.decisiveness * (self.board.grid.balance[self.state[1]] - ours)))
        at_stake = w * (1 - f.slice * self.state[2])
        if party == ADVERSARY:
            return float(f.stake_A * at_stake - f.war_cost_A - f.defend_cost_A * defended)
        if party == PROTECTED:
            return float(-at_stake - f.war_cost_P)
        return float(-(f.resolve_low, f.resolve_high)[party - LOW] * at_stake - f.war_cost_G * defended)

    def _harm(self, party: int) -> float:
        f = self.f
        spilt = f.spill * f.coerce_harm
        return (f.coerce_gain, -f.coerce_harm, -f.resolve_low * spilt, -f.resolve_high * spilt)[party]

    def _move(self, e: int, to: int) -> float:
        f, c, nodes = self.f, self.c, self.board.grid.balance
        trend = f.drift_A - c.self_defence * f.drift_P + c.demilitarised * f.drift_demil - c.aid * f.standing_aid
        mean = min(max(nodes[self.state[1]] + trend - f.tier_aid[e], nodes[0]), nodes[-1])
        if len(nodes) >= COARSE:
            return _shared(mean, sigma=f.sigma_balance, nodes=nodes.tolist())[to]
        upper = _normal((nodes[to] + nodes[to + 1]) / 2 - mean, f.sigma_balance) if to + 1 < len(nodes) else 1.0
        lower = _normal((nodes[to - 1] + nodes[to]) / 2 - mean, f.sigma_balance) if to > 0 else 0.0
        return upper - lower

    def _next_log_odds(self, n: int, e: int) -> float:
        f = self.f
        rho = f.reading_noise + (1 - f.reading_noise) * self.c.opacity
        low, high = ((1 - rho) * self.conjecture.response[t, n, e][self.state] + rho / 4 for t in range(2))
        lesson = math.log(high / low) if low > 0 and high > 0 else 0.0
        post = 1 / (1 + math.exp(-(self.board.grid.log_odds[self.state[0]] + lesson)))
        after = (1 - f.turnover) * post + f.turnover * f.prior
        return math.log(after / (1 - after))


def _shared(mean: float, *, sigma: float, nodes: Sequence[float]) -> list[float]:
    """Share a normal law between neighbours, its spread found by halving so that the variance is that of sigma."""
    draws = [-8.0 + 16.0 * (i + 0.5) / 4000 for i in range(4000)]
    chances = [math.exp(-0.5 * draw * draw) for draw in draws]
    clipped = [min(max(mean + sigma * draw, nodes[0]), nodes[-1]) for draw in draws]
    wanted = _spread(clipped, chances)
    low, high = 0.0, sigma
    weights: list[float] = []
    for _ in range(40):
        middle = (low + high) / 2
        weights = [0.0] * len(nodes)
        for draw, chance in zip(draws, chances, strict=True):
            place = (min(max(mean + middle * draw, nodes[0]), nodes[-1]) - nodes[0]) / (nodes[1] - nodes[0])
            below = min(int(place), len(nodes) - 2)
            weights[below] += chance * (1 - (place - below))
            weights[below + 1] += chance * (place - below)
        low, high = (middle, high) if _spread(nodes, weights) < wanted else (low, middle)
    return [weight / sum(weights) for weight in weights]


def _spread(points: Sequence[float], weights: Sequence[float]) -> float:
    mean = sum(w * x for w, x in zip(weights, points, strict=True)) / sum(weights)
    return sum(w * (x - mean) ** 2 for w, x in zip(weights, points, strict=True)) / sum(weights)


def _normal(distance: float, sigma: float) -> float:
    return (1 + math.erf(distance / sigma / math.sqrt(2))) / 2


def _logit(values: FloatArray, lam: float) -> FloatArray:
    weight = np.exp((values - values.max()) / lam)
    return np.asarray(weight / weight.sum())


def _gap(ours: FloatArray, theirs: FloatArray) -> float:
    return float(np.max(np.abs(ours - theirs)))
