"""Where everything lies: the unknown of a game, the working memory of a sweep, and the numbers of their entries.

The unknown z[cell, entry, place] holds, for each column (s, k) and each belief, last sweep's values and the conjectures
P(g = 1), P(l | v) and pi_th(e | n), e >= 1. A cell is one vector of beliefs of a column: chunk c of 16. No other module
computes an index.

Axes and their lengths: party p (adversary, protected state, coalition of low and of high type), type th, ground c,
sight v, threat l, determination n, crisis tier e or r. A *spot* is a pair (n, e); there is one on no breach. A
*question* is a proposal that the consultation answers: a tier r of the crisis on n, or defence in a war that m governs.
"""

from typing import Any, NamedTuple, TypeAlias

from foedus.game.kernel.machine.jit import inlined
from foedus.game.kernel.machine.memory import on_lines
from foedus.game.kernel.machine.rows import WIDTH, rows_of
from foedus.values.arrays import FloatArray

ADVERSARY, PROTECTED, LOW, HIGH = range(4)
PARTIES, TYPES, GROUNDS, SIGHTS, THREATS, FINDINGS, CRISIS_TIERS = 4, 2, 3, 2, 4, 5, 3
HOLD, COERCE, SEIZE, INVADE = range(4)
NO_ATTACK, SEIZURE, INVASION = range(3)
"""What the adversary may have done, as far as values tell it apart; SEIZE and INVADE less 1."""
QUIET, ACCIDENT, PROVOCATION = range(3)
DEFENCE = 3
"""The tier that is decided on once war is on."""
VALUE, PROVOKE, THREAT, RESPONSE, ENTRIES = 0, 4, 5, 13, 29
"""First entries of the values, P(g = 1), P(l | v) and pi, and the number of all."""
CHOICES = (
    (PROVOKE, 1),
    (THREAT, 4),
    (THREAT + 4, 4),
    *((RESPONSE + 8 * th + 2 * n, 2) for th in range(2) for n in range(4)),
)
"""First entry and number of entries of every choice in a state."""
SPOTS = 13
CRISIS_QUESTIONS, QUESTIONS = 8, 18
RESIST, PERSIST_SEIZING, PERSIST_INVADING = range(3)
WIDE = 48
"""Points of X that are looked up in registers; longer grids are read from memory."""


@inlined
def threat_at(v: int, threat: int) -> int:
    """Return the entry of P(l | v)."""
    return THREAT + THREATS * v + threat


@inlined
def response_at(th: int, n: int, e: int) -> int:
    """Return the entry of pi_th(e | n), n and e above 0."""
    return RESPONSE + 8 * th + 2 * (n - 1) + e - 1


@inlined
def spot_of(n: int, e: int) -> int:
    """Return the number of a pair (n, e)."""
    return 0 if n == 0 else 1 + CRISIS_TIERS * (n - 1) + e


@inlined
def crisis_question(n: int, r: int) -> int:
    """Return the number of the question whether tier r is executed on n."""
    return 2 * (n - 1) + r - 1


@inlined
def war_question(m: int, e: int) -> int:
    """Return the number of the question whether to defend in a war that m governs, tier e having been executed."""
    return CRISIS_QUESTIONS + 2 * m + (1 if e == 2 else 0)


@inlined
def column_of(balances: int, s: int, k: int) -> int:
    """Return the column of slices lost and balance."""
    return s * balances + k


@inlined
def cells_before(shape: tuple[int, int, int, int], s: int) -> int:
    """Return the number of cells before slice s, which is also its first cell."""
    return s * shape[1] * shape[3]


def cells_of_slice(shape: tuple[int, int, int, int], s: int) -> slice:
    """Return where the cells of slice s lie."""
    return slice(s * shape[1] * shape[3], (s + 1) * shape[1] * shape[3])


@inlined
def column_of_cell(shape: tuple[int, int, int, int], cell: int) -> int:
    """Return the column in which a cell lies."""
    return cell // shape[3]


