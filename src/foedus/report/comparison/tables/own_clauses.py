"""What the clauses of each text do, and who would sign beside either alternative."""

from collections.abc import Mapping

from foedus.insight.comparison.own_clauses import OwnClauses
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.acceptance import Acceptance
from foedus.report.comparison.tables.cells import NAME, count_cell, difference_cell, out_of_used, row_label
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import percent
from foedus.report.words.small_sample import ends_in_words


def own_clauses_table(
    comparison: Comparison, *, labels: Mapping[str, str], soldiers: Mapping[str, str]
) -> Table | None:
    """Tabulate war with and without the clauses, forces in place and who would sign; None where no twin was solved."""
    if not comparison.own_clauses:
        return None
    unit = f"of {out_of_used(comparison)}"
    rows = [
        (
            row_label(name, comparison=comparison, labels=labels),
            *_clauses(comparison, comparison.own_clauses.get(name), name=name),
            soldiers.get(name, "none"),
            _signing(comparison.acceptance[name]),
            *_beside_status_quo(comparison.own_clauses.get(name)),
        )
        for name in comparison.order
    ]
    return Table(
        caption="What each text's clauses do beside the same parties without any, and who would sign",
        columns=(
            NAME,
            Column("War without the clauses", unit="average"),
            Column("What the clauses do", unit=f"points of war, {ends_in_words(comparison)}"),
            Column("Less war, more, level", unit=unit),
            Column("Forces in place", is_number=False),
            Column("Sign rather than fight on", unit=unit),
            Column("Sign rather than stay as it is", unit=unit),
            Column("Both", unit=unit),
        ),
        rows=tuple(rows),
        note="Without the clauses: the same parties under the same framework nation, every clause silent, in the same "
        "futures. Signing: all three at once; then adversary, protected state, guarantors. Both: all three would "
        "rather sign than fight on and than stay as it is.",
    )


def _clauses(comparison: Comparison, own: OwnClauses | None, *, name: str) -> tuple[str, str, str]:
    if own is None:
        return "–", "–", "–"
    war = own.differences["war"]
    without = comparison.spreads[name]["war"].mean - war.spread.mean
    counts = ", ".join(map(count_cell, (war.lower, war.higher, war.level)))
    return percent(max(0.0, without)), difference_cell(war, outcome="war"), counts


def _beside_status_quo(own: OwnClauses | None) -> tuple[str, str]:
    return ("–", "–") if own is None else (_signing(own.than_status_quo), count_cell(own.everywhere))


def _signing(acceptance: Acceptance) -> str:
    each = (acceptance.adversary, acceptance.protected_state, acceptance.guarantors)
    return f"{count_cell(acceptance.everyone)}\n{', '.join(count_cell(share) for share in each)}"
