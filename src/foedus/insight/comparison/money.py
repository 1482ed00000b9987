"""What an arrangement costs its guarantors in money: shares of their GDP, and euros where the GDP is known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.facts.balance import year_of
from foedus.facts.capacity import gdp_of
from foedus.futures.ensemble import Ensemble
from foedus.insight.statistics.spread import Spread, spread_of
from foedus.values.arrays import BoolArray, FloatArray

_WEIGHT = "standing.weight"
"""The yardstick by which one per cent of GDP a year weighs in units of the stake and half-year."""


@dataclass(frozen=True)
class MoneyCost:
    """Yearly cost to the guarantors of one arrangement over the horizon, wars that they join included."""

    total: Spread
    """bn EUR of 2021 a year, of those whose GDP is known."""
    share_gdp: Spread
    """The same in per cent of their GDP together."""
    known: tuple[str, ...]
    """Guarantors and supporters whose GDP is known."""
    not_known: tuple[str, ...]
    """Those whose GDP is not known, and who are not in the total."""


def money_costs_of(ensemble: Ensemble, *, texts: Sequence[Arrangement], used: BoolArray) -> dict[str, MoneyCost]:
    """Return the yearly cost of each text in money; nothing for a text none of whose payers has a known GDP.

    share_i [% of GDP / y] = cost_i [stake] / (``standing.weight`` [stake per % of GDP and half-year] x half-years)
    total [bn EUR / y]     = sum over i of share_i / 100 x GDP_i
    in each future, with the weight of that future.
    """
    if _WEIGHT not in ensemble.sample.names:
        return {}
    weight = ensemble.sample.values[used, ensemble.sample.names.index(_WEIGHT)]
    per_percent = weight * ensemble.settings.horizon_periods
    found = {}
    for text in texts:
        place = ensemble.arrangements.index(text.id)
        cost = _money(text, ensemble.members[place], ensemble.cost_by_member[place][used] / per_percent[:, None])
        if cost is not None:
            found[text.id] = cost
    return found


def _money(text: Arrangement, members: Sequence[str], share: FloatArray) -> MoneyCost | None:
    at = year_of(text)
    figures = {} if at is None else {party: gdp_of(party, at=at) for party in members}
    gdp = {party: figure.value for party, figure in figures.items() if figure is not None}
    if not gdp:
        return None
    columns = [place for place, party in enumerate(members) if party in gdp]
    weights = np.array([gdp[members[place]] for place in columns])
    total = share[:, columns] @ weights / 100
    return MoneyCost(
        total=spread_of(total),
        share_gdp=spread_of(100 * total / weights.sum()),
        known=tuple(gdp),
        not_known=tuple(party for party in members if party not in gdp),
    )
