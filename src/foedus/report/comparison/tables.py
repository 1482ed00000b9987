"""The tables of a comparison: the figures behind each chart and each sentence."""

from collections.abc import Mapping

from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.acceptance import Acceptance
from foedus.insight.statistics.spread import Difference, Share, Spread
from foedus.report.page.tables import Column, Table
from foedus.report.words.labels import OUTCOME_WORDS, listed, party_label
from foedus.report.words.numbers import (
    amount,
    amount_range,
    count,
    distance,
    out_of,
    percent,
    percent_range,
    plural,
    points,
    points_range,
    signed_amount,
    signed_amount_range,
)
from foedus.report.words.small_sample import are_few, ends, ends_in_words

SHARES = ("war", "lost", "defend", "entrap")
"""Outcomes that are written as percentages; the others are amounts in units of the stake."""
_FIRSTS = {"war": "war", "lost": "territory", "value_P": "own reckoning"}
NAME = Column("Arrangement", is_number=False)


def overview_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate the outcomes that matter most, and who would sign; least war first."""
    outcomes = (*SHARES, "cost")
    return Table(
        caption=f"Outcomes, least war on average first; below the averages: median, and {_of_futures(comparison)}",
        columns=(
            NAME,
            Column("War", unit="average"),
            *(Column(OUTCOME_WORDS[outcome]) for outcome in outcomes),
            Column("Would sign", unit="all three; adversary, protected, guarantors"),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                percent(comparison.spreads[name]["war"].mean),
                *(spread_cell(comparison.spreads[name][outcome], outcome=outcome) for outcome in outcomes),
                _signing(comparison.acceptance[name]),
            )
            for name in comparison.order
        ),
        note="Average, median and range are over futures. Chances and shares of the stake in per cent, cost in units "
        "of the stake, signing in futures of "
        f"{_out_of(comparison)}.{same_game_words(comparison, labels=labels)}",
    )


def same_game_words(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    """Say which texts are one game, so that nobody takes equal figures for a finding."""
    return "".join(
        f" {listed([labels[name] for name in group])} are the same game: what tells these texts apart changes no "
        "number that the game reads."
        for group in comparison.same_games
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
                    Column(OUTCOME_WORDS[outcome], unit="average"),
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
    unit = f"futures of {_out_of(comparison)}"
    headings = [
        (
            Column(OUTCOME_WORDS[outcome], unit=f"average, {ends_in_words(comparison)}"),
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


def rank_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate how often each comes first on each measure, and its regret on war."""
    return Table(
        caption=f"How often each comes first, in futures of {_out_of(comparison)} (95 % interval of sampling); ties "
        "share",
        columns=(
            NAME,
            *(
                Column(OUTCOME_WORDS[measure], unit=f"futures of {_out_of(comparison)}")
                for measure in comparison.rankings
            ),
            Column(
                "Behind the best on war",
                unit=f"points: average, {'and at most' if are_few(comparison) else 'and at most in 95 of 100'}",
            ),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(share_cell(ranking.standings[name].first) for ranking in comparison.rankings.values()),
                _regret(comparison.rankings["war"].standings[name].regret),
            )
            for name in comparison.order
        ),
    )


def standing_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate how each stands to the baseline on war, and how often it comes first on each measure."""
    baseline = labels[comparison.baseline]
    return Table(
        caption=f"Against {baseline}, and how often each comes first (ties share)",
        columns=(
            NAME,
            Column("War, less baseline", unit=f"points: average, {ends_in_words(comparison)}"),
            Column("Less war in", unit=f"of {_out_of(comparison)}"),
            *(
                Column(f"First: {_FIRSTS[measure]}", unit=f"of {_out_of(comparison)}")
                for measure in comparison.rankings
            ),
        ),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *_against(comparison, name),
                *(share_cell(ranking.standings[name].first) for ranking in comparison.rankings.values()),
            )
            for name in comparison.order
        ),
        note=convergence_line(comparison, labels=labels),
    )


def convergence_line(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    """Say in a line how many futures are used and which arrangements did not converge in the others."""
    convergence = comparison.convergence
    failed = [
        f"{labels[name]} {convergence.futures - count}"
        for name, count in convergence.converged.items()
        if count < convergence.futures
    ]
    if not failed:
        return f"All {plural(convergence.futures, 'futures')} are used: every arrangement converged in each."
    return (
        f"{convergence.used} of {plural(convergence.futures, 'futures')} are used, those in which every arrangement "
        f"converged. Not converged: {', '.join(failed)}."
    )


def turnover_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate how often each has less war than each other; columns are numbered as the rows."""
    order, ahead = comparison.order, comparison.rankings["war"].ahead
    return Table(
        caption=f"In how many of {_out_of(comparison)} futures the row has less war than the column",
        columns=(NAME, *(Column(str(i + 1)) for i in range(len(order)))),
        rows=tuple(
            (
                f"{i + 1}. {row_label(name, comparison=comparison, labels=labels)}",
                *(
                    "–" if other == name else count(ahead[name][other], of=comparison.convergence.used)
                    for other in order
                ),
            )
            for i, name in enumerate(order)
        ),
        note="A tie counts half. Columns have the numbers of the rows.",
    )


