"""Regressors of which the data say nothing are named, and no numbers are given for them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.evidence.structural import NotIdentified, fit_egame12, fit_egame122, fit_sigint
from tests.evidence.structural.made_up import FORMULAS, crisis_data, tree_data

TABLES = Path(__file__).parent / "tables"
"""Tables as people had them."""


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    """Return 300 rows with regressors that say too little."""
    table = tree_data("egame12", rows=300, seed=1)
    row = np.arange(300)
    letters = np.array(list("bcde"))[row % 4]
    return table.assign(
        once=(row == 17).astype(int),
        almost=np.where(row == 17, 2.0, 5.0),
        same=7,
        nought=0.0,
        few=np.isin(row, [1, 2, 3]).astype(float),
        won=((table.y == 3) & (table.x1 > 0)).astype(float),
        told=(table.y == 3).astype(float),
        rare=np.where(row == 17, "z", letters),
        first=np.where(row == 17, "a", letters),
        alone="a",
        twice=3.0 * table.x1,
        both=table.x1 - table.x2,
        letters=letters,
    )


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("y ~ x1 | 0 | x3 | x4 + once", r"u24:once \(it differs from 0 in one row only, row 17\)"),
        ("y ~ x1 + once | 0 | x3 | x4", r"u11:once \(it differs"),
        ("y ~ x1 | 0 | almost | x4", r"u14:almost \(it differs from 5 in one row only"),
        ("y ~ x1 + same | 0 | x3 | x4", r"u11:same \(it is 7 in every row\)"),
        ("y ~ nought - 1 | 0 | x3 | x4", r"u11:nought \(it is 0 in every row\)"),
        ("y ~ x1 | 0 | x3 | rare", r"u24:rare\[T.z\] \(it differs from 0 in one row only"),
        ("y ~ x1 | 0 | x3 | first", r"u24:first \(its value a stands in one row only, row 17\)"),
        ("y ~ x1 + alone | 0 | x3 | x4", r"u11:alone \(it is a in every row\)"),
        ("y ~ x1 + twice | 0 | x3 | x4", "u11:x1, u11:twice:"),
        ("y ~ x1 + x2 + both + x3 | 0 | 1 | x4", "u11:x1, u11:x2, u11:both:"),
        ("y ~ x1 + C(letters) + letters | 0 | 1 | x4", "letters"),
        ("y ~ x1 | 0 | x3 | few", "u24:few.*predicts what happens without error in some rows"),
        ("y ~ won | 0 | x3 | x4", "u11:won.*predicts"),
        ("y ~ x1 | 0 | x3 | won", "u24:won"),
        ("y ~ x1 | 0 | x3 | told", "u24:told tells an end from the others without error"),
        ("y ~ told | 0 | x3 | x4", "u11:told"),
    ],
)
def test_what_the_data_do_not_tell_is_named(data: pd.DataFrame, formula: str, told: str) -> None:
    """One row, no variation, a sum of others, a level seen once, perfect prediction: named, with no estimate."""
    with pytest.raises(NotIdentified, match=f"the data do not identify .*{told}"):
        fit_egame12(formula, data)


@pytest.mark.parametrize(
    "formula",
    [
        "y ~ same - 1 | 0 | x3 | x4",
        "y ~ few | 0 | x3 | x4",
        "y ~ x1 + x2 | 0 | x3 | letters",
        "y ~ I(x1 * 1e6) | 0 | x3 | x4",
        "y ~ bs(x1, df=5) | 0 | x3 | x4",
    ],
)
def test_what_is_hard_to_tell_but_can_be_is_estimated(data: pd.DataFrame, formula: str) -> None:
    """A constant by another name, three rows that ended differently, and uncertain splines have a maximum."""
    fit = fit_egame12(formula, data)
    assert fit.is_converged
    assert np.isfinite(fit.standard_errors).all()


def test_fewer_rows_than_coefficients_are_refused() -> None:
    """Eleven coefficients cannot be told from eight rows."""
    rows = tree_data("egame122", rows=400, seed=2).drop_duplicates("y")
    rows = pd.concat([rows, tree_data("egame122", rows=4, seed=3)], ignore_index=True)
    with pytest.raises(NotIdentified, match="11 coefficients: there are 8 rows"):
        fit_egame122(FORMULAS["egame122"], rows)


def test_a_game_that_was_seen_often_tells_something_alone() -> None:
    """In a crisis game a regressor of one row is identified where that row stands for many games."""
    data = crisis_data(games=100, times=100, seed=1).assign(once=(np.arange(100) == 4).astype(float))
    formula = FORMULAS["sigint"].replace("| x5 |", "| x5 + once |")
    assert fit_sigint(formula, data).standard_errors["barWB:once"] < 2.0


@pytest.mark.parametrize("name", ["told", "once"])
def test_nothing_is_printed_where_nothing_is_known(data: pd.DataFrame, tmp_path: Path, name: str) -> None:
    """Exit code 3, the name, and no table."""
    file, out = tmp_path / "table.csv", tmp_path / "out.csv"
    data.to_csv(file, index=False)
    asked = ["estimate", "egame12", str(file), f"y ~ x1 | 0 | x3 | x4 + {name}", "--out", str(out)]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 3
    assert f"u24:{name}" in result.output
    assert "log-likelihood" not in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("file", "formula", "code", "told"),
    [
        ("h01_one_dot_in_a_column/a.csv", "esc + war ~ x | 0 | 1 | z", 2, 'holds numbers and 1 word (line 7: ".")'),
        ("w03_regressor_of_one_row/a.csv", "esc + war ~ x | 0 | 1 | z + once", 3, "u24:once"),
        ("w01_outcome_words_sorted_by_alphabet/words.csv", "end ~ x | 0 | 1 | z", 2, "[order-of-ends]"),
        ("w01_outcome_words_sorted_by_alphabet/numbers.csv", "end ~ x | 0 | 1 | z", 0, "end 1 = 0 (41), end 2 = 1"),
        ("m01_tables/header_only.csv", "esc + war ~ x | 0 | 1 | z", 2, "the table has no rows"),
        ("m01_tables/spaces.csv", "esc + war ~ x | 0 | 1 | z", 2, "the column is called ' esc '"),
        ("m01_tables/hyphen.csv", "esc + war ~ x | 0 | 1 | `power-balance`", 0, "power-balance"),
        ("m01_tables/hyphen.csv", "esc + war ~ x | 0 | 1 | power-balance", 2, "perhaps `power-balance` is meant"),
        ("m01_tables/hyphen.csv", "esc + war ~ I(x^2) | 0 | 1 | 1", 2, "write x**2"),
        ("m01_tables/hyphen.csv", "esc + war ~ factor(g) | 0 | 1 | 1", 2, "write C(g)"),
    ],
)
def test_tables_from_use(file: str, formula: str, code: int, told: str) -> None:
    """Tables that people had are refused with what to do, or estimated."""
    table = TABLES / file
    result = CliRunner().invoke(main, ["estimate", "egame12", str(table), formula])
    assert result.exit_code == code, result.output
    assert told in result.output
