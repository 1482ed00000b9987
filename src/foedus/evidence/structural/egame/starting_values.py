"""Where a search begins: statistical backward induction, from the last moves to the first.

Each move is fitted alone, as a binary choice whose regressors are those of the mover's utilities, weighted with the
chances of the later moves that are already fitted. Reference: Bas, Signorino and Walker 2008, Statistical backwards
induction, Political Analysis 16:21-40.
"""

from collections.abc import Mapping

import numpy as np

from foedus.evidence.structural.likelihood.jets import Index, Jet, variables
from foedus.evidence.structural.likelihood.links import Errors, LinkFunction, probability, weighted_log
from foedus.evidence.structural.likelihood.maximise import maximise
from foedus.evidence.structural.likelihood.objective import Objective
from foedus.evidence.structural.likelihood.trees import GameTree, scale_of, weights_of
from foedus.values.arrays import FloatArray

RIDGE = 1e-2
"""Precision of a weak prior at 0, so that a choice that is predicted without error still gives finite values."""


def backward_induction(
    tree: GameTree, matrices: Mapping[str, FloatArray], counts: FloatArray, *, link: LinkFunction, errors: Errors
) -> dict[str, FloatArray]:
    """Return the coefficients of each utility that has regressors; ``matrices`` maps a utility to its (n, p_k)."""
    chances: dict[int, Index] = {}
    found: dict[str, FloatArray] = {}
    for number in reversed(range(len(tree.moves))):
        weights = weights_of(tree, number, chances)
        player = tree.moves[number].player
        mine = {tree.ends[end].utilities.get(player, ""): weight for end, weight in weights.items()}
        active = [name for name in mine if name in matrices]
        scale = np.broadcast_to(np.asarray(scale_of(weights, errors=errors)), counts.shape[1:])
        if not active:
            chances[number] = np.full(counts.shape[1], 0.5)
            continue
        x = np.hstack([matrices[name] * _column(mine[name], len(scale)) for name in active]) / scale[:, None]
        right, left = (counts[list(tree.below[number, side])].sum(axis=0) for side in (True, False))
        beta = fit_choice(x, right=right, left=left, link=link)
        chances[number] = probability(x @ beta, link=link)
        ends = np.cumsum([matrices[name].shape[1] for name in active])
        found |= dict(zip(active, np.split(beta, ends[:-1]), strict=True))
    return found


def fit_choice(
    x: FloatArray, *, right: FloatArray, left: FloatArray, link: LinkFunction, ridge: float = RIDGE
) -> FloatArray:
    """Return the coefficients of a binary choice seen so often to go right and left, with a weak pull to 0."""
    reached = right + left > 0
    size = x.shape[1]
    pull = np.eye(size) * np.sqrt(np.maximum((x[reached] ** 2).mean(axis=0), 1e-12) if reached.any() else 1.0)
    padded = np.vstack([x[reached], pull])
    seen = np.concatenate([right[reached], np.zeros(size)]), np.concatenate([left[reached], np.zeros(size)])
    strength = np.concatenate([np.zeros(int(reached.sum())), np.full(size, ridge)])

    def rows(utilities: FloatArray, rows: slice) -> Jet:
        (z,) = variables(utilities)
        choices = weighted_log(z, right=seen[0][rows], left=seen[1][rows], link=link)
        return choices - z * z * (0.5 * strength[rows])

    return maximise(Objective((padded,), rows), start=np.zeros(size)).beta


def _column(weight: Index, rows: int) -> FloatArray:
    column: FloatArray = np.broadcast_to(np.asarray(weight, dtype=np.float64), (rows,))[:, None]
    return column
