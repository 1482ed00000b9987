"""The chances of the ends of the strategic models."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.evidence.structural.egame.egame import TreeGame, tree_objective
from foedus.evidence.structural.likelihood.links import Errors, LinkFunction
from foedus.evidence.structural.likelihood.trees import EGAME12, EGAME122, EGAME123, TREES, GameTree
from foedus.evidence.structural.table.sample import take_sample
from tests.evidence.structural.made_up import FORMULAS, tree_data, truth
from tests.evidence.structural.plain import GAMES

VARIANTS = [
    (tree, link, errors)
    for tree in TREES
    for link, errors in (
        (LinkFunction.PROBIT, Errors.AGENT),
        (LinkFunction.LOGIT, Errors.AGENT),
        (LinkFunction.PROBIT, Errors.PRIVATE),
    )
]
_variants = pytest.mark.parametrize(("name", "link", "errors"), VARIANTS)


@_variants
def test_chances_are_those_written_out_by_hand(name: str, link: LinkFunction, errors: Errors) -> None:
    """The general tree gives the chances of the same game written out end by end."""
    values = some_utilities(TREES[name], rows=50)
    hand = GAMES[name](values, link=link.value, errors=errors.value)
    assert np.allclose(chances(TreeGame(TREES[name], link, errors), values), hand, atol=1e-14)


@_variants
def test_gradient_is_the_complex_step(name: str, link: LinkFunction, errors: Errors) -> None:
    """The score equals the imaginary part of the likelihood, written out by hand, a tiny complex step away."""
    data = tree_data(name, rows=60, seed=5)
    game = TreeGame(TREES[name], link, errors)
    sample = take_sample(game, FORMULAS[name], data)
    objective = tree_objective(game, sample)
    beta = truth(name) * 0.7 + 0.1

    def plain(point: NDArray[np.complex128]) -> complex:
        named = dict.fromkeys(game.utilities, np.zeros(len(data), dtype=complex))
        named |= {
            u: x @ point[place]
            for u, x, place in zip(sample.design.utilities, sample.matrices, objective.places, strict=True)
        }
        ends = np.array(GAMES[name](named, link=link.value, errors=errors.value))
        return complex((sample.counts * np.log(ends)).sum())

    steps = [plain(beta + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(beta))]
    at = objective.evaluate(beta)
    assert at.value == pytest.approx(plain(beta.astype(complex)).real, rel=1e-13)
    assert np.allclose(at.gradient, steps, rtol=1e-10, atol=1e-10)
    assert np.allclose(objective.scores(beta).sum(axis=0), steps, rtol=1e-10, atol=1e-10)


@_variants
def test_hessian_is_how_the_gradient_moves(name: str, link: LinkFunction, errors: Errors) -> None:
    """Each column of the Hessian is a central difference of gradients."""
    game = TreeGame(TREES[name], link, errors)
    objective = tree_objective(game, take_sample(game, FORMULAS[name], tree_data(name, rows=40, seed=6)))
    beta, step = truth(name), 1e-5
    moved = [
        (objective.evaluate(beta + step * unit).gradient - objective.evaluate(beta - step * unit).gradient) / (2 * step)
        for unit in np.eye(len(beta))
    ]
    assert np.allclose(objective.evaluate(beta).hessian, moved, rtol=1e-7, atol=1e-6)


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("errors", Errors)
def test_chances_are_how_often_players_with_random_utilities_end_there(name: str, errors: Errors) -> None:
    """Players who add normal errors to what they choose, and foresee the others' chances, end as often at each end."""
    values = {key: float(value[0]) for key, value in some_utilities(TREES[name], rows=1).items()}
    expected = chances(
        TreeGame(TREES[name], LinkFunction.PROBIT, errors), {k: np.array([v]) for k, v in values.items()}
    )[:, 0]
    draws = 400_000
    seen = PLAYS[name](values, np.random.default_rng(11), draws, errors is Errors.AGENT)
    frequency = np.bincount(seen, minlength=len(expected)) / draws
    assert np.all(np.abs(frequency - expected) < 5.0 * np.sqrt(expected * (1.0 - expected) / draws) + 1e-3)


def test_nothing_at_stake_is_a_toss() -> None:
    """Where all utilities are 0 every move is a coin."""
    zero = {name: np.zeros(1) for name in EGAME123.utilities}
    for game in (TreeGame(EGAME123), TreeGame(EGAME123, LinkFunction.LOGIT), TreeGame(EGAME123, errors=Errors.PRIVATE)):
        assert np.allclose(chances(game, zero)[:, 0], [0.5, 0.25, 0.125, 0.125])


@pytest.mark.parametrize("errors", Errors)
def test_left_and_right_are_names(errors: Errors) -> None:
    """When the branches of player 1 change places, with their utilities, so do the chances of the ends."""
    values = some_utilities(EGAME122, rows=20)
    renamed = {"u11": "u13", "u12": "u14", "u13": "u11", "u14": "u12", "u22": "u24", "u24": "u22"}
    swapped = {new: values[old] for old, new in renamed.items()}
    game = TreeGame(EGAME122, errors=errors)
    assert np.allclose(chances(game, values), chances(game, swapped)[[2, 3, 0, 1]], atol=1e-14)


