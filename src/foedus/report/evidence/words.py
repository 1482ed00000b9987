"""What the page of evidence says in sentences."""

from foedus.evidence.backtest.record import MODEL_AFTER, MODEL_BEFORE, ForecastEvent, Trial
from foedus.evidence.calibration.calibrate import Calibration
from foedus.report.words.numbers import amount, signed_amount_range
from foedus.values.names import listed

_EVENTS = {
    ForecastEvent.WAR: "war came",
    ForecastEvent.ATTACK: "an attack or war came",
    ForecastEvent.KEPT: "the promise was kept",
    ForecastEvent.ATTACKED: "the attacker attacked",
    ForecastEvent.FOUGHT: "the defender fought",
    ForecastEvent.THREAT_ATTACKED: "the attack came",
    ForecastEvent.THREAT_WAR: "full-scale war came",
    ForecastEvent.ALLY_JOINED: "an ally came",
}


def event_words(trial: Trial) -> str:
    """Say in how many cases it happened."""
    return f"{_EVENTS[trial.event]} in {trial.happened.sum():.0f} of {len(trial.cases)} cases"


def losing_words(trial: Trial) -> str:
    """Say who did better than the model, by how much, and whether so few cases can tell."""
    model = trial.forecasters[MODEL_AFTER]
    better = listed([f"{_called(each.name)} ({each.score.brier:.3f})" for each in trial.losses])
    clear = listed([_called(each.name) for each in trial.losses if each.model_against.is_clear])
    sure = f"Clear against {clear}." if clear else "So few cases cannot tell them apart."
    return f"{trial.title}: the weighted model (Brier score {model.score.brier:.3f}) does worse than {better}. {sure}"


def holding_words(trial: Trial) -> str:
    """Say how far ahead the model is of the base rate, and whether so few cases can tell."""
    model = trial.forecasters[MODEL_AFTER]
    low, high = model.against_base.low, model.against_base.high
    sure = "" if model.against_base.is_clear else "; so few cases cannot tell the two apart"
    return (
        f"{trial.title}: nobody does better than the weighted model (Brier score {model.score.brier:.3f}, less that of "
        f"the base rate {signed_amount_range(low, high)}{sure})."
    )


def target_words(calibration: Calibration) -> tuple[str, ...]:
    """Say which targets the model cannot meet."""
    return tuple(
        f"The record has {amount(finding.demand.band.value)} for “{finding.demand.observation.what}”, the model "
        f"{amount(finding.before)} before and {amount(finding.after)} after weighting: given up, too dear to meet."
        for finding in calibration.findings
        if finding.is_given_up
    )


def _called(name: str) -> str:
    return name if name in (MODEL_AFTER, MODEL_BEFORE) else f"the {name}"
