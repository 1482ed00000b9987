"""Ballots: sixteen proposals side by side, in memory, and as the moves of consultation see them (see `joining`)."""

from typing import Any, NamedTuple

from foedus.game.kernel.machine.jit import called, inlined
from foedus.game.kernel.machine.memory import vectors
from foedus.game.kernel.machine.rows import slabs
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.layout import by_place, numbers
from foedus.values.arrays import FloatArray, IntArray

POINT, MISS, PULL, JOINS, DUTY, SPOT, LAST = range(7)
"""Planes of `Ballots.plane`: p; best response - p; the bracket; J; duty and solidarity; a point and its miss to
compare with."""
PAST, PAST_2, ORIGIN, START, MODE = range(7, 12)
"""More planes: the bracket one and two steps ago; the last step's solution; where this step began; steep direction."""
GAIN, COST, NEED, SCALE, EXECUTED, REACHED, WORST, OPEN, OUT = range(9)
"""Rows of `Ballots.each`: X; tier_cost; weight the others must bring; h / lam_G; T; T_0; largest miss; 1 while p moves;
1 if the answer is not to be trusted."""
WINDOW = 3
"""Differences that Anderson's method uses."""


class BallotMemory(NamedTuple):
    """Memory for sixteen proposals side by side, one a place."""

    plane: FloatArray
    """(plane, kind, place)"""
    each: FloatArray
    """(row, place)"""
    law: FloatArray
    """(kind in the row, weight so far, place) chance of that weight."""
    reach: FloatArray
    """(kind in the row, weight so far, place) chance that the need is reached from there."""
    mates: FloatArray
    """(1, weight so far, place) chance of that weight, all of the kind but one included."""
    moves: FloatArray
    """(difference, kind, place) of points."""
    turns: FloatArray
    """The same of misses."""
    gram: FloatArray
    """(difference, difference, place) products of turns."""
    dots: FloatArray
    """(difference, place) products of the miss with the turns."""


class Ballots(NamedTuple):
    """What moves see of ballots and of who votes, without owning it: counting owners would take as long as the work."""

    kinds: int
    leader: int
    others: Any
    """Kinds that are neither the framework nation nor required, lightest first."""
    row: int
    """How many they are."""
    weight_of_others: int
    """The weight of all their members."""
    required: Any
    """Required kinds other than the framework nation."""
    required_kinds: int
    number: Any
    weight: Any
    interest: Any
    cost_weight: Any
    plane: Any
    each: Any
    law: Any
    reach: Any
    mates: Any
    moves: Any
    turns: Any
    gram: Any
    dots: Any


@called
def new_ballots(a: Clauses, top: int) -> BallotMemory:
    """Allocate ballots for needs up to ``top``."""
    kinds = len(a.weight)
    return BallotMemory(
        plane=vectors(12, kinds),
        each=vectors(1, 9)[0],
        law=vectors(kinds + 1, top + 1),
        reach=vectors(kinds + 1, top + 1),
        mates=vectors(1, top + 1),
        moves=vectors(WINDOW, kinds),
        turns=vectors(WINDOW, kinds),
        gram=vectors(WINDOW, WINDOW),
        dots=vectors(1, WINDOW)[0],
    )


@called
def look_at(a: Clauses, memory: BallotMemory) -> Ballots:
    """Return what moves see; whoever calls keeps ``a`` and ``memory`` until they are done."""
    return Ballots(
        kinds=len(a.weight),
        leader=a.leader,
        others=numbers(a.others),
        row=len(a.others),
        weight_of_others=weight_of(a, a.others),
        required=numbers(a.required),
        required_kinds=len(a.required),
        number=numbers(a.number),
        weight=numbers(a.weight),
        interest=numbers(a.interest),
        cost_weight=numbers(a.cost_weight),
        plane=slabs(memory.plane),
        each=by_place(memory.each),
        law=slabs(memory.law),
        reach=slabs(memory.reach),
        mates=slabs(memory.mates),
        moves=slabs(memory.moves),
        turns=slabs(memory.turns),
        gram=slabs(memory.gram),
        dots=by_place(memory.dots),
    )


@inlined
def weight_of(a: Clauses, kinds: IntArray) -> int:
    """Return the weight of all members of some kinds together."""
    total = 0
    for j in kinds:
        total += a.number[j] * a.weight[j]
    return total
