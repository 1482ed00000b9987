"""An ensemble as a table for pandas and as labelled arrays for xarray."""

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.futures.ensemble import Ensemble, Sample
from foedus.game.outcomes import OUTCOMES
from foedus.jobs.asking.extras import ask_for
from foedus.jobs.telling.rows import ask_for_pandas

if TYPE_CHECKING:
    import pandas as pd


def sample_frame(sample: Sample) -> "pd.DataFrame":
    """Return the draws, one row for each future, one column for each parameter."""
    ask_for_pandas()
    import pandas as pd

    index = pd.RangeIndex(len(sample.values), name="future")
    return pd.DataFrame(sample.values, index=index, columns=list(sample.names))


def ensemble_frame(ensemble: Ensemble) -> "pd.DataFrame":
    """Return the outcomes, one row for each future and arrangement.

    The columns are the outcomes in the order of `OUTCOMES`, then ``converged`` and ``residual``; use the outcomes only
    where ``converged``.
    """
    ask_for_pandas()
    import pandas as pd

    futures = len(ensemble.outcomes)
    index = pd.MultiIndex.from_product([range(futures), ensemble.arrangements], names=["future", "arrangement"])
    frame = pd.DataFrame(ensemble.outcomes.reshape(-1, len(OUTCOMES)), index=index, columns=list(OUTCOMES))
    return frame.assign(converged=ensemble.converged.reshape(-1), residual=ensemble.residual.reshape(-1))


def ensemble_arrays(ensemble: Ensemble) -> Any:
    """Return an ``xarray.Dataset`` over future and arrangement, with the chance of war by half-year and the draws.

    Every outcome carries its meaning and its unit as the attributes ``long_name`` and ``units``. Raises `WrongRequest`
    where xarray is missing.
    """
    ask_for("xarray", what="labelled arrays need")
    import xarray as xr

    cells = ("future", "arrangement")
    outcomes = {
        name: (cells, ensemble.outcomes[:, :, column], {"long_name": declared.what, "units": declared.unit})
        for column, (name, declared) in enumerate(OUTCOMES.items())
    }
    others = {
        "converged": (cells, ensemble.converged),
        "residual": (cells, ensemble.residual),
        "war_by_period": ((*cells, "period"), ensemble.war_by_period),
        "draw": (("future", "parameter"), ensemble.sample.values),
    }
    coordinates = {
        "future": np.arange(len(ensemble.outcomes)),
        "arrangement": list(ensemble.arrangements),
        "period": np.arange(1, ensemble.war_by_period.shape[2] + 1),
        "parameter": list(ensemble.sample.names),
    }
    return xr.Dataset(outcomes | others, coords=coordinates)
