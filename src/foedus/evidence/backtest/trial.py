"""Put forecasters side by side on the same cases."""

from collections.abc import Mapping

import numpy as np

from foedus.evidence.backtest.record import BASE_RATE, FORESIGHT, MODEL_AFTER, Forecaster, ForecastEvent, Trial
from foedus.evidence.backtest.rivals import base_rate
from foedus.evidence.backtest.scores import calibration_bins, margin, score
from foedus.values.arrays import FloatArray

BINS = 4
FEWEST = 8
"""A score over fewer cases than this is not worth a number."""


def try_all(
    *,
    name: str,
    title: str,
    event: ForecastEvent,
    cases: tuple[str, ...],
    happened: FloatArray,
    forecasts: Mapping[str, FloatArray],
    note: str,
    seed: int,
    base: FloatArray | None = None,
    bins: int = BINS,
) -> Trial | None:
    """Score every forecaster, those that give one number to all cases added; None where there are too few cases.

    ``base`` is the base rate that each case is held against; that of all other cases where None.

    The base rate of the other cases is low just where it happened, and so does worse than one number for all could; the
    share that only hindsight knows is shown beside it.
    """
    if len(cases) < FEWEST:
        return None
    rate = base_rate(happened) if base is None else base
    everyone = {**forecasts, BASE_RATE: rate, FORESIGHT: np.full(len(rate), happened.mean())}
    return Trial(
        name=name,
        title=title,
        event=event,
        cases=cases,
        happened=happened,
        note=note,
        forecasters={
            who: Forecaster(
                name=who,
                forecasts=said,
                score=score(said, happened),
                against_base=margin(said, rate, happened, seed=seed),
                model_against=margin(everyone[MODEL_AFTER], said, happened, seed=seed),
                bins=calibration_bins(said, happened, bins=bins),
            )
            for who, said in everyone.items()
        },
    )
