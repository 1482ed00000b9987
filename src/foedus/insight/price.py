"""What a hole costs: an arrangement with the hole, less the same one with the hole closed, future by future."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.errors import UnknownName
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.comparison.compare import MARGIN_IN_TOLERANCES
from foedus.insight.comparison.record import MEASURES
from foedus.insight.statistics.spread import Difference, difference_of


@dataclass(frozen=True)
class Price:
    """What is lost by leaving a hole open."""

    used: int
    """Futures in which both texts converged; only these count."""
    futures: int
    """Futures drawn."""
    costs: Mapping[str, Difference]
    """[measure] with the hole less without it, turned so that more is worse; empty where no future is used."""
    is_seen: bool
    """Whether the game tells the two texts apart at all."""


def prices_of(ensemble: Ensemble, *, original: str) -> dict[str, Price]:
    """Return what is lost against each other arrangement of an ensemble, on every measure that arrangements rank on.

    cost = s (m(original) - m(other)), with s = 1 where less of the measure m is better and -1 where more is, in each
    future in which both converged; mean and quantiles are over these futures. Raises ``UnknownName`` when the original
    is not in the ensemble.
    """
    if original not in ensemble.arrangements:
        raise UnknownName(f"{original!r} is not in the ensemble: {', '.join(ensemble.arrangements)}")
    place = ensemble.arrangements.index(original)
    return {
        name: _price(ensemble, place=place, other=other)
        for other, name in enumerate(ensemble.arrangements)
        if other != place
    }


def _price(ensemble: Ensemble, *, place: int, other: int) -> Price:
    used = ensemble.converged[:, place] & ensemble.converged[:, other]
    outcomes = ensemble.outcomes[used]
    margin = MARGIN_IN_TOLERANCES * ensemble.settings.tolerance
    costs = {}
    for measure in MEASURES if used.any() else ():
        values = OUTCOMES[measure].sign * outcomes[:, :, column_of(measure)]
        costs[measure] = difference_of(values[:, place], baseline=values[:, other], margin=margin)
    return Price(
        used=int(used.sum()),
        futures=len(used),
        costs=costs,
        is_seen=not np.array_equal(outcomes[:, place], outcomes[:, other]),
    )
