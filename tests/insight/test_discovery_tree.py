"""The tree and the folds of scenario discovery, against those of scikit-learn."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from foedus.insight.discovery.folds import folds_of
from foedus.insight.discovery.tree import Cut, Tree
from foedus.insight.statistics.axes import Axes, axes_of
from foedus.values.arrays import BoolArray


def _drawn(seed: int) -> tuple[Axes, BoolArray]:
    """Draw futures on axes of which every third has few levels, and something that depends on two of them."""
    generator = np.random.default_rng(seed)
    futures, axes = int(generator.integers(30, 400)), int(generator.integers(2, 40))
    values = generator.random((futures, axes))
    values[:, ::3] = np.round(values[:, ::3] * 4)
    holds: BoolArray = values[:, 0] + values[:, 1] + 1.5 * generator.random(futures) > 2
    return axes_of(values, [f"p{i}" for i in range(axes)]), holds


def _grown_by_another(axes: Axes, holds: BoolArray, *, fewest: int) -> Iterator[tuple[Cut, ...]]:
    tree: Any = DecisionTreeClassifier(max_depth=3, min_samples_leaf=fewest, random_state=1)
    tree = tree.fit(axes.codes.astype(np.float32), holds).tree_

    def below(node: int, path: dict[tuple[int, bool], int]) -> Iterator[tuple[Cut, ...]]:
        children = ((int(tree.children_left[node]), False), (int(tree.children_right[node]), True))
        if children[0][0] == children[1][0]:
            return
        for child, above in children:
            longer = path | {(int(tree.feature[node]), above): int(np.floor(tree.threshold[node]))}
            yield tuple(Cut(axis=axis, above=up, rank=rank) for (axis, up), rank in longer.items())
            yield from below(child, longer)

    return below(0, {})


def test_a_tree_is_scikit_learns() -> None:
    """Wherever no two axes are as good, every node of every tree is the same."""
    compared = 0
    for seed in range(40):
        axes, holds = _drawn(seed)
        fewest = max(2, len(holds) // 20)
        tree = Tree(axes, holds, deepest=3, fewest=fewest)
        grown = {tuple(tree.nodes(generator=np.random.default_rng(each))) for each in range(16)}
        if len(grown) == 1:
            assert grown == {tuple(_grown_by_another(axes, holds, fewest=fewest))}, seed
            compared += 1
    assert compared > 10


def test_of_equal_cuts_none_is_preferred_for_its_place() -> None:
    """Where two axes say the same in other words, either is taken about as often."""
    few = np.repeat([0.0, 1.0], 50)
    axes = axes_of(np.column_stack([few, np.arange(100.0)]), ["few", "many"])
    tree = Tree(axes, few > 0, deepest=1, fewest=5)
    taken = [next(tree.nodes(generator=np.random.default_rng(seed)))[0].axis for seed in range(60)]
    assert 15 < sum(taken) < 45


@pytest.mark.parametrize("seed", range(5))
def test_folds_are_dealt_as_scikit_learn_deals_them(seed: int) -> None:
    """The same seed gives the same folds, and each holds its share of what is looked for."""
    _, holds = _drawn(seed)
    theirs = StratifiedKFold(5, shuffle=True, random_state=seed).split(holds, holds)
    for (seen, unseen), (others, tried) in zip(folds_of(holds, folds=5, seed=seed), theirs, strict=True):
        assert (seen == others).all()
        assert (unseen == tried).all()
