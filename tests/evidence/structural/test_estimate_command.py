"""The command `foedus estimate`."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.evidence.structural import fit_egame12, fit_sigint
from tests.evidence.structural.made_up import FORMULAS, crisis_data, tree_data


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 300 rows of egame12 in 30 groups."""
    file = tmp_path_factory.mktemp("estimate") / "moves.csv"
    tree_data("egame12", rows=300, seed=1).assign(group=np.arange(300) % 30).to_csv(file, index=False)
    return file


def test_it_prints_and_writes_the_fit(table: Path, tmp_path: Path) -> None:
    """The table on paper is the table of the fit, and the terminal says how it was found."""
    out = tmp_path / "coefficients.csv"
    options = ["--link", "logit", "--cluster", "group", "--starts", "2", "--out", str(out)]
    result = CliRunner().invoke(main, ["estimate", "egame12", str(table), FORMULAS["egame12"], *options])
    assert result.exit_code == 0, result.output
    fit = fit_egame12(FORMULAS["egame12"], pd.read_csv(table), link="logit", cluster="group")
    written = pd.read_csv(out)
    assert np.allclose(written["estimate"], fit.coefficients)
    assert np.allclose(written["se"], fit.standard_errors)
    for told in (
        f"{fit.log_likelihood:.6f}",
        "300 rows used, 0 left out",
        "standard errors: clustered",
        "link logit",
        "2 searches from elsewhere",
        f"{fit.coefficients['u24:x5']:.4f}",
    ):
        assert told in result.output


def test_crisis_games(tmp_path: Path) -> None:
    """The crisis game is fitted by the estimator that is asked for, from the columns that are named."""
    file = tmp_path / "crises.csv"
    data = crisis_data(games=60, times=60, seed=1).assign(pR=0.6, pF=0.5)
    data.to_csv(file, index=False)
    asked = ["estimate", "sigint", str(file), FORMULAS["sigint"], "--method", "npl", "--first-stage", "pR,pF"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    fit = fit_sigint(FORMULAS["sigint"], data, method="npl", first_stage=("pR", "pF"))
    assert f"{fit.log_likelihood:.4f}" in result.output
    assert "standard errors: npl" in result.output


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["y ~ x8 | 0 | x3 | x4"], 2, "the table has no column x8"),
        (["word ~ x1 | 0 | x3 | x4"], 2, "the table has no column word"),
        (["group ~ x1 | 0 | x3 | x4"], 2, "moves.csv: error [wrong-outcome] at group: 30 different values"),
        (["y ~ 1 | 1 | 1 | x4"], 3, "do not identify u11:Intercept, u13:Intercept, u14:Intercept"),
        (["y ~ x1 | 0 | x3 | x4", "--link", "logit", "--errors", "private"], 2, "private information needs the probit"),
        (["y ~ x1 | 0 | x3 | x4", "--method", "npl"], 2, "belong to sigint"),
        (["y ~ x1 | 0 | x3 | x4", "--robust", "--cluster", "group"], 2, "give one of them"),
        (["y ~ x1 | 0 | x3 | x4", "--out", "/dev/null/table.csv"], 2, "cannot be written"),
    ],
)
def test_mistakes_are_told_without_a_traceback(table: Path, words: list[str], code: int, told: str) -> None:
    """Each mistake ends with its exit code and says what is wrong."""
    result = CliRunner().invoke(main, ["estimate", "egame12", str(table), *words])
    assert result.exit_code == code
    assert told in result.output


@pytest.mark.parametrize("words", [["--link", "logit"], ["--method", "bfgs"], ["--first-stage", "pR"]])
def test_what_belongs_to_the_trees_is_refused_for_crisis_games(table: Path, words: list[str]) -> None:
    """Options of the other models are not silently ignored."""
    result = CliRunner().invoke(main, ["estimate", "sigint", str(table), FORMULAS["sigint"], *words])
    assert result.exit_code == 2


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n1,2,3,4\n", "\udcff"])
def test_what_is_no_table_is_told(tmp_path: Path, content: str) -> None:
    """An empty file, ragged rows and bytes that are no text are told as such."""
    file = tmp_path / "broken.csv"
    file.write_bytes(content.encode("utf-8", errors="surrogateescape"))
    result = CliRunner().invoke(main, ["estimate", "egame12", str(file), FORMULAS["egame12"]])
    assert result.exit_code == 2
    assert "broken.csv is not a table of comma-separated values" in result.output
