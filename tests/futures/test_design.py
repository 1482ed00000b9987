"""Designs: causes move parameters together and leave every range as it is; Sobol points fill ranges too."""

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from foedus.errors import InvalidFile
from foedus.futures.parameters.load import default_parameters, load_parameters, read_parameters
from foedus.futures.parameters.record import Cause, Parameters
from foedus.futures.sample import draw
from foedus.values.arrays import FloatArray

PARAMETERS = default_parameters()


def led(**correlations: float) -> Parameters:
    """Return the default with one cause behind the parameters named, and none behind any other."""
    causes = {name: Cause("weather", correlation) for name, correlation in correlations.items()}
    entries = (dataclasses.replace(each, cause=causes.get(each.name)) for each in PARAMETERS.entries)
    return Parameters(tuple(entries))


def columns(parameters: Parameters, *names: str, futures: int, design: str = "lhs") -> list[FloatArray]:
    sample = draw(parameters, futures=futures, seed=4, design=design)  # type: ignore[arg-type]
    return [sample.values[:, sample.names.index(name)] for name in names]


@pytest.mark.parametrize("design", ["lhs", "sobol"])
@pytest.mark.parametrize("correlation", [0.9, -0.6])
def test_two_parameters_with_one_cause_have_the_rank_correlation_of_a_gaussian_copula(
    design: str, correlation: float
) -> None:
    """Spearman's coefficient is (6 / pi) asin(rho_1 rho_2 / 2), whatever the shapes of the ranges."""
    parameters = led(stake_A=0.8, **{"days.hold": correlation})
    first, second = columns(parameters, "stake_A", "days.hold", futures=4096, design=design)
    expected = 6 / math.pi * math.asin(0.8 * correlation / 2)
    assert spearmanr(first, second).statistic == pytest.approx(expected, abs=0.03)


def test_a_cause_changes_the_order_of_draws_and_never_the_draws() -> None:
    """With a cause a parameter takes the same values in other futures; every other parameter stays as it was."""
    plain, moved = (draw(p, futures=32, seed=9) for p in (led(), led(stake_A=0.7, prior=-0.5)))
    for j, name in enumerate(plain.names):
        if name in ("stake_A", "prior"):
            np.testing.assert_array_equal(np.sort(plain.values[:, j]), np.sort(moved.values[:, j]))
            assert not np.array_equal(plain.values[:, j], moved.values[:, j])
        else:
            np.testing.assert_array_equal(plain.values[:, j], moved.values[:, j])


def test_a_second_cause_leaves_the_first_alone() -> None:
    """What one cause does to its parameters does not depend on whether there is another cause."""
    other = dataclasses.replace(PARAMETERS["lam_A"], cause=Cause("economy", 0.5))
    one = led(stake_A=0.7)
    two = one.overlaid_with(Parameters((other,)))
    np.testing.assert_array_equal(columns(one, "stake_A", futures=20), columns(two, "stake_A", futures=20))


def test_full_correlation_puts_all_in_one_order_or_its_reverse() -> None:
    """At correlation 1 and -1 the highest of one goes with the highest, or the lowest, of the other."""
    up, same, down = columns(led(stake_A=1, prior=1, renege=-1), "stake_A", "prior", "renege", futures=15)
    np.testing.assert_array_equal(np.argsort(up), np.argsort(same))
    np.testing.assert_array_equal(np.argsort(up), np.argsort(down)[::-1])


def test_by_default_one_lead_powers_politics_lies_behind_the_coalitions_resolve() -> None:
    """Where the coalition is likely to mean it, it also cares more, and breaking a promise costs more."""
    names = ("prior", "resolve_low", "resolve_high", "renege")
    drawn = columns(PARAMETERS, *names, futures=2000)
    assert all(spearmanr(drawn[0], other).statistic > 0.15 for other in drawn[1:])
    causes = [entry.cause for entry in PARAMETERS.entries if entry.cause]
    assert all(cause.source for cause in causes)


