"""Who fears most to have chosen badly, and whom such a one would take."""

from collections.abc import Mapping

from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.tables.cells import NAME, row_label
from foedus.report.page.page import Paragraph, Section
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import distance
from foedus.report.words.small_sample import are_few


def regret_section(comparison: Comparison, *, labels: Mapping[str, str]) -> Section:
    """Say whose regret is the smallest in all but the worst futures, and tabulate the regret of all."""
    regrets = comparison.regrets["war"].each
    leader = comparison.leader
    is_few = are_few(comparison)
    bound = {name: each.largest if is_few else each.high for name, each in regrets.items()}
    least = min(comparison.order, key=bound.__getitem__)
    often = "each of the futures drawn" if is_few else "95 of 100 futures"
    if distance(bound[least]) == distance(bound[leader]):
        told = (
            f"{labels[leader]} has the least war on average, and nobody's regret is smaller: in {often} it has at most "
            f"{distance(bound[leader])} points more war than the best one there."
        )
    else:
        told = (
            f"Who fears most to have chosen badly would take {labels[least]} rather than {labels[leader]}: in {often} "
            f"it has at most {distance(bound[least])} points more war than the best one there, and {labels[leader]} at "
            f"most {distance(bound[leader])}."
        )
    words = f"Regret is how much more war an arrangement has than the best one of the same future. {told}"
    return Section("Regret", (Paragraph(words), _regret_table(comparison, labels=labels)), name="regret")


def _regret_table(comparison: Comparison, *, labels: Mapping[str, str]) -> Table:
    is_few = are_few(comparison)
    rows = []
    for name in comparison.order:
        cells = []
        for measure in ("war", "value_P"):
            regret = comparison.regrets[measure].each[name]
            middle = () if is_few else (distance(regret.high),)
            cells += [distance(regret.expected.value), *middle, distance(regret.largest)]
        rows.append((row_label(name, comparison=comparison, labels=labels), *cells))
    columns = [
        Column(heading, unit=unit)
        for heading in ("War", "Own reckoning")
        for unit in ("average", *(() if is_few else ("at most in 95 of 100",)), "at most")
    ]
    return Table(
        caption="Regret, in percentage points of war and in hundredths of the stake",
        columns=(NAME, *columns),
        rows=tuple(rows),
        note="Own reckoning: the protected state's value. The largest regret is of the futures drawn; more futures can "
        "only raise it.",
    )
