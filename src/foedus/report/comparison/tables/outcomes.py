"""Tables of outcomes: how each lies over futures, and how it differs from the baseline."""

from collections.abc import Mapping
from types import MappingProxyType

from foedus.game.declared_outcome import OutcomeKind, Shown
from foedus.game.outcomes import OUTCOMES, shown_in
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.acceptance import Acceptance
from foedus.report.comparison.answers.history import Records, mark, marks_words
from foedus.report.comparison.answers.price import money_is_known, money_note
from foedus.report.comparison.tables.cells import (
    NAME,
    count_cell,
    difference_cell,
    mean_and_range_cell,
    mean_cell,
    of_futures,
    out_of_used,
    row_label,
    spread_cell,
)
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import amount, billions_cell, percent
from foedus.report.words.small_sample import ends, ends_in_words
from foedus.values.names import listed, party_name

_NO_RECORDS: Records = MappingProxyType({})
_ACROSS = 7
"""Outcomes that fit side by side on a sheet of paper."""


def overview_table(comparison: Comparison, *, labels: Mapping[str, str], records: Records = _NO_RECORDS) -> Table:
    """Tabulate the outcomes that matter most, and who would sign; least war first.

    Figures that history was not asked about, or where it speaks against the model, are marked by ``records``.
    """
    outcomes = (*shown_in(Shown.HARM), *shown_in(Shown.PRICE))
    return Table(
        caption=f"Outcomes on average, least war first; below each average: {of_futures(comparison)}",
        columns=(
            NAME,
            *(_outcome_column(outcome, comparison=comparison, records=records) for outcome in outcomes),
            Column("Would sign"),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(_outcome_cell(outcome, name, comparison=comparison) for outcome in outcomes),
                _signing(comparison.acceptance[name]),
            )
            for name in comparison.order
        ),
        note="Averages and ranges are over futures. Chances and shares of the territory in per cent. Would sign "
        f"rather than fight on, in futures of {out_of_used(comparison)}: all three; then adversary, protected state, "
        f"guarantors. {money_note(comparison)} {marks_words(records)}".rstrip()
        + same_game_words(comparison, labels=labels),
    )


def _outcome_column(outcome: str, *, comparison: Comparison, records: Records) -> Column:
    declared, sign = OUTCOMES[outcome], mark(outcome, records=records)
    unit = "bn EUR a year" if declared.kind is OutcomeKind.COST and money_is_known(comparison) else ""
    return Column(f"{declared.words}{sign}", short=f"{declared.short}{sign}", unit=unit)


def _outcome_cell(outcome: str, name: str, *, comparison: Comparison) -> str:
    if OUTCOMES[outcome].kind is OutcomeKind.COST and money_is_known(comparison):
        total = comparison.money[name].total
        return billions_cell(total.mean, *ends(total))
    return mean_and_range_cell(comparison.spreads[name][outcome], outcome=outcome)


def same_game_words(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    """Say which texts are one game, so that nobody takes equal figures for a finding."""
    return "".join(
        f" {listed([labels[name] for name in group])} are the same game: what tells these texts apart changes no "
        "number that the game reads."
        for group in comparison.same_games
    )


def other_outcomes_tables(comparison: Comparison, *, labels: Mapping[str, str]) -> tuple[Table, ...]:
    """Tabulate every outcome that stands in no other table: what happens, then how each party reckons."""
    others = shown_in(Shown.LISTED)
    reckoned = tuple(outcome for outcome in others if OUTCOMES[outcome].kind is OutcomeKind.VALUE)
    happening = tuple(outcome for outcome in others if outcome not in reckoned)
    parts = [group[i : i + _ACROSS] for group in (happening, reckoned) for i in range(0, len(group), _ACROSS)]
    return tuple(_others_table(comparison, labels=labels, outcomes=part) for part in parts)


def _others_table(comparison: Comparison, *, labels: Mapping[str, str], outcomes: tuple[str, ...]) -> Table:
    shown = [OUTCOMES[outcome] for outcome in outcomes]
    sections = ", ".join(dict.fromkeys(each.section for each in shown))
    return Table(
        caption=f"{listed([each.short for each in shown])}: average, and {of_futures(comparison)}",
        columns=(NAME, *(Column(each.short, unit=each.unit) for each in shown)),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(mean_and_range_cell(comparison.spreads[name][outcome], outcome=outcome) for outcome in outcomes),
            )
            for name in comparison.order
        ),
        note=f"{'; '.join(f'{each.short}: {each.what}' for each in shown)}. Defined in section {sections} of "
        "docs/theory.md.",
    )


