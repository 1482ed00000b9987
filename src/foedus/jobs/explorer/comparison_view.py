"""A comparison as the explorer shows it: rows with their figures and words, the answer, who comes first how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foedus.arrangement.record import Arrangement
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import MEASURES, Comparison
from foedus.insight.ranking.acceptance import Acceptance
from foedus.insight.statistics.spread import Spread
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.brief import SLIDES, BriefFormat, BriefResult, brief, can_write_slides
from foedus.jobs.compare import CompareRequest, CompareResult, compare_solved, texts_to_compare
from foedus.jobs.explorer.picture import SHOWN
from foedus.jobs.explorer.pieces import joined
from foedus.mechanism.procedure.evidence.yardstick import word_for
from foedus.report.arrangement.show import names_of_parties
from foedus.report.comparison.answer import Statement, answer, challenge_words
from foedus.report.comparison.answers.price import money_is_known, money_note
from foedus.report.comparison.clause_matrix import clause_tables
from foedus.report.comparison.sides import sides_of
from foedus.report.page.page import Facts, FactsLayout, LabelledFact, Paragraph, Section
from foedus.report.page.record_json import as_plain
from foedus.report.page.writers.html import write_sections
from foedus.report.parameters.assumptions import parameter_words
from foedus.report.words.numbers import count_of_100, euros, euros_range, percent
from foedus.report.words.outcome_numbers import change, change_range, level, level_range


def brief_names() -> tuple[str, ...]:
    """Return the files that a brief can be taken away as on this installation."""
    return (*(f"brief.{kind}" for kind in BriefFormat), *((SLIDES,) if can_write_slides() else ()))


_LOST, _COST = "lost", "cost"
MONEY = "money"
"""What the cost in money is called beside the outcomes."""
_IN_MONEY, _MONEY_UNIT = "Cost to guarantors", "bn EUR a year"


@dataclass(frozen=True)
class SeenOutcome:
    """How one outcome lies under one arrangement."""

    spread: Spread
    said: str
    said_range: str
    word: str
    """Of the average chance; what a share or an amount is one of; empty where neither says more."""
    difference: str
    """To the baseline, with its sign; empty for the baseline itself."""
    difference_range: str


@dataclass(frozen=True)
class SeenSigning:
    """In how many futures everybody would rather sign than fight on."""

    share: float
    said: str
    """Of a hundred futures."""
    said_range: str
    """The 95 % interval of sampling."""
    word: str
    """Who would sign least often."""


@dataclass(frozen=True)
class ComparedRow:
    """One arrangement of a comparison."""

    id: str
    label: str
    is_baseline: bool
    outcomes: Mapping[str, SeenOutcome]
    """[outcome] with the cost in money, where it is known, as `MONEY`."""
    signing: SeenSigning
    first: Mapping[str, float]
    """[measure] share of futures in which it is the best."""
    acceptance: Acceptance
    covered: float
    faults: int


@dataclass(frozen=True)
class ComparisonView:
    """A comparison as it is shown."""

    rows: tuple[ComparedRow, ...]
    """From the least renewed war to the most."""
    most: Mapping[str, float]
    """[outcome] end of its axis."""
    drawn: tuple[str, ...]
    """Outcomes of the picture, the last of them the cost: in money where that is known."""
    words: Mapping[str, str]
    """[outcome]"""
    units: Mapping[str, str]
    money_note: str
    """How money is reckoned, or why it is not."""
    futures: int
    used: int
    horizon_years: float
    answer_html: str
    overturns_html: str
    clauses_html: str
    ahead: Mapping[str, Mapping[str, float]]
    """[arrangement][other] share of futures in which it has less war by more than the margin."""
    inputs_digest: str
    outcomes_digest: str
    command: str
    seed: int
    basis: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """Return plain data."""
        data: dict[str, Any] = as_plain(self)
        return data


def opened(request: CompareRequest) -> tuple[CompareRequest, Mapping[str, Arrangement]]:
    """Return the texts of a comparison, and the request with the command that asks the very same in a terminal."""
    texts = {name: text.arrangement for name, text in texts_to_compare(request).items()}
    is_across = len({sides_of(each) for each in texts.values()}) > 1
    futures = request.run.futures
    words = [request.command, *(["--across"] if is_across else [])]
    words += [] if futures == FUTURES["compare"] else [f"--futures {futures}"]
    return replace(request, command=" ".join(words)), texts


def view_comparison(request: CompareRequest, pieces: Mapping[str, Sequence[Ensemble]]) -> ComparisonView:
    """Compare texts from their solved pieces; raises as `compare_solved` does."""
    return _view(compare_solved(request, joined(pieces, run=request.run)))


def comparison_files(request: CompareRequest, pieces: Mapping[str, Sequence[Ensemble]]) -> Mapping[str, bytes]:
    """Return the files of a comparison: the report, the outcomes and the comparison for programs."""
    return dict(compare_solved(request, joined(pieces, run=request.run)).contents)


def brief_files(request: CompareRequest, pieces: Mapping[str, Sequence[Ensemble]]) -> Mapping[str, bytes]:
    """Return the brief of a comparison in every format that can be written here."""
    compared = compare_solved(request, joined(pieces, run=request.run))
    return dict(BriefResult(compared, brief(compared), has_slides=can_write_slides()).contents)


def _view(result: CompareResult) -> ComparisonView:
    comparison = result.comparison
    arrangements = {name: text.arrangement for name, text in result.texts.items()}
    labels = {name: text.label for name, text in result.texts.items()}
    parameters = result.run.parameters.entries
    words = parameter_words(parameters)
    told = answer(comparison, labels=labels, words=words, told=result.told)
    tables = clause_tables(
        arrangements, order=comparison.order, labels=labels, party_names=names_of_parties(arrangements.values())
    )
    in_money = money_is_known(comparison)
    return ComparisonView(
        rows=tuple(_row(result, name) for name in comparison.order),
        most=_axes(result),
        drawn=tuple(MONEY if in_money and name == _COST else name for name in SHOWN),
        words={name: OUTCOMES[name].words for name in SHOWN} | ({MONEY: _IN_MONEY} if in_money else {}),
        units={name: OUTCOMES[name].unit for name in SHOWN} | ({MONEY: _MONEY_UNIT} if in_money else {}),
        money_note=money_note(comparison),
        futures=comparison.convergence.futures,
        used=comparison.convergence.used,
        horizon_years=comparison.horizon_years,
        answer_html=write_sections([Section("", (_facts(told),))]),
        overturns_html=write_sections(
            [
                Section(
                    "",
                    tuple(
                        Paragraph(challenge_words(each, labels=labels, words=words, most=3))
                        for each in comparison.challenges
                    ),
                )
            ]
        ),
        clauses_html=write_sections([Section("", tables)]),
        ahead=comparison.rankings["war"].ahead,
        inputs_digest=result.provenance.inputs_digest,
        outcomes_digest=result.provenance.outcomes_digest,
        command=result.provenance.command,
        seed=comparison.settings.seed,
        basis=result.provenance.basis,
    )


def _row(result: CompareResult, name: str) -> ComparedRow:
    comparison = result.comparison
    coverage = result.coverage.get(name)
    return ComparedRow(
        id=name,
        label=result.texts[name].label,
        is_baseline=name == comparison.baseline,
        outcomes={outcome: _seen(result, name, outcome) for outcome in SHOWN} | _in_money(comparison, name),
        signing=_signing(comparison.acceptance[name]),
        first={measure: comparison.rankings[measure].standings[name].first.value for measure in MEASURES},
        acceptance=comparison.acceptance[name],
        covered=coverage.share if coverage else 0.0,
        faults=sum(1 for each in result.findings[name] if each.severity == "error" and each.kind == "fault"),
    )


def _seen(result: CompareResult, name: str, outcome: str) -> SeenOutcome:
    comparison, declared = result.comparison, OUTCOMES[outcome]
    spread = comparison.spreads[name][outcome]
    mean = comparison.differences[name][outcome].mean if name != comparison.baseline else None
    is_known = mean is not None and mean.low is not None and mean.high is not None
    return SeenOutcome(
        spread=spread,
        said=level(spread.mean, of=declared),
        said_range=level_range(spread.low, spread.high, of=declared),
        word=word_for(spread.mean) if declared.is_chance else "of what is at stake" if outcome == _LOST else "",
        difference=change(mean.value, of=declared) if mean else "",
        difference_range=change_range(mean.low, mean.high, of=declared) if is_known else "",  # type: ignore[union-attr, arg-type]
    )


def _in_money(comparison: Comparison, name: str) -> dict[str, SeenOutcome]:
    if not money_is_known(comparison):
        return {}
    money = comparison.money[name]
    seen = SeenOutcome(
        spread=money.total,
        said=euros(money.total.mean),
        said_range=euros_range(money.total.low, money.total.high),
        word=f"a year, {percent(money.share_gdp.mean / 100)} of their GDP",
        difference="",
        difference_range="",
    )
    return {MONEY: seen}


def _signing(acceptance: Acceptance) -> SeenSigning:
    parties = {
        "the adversary": acceptance.adversary,
        "the protected state": acceptance.protected_state,
        "the guarantors": acceptance.guarantors,
    }
    least = min(parties, key=lambda party: parties[party].value)
    everyone = acceptance.everyone
    return SeenSigning(
        everyone.value,
        said=count_of_100(everyone.value),
        said_range=f"{count_of_100(everyone.low)} to {count_of_100(everyone.high)}",
        word=f"of 100; least often {least}, {count_of_100(parties[least].value)}",
    )


def _facts(told: Sequence[Statement]) -> Facts:
    return Facts(tuple(LabelledFact(each.lead, (Paragraph(each.text),)) for each in told), FactsLayout.ANSWERS)


def _axes(result: CompareResult) -> dict[str, float]:
    """Give all chances and shares one axis, and cost its own."""
    spreads, money = result.comparison.spreads, result.comparison.money
    shares = [name for name in SHOWN if OUTCOMES[name].is_share]
    most = max(each[name].high for each in spreads.values() for name in shares)
    ends = {name: axis_end(most) for name in shares}
    return (
        ends
        | {name: axis_end(max(each[name].high for each in spreads.values())) for name in SHOWN if name not in shares}
        | (
            {MONEY: axis_end(max(each.total.high for each in money.values()))}
            if money_is_known(result.comparison)
            else {}
        )
    )


def axis_end(most: float) -> float:
    """Return a round number at or above the largest of what is drawn."""
    ends = (
        0.04,
        0.1,
        0.2,
        0.4,
        0.6,
        0.8,
        1.0,
        1.6,
        2.0,
        3.0,
        5.0,
        10.0,
        20.0,
        50.0,
        100.0,
        200.0,
        300.0,
        500.0,
        1000.0,
    )
    return next((end for end in ends if most <= end), most)
