"""One full sweep of time iteration, sixteen beliefs at once (sections 4 to 8 of docs/theory.md).

The unknown z[column, entry, chunk, lane] holds, for each column (s, k) and each belief, last sweep's values
(entries VALUE + p), the conjectures P(g = 1) (PROVOKE), P(l | g) (THREAT + 4 g + l) and
pi_th(e | n), e >= 1 (RESPONSE + 12 th + 3 (n - 1) + e - 1). `sweep` maps z to `new`, undamped.

Blocks, in the order of the code
    _look_ahead  section 5: next period's expected value for each executed tier, before the belief moves
    _place       section 5: the belief after (n, e), as a place between two points of the grid
    _answer      sections 4, 6, 7: persist or withdraw, W, X, T, the proposal, pi; what follows for each party
    _quiet       section 4: the same on no_breach, where nothing is decided
    _choose      sections 2 and 8: the adversary's and the protected state's choices, new values

Section 4 is used in this form: whatever happens, party p gets y_p + D_p, where y_p is its next value at the same
s, D = 0 for hold, a constant for coerce, and D2 (seize), D3 (invade) include the choice to persist.
"""

from typing import Any, NamedTuple

import numpy as np

from foedus.game.kernel.jit import compiled, inlined, spliced
from foedus.game.kernel.lanes import (
    LANES,
    absolute,
    entry,
    exp,
    floor,
    gather,
    higher_of,
    largest,
    load,
    log,
    logistic,
    look_up,
    lower_of,
    next_lane,
    pick,
    rows,
    spread,
    store,
    whole,
)
from foedus.game.kernel.pack import Clauses, Game
from foedus.values.arrays import FloatArray

VALUE, PROVOKE, THREAT, RESPONSE, ENTRIES = 0, 4, 5, 13, 37
TINY = 1e-30


class Room(NamedTuple):
    """Working memory of a sweep, and what the forward pass reads from the last one. c chunk of lanes, b lane."""

    ahead: FloatArray
    """(e, p, s, k, c, b) expected discounted next value before the belief moves."""
    slope: FloatArray
    """The same, difference to the next belief."""
    table: FloatArray
    """(n, r, x) chance T that a proposal is executed."""
    rise: FloatArray
    """The same, difference to the next point of X."""
    place: FloatArray
    """(column, c, 4 (n - 1) + e or 16 on no breach, 2, b) index and share of the belief that follows."""
    persist: FloatArray
    """(column, c, n - 1, 3, b) chance to persist: seize, invade against deploy; either against defend."""
    gain: FloatArray
    """(column, c, th, n - 1, r - 1, b) X."""
    propose: FloatArray
    """(column, c, th, n - 1, r - 1, b) chance that the framework nation proposes r."""
    value: FloatArray
    """(e, p, 3, b) y, D2, D3 of the determination at hand."""
    worth: FloatArray
    """(th, e, 2, b) the framework nation's worth of proposing e, and T."""
    result: FloatArray
    """(n, p, 3, b) expected y, y + D2, y + D3 after each determination."""
    reach: FloatArray
    """(2, b) least and largest X of the last sweep."""
    joined: FloatArray
    """(n, r, x, i) chance that i joins and the tier is executed."""


class Sight(NamedTuple):
    """All that a sweep reads and writes, as rows that nobody owns (see `rows`), and the scalars it needs."""

    shape: tuple[int, int, int, int]
    rho: float
    lam_A: float
    lam_P: float
    lam_G: float
    points: int
    first_x: float
    last_x: float
    is_even: bool
    interest: float
    cost_weight: float
    x_grid: Any
    duty: Any
    confusion: Any
    open: Any
    odds: Any
    move: Any
    war: Any
    success: Any
    coerced: Any
    taken: Any
    delta: Any
    act: Any
    ahead: Any
    slope: Any
    table: Any
    rise: Any
    place: Any
    persist: Any
    gain: Any
    propose: Any
    value: Any
    worth: Any
    result: Any
    reach: Any
    z: Any
    new: Any


@spliced
def _look(a: Clauses, game: Game, room: Room, z: Any, new: Any) -> Any:
    leader, points = a.proposer, len(a.x_grid)
    return Sight(
        game.shape, game.rho, game.lam_A, game.lam_P, game.lam_G,
        points, a.x_grid[0], a.x_grid[points - 1], a.is_even, a.interest[leader], a.cost_weight[leader],
        rows(a.x_grid), rows(a.oblige[leader]), rows(a.confusion), rows(game.open),
        rows(game.odds), rows(game.move), rows(game.war), rows(game.success), rows(game.coerced), rows(game.taken),
        rows(game.delta), rows(game.act),
        rows(room.ahead), rows(room.slope), rows(room.table), rows(room.rise), rows(room.place), rows(room.persist),
        rows(room.gain), rows(room.propose), rows(room.value), rows(room.worth), rows(room.result), rows(room.reach),
        rows(z), rows(new),
    )  # fmt: skip


