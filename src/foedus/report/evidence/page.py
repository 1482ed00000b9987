"""From a calibration and a backtest to what a page says: first where the model loses."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.evidence.backtest.record import THREATS, Backtest, Trial
from foedus.evidence.calibration.calibrate import Calibration, ObservationFit
from foedus.evidence.calibration.parameter_shifts import ParameterShift
from foedus.futures.parameters.record import Parameter
from foedus.report.evidence.charts import bins_chart, targets_chart
from foedus.report.evidence.tables import (
    bins_table,
    cases_table,
    forecasts_table,
    scores_table,
    silent_table,
    spoke_table,
    targets_table,
)
from foedus.report.evidence.words import event_words, holding_words, losing_words, target_words
from foedus.report.page.inline import CodeSpan, Words
from foedus.report.page.page import Block, Emphasis, Entry, Folded, Page, Paragraph, Points, Section, listing
from foedus.report.page.provenance import Provenance
from foedus.report.page.references import MCKELVEY_PALFREY, WILSON, cited
from foedus.report.words.numbers import percent, plain

_MAIN_TRIALS = ("war_10", "attack_10", "kept", "attacked", "fought")
_HOW_TARGETS_ARE_COUNTED = (
    "Every number of the record stands for cases that somebody chose to test, or that came about as they did. The "
    "model's number is counted in the same way: wars and promises in the futures and texts in which they are put to "
    "the test. Futures are then weighted so that the model's averages lie in the intervals that count, with as little "
    "change to the draws as possible."
)
_HOW_THREATS_ARE_FORECAST = (
    "States that another state put into a crisis (International Crisis Behavior), and disputes that one state began "
    "with one other (Militarized Interstate Disputes). Each is forecast out of sample, by a generic text of its kind "
    "of pact. The data sets choose what counts as a threat; hundreds of cases are no sample of all states either."
)
_CAUTION: Words = (
    "That its averages can be brought near the record does not make a forecast of it: the record is thin, and most "
    "parameters history says nothing about. Which texts, which intervals and why: ",
    CodeSpan("docs/evidence.md"),
    " and decisions 010 and 011.",
)


def evidence_page(
    calibration: Calibration, tried: Backtest, *, parameters: Mapping[str, Parameter], provenance: Provenance
) -> Page:
    """Put the page together: first where the model loses."""
    threats = [trial for trial in tried.trials if trial.event in THREATS]
    main = [trial for trial in tried.trials if trial.name in _MAIN_TRIALS]
    others = [trial for trial in tried.trials if trial.name not in _MAIN_TRIALS and trial.event not in THREATS]
    return Page(
        title="The model against the record",
        subtitle="Where it loses, what history says about its parameters, and what it does not say",
        kind="Evidence",
        head=tuple(Paragraph(words, Emphasis.SMALL) for words in _facts(calibration)),
        sections=(
            *_verdicts([*threats, *main, *others], calibration),
            *([_threats(threats)] if threats else []),
            _cases(main, others, tried),
            _targets(calibration.findings),
            _parameters(calibration.shifts, parameters),
        ),
        provenance=provenance,
        caution=_CAUTION,
        references=(cited(MCKELVEY_PALFREY), cited(WILSON)),
    )


def _verdicts(trials: Sequence[Trial], calibration: Calibration) -> Iterator[Section]:
    losing = (*(losing_words(trial) for trial in trials if trial.losses), *target_words(calibration))
    yield _pointed("Where the model loses", losing or ("Nowhere in what was tried.",), name="loses")
    holding = tuple(holding_words(trial) for trial in trials if not trial.losses)
    if holding:
        yield _pointed("Where it does not", holding, name="holds")


def _pointed(heading: str, texts: Sequence[str], *, name: str) -> Section:
    return listing(heading, entries=tuple(map(Entry, texts)), name=name)


def _cases(main: Sequence[Trial], others: Sequence[Trial], tried: Backtest) -> Section:
    more: tuple[Block, ...] = (
        Folded("Other horizons", (scores_table(others, caption="Other horizons"),)),
        Folded("How each text was read", (cases_table(tried),)),
        *(Paragraph(words, Emphasis.SMALL) for words in tried.not_tried),
    )
    return Section(
        "Cases that are over",
        name="cases",
        sections=(*map(_trial, main), Section("Beside these", more)),
        is_brief=False,
    )


def _threats(threats: Sequence[Trial]) -> Section:
    return Section(
        "States under threat",
        (Paragraph(_HOW_THREATS_ARE_FORECAST),),
        name="threats",
        sections=tuple(_threat(trial) for trial in threats),
        is_brief=False,
    )


def _threat(trial: Trial) -> Section:
    return Section(
        f"{trial.title} ({len(trial.cases)} cases)",
        (
            Paragraph(trial.note, Emphasis.SMALL),
            scores_table([trial], caption=f"Scores: {event_words(trial)}"),
            bins_chart(trial, table=bins_table(trial)),
        ),
    )


def _trial(trial: Trial) -> Section:
    return Section(
        f"{trial.title} ({len(trial.cases)} cases)",
        (
            Paragraph(trial.note),
            scores_table([trial], caption=f"Scores: {event_words(trial)}"),
            bins_chart(trial, table=forecasts_table(trial)),
        ),
    )


def _targets(findings: Sequence[ObservationFit]) -> Section:
    conflicts = _conflicts(findings)
    folded = Folded("Targets that pull against each other", (Points(tuple(map(Entry, conflicts))),))
    return Section(
        "Targets",
        (
            Paragraph(_HOW_TARGETS_ARE_COUNTED),
            targets_chart(findings, table=targets_table(findings)),
            *((folded,) if conflicts else ()),
        ),
        name="targets",
    )


def _parameters(said: Sequence[ParameterShift], parameters: Mapping[str, Parameter]) -> Section:
    silent = silent_table([each for each in said if not each.is_informed])
    return Section(
        "About what history spoke",
        (
            spoke_table([each for each in said if each.is_informed], parameters),
            Folded("About what it said nothing", (silent,)),
        ),
        name="parameters",
    )


def _facts(calibration: Calibration) -> tuple[str, ...]:
    return (
        f"{calibration.drawn} futures drawn with seed {calibration.seed}, weighted; they are worth "
        f"{calibration.effective:.0f} unweighted ones. The weights lie {calibration.divergence:.2f} nats from equal.",
        f"{percent(calibration.courses.unsolved)} of the games were not solved to tolerance and are left out.",
        f"A target counts as met within {plain(calibration.limit)} standard deviations, sampling and discrepancy "
        f"together, and is given up when one of them would cost more than {plain(calibration.dearest)} nats.",
    )


def _conflicts(findings: Sequence[ObservationFit]) -> tuple[str, ...]:
    names = {finding.demand.observation.id: finding.demand.observation.what for finding in findings}
    return tuple(
        f"Meeting “{finding.demand.observation.what}” alone would push out: "
        + "; ".join(names[other] for other in finding.pushes_out)
        + "."
        for finding in findings
        if finding.pushes_out
    )
