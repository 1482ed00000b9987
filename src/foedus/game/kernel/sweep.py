"""One full sweep of time iteration, sixteen beliefs at once (sections 4 to 8 of docs/theory.md).

`sweep` maps the unknown z of `room` to `new`. Blocks, in the order of the code

    look_ahead   section 5: next period's expected value for each executed tier, before the belief moves (`ahead`)
    _answer      sections 4, 6, 7: persist or withdraw, W, X, T, the proposal, pi; what follows for each party
    _place       section 5: the belief after (n, e), as a place between two points of the grid
    _executed    section 6: T at X
    _quiet       section 4: the same on no_breach, where nothing is decided
    _choose      sections 2 and 8: the adversary's and the protected state's choices, new values

Section 4 is used in this form: whatever happens, party p gets y_p + D_p, where y_p is its next value at the same
s, D = 0 for hold, a constant for coerce, and D2 (seize), D3 (invade) include the choice to persist. All is written for
either precision: vectors have that of the arrays they come from.
"""

from typing import Any

from foedus.game.kernel.ahead import between, index_of, look_ahead
from foedus.game.kernel.jit import called, inlined, spliced
from foedus.game.kernel.lanes import (
    absolute,
    entry,
    exp,
    floor,
    gather,
    higher_of,
    largest,
    like,
    load,
    log,
    logistic,
    look_up_wide,
    lower_of,
    pick,
    store,
    whole,
)
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.room import PROVOKE, RESPONSE, THREAT, TINY, VALUE, WIDE, Room, look
from foedus.values.arrays import FloatArray


@spliced
def sweep(
    f: Any, a: Clauses, game: Game, room: Room, z: FloatArray, new: FloatArray, first: int, last: int, damping: float
) -> float:
    """Map values and conjectures ``z`` to ``new``; return the largest change of any value or policy.

    With ``damping`` 1 every choice moves a share of the way to its logit response (`Room.stays`), and what is then
    played is valued; the change that is returned is that of the whole way. With 0 the sweep is full: every share is 1.
    """
    v = look(a, game, room, z, new)
    look_ahead(f, v, v.z, first, last)
    chunks = v.shape[3]
    cells = v.shape[1] * chunks
    worst = like(load(v.odds, (0,)), 0.0)
    for s in range(first, last):
        for cell in range(s * cells, (s + 1) * cells):
            odds = load(v.odds, (cell % chunks,))
            for n in range(1, 5):
                worst = higher_of(worst, _answer(f, v, s, cell, n, odds, damping))
            _quiet(f, v, s, cell, odds)
            worst = higher_of(worst, _choose(f, v, s, cell, odds, damping))
    return float(largest(worst))


@inlined
def _place(f: Any, v: Any, odds: Any, q_0: Any, q_1: Any) -> Any:
    """Return the log-odds place, on the grid's scale, of the belief after q_1 / q_0 and the turnover (section 5)."""
    ratio_1 = odds * q_1
    both = (ratio_1 + q_0) * f.turnover
    high = ratio_1 * (1.0 - f.turnover) + both * f.prior
    low = q_0 * (1.0 - f.turnover) + both * (1.0 - f.prior)
    last = float(v.shape[0] - 1)
    place = log(higher_of(high, like(odds, TINY)) / higher_of(low, like(odds, TINY)))
    return lower_of(higher_of((place + 4.0) * (last / 8.0), like(odds, 0.0)), like(odds, last))


@inlined
def _executed(v: Any, n: Any, r: Any, gain: Any) -> Any:
    """Interpolate T[n, r] at X = ``gain``, clamped to the grid of X."""
    points, first, last = v.points, v.first_x, v.last_x
    inside = lower_of(higher_of(gain, like(gain, first)), like(gain, last))
    if v.is_even:
        place = (inside - first) * ((points - 1) / (last - first))
        below = lower_of(floor(place), like(gain, points - 2.0))
        share = place - below
    else:
        below = like(gain, 0.0)
        for x in range(1, points - 1):
            below = below + step_up(inside, entry(v.x_grid, (x,)))
        at = whole(below)
        left, right = gather(v.x_grid, (0,), at), gather(v.x_grid, (1,), at)
        share = (inside - left) / (right - left)
    index = whole(below)
    if points <= WIDE:
        return look_up_wide(v.table, (n, r), index) + share * look_up_wide(v.rise, (n, r), index)
    return _long(v.table, n, r, index) + share * _long(v.rise, n, r, index)


@called
def _long(table: Any, n: int, r: int, index: Any) -> Any:
    """Read a table of any length."""
    return gather(table, (n, r), index)


@inlined
def step_up(value: Any, at: float) -> Any:
    """Return 1 where the value is at least ``at``, else 0."""
    return pick(value < at, like(value, 0.0), like(value, 1.0))


