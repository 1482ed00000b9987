"""A judge of the stage: recompute every choice in one state from the theory page, number by number.

It shares nothing with ``stage.py`` and ``defence.py`` but the consultation tables, so an error there shows here as a
gap. One state at a time, in plain arithmetic; for tests and for spot checks of a solution.
"""

import itertools
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
    resist: float
    defend: float
    proposal: float
    response: float
    value: float

    @property
    def worst(self) -> float:
        """Return the largest of them; not a number if any of them is none."""
        return float(np.max(list(vars(self).values())))


def judge(play: Play, *, conjecture: Position, board: Board, state: tuple[int, int, int]) -> Gaps:
    """Return how far ``play`` is from optimal in one state (b, k, s), others being expected to follow ``conjecture``.

    With the conjecture that ``play`` was computed from, the gaps are rounding errors. With ``play.position`` itself as
    the conjecture they are the regret of a claimed equilibrium.
    """
    seat = _Seat(conjecture=conjecture, board=board, state=state)
    at = (..., *state)
    policy = play.position
    response, threat, conduct = policy.response[at], policy.threat[at], policy.conduct[at]
    believed = (1 - seat.belief) * response[0] + seat.belief * response[1]
    facing = [believed, believed, response[0], response[1]]
    worth_conduct = np.array([seat.behaving(g, threat, believed) for g in range(2)])
    defended = [[[seat.defended(t, m, e) for e in range(3)] for m in range(5)] for t in range(2)]
    k, s = state[1:]
    return Gaps(
        conduct=_gap(conduct, _logit(worth_conduct, board.future.lam_P)),
        threat=_gap(threat, np.array([seat.threatening(v, believed) for v in range(2)])),
        persist=_gap(
            play.persist[at],
            np.array([[[seat.persist(act, n, e) for e in range(3)] for n in range(5)] for act in range(4)]),
        ),
        resist=_gap(play.resist[at], np.array([[seat.resist(n, e) for e in range(3)] for n in range(5)])),
        defend=_gap(board.defence.chance[:, :, :, k, s], np.array(defended)),
        proposal=_gap(play.proposal[at], np.array([[seat.proposal(t, n) for n in range(5)] for t in range(2)])),
        response=_gap(response, np.array([[seat.response(t, n) for n in range(5)] for t in range(2)])),
        value=_gap(policy.value[at], np.array([seat.value(p, conduct, threat, facing[p]) for p in range(4)])),
    )


