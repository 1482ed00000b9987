"""An outcome is declared once: whatever computes or shows outcomes then has it."""

import io
import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from foedus.futures.chunks.block import Block
from foedus.futures.chunks.chunk_file import chunk_bytes
from foedus.futures.ensemble import Ensemble
from foedus.futures.parameters.load import default_parameters
from foedus.game.declared_outcome import Better, DeclaredOutcome, OutcomeKind, Shown
from foedus.game.outcome import Outcome
from foedus.game.outcomes import OUTCOMES, column_of, figures_of, unknown_outcome
from foedus.insight.anatomy.record import Anatomy, ShapleyMethod
from foedus.insight.anatomy.record import GroupContribution as AnatomyPart
from foedus.insight.assumptions.attribution import Attribution
from foedus.insight.assumptions.screening import Inquiry
from foedus.insight.assumptions.sensitivity import Sensitivity
from foedus.insight.claims.outcomes import complaint_about, values_of
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.satisficing import parse_requirements
from foedus.insight.statistics.spread import MeanOverFutures, Share
from foedus.report.anatomy.page import anatomy_page
from foedus.report.claims.words import figure_words, outcome_words
from foedus.report.comparison.in_short import comparison_in_short
from foedus.report.comparison.page import comparison_page
from foedus.report.comparison.results import json_of, parquet_of
from foedus.report.comparison.tables.outcomes import other_outcomes_tables
from foedus.report.page.inline import plain_text
from foedus.report.page.page import Chart, Paragraph
from foedus.report.page.writers.html import write_html
from foedus.report.page.writers.terminal import print_page
from foedus.report.sensitivity.page import inquiry_sentences
from foedus.values.arrays_file import read_arrays
from tests.insight.specimens import TWELVE, made_up
from tests.report.specimens import BASELINE, arrangements, labels, provenance

ALARMS = DeclaredOutcome(
    "alarms",
    what="share of periods in which an alarm is raised",
    words="False alarms raised",
    short="False alarms",
    kind=OutcomeKind.SHARE,
    unit="share of periods",
    better=Better.LOWER,
    shown=Shown.HARM,
    read=lambda exact, seen: exact.war * seen.prior / 2,
)
HALF = MeanOverFutures(0.5, 0.4, 0.6)
EXACT = Outcome(
    **dict.fromkeys(("war", "defend", "entrap", "conquest", "lost", "seizures", "coercions", "provocations"), 0.5),
    **dict.fromkeys(("withdrawals", "honoured", "breached", "value_A", "value_P", "fight_A", "fight_P"), 0.5),
    **dict.fromkeys(("accidental", "invasions", "accidents", "resisted", "yielded"), 0.5),
    cost_guarantors=(0.1, 0.2),
    value_G=(0.0, 1.0),
    fight_G=(0.0, 0.5),
    war_by_t=(0.5,),
)


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OUTCOMES, ALARMS.name, ALARMS)


@pytest.fixture
def ensemble() -> Ensemble:
    """Make up outcomes in which alarms are as frequent as war is likely."""
    made = made_up(dict(zip(arrangements(), TWELVE.values(), strict=True)), futures=60)
    outcomes = made.outcomes.copy()
    outcomes[:, :, column_of("alarms")] = outcomes[:, :, column_of("war")]
    return replace(made, outcomes=outcomes)


@pytest.fixture
def comparison(ensemble: Ensemble) -> Comparison:
    return compare(ensemble, baseline=BASELINE, requirements=parse_requirements("alarms<=25%"))


def test_it_is_computed_beside_the_others() -> None:
    """Whatever is declared is read off the exact outcomes of each game, in the order of the table."""
    figures = figures_of(EXACT, prior=0.2, sizes=(1.0, 0.5))
    assert len(figures) == len(OUTCOMES)
    assert figures[column_of("alarms")] == pytest.approx(0.05)
    assert figures[column_of("cost")] == pytest.approx(0.1 + 0.2 * 0.5)
    assert figures[column_of("gain_G")] == pytest.approx(0.1)


def test_it_is_a_column_of_every_result_file(ensemble: Ensemble, comparison: Comparison) -> None:
    """Results, chunks and the summary hold it."""
    results = pq.read_table(io.BytesIO(parquet_of(ensemble, provenance=provenance())))
    assert "alarms" in results.column_names
    block = Block(
        outcomes=ensemble.outcomes,
        war_by_period=ensemble.war_by_period,
        cost_by_member=ensemble.cost_by_member,
        converged=ensemble.converged,
        residual=ensemble.residual,
        sweeps=ensemble.sweeps,
    )
    assert "alarms" in read_arrays(chunk_bytes(block, name="n", processor="p"))
    spreads = json.loads(json_of(comparison, provenance=provenance()))["comparison"]["spreads"]
    assert "alarms" in spreads[BASELINE]