@spliced
def _answer(f: Any, v: Any, s: Any, cell: Any, n: Any, odds: Any, damping: Any) -> Any:
    """Work out determination n in one column: choices to persist, X, the response, what each party expects."""
    slices, chunks = v.shape[2], v.shape[3]
    column, further = cell // chunks, v.shape[1] * chunks
    nothing = like(odds, 0.0)
    # mu(l | n) from the conjectures (section 7)
    provoke = load(v.z, (cell, PROVOKE))
    restrain = 1.0 - provoke
    mu_0 = restrain * load(v.z, (cell, THREAT)) * entry(v.confusion, (0, 0, n)) + provoke * load(
        v.z, (cell, THREAT + 4)
    ) * entry(v.confusion, (1, 0, n))
    mu_1 = restrain * load(v.z, (cell, THREAT + 1)) * entry(v.confusion, (0, 1, n)) + provoke * load(
        v.z, (cell, THREAT + 5)
    ) * entry(v.confusion, (1, 1, n))
    mu_2 = restrain * load(v.z, (cell, THREAT + 2)) * entry(v.confusion, (0, 2, n)) + provoke * load(
        v.z, (cell, THREAT + 6)
    ) * entry(v.confusion, (1, 2, n))
    mu_3 = restrain * load(v.z, (cell, THREAT + 3)) * entry(v.confusion, (0, 3, n)) + provoke * load(
        v.z, (cell, THREAT + 7)
    ) * entry(v.confusion, (1, 3, n))
    total = mu_0 + mu_1 + mu_2 + mu_3
    possible = like(odds, 0.0) < total
    scale = pick(possible, 1.0 / higher_of(total, like(odds, TINY)), nothing)
    mu_1, mu_2, mu_3 = mu_1 * scale, mu_2 * scale, mu_3 * scale
    worst = like(odds, 0.0)
    for e in range(4):
        if e > 0 and entry(v.open, (e,)) == 0.0:
            continue
        # the belief after (n, e), read as conjectured, and next values there (section 5)
        at = RESPONSE + 3 * (n - 1) + e - 1
        if e == 0:
            first = at + 1
            pi_0 = 1.0 - load(v.z, (cell, first)) - load(v.z, (cell, first + 1)) - load(v.z, (cell, first + 2))
            first += 12
            pi_1 = 1.0 - load(v.z, (cell, first)) - load(v.z, (cell, first + 1)) - load(v.z, (cell, first + 2))
        else:
            pi_0, pi_1 = load(v.z, (cell, at)), load(v.z, (cell, at + 12))
        q_0 = higher_of(pi_0 * (1.0 - v.rho) + 0.25 * v.rho, like(odds, TINY))
        q_1 = higher_of(pi_1 * (1.0 - v.rho) + 0.25 * v.rho, like(odds, TINY))
        place = _place(f, v, odds, q_0, q_1)
        below = lower_of(floor(place), like(odds, v.shape[0] - 2.0))
        share = place - below
        store(v.place, (cell, 4 * (n - 1) + e, 0), below)
        store(v.place, (cell, 4 * (n - 1) + e, 1), share)
        index = index_of(v, below)
        # section 4 in the form y + D; the adversary sees e and persists or withdraws
        seize_stays, invade_stays = like(odds, 1.0), like(odds, 1.0)
        for p in range(4):
            y = between(v, cell, e, p, index, share)
            fight = entry(v.war, (column, p, e)) - y
            if e < 3:
                seize = nothing
                if s + 1 < slices:
                    seize = (between(v, cell + further, e, p, index, share) - y + entry(v.taken, (p,))) * entry(
                        v.success, (s, e)
                    )
            else:
                seize = fight
            retreat = like(odds, -f.audience_A if p == 0 else 0.0)
            if p == 0 and e >= 2:
                invade_stays = logistic((fight - retreat) * (1.0 / v.lam_A))
                seize_stays = invade_stays
                if e == 2:
                    seize_stays = logistic((seize - retreat) * (1.0 / v.lam_A))
                    store(v.persist, (cell, n - 1, 0), seize_stays)
                    store(v.persist, (cell, n - 1, 1), invade_stays)
                else:
                    store(v.persist, (cell, n - 1, 2), invade_stays)
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
            worth = like(odds, -f.renege * duty)
            if e == 0:
                base = expected
                peak = worth
            elif entry(v.open, (e,)) > 0.0:
                gain = pick(possible, expected - base, nothing)
                done = _executed(v, n, e, gain)
                cost = v.cost_weight * f.tier_cost[e]
                worth = done * (gain * v.interest - cost) + worth
                peak = higher_of(peak, worth)
                store(v.gain, (cell, th, n - 1, e - 1), gain)
                store(v.worth, (th, e, 1), done)
            store(v.worth, (th, e, 0), worth)
        total = nothing
        for e in range(4):
            if e == 0 or entry(v.open, (e,)) > 0.0:
                weight = exp((load(v.worth, (th, e, 0)) - peak) * (1.0 / v.lam_G))
                total = total + weight
                store(v.worth, (th, e, 0), weight)
        share = 1.0 / total
        change, none = nothing, like(odds, 1.0)
        held = damping * load(v.stays, (cell - s * further, RESPONSE + 12 * th + 3 * (n - 1)))
        for e in range(1, 4):
            at = RESPONSE + 12 * th + 3 * (n - 1) + e - 1
            pi, moved = nothing, nothing - load(v.z, (cell, at))
            if entry(v.open, (e,)) > 0.0:
                proposed = load(v.worth, (th, e, 0)) * share
                store(v.propose, (cell, th, n - 1, e - 1), proposed)
                pi = proposed * load(v.worth, (th, e, 1))
                moved = pi - load(v.z, (cell, at))
                pi = pi - moved * held
            change = change + moved
            worst = higher_of(worst, absolute(moved))
            none = none - pi
            store(v.new, (cell, at), pi)
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
def _quiet(f: Any, v: Any, s: Any, cell: Any, odds: Any) -> Any:
    """On no_breach the belief moves with the turnover alone, nothing is executed, the adversary persists."""
    slices, chunks = v.shape[2], v.shape[3]
    column, further = cell // chunks, v.shape[1] * chunks
    place = _place(f, v, odds, like(odds, 1.0), like(odds, 1.0))
    below = lower_of(floor(place), like(odds, v.shape[0] - 2.0))
    share = place - below
    store(v.place, (cell, 16, 0), below)
    store(v.place, (cell, 16, 1), share)
    index = index_of(v, below)
    for p in range(4):
        y = between(v, cell, 0, p, index, share)
        seize = like(odds, 0.0)
        if s + 1 < slices:
            seize = (between(v, cell + further, 0, p, index, share) - y + entry(v.taken, (p,))) * entry(
                v.success, (s, 0)
            )
        paid = f.penalty[0] if p == 0 else 0.0
        store(v.result, (0, p, 0), y - paid)
        store(v.result, (0, p, 1), y + seize - paid)
        store(v.result, (0, p, 2), like(odds, entry(v.war, (column, p, 0)) - paid))
    return 0


