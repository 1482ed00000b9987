"""The search against every design: on tiny spaces nothing of the true front may be missed."""

from collections.abc import Sequence

import numpy as np
import pytest
from pymoo.util.nds.non_dominated_sorting import NonDominatedSorting

from foedus.insight.design.search import Choices, enumerate_all, hypervolume, non_dominated, search
from foedus.values.arrays import FloatArray

OPTIONS = (4, 4, 4)


def smooth(designs: Sequence[Choices]) -> list[FloatArray]:
    """Return four aims that pull a design of three levers to different corners."""
    return [
        np.array([a + 0.1 * b, (3 - a) + 0.1 * c, (3 - b) + 0.2 * a, abs(c - 2) + 0.3 * b]) / 3 for a, b, c in designs
    ]


def rugged(designs: Sequence[Choices]) -> list[FloatArray]:
    """Return aims drawn at random for each design: nothing leads from one good design to the next."""
    table = np.random.default_rng(5).random((*OPTIONS, 4))
    return [table[design] for design in designs]


@pytest.mark.parametrize("judge", [smooth, rugged])
@pytest.mark.parametrize("seed", [1, 2])
def test_with_budget_for_all_the_search_finds_the_true_front(judge, seed: int) -> None:  # type: ignore[no-untyped-def]
    """64 designs, budget 64: each is judged once, and the front is that of all."""
    every, found = enumerate_all(OPTIONS, judge), search(OPTIONS, judge, budget=64, population=12, seed=seed)
    assert len(set(found.designs)) == len(found.designs) == 64
    assert {found.designs[i] for i in found.front} == {every.designs[i] for i in every.front}


def test_the_search_finds_more_than_chance_does() -> None:
    """Of 16,777,216 designs 200 are judged: the mean volume is above that of the luckiest of four random draws."""
    options, generator = (4,) * 12, np.random.default_rng(0)
    found = [search(options, tangled, budget=200, population=24, seed=seed).aims for seed in range(3)]
    drawn = [
        np.array(tangled([tuple(int(place) for place in generator.integers(4, size=12)) for _ in range(200)]))
        for _ in range(4)
    ]
    pooled = np.vstack([*found, *drawn])
    worst, best = pooled.max(axis=0), pooled.min(axis=0)
    volumes = [[hypervolume(aims, worst=worst, best=best) for aims in each] for each in (found, drawn)]
    assert np.mean(volumes[0]) > max(volumes[1])


def tangled(designs: Sequence[Choices]) -> list[FloatArray]:
    """Return four aims to which each of twelve levers adds, and each pair of them a little more."""
    generator = np.random.default_rng(3)
    own, joint = generator.normal(size=(4, 12, 4)), 0.3 * generator.normal(size=(4, 12, 12))
    chosen = np.array(designs)
    alone = own[:, np.arange(12), chosen].sum(axis=2)
    together = np.einsum("kij,di,dj->kd", joint, chosen > 1, chosen % 2)
    return list((alone + together).T)


def test_the_volume_never_falls_as_the_search_goes_on() -> None:
    """What was found stays found."""
    found = search(
        (5, 5, 5, 5),
        lambda designs: [np.array([*design]) / 4.0 for design in designs],
        budget=80,
        population=10,
        seed=3,
    )
    assert len(found.volumes) > 3
    assert all(later >= earlier for earlier, later in zip(found.volumes, found.volumes[1:], strict=False))


def test_the_text_as_it_is_comes_first_and_budgets_are_kept() -> None:
    """The first design moves no lever, and no more designs are judged than were to be."""
    found = search(
        (3, 3, 3, 3),
        lambda designs: [np.array([*design], dtype=float) for design in designs],
        budget=30,
        population=8,
        seed=1,
    )
    assert found.designs[0] == (0, 0, 0, 0)
    assert len(found.designs) == 30


def test_the_same_seed_searches_alike_and_another_does_not() -> None:
    """A search can be repeated."""
    first, again, other = (search(OPTIONS, rugged, budget=30, population=8, seed=seed) for seed in (1, 1, 2))
    assert first.designs == again.designs != other.designs


def test_a_design_that_cannot_be_used_is_on_no_front() -> None:
    """None from the judge counts as worse than anything, and the search goes on."""

    def judge(designs: Sequence[Choices]) -> list[FloatArray | None]:
        return [None if design[0] == 1 else aims for design, aims in zip(designs, smooth(designs), strict=True)]

    found = search(OPTIONS, judge, budget=64, population=12, seed=1)
    assert all(found.designs[i][0] != 1 for i in found.front)
    assert np.isinf(found.aims[[design[0] == 1 for design in found.designs]]).all()


def test_ctrl_c_keeps_what_was_judged() -> None:
    """An interrupt in the third round leaves the first two, and says that it was stopped."""
    rounds = 0

    def judge(designs: Sequence[Choices]) -> list[FloatArray]:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            raise KeyboardInterrupt
        return smooth(designs)

    found = search(OPTIONS, judge, budget=60, population=8, seed=1)
    assert found.is_stopped
    assert 8 <= len(found.designs) < 60
    assert found.front


def test_a_search_ends_when_it_is_told_to() -> None:
    """The budget may be counted elsewhere, such as in games solved."""
    judged: list[Choices] = []

    def judge(designs: Sequence[Choices]) -> list[FloatArray]:
        judged.extend(designs)
        return smooth(designs)

    found = search(OPTIONS, judge, budget=64, population=8, seed=1, is_spent=lambda: len(judged) >= 16)
    assert 16 <= len(found.designs) < 24


@pytest.mark.parametrize("seed", range(3))
def test_the_front_is_the_first_rank_of_another_sorting(seed: int) -> None:
    """Agrees with pymoo's own sorting, ties included."""
    aims = np.random.default_rng(seed).integers(0, 5, size=(60, 3)).astype(float)
    expected = NonDominatedSorting().do(aims, only_non_dominated_front=True)
    assert set(np.flatnonzero(non_dominated(aims))) == set(expected)


def test_hypervolume_of_two_boxes_by_hand() -> None:
    """Points (0, 1/2) and (1/2, 0) against a corner at 1.1: the union of two boxes, by inclusion and exclusion."""
    found = hypervolume(np.array([[0.0, 0.5], [0.5, 0.0]]), worst=np.ones(2), best=np.zeros(2))
    assert found == pytest.approx((2 * 1.1 * 0.6 - 0.6**2) / 1.1**2)
    assert hypervolume(np.empty((0, 2)), worst=np.ones(2), best=np.zeros(2)) == 0
    assert hypervolume(np.ones((3, 2)), worst=np.ones(2), best=np.ones(2)) == 1


def test_a_search_without_levers_is_refused() -> None:
    """Nothing to search is told."""
    with pytest.raises(ValueError, match="needs levers"):
        search((), smooth, budget=10, population=4, seed=1)
