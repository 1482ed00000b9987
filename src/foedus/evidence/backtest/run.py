"""Try the model on every case whose end is known."""

from collections.abc import Sequence

from foedus.evidence.backtest.crises import strategic_probit
from foedus.evidence.backtest.history import history_trials
from foedus.evidence.backtest.huth import Crisis, huth_trials
from foedus.evidence.backtest.load import forces_in_place
from foedus.evidence.backtest.record import PROBIT, Backtest, HistoricalCase, Trial
from foedus.evidence.calibration.calibrate import Calibration
from foedus.evidence.calibration.load import load_texts
from foedus.futures.parameters.record import Parameters

CLASSES = (0.67, 1.33)
"""Ratios of defender to attacker at which the targets divide Huth's cases."""
_NO_CRISES = (
    "Huth's cases were not tried: their file is not in the data folder (`foedus data` tells where it can be had)."
)
_REFIT = (
    "The estimates of Signorino and Tarar (2006) were not at hand in a form that could be checked. The strategic "
    "probit beside the model is fitted anew, to all cases but the one that it forecasts, with the balance and the pact "
    "alone."
)


def backtest(
    cases: Sequence[HistoricalCase],
    crises: Sequence[Crisis],
    calibration: Calibration,
    *,
    parameters: Parameters,
    seed: int,
) -> Backtest:
    """Score the model and simpler forecasters on the library's cases and, where they are at hand, on Huth's."""
    used = load_texts([case.text for case in cases if not case.left_out])
    trials = history_trials(cases, calibration, forces_in_place=forces_in_place(used, parameters), seed=seed)
    not_tried = [f"{case.text} was left out: {case.left_out}." for case in cases if case.left_out]
    tried, said = _try_crises(crises, calibration, seed=seed) if crises else ((), [_NO_CRISES])
    return Backtest(trials=(*trials, *tried), cases=tuple(cases), not_tried=(*not_tried, *said))


def _try_crises(
    crises: Sequence[Crisis], calibration: Calibration, *, seed: int
) -> tuple[tuple[Trial, ...], list[str]]:
    forecasts, failed = strategic_probit(crises)
    said = [_REFIT]
    if failed:
        said.append(
            f"In {failed} of {len(crises)} cases that fit found no maximum, and the base rate stands in its place."
        )
    trials = huth_trials(crises, calibration, classes=CLASSES, probit=forecasts, probit_name=PROBIT, seed=seed)
    return trials, said
