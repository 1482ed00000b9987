"""From a calibration and a backtest to what a page says: first where the model loses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus import __version__
from foedus.evidence.backtest.record import Backtest, Trial
from foedus.evidence.calibration.calibrate import Calibration, ObservationFit
from foedus.evidence.calibration.parameter_shifts import ParameterShift
from foedus.futures.parameters.record import Parameter
from foedus.report.evidence.charts import EvidenceFigure, bins_figure, targets_figure
from foedus.report.evidence.words import event_words, holding_words, losing_words, target_words
from foedus.report.page.tables import Column, Table
from foedus.report.words.numbers import amount, percent, plain, signed_amount, signed_amount_range


@dataclass(frozen=True)
class TrialPart:
    """One trial as the page shows it."""

    title: str
    words: str
    scores: Table
    cases: Table
    figure: EvidenceFigure | None


@dataclass(frozen=True)
class EvidencePage:
    """Everything that the page says, as text."""

    title: str
    subtitle: str
    facts: tuple[str, ...]
    loses: tuple[str, ...]
    holds: tuple[str, ...]
    trials: tuple[TrialPart, ...]
    more_trials: Table
    """Scores at other horizons."""
    cases: Table
    not_tried: tuple[str, ...]
    targets: Table
    targets_figure: EvidenceFigure
    conflicts: tuple[str, ...]
    spoke: Table
    silent: Table
    generator: str = f"foedus {__version__}"


MAIN_TRIALS = ("war_10", "attack_10", "kept", "attacked", "fought")


def evidence_page(calibration: Calibration, tried: Backtest, *, parameters: Mapping[str, Parameter]) -> EvidencePage:
    """Put the page together."""
    main = [trial for trial in tried.trials if trial.name in MAIN_TRIALS]
    others = [trial for trial in tried.trials if trial.name not in MAIN_TRIALS]
    return EvidencePage(
        title="The model against the record",
        subtitle="Where it loses, what history says about its parameters, and what it does not say",
        facts=_facts(calibration),
        loses=(*(losing_words(trial) for trial in (*main, *others) if trial.losses), *target_words(calibration)),
        holds=tuple(holding_words(trial) for trial in (*main, *others) if not trial.losses),
        trials=tuple(_part(trial) for trial in main),
        more_trials=_scores_table(others, caption="Other horizons"),
        cases=_cases_table(tried),
        not_tried=tried.not_tried,
        targets=_targets_table(calibration.findings),
        targets_figure=targets_figure(calibration.findings),
        conflicts=_conflicts(calibration.findings),
        spoke=_spoke_table([said for said in calibration.shifts if said.is_informed], parameters),
        silent=_silent_table([said for said in calibration.shifts if not said.is_informed]),
    )


def _facts(calibration: Calibration) -> tuple[str, ...]:
    return (
        f"{calibration.drawn} futures drawn with seed {calibration.seed}, weighted; they are worth "
        f"{calibration.effective:.0f} unweighted ones. The weights lie {calibration.divergence:.2f} nats from equal.",
        f"{percent(calibration.courses.unsolved)} of the games were not solved to tolerance and are left out.",
        f"A target counts as met within {plain(calibration.limit)} standard deviations, sampling and discrepancy "
        f"together, and is given up when one of them would cost more than {plain(calibration.dearest)} nats.",
    )


def _part(trial: Trial) -> TrialPart:
    return TrialPart(
        title=f"{trial.title} ({len(trial.cases)} cases)",
        words=trial.note,
        scores=_scores_table([trial], caption=f"Scores: {event_words(trial)}"),
        cases=_forecasts_table(trial),
        figure=bins_figure(trial),
    )


def _scores_table(trials: Sequence[Trial], *, caption: str) -> Table:
    several = len(trials) != 1
    columns = (
        *([Column("Event", is_number=False)] if several else []),
        Column("Forecaster", is_number=False),
        Column("Brier score", unit="0 is perfect"),
        Column("Log score", unit="0 is perfect"),
        Column("Brier, less base rate", unit="95 % interval; below 0 is better"),
    )
    rows = [
        (
            *([trial.title] if several else []),
            each.name,
            f"{each.score.brier:.3f}",
            f"{each.score.log:.3f}",
            signed_amount(each.against_base.difference)
            + f"\n{signed_amount_range(each.against_base.low, each.against_base.high)}",
        )
        for trial in trials
        for each in trial.forecasters.values()
    ]
    return Table(caption=caption, columns=columns, rows=tuple(rows))


def _forecasts_table(trial: Trial) -> Table:
    return Table(
        caption="Case by case",
        columns=(
            Column("Case", is_number=False),
            Column("Happened", is_number=False),
            *(Column(name) for name in trial.forecasters),
        ),
        rows=tuple(
            (
                case,
                "yes" if trial.happened[j] else "no",
                *(f"{each.forecasts[j]:.2f}" for each in trial.forecasters.values()),
            )
            for j, case in enumerate(trial.cases)
        ),
    )


def _cases_table(tried: Backtest) -> Table:
    def when(value: float | None) -> str:
        return "" if value is None else f"{value:.1f}"

    return Table(
        caption="How each text of the library was read",
        columns=(
            Column("Text", is_number=False),
            Column("Begins"),
            Column("Attack"),
            Column("War"),
            Column("Watched until"),
            Column("Promise kept", is_number=False),
            Column("Why", is_number=False),
        ),
        rows=tuple(
            (
                case.text,
                when(case.begins),
                when(case.attack),
                when(case.war),
                when(case.watched_until),
                "not tested" if case.kept is None else "yes" if case.kept else "no",
                case.why,
            )
            for case in tried.cases
        ),
    )


def _targets_table(findings: Sequence[ObservationFit]) -> Table:
    return Table(
        caption="Targets: what the record says, and what the model says in its place",
        columns=(
            Column("Quantity", is_number=False),
            Column("Record", unit="interval that counts"),
            Column("Cases"),
            Column("Model before"),
            Column("Model after"),
            Column("Price", unit="nats for one sd"),
            Column("Verdict", is_number=False),
        ),
        rows=tuple(
            (
                f"{finding.demand.observation.what}",
                f"{amount(finding.demand.band.value)}\n{_interval(finding)}",
                str(finding.demand.band.n),
                amount(finding.before),
                amount(finding.after),
                amount(finding.price),
                _verdict(finding),
            )
            for finding in findings
        ),
        note="Days are counted in logarithms, their spread as a variance.",
    )


def _interval(finding: ObservationFit) -> str:
    band, side = finding.demand.band, finding.demand.observation.side
    if side.value == "at_most":
        return f"at most {amount(band.high)}"
    if side.value == "at_least":
        return f"at least {amount(band.low)}"
    return f"{amount(band.low)} to {amount(band.high)}"


def _verdict(finding: ObservationFit) -> str:
    if finding.is_given_up:
        return "given up: the model cannot say it at this price"
    if finding.binds:
        return "binds" if not finding.was_met else "binds, because others pull against it"
    return "met from the start" if finding.was_met else "met by what others ask"


def _conflicts(findings: Sequence[ObservationFit]) -> tuple[str, ...]:
    names = {finding.demand.observation.id: finding.demand.observation.what for finding in findings}
    return tuple(
        f"Meeting “{finding.demand.observation.what}” alone would push out: "
        + "; ".join(names[other] for other in finding.pushes_out)
        + "."
        for finding in findings
        if finding.pushes_out
    )


def _spoke_table(said: Sequence[ParameterShift], parameters: Mapping[str, Parameter]) -> Table:
    return Table(
        caption="Parameters about which history spoke",
        columns=(
            Column("Parameter", is_number=False),
            Column("What it is", is_number=False),
            Column("Before", unit="median, 5 to 95 %"),
            Column("After", unit="median, 5 to 95 %"),
            Column("Moved by"),
            Column("Chance alone"),
        ),
        rows=tuple(
            (
                each.name,
                parameters[each.name].what,
                _three(each.before),
                _three(each.after),
                f"{each.distance:.2f}",
                f"{each.floor:.2f}",
            )
            for each in said
        ),
        note=(
            "Moved by: largest gap between the distributions before and after. Chance alone: what one in twenty random "
            "deals of the same weights exceeds. At most one claim in ten is false, on average."
        ),
    )


def _three(values: tuple[float, float, float]) -> str:
    return f"{plain(values[1])}\n{plain(values[0])} to {plain(values[2])}"


def _silent_table(said: Sequence[ParameterShift]) -> Table:
    groups: dict[str, list[ParameterShift]] = {}
    for each in said:
        groups.setdefault(each.group, []).append(each)
    return Table(
        caption="Parameters about which history said nothing",
        columns=(Column("Drawn together as", is_number=False), Column("Moved by"), Column("Chance alone")),
        rows=tuple((name, *_moved(each[0])) for name, each in groups.items()),
        note="Not read: no text behind the targets depends on it.",
    )


def _moved(said: ParameterShift) -> tuple[str, str]:
    return (f"{said.distance:.2f}", f"{said.floor:.2f}") if said.is_testable else ("not read", "")