@compiled
def make_room(shape: tuple[int, int, int, int], points: int, guarantors: int) -> Room:
    """Allocate the working memory for a grid, a number of points of X and a number of guarantors."""
    _, balances, slices, chunks = shape
    columns = balances * slices
    return Room(
        ahead=np.zeros((4, 4, slices, balances, chunks, LANES)),
        slope=np.zeros((4, 4, slices, balances, chunks, LANES)),
        table=np.zeros((5, 4, points)),
        rise=np.zeros((5, 4, points)),
        place=np.zeros((columns, chunks, 17, 2, LANES)),
        persist=np.zeros((columns, chunks, 4, 3, LANES)),
        gain=np.zeros((columns, chunks, 2, 4, 3, LANES)),
        propose=np.zeros((columns, chunks, 2, 4, 3, LANES)),
        value=np.zeros((4, 4, 3, LANES)),
        worth=np.zeros((2, 4, 2, LANES)),
        result=np.zeros((5, 4, 3, LANES)),
        reach=np.zeros((2, LANES)),
        joined=np.zeros((5, 4, points, guarantors)),
    )


def start(z: FloatArray) -> None:
    """Set zero values and uniform policies."""
    z[:, VALUE:PROVOKE] = 0.0
    z[:, PROVOKE] = 0.5
    z[:, THREAT:ENTRIES] = 0.25


@spliced
def sweep(f: Any, a: Clauses, game: Game, room: Room, z: FloatArray, new: FloatArray) -> float:
    """Map values and conjectures ``z`` to ``new``, undamped; return the largest change of any value or policy."""
    _, balances, slices, chunks = game.shape
    v = _look(a, game, room, z, new)
    _look_ahead(f, v)
    worst = spread(0.0)
    store(v.reach, (0,), spread(1e300))
    store(v.reach, (1,), spread(-1e300))
    for column in range(balances * slices):
        for c in range(chunks):
            odds = load(v.odds, (c,))
            for n in range(1, 5):
                worst = higher_of(worst, _answer(f, v, column, c, n, odds))
            _quiet(f, v, column, c, odds)
            worst = higher_of(worst, _choose(f, v, column, c))
    return float(largest(worst))


@spliced
def _look_ahead(f: Any, v: Any) -> Any:
    """ahead[e, p] = delta_p sum_k' move[e, k, k'] V_p(k'), a guarantor's own type redrawn with the turnover."""
    _, balances, slices, chunks = v.shape
    keep, mix = 1.0 - f.turnover, f.turnover
    for s in range(slices):
        for c in range(chunks):
            for e in range(4):
                for k in range(balances):
                    total_a, total_p, total_0, total_1 = spread(0.0), spread(0.0), spread(0.0), spread(0.0)
                    for to in range(balances):
                        at, chance = s * balances + to, entry(v.move, (e, k, to))
                        total_a += load(v.z, (at, VALUE, c)) * chance
                        total_p += load(v.z, (at, VALUE + 1, c)) * chance
                        total_0 += load(v.z, (at, VALUE + 2, c)) * chance
                        total_1 += load(v.z, (at, VALUE + 3, c)) * chance
                    drawn = (total_0 * (1.0 - f.prior) + total_1 * f.prior) * mix
                    store(v.ahead, (e, 0, s, k, c), total_a * entry(v.delta, (0,)))
                    store(v.ahead, (e, 1, s, k, c), total_p * entry(v.delta, (1,)))
                    store(v.ahead, (e, 2, s, k, c), (total_0 * keep + drawn) * entry(v.delta, (2,)))
                    store(v.ahead, (e, 3, s, k, c), (total_1 * keep + drawn) * entry(v.delta, (3,)))
    for e in range(4):
        for p in range(4):
            for column in range(slices * balances):
                s, k = column // balances, column % balances
                for c in range(chunks):
                    here = load(v.ahead, (e, p, s, k, c))
                    after = load(v.ahead, (e, p, s, k, min(c + 1, chunks - 1)))
                    store(v.slope, (e, p, s, k, c), next_lane(here, after) - here)
    return 0


