"""Read the cases of extended immediate deterrence from the user's data folder, and fit the strategic probit to them."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from foedus.errors import InvalidFile, NotConverged
from foedus.evidence.backtest.huth import Crisis
from foedus.evidence.backtest.record import ForecastEvent
from foedus.evidence.data.catalogue_file import find_data_set
from foedus.evidence.data.folder import find_file
from foedus.evidence.data.load import load_table
from foedus.evidence.structural import NotIdentified, fit_egame12
from foedus.values.arrays import FloatArray

DATA_SETS = ("huth_signorino_tarar", "huth_signorino_tarar_part")
"""The whole file, or the part of it."""
FORMULA = "attacked + fought ~ 1 | 0 | balance | 1 + pact"
"""Attacker: the status quo is worth a constant, war the balance; defender: war is worth a constant and its pact."""


def find_crises(folder: Path | None) -> tuple[Crisis, ...]:
    """Return the cases that the folder holds, none without a file of them; raise `InvalidFile` for a wrong one."""
    for name in DATA_SETS:
        data_set = find_data_set(name)
        if folder is not None and find_file(data_set, folder=folder):
            table = load_table(data_set, folder=folder)
            return tuple(_crisis(row) for row in table.to_dict("records"))
    return ()


def _crisis(row: dict[object, object]) -> Crisis:
    attacked, fought = bool(row["attacked"]), row["fought"]
    return Crisis(
        id=str(row["case"]),
        balance=-math.log(float(str(row["immediate_balance"]))),
        has_pact=bool(row["alliance"]),
        attacked=attacked,
        fought=bool(fought) if attacked else None,
    )


def strategic_probit(crises: Sequence[Crisis]) -> tuple[dict[ForecastEvent, FloatArray], int]:
    """Forecast every case by a strategic probit fitted to the others; the second number is how many fits failed.

    Signorino (1999): the attacker goes on or not, the defender resists or not, each by a probit over expected
    utilities. Where a fit fails, the forecast is that of the base rate of the others.
    """
    table = pd.DataFrame(
        {
            "attacked": [int(crisis.attacked) for crisis in crises],
            "fought": [float(crisis.fought) if crisis.fought is not None else np.nan for crisis in crises],
            "balance": [crisis.balance for crisis in crises],
            "pact": [int(crisis.has_pact) for crisis in crises],
        }
    )
    said = [_left_out(table, j) for j in range(len(table))]
    attack, fight = (np.array([each[k] for each in said]) for k in range(2))
    return {ForecastEvent.ATTACKED: attack, ForecastEvent.FOUGHT: fight}, sum(each[2] for each in said)


def _left_out(table: pd.DataFrame, j: int) -> tuple[float, float, int]:
    others = table.drop(index=j)
    try:
        ends = fit_egame12(FORMULA, others).predict(table.iloc[[j]]).to_numpy()[0]
    except (NotConverged, NotIdentified, InvalidFile):
        came = others[others["attacked"] == 1]
        return float(others["attacked"].mean()), float(came["fought"].mean()), 1
    return float(1 - ends[0]), float(ends[2] / (ends[1] + ends[2])), 0
