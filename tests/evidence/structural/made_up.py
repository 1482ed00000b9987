"""Made-up data whose true coefficients are known."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from foedus.evidence.structural.crisis.equilibria import find_all, probabilities
from foedus.evidence.structural.crisis.game import UTILITIES, payoffs
from tests.evidence.structural.plain import GAMES

FORMULAS = {
    "egame12": "y ~ x1 + x2 | 0 | x3 | x4 + x5",
    "egame122": "y ~ x1 | x2 | 0 | x3 + x4 | x5 | x6",
    "egame123": "y ~ x1 | 0 | x2 | x3 | 0 | x4 | x5 | x6",
    "sigint": "sq + cd + sf + bd ~ x1 - 1 | x2 | x3 | x4 | x5 | 1 | 0",
}
TRUTHS: dict[str, dict[str, tuple[float, ...]]] = {
    "egame12": {"u11": (0.2, -0.7, 0.5), "u14": (0.4, 0.9), "u24": (0.3, 0.8, -0.6)},
    "egame122": {
        "u11": (0.2, -0.7),
        "u12": (-0.4, 0.6),
        "u14": (0.5, 0.8, -0.5),
        "u22": (0.3, 0.7),
        "u24": (-0.2, 0.9),
    },
    "egame123": {
        "u11": (-0.3, 0.7),
        "u15": (0.3, -0.8),
        "u16": (0.5, 0.9),
        "u25": (0.4, 0.8),
        "u26": (0.1, -0.9),
        "u36": (0.2, 0.8),
    },
    "sigint": {
        "SA": (0.4,),
        "VA": (0.8, 0.3),
        "CB": (-0.6, 0.3),
        "barWA": (-0.7, 0.4),
        "barWB": (-0.3, 0.4),
        "bara": (-0.9,),
    },
}


def truth(model: str) -> np.ndarray:
    """Return the coefficients that a model's data were made with."""
    return np.concatenate([np.array(values) for values in TRUTHS[model].values()])


def regressors(rows: int, *, seed: int) -> pd.DataFrame:
    """Return six independent regressors."""
    random = np.random.default_rng(seed)
    return pd.DataFrame(random.standard_normal((rows, 6)), columns=[f"x{n}" for n in range(1, 7)])


def utilities(model: str, data: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the utilities of each row, from the true coefficients."""
    from foedus.evidence.structural.likelihood.trees import TREES
    from foedus.evidence.structural.table.formula import parse

    names = TREES[model].utilities if model in TREES else UTILITIES
    found = {name: np.zeros(len(data)) for name in names}
    for part in parse(FORMULAS[model], utilities=names).parts:
        if part.formula is not None:
            found[part.utility] = part.formula.get_model_matrix(data).to_numpy() @ np.array(TRUTHS[model][part.utility])
    return found


def tree_data(model: str, *, rows: int, seed: int, link: str = "probit", errors: str = "agent") -> pd.DataFrame:
    """Return rows in which ends were drawn with their true chances; ``y`` is the end, from 1."""
    data = regressors(rows, seed=seed)
    chances = np.array(GAMES[model](utilities(model, data), link=link, errors=errors))
    draws = np.random.default_rng(seed + 1).random(rows)
    return data.assign(y=1 + (draws > np.cumsum(chances, axis=0)[:-1]).sum(axis=0))


def crisis_data(*, games: int, times: int, seed: int, model: Mapping[str, np.ndarray] | None = None) -> pd.DataFrame:
    """Return games played often, in their lowest equilibrium."""
    data = regressors(games, seed=seed)
    played = payoffs(model or utilities("sigint", data), games=games)
    found = find_all(played)
    first = np.flatnonzero(np.append(True, np.diff(found.game) > 0))
    chances = probabilities(played, found.r[first])[["sq", "cd", "sf", "bd"]].to_numpy()
    counts = np.random.default_rng(seed + 1).multinomial(times, chances)
    return data.join(pd.DataFrame(counts, columns=["sq", "cd", "sf", "bd"]))
