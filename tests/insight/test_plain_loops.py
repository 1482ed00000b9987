"""Order, regret, dominance, thresholds and signatures are what plain loops over futures give, ends of margins included.

Losses are quarters and the margin is a quarter, so that many of them lie at its end exactly.
"""

import math
from collections import Counter
from statistics import mean, median

import numpy as np
import pytest

from foedus.game.outcomes import OUTCOMES
from foedus.insight.ranking.acceptance import acceptance_of
from foedus.insight.ranking.dominance import Order, dominated
from foedus.insight.ranking.order import lead_of, order_of, rank
from foedus.insight.ranking.regret import regrets_of
from foedus.insight.ranking.satisficing import Requirement, met, most_often, parse_requirements, satisficing_of
from foedus.values.arrays import FloatArray

NAMES = ("a", "b", "c", "d")
MARGIN = 0.25
SEEDS = range(12)


def _losses(seed: int, *, futures: int = 9) -> FloatArray:
    """Draw losses in quarters; some texts are near copies of others, so that some dominate."""
    rng = np.random.default_rng(seed)
    loss = rng.integers(0, 7, (futures, 4)) / 4
    loss[:, 1] = loss[:, 0] + rng.integers(0, 2 + seed % 3, futures) / 4
    loss[:, 2] = rng.permutation(loss[:, 0]) + (seed % 2) / 4
    return np.asarray(loss)


@pytest.mark.parametrize("seed", SEEDS)
def test_first_places_leads_and_distances_are_counted(seed: int) -> None:
    """Who is first alone, who shares, who is ahead of whom by more than the margin, and how far behind the leader."""
    loss = _losses(seed)
    ranking = rank(loss, names=NAMES, margin=MARGIN)
    rows = loss.tolist()
    near = [[name for name, value in zip(NAMES, row, strict=True) if value - min(row) <= MARGIN] for row in rows]
    first = Counter(each[0] for each in near if len(each) == 1)
    assert ranking.shared.value == pytest.approx(sum(len(each) > 1 for each in near) / len(rows))
    for a, name in enumerate(NAMES):
        assert ranking.standings[name].first.value == pytest.approx(first[name] / len(rows))
        assert ranking.standings[name].regret.mean == pytest.approx(mean(row[a] - min(row) for row in rows))
        for b, other in enumerate(NAMES):
            if a != b:
                ahead = sum(row[b] - row[a] > MARGIN for row in rows) / len(rows)
                assert ranking.ahead[name][other] == pytest.approx(ahead)
    in_order = sorted(NAMES, key=lambda name: _place(loss, name))
    assert ranking.order == tuple(in_order)
    assert (ranking.leader, ranking.runner_up) == tuple(in_order[:2])
    assert set(ranking.behind) == set(in_order[1:])
    lead = NAMES.index(in_order[0])
    for name, behind in ranking.behind.items():
        assert behind.value == pytest.approx(mean(row[NAMES.index(name)] - row[lead] for row in rows))


def _place(loss: FloatArray, name: str) -> tuple[float, float, int]:
    column = loss[:, NAMES.index(name)].tolist()
    return (mean(column), median(column), NAMES.index(name))


def test_equal_means_go_by_the_median_and_equal_medians_as_given() -> None:
    """Two of one mean: the one whose ordinary future is better; two that are the same: as they came."""
    same_mean = np.array([[0.0, 1.0, 1.0], [0.0, 1.0, 1.0], [3.0, 1.0, 1.0]])
    assert order_of(same_mean, names=("x", "y", "z")) == ("x", "y", "z")
    assert order_of(same_mean[:, [1, 0, 2]], names=("x", "y", "z")) == ("y", "x", "z")
    assert order_of(same_mean[:, [1, 2]], names=("y", "z")) == ("y", "z")


def test_a_lead_is_more_than_the_margin() -> None:
    """One for less loss, nothing for more, a half for what cannot be told apart, the ends of the margin among it."""
    loss = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert lead_of(loss, np.full(5, 0.5), margin=MARGIN).tolist() == [1.0, 0.5, 0.5, 0.5, 0.0]


@pytest.mark.parametrize("seed", SEEDS)
def test_regret_is_the_distance_to_the_best_of_each_future(seed: int) -> None:
    """Its mean, its 95 % point, its largest and where; and who keeps the two smallest, to within the margin."""
    loss = _losses(seed, futures=21)
    regrets = regrets_of(loss, names=NAMES, margin=MARGIN)
    rows = loss.tolist()
    largest, high = {}, {}
    for a, name in enumerate(NAMES):
        behind = [row[a] - min(row) for row in rows]
        regret = regrets.each[name]
        assert regret.expected.value == pytest.approx(mean(behind))
        assert regret.largest == max(behind)
        assert regret.where == behind.index(max(behind))
        assert regret.high == pytest.approx(sorted(behind)[19])  # of 21, twenty steps: 0.95 of them is the twentieth
        largest[name], high[name] = max(behind), sorted(behind)[19]
    for told, figures in ((regrets.minimax, largest), (regrets.least_high, high)):
        near = [name for name in NAMES if figures[name] - min(figures.values()) <= MARGIN]
        assert told == tuple(sorted(near, key=lambda name: (figures[name], NAMES.index(name))))


