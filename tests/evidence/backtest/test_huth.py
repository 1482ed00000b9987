"""Cases of immediate deterrence: forecasts that leave their own case out."""

from dataclasses import replace

import numpy as np
import pytest

from foedus.evidence.backtest.crises import strategic_probit
from foedus.evidence.backtest.huth import NO_PACT, PACT, Crisis, _without, huth_trials
from foedus.evidence.backtest.record import BASE_RATE, MODEL_AFTER, MODEL_BEFORE, PROBIT, ForecastEvent
from foedus.evidence.backtest.run import CLASSES
from foedus.evidence.calibration.calibrate import Calibration, calibrate
from foedus.evidence.calibration.observation import Band, Demand, Statistic
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw
from tests.evidence.calibration.made_up import courses, demand

FUTURES = 120


def _crises(count: int) -> tuple[Crisis, ...]:
    rng = np.random.default_rng(0)
    balance = rng.normal(size=count)
    attacked = rng.random(count) < 1 / (1 + np.exp(-balance))
    fought = rng.random(count) < 0.6
    return tuple(
        Crisis(
            id=str(j),
            balance=float(balance[j]),
            has_pact=bool(j % 2),
            attacked=bool(attacked[j]),
            fought=bool(fought[j]) if attacked[j] else None,
        )
        for j in range(count)
    )


def _asked() -> Demand:
    made = demand(Statistic.DETERRED, balance=0.0, discrepancy=0.1)
    return replace(made, texts=(PACT, NO_PACT), band=Band(value=0.68, low=0.5, high=0.86, sd=0.1, n=25, source=""))


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    """Give weights that answer to one target, on crises at an even balance."""
    parameters = default_parameters()
    return calibrate(
        [_asked()],
        sample=draw(parameters, futures=FUTURES, seed=1),
        courses=courses(FUTURES, texts=(PACT, NO_PACT)),
        parameters=parameters,
        read=parameters,
        drawn=FUTURES,
        dearest=5.0,
        limit=1.645,
        deals=99,
    )


def test_a_case_is_taken_out_of_the_target_it_is_counted_in() -> None:
    """17 of 25 held back; without one that held back it is 16 of 24, without one that attacked 17 of 24."""
    held = Crisis(id="a", balance=0.1, has_pact=True, attacked=False, fought=None)
    for crisis, share in ((held, 16 / 24), (replace(held, attacked=True, fought=False), 17 / 24)):
        band = _without(_asked(), crisis, classes=CLASSES, limit=1.645).band
        assert band.value == pytest.approx(share)
        assert band.n == 24
        assert band.low < share < band.high


def test_a_case_of_another_class_leaves_the_target_as_it_is() -> None:
    """A crisis in which the attacker is far ahead is not counted among the even ones."""
    weak = Crisis(id="a", balance=1.2, has_pact=True, attacked=True, fought=True)
    assert _without(_asked(), weak, classes=CLASSES, limit=1.645) == _asked()


def test_every_forecaster_speaks_of_every_case(calibration: Calibration) -> None:
    """Attack is forecast for all cases, resistance for those that were attacked."""
    crises = _crises(40)
    forecasts, _ = strategic_probit(crises)
    attacked, fought = huth_trials(crises, calibration, classes=CLASSES, probit=forecasts, probit_name=PROBIT, seed=1)
    assert len(attacked.cases) == 40
    assert len(fought.cases) == sum(crisis.attacked for crisis in crises)
    for trial in (attacked, fought):
        assert {MODEL_AFTER, MODEL_BEFORE, BASE_RATE, PROBIT} <= set(trial.forecasters)
        assert all(((each.forecasts >= 0) & (each.forecasts <= 1)).all() for each in trial.forecasters.values())


def test_the_models_forecast_is_a_ratio_of_expectations(calibration: Calibration) -> None:
    """With equal weights: persisting over all, at the balance of the case, under the text that it stands for."""
    crisis = Crisis(id="a", balance=0.0, has_pact=True, attacked=True, fought=True)
    crises = (crisis, *_crises(12))
    trial = huth_trials(crises, calibration, classes=CLASSES, probit={}, probit_name="", seed=1)[0]
    parts = calibration.courses.crisis[:, 0, 1].sum(axis=0)
    assert trial.forecasters[MODEL_BEFORE].forecasts[0] == pytest.approx(parts[1:].sum() / parts.sum())


def test_the_probit_has_not_seen_the_case_that_it_forecasts() -> None:
    """Turning one attack into restraint leaves the forecast of that case as it was."""
    crises = _crises(40)
    turned = tuple(
        replace(crisis, attacked=not crisis.attacked, fought=None if crisis.attacked else True) if j == 5 else crisis
        for j, crisis in enumerate(crises)
    )
    first, second = (strategic_probit(each)[0][ForecastEvent.ATTACKED][5] for each in (crises, turned))
    assert first == pytest.approx(second, abs=1e-9)
