"""Where a dyad lies between the cells that are solved."""

from collections.abc import Sequence

import numpy as np

from foedus.evidence.dyads.cells import ALLIED, ALLIED_RATIOS, CELLS, RATIOS, Shelter, cells_of
from foedus.evidence.dyads.record import Dyad, Pact
from foedus.values.arrays import FloatArray

FAR = 1.0
"""By how much the log ratio of one that threatens from another region is less: strength does not travel freely
(Boulding 1962). A judgement; raw rates of attack by region had been looked at, scores had not."""
_LEAST_ALLIED = 1e-2
"""ln((state + allies) : state) of allies that are next to nothing."""


def placed(dyads: Sequence[Dyad], *, reach: float) -> FloatArray:
    """Return (dyad, cell) the weight of each cell of `CELLS` for each dyad, linear between neighbours; rows sum to 1.

    ``reach`` is how much of the balance of states, as a log ratio, is the balance where the threat is made.
    """
    weights = np.zeros((len(dyads), len(CELLS)))
    for row, dyad in zip(weights, dyads, strict=True):
        shelter = shelter_of(dyad.pact)
        first = CELLS.index(cells_of(shelter)[0])
        own = _own(dyad, shelter, reach=reach)
        row[first : first + len(own)] = own
    return weights


def shelter_of(pact: Pact) -> Shelter:
    """Return the kind of treaty; who the allies are counts as their strength."""
    if pact is Pact.NONE:
        return Shelter.NONE
    return Shelter.BILATERAL if pact.is_bilateral else Shelter.MULTILATERAL


def felt_ratio(dyad: Dyad, *, reach: float) -> float:
    """Return the log ratio of strengths where the threat is made, with what distance takes from it."""
    return reach * (dyad.ratio - (0.0 if dyad.is_near else FAR))


def felt_allies(dyad: Dyad, *, reach: float) -> float:
    """Return the log ratio of the allies' strength to what the one that threatens brings to bear there."""
    beside = float(np.log(np.expm1(max(dyad.allied, _LEAST_ALLIED))))
    return beside - felt_ratio(dyad, reach=reach)


def _own(dyad: Dyad, shelter: Shelter, *, reach: float) -> FloatArray:
    ratio = _between(felt_ratio(dyad, reach=reach), RATIOS)
    if shelter is Shelter.NONE:
        return ratio
    allies = _between(felt_allies(dyad, reach=reach), ALLIED_RATIOS)
    return np.kron(np.kron(_between(dyad.allied, ALLIED), allies), ratio)


def _between(value: float, points: Sequence[float]) -> FloatArray:
    """Return (point) weights by which a value lies between its neighbours; beyond the ends the last one has it all."""
    return np.array([np.interp(value, points, row) for row in np.eye(len(points))])
