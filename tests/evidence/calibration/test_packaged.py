"""The calibrated parameters that ship with the package."""

from importlib.resources import files

from foedus.evidence.calibration.overlay import DRAWS, YAML
from foedus.futures.parameters.load import default_parameters, load_parameters
from foedus.futures.parameters.record import ParameterStatus, Shape
from foedus.futures.sample import draw


def test_the_packaged_draws_fit_the_default_ranges() -> None:
    """The view loads, its draws stand for every parameter that varies, and futures can be drawn from it."""
    calibrated = load_parameters(views=("calibrated",))
    varied = {name for name, entry in default_parameters().items() if entry.shape is not Shape.FIXED}
    assert calibrated.given is not None
    assert set(calibrated.given.names) == varied
    assert draw(calibrated, futures=16, seed=1).values.shape == (16, len(calibrated))


def test_every_parameter_of_it_tells_whether_history_spoke() -> None:
    """A report that rests on it says so for each number; few are estimated, and none is silently so."""
    calibrated = load_parameters(views=("calibrated",))
    varied = [entry for entry in calibrated.entries if entry.shape is not Shape.FIXED]
    spoke = [entry for entry in varied if entry.history.startswith("spoke")]
    assert len(spoke) == sum(entry.status is ParameterStatus.ESTIMATED for entry in varied) > 0
    assert all(entry.history.startswith(("spoke", "did not speak", "could not speak")) for entry in varied)


def test_the_packaged_files_are_small() -> None:
    """Together less than a megabyte."""
    folder = files("foedus") / "parameters"
    assert len((folder / YAML).read_bytes()) + len((folder / DRAWS).read_bytes()) < 1_000_000
