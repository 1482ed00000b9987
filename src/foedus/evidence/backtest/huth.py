"""Cases of extended immediate deterrence (Huth 1988; Signorino and Tarar 2006): attacked or not, fought or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.evidence.backtest.record import LOGIT, MODEL_AFTER, MODEL_BEFORE, ForecastEvent, Trial
from foedus.evidence.backtest.rivals import logit_left_out
from foedus.evidence.backtest.scores import wilson
from foedus.evidence.backtest.trial import try_all
from foedus.evidence.calibration.calibrate import Calibration, weigh
from foedus.evidence.calibration.expected_course import CRISIS
from foedus.evidence.calibration.observation import Demand, Statistic
from foedus.evidence.calibration.statistics import count, crisis_at
from foedus.values.arrays import FloatArray

PACT, NO_PACT = "crisis/pact", "crisis/no_pact"
_NOTE = (
    "Crises chosen because they are known, not sampled, in each of which a threat had been made and a defender had "
    "shown that it would resist: selected twice. Each forecast of the weighted model is made with the case taken out "
    "of the targets on these very cases."
)


@dataclass(frozen=True)
class Crisis:
    """One case."""

    id: str
    balance: float
    """Logarithm of the attacker's forces on the spot to those of the defender and the friendly state."""
    has_pact: bool
    attacked: bool
    fought: bool | None
    """None where no attack came."""


def huth_trials(
    crises: Sequence[Crisis],
    calibration: Calibration,
    *,
    classes: tuple[float, float],
    probit: dict[ForecastEvent, FloatArray],
    probit_name: str,
    seed: int,
) -> tuple[Trial, ...]:
    """Forecast attack, and resistance where an attack came.

    ``classes`` are the ratios of defender to attacker at which the targets divide the cases. ``probit`` holds forecasts
    of a strategic probit, where there are some.
    """
    equal = np.full(len(calibration.weights), 1 / len(calibration.weights))
    weights = [_weights_without(crisis, calibration, classes=classes) for crisis in crises]
    trials = []
    for event, chosen in (
        (ForecastEvent.ATTACKED, list(range(len(crises)))),
        (ForecastEvent.FOUGHT, [j for j, crisis in enumerate(crises) if crisis.attacked]),
    ):
        happened = np.array([_happened(crises[j], event) for j in chosen])
        forecasts = {
            MODEL_AFTER: np.array([_forecast(crises[j], event, calibration, weights[j]) for j in chosen]),
            MODEL_BEFORE: np.array([_forecast(crises[j], event, calibration, equal) for j in chosen]),
            LOGIT: logit_left_out(np.array([crises[j].balance for j in chosen]), happened),
        }
        forecasts |= {probit_name: probit[event][chosen]} if event in probit else {}
        trials.append(
            try_all(
                name=event.value,
                title=_TITLES[event],
                event=event,
                cases=tuple(crises[j].id for j in chosen),
                happened=happened,
                forecasts=forecasts,
                note=_NOTE,
                seed=seed,
            )
        )
    return tuple(trial for trial in trials if trial)


_TITLES = {
    ForecastEvent.ATTACKED: "Huth's cases: the attacker attacked",
    ForecastEvent.FOUGHT: "Huth's cases: the defender fought when it was attacked",
}


def _happened(crisis: Crisis, event: ForecastEvent) -> float:
    return float(crisis.attacked if event is ForecastEvent.ATTACKED else bool(crisis.fought))


def _forecast(crisis: Crisis, event: ForecastEvent, calibration: Calibration, weights: FloatArray) -> float:
    courses = calibration.courses.of((PACT if crisis.has_pact else NO_PACT,))
    parts = np.nan_to_num(crisis_at(courses, crisis.balance)[:, 0]).T @ weights
    withdrawn, fought, stood_by = (float(parts[CRISIS.index(name)]) for name in ("withdrawn", "fought", "stood_by"))
    persisted = fought + stood_by
    if event is ForecastEvent.ATTACKED:
        return persisted / (withdrawn + persisted)
    return fought / persisted


def _weights_without(crisis: Crisis, calibration: Calibration, *, classes: tuple[float, float]) -> FloatArray:
    """Weigh again with the case taken out of the targets that it is counted in."""
    demands = [_without(demand, crisis, classes=classes, limit=calibration.limit) for demand in calibration.demands]
    counts = [count(demand, calibration.courses, calibration.sample) for demand in demands]
    return weigh(demands, counts, dearest=calibration.dearest).weights


def _without(demand: Demand, crisis: Crisis, *, classes: tuple[float, float], limit: float) -> Demand:
    statistic, n = demand.observation.statistic, demand.band.n
    if statistic is Statistic.DETERRED and _class(demand.observation.balance, classes) == _class(
        crisis.balance, classes
    ):
        hit = not crisis.attacked
    elif statistic is Statistic.FOUGHT and crisis.attacked:
        hit = bool(crisis.fought)
    else:
        return demand
    share = (round(demand.band.value * n) - hit) / (n - 1)
    low, high = wilson(share, n - 1)
    reach = limit * float(np.hypot((high - low) / (2 * 1.959963984540054), demand.observation.discrepancy))
    band = replace(demand.band, value=share, low=max(0.0, share - reach), high=min(1.0, share + reach), n=n - 1)
    return replace(demand, band=band)


def _class(balance: float, classes: tuple[float, float]) -> int:
    """Return 0 weak, 1 even, 2 strong: where the ratio of defender to attacker falls."""
    return int(np.searchsorted(classes, np.exp(-balance)))