def acceptance_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate who would rather sign than fight on."""
    headings = ("Adversary", "Protected state", "Guarantors", "All three at once", "Cannot be told")
    return Table(
        caption=f"Who would rather sign than fight on, in futures of {_out_of(comparison)} (95 % interval of sampling)",
        columns=(NAME, *(Column(heading, unit=f"futures of {_out_of(comparison)}") for heading in headings)),
        rows=tuple(
            (
                row_label(name, comparison=comparison, labels=labels),
                *(
                    share_cell(share)
                    for share in (
                        each.adversary,
                        each.protected_state,
                        each.guarantors,
                        each.everyone,
                        each.everyone_level,
                    )
                ),
            )
            for name, each in ((name, comparison.acceptance[name]) for name in comparison.order)
        ),
        note="Cannot be told: nobody would rather fight on, and for at least one the two values lie within the margin.",
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
                    f"{party_names.get(member, party_label(member))} {amount(cost.mean)}"
                    for member, cost in sorted(comparison.member_costs[name].items(), key=lambda each: -each[1].mean)
                    if cost.mean
                )
                or "nobody pays",
            )
            for name in comparison.order
        ),
    )


def convergence_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate in how many futures each arrangement converged."""
    convergence = comparison.convergence
    rows = [
        (
            labels[name],
            f"{convergence.converged[name]}",
            f"{convergence.futures - convergence.converged[name]}",
            f"{convergence.worst_residual[name]:.1e}",
        )
        for name in comparison.order
    ]
    everyone = ("Every arrangement at once (used)", f"{convergence.used}", f"{len(convergence.left_out)}", "")
    return Table(
        caption=f"Of {plural(convergence.futures, 'futures')}",
        columns=(NAME, Column("Converged"), Column("Not converged"), Column("Largest residual")),
        rows=(*rows, everyone),
    )


def row_label(name: str, *, comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Name a row, and say so where it is the baseline."""
    return f"{labels[name]} (baseline)" if name == comparison.baseline else labels[name]


def spread_cell(spread: Spread, *, outcome: str) -> str:
    """Write median and range of an outcome."""
    if outcome in SHARES:
        return f"{percent(spread.median)}\n{percent_range(*ends(spread))}"
    return f"{amount(spread.median)}\n{amount_range(*ends(spread))}"


def mean_cell(spread: Spread, *, outcome: str) -> str:
    """Write the average of an outcome."""
    return percent(spread.mean) if outcome in SHARES else amount(spread.mean)


def share_cell(share: Share) -> str:
    """Write a share of futures as a count of a hundred, with its interval."""
    return f"{count(share.value, of=share.of)}\n{count(share.low, of=share.of)} to {count(share.high, of=share.of)}"


def difference_cell(difference: Difference, *, outcome: str) -> str:
    """Write average and range of a difference."""
    spread = difference.spread
    if outcome in SHARES:
        return f"{points(spread.mean)}\n{points_range(*ends(spread))}"
    return f"{signed_amount(spread.mean)}\n{signed_amount_range(*ends(spread))}"


def _signing(acceptance: Acceptance) -> str:
    each = (acceptance.adversary, acceptance.protected_state, acceptance.guarantors)
    return f"{_count(acceptance.everyone)}\n{', '.join(_count(share) for share in each)}"


def _against(comparison: Comparison, name: str) -> tuple[str, str]:
    if name == comparison.baseline:
        return "–", "–"
    difference = comparison.differences[name]["war"]
    return difference_cell(difference, outcome="war"), _count(difference.lower)


def _difference(comparison: Comparison, name: str, outcome: str) -> tuple[str, str, str]:
    difference = comparison.differences[name][outcome]
    lower, higher = _count(difference.lower), _count(difference.higher)
    return difference_cell(difference, outcome=outcome), lower, higher


def _regret(spread: Spread) -> str:
    return f"{distance(spread.mean)}\n{distance(ends(spread)[1])}"


def _count(share: Share) -> str:
    return count(share.value, of=share.of)


def _out_of(comparison: Comparison) -> str:
    return out_of(comparison.convergence.used)


def _of_futures(comparison: Comparison) -> str:
    return ends_in_words(comparison) if are_few(comparison) else f"{ends_in_words(comparison)} of futures"