@pytest.mark.parametrize("seed", SEEDS)
def test_dominance_is_never_worse_and_once_better(seed: int) -> None:
    """In every future; in sorted losses; in averages of the worst: the strongest that holds, beyond the margin."""
    loss = _losses(seed)
    expected = {}
    for a, name in enumerate(NAMES):
        for b, other in enumerate(NAMES):
            if a != b and (order := _dominates(loss[:, b].tolist(), loss[:, a].tolist())):
                expected[name, other] = order
    found = dominated(loss, names=NAMES, margin=MARGIN)
    assert {(each.arrangement, each.by): each.order for each in found} == expected
    assert [(each.arrangement, each.by) for each in found] == list(expected)


def _dominates(better: list[float], worse: list[float]) -> Order | None:
    ours, theirs = sorted(better, reverse=True), sorted(worse, reverse=True)
    sums = [(sum(ours[: k + 1]) / (k + 1), sum(theirs[: k + 1]) / (k + 1)) for k in range(len(ours))]
    pairs = (list(zip(better, worse, strict=True)), list(zip(ours, theirs, strict=True)), sums)
    for order, each in zip((Order.STATEWISE, Order.FIRST, Order.SECOND), pairs, strict=True):
        apart = [right - left for left, right in each]
        if min(apart) >= -MARGIN and max(apart) > MARGIN:
            return order
    return None


def test_what_is_the_same_dominates_nothing() -> None:
    """Nor what is better by the margin and no more; a hair more is enough."""
    loss = np.array([[0.0, 0.25], [0.0, 0.25]])
    assert dominated(loss, names=("x", "y"), margin=MARGIN) == ()
    (one,) = dominated(loss + np.array([[0.0, 0.01], [0.0, 0.0]]), names=("x", "y"), margin=MARGIN)
    assert (one.arrangement, one.by, one.order) == ("y", "x", Order.STATEWISE)


@pytest.mark.parametrize("seed", SEEDS)
def test_thresholds_are_met_at_their_end(seed: int) -> None:
    """At most and at least hold where the figure is the threshold; jointly is in the same future."""
    rng = np.random.default_rng(seed)
    outcomes = rng.integers(0, 5, (11, 3, len(OUTCOMES))) / 4
    asked = (Requirement("war", "<=", 0.5), Requirement("value_P", ">=", 0.5))
    war, value = (list(OUTCOMES).index(name) for name in ("war", "value_P"))
    table = met(asked, outcomes)
    satisficing = satisficing_of(asked, outcomes, names=("x", "y", "z"))
    jointly = {}
    for a, name in enumerate(("x", "y", "z")):
        few = [row[a][war] <= 0.5 for row in outcomes.tolist()]
        much = [row[a][value] >= 0.5 for row in outcomes.tolist()]
        both = [one and other for one, other in zip(few, much, strict=True)]
        assert table[:, a].tolist() == [list(pair) for pair in zip(few, much, strict=True)]
        assert [each.value for each in satisficing[name].alone] == pytest.approx([mean(few), mean(much)])
        assert satisficing[name].jointly.value == pytest.approx(mean(both))
        jointly[name] = mean(both)
    best = max(("z", "y", "x"), key=lambda name: jointly[name])
    assert most_often(satisficing, order=("z", "y", "x")) == best
    assert satisficing_of((), outcomes, names=("x", "y", "z")) == {}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("war<=0.2", [("war", "<=", 0.2)]),
        (" war <= 20 % , defend>=1e-1", [("war", "<=", 0.2), ("defend", ">=", 0.1)]),
        ("value_P>=-0.5", [("value_P", ">=", -0.5)]),
        ("war<=.5%", [("war", "<=", 0.005)]),
    ],
)
def test_requirements_are_read_as_they_are_written(text: str, read: list[tuple[str, str, float]]) -> None:
    """A share or per cent, of any outcome; and written again they are the same."""
    found = parse_requirements(text)
    assert [(each.outcome, each.operator, each.threshold) for each in found] == read
    assert parse_requirements(", ".join(map(str, found))) == found


@pytest.mark.parametrize("wrong", ["war<0.2", "war<=", "war<=1.2.3", "wra<=1", "war<=1e999", "<=1"])
def test_every_part_that_is_no_requirement_is_told(wrong: str) -> None:
    """All at once, and none is taken."""
    with pytest.raises(ValueError, match=";") as told:
        parse_requirements(f"{wrong},war<=0.2,{wrong}")
    assert len(str(told.value).split("; ")) == 2 * len(_told_once(wrong).split("; "))


def _told_once(wrong: str) -> str:
    with pytest.raises(ValueError, match=r".") as told:
        parse_requirements(wrong)
    return str(told.value)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_signature_is_given_refused_or_cannot_be_told(seed: int) -> None:
    """Above the margin, below it on the other side, or within it with its ends; everybody in the same future."""
    rng = np.random.default_rng(seed)
    gains = rng.integers(-2, 6, (3, 13)) / 4
    found = acceptance_of(adversary=gains[0], protected_state=gains[1], guarantors=gains[2], margin=MARGIN)
    parties = zip(
        (found.adversary, found.protected_state, found.guarantors),
        (found.adversary_level, found.protected_state_level, found.guarantors_level),
        gains.tolist(),
        strict=True,
    )
    for signs, level, gain in parties:
        assert signs.value == pytest.approx(mean(each > MARGIN for each in gain))
        assert level.value == pytest.approx(mean(-MARGIN <= each <= MARGIN for each in gain))
    futures = list(zip(*gains.tolist(), strict=True))
    everyone = mean(all(each > MARGIN for each in future) for future in futures)
    nobody_refuses = mean(all(each >= -MARGIN for each in future) for future in futures)
    assert found.everyone.value == pytest.approx(everyone)
    assert found.everyone_level.value == pytest.approx(nobody_refuses - everyone)
    assert math.isfinite(found.everyone.value)
