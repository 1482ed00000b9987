"""One full sweep of time iteration, sixteen beliefs at once (sections 4 to 8 of docs/theory.md).

`sweep` maps the unknown z of `layout` to `new`. Blocks, in the order of the code

    look_ahead     section 5: next period's expected value for each executed tier, before the belief moves (`ahead`)
    lay_courses    section 7: what others are conjectured to do (`courses`)
    respond        sections 4 to 7: the belief after (n, e), resist, persist, X, T, proposals and pi (`determination`)
    choose         sections 2 and 8: the adversary's and the protected state's choices, new values (`choices`)

All is written for either precision: vectors have that of the arrays they come from.
"""

from typing import Any

from foedus.game.kernel.machine.jit import spliced
from foedus.game.kernel.machine.vectors import higher_of, largest, like, load
from foedus.game.kernel.stage.ahead import look_ahead
from foedus.game.kernel.stage.choices import choose
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.courses import lay_courses
from foedus.game.kernel.stage.determination import nothing_found, respond
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import FINDINGS, Workspace, cells_before, chunk_of_cell
from foedus.game.kernel.stage.view import look
from foedus.values.arrays import FloatArray


@spliced
def sweep(
    f: Any,
    a: Clauses,
    game: Game,
    work: Workspace,
    z: FloatArray,
    new: FloatArray,
    s: int,
    noise: float,
    damping: float,
) -> float:
    """Map values and conjectures ``z`` of slice s to ``new``; return the largest change of any value or policy.

    With ``damping`` 1 every choice moves a share of the way to its logit response (`Workspace.stays`), and what is then
    played is valued; the change that is returned is that of the whole way. With 0 the sweep is full: every share is 1.
    Every lam is ``noise`` times as high, but those of the consultation.
    """
    v = look(a, game, work, z, new, noise)
    look_ahead(f, v, v.z, s)
    worst = like(load(v.odds, (0,)), 0.0)
    for cell in range(cells_before(v.shape, s), cells_before(v.shape, s + 1)):
        odds = load(v.odds, (chunk_of_cell(v.shape, cell),))
        lay_courses(v, v.z, cell)
        nothing_found(f, v, cell, odds)
        for n in range(1, FINDINGS):
            worst = higher_of(worst, respond(f, v, cell, n, odds, damping))
        worst = higher_of(worst, choose(f, v, cell, damping))
    return float(largest(worst))