def test_sobol_points_fill_every_range_evenly() -> None:
    """At a power of two each N-th of every range holds one future, also where a cause lies behind it."""
    sample = draw(PARAMETERS, futures=64, seed=3, design="sobol")
    for j, name in enumerate(sample.names):
        entry = PARAMETERS[name]
        if entry.low < entry.high:
            counts = np.histogram(sample.values[:, j], bins=entry.at(np.linspace(0, 1, 65)))[0]
            assert (counts == 1).all(), name


def test_sobol_points_know_a_product_better_than_a_latin_hypercube() -> None:
    """The mean of a product of two parameters is nearer to its exact value, by median over seeds."""

    def error(design: str, seed: int) -> float:
        sample = draw(led(), futures=128, seed=seed, design=design)  # type: ignore[arg-type]
        shares = [
            (sample.values[:, sample.names.index(name)] - PARAMETERS[name].low)
            / (PARAMETERS[name].high - PARAMETERS[name].low)
            for name in ("lam_A", "lam_P")
        ]
        return abs(float(np.mean(shares[0] * shares[1])) - 0.25)

    errors = {design: np.median([error(design, seed) for seed in range(9)]) for design in ("lhs", "sobol")}
    assert errors["sobol"] < errors["lhs"]


@pytest.mark.parametrize("design", ["lhs", "sobol"])
@pytest.mark.parametrize("futures", [1, 2, 13])
def test_any_number_of_futures_can_be_drawn(design: str, futures: int) -> None:
    """Also one, and numbers that are no power of two; the same seed gives the same draws."""
    one, again = (draw(PARAMETERS, futures=futures, seed=1, design=design) for _ in range(2))  # type: ignore[arg-type]
    assert one.values.shape == (futures, len(PARAMETERS))
    np.testing.assert_array_equal(one.values, again.values)
    for j, entry in enumerate(PARAMETERS.entries):
        assert (entry.low <= one.values[:, j]).all()
        assert (one.values[:, j] <= entry.high).all()


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        ("{name: weather, correlation: 1.2}", r"'prior.cause.correlation' is not in \[-1, 1\]"),
        ("{name: weather, correlation: much}", r"not in \[-1, 1\]"),
        ("{name: weather}", "needs name and correlation"),
        ("{name: weather, correlation: 0.3, and: economy}", "needs name and correlation"),
        ("[{name: weather, correlation: 0.3}, {name: economy, correlation: 0.3}]", "needs name and correlation"),
        ("{name: 3, correlation: 0.3}", "needs words"),
        ("{name: weather, correlation: 0.3, status: guessed}", "not a status"),
    ],
)
def test_what_is_wrong_with_a_cause_is_told(cause: str, expected: str) -> None:
    """One cause, by name, with a correlation between -1 and 1."""
    text = f"prior: {{uniform: [0.2, 0.7], status: assumed, source: x, cause: {cause}}}"
    with pytest.raises(InvalidFile, match=expected):
        read_parameters(text, file="mine.yaml", defaults=PARAMETERS)


def test_what_is_drawn_together_has_one_cause() -> None:
    """A cause for one word of a scale would tear the scale apart; for all words it is taken."""
    words = [name for name in PARAMETERS if PARAMETERS[name].group == "content"]
    entry = "{name}: {{uniform: [0.8, 1], status: assumed, source: x, cause: {{name: weather, correlation: 0.3}}}}"
    with pytest.raises(InvalidFile, match="give all of them the same cause"):
        read_parameters(entry.format(name=words[0]), file="mine.yaml", defaults=PARAMETERS)
    all_of_them = "\n".join(entry.format(name=name) for name in words)
    read = read_parameters(all_of_them, file="mine.yaml", defaults=PARAMETERS)
    assert {each.cause for each in read.entries} == {Cause("weather", 0.3)}


def test_an_overlay_keeps_a_cause_changes_it_or_takes_it_away(tmp_path: Path) -> None:
    """What an overlay does not say stays; `cause: null` says that there is none."""
    mine = tmp_path / "mine.yaml"
    expected = {
        "": PARAMETERS["prior"].cause,
        ", cause: null": None,
        ", cause: {name: luck, correlation: 0}": Cause("luck", 0),
    }
    for written, cause in expected.items():
        mine.write_text(f"prior: {{uniform: [0.2, 0.7], status: assumed, source: x{written}}}\n")
        assert load_parameters([mine])["prior"].cause == cause
