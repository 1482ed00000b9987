"""What the clauses of each text do: the text less its empty twin, in each future in which both were solved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.ranking.acceptance import Acceptance, acceptance_of
from foedus.insight.statistics.spread import Difference, Share, difference_of, share_of
from foedus.values.arrays import BoolArray

_VALUES = ("value_A", "value_P", "value_G")


@dataclass(frozen=True)
class OwnClauses:
    """A text beside the same parties without a clause."""

    twin: str
    """Id of the empty twin."""
    differences: Mapping[str, Difference]
    """[outcome] the text less its twin, future by future."""
    than_status_quo: Acceptance
    """Who values the text above its twin: would sign it rather than leave everything as it stands."""
    everywhere: Share
    """Futures in which all three would rather sign it than fight on and than leave everything as it stands."""
    futures: int
    """Futures in which the text and its twin were both solved; only these count."""


def own_clauses_of(
    ensemble: Ensemble, *, twins: Mapping[str, str], used: BoolArray, margin: float
) -> dict[str, OwnClauses]:
    """Return for each text with a twin in the ensemble what its clauses do; a text without a common future is left out.

    m(text) - m(twin) of every outcome m, in the futures ``used`` in which the twin was solved too.
    """
    found = {}
    for name, twin in twins.items():
        place, other = (ensemble.arrangements.index(each) for each in (name, twin))
        both = used & ensemble.converged[:, other]
        if both.any():
            found[name] = _own(ensemble, twin=twin, place=place, other=other, both=both, margin=margin)
    return found


def _own(ensemble: Ensemble, *, twin: str, place: int, other: int, both: BoolArray, margin: float) -> OwnClauses:
    text, empty = ensemble.outcomes[both, place], ensemble.outcomes[both, other]
    gains = [text[:, column_of(value)] - empty[:, column_of(value)] for value in _VALUES]
    over_fighting = [text[:, column_of(gain)] for gain in ("gain_A", "gain_P", "gain_G")]
    everywhere = np.logical_and.reduce([gain > margin for gain in (*gains, *over_fighting)])
    return OwnClauses(
        twin=twin,
        differences={
            outcome: difference_of(text[:, column], baseline=empty[:, column], margin=margin)
            for column, outcome in enumerate(OUTCOMES)
        },
        than_status_quo=acceptance_of(adversary=gains[0], protected_state=gains[1], guarantors=gains[2], margin=margin),
        everywhere=share_of(everywhere.astype(np.float64)),
        futures=int(both.sum()),
    )
