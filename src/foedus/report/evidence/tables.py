"""Tables of the page of evidence."""

from collections.abc import Mapping, Sequence

from foedus.evidence.backtest.record import Backtest, Trial
from foedus.evidence.calibration.calibrate import ObservationFit
from foedus.evidence.calibration.parameter_shifts import ParameterShift
from foedus.futures.parameters.record import Parameter
from foedus.report.page.table import Column, Table, TableLayout
from foedus.report.words.numbers import amount, plain, signed_amount, signed_amount_range


def scores_table(trials: Sequence[Trial], *, caption: str) -> Table:
    """Tabulate scores of all forecasters of some trials."""
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


def forecasts_table(trial: Trial) -> Table:
    """Tabulate the forecasts of a trial, case by case."""
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


def bins_table(trial: Trial) -> Table:
    """Tabulate forecast and share that happened, by groups of cases with forecasts of about the same height."""
    return Table(
        caption="Groups of cases",
        columns=(
            Column("Forecaster", is_number=False),
            Column("Cases"),
            Column("Forecast", unit="mean"),
            Column("Happened", unit="share, 95 % interval"),
        ),
        rows=tuple(
            (name, str(part.cases), f"{part.forecast:.2f}", f"{part.happened:.2f}\n{part.low:.2f} to {part.high:.2f}")
            for name, each in trial.forecasters.items()
            for part in each.bins
        ),
    )


def cases_table(tried: Backtest) -> Table:
    """Tabulate how each text of the library was read as a case."""

    def when(value: float | None) -> str:
        return "" if value is None else f"{value:.1f}"

    return Table(
        caption="How each text of the library was read",
        layout=TableLayout.WORDS,
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


def targets_table(findings: Sequence[ObservationFit]) -> Table:
    """Tabulate what the record says of each target, and the model in its place."""
    return Table(
        caption="Targets: what the record says, and what the model says in its place",
        columns=(
            Column("Quantity", is_number=False),
            Column("Record", unit="interval that counts"),
            Column("Cases", is_detail=True),
            Column("Model before"),
            Column("Model after"),
            Column("Price", unit="nats for one sd", is_detail=True),
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


def spoke_table(said: Sequence[ParameterShift], parameters: Mapping[str, Parameter]) -> Table:
    """Tabulate the parameters about which history spoke."""
    return Table(
        caption="Parameters about which history spoke",
        columns=(
            Column("Parameter", is_number=False),
            Column("What it is", is_number=False, is_detail=True),
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


def silent_table(said: Sequence[ParameterShift]) -> Table:
    """Tabulate the parameters about which it said nothing."""
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
