"""Moves along the principal branch of consultation, sixteen proposals side by side (section 6 of docs/theory.md).

`table` says which moves make a step. A place in which a move fails is put out: the moves that follow leave it alone,
all but `go_slowly`, which is for such places.
"""

import numpy as np

from foedus.game.kernel.consultation.ballots import (
    LAST,
    MISS,
    MODE,
    OPEN,
    ORIGIN,
    OUT,
    PAST,
    PAST_2,
    POINT,
    PULL,
    SCALE,
    SPOT,
    START,
    WINDOW,
    WORST,
    Ballots,
)
from foedus.game.kernel.consultation.joining import compare, lay_out, mix, sweep
from foedus.game.kernel.machine.functions import logistic
from foedus.game.kernel.machine.jit import called
from foedus.game.kernel.machine.vectors import absolute, higher_of, largest, load, lower_of, pick, spread, store

STEPS = 12
"""Short steps of the homotopy in 1 / lam_G, all equal."""
NEAR, SETTLED = 1e-3, 1e-9
"""Largest miss after a step before the last, and after the last."""
SWEEPS, BRISK, PACE = 60, 8, 0.6
"""Sweeps to come near; how many of them at pace 1; the pace of the others."""
TRIES, GROWTH, ASIDE = 20, 10.0, 0.05
"""Sweeps that Anderson's method gets; growth of the miss, and distance from where it began, at which it has failed."""
NUDGE, RISK, LOOKS = 1e-5, 0.3, 6
"""Length of the move that shows the slope; the slope at which to look a third time; looks at most."""
EXACT, PATIENCE = 1e-5, 20000
"""Largest miss after plain rounds, but for the last step; rounds after which a proposal is left as it is."""
SWINGS, LEAST = 6, 0.002
"""Turns to and fro before plain rounds are damped twice as hard, and the hardest damping."""
LOOK, NEARER, AHEAD = 50, 0.9, 0.9
"""Rounds in which the least miss has to fall by so much, or they are damped twice as hard too: what goes round in fours
never turns. Squared cosine between two misses from which a way leads ahead, be it slowly."""
STRAIGHT, LEAP, PAUSE = 0.999, 0.02, 2
"""Squared cosine between two misses from which plain rounds leap, how far at most, rounds between two leaps."""


@called
def answer_at_once(b: Ballots, top: int) -> int:
    """Compute T, J, brackets and misses at p, which stays as it is."""
    lay_out(b, top)
    sweep(b, top, False, 0.0)
    return 0


@called
def keep_brackets(b: Ballots) -> int:
    """Keep the brackets of the last step for extrapolation."""
    plane = b.plane
    for i in range(b.kinds):
        store(plane, (PAST_2, i), load(plane, (PAST, i)))
        store(plane, (PAST, i), load(plane, (PULL, i)))
    return 0


@called
def advance(b: Ballots, scale: float, past: int) -> int:
    """Go to the next step, from the bracket extrapolated from the last ``past`` ones, or from where p is."""
    plane = b.plane
    store(b.each, (SCALE,), spread(scale))
    for i in range(b.kinds):
        point, pull = load(plane, (POINT, i)), load(plane, (PAST, i))
        store(plane, (ORIGIN, i), point)
        if past > 0 and i != b.leader:
            if past > 1:
                pull = 2.0 * pull - load(plane, (PAST_2, i))
            point = logistic(pull * scale)
        store(plane, (POINT, i), point)
        store(plane, (START, i), point)
    return 0


@called
def come_near(b: Ballots, top: int) -> int:
    """Sweep up and down until the miss is below NEAR in all places that are not out; those where it stays are then."""
    each, nothing = b.each, spread(0.0)
    store(each, (OPEN,), spread(1.0) - load(each, (OUT,)))
    lay_out(b, top)
    for swept in range(SWEEPS):
        sweep(b, top, swept % 2 == 1, 1.0 if swept < BRISK else PACE)
        is_open = pick(load(each, (WORST,)) < spread(NEAR), nothing, load(each, (OPEN,)))
        store(each, (OPEN,), is_open)
        if largest(is_open) == 0.0:
            return 0
    store(each, (OUT,), load(each, (OUT,)) + load(each, (OPEN,)))
    return 0


@called
def drop_far(b: Ballots, limit: float) -> int:
    """Put those places out in which some p is further than ``limit`` from START."""
    plane, far = b.plane, spread(0.0)
    for i in range(b.kinds):
        far = higher_of(far, absolute(load(plane, (POINT, i)) - load(plane, (START, i))))
    store(b.each, (OUT,), higher_of(load(b.each, (OUT,)), pick(spread(limit) < far, spread(1.0), spread(0.0))))
    return 0


@called
def finish(b: Ballots, top: int) -> int:
    """Solve the step by Anderson's method on sweeps up where no place is out; places where it fails are then."""
    each, nothing = b.each, spread(0.0)
    limit = spread(np.inf)
    for i in range(b.kinds):
        store(b.plane, (START, i), load(b.plane, (POINT, i)))
    store(each, (OPEN,), spread(1.0) - load(each, (OUT,)))
    for tried in range(TRIES):
        lay_out(b, top)
        sweep(b, top, False, 1.0)
        worst, is_open = load(each, (WORST,)), load(each, (OPEN,))
        is_open = pick(worst < spread(SETTLED), nothing, is_open)
        lost = pick(limit < worst, is_open, nothing)
        store(each, (OUT,), load(each, (OUT,)) + lost)
        store(each, (OPEN,), is_open - lost)
        if largest(is_open - lost) == 0.0:
            break
        compare(b, (tried + WINDOW - 1) % WINDOW)
        mix(b, tried)
        limit = worst * GROWTH
    store(each, (OUT,), load(each, (OUT,)) + load(each, (OPEN,)))
    drop_far(b, ASIDE)
    return 0


