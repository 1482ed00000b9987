"""What the first futures say of several texts, while the others are being solved."""

from collections.abc import Mapping, Sequence

from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.ranking.order import order_of
from foedus.insight.statistics.spread import MeanOverFutures, mean_of
from foedus.report.comparison.tables.cells import NAME
from foedus.report.page.page import Page, Section
from foedus.report.page.table import Column, Table
from foedus.report.words.outcome_numbers import level, level_range

_WAR = OUTCOMES["war"]


def first_look(ensemble: Ensemble, *, names: Sequence[str], labels: Mapping[str, str], of: int) -> Page | None:
    """Return one table of war on average, least first, with what so few futures leave open; ``of`` futures come.

    None where not every text was solved in any of them.
    """
    places = [ensemble.arrangements.index(name) for name in names]
    used = ensemble.converged[:, places].all(axis=1)
    if not used.any():
        return None
    war = ensemble.outcomes[used][:, places, column_of("war")]
    rows = tuple(_row(labels[name], mean_of(war[:, names.index(name)])) for name in order_of(war, names=names))
    table = Table(
        caption=f"A first look, at {used.sum()} of {of} futures; the others are being solved",
        columns=(NAME, Column(_WAR.short), Column("Left open by so few")),
        rows=rows,
    )
    return Page("", (Section("", (table,)),))


def _row(label: str, mean: MeanOverFutures) -> tuple[str, str, str]:
    if mean.low is None or mean.high is None:
        return label, level(mean.value, of=_WAR), "everything"
    return label, level(mean.value, of=_WAR), level_range(max(0.0, mean.low), min(1.0, mean.high), of=_WAR)
