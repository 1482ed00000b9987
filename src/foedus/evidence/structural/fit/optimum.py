"""Whether a maximum is the highest that can be found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from foedus.evidence.structural.fit.fit import Fit
from foedus.evidence.structural.likelihood.maximise import maximise, sizes

Tell: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""
SAME = 1e-6
"""Log-likelihoods within this are taken for the same maximum."""


@dataclass(frozen=True, eq=False)
class OptimumCheck:
    """What came of looking for the maximum from elsewhere."""

    starts: int
    """Searches that were begun."""
    converged: int
    """Searches that ended in a maximum."""
    returned: int
    """Searches that ended where the fit is, or as high."""
    best: float
    """The highest log-likelihood of all, that of the fit included."""
    better: "pd.Series[float] | None"
    """The coefficients of a higher maximum; None where the fit is the highest."""

    @property
    def is_highest(self) -> bool:
        """No search ended above the fit."""
        return self.better is None


def check_optimum(
    fit: Fit, *, starts: int = 20, seed: int = 1, spread: float = 1.0, tell: Tell | None = None
) -> OptimumCheck:
    """Search again from random coefficients: half around the estimates, half around 0.

    They are normal with standard deviation ``spread`` in units of a utility, for a regressor of typical size. ``tell``
    hears after each search how many are done.
    """
    random = np.random.default_rng(seed)
    unit = spread / sizes(fit.objective)
    centre = fit.coefficients.to_numpy()
    found = []
    for number in range(starts):
        begin = (centre if number % 2 == 0 else 0.0) + random.standard_normal(len(centre)) * unit
        maximum = maximise(fit.objective, start=begin)
        if maximum.is_converged:
            found.append(maximum)
        if tell is not None:
            tell("searching from elsewhere", number + 1, starts)
    heights = np.array([maximum.at.value for maximum in found])
    best = max(heights, default=-np.inf)
    is_better = best > fit.log_likelihood + SAME
    beta = found[int(heights.argmax())].beta if is_better else None
    return OptimumCheck(
        starts=starts,
        converged=len(found),
        returned=int((np.abs(heights - fit.log_likelihood) <= SAME).sum()),
        best=float(max(best, fit.log_likelihood)),
        better=None if beta is None else pd.Series(beta, index=fit.coefficients.index, name="estimate"),
    )
