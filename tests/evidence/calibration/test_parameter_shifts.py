"""Whether history spoke about a parameter."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from foedus.evidence.calibration.parameter_shifts import ParameterShift, parameter_shifts
from foedus.evidence.calibration.quantiles import quantiles
from foedus.futures.parameters.record import Parameter, ParameterStatus, Shape
from foedus.values.arrays import FloatArray
from tests.evidence.calibration.made_up import sample


def _parameter(name: str, group: str, shape: Shape = Shape.UNIFORM) -> Parameter:
    return Parameter(
        name=name,
        what=name,
        unit="share",
        shape=shape,
        low=0.0,
        high=1.0,
        status=ParameterStatus.ASSUMED,
        source="made up",
        group=group,
        file="made_up.yaml",
    )


def _listen(
    values: FloatArray, weights: FloatArray, *, groups: dict[str, str] | None = None
) -> dict[str, ParameterShift]:
    names = [f"p{j}" for j in range(values.shape[1])]
    parameters = {name: _parameter(name, (groups or {}).get(name, name)) for name in names}
    said = parameter_shifts(
        sample(values, *names), weights, parameters=parameters, read=parameters, deals=199, false_share=0.1, seed=1
    )
    return {each.name: each for each in said}


def test_the_distance_is_that_of_kolmogorov() -> None:
    """Weights in whole numbers are the same as rows repeated, for which scipy knows the distance."""
    rng = np.random.default_rng(0)
    values, times = rng.random((60, 1)), rng.integers(1, 6, 60)
    said = _listen(values, times / times.sum())["p0"]
    assert said.distance == pytest.approx(ks_2samp(values[:, 0], np.repeat(values[:, 0], times)).statistic)


def test_only_what_the_weights_depend_on_has_been_spoken_of() -> None:
    """Weights that rise with one of twenty parameters speak of that one."""
    values = np.random.default_rng(0).random((400, 20))
    weights = np.exp(2 * values[:, 7])
    said = _listen(values, weights / weights.sum())
    assert said["p7"].is_informed
    assert sum(each.is_informed for each in said.values()) <= 2
    assert said["p7"].after[1] > said["p7"].before[1] + 0.1


def test_weights_dealt_at_random_seldom_speak() -> None:
    """Of forty sets of weights that know nothing, few claim anything about any of ten parameters."""
    rng = np.random.default_rng(1)
    claims = 0
    for _ in range(40):
        weights = rng.exponential(size=150)
        claims += any(each.is_informed for each in _listen(rng.random((150, 10)), weights / weights.sum()).values())
    assert claims <= 10


def test_parameters_drawn_together_are_one_test() -> None:
    """Members of a group are spoken of together or not at all."""
    values = np.random.default_rng(2).random((300, 2))
    values[:, 1] = values[:, 0] ** 2
    weights = np.exp(2 * values[:, 0])
    said = _listen(values, weights / weights.sum(), groups={"p0": "scale", "p1": "scale"})
    assert said["p0"].is_informed
    assert said["p1"].is_informed
    assert said["p0"].chance == said["p1"].chance


def test_quantiles_with_equal_weights_are_order_statistics() -> None:
    """The median of five equal values is the third."""
    assert quantiles(np.array([5.0, 1.0, 3.0, 2.0, 4.0]), np.full(5, 0.2), (0.2, 0.5, 1.0)) == [1.0, 3.0, 5.0]


def test_history_cannot_speak_about_what_no_text_reads() -> None:
    """However far chance moves a parameter that nothing depends on, no claim is made about it."""
    values = np.random.default_rng(0).random((300, 2))
    weights = np.exp(2 * values[:, 1])
    names = ("p0", "p1")
    parameters = {name: _parameter(name, name) for name in names}
    said = parameter_shifts(
        sample(values, *names),
        weights / weights.sum(),
        parameters=parameters,
        read={"p0"},
        deals=199,
        false_share=0.1,
        seed=1,
    )
    assert [(each.is_testable, each.is_informed) for each in said] == [(True, False), (False, False)]
