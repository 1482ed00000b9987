"""The table of a comparison that fits a terminal: averages alone, one line for each text."""

from collections.abc import Mapping

from foedus.game.declared_outcome import OutcomeKind, Shown
from foedus.game.outcomes import OUTCOMES, shown_in
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answers.history import Records, mark, marks_words
from foedus.report.comparison.answers.price import money_is_known
from foedus.report.comparison.tables.cells import NAME, count_cell, mean_cell, out_of_used, row_label
from foedus.report.comparison.tables.outcomes import same_game_words
from foedus.report.comparison.tables.standing import convergence_line
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import bare_billions
from foedus.report.words.outcome_numbers import change


def averages_table(comparison: Comparison, *, labels: Mapping[str, str], records: Records) -> Table:
    """Tabulate averages over futures, the difference to the baseline on war, and who would sign; least war first."""
    outcomes = (*shown_in(Shown.HARM), *shown_in(Shown.PRICE))
    return Table(
        caption="Averages over futures, least war first",
        columns=(
            NAME,
            *(_column(outcome, comparison=comparison, records=records) for outcome in outcomes),
            _AGAINST,
            _SIGN,
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(_cell(outcome, name, comparison=comparison) for outcome in outcomes),
                _against(comparison, name),
                count_cell(comparison.acceptance[name].everyone),
            )
            for name in comparison.order
        ),
        note=_note(comparison, labels=labels, records=records),
    )


_AGAINST = Column("Than base", unit="pts")
_SIGN = Column("All sign", unit="of 100")
_BRIEFLY = {"lost": "Land lost", "defend": "At war"}
"""What outcomes are called where a table must fit eighty columns; the note says more."""


def _column(outcome: str, *, comparison: Comparison, records: Records) -> Column:
    declared, sign = OUTCOMES[outcome], mark(outcome, records=records)
    in_money = declared.kind is OutcomeKind.COST and money_is_known(comparison)
    called = _BRIEFLY.get(outcome, declared.short)
    return Column(f"{called}{sign}", unit="bn EUR a year" if in_money else "", is_detail=outcome == "entrap")


def _cell(outcome: str, name: str, *, comparison: Comparison) -> str:
    if OUTCOMES[outcome].kind is OutcomeKind.COST and money_is_known(comparison):
        return bare_billions(comparison.money[name].total.mean)
    return mean_cell(comparison.spreads[name][outcome], outcome=outcome)


def _against(comparison: Comparison, name: str) -> str:
    if name == comparison.baseline:
        return "–"
    return change(comparison.differences[name]["war"].spread.mean, of=OUTCOMES["war"])


def _note(comparison: Comparison, *, labels: Mapping[str, str], records: Records) -> str:
    said = (
        "Land lost: to seizures below the threshold of major war. At war: guarantors. Than base: points of war more "
        f"or less than the baseline. All sign: rather than fight on, in futures of {out_of_used(comparison)}.",
        marks_words(records),
        convergence_line(comparison, labels=labels),
    )
    return " ".join(each for each in said if each) + same_game_words(comparison, labels=labels)