@inlined
def chunk_of_cell(shape: tuple[int, int, int, int], cell: int) -> int:
    """Return which of the column's chunks a cell is."""
    return cell % shape[3]


@inlined
def balance_of_cell(shape: tuple[int, int, int, int], cell: int) -> int:
    """Return the balance in whose column a cell lies."""
    return cell // shape[3] % shape[1]


@inlined
def slice_of_cell(shape: tuple[int, int, int, int], cell: int) -> int:
    """Return how many slices are lost in a cell."""
    return cell // (shape[3] * shape[1])


@inlined
def at_balance(shape: tuple[int, int, int, int], cell: int, k: int) -> int:
    """Return the cell at another balance, the same slice and chunk."""
    return cell + (k - balance_of_cell(shape, cell)) * shape[3]


@inlined
def beliefs_in(shape: tuple[int, int, int, int], cell: int) -> int:
    """Return how many places of a cell are beliefs of the grid; the others repeat the last one."""
    return min(shape[0] - cell % shape[3] * WIDTH, WIDTH)


class Workspace(NamedTuple):
    """Working memory of a sweep, and what the forward pass reads from the last one; b place of a belief."""

    ahead: FloatArray
    """(cell, e, p, b) expected discounted next value before the belief moves, the adversary's resentment taken off."""
    slope: FloatArray
    """The same, difference to the next belief."""
    table: FloatArray
    """(crisis question, x) chance T that a proposal is executed; at least WIDE long."""
    rise: FloatArray
    """The same, difference to the next point of X."""
    place: FloatArray
    """(cell, spot, 2, b) index and share of the belief that follows."""
    choice: FloatArray
    """(cell, spot, 3, b) chance that the protected state resists a seizure, that a seizure and an invasion persist."""
    gain: FloatArray
    """(cell, th, n - 1, r - 1, b) X."""
    propose: FloatArray
    """(cell, th, n - 1, r - 1, b) chance that the framework nation proposes r."""
    course: FloatArray
    """(c, l, b) chance of what happens in the cell at hand."""
    found: FloatArray
    """(n, 3, b) chance there that n is found and there is no attack, a seizure, an invasion."""
    value: FloatArray
    """(e, p, 3, b) y, and what seizure and invasion change, after the determination at hand."""
    worth: FloatArray
    """(th, 2, e, b) the framework nation's worth of proposing e, then the chance of e; and T."""
    result: FloatArray
    """(n, p, 3, b) expected y, and with seizure and with invasion, after each determination."""
    keep: FloatArray
    """(cell of the slice, 3, spot, b) chance that the game goes on at the same slice: as the public sees it, for the
    low type, for the high type."""
    rest: FloatArray
    """(cell of the slice, p, b) what a party expects otherwise."""
    past: FloatArray
    """(cell of the slice, p, b) values one step ago."""
    pace: FloatArray
    """(p, 2) factors of a step of `evaluate`."""
    stays: FloatArray
    """(cell of the slice, entry, b) share of its miss that a choice does not move, at the choice's first entry."""
    miss: FloatArray
    """(cell of the slice, entry, b) what every choice moved in the last sweep."""


Mark: TypeAlias = tuple[int, ...]
"""Empty for no, one number for yes: compiled code is made anew for either, and holds no branch."""


class SweepView(NamedTuple):
    """All that a sweep reads and writes, as rows that nobody owns (see `rows_of`), and the scalars it needs."""

    shape: tuple[int, int, int, int]
    """Beliefs, balances, slices, chunks."""
    many_chunks: Mark
    """Empty if a column is one vector: known when the code is compiled."""
    long_gains: Mark
    """Empty if the points of X are evenly spaced and fit registers."""
    band: Any
    move: Any
    governs: Any
    points: int
    first_x: float
    last_x: float
    interest: float
    cost_weight: float
    rho: float
    phi: float
    lam_A: float
    lam_P: float
    lam_G: float
    table: Any
    rise: Any
    x_grid: Any
    duty: Any
    confusion: Any
    open: Any
    odds: Any
    war: Any
    success: Any
    coerced: Any
    taken: Any
    delta: Any
    resent: Any
    act: Any
    ahead: Any
    slope: Any
    place: Any
    choice: Any
    gain: Any
    propose: Any
    course: Any
    found: Any
    value: Any
    worth: Any
    result: Any
    keep: Any
    rest: Any
    past: Any
    pace: Any
    stays: Any
    z: Any
    new: Any


