"""Weighted draws: a posterior beside a parameter file is taken in proportion to its weights."""

import sys
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from foedus.errors import InvalidFile
from foedus.futures.parameters.given import GivenDraws
from foedus.futures.parameters.load import default_parameters, load_parameters
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw

DEFAULT = default_parameters()
AnyArray: TypeAlias = NDArray[Any]


def overlay(folder: Path, columns: dict[str, list[float]], *, text: str = "sample: draws.parquet\n") -> Path:
    """Write draws and a parameter file that names them."""
    pd.DataFrame(columns).to_parquet(folder / "draws.parquet")
    (folder / "mine.yaml").write_text(text)
    return folder / "mine.yaml"


@pytest.fixture
def posterior(tmp_path: Path) -> Parameters:
    """Return parameters of which two come from 300 weighted draws that hang together."""
    generator = np.random.default_rng(1)
    prior = generator.uniform(0.2, 0.75, 300)
    columns = {
        "prior": prior,
        "renege": 0.1 + 0.3 * (prior - 0.2) / 0.55,
        "weight": np.exp(-((prior - 0.4) ** 2) / 0.005),
    }
    return load_parameters([overlay(tmp_path, {name: values.tolist() for name, values in columns.items()})])


def test_each_row_is_taken_as_often_as_its_weight_says() -> None:
    """Systematic resampling: the count of each row is its expectation, rounded up or down."""
    weights = np.array([1.0, 2.0, 3.5, 0.25])
    given = GivenDraws(("prior",), np.arange(4.0)[:, None], weights, "f")
    for seed in range(20):
        counts = np.bincount(given.rows(50, generator=np.random.default_rng(seed)), minlength=4)
        expected = 50 * weights / weights.sum()
        assert (np.floor(expected) <= counts).all()
        assert (counts <= np.ceil(expected)).all()


def test_on_average_rows_are_taken_exactly_by_weight() -> None:
    """Over seeds the mean count of a row tends to n w / W."""
    weights = np.array([1.0, 2.0, 4.0])
    given = GivenDraws(("prior",), np.arange(3.0)[:, None], weights, "f")
    counts = [np.bincount(given.rows(5, generator=np.random.default_rng(s)), minlength=3) for s in range(4000)]
    np.testing.assert_allclose(np.mean(counts, axis=0), 5 * weights / 7, atol=0.03)


def test_futures_that_are_drawn_count_the_same(posterior: Parameters) -> None:
    """The plain mean over futures is the weighted mean of the draws, and joint draws stay joint."""
    assert posterior.given is not None
    expected = np.average(posterior.given.values, weights=posterior.given.weights, axis=0)
    sample = draw(posterior, futures=500, seed=7)
    columns = [sample.values[:, sample.names.index(name)] for name in posterior.given.names]
    np.testing.assert_allclose(np.mean(columns, axis=1), expected, rtol=0.005)
    np.testing.assert_allclose(columns[1], 0.1 + 0.3 * (columns[0] - 0.2) / 0.55)


@pytest.mark.parametrize("design", ["lhs", "sobol"])
def test_what_the_draws_do_not_name_is_drawn_as_usual(posterior: Parameters, design: str) -> None:
    """Every other parameter has the very values that it has without the draws."""
    with_draws, without = (draw(p, futures=16, seed=7, design=design) for p in (posterior, DEFAULT))  # type: ignore[arg-type]
    assert with_draws.names == without.names
    for j, name in enumerate(without.names):
        if name not in ("prior", "renege"):
            np.testing.assert_array_equal(with_draws.values[:, j], without.values[:, j])


def test_the_middle_is_the_weighted_median(posterior: Parameters) -> None:
    """Half of the weight lies at or below the central value; here close to the peak at 0.4."""
    assert posterior.central["prior"] == pytest.approx(0.4, abs=0.02)
    assert posterior.central["lam_A"] == DEFAULT.central["lam_A"]


def test_the_digest_covers_what_is_in_the_draws(tmp_path: Path) -> None:
    """The same ranges with another weight, or another value in the last bit, have another digest."""
    digests = set()
    for prior, weight in ((0.3, 1.0), (0.3, 1.5), (np.nextafter(0.3, 1), 1.0)):
        digests.add(load_parameters([overlay(tmp_path, {"prior": [prior, 0.5], "weight": [weight, 1.0]})]).digest)
    assert len(digests | {DEFAULT.digest}) == 4


def test_a_parameter_from_draws_says_so(posterior: Parameters) -> None:
    """It counts as a change from the default, and its range is called weighted draws."""
    assert [change.after.name for change in posterior.changes_from(DEFAULT)] == ["prior", "renege"]
    assert posterior["prior"].describe() == "0.2 to 0.75, weighted draws"


