"""Which futures are used: those in which every arrangement converged. The others are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import mannwhitneyu

from foedus.futures.ensemble import Sample
from foedus.values.arrays import BoolArray, FloatArray

_LEVEL = 0.05


@dataclass(frozen=True)
class Lean:
    """A parameter that is not the same in the futures left out as in those used."""

    parameter: str
    higher: float
    """Chance that a future left out has a higher value than one that is used; 1/2 would be no difference."""


@dataclass(frozen=True)
class Convergence:
    """What was solved to the tolerance and what was not."""

    futures: int
    """Futures drawn."""
    used: int
    """Futures in which every arrangement converged."""
    converged: Mapping[str, int]
    """[arrangement] futures in which it converged."""
    worst_residual: Mapping[str, float]
    """[arrangement] largest residual over all futures."""
    left_out: tuple[int, ...]
    """Numbers of the futures left out, counted from 0."""
    leans: tuple[Lean, ...]
    """How the futures left out differ from the others, most different first; empty when chance would do as much."""


def convergence_of(
    *, names: Sequence[str], converged: BoolArray, residual: FloatArray, sample: Sample
) -> tuple[Convergence, BoolArray]:
    """Count convergence (future, arrangement), and return the mask (future) of the futures that are used."""
    used: BoolArray = np.all(converged, axis=1)
    return Convergence(
        futures=len(used),
        used=int(used.sum()),
        converged={name: int(converged[:, a].sum()) for a, name in enumerate(names)},
        worst_residual={name: float(residual[:, a].max()) for a, name in enumerate(names)},
        left_out=tuple(int(i) for i in np.flatnonzero(~used)),
        leans=_leans(sample, used=used),
    ), used


def _leans(sample: Sample, *, used: BoolArray) -> tuple[Lean, ...]:
    """Compare each parameter by Mann and Whitney's test, at 5 % shared over all parameters (Bonferroni)."""
    if used.all() or not used.any():
        return ()
    found = []
    for name, values in zip(sample.names, sample.values.T, strict=True):
        if np.ptp(values) == 0:
            continue
        test = mannwhitneyu(values[~used], values[used])
        higher = float(test.statistic / (used.sum() * (~used).sum()))
        if test.pvalue < _LEVEL / len(sample.names):
            found.append(Lean(parameter=name, higher=higher))
    return tuple(sorted(found, key=lambda lean: -abs(lean.higher - 0.5)))
