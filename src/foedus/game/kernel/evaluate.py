"""A sweep under fixed policies: what they are worth some periods further on."""

from typing import Any

from foedus.game.kernel.ahead import between, index_of, look_ahead
from foedus.game.kernel.jit import inlined, spliced
from foedus.game.kernel.lanes import entry, like, load, store
from foedus.game.kernel.pack import Clauses, Game
from foedus.game.kernel.room import PROVOKE, RESPONSE, THREAT, VALUE, Room, look
from foedus.values.arrays import FloatArray


@spliced
def evaluate(f: Any, a: Clauses, game: Game, room: Room, z: FloatArray, new: FloatArray, s: int, rounds: int) -> int:
    """Replace the values of ``new`` in slice ``s`` by what its policies are worth ``rounds`` periods further on.

    Under fixed policies V = rest + sum over (n, e) of keep[n, e] * (next value at the belief that follows); the same
    sum is taken again and again (modified policy iteration, Puterman and Shin 1978). ``room`` is that of the sweep.
    """
    v = look(a, game, room, z, new)
    chunks = v.shape[3]
    cells = v.shape[1] * chunks
    for cell in range(s * cells, (s + 1) * cells):
        odds = load(v.odds, (cell % chunks,))
        _weigh(v, s, cell, cell - s * cells, odds)
        for p in range(4):
            rest = load(v.new, (cell, VALUE + p)) - _go_on(v, cell, cell - s * cells, p)
            store(v.rest, (cell - s * cells, p), rest)
    for _ in range(rounds):
        look_ahead(f, v, v.new, s, s + 1)
        for spot in range(cells):
            for p in range(4):
                store(
                    v.new, (s * cells + spot, VALUE + p), load(v.rest, (spot, p)) + _go_on(v, s * cells + spot, spot, p)
                )
    return 0


@spliced
def _weigh(v: Any, s: Any, cell: Any, spot: Any, odds: Any) -> Any:
    """Fill ``keep``: the chances that neither war nor a capture follows, by determination and executed tier."""
    belief = odds / (1.0 + odds)
    provoke = load(v.new, (cell, PROVOKE))
    restrain = 1.0 - provoke
    for n in range(5):
        calm = like(odds, 0.0)
        for threat in range(2):
            calm = calm + restrain * load(v.new, (cell, THREAT + threat)) * entry(v.confusion, (0, threat, n))
            calm = calm + provoke * load(v.new, (cell, THREAT + 4 + threat)) * entry(v.confusion, (1, threat, n))
        seize = restrain * load(v.new, (cell, THREAT + 2)) * entry(v.confusion, (0, 2, n)) + provoke * load(
            v.new, (cell, THREAT + 6)
        ) * entry(v.confusion, (1, 2, n))
        invade = restrain * load(v.new, (cell, THREAT + 3)) * entry(v.confusion, (0, 3, n)) + provoke * load(
            v.new, (cell, THREAT + 7)
        ) * entry(v.confusion, (1, 3, n))
        if n == 0:
            goes_on = calm + seize * (1.0 - entry(v.success, (s, 0)))
            for sight in range(3):
                store(v.keep, (spot, sight, 16), goes_on)
        else:
            none_0, none_1 = like(odds, 1.0), like(odds, 1.0)
            for tier in range(4):
                e = 3 - tier
                if e > 0 and entry(v.open, (e,)) == 0.0:
                    continue
                seize_stays, invade_stays = like(odds, 1.0), like(odds, 1.0)
                if e == 2:
                    seize_stays = load(v.persist, (cell, n - 1, 0))
                    invade_stays = load(v.persist, (cell, n - 1, 1))
                if e == 3:
                    seize_stays = load(v.persist, (cell, n - 1, 2))
                    invade_stays = seize_stays
                captured = seize_stays
                if e < 3:
                    captured = seize_stays * entry(v.success, (s, e))
                goes_on = calm + seize * (1.0 - captured) + invade * (1.0 - invade_stays)
                pi_0, pi_1 = none_0, none_1
                if e > 0:
                    at = RESPONSE + 3 * (n - 1) + e - 1
                    pi_0, pi_1 = load(v.new, (cell, at)), load(v.new, (cell, at + 12))
                    none_0, none_1 = none_0 - pi_0, none_1 - pi_1
                at = 4 * (n - 1) + e
                store(v.keep, (spot, 0, at), goes_on * (pi_0 + belief * (pi_1 - pi_0)))
                store(v.keep, (spot, 1, at), goes_on * pi_0)
                store(v.keep, (spot, 2, at), goes_on * pi_1)
    return 0


@inlined
def _go_on(v: Any, cell: Any, spot: Any, p: Any) -> Any:
    """Return what party p expects from going on at the same slice."""
    sight = max(p - 1, 0)
    total = load(v.keep, (spot, sight, 16)) * between(
        v, cell, 0, p, index_of(v, load(v.place, (cell, 16, 0))), load(v.place, (cell, 16, 1))
    )
    for e in range(4):
        if e > 0 and entry(v.open, (e,)) == 0.0:
            continue
        for n in range(1, 5):
            at = 4 * (n - 1) + e
            below, share = load(v.place, (cell, at, 0)), load(v.place, (cell, at, 1))
            total = total + load(v.keep, (spot, sight, at)) * between(v, cell, e, p, index_of(v, below), share)
    return total