@inlined
def _place(f: Any, v: Any, odds: Any, q_0: Any, q_1: Any) -> Any:
    """Return the log-odds place, on the grid's scale, of the belief after q_1 / q_0 and the turnover (section 5)."""
    ratio_1 = odds * q_1
    both = (ratio_1 + q_0) * f.turnover
    high = ratio_1 * (1.0 - f.turnover) + both * f.prior
    low = q_0 * (1.0 - f.turnover) + both * (1.0 - f.prior)
    last = float(v.shape[0] - 1)
    place = log(higher_of(high, spread(TINY)) / higher_of(low, spread(TINY)))
    return lower_of(higher_of((place + 4.0) * (last / 8.0), spread(0.0)), spread(last))


@inlined
def _between(v: Any, e: Any, p: Any, s: Any, k: Any, below: Any, share: Any) -> Any:
    """Interpolate ahead[e, p] at a place between two beliefs."""
    if v.shape[3] == 1:
        return look_up(v.ahead, (e, p, s, k, 0), below) + share * look_up(v.slope, (e, p, s, k, 0), below)
    return gather(v.ahead, (e, p, s, k, 0), below) + share * gather(v.slope, (e, p, s, k, 0), below)


@inlined
def _executed(v: Any, n: Any, r: Any, gain: Any) -> Any:
    """Interpolate T[n, r] at X = ``gain``, clamped to the grid of X."""
    points, first, last = v.points, v.first_x, v.last_x
    inside = lower_of(higher_of(gain, spread(first)), spread(last))
    if v.is_even:
        place = (inside - first) * ((points - 1) / (last - first))
        below = lower_of(floor(place), spread(points - 2.0))
        share = place - below
    else:
        below = spread(0.0)
        for x in range(1, points - 1):
            below = below + step_up(inside, entry(v.x_grid, (x,)))
        at = whole(below)
        left, right = gather(v.x_grid, (0,), at), gather(v.x_grid, (1,), at)
        share = (inside - left) / (right - left)
    index = whole(below)
    return gather(v.table, (n, r), index) + share * gather(v.rise, (n, r), index)


@inlined
def step_up(value: Any, at: float) -> Any:
    """Return 1 where the value is at least ``at``, else 0."""
    return pick(value < at, spread(0.0), spread(1.0))


