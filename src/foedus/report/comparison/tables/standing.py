"""Tables of standing: who comes first, who is ahead of whom, who would sign, and what converged."""

from collections.abc import Mapping

from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.record import Comparison
from foedus.insight.statistics.spread import Spread
from foedus.report.comparison.tables.cells import NAME, out_of_used, row_label, share_cell
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import count, distance, plural
from foedus.report.words.small_sample import are_few, ends
from foedus.values.names import listed


def rank_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate how often each comes first on each measure, and its regret on war."""
    return Table(
        caption="How often each comes first alone, in futures of "
        f"{out_of_used(comparison)} (95 % interval of sampling)",
        columns=(
            NAME,
            *(
                Column(OUTCOMES[measure].words, unit=f"futures of {out_of_used(comparison)}")
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
        note=shared_words(comparison),
    )


def shared_words(comparison: Comparison) -> str:
    """Say in how many futures the first place is shared and counts for none."""
    shared = [
        f"{count(ranking.shared.value, of=ranking.shared.of)} on {OUTCOMES[measure].in_sentence}"
        for measure, ranking in comparison.rankings.items()
    ]
    return f"A first place that several share counts for none of them: in {listed(shared)}."


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
        caption=f"In how many of {out_of_used(comparison)} futures the row has less war than the column",
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
        note="What a pair lacks to a hundred are futures in which the two cannot be told apart. Columns have the "
        "numbers of the rows.",
    )


def acceptance_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    """Tabulate who would rather sign than fight on."""
    headings = ("Adversary", "Protected state", "Guarantors", "All three at once", "Cannot be told")
    return Table(
        caption="Who would rather sign than fight on, in futures of "
        f"{out_of_used(comparison)} (95 % interval of sampling)",
        columns=(NAME, *(Column(heading, unit=f"futures of {out_of_used(comparison)}") for heading in headings)),
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


def _regret(spread: Spread) -> str:
    return f"{distance(spread.mean)}\n{distance(ends(spread)[1])}"