def test_it_stands_in_tables_charts_and_words_of_a_comparison(comparison: Comparison) -> None:
    """First table, first chart, the threshold that was asked for, and where it fails: in per cent, by its own words."""
    page = write_html(
        comparison_page(
            comparison,
            arrangements=arrangements(),
            parameters=default_parameters().entries,
            provenance=provenance(),
            party_names={},
        )
    )
    harm = page[page.index('<figure id="harm">') : page.index('<figure id="difference">')]
    assert "share of periods" in harm
    assert "False alarms raised" in harm
    assert "false alarms raised at most 25" in page
    console = Console(file=io.StringIO(), width=200)
    print_page(comparison_in_short(comparison, labels=labels(), provenance=provenance()), console=console)
    words = console.file.getvalue().split()  # type: ignore[attr-defined]
    assert {"False", "alarms"} <= set(words)


def test_one_that_is_only_listed_stands_in_the_list_with_its_meaning(
    monkeypatch: pytest.MonkeyPatch, comparison: Comparison
) -> None:
    """What no chart shows is told all the same."""
    monkeypatch.setitem(OUTCOMES, ALARMS.name, replace(ALARMS, shown=Shown.LISTED))
    tables = other_outcomes_tables(comparison, labels=labels())
    (table,) = [each for each in tables if "False alarms" in [column.heading for column in each.columns]]
    assert ALARMS.what in table.note


def test_a_claim_can_name_it(ensemble: Ensemble, comparison: Comparison) -> None:
    """The grammar knows it, its values are found, and figures are written as it asks."""
    assert complaint_about("strong.alarms", known=["strong"]) is None
    wrong = complaint_about("strong.alarm", known=["strong"])
    assert wrong is not None
    assert "did you mean strong.alarms?" in wrong
    place = ensemble.arrangements.index(BASELINE)
    values = values_of("alarms", ensemble=ensemble, column=place)
    assert values[ensemble.converged[:, place]].max() > 0
    assert outcome_words("alarms") == ALARMS.what
    assert "\N{NO-BREAK SPACE}%" in figure_words("strong.alarms", comparison.spreads[BASELINE]["alarms"])


def test_an_anatomy_and_a_sensitivity_can_be_asked_of_it() -> None:
    """Both call it by its words, in percentage points."""
    share = Share(0.5, 0.4, 0.6, of=10)
    part = AnatomyPart("commitments", "what is promised", HALF, 0.0, share, share, HALF, HALF)
    settings = made_up(futures=2).settings
    anatomy = Anatomy(
        "a",
        "alarms",
        HALF,
        HALF,
        HALF,
        (part,),
        (),
        (),
        ShapleyMethod.EXACT,
        0,
        2,
        2,
        10,
        10,
        margin=1e-3,
        settings=settings,
    )
    (answer,) = anatomy_page(anatomy, title="A", provenance=provenance()).sections
    first, last = answer.blocks[0], answer.blocks[-1]
    assert isinstance(first, Paragraph)
    assert plain_text(first.words).startswith("False alarms raised is 50")
    assert isinstance(last, Chart)
    assert last.table.columns[1].unit == "points"
    nothing = Attribution((), mean=0.5, variance=0.0, base=8, used=8)
    screening = Sensitivity("alarms", "a", "", 0.0, (), 0.0, 0.0)
    inquiry = Inquiry("alarms", "a", "", screening, 40, nothing, 8, settings)
    assert inquiry_sentences(inquiry, labels={"a": "A"}, words={})[0].startswith("False alarms raised (alarms) under A")


def test_a_name_that_is_no_outcome_is_told_with_what_was_meant() -> None:
    """One sentence for thresholds, anatomies and sensitivities."""
    assert unknown_outcome("alarm") == "'alarm' is no outcome; did you mean 'alarms'?"
    assert "outcomes are war, lost" in unknown_outcome("zzz")


def test_what_neither_more_nor_less_of_is_better_cannot_rank() -> None:
    """A withdrawal follows a seizure: to count withdrawals says nothing about which text is better."""
    assert OUTCOMES["war"].sign == 1
    assert OUTCOMES["value_P"].sign == -1
    with pytest.raises(ValueError, match="neither more nor less of 'withdrawals'"):
        _ = OUTCOMES["withdrawals"].sign