def test_a_range_laid_over_draws_takes_their_place(tmp_path: Path) -> None:
    """A later file that names a parameter takes it out of the draws; the others stay."""
    first = overlay(tmp_path, {"prior": [0.3, 0.5], "renege": [0.2, 0.3], "weight": [1.0, 1.0]})
    later = tmp_path / "later.yaml"
    later.write_text("prior: {fixed: 0.6, status: elicited, source: mine}\n")
    laid = load_parameters([first, later])
    assert laid.given is not None
    assert laid.given.names == ("renege",)
    sample = draw(laid, futures=8, seed=1)
    assert (sample.values[:, sample.names.index("prior")] == 0.6).all()


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"prior": [0.3, 0.4]}, "no column 'weight'"),
        ({"priro": [0.3, 0.4], "weight": [1, 1]}, "did you mean 'prior'"),
        ({"weight": [1, 1]}, "names no parameter"),
        ({"prior": [], "weight": []}, "has no rows"),
        ({"prior": [0.3, float("nan")], "weight": [1, 1]}, "no number for 'prior' in row 1"),
        ({"prior": [0.3, 0.4], "weight": [1, 0]}, "the weight 0 in row 1"),
        ({"prior": [0.3, 0.4], "weight": [-1, 1]}, "the weight -1 in row 0"),
        ({"prior": [0.3, 0.4], "weight": [1, float("nan")]}, "the weight nan in row 1"),
        ({"prior": [0.3, 0.9], "weight": [1, 1]}, "from 0.3 to 0.9, outside its range 0.2 to 0.75"),
        ({"prior": ["a", "b"], "weight": [1, 1]}, "cannot be read as NPZ or Parquet with columns of numbers"),
        ({"content.floor": [0.95, 0.96], "weight": [1, 1]}, "group 'content', but not content.fixed"),
    ],
)
def test_what_is_wrong_with_draws_is_told(tmp_path: Path, columns: dict[str, list[float]], expected: str) -> None:
    """Wrong columns, no numbers, weights that are not above 0, values outside the range: each with a way out."""
    with pytest.raises(InvalidFile, match=expected):
        load_parameters([overlay(tmp_path, columns)])


@pytest.mark.parametrize(
    ("arrays", "expected"),
    [
        ({"prior": np.array([0.3, 0.4]), "weight": np.array([1.0])}, "rows of different lengths"),
        ({"prior": np.array([[0.3, 0.4]]), "weight": np.array([1.0])}, "prior: not one row of numbers"),
        ({"prior": np.array(["0.3"]), "weight": np.array([1.0])}, "prior: not one row of numbers"),
    ],
)
def test_arrays_that_are_no_columns_are_told(tmp_path: Path, arrays: dict[str, AnyArray], expected: str) -> None:
    """Draws as NPZ are one row of numbers for each name, all as long."""
    np.savez(tmp_path / "draws.npz", **arrays)  # type: ignore[arg-type]
    (tmp_path / "mine.yaml").write_text("sample: draws.npz\n")
    with pytest.raises(InvalidFile, match=expected):
        load_parameters([tmp_path / "mine.yaml"])


def test_draws_are_the_same_in_either_format(tmp_path: Path) -> None:
    """Parquet and NPZ with the same numbers are the same draws."""
    columns = {"prior": [0.3, 0.5], "renege": [0.2, 0.3], "weight": [1.0, 2.0]}
    as_parquet = load_parameters([overlay(tmp_path, columns)])
    np.savez(tmp_path / "draws.npz", **{name: np.array(values) for name, values in columns.items()})  # type: ignore[arg-type]
    (tmp_path / "mine.yaml").write_text("sample: draws.npz\n")
    assert load_parameters([tmp_path / "mine.yaml"]).digest == as_parquet.digest != DEFAULT.digest


def test_parquet_without_its_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot read the file is told what reads it, and how else to write it; the draws that ship need nothing."""
    mine = overlay(tmp_path, {"prior": [0.3], "weight": [1.0]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InvalidFile) as refused:
        load_parameters([mine])
    (finding,) = refused.value.findings
    assert "is Parquet" in finding.message
    assert "pip install 'foedus[parquet]'" in finding.mend
    assert load_parameters(views=("calibrated",)).given is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sample: nowhere.parquet\n", "cannot be read: nowhere.parquet: No such file"),
        ("sample: ../draws.parquet\n", "no file beside this one"),
        ("sample: 3\n", "no file beside this one"),
        ("sample: mine.yaml\n", "cannot be read as NPZ or Parquet"),
    ],
)
def test_a_file_of_draws_that_is_not_there_is_told(tmp_path: Path, text: str, expected: str) -> None:
    """Draws lie beside the file that names them."""
    with pytest.raises(InvalidFile, match=expected):
        load_parameters([overlay(tmp_path, {"prior": [0.3], "weight": [1]}, text=text)])


def test_draws_cannot_be_laid_over_draws(tmp_path: Path) -> None:
    """Two files that both bring draws contradict each other; it is said which one came first."""
    mine = overlay(tmp_path, {"prior": [0.3], "weight": [1]})
    with pytest.raises(InvalidFile, match="second sample"):
        load_parameters([mine, mine])
