"""Weights, distances and intervals are those that plain loops give, and what is written of them says just that."""

import json
import math
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.evidence.calibration.calibrate import Calibration, calibrate
from foedus.evidence.calibration.follow import Run
from foedus.evidence.calibration.load import load_demands
from foedus.evidence.calibration.observation import Statistic
from foedus.evidence.calibration.overlay import history_of, write_overlay
from foedus.evidence.calibration.parameter_shifts import ParameterShift, parameter_shifts
from foedus.evidence.calibration.rehearsed import PeopleDuties, RehearsalObserved, pooled
from foedus.evidence.calibration.statistics import count
from foedus.evidence.targets.load import load_targets
from foedus.futures.parameters.record import Parameter, ParameterStatus, Shape
from foedus.jobs.asking.defaults import GRID
from foedus.values.arrays import FloatArray
from tests.evidence.calibration.made_up import BALANCE, courses, demand, sample

REVIEWED = Path(__file__).parent / "demands.json"
TEXTS = ("history/unef_1956", "history/korea_1953", "history/locarno_1925")
FUTURES = 7
_ENDS = (0.1, 0.5, 0.9)


def _parameter(name: str, group: str) -> Parameter:
    return Parameter(
        name=name,
        what=name,
        unit="share",
        shape=Shape.FIXED if name == "fixed" else Shape.UNIFORM,
        low=0.0,
        high=1.0,
        status=ParameterStatus.ASSUMED,
        source=f"made up for {name}",
        group=group,
        file="made_up.yaml",
    )


def _listed() -> list[dict[str, object]]:
    """Return every packaged demand as plain data."""
    found = []
    for each in load_demands(load_targets(), limit=1.645):
        told = {field.name: getattr(each.observation, field.name) for field in fields(each.observation)}
        band = {field.name: getattr(each.band, field.name) for field in fields(each.band)}
        band |= {name: round(value, 9) for name, value in band.items() if isinstance(value, float)}
        found.append({**told, "band": band, "spelt_out": each.texts, "over": each.versus})
    return found