class _Seat:
    """One state, seen with one conjecture. Symbols as on the theory page; ``act`` is its l, ``t`` is its th."""

    def __init__(self, *, conjecture: Position, board: Board, state: tuple[int, int, int]) -> None:
        self.conjecture, self.board, self.state = conjecture, board, state
        self.f, self.c = board.future, board.compiled
        self.belief = 1 / (1 + math.exp(-board.grid.log_odds[state[0]]))
        self.phi = self.f.friction * (1 - self.c.calm)
        self.moves = [self._moves(e) for e in range(3)]
        self.known: dict[tuple[int, int, int, int], float] = {}

    def next_value(self, party: int, n: int, e: int, s: int) -> float:
        """Section 5: the next value, discounted, less what foreign forces at its border cost the adversary."""
        if (party, n, e, s) not in self.known:
            self.known[party, n, e, s] = self._next_value(party, n, e, s)
        return self.known[party, n, e, s]

    def _next_value(self, party: int, n: int, e: int, s: int) -> float:
        """Let the balance move with e, and the belief with what (n, e) says."""
        value = self.conjecture.value
        if party >= LOW:
            mix = (1 - self.f.prior) * value[2] + self.f.prior * value[3]
            held = (1 - self.f.turnover) * value[party] + self.f.turnover * mix
        else:
            held = value[party]
        delta = (self.f.delta_A, self.f.delta_P, self.f.delta_G, self.f.delta_G)[party]
        chances = self.moves[e]
        by_belief = [sum(p * held[b, k, s] for k, p in enumerate(chances)) for b in range(self.board.grid.beliefs)]
        later = delta * float(np.interp(self._next_log_odds(n, e), self.board.grid.log_odds, by_belief))
        return later - (self.f.resent_A * self.c.exposure if party == ADVERSARY else 0.0)

    def column(self, party: int, act: int, n: int, e: int) -> float:
        """Section 4: one cell of the table."""
        fined = self.f.penalty[e] if party == ADVERSARY else 0.0
        if act < 2:
            return self.next_value(party, n, e, self.state[2]) + (self._harm(party) if act == 1 else 0.0) - fined
        chance = self.persist(act, n, e)
        leaves = (1 - chance) * self._withdrawing(party, n, e) if chance < 1 else 0.0
        return chance * self._persisting(party, act, n, e) + leaves - fined

    def persist(self, act: int, n: int, e: int) -> float:
        """Section 2, step 5."""
        if act < 2 or n == 0:
            return 1.0
        ahead = self._persisting(ADVERSARY, act, n, e) - self._withdrawing(ADVERSARY, n, e)
        return float(_logit(np.array([ahead, 0.0]), self.f.lam_A)[0])

    def resist(self, n: int, e: int) -> float:
        """Section 2, step 6: the protected state fights for the slice or yields it."""
        choices = np.array([self._war(PROTECTED, 2, n, e), self._yielding(PROTECTED, n, e)])
        return float(_logit(choices, self.f.lam_P)[0])

    def defended(self, t: int, m: int, e: int) -> float:
        """Section 7: chi, the chance that a coalition of type t defends in a war that m governs."""
        if self.c.blocked[3]:
            return 0.0
        k, s = self.state[1:]
        lead, nu = self.c.proposer, (self.f.resolve_low, self.f.resolve_high)[t]
        x = nu * (1 - self.f.slice * s) * (self._win(e, 0, k) - self._win(e, 1, k)) - self.f.war_cost_G
        executed = float(np.interp(x, self.c.x_grid, self.board.war_table.executed[m, int(e == 2)]))
        duty = self.f.renege * min(1.0, self.c.oblige[lead, m, 3] + (self.f.entangle if e == 2 else 0.0))
        fight = executed * (self.c.interest[lead] * x - self.c.cost_weight[lead] * self.f.tier_cost[3])
        return executed * float(_logit(np.array([fight, -duty]), self.f.lam_G)[0])

    def before(self, party: int, ground: int, act: int, facing: FloatArray) -> float:
        """Return U: what (c, l) is worth to a party that expects the response ``facing`` (n, e)."""
        f = self.f
        incident = (f.justification if act >= 2 else 0.0) - f.humiliation if ground > 0 else 0.0
        own = incident - (0.0, f.cost_coerce, f.cost_seize, f.cost_invade)[act] if party == ADVERSARY else 0.0
        paid = (0.0, 0.0, 1.0, 1.0)[party]
        later = [
            self.c.confusion[ground, act, n] * facing[n, e] * (self.column(party, act, n, e) - paid * f.tier_cost[e])
            for n in range(5)
            for e in range(3)
            if facing[n, e] > 0
        ]
        return own + float(sum(later))

    def threatening(self, v: int, facing: FloatArray) -> FloatArray:
        """Return (l) the adversary's choice; from an incident it infers whether it was provoked."""
        calm, provoked = (self.conjecture.conduct[g][self.state] for g in range(2))
        worth = []
        for act in range(4):
            if v == 0:
                worth.append(self.before(ADVERSARY, 0, act, facing))
                continue
            total = provoked + self.phi * calm
            alpha = provoked / total if total > 0 else 1.0
            after_both = [self.before(ADVERSARY, ground, act, facing) for ground in (1, 2)]
            worth.append((1 - alpha) * after_both[0] + alpha * after_both[1])
        return _logit(np.array(worth), self.f.lam_A)

    def behaving(self, g: int, threat: FloatArray, facing: FloatArray) -> float:
        """Return what conduct g is worth to the protected state."""
        by_ground = [
            sum(threat[min(ground, 1), act] * self.before(PROTECTED, ground, act, facing) for act in range(4))
            for ground in range(3)
        ]
        return float(
            by_ground[2] + self.f.provoke_gain if g == 1 else (1 - self.phi) * by_ground[0] + self.phi * by_ground[1]
        )

    def value(self, party: int, conduct: FloatArray, threat: FloatArray, facing: FloatArray) -> float:
        """Return V: the expectation over everything that a period may bring."""
        total = self.f.provoke_gain * conduct[1] if party == PROTECTED else 0.0
        for ground, chance in enumerate(self._grounds(conduct)):
            for act in range(4):
                total += chance * threat[min(ground, 1), act] * self.before(party, ground, act, facing)
        return float(total)

    def gain(self, t: int, n: int, r: int) -> float:
        """Section 7: X, what happened being inferred from n."""
        conduct = np.array([self.conjecture.conduct[g][self.state] for g in range(2)])
        weight = np.zeros(4)
        for ground, chance in enumerate(self._grounds(conduct)):
            for act in range(4):
                seen = self.conjecture.threat[min(ground, 1), act][self.state]
                weight[act] += chance * seen * self.c.confusion[ground, act, n]
        if weight.sum() == 0:
            return 0.0
        mu = weight / weight.sum()
        return float(sum(mu[act] * (self.column(2 + t, act, n, r) - self.column(2 + t, act, n, 0)) for act in range(4)))

    def proposal(self, t: int, n: int) -> FloatArray:
        """Section 6: the framework nation's logit over the tiers that nobody may veto."""
        if n == 0:
            return np.array([1.0, 0.0, 0.0])
        lead, worth = self.c.proposer, np.full(3, -np.inf)
        for r in range(3):
            if r > 0 and self.c.blocked[r]:
                continue
            x = self.gain(t, n, r)
            shirked = self.c.oblige[lead, n, r + 1] if r < 2 else 0.0
            own = self.c.interest[lead] * x - self.c.cost_weight[lead] * self.f.tier_cost[r]
            worth[r] = self._executed(n, r, x) * own - self.f.renege * shirked
        return _logit(worth, self.f.lam_G)

    def response(self, t: int, n: int) -> FloatArray:
        """Return pi(e | n) of type t."""
        tiers = [p * self._executed(n, r, self.gain(t, n, r)) for r, p in enumerate(self.proposal(t, n))]
        return np.array([1 - sum(tiers[1:]), *tiers[1:]])

    def _executed(self, n: int, r: int, x: float) -> float:
        return float(np.interp(x, self.c.x_grid, self.board.table.executed[n, r])) if r > 0 else 0.0

    def _grounds(self, conduct: FloatArray) -> tuple[float, float, float]:
        return (1 - self.phi) * conduct[0], self.phi * conduct[0], conduct[1]

    def _persisting(self, party: int, act: int, n: int, e: int) -> float:
        if act == 3:
            return self._war(party, act, n, e)
        fights = self.resist(n, e)
        return fights * self._war(party, act, n, e) + (1 - fights) * self._yielding(party, n, e)

    def _yielding(self, party: int, n: int, e: int) -> float:
        s = self.state[2]
        quiet = self.next_value(party, n, e, s) - (self.f.yield_cost if party == PROTECTED else 0.0)
        if s == self.board.grid.slices - 1:
            return quiet
        prize = self.f.slice * (self.f.stake_A, -1.0, -self.f.resolve_low, -self.f.resolve_high)[party]
        success = self.f.seize_success[e]
        lost = prize + self.next_value(party, n, e, s + 1) - (self.f.yield_cost if party == PROTECTED else 0.0)
        return success * lost + (1 - success) * quiet

    def _withdrawing(self, party: int, n: int, e: int) -> float:
        return self.next_value(party, n, e, self.state[2]) - (self.f.audience_A if party == ADVERSARY else 0.0)

    def _war(self, party: int, act: int, n: int, e: int) -> float:
        """Sections 3 and 5: war, before it is known whether guarantors defend."""
        m = int(self.c.governs[act - 2, n])
        chi = [self.defended(t, m, e) for t in range(2)]
        post = self._post(n, e)
        chance = chi[party - LOW] if party >= LOW else (1 - post) * chi[0] + post * chi[1]
        return (1 - chance) * self._lottery(party, e, 0) + chance * self._lottery(party, e, 1)

    def _lottery(self, party: int, e: int, d: int) -> float:
        f = self.f
        at_stake = self._win(e, d, self.state[1]) * (1 - f.slice * self.state[2])
        if party == ADVERSARY:
            return float(f.stake_A * at_stake - f.war_cost_A - f.defend_cost_A * d)
        if party == PROTECTED:
            return float(-at_stake - f.war_cost_P)
        return float(-(f.resolve_low, f.resolve_high)[party - LOW] * at_stake - (f.war_cost_G + f.tier_cost[3]) * d)

    def _win(self, e: int, d: int, k: int) -> float:
        f, c = self.f, self.c
        ours = c.deployed_force * (1 if e == 2 else f.presence) + c.timeliness[e] * f.tier_force[e] - f.counter_force[e]
        if d == 1:
            tau = (1 + c.timeliness[3]) / 2 if e == 2 else c.timeliness[3]
            ours = max(ours, c.deployed_force + tau * f.tier_force[3] - f.counter_force[3])
        return float(1 / (1 + math.exp(-f.decisiveness * (self.board.grid.balance[k] - ours))))

    def _harm(self, party: int) -> float:
        f = self.f
        spilt = f.spill * f.coerce_harm
        return (f.coerce_gain, -f.coerce_harm, -f.resolve_low * spilt, -f.resolve_high * spilt)[party]

    def _moves(self, e: int) -> list[float]:
        f, c, nodes = self.f, self.c, self.board.grid.balance.tolist()
        trend = f.drift_A - c.self_defence * f.drift_P + c.demilitarised * f.drift_demil - c.aid * f.standing_aid
        mean = min(max(nodes[self.state[1]] + trend - f.tier_aid[e], nodes[0]), nodes[-1])
        if len(nodes) >= COARSE:
            return _shared(mean, sigma=f.sigma_balance, nodes=nodes)
        edges = [_normal((low + high) / 2 - mean, f.sigma_balance) for low, high in itertools.pairwise(nodes)]
        return [above - below for below, above in itertools.pairwise([0.0, *edges, 1.0])]

    def _post(self, n: int, e: int) -> float:
        if n == 0:
            return self.belief
        rho = self.f.reading_noise + (1 - self.f.reading_noise) * self.c.opacity
        low, high = ((1 - rho) * self.conjecture.response[t, n, e][self.state] + rho / 3 for t in range(2))
        lesson = math.log(high / low) if low > 0 and high > 0 else 0.0
        return 1 / (1 + math.exp(-(self.board.grid.log_odds[self.state[0]] + lesson)))

    def _next_log_odds(self, n: int, e: int) -> float:
        after = (1 - self.f.turnover) * self._post(n, e) + self.f.turnover * self.f.prior
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
