"""The crisis-signalling game of Lewis and Schultz."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from foedus.errors import InvalidFile
from foedus.evidence.structural import NotIdentified, equilibria, fit_sigint
from foedus.evidence.structural.crisis.equilibria import find_all, follow, probabilities
from foedus.evidence.structural.crisis.game import UTILITIES, Payoffs, answer, payoffs
from foedus.evidence.structural.crisis.likelihood import (
    Beliefs,
    equilibrium_objective,
    likeliest,
    pseudo_objective,
    replies,
)
from foedus.evidence.structural.crisis.nested import _belief_slopes, reply_once
from foedus.evidence.structural.crisis.sigint import CrisisGame
from foedus.evidence.structural.table.sample import take_sample
from tests.evidence.structural.made_up import FORMULAS, crisis_data, regressors, truth, utilities

FAMILY = {"VA": 1.0, "barWA": -1.9, "bara": -1.2, "VB": 1.0}
"""A family of games in which barWB decides how many equilibria there are."""


def test_one_game_has_three_equilibria() -> None:
    """With barWB = -2.9 the target resists with 0.2511, 0.5947 or 0.8133, as the R package sigInt finds."""
    found = find_all(payoffs(FAMILY | {"barWB": -2.9}, games=1))
    assert np.allclose(ndtr(found.r), [0.251104615976, 0.594722829455, 0.813321720327], atol=1e-12)
    assert found.is_stable.tolist() == [True, False, True]


def test_three_equilibria_become_one() -> None:
    """Over barWB from -2.9 to -2.2 in steps of 0.05, four games have three equilibria and eleven have one."""
    games = payoffs(FAMILY | {"barWB": np.arange(-2.9, -2.19, 0.05)}, games=15)
    assert find_all(games).number.tolist() == [3] * 4 + [1] * 11


def test_two_equilibria_are_found_however_near_to_each_other() -> None:
    """Two of them meet at barWB = -2.74704373873: 1e-9 below there are three, 1e-9 above one, whatever the points."""
    games = payoffs(FAMILY | {"barWB": -2.74704373873 + np.array([-1e-9, 1e-9])}, games=2)
    for points in (41, 401):
        found = find_all(games, points=points)
        assert found.number.tolist() == [3, 1]
        assert found.r[1] - found.r[0] < 1e-3


def test_every_equilibrium_replies_to_itself() -> None:
    """In 300 random games, wide of any data, r = T(r) to 1e-9 unless T is all but vertical."""
    games = random_games(300)
    found = find_all(games, points=161)
    reply, slope = answer(games.take(found.game), found.r)
    assert found.number.min() >= 1
    assert np.abs(reply - found.r)[np.abs(slope) < 1e4].max() < 1e-9
    assert (found.number % 2 == 1).mean() > 0.99


def test_following_leads_to_an_equilibrium_nearby() -> None:
    """Newton's method from a little beside an equilibrium comes back to it."""
    games = random_games(60)
    found = find_all(games, points=161)
    slope = answer(games.take(found.game), found.r)[1]
    gentle = np.abs(slope) < 0.9
    r = follow(games.take(found.game[gentle]), found.r[gentle] + 1e-4)
    assert np.allclose(r, found.r[gentle], atol=1e-8)


def test_chances_are_those_of_players_who_draw_their_payoffs() -> None:
    """A million challengers and targets who know their own payoffs, and play the equilibrium, end up as is said."""
    values = {"SA": 0.4, "VA": 1.0, "CB": -0.6, "barWA": -0.5, "barWB": -0.3, "bara": -0.8, "VB": 0.2}
    game = payoffs(values, games=1)
    expected = probabilities(game, find_all(game).r).iloc[0]
    random = np.random.default_rng(8)
    e, f, g = random.standard_normal((3, 1_000_000))
    firm_pays, down_pays = values["barWA"] + e, values["bara"] + f
    last = np.maximum(firm_pays, down_pays)
    challenges = (1 - expected["pR"]) * values["VA"] + expected["pR"] * last > values["SA"]
    firm_if_challenged = (firm_pays > down_pays)[challenges].mean()
    gains = firm_if_challenged * (values["barWB"] + g) + (1 - firm_if_challenged) * values["VB"] > values["CB"]
    seen = np.array(
        [
            (~challenges).mean(),
            (challenges & ~gains).mean(),
            (challenges & gains & (firm_pays > down_pays)).mean(),
            (challenges & gains & (firm_pays <= down_pays)).mean(),
        ]
    )
    assert firm_if_challenged == pytest.approx(expected["pF"], abs=3e-3)
    assert np.allclose(seen, expected[["sq", "cd", "sf", "bd"]], atol=3e-3)