numbers, by_place = rows_of(), rows_of(WIDTH)
by_tier, by_threat, by_threat_finding = rows_of(CRISIS_TIERS), rows_of(THREATS), rows_of(THREATS, FINDINGS)
by_finding_tier_6 = rows_of(FINDINGS, CRISIS_TIERS, 6)
by_tier_party_place = rows_of(CRISIS_TIERS, PARTIES, WIDTH)
by_spot_2_place, by_spot_3_place, by_3_spot_place = (
    rows_of(SPOTS, 2, WIDTH),
    rows_of(SPOTS, 3, WIDTH),
    rows_of(3, SPOTS, WIDTH),
)
by_type_proposal_place = rows_of(TYPES, FINDINGS - 1, CRISIS_TIERS - 1, WIDTH)
by_threat_place, by_3_place, by_party_3_place = rows_of(THREATS, WIDTH), rows_of(3, WIDTH), rows_of(PARTIES, 3, WIDTH)
by_2_tier_place, by_party_place, by_entry_place = (
    rows_of(2, CRISIS_TIERS, WIDTH),
    rows_of(PARTIES, WIDTH),
    rows_of(ENTRIES, WIDTH),
)


def new_workspace(shape: tuple[int, int, int, int], points: int, dtype: Any) -> Workspace:
    """Allocate the working memory for a shape and a number of points of X, in a precision."""
    _, balances, slices, chunks = shape
    cells, wide = balances * slices * chunks, max(points, WIDE)
    proposals = (cells, TYPES, FINDINGS - 1, CRISIS_TIERS - 1, WIDTH)
    sizes = {
        "ahead": (cells, CRISIS_TIERS, PARTIES, WIDTH),
        "slope": (cells, CRISIS_TIERS, PARTIES, WIDTH),
        "table": (CRISIS_QUESTIONS, wide),
        "rise": (CRISIS_QUESTIONS, wide),
        "place": (cells, SPOTS, 2, WIDTH),
        "choice": (cells, SPOTS, 3, WIDTH),
        "gain": proposals,
        "propose": proposals,
        "course": (GROUNDS, THREATS, WIDTH),
        "found": (FINDINGS, 3, WIDTH),
        "value": (CRISIS_TIERS, PARTIES, 3, WIDTH),
        "worth": (TYPES, 2, CRISIS_TIERS, WIDTH),
        "result": (FINDINGS, PARTIES, 3, WIDTH),
        "keep": (balances * chunks, 3, SPOTS, WIDTH),
        "rest": (balances * chunks, PARTIES, WIDTH),
        "past": (balances * chunks, PARTIES, WIDTH),
        "pace": (PARTIES, 2),
        "stays": (balances * chunks, ENTRIES, WIDTH),
        "miss": (balances * chunks, ENTRIES, WIDTH),
    }
    return Workspace(**{name: on_lines(size, dtype) for name, size in sizes.items()})


def new_unknown(shape: tuple[int, int, int, int], dtype: Any) -> FloatArray:
    """Allocate an unknown."""
    _, balances, slices, chunks = shape
    return on_lines((balances * slices * chunks, ENTRIES, WIDTH), dtype)


@inlined
def start(z: FloatArray) -> int:
    """Set zero values and uniform policies."""
    for at in range(ENTRIES):
        if at < PROVOKE:
            value = 0.0
        elif at == PROVOKE:
            value = 0.5
        elif at < RESPONSE:
            value = 1.0 / THREATS
        else:
            value = 1.0 / CRISIS_TIERS
        z[:, at] = value
    return 0