def test_a_constant_added_to_all_of_a_players_utilities_changes_nothing() -> None:
    """Only differences of utilities matter."""
    values = some_utilities(EGAME12, rows=20)
    raised = values | {name: values[name] + 0.7 for name in ("u11", "u13", "u14")}
    game = TreeGame(EGAME12, errors=Errors.PRIVATE)
    assert np.allclose(chances(game, values), chances(game, raised), atol=1e-14)


def test_a_certain_answer_leaves_a_plain_probit() -> None:
    """Where player 2 always goes right, player 1 weighs u14 against u11 in a binary probit."""
    from tests.evidence.structural.plain import normal_of

    values = {"u11": np.array([0.3]), "u13": np.array([5.0]), "u14": np.array([0.9]), "u24": np.array([60.0])}
    expected = normal_of(0.6 / np.sqrt(2.0))
    assert chances(TreeGame(EGAME12), values)[:, 0] == pytest.approx([1.0 - expected, 0.0, expected])


def test_private_information_needs_normal_errors() -> None:
    """A weighted sum of logistic errors is not logistic, and the game says so."""
    with pytest.raises(ValueError, match="probit"):
        TreeGame(EGAME12, LinkFunction.LOGIT, Errors.PRIVATE)


def chances(game: TreeGame, values: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return (end, n)."""
    jets = game.log_probabilities(np.array([values[name] for name in game.utilities]), names=game.utilities)
    return np.exp([jet.value for jet in jets])


def some_utilities(tree: GameTree, *, rows: int) -> dict[str, NDArray[np.float64]]:
    """Return random utilities."""
    random = np.random.default_rng(3)
    return {name: random.normal(0.2, 0.8, rows) for name in tree.utilities}


def _ends(random: np.random.Generator, draws: int, count: int) -> NDArray[np.float64]:
    return random.standard_normal((count, draws))


def _play12(u: dict[str, float], random: np.random.Generator, draws: int, agent: bool) -> NDArray[np.int64]:
    e2, e1 = _ends(random, draws, 2), _ends(random, draws, 3)
    goes_2 = u["u24"] + e2[1] > e2[0]
    p = goes_2.mean()
    if agent:
        goes_1 = (1 - p) * u["u13"] + p * u["u14"] + e1[1] > u["u11"] + e1[0]
    else:
        goes_1 = (1 - p) * (u["u13"] + e1[1]) + p * (u["u14"] + e1[2]) > u["u11"] + e1[0]
    return np.where(goes_1, np.where(goes_2, 2, 1), 0)


def _play122(u: dict[str, float], random: np.random.Generator, draws: int, agent: bool) -> NDArray[np.int64]:
    e2, e1 = _ends(random, draws, 4), _ends(random, draws, 4)
    after_left, after_right = u["u22"] + e2[1] > e2[0], u["u24"] + e2[3] > e2[2]
    p, q = after_left.mean(), after_right.mean()
    if agent:
        goes_1 = (1 - q) * u["u13"] + q * u["u14"] + e1[1] > (1 - p) * u["u11"] + p * u["u12"] + e1[0]
    else:
        right = (1 - q) * (u["u13"] + e1[2]) + q * (u["u14"] + e1[3])
        goes_1 = right > (1 - p) * (u["u11"] + e1[0]) + p * (u["u12"] + e1[1])
    return np.where(goes_1, np.where(after_right, 3, 2), np.where(after_left, 1, 0))


def _play123(u: dict[str, float], random: np.random.Generator, draws: int, agent: bool) -> NDArray[np.int64]:
    e3, e2, e1 = _ends(random, draws, 2), _ends(random, draws, 3), _ends(random, draws, 4)
    goes_3 = u["u36"] + e3[1] > e3[0]
    p = goes_3.mean()
    if agent:
        goes_2 = (1 - p) * u["u25"] + p * u["u26"] + e2[1] > u["u23"] + e2[0]
    else:
        goes_2 = (1 - p) * (u["u25"] + e2[1]) + p * (u["u26"] + e2[2]) > u["u23"] + e2[0]
    q = goes_2.mean()
    if agent:
        goes_1 = (1 - q) * u["u13"] + q * ((1 - p) * u["u15"] + p * u["u16"]) + e1[1] > u["u11"] + e1[0]
    else:
        on = (1 - p) * (u["u15"] + e1[2]) + p * (u["u16"] + e1[3])
        goes_1 = (1 - q) * (u["u13"] + e1[1]) + q * on > u["u11"] + e1[0]
    return np.where(goes_1, np.where(goes_2, np.where(goes_3, 3, 2), 1), 0)


PLAYS = {"egame12": _play12, "egame122": _play122, "egame123": _play123}
