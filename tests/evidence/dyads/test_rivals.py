"""Forecasts of dyads out of sample."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from foedus.evidence.dyads.record import Dyad, Pact
from foedus.evidence.dyads.rivals import all_covariates, boosted, covariates, logit_on, probit, rate_of_the_others
from foedus.evidence.dyads.run import SPLITS
from foedus.values.arrays import FloatArray

RNG = np.random.default_rng(3)
N = 240
PARTS = np.repeat(np.arange(6), N // 6)
CHANCE = RNG.uniform(0.05, 0.95, N)
CAME = (RNG.random(N) < CHANCE).astype(float)


def _dyad(
    year: int = 1950, *, ratio: float = 0.0, is_near: bool = True, pact: Pact = Pact.NONE, came: bool = False
) -> Dyad:
    allied = 0.0 if pact is Pact.NONE else 2.0
    return Dyad(str(year), year, ratio, is_near, pact, allied, allied, 0, attacked=came, war=came, joined=came)


def test_nobody_sees_the_part_that_is_forecast() -> None:
    """Turning what happened in one part round leaves its own forecasts as they were and moves those of the others."""
    turned = np.where(PARTS == 0, 1 - CAME, CAME)
    x = np.column_stack([CHANCE, RNG.normal(size=N)])
    own = PARTS == 0
    forecasters: tuple[Callable[[FloatArray], FloatArray], ...] = (
        lambda y: rate_of_the_others(y, parts=PARTS),
        lambda y: logit_on(x, y, parts=PARTS),
        lambda y: boosted(x, y, parts=PARTS, seed=1),
    )
    for said in forecasters:
        before, after = said(CAME), said(turned)
        np.testing.assert_allclose(before[own], after[own])
        assert np.abs(before[~own] - after[~own]).max() > 1e-3


def test_the_strategic_probit_learns_that_a_pact_keeps_attackers_away() -> None:
    """Most of those without a pact are attacked and give in, few of those with one, and those are fought for."""
    dyads = [
        replace(
            _dyad(ratio=float(RNG.normal()), is_near=j % 3 == 0, pact=pact, came=bool(RNG.random() < chance)),
            disputes=j % 4,
        )
        for j in range(200)
        for pact, chance in ((Pact.NONE, 0.6), (Pact.BILATERAL_STRONG, 0.2))
    ]
    war = np.array([float(RNG.random() < (0.7 if dyad.pact.is_strong else 0.3)) for dyad in dyads])
    attack, then, failed = probit(dyads, war, parts=np.arange(len(dyads)) // 200)
    has_pact = np.array([dyad.pact is not Pact.NONE for dyad in dyads])
    assert failed == 0
    assert attack[has_pact].mean() < attack[~has_pact].mean() - 0.2
    assert then[has_pact].mean() > then[~has_pact].mean() + 0.2


def test_decades_and_halves_part_the_years() -> None:
    """Each decade is a part; 1945 and 1946 lie on two sides."""
    dyads = [_dyad(year) for year in (1919, 1945, 1946, 1949)]
    decades, halves = (split.of(dyads) for split in SPLITS)
    assert decades.tolist() == [191, 194, 194, 194]
    assert halves.tolist() == [0, 0, 1, 1]


def test_rivals_know_all_that_the_model_is_told() -> None:
    """Balance, alliance and nearness come first; then who the allies are, and what was before."""
    dyad = _dyad(pact=Pact.BILATERAL_WEAK)
    assert covariates([dyad]).tolist() == [[0.0, 1.0, 1.0]]
    assert all_covariates([dyad]).tolist() == [[0.0, 1.0, 1.0, 0.0, 1.0, 2.0, 2.0, 0.0]]