@pytest.mark.parametrize("kind", ["equilibrium", "pseudo"])
def test_derivatives_are_those_of_small_steps(kind: str) -> None:
    """Gradient and Hessian of both likelihoods, the equilibrium solved anew at each step, equal central differences."""
    sample = take_sample(CrisisGame(), FORMULAS["sigint"], crisis_data(games=30, times=20, seed=2))
    beta, step = truth("sigint") * 0.9, 1e-5
    if kind == "equilibrium":
        objective = equilibrium_objective(sample, np.zeros(30))
    else:
        random = np.random.default_rng(1)
        objective = pseudo_objective(sample, Beliefs(random.uniform(0.3, 0.9, 30), random.uniform(0.3, 0.9, 30)))
    at = objective.evaluate(beta)
    for place, unit in enumerate(np.eye(len(beta))):
        up, down = objective.evaluate(beta + step * unit), objective.evaluate(beta - step * unit)
        assert at.gradient[place] == pytest.approx((up.value - down.value) / (2 * step), rel=1e-6, abs=1e-5)
        assert np.allclose(at.hessian[place], (up.gradient - down.gradient) / (2 * step), rtol=1e-5, atol=1e-3)


def test_both_likelihoods_agree_where_beliefs_are_the_equilibrium() -> None:
    """Replying to the equilibrium's own chances is playing the equilibrium."""
    sample = take_sample(CrisisGame(), FORMULAS["sigint"], crisis_data(games=30, times=20, seed=2))
    beta = truth("sigint")
    full = equilibrium_objective(sample, np.zeros(30))
    beliefs = own_beliefs(full.utilities(beta))
    assert pseudo_objective(sample, beliefs).evaluate(beta).value == pytest.approx(full.evaluate(beta).value, rel=1e-12)
    replied = reply_once(sample, full.utilities(beta), beliefs)
    assert np.allclose(replied.resist, beliefs.resist, atol=1e-12)
    assert np.allclose(replied.firm, beliefs.firm, atol=1e-12)


def test_beliefs_move_with_utilities_as_the_jacobian_says_and_not_its_transpose() -> None:
    """How equilibrium chances move with barWB, by small steps, is (I - J)^-1 dPsi; with J' it is something else."""
    sample = take_sample(CrisisGame(), FORMULAS["sigint"], crisis_data(games=30, times=20, seed=2))
    values = pseudo_objective(sample, Beliefs(np.full(30, 0.5), np.full(30, 0.5))).utilities(truth("sigint"))
    found = replies(sample, values, own_beliefs(values))
    which, step = sample.design.utilities.index("barWB"), 1e-5
    moved = np.zeros_like(values)
    moved[which] = step
    up, down = own_beliefs(values + moved), own_beliefs(values - moved)
    count = len(sample.design.utilities)
    resist, firm = _belief_slopes(found, count, is_transposed=False)
    assert np.allclose(resist[which], (up.resist - down.resist) / (2 * step), atol=1e-7)
    assert np.allclose(firm[which], (up.firm - down.firm) / (2 * step), atol=1e-7)
    _, wrong = _belief_slopes(found, count, is_transposed=True)
    assert not np.allclose(wrong[which], firm[which], atol=1e-2)


def test_the_likeliest_of_several_equilibria_is_taken() -> None:
    """Games made in their highest equilibrium, where there are three, are fitted in it, and the fit says how many."""
    data = regressors(60, seed=1)
    played = payoffs(FAMILY | {"barWB": np.full(60, -2.85), "VA": 1.0 + 0.02 * data["x1"].to_numpy()}, games=60)
    found = find_all(played)
    last = np.append(np.diff(found.game) > 0, True)
    chances = probabilities(played, found.r[last])[["sq", "cd", "sf", "bd"]].to_numpy()
    counts = np.random.default_rng(2).multinomial(3000, chances)
    data = data.join(pd.DataFrame(counts, columns=["sq", "cd", "sf", "bd"])).assign(VB=1.0)
    fit = fit_sigint("sq + cd + sf + bd ~ 0 | x1 | 0 | 1 | 1 | 1 | VB - 1", data)
    best, values, several = likeliest(fit.sample, fit.objective.utilities(fit.beta))
    assert np.abs((fit.coefficients.to_numpy() - [1.0, 0.02, -1.9, -2.85, -1.2, 1.0]) / fit.standard_errors).max() < 4.0
    assert several == fit.details["games with several equilibria"]
    assert values.sum() == pytest.approx(fit.log_likelihood, abs=1e-6)
    assert ndtr(best).min() > 0.7
    table = equilibria(fit)
    assert (table.groupby("game").size() > 1).sum() == several
    assert fit.predict().isna().any(axis=1).sum() == several