@inlined
def _mean(v: Any, g: Any, threat: Any, p: Any) -> Any:
    """Return what party p expects over determinations after g and the threat, coercion's own payoff left out."""
    kind = max(threat - 1, 0)
    total = load(v.result, (0, p, kind)) * entry(v.confusion, (g, threat, 0))
    for n in range(1, 5):
        total = total + load(v.result, (n, p, kind)) * entry(v.confusion, (g, threat, n))
    return total


@spliced
def _choose(f: Any, v: Any, s: Any, cell: Any, odds: Any, damping: Any) -> Any:
    """Compute the adversary's and the protected state's logit choices and the new values."""
    worst = like(odds, 0.0)
    for g in range(2):
        value_a = like(odds, 0.0)
        value_p, value_0, value_1 = value_a, value_a, value_a
        peak, total = like(odds, -1e30), like(odds, 0.0)
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
            at = THREAT + 4 * g + threat
            chance = load(v.worth, (0, threat, 1)) * scale
            moved = chance - load(v.z, (cell, at))
            worst = higher_of(worst, absolute(moved))
            chance = chance - moved * (damping * load(v.stays, (cell - s * (v.shape[1] * v.shape[3]), THREAT + 4 * g)))
            value_a = value_a + chance * load(v.worth, (0, threat, 0))
            value_p = value_p + chance * (_mean(v, g, threat, 1) + once * entry(v.coerced, (1,)))
            value_0 = value_0 + chance * (_mean(v, g, threat, 2) + once * entry(v.coerced, (2,)))
            value_1 = value_1 + chance * (_mean(v, g, threat, 3) + once * entry(v.coerced, (3,)))
            store(v.new, (cell, at), chance)
        store(v.value, (g, 0, 0), value_a)
        store(v.value, (g, 1, 0), value_p + g * f.provoke_gain)
        store(v.value, (g, 2, 0), value_0)
        store(v.value, (g, 3, 0), value_1)
    provoke = logistic((load(v.value, (1, 1, 0)) - load(v.value, (0, 1, 0))) * (1.0 / v.lam_P))
    moved = provoke - load(v.z, (cell, PROVOKE))
    worst = higher_of(worst, absolute(moved))
    provoke = provoke - moved * (damping * load(v.stays, (cell - s * (v.shape[1] * v.shape[3]), PROVOKE)))
    store(v.new, (cell, PROVOKE), provoke)
    for p in range(4):
        low = load(v.value, (0, p, 0))
        value = low + provoke * (load(v.value, (1, p, 0)) - low)
        worst = higher_of(worst, absolute(value - load(v.z, (cell, VALUE + p))))
        store(v.new, (cell, VALUE + p), value)
    return worst
