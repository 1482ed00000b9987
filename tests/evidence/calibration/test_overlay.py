"""What calibration writes, read back by futures."""

from pathlib import Path

import numpy as np
import pytest

from foedus.evidence.calibration.calibrate import Calibration, calibrate
from foedus.evidence.calibration.observation import Statistic
from foedus.evidence.calibration.overlay import DRAWS, YAML, write_draws, write_overlay
from foedus.futures.parameters.load import default_parameters, load_parameters
from foedus.futures.parameters.record import Parameters, ParameterStatus, Shape
from foedus.futures.sample import draw
from tests.evidence.calibration.made_up import courses, demand

FUTURES = 150


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    """Give weights that hang on the adversary's stake."""
    parameters = default_parameters()
    drawn = draw(parameters, futures=FUTURES, seed=2)
    made = courses(FUTURES)
    made.war[:] = 0.0
    made.war[:, 0, 0] = np.argsort(np.argsort(drawn.values[:, drawn.names.index("stake_A")])) / FUTURES
    asked = [demand(Statistic.WAR, low=0.1, high=0.3)]
    return calibrate(
        asked,
        sample=drawn,
        courses=made,
        parameters=parameters,
        read=parameters,
        drawn=FUTURES,
        dearest=5.0,
        limit=1.645,
        deals=1999,
    )


@pytest.fixture(scope="module")
def read_back(calibration: Calibration, tmp_path_factory: pytest.TempPathFactory) -> Parameters:
    """Give the parameters with the written overlay laid over them."""
    folder: Path = tmp_path_factory.mktemp("overlay")
    (folder / YAML).write_text(write_overlay(calibration, parameters=default_parameters()), encoding="utf-8")
    (folder / DRAWS).write_bytes(write_draws(calibration, parameters=default_parameters()))
    return load_parameters((folder / YAML,))


def test_draws_from_the_overlay_have_the_weighted_means(calibration: Calibration, read_back: Parameters) -> None:
    """Futures drawn from the overlay average what the weighted futures average."""
    drawn = draw(read_back, futures=4000, seed=9)
    for name in ("stake_A", "balance.shift", "days.spread"):
        meant = calibration.weights @ calibration.sample.values[:, calibration.sample.names.index(name)]
        entry = default_parameters()[name]
        got = drawn.values[:, drawn.names.index(name)].mean()
        assert got == pytest.approx(meant, abs=0.01 * (entry.high - entry.low))


def test_every_parameter_that_varies_tells_whether_history_spoke(read_back: Parameters) -> None:
    """Each says in its source that history spoke, with status estimated, or that it did not, with its old status."""
    default = default_parameters()
    varied = [name for name in default if default[name].shape is not Shape.FIXED]
    for name in varied:
        entry = read_back[name]
        assert entry.history.startswith(("spoke", "did not speak"))
        assert (entry.status is ParameterStatus.ESTIMATED) == entry.history.startswith("spoke")
        assert entry.source.endswith(default[name].source)
    assert read_back["stake_A"].status is ParameterStatus.ESTIMATED


def test_the_same_calibration_is_written_the_same(calibration: Calibration) -> None:
    """Byte for byte."""
    parameters = default_parameters()
    assert write_draws(calibration, parameters=parameters) == write_draws(calibration, parameters=parameters)
    assert write_overlay(calibration, parameters=parameters) == write_overlay(calibration, parameters=parameters)


def test_the_draws_stay_small(calibration: Calibration) -> None:
    """A megabyte holds the default number of futures."""
    assert len(write_draws(calibration, parameters=default_parameters())) / FUTURES < 2000