def test_tables_of_equilibria_hold_chances() -> None:
    """The ends of each equilibrium add up to 1, and the rows carry the labels of the table."""
    data = crisis_data(games=40, times=50, seed=5).set_axis([f"case {n}" for n in range(40)])
    fit = fit_sigint(FORMULAS["sigint"], data)
    table = equilibria(fit, data.iloc[:7])
    assert table.index.get_level_values("game").unique().tolist() == data.index[:7].tolist()
    assert np.allclose(table[["sq", "cd", "sf", "bd"]].sum(axis=1), 1.0)
    assert np.allclose(fit.predict(data.iloc[:7]), table[["sq", "cd", "sf", "bd"]], atol=1e-12)


def test_counts_and_chances_must_be_such() -> None:
    """Negative counts, three columns of counts, and beliefs of 1 are findings."""
    data = crisis_data(games=20, times=20, seed=5).assign(pR=1.0, pF=0.5)
    formula = FORMULAS["sigint"]
    with pytest.raises(InvalidFile, match="negative"):
        fit_sigint(formula, data.assign(sq=-1))
    with pytest.raises(InvalidFile, match="3 columns of counts for 4"):
        fit_sigint(formula.replace("sq + ", ""), data)
    with pytest.raises(InvalidFile, match="pR"):
        fit_sigint(formula, data, method="pl", first_stage=("pR", "pF"))


def test_a_constant_everywhere_is_not_identified() -> None:
    """Constants in every utility of the target cannot be told apart, and the message names them."""
    data = crisis_data(games=60, times=50, seed=5)
    with pytest.raises(NotIdentified, match="CB:Intercept, barWB:Intercept, VB:Intercept"):
        fit_sigint("sq + cd + sf + bd ~ x1 - 1 | x2 | x3 | x4 | x5 | 1 | 1", data)


def test_an_uncertain_first_stage_widens_the_errors() -> None:
    """With a first-stage covariance of zero the two-step covariance is the robust one; with a larger one it grows."""
    data = crisis_data(games=60, times=100, seed=6)
    fitted = fit_sigint(FORMULAS["sigint"], data)
    chances = probabilities(
        games_of(fitted.objective.utilities(fitted.beta)), equilibria_of(fitted.objective.utilities(fitted.beta))
    )
    data = data.join(chances[["pR", "pF"]])
    options = {"method": "pl", "first_stage": ("pR", "pF")}
    plain = fit_sigint(FORMULAS["sigint"], data, covariance="robust", **options)  # type: ignore[arg-type]
    none = fit_sigint(FORMULAS["sigint"], data, first_stage_covariance=np.zeros((120, 120)), **options)  # type: ignore[arg-type]
    some = fit_sigint(FORMULAS["sigint"], data, first_stage_covariance=1e-3 * np.eye(120), **options)  # type: ignore[arg-type]
    assert np.allclose(none.covariance, plain.covariance)
    assert (some.standard_errors > plain.standard_errors).all()


def own_beliefs(values: np.ndarray) -> Beliefs:
    """Return the chances of the equilibrium itself, for the formula of the made-up games."""
    played = probabilities(games_of(values), equilibria_of(values))
    return Beliefs(played["pR"].to_numpy(), played["pF"].to_numpy())


def games_of(values: np.ndarray) -> Payoffs:
    """Return payoffs from the utilities of the made-up formula."""
    names = [name for name in UTILITIES if name != "VB"]
    return payoffs(dict(zip(names, values, strict=True)), games=values.shape[1])


def equilibria_of(values: np.ndarray) -> np.ndarray:
    """Return the only equilibrium of each game."""
    found = find_all(games_of(values))
    assert found.number.max() == 1
    return found.r


def random_games(count: int) -> Payoffs:
    """Return games with payoffs far apart."""
    random = np.random.default_rng(4)
    return payoffs({name: random.normal(0.0, 2.0, count) for name in UTILITIES}, games=count)


def test_made_up_games_have_one_equilibrium() -> None:
    """The games from which coefficients are recovered leave no doubt about how they are played."""
    data = regressors(400, seed=3)
    assert find_all(payoffs(utilities("sigint", data), games=400)).number.max() == 1
