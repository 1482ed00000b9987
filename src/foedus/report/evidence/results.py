"""The numbers behind the page of evidence, for programs."""

import json
import math
from typing import Any

from foedus.evidence.backtest.record import THREATS, Backtest, Forecaster, Trial
from foedus.evidence.calibration.calibrate import Calibration, ObservationFit
from foedus.evidence.calibration.parameter_shifts import ParameterShift
from foedus.report.page.provenance import Provenance

JSON = "backtest.json"
FORMAT = "foedus evidence"
FORMAT_VERSION = 3


def evidence_json(calibration: Calibration, tried: Backtest, *, provenance: Provenance) -> bytes:
    """Return calibration and backtest as JSON; what has no number is null."""
    said = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "provenance": provenance.to_mapping(),
        "effective_futures": calibration.effective,
        "divergence_nats": calibration.divergence,
        "targets": [_target(finding) for finding in calibration.findings],
        "parameters": [_parameter(each) for each in calibration.shifts],
        "trials": [_trial(trial) for trial in tried.trials],
        "not_tried": list(tried.not_tried),
    }
    return (json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _target(finding: ObservationFit) -> dict[str, Any]:
    band = finding.demand.band
    return {
        "id": finding.demand.observation.id,
        "what": finding.demand.observation.what,
        "record": band.value,
        "low": _number(band.low),
        "high": _number(band.high),
        "sd": band.sd,
        "n": band.n,
        "source": band.source,
        "before": _number(finding.before),
        "after": _number(finding.after),
        "price": finding.price,
        "binds": finding.binds,
        "is_given_up": finding.is_given_up,
        "pushes_out": list(finding.pushes_out),
    }


def _parameter(said: ParameterShift) -> dict[str, Any]:
    return {
        "name": said.name,
        "group": said.group,
        "could_speak": said.is_testable,
        "spoke": said.is_informed,
        "distance": said.distance,
        "floor": said.floor,
        "chance": said.chance,
        "before": list(said.before),
        "after": list(said.after),
    }


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "name": trial.name,
        "title": trial.title,
        "event": trial.event.value,
        "case_count": len(trial.cases),
        "happened_count": int(trial.happened.sum()),
        "note": trial.note,
        "forecasters": [_forecaster(each) for each in trial.forecasters.values()],
        **({} if trial.event in THREATS else _case_by_case(trial)),
    }


def _case_by_case(trial: Trial) -> dict[str, Any]:
    return {
        "cases": list(trial.cases),
        "happened": [bool(each) for each in trial.happened],
        "forecasts": {name: each.forecasts.tolist() for name, each in trial.forecasters.items()},
    }


def _forecaster(each: Forecaster) -> dict[str, Any]:
    base, model = each.against_base, each.model_against
    return {
        "name": each.name,
        "brier": each.score.brier,
        "log": each.score.log,
        "less_base_rate": [base.difference, base.low, base.high],
        "model_less": [model.difference, model.low, model.high],
        "bins": [[part.forecast, part.happened, part.low, part.high, part.cases] for part in each.bins],
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
