"""Forecasts of dyads out of sample."""

import numpy as np
import pytest

from foedus.evidence.dyads.cells import RATIOS, CellForecasts, cell_texts, felt_ratio
from foedus.evidence.dyads.record import Dyad, Pact
from foedus.evidence.dyads.rivals import boosted, covariates, levelled, logit_on, probit, rate_of_the_others
from foedus.evidence.dyads.run import SPLITS
from foedus.facts.balance import balance_of
from foedus.values.arrays import FloatArray

RNG = np.random.default_rng(3)
N = 240
PARTS = np.repeat(np.arange(6), N // 6)
CHANCE = RNG.uniform(0.05, 0.95, N)
CAME = (RNG.random(N) < CHANCE).astype(float)


def _brier(said: FloatArray) -> float:
    return float(((said - CAME) ** 2).mean())


def _dyad(
    year: int = 1950, *, ratio: float = 0.0, is_near: bool = True, pact: Pact = Pact.NONE, came: bool = False
) -> Dyad:
    return Dyad(str(year), year, ratio, is_near, pact, attacked=came, war=came, joined=came)


def test_nobody_sees_the_part_that_is_forecast() -> None:
    """Turning what happened in one part round leaves its own forecasts as they were and moves those of the others."""
    turned = np.where(PARTS == 0, 1 - CAME, CAME)
    x = np.column_stack([CHANCE, RNG.normal(size=N)])
    own = PARTS == 0
    for said in (
        lambda y: rate_of_the_others(y, parts=PARTS),
        lambda y: levelled(CHANCE, y, parts=PARTS),
        lambda y: logit_on(x, y, parts=PARTS),
        lambda y: boosted(x, y, parts=PARTS, seed=1),
    ):
        before, after = said(CAME), said(turned)
        np.testing.assert_allclose(before[own], after[own])
        assert np.abs(before[~own] - after[~own]).max() > 1e-3


def test_a_model_that_knows_keeps_its_lead_and_one_that_is_wrong_way_round_is_the_base_rate() -> None:
    """Fitting the level does not turn a model round that says less where more happens."""
    rate = rate_of_the_others(CAME, parts=PARTS)
    assert _brier(levelled(CHANCE, CAME, parts=PARTS)) < _brier(rate) - 0.03
    np.testing.assert_allclose(levelled(1 - CHANCE, CAME, parts=PARTS), rate, atol=5e-3)


def test_the_strategic_probit_learns_that_a_pact_keeps_attackers_away() -> None:
    """Most of those without a pact are attacked and give in, few of those with one, and those are fought for."""
    dyads = [
        _dyad(ratio=float(RNG.normal()), is_near=bool(j % 2), pact=pact, came=bool(RNG.random() < chance))
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


def test_a_forecast_lies_between_those_of_the_balances_beside_it() -> None:
    """Linear between two solved balances; one from another region brings less of its strength."""
    by_balance = np.linspace(0.1, 0.7, len(RATIOS))
    cells = CellForecasts(*(dict.fromkeys(Pact, by_balance) for _ in range(3)))
    between = (RATIOS[3] + RATIOS[4]) / 2
    assert cells.of([_dyad(ratio=between)], "war") == pytest.approx([by_balance[3:5].mean()])
    assert felt_ratio(_dyad(ratio=1.0, is_near=False)) < felt_ratio(_dyad(ratio=1.0))
    assert cells.of([_dyad(ratio=99.0)], "joined") == pytest.approx([by_balance[-1]])


def test_each_cell_is_a_text_with_its_balance_and_its_allies() -> None:
    """Without a pact nobody owes anything; the stated balance is the one that the game is played at."""
    texts = cell_texts()
    assert len(texts) == len(Pact) * len(RATIOS)
    for pact in Pact:
        for place, ratio in enumerate(RATIOS):
            text = texts[f"dyads/{pact.value}/{place}"]
            assert balance_of(text, exponent=1.0, shift=0.0).log_ratio == ratio
            assert bool(text.commitments) == (pact is not Pact.NONE)
    assert covariates([_dyad(pact=Pact.BILATERAL_WEAK)]).tolist() == [[0.0, 1.0, 1.0]]