def outcome_table(
    comparison: Comparison, *, labels: Mapping[str, str], outcomes: tuple[str, ...], caption: str
) -> Table:
    """Tabulate average, median and range of outcomes, least war first."""
    return Table(
        caption=caption,
        columns=(
            NAME,
            *(
                column
                for outcome in outcomes
                for column in (
                    Column(OUTCOMES[outcome].words, unit="average"),
                    Column("", unit=f"median, {ends_in_words(comparison)}"),
                )
            ),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(
                    cell
                    for outcome in outcomes
                    for cell in (
                        mean_cell(comparison.spreads[name][outcome], outcome=outcome),
                        spread_cell(comparison.spreads[name][outcome], outcome=outcome),
                    )
                ),
            )
            for name in comparison.order
        ),
    )


def difference_table(comparison: Comparison, *, labels: Mapping[str, str], outcomes: tuple[str, ...]) -> Table:
    """Tabulate paired differences to the baseline and how often each is lower."""
    unit = f"futures of {out_of_used(comparison)}"
    headings = [
        (
            Column(OUTCOMES[outcome].words, unit=f"average, {ends_in_words(comparison)}"),
            Column("Less in", unit=unit),
            Column("More in", unit=unit),
        )
        for outcome in outcomes
    ]
    return Table(
        caption=f"Differences to {labels[comparison.baseline]}, taken in each future; shares in percentage points",
        columns=(NAME, *(column for triple in headings for column in triple)),
        rows=tuple(
            (labels[name], *(cell for outcome in outcomes for cell in _difference(comparison, name, outcome)))
            for name in comparison.order
            if name != comparison.baseline
        ),
        note="Less and more leave out futures in which the two cannot be told apart.",
    )


def war_by_year_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate the chance that war has broken out by the end of each year."""
    periods = range(1, comparison.settings.horizon_periods, 2)
    return Table(
        caption="Chance that war has broken out by the end of each year, average over futures",
        columns=(NAME, *(Column(f"{(t + 1) // 2}", unit="year" if t == 1 else "") for t in periods)),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(percent(comparison.war_by_year[name][t].mean) for t in periods),
            )
            for name in comparison.order
        ),
    )


def member_cost_table(comparison: Comparison, *, labels: Mapping[str, str], party_names: Mapping[str, str]) -> Table:
    """Tabulate what each guarantor pays, one row for each arrangement, the dearest members first."""
    return Table(
        caption="Cost to each guarantor in units of the stake, average over futures, the largest first",
        columns=(NAME, Column("Members and what each pays", is_number=False)),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                "; ".join(
                    f"{party_names.get(member, party_name(member))} {amount(cost.mean)}"
                    for member, cost in sorted(comparison.member_costs[name].items(), key=lambda each: -each[1].mean)
                    if cost.mean
                )
                or "nobody pays",
            )
            for name in comparison.order
        ),
    )


def _signing(acceptance: Acceptance) -> str:
    each = (acceptance.adversary, acceptance.protected_state, acceptance.guarantors)
    return f"{count_cell(acceptance.everyone)}\n{', '.join(count_cell(share) for share in each)}"


def _difference(comparison: Comparison, name: str, outcome: str) -> tuple[str, str, str]:
    difference = comparison.differences[name][outcome]
    lower, higher = count_cell(difference.lower), count_cell(difference.higher)
    return difference_cell(difference, outcome=outcome), lower, higher