@called
def drop_steep(b: Ballots, top: int, steep: float) -> int:
    """Put those places out in which the steepest slope of the best response at p is above ``steep``.

    The slope is that along a direction which is turned to the steepest (power iteration) and kept from step to step.
    """
    plane, each = b.plane, b.each
    one, nothing = spread(1.0), spread(0.0)
    answer_at_once(b, top)
    for i in range(b.kinds):
        store(plane, (SPOT, i), load(plane, (POINT, i)))
        store(plane, (LAST, i), load(plane, (MISS, i)))
    looking, slope = one - load(each, (OUT,)), nothing
    for looked in range(LOOKS):
        size = spread(1e-300)
        for i in range(b.kinds):
            size = higher_of(size, absolute(load(plane, (MODE, i))))
        for i in range(b.kinds):
            mode = load(plane, (MODE, i)) / size
            store(plane, (MODE, i), mode)
            store(plane, (POINT, i), load(plane, (SPOT, i)) + mode * NUDGE)
        answer_at_once(b, top)
        length, along = spread(1e-300), nothing
        for i in range(b.kinds):
            mode = load(plane, (MODE, i))
            rise = mode + (load(plane, (MISS, i)) - load(plane, (LAST, i))) * (1.0 / NUDGE)
            length, along = length + mode * mode, along + mode * rise
            store(plane, (MODE, i), pick(nothing < looking, 2.0 * mode + rise, mode))
        seen = pick(nothing < looking, along / length, slope)
        if looked > 0:
            looking = pick(seen < spread(RISK), nothing, looking)
        if looked > 1:
            looking = pick(seen - slope < spread(0.01), nothing, looking)
        slope = seen
        if largest(looking) == 0.0:
            break
    for i in range(b.kinds):
        store(plane, (POINT, i), load(plane, (SPOT, i)))
    store(each, (OUT,), higher_of(load(each, (OUT,)), pick(spread(steep) < slope, one, nothing)))
    return 0


@called
def go_slowly(b: Ballots, top: int, lam: float, step: int, tolerance: float) -> bool:
    """Take the step again in plain rounds in the places that are out, from its exact start; tell if there are any."""
    plane, each, nothing = b.plane, b.each, spread(0.0)
    if largest(load(each, (OUT,))) == 0.0:
        return False
    for i in range(b.kinds):
        start = pick(nothing < load(each, (OUT,)), load(plane, (ORIGIN, i)), load(plane, (POINT, i)))
        store(plane, (POINT, i), start)
    store(each, (SCALE,), spread((step - 1) / (STEPS * lam)))
    _walk(b, top, EXACT)
    for i in range(b.kinds):
        start = pick(nothing < load(each, (OUT,)), load(plane, (POINT, i)), load(plane, (ORIGIN, i)))
        store(plane, (ORIGIN, i), start)
    store(each, (SCALE,), spread(step / (STEPS * lam)))
    _walk(b, top, tolerance)
    store(each, (OUT,), nothing)
    return True


@called
def _walk(b: Ballots, top: int, tolerance: float) -> int:
    """Take plain rounds in the places that are out, leaping where the way is straight."""
    plane, each = b.plane, b.each
    one, nothing, least = spread(1.0), spread(0.0), spread(1e-300)
    is_open, damp = load(each, (OUT,)), spread(0.5)
    square, swung, rest = nothing, nothing, nothing
    nearest, last_look = spread(np.inf), spread(np.inf)
    for taken in range(1, PATIENCE + 1):
        answer_at_once(b, top)
        worst = load(each, (WORST,))
        is_open = pick(worst < spread(tolerance), nothing, is_open)
        if largest(is_open) == 0.0:
            break
        length, along = nothing, nothing
        for i in range(b.kinds):
            miss = load(plane, (MISS, i))
            length, along = length + miss * miss, along + miss * load(plane, (LAST, i))
            store(plane, (LAST, i), miss)
        cosine = pick(nothing < square, along * absolute(along) / higher_of(square * length, least), nothing)
        swung = swung + pick(cosine < spread(-0.5), pick(0.9 * square < length, one, nothing), nothing)
        has_swung = spread(SWINGS - 0.5) < swung
        damp = pick(has_swung, higher_of(damp * 0.5, spread(LEAST)), damp)
        swung = pick(has_swung, nothing, swung)
        nearest = lower_of(nearest, worst)
        if taken % LOOK == 0:
            goes_round = pick(last_look * NEARER < nearest, pick(cosine < spread(AHEAD), one, nothing), nothing)
            damp = pick(nothing < goes_round, higher_of(damp * 0.5, spread(LEAST)), damp)
            last_look = nearest
        # on a straight way, misses shrinking at a steady rate, the end is 1 / (1 - rate) such moves ahead
        ahead = 1.0 / higher_of(1.0 - along / higher_of(square, least), spread(1e-3))
        leap = higher_of(lower_of(ahead, LEAP / (damp * worst)), one)
        is_straight = pick(spread(STRAIGHT) < cosine, pick(spread(PAUSE - 0.5) < rest, one, nothing), nothing)
        pace = is_open * damp * pick(nothing < is_straight, leap, one)
        rest = pick(nothing < is_straight, nothing, rest + 1.0)
        square = length
        for i in range(b.kinds):
            point = load(plane, (POINT, i)) + pace * load(plane, (MISS, i))
            store(plane, (POINT, i), lower_of(higher_of(point, nothing), one))
    return 0
