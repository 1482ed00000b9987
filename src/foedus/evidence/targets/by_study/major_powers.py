"""A12: how often the United States join the side of the target, by what they had promised and placed there."""

from collections.abc import Mapping

from pandas import DataFrame, Series

from foedus.evidence.targets.record import IntervalEstimate
from foedus.evidence.targets.statistics.intervals import estimate_share

MANY_TROOPS = 10_000


def joining_the_target(disputes: DataFrame) -> Mapping[str, IntervalEstimate]:
    """Compute the shares of disputes that the United States joined on the side of the target.

    Disputes in which they were on the other side, or for which their promises are not known, do not count.
    """
    known = disputes[disputes["us_pact"].notna() & ~disputes["us_is_initiator"].astype(bool)]
    pact = known["us_pact"].astype(bool)
    parts = {
        "A12": Series(data=True, index=known.index),
        "A12.no_pact": ~pact,
        "A12.pact": pact,
        "A12.many_troops": known["us_troops"] >= MANY_TROOPS,
        "A12.nuclear": known["us_nuclear"].astype(bool),
    }
    joined = known["us_joined"].astype(bool)
    return {
        name: estimate_share(int(joined[rows].sum()), int(rows.sum())) for name, rows in parts.items() if rows.any()
    }