@spliced
def _answer(f: Any, v: Any, column: Any, c: Any, n: Any, odds: Any) -> Any:
    """Work out determination n in one column: choices to persist, X, the response, what each party expects."""
    balances, slices = v.shape[1], v.shape[2]
    s, k = column // balances, column % balances
    lost = min(s + 1, slices - 1)
    nothing = spread(0.0)
    # mu(l | n) from the conjectures (section 7)
    provoke = load(v.z, (column, PROVOKE, c))
    restrain = 1.0 - provoke
    mu_0 = restrain * load(v.z, (column, THREAT, c)) * entry(v.confusion, (0, 0, n)) + provoke * load(
        v.z, (column, THREAT + 4, c)
    ) * entry(v.confusion, (1, 0, n))
    mu_1 = restrain * load(v.z, (column, THREAT + 1, c)) * entry(v.confusion, (0, 1, n)) + provoke * load(
        v.z, (column, THREAT + 5, c)
    ) * entry(v.confusion, (1, 1, n))
    mu_2 = restrain * load(v.z, (column, THREAT + 2, c)) * entry(v.confusion, (0, 2, n)) + provoke * load(
        v.z, (column, THREAT + 6, c)
    ) * entry(v.confusion, (1, 2, n))
    mu_3 = restrain * load(v.z, (column, THREAT + 3, c)) * entry(v.confusion, (0, 3, n)) + provoke * load(
        v.z, (column, THREAT + 7, c)
    ) * entry(v.confusion, (1, 3, n))
    total = mu_0 + mu_1 + mu_2 + mu_3
    possible = spread(0.0) < total
    scale = pick(possible, 1.0 / higher_of(total, spread(TINY)), nothing)
    mu_1, mu_2, mu_3 = mu_1 * scale, mu_2 * scale, mu_3 * scale
    worst = spread(0.0)
    for e in range(4):
        # the belief after (n, e), read as conjectured, and next values there (section 5)
        at = RESPONSE + 3 * (n - 1) + e - 1
        if e == 0:
            first = at + 1
            pi_0 = (
                1.0
                - load(v.z, (column, first, c))
                - load(v.z, (column, first + 1, c))
                - load(v.z, (column, first + 2, c))
            )
            first += 12
            pi_1 = (
                1.0
                - load(v.z, (column, first, c))
                - load(v.z, (column, first + 1, c))
                - load(v.z, (column, first + 2, c))
            )
        else:
            pi_0, pi_1 = load(v.z, (column, at, c)), load(v.z, (column, at + 12, c))
        q_0 = higher_of(pi_0 * (1.0 - v.rho) + 0.25 * v.rho, spread(TINY))
        q_1 = higher_of(pi_1 * (1.0 - v.rho) + 0.25 * v.rho, spread(TINY))
        place = _place(f, v, odds, q_0, q_1)
        below = lower_of(floor(place), spread(v.shape[0] - 2.0))
        share = place - below
        store(v.place, (column, c, 4 * (n - 1) + e, 0), below)
        store(v.place, (column, c, 4 * (n - 1) + e, 1), share)
        index = whole(below)
        # section 4 in the form y + D; the adversary sees e and persists or withdraws
        seize_stays, invade_stays = spread(1.0), spread(1.0)
        for p in range(4):
            y = _between(v, e, p, s, k, index, share)
            fight = entry(v.war, (s, k, p, e)) - y
            if e < 3:
                seize = nothing
                if s + 1 < slices:
                    seize = (_between(v, e, p, lost, k, index, share) - y + entry(v.taken, (p,))) * entry(
                        v.success, (s, e)
                    )
            else:
                seize = fight
            retreat = spread(-f.audience_A if p == 0 else 0.0)
            if p == 0 and e >= 2:
                invade_stays = logistic((fight - retreat) * (1.0 / v.lam_A))
                seize_stays = invade_stays
                if e == 2:
                    seize_stays = logistic((seize - retreat) * (1.0 / v.lam_A))
                    store(v.persist, (column, c, n - 1, 0), seize_stays)
                    store(v.persist, (column, c, n - 1, 1), invade_stays)
                else:
                    store(v.persist, (column, c, n - 1, 2), invade_stays)
            if e >= 2:
                seize = seize_stays * (seize - retreat) + retreat
                fight = invade_stays * (fight - retreat) + retreat
            store(v.value, (e, p, 0), y)
            store(v.value, (e, p, 1), seize)
            store(v.value, (e, p, 2), fight)
    # X, T and the proposal of each type (section 6), and the response pi
    for th in range(2):
        base, peak = nothing, nothing
        for e in range(4):
            expected = (
                load(v.value, (e, 2 + th, 0))
                + mu_2 * load(v.value, (e, 2 + th, 1))
                + mu_3 * load(v.value, (e, 2 + th, 2))
            )
            duty = entry(v.duty, (n, e + 1)) if e < 3 else 0.0
            worth = spread(-f.renege * duty)
            if e == 0:
                base = expected
                peak = worth
            elif entry(v.open, (e,)) > 0.0:
                gain = pick(possible, expected - base, nothing)
                store(v.reach, (0,), lower_of(load(v.reach, (0,)), gain))
                store(v.reach, (1,), higher_of(load(v.reach, (1,)), gain))
                done = _executed(v, n, e, gain)
                cost = v.cost_weight * f.tier_cost[e]
                worth = done * (gain * v.interest - cost) + worth
                peak = higher_of(peak, worth)
                store(v.gain, (column, c, th, n - 1, e - 1), gain)
                store(v.worth, (th, e, 1), done)
            store(v.worth, (th, e, 0), worth)
        total = nothing
        for e in range(4):
            if e == 0 or entry(v.open, (e,)) > 0.0:
                weight = exp((load(v.worth, (th, e, 0)) - peak) * (1.0 / v.lam_G))
                total = total + weight
                store(v.worth, (th, e, 0), weight)
        share = 1.0 / total
        change, none = nothing, spread(1.0)
        for e in range(1, 4):
            at = RESPONSE + 12 * th + 3 * (n - 1) + e - 1
            pi = nothing
            if entry(v.open, (e,)) > 0.0:
                proposed = load(v.worth, (th, e, 0)) * share
                store(v.propose, (column, c, th, n - 1, e - 1), proposed)
                pi = proposed * load(v.worth, (th, e, 1))
            moved = pi - load(v.z, (column, at, c))
            change = change + moved
            worst = higher_of(worst, absolute(moved))
            none = none - pi
            store(v.new, (column, at, c), pi)
            store(v.worth, (th, e, 0), pi)
        worst = higher_of(worst, absolute(change))
        store(v.worth, (th, 0, 0), none)
    # what each party expects after n, by what the adversary did
    belief = odds / (1.0 + odds)
    for p in range(4):
        hold, seize, invade = nothing, nothing, nothing
        for e in range(4):
            pi_0, pi_1 = load(v.worth, (0, e, 0)), load(v.worth, (1, e, 0))
            own = pi_0 if p == 2 else pi_1
            chance = pi_0 + belief * (pi_1 - pi_0) if p < 2 else own
            paid = 0.0
            if p == 0:
                paid = f.penalty[e]
            elif p >= 2 and e > 0:
                paid = f.tier_cost[e]
            hold = hold + chance * (load(v.value, (e, p, 0)) - paid)
            seize = seize + chance * load(v.value, (e, p, 1))
            invade = invade + chance * load(v.value, (e, p, 2))
        store(v.result, (n, p, 0), hold)
        store(v.result, (n, p, 1), hold + seize)
        store(v.result, (n, p, 2), hold + invade)
    return worst


