"""From a published interval to the interval that the model's average has to lie in."""

import math
from collections.abc import Callable

from foedus.evidence.calibration.observation import Band, BindingEnds, Observation, Scale
from foedus.evidence.targets.record import Target

_Z_95 = 1.959963984540054
_SCALES: dict[Scale, tuple[Callable[[float], float], Callable[[float], float]]] = {
    Scale.LINEAR: (float, float),
    Scale.RATIO: (math.log, math.exp),
    Scale.LOGARITHM: (math.log, float),
}
"""[scale] from the record's number to the scale of widening, and from there to the statistic's unit."""


def band_of(observation: Observation, target: Target | None, *, limit: float, per: Target | None = None) -> Band:
    """Return ``[m - limit sd, m + limit sd]`` on the observation's scale.

    ``sd^2 = ((high - low) / 3.92)^2 + discrepancy^2``; ``limit`` is the implausibility that is still let pass (Craig,
    Goldstein, Seheult and Smith 1997). An end that does not bind is infinite; chances, which stand on the linear scale,
    end at 0 and 1. Where the record is a target over another, ``per``, both have their share in sd, in logarithms.
    Raises ``ValueError`` where the record gives no interval.
    """
    there, back = _SCALES[observation.scale]
    value, low, high = _numbers(observation, target)
    middle, spread = there(value), (there(high) - there(low)) / (2 * _Z_95)
    if per is not None:
        beneath = _numbers(observation, per)
        middle -= math.log(beneath[0])
        spread = math.hypot(spread, math.log(beneath[2] / beneath[1]) / (2 * _Z_95))
    reach = limit * math.hypot(spread, observation.discrepancy)
    ends = back(middle - reach), back(middle + reach)
    sd = (ends[1] - ends[0]) / (2 * limit)
    if observation.scale is Scale.LINEAR:
        ends = max(ends[0], 0.0), min(ends[1], 1.0)
    return Band(
        value=back(middle),
        low=-math.inf if observation.side is BindingEnds.AT_MOST else ends[0],
        high=math.inf if observation.side is BindingEnds.AT_LEAST else ends[1],
        sd=sd,
        n=(target.n if target else 0) or observation.n,
        source=observation.source or (target.citation if target else ""),
    )


def _numbers(observation: Observation, target: Target | None) -> tuple[float, float, float]:
    """Return value and ends of the 95 % interval; a target without an interval takes that of the observation."""
    value = target.value if target else observation.value
    low, high = (target.low, target.high) if target and target.low is not None else (observation.low, observation.high)
    if value is None or low is None or high is None:
        raise ValueError("an observation needs a value and both ends of its interval")
    if observation.is_complement:
        return 1 - value, 1 - high, 1 - low
    return value, low, high