def test_what_history_is_asked_is_as_reviewed() -> None:
    """Every number, text and interval that the packaged weights answer to (`json` of this test's list renews it)."""
    found = json.loads(json.dumps(_listed()))
    assert found == json.loads(REVIEWED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("statistic", [each for each in Statistic if not each.startswith("response")])
@pytest.mark.parametrize("years", [0.5, 3.0, 20.0])
def test_every_count_is_that_of_a_plain_loop(statistic: Statistic, years: float) -> None:
    """Over futures, texts and half-years, what was not solved left out."""
    made = courses(FUTURES, texts=TEXTS, seed=4)
    residual = np.zeros((FUTURES, 3))
    residual[1, 0] = residual[2, :] = residual[4, 1] = 1.0
    made = replace(made, residual=residual).solved(tolerance=1e-3)
    asked = demand(statistic, years=years, balance=-0.4)
    asked = replace(asked, texts=TEXTS[:2], versus=TEXTS[2:])
    counted = count(asked, made, sample(np.zeros((FUTURES, 0))))
    for future in range(FUTURES):
        hits, per = _by_hand(statistic, made, future, residual, periods=int(2 * years))
        assert (counted.hits[future], counted.per[future]) == pytest.approx((hits, per), abs=1e-12)


def _by_hand(
    statistic: Statistic, made: Any, future: int, residual: FloatArray, *, periods: int
) -> tuple[float, float]:
    name = statistic.value.removesuffix("_ratio")
    solved = [text for text in range(2) if residual[future, text] == 0]

    def happened(what: str, text: int) -> float:
        return float(sum(getattr(made, what)[future, text, period] for period in range(periods)))

    if statistic.value.endswith("_ratio"):
        if not solved or residual[future, 2] > 0:
            return 0.0, 0.0
        return sum(happened(name, text) for text in solved) / len(solved), happened(name, 2)
    if name in ("war", "clash", "violation"):
        return sum(happened(name, text) for text in solved), len(solved)
    pairs = {"defended": ("defended", None), "kept": ("honoured", "breached"), "joined": ("joined", None)}
    if name in pairs:
        top, other = pairs[name]
        hits = sum(float(getattr(made, top)[future, text]) for text in solved)
        if name == "kept":
            return hits, hits + sum(float(getattr(made, other or "")[future, text]) for text in solved)
        if name == "joined":
            return hits, sum(float(made.supported[future, text]) for text in solved)
        return hits, sum(float(made.war[future, text].sum()) for text in solved)
    share = (-0.4 - BALANCE[0]) / (BALANCE[1] - BALANCE[0])
    crisis = made.crisis
    parts = [
        sum((1 - share) * crisis[future, text, 0, part] + share * crisis[future, text, 1, part] for text in solved)
        for part in range(3)
    ]
    withdrawn, fought, stood_by = map(float, parts)
    return (withdrawn, sum(parts)) if name == "deterred" else (fought, fought + stood_by)


def test_an_average_is_a_ratio_of_weighted_sums_and_nothing_over_nothing_is_told() -> None:
    """And weights that double a future are the same as having it twice."""
    made = courses(3)
    counted = count(demand(Statistic.KEPT), made, sample(np.zeros((3, 0))))
    twice = replace(counted, hits=np.append(counted.hits, counted.hits[0]), per=np.append(counted.per, counted.per[0]))
    assert counted.average(np.array([0.5, 0.25, 0.25])) == pytest.approx(twice.average(np.full(4, 0.25)))
    assert math.isnan(counted.average(np.zeros(3)))


def _shifts(values: FloatArray, weights: FloatArray, *, deals: int, false_share: float) -> tuple[ParameterShift, ...]:
    names = [f"p{j}" for j in range(values.shape[1] - 1)] + ["fixed"]
    parameters = {name: _parameter(name, "pair" if name in ("p0", "p1") else name) for name in names}
    drawn = sample(values, *names)
    read = ("p1", "p2", "p3")
    return parameter_shifts(
        drawn, weights, parameters=parameters, read=read, deals=deals, false_share=false_share, seed=5
    )


@pytest.mark.parametrize("false_share", [0.1, 0.4])
def test_shifts_are_those_of_plain_loops(false_share: float) -> None:
    """Kolmogorov's distance, its chance among deals, its floor, and which claims stand by Benjamini and Hochberg."""
    rng = np.random.default_rng(3)
    values, futures, deals = rng.random((40, 6)), 40, 99
    weights = np.exp(1.5 * values[:, 0] + 0.7 * values[:, 2])
    weights /= weights.sum()
    said = {each.name: each for each in _shifts(values, weights, deals=deals, false_share=false_share)}
    assert list(said) == ["p0", "p1", "p2", "p3", "p4"]  # what is fixed is not compared

    def distance(column: int, dealt: FloatArray) -> float:
        gaps = []
        for value in values[:, column]:
            below = values[:, column] <= value
            gaps.append(abs(float(dealt[below].sum()) - below.sum() / futures))
        return float(max(gaps))

    leads = {"p0": 0, "p1": 0, "p2": 2, "p3": 3, "p4": 4}  # parameters drawn together stand or fall with the first
    generator = np.random.default_rng(5)
    dealt = [generator.permutation(weights) for _ in range(deals)]
    chances = {}
    for name, column in leads.items():
        moved, others = distance(column, weights), [distance(column, each) for each in dealt]
        chances[name] = (1 + sum(each >= moved - 1e-12 for each in others)) / (deals + 1)
        assert said[name].distance == pytest.approx(moved)
        assert said[name].chance == pytest.approx(chances[name])
        assert said[name].floor == pytest.approx(np.quantile(others, 0.95))
        assert said[name].group == ("pair" if name in ("p0", "p1") else name)
        assert said[name].is_testable == (name != "p4")
    ranked = sorted(chances[name] for name in ("p0", "p2", "p3"))
    line = max((p for rank, p in enumerate(ranked, start=1) if p <= false_share * rank / 3), default=-1.0)
    assert {name for name, each in said.items() if each.is_informed} == {
        name for name in ("p0", "p1", "p2", "p3") if chances[name] <= line
    }
    _assert_ends(said, values, weights)


def _assert_ends(said: dict[str, ParameterShift], values: FloatArray, weights: FloatArray) -> None:
    """Hold the quantiles before and after against values repeated as often as they weigh."""
    for column, name in enumerate(("p0", "p1", "p2", "p3", "p4")):
        ordered = sorted(zip(values[:, column], weights, strict=True))
        for share, before, after in zip((0.05, 0.5, 0.95), said[name].before, said[name].after, strict=True):
            assert before == ordered[math.ceil(share * 40) - 1][0]
            total, found = 0.0, None
            for value, weight in ordered:
                total += weight
                if found is None and total >= share - 1e-12:
                    found = value
            assert after == found


def test_more_than_twenty_deals_are_needed_to_claim_anything_at_a_twentieth() -> None:
    """The observed weights count as one of the deals, so that no chance is ever nothing."""
    values = np.random.default_rng(0).random((30, 6))
    weights = np.where(values[:, 0] > 0.5, 1.0, 1e-9)
    said = _shifts(values, weights / weights.sum(), deals=9, false_share=0.1)
    assert min(each.chance for each in said) == pytest.approx(1 / 10)


def _calibrated() -> tuple[Calibration, dict[str, Parameter]]:
    names = ("p0", "p1", "p2", "fixed")
    parameters = {name: _parameter(name, "pair" if name in ("p0", "p1") else name) for name in names}
    values = np.random.default_rng(1).random((60, 4))
    made = courses(60)
    war = np.zeros_like(made.war)
    war[:, 0, 0] = np.argsort(np.argsort(values[:, 0])) / 60
    asked = [demand(Statistic.WAR, low=0.1, high=0.3, name="little_war"), demand(Statistic.KEPT, name="any_promise")]
    found = calibrate(
        asked,
        sample=sample(values, *names),
        courses=replace(made, war=war),
        parameters=parameters,
        read=("p0", "p1"),
        drawn=64,
        dearest=5.0,
        limit=1.645,
        deals=499,
    )
    return found, parameters


def test_what_is_written_of_weights_says_what_they_are() -> None:
    """Word for word: how many things history spoke about and could, which target binds, and what moved how far."""
    found, parameters = _calibrated()
    text = write_overlay(found, parameters=parameters)
    assert text.startswith(
        "# Parameters weighted by history. Not to be changed by hand; written by\n"
        "# `foedus evidence --futures 64 --seed 1 --dearest 5`.\n"
        "view:\n  title: weighted by history\n"
    )
    assert f"{found.effective:.0f} effective of 60 draws. History spoke about 1 of the 1 things drawn" in text
    assert "Seed 1. docs/evidence.md says how far to trust it." in text
    assert text.count('by the targets that bind: little_war"\n') == 2
    assert (
        '\np2:\n  uniform: [0.0, 1.0]\n  status: assumed\n  source: "made up for p2"\n  history: "could not speak'
        in text
    )
    assert "\nfixed:" not in text
    assert found.effective == pytest.approx(1 / (found.weights**2).sum())
    assert found.divergence == pytest.approx((found.weights * np.log(found.weights * 60)).sum())


def test_history_that_did_not_speak_says_how_far_it_moved() -> None:
    """By how much, and how much chance alone moves."""
    said = ParameterShift(
        "p", "p", 0.123, 0.234, 0.5, is_testable=True, is_informed=False, before=_ENDS, after=(0.2, 0.6, 0.95)
    )
    assert history_of(said, targets="x") == "did not speak (moved by 0.12, chance alone by up to 0.23)"
    spoke = history_of(replace(said, is_informed=True), targets="x, y")
    assert spoke == "spoke: 5, 50 and 95 % at 0.2, 0.6, 0.95, before at 0.1, 0.5, 0.9; by the targets that bind: x, y"


def test_of_demands_that_cannot_be_met_the_worst_is_let_go_first_and_the_others_are_still_met() -> None:
    """Two ends that no weights reach, and one that they do: what is missed by more goes first."""
    made = courses(60)
    war = np.zeros_like(made.war)
    war[:, 0, 0] = np.linspace(0.2, 0.6, 60)
    war[:, 0, 1] = np.linspace(0.0, 0.1, 60)
    asked = [
        demand(Statistic.WAR, low=0.95, high=1.0, name="sure_war", years=0.5),
        demand(Statistic.WAR, low=0.0, high=0.1, name="no_war", years=0.5),
        demand(Statistic.KEPT, low=0.3, high=0.52, name="promises"),
    ]
    found = calibrate(
        asked,
        sample=sample(np.random.default_rng(1).random((60, 2)), "p0", "p1"),
        courses=replace(made, war=war),
        parameters={name: _parameter(name, name) for name in ("p0", "p1")},
        read=(),
        drawn=60,
        dearest=1.0,
        limit=1.645,
        deals=19,
    )
    given_up = {each.demand.observation.id: each.is_given_up for each in found.findings}
    assert given_up["sure_war"]
    assert not given_up["promises"]
    for each in found.findings:
        if each.is_given_up:
            assert each.price == 0.0
            assert not each.binds
        elif each.demand.observation.id == "promises":
            assert each.demand.band.low - 1e-6 <= each.after <= each.demand.band.high + 1e-6
    assert [each.observation.id for each in found.demands] == [name for name, out in given_up.items() if not out]


def test_rehearsals_are_counted_in_words() -> None:
    """One rehearsal, two rehearsals; what was still due counts half, and both ways in the interval."""
    once = RehearsalObserved("history/unef_1956", PeopleDuties(due=10, met=4, breached=2))
    (alone,), (both,) = pooled([once]), pooled([once, once])
    assert alone.source == "1 rehearsal: 4 of 10 met, 4 still due at the end"
    assert both.source == "2 rehearsals: 8 of 20 met, 8 still due at the end"
    assert alone.value == both.value == pytest.approx(0.6)
    assert alone.low is not None
    assert both.low is not None
    assert alone.low < both.low < 0.6
    assert (alone.n, both.n) == (10, 20)
    assert alone.discrepancy == both.discrepancy == 0.25  # people in a room are not governments: a quarter either way


def test_history_is_asked_on_the_grid_of_a_comparison() -> None:
    """So that weights and comparisons speak of the same game; the rest is said where it differs."""
    run = Run()
    assert run.grid == GRID
    assert (run.futures, run.seed, run.tolerance, run.max_sweeps) == (1000, 1, 1e-3, 600)