@spliced
def _quiet(f: Any, v: Any, column: Any, c: Any, odds: Any) -> Any:
    """On no_breach the belief moves with the turnover alone, nothing is executed, the adversary persists."""
    balances, slices = v.shape[1], v.shape[2]
    s, k = column // balances, column % balances
    place = _place(f, v, odds, spread(1.0), spread(1.0))
    below = lower_of(floor(place), spread(v.shape[0] - 2.0))
    share = place - below
    store(v.place, (column, c, 16, 0), below)
    store(v.place, (column, c, 16, 1), share)
    index = whole(below)
    for p in range(4):
        y = _between(v, 0, p, s, k, index, share)
        seize = spread(0.0)
        if s + 1 < slices:
            seize = (_between(v, 0, p, s + 1, k, index, share) - y + entry(v.taken, (p,))) * entry(v.success, (s, 0))
        paid = f.penalty[0] if p == 0 else 0.0
        store(v.result, (0, p, 0), y - paid)
        store(v.result, (0, p, 1), y + seize - paid)
        store(v.result, (0, p, 2), spread(entry(v.war, (s, k, p, 0)) - paid))
    return 0


@inlined
def _mean(v: Any, g: Any, threat: Any, p: Any) -> Any:
    """Return what party p expects over determinations after g and the threat, coercion's own payoff left out."""
    kind = max(threat - 1, 0)
    total = spread(0.0)
    for n in range(5):
        total = total + load(v.result, (n, p, kind)) * entry(v.confusion, (g, threat, n))
    return total


@spliced
def _choose(f: Any, v: Any, column: Any, c: Any) -> Any:
    """Compute the adversary's and the protected state's logit choices and the new values."""
    worst = spread(0.0)
    for g in range(2):
        value_a = spread(0.0)
        value_p, value_0, value_1 = value_a, value_a, value_a
        peak, total = spread(-1e300), spread(0.0)
        for threat in range(4):
            coerced = entry(v.coerced, (0,)) if threat == 1 else 0.0
            worth = _mean(v, g, threat, 0) + (entry(v.act, (g, threat)) + coerced)
            peak = higher_of(peak, worth)
            store(v.worth, (0, threat, 0), worth)
        for threat in range(4):
            weight = exp((load(v.worth, (0, threat, 0)) - peak) * (1.0 / v.lam_A))
            total = total + weight
            store(v.worth, (0, threat, 1), weight)
        scale = 1.0 / total
        for threat in range(4):
            once = 1.0 if threat == 1 else 0.0
            chance = load(v.worth, (0, threat, 1)) * scale
            value_a = value_a + chance * load(v.worth, (0, threat, 0))
            value_p = value_p + chance * (_mean(v, g, threat, 1) + once * entry(v.coerced, (1,)))
            value_0 = value_0 + chance * (_mean(v, g, threat, 2) + once * entry(v.coerced, (2,)))
            value_1 = value_1 + chance * (_mean(v, g, threat, 3) + once * entry(v.coerced, (3,)))
            at = THREAT + 4 * g + threat
            worst = higher_of(worst, absolute(chance - load(v.z, (column, at, c))))
            store(v.new, (column, at, c), chance)
        store(v.value, (g, 0, 0), value_a)
        store(v.value, (g, 1, 0), value_p + g * f.provoke_gain)
        store(v.value, (g, 2, 0), value_0)
        store(v.value, (g, 3, 0), value_1)
    provoke = logistic((load(v.value, (1, 1, 0)) - load(v.value, (0, 1, 0))) * (1.0 / v.lam_P))
    worst = higher_of(worst, absolute(provoke - load(v.z, (column, PROVOKE, c))))
    store(v.new, (column, PROVOKE, c), provoke)
    for p in range(4):
        low = load(v.value, (0, p, 0))
        value = low + provoke * (load(v.value, (1, p, 0)) - low)
        worst = higher_of(worst, absolute(value - load(v.z, (column, VALUE + p, c))))
        store(v.new, (column, VALUE + p, c), value)
    return worst
