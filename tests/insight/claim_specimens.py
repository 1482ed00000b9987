"""Claims and what the futures gave for them, made by hand: no game is solved here."""

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.futures.ensemble import Sample
from foedus.futures.parameters.load import default_parameters
from foedus.insight.claims.judging import ClaimOutcomes
from foedus.insight.claims.load import read_claim
from foedus.insight.claims.record import Claim
from foedus.values.arrays import BoolArray

TOLERANCE = 1e-4

SMALL = """
claim: 1
id: small
in_short: A small claim
statement: Something is less likely than something else.
origin: debate
comparison: Two texts.
arrangements:
  strong: ukraine/nato_membership
  weak: ukraine/no_guarantee
holds: HOLDS
MORE
"""


def small(holds: str = "strong.war < weak.war", *, more: str = "", text: str = SMALL) -> str:
    """Write a claim around an inequality."""
    return text.replace("HOLDS", holds).replace("MORE", more)


def claim(holds: str = "strong.war < weak.war", *, more: str = "", text: str = SMALL) -> Claim:
    """Read a claim written around an inequality."""
    return read_claim(small(holds, more=more, text=text), file="<small>", parameters=default_parameters())


def evidence(
    values: Mapping[str, Sequence[float]],
    *,
    converged: BoolArray | None = None,
    parameters: Mapping[str, Sequence[float]] | None = None,
) -> ClaimOutcomes:
    """Lay out outcomes by name, each over the same futures."""
    futures = len(next(iter(values.values())))
    drawn = parameters or {"prior": list(np.linspace(0.1, 0.9, futures))}
    return ClaimOutcomes(
        values={name: np.array(each, dtype=np.float64) for name, each in values.items()},
        converged=np.ones(futures, dtype=np.bool_) if converged is None else converged,
        sample=Sample(names=tuple(drawn), values=np.array(list(drawn.values())).T, seed=1),
        tolerance=TOLERANCE,
    )
