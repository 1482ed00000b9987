"""What a tree of one or two periods leaves out of the game, in words."""

from foedus.game.plain.board import Board
from foedus.values.words import Tier

NEVER = 1e-12
"""A chance below this is taken as 0."""


def left_out(board: Board, *, periods: int, state: tuple[int, int, int]) -> list[str]:
    """Return a sentence for everything in which the tree differs from the game of docs/theory.md."""
    said = [
        f"Nothing follows the last of {periods} period{'s' if periods > 1 else ''}: its next values are 0.",
        f"It starts at belief {float(board.belief.ravel()[state[0]]):.4g}, balance {board.grid.balance[state[1]]:.4g}, "
        f"{state[2]} slices lost.",
    ]
    f, compiled = board.future, board.compiled
    rho = f.reading_noise + (1.0 - f.reading_noise) * compiled.opacity
    may_defend = not compiled.blocked[Tier.DEFEND]
    if periods > 1:
        said.append(_balances(board, k=state[1]))
    if rho > 0.0 and (periods > 1 or may_defend):
        said.append(
            f"A response is read without noise; the game reads it with noise {rho:.3g} (reading_noise and the opacity "
            "of the text). Set both to 0 for a tree that is the game."
        )
    if periods == 1:
        return said
    said.append(
        "Players of the second period have names of their own, P' and so on: their payoffs are not discounted, and "
        "what they know is the public state and, for guarantors, the type."
    )
    return said


def _balances(board: Board, *, k: int) -> str:
    reached = board.transition[:, k].max(axis=0) > NEVER
    if reached.sum() == 1 and reached[k]:
        return "The balance stays where it is: neither drift nor shock."
    points = ", ".join(f"{x:.4g}" for x in board.grid.balance[reached])
    return f"The balance moves to one of {points}; the theory page's rule gives their chances."
