"""Formulas and tables: what they mean, and what is told where they cannot be used."""

import numpy as np
import pandas as pd
import pytest
from formulaic import Formula

from foedus.errors import InvalidFile
from foedus.evidence.structural import fit_egame12, fit_egame122
from foedus.evidence.structural.likelihood.trees import EGAME12, EGAME122, EGAME123
from foedus.evidence.structural.table.encoding import plain_columns
from foedus.evidence.structural.table.formula import parse
from foedus.evidence.structural.table.outcomes import read_ends
from tests.evidence.structural.made_up import FORMULAS, tree_data

FORMULA = FORMULAS["egame12"]
UTILITIES = EGAME12.utilities


def test_parts_are_split_at_bars_outside_brackets() -> None:
    """A bar inside brackets or quotes belongs to the part."""
    formula = parse("y ~ I((x1 > 0) | (x2 > 0)) | `a|b` | 0 | x", utilities=UTILITIES)
    assert [part.text for part in formula.parts] == ["I((x1 > 0) | (x2 > 0))", "`a|b`", "0", "x"]
    assert [part.formula is None for part in formula.parts] == [False, False, True, False]
    assert formula.parts[3].column == len(formula.text)


@pytest.mark.parametrize("none", ["0", "-1", "- 1", "0 + 0"])
def test_nothing_has_several_names(none: str) -> None:
    """0 and -1 both fix a utility to 0."""
    assert parse(f"y ~ x | {none} | x | x", utilities=UTILITIES).parts[1].formula is None


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("y x1 | 0 | x2 | x3", "there is no ~"),
        ("y ~ x1 | 0 | x2", "there are 3 parts after the ~ and 4 utilities"),
        ("~ x1 | 0 | x2 | x3", "what was observed is not named"),
        ("y ~ x1 + | 0 | x2 | x3", r"`x1 \+` cannot be read"),
        ("y ~ x1 |  | x2 | x3", "it is empty"),
        ("y ~ 0 | 0 | 0 | 0", "every utility is fixed to 0"),
        ("y ~ x1 | 0 | x3 | x7", r"the table has no column x7\n.*\n  mend: perhaps x\d or x\d or x\d is meant"),
        ("why ~ x1 | 0 | x3 | x4", "the table has no column why"),
        ("y ~ log(x1) | 0 | x3 | x4", r"at u11: log\(x1\) is infinite or not a number"),
        ("y ~ sqrt(word) | 0 | x3 | x4", "`sqrt\\(word\\)` cannot be evaluated"),
        ("word ~ x1 | 0 | x3 | x4", r"1 different values \(a\) for 3 ends"),
        ("x1 + x2 ~ x1 | 0 | x3 | x4", "x1: holds other values than 0 and 1"),
        ("a + b + c ~ x1 | 0 | x3 | x4", "3 columns say what was observed in egame12"),
        ("word + y ~ x1 | 0 | x3 | x4", "holds words where numbers are needed"),
    ],
)
def test_what_is_wrong_is_told(formula: str, told: str) -> None:
    """Each mistake is a finding that says what is wrong and how to mend it, never a traceback."""
    data = tree_data("egame12", rows=50, seed=1).assign(word="a", a=1, b=0, c=1)
    with pytest.raises(InvalidFile, match=told):
        fit_egame12(formula, data)


def test_all_mistakes_are_told_at_once() -> None:
    """Two unknown columns and, in another formula, two unreadable parts give two findings each."""
    data = tree_data("egame12", rows=50, seed=1)
    with pytest.raises(InvalidFile) as raised:
        fit_egame12("y ~ x8 | 0 | x9 | x1", data)
    assert len(raised.value.findings) == 2
    with pytest.raises(InvalidFile) as raised:
        fit_egame12("y ~ x1 + | 0 | ) | x1", data)
    assert [finding.path for finding in raised.value.findings] == ["u11", "u14"]


def test_rows_with_anything_missing_are_left_out_and_counted() -> None:
    """A missing end, a missing regressor and a missing cluster each cost the row; an unused column does not."""
    data = tree_data("egame12", rows=400, seed=1).assign(group=np.arange(400) % 20, spare=np.nan)
    holes = data.astype({"y": float, "group": float})
    holes.loc[3, "y"] = holes.loc[5, "x3"] = holes.loc[7, "group"] = np.nan
    fit = fit_egame12(FORMULA, holes, cluster="group")
    assert (fit.observations, fit.dropped) == (397, 3)
    whole = fit_egame12(FORMULA, data.drop(index=[3, 5, 7]), cluster="group")
    assert np.allclose(fit.coefficients, whole.coefficients, atol=1e-12)
    with pytest.raises(InvalidFile, match="none of 400 rows is complete"):
        fit_egame12("y ~ x1 + spare | 0 | x3 | x4", data)


def test_ends_can_be_told_in_three_ways() -> None:
    """One column of ends, moves turn by turn, and move by move give the same fit; categories keep their order."""
    data = tree_data("egame122", rows=500, seed=2)
    data["a1"], data["a2"] = (data.y > 2).astype(int), ((data.y == 2) | (data.y == 4)).astype(int)
    data["left"] = np.where(data.a1 == 0, data.a2, np.nan)
    data["right"] = np.where(data.a1 == 1, data.a2, np.nan)
    words = np.array(["z first", "y second", "x third", "w last"])
    data["word"] = pd.Categorical(words[data.y - 1], categories=words)
    _, right = FORMULAS["egame122"].split("~")
    fits = [fit_egame122(f"{left} ~ {right}", data) for left in ("y", "a1 + a2", "a1 + left + right", "word")]
    assert all(np.allclose(fit.coefficients, fits[0].coefficients, atol=1e-12) for fit in fits)
    assert list(fits[2].predict()) == ["~a1,~left", "~a1,left", "a1,~right", "a1,right"]
    assert list(fits[3].predict()) == words.tolist()


def test_what_stands_beside_a_move_that_was_not_made_does_not_matter() -> None:
    """In egame123 a row that ended at the first move is known whatever stands in the other two columns."""
    table = pd.DataFrame({"a": [0, 0, 1, 1, 1], "b": [np.nan, 1, 0, 1, 1], "c": [1, np.nan, np.nan, 0, np.nan]})
    observed = read_ends(parse("a + b + c ~ 1|1|1|1|1|1|1|1", utilities=EGAME123.utilities), table, tree=EGAME123)
    assert observed.known.tolist() == [True, True, True, True, False]
    assert observed.counts.argmax(axis=0)[:4].tolist() == [0, 0, 1, 2]


def test_new_tables_are_read_as_the_first_was() -> None:
    """Levels and constants come from the fit: one row alone, or with one level only, is predicted as in the whole."""
    data = tree_data("egame122", rows=500, seed=2)
    data["kind"] = np.array(["a", "b", "c"])[np.arange(500) % 3]
    fit = fit_egame122("y ~ x1 + kind | x2 | 0 | x3 + x4 | x5 | poly(x6, 2)", data)
    whole = fit.predict(data)
    assert np.allclose(whole.sum(axis=1), 1.0)
    assert np.allclose(fit.predict(data.iloc[[7]]), whole.iloc[[7]])
    assert np.allclose(fit.predict(data[data.kind == "b"]), whole[data.kind == "b"])
    holes = data.iloc[:3].copy()
    holes.loc[1, "x1"] = np.nan
    assert fit.predict(holes).isna().all(axis=1).tolist() == [False, True, False]
    with pytest.raises(InvalidFile, match="d was not there when the model was fitted"):
        fit.predict(data.iloc[:3].assign(kind="d"))
    with pytest.raises(InvalidFile, match="no column x6"):
        fit.predict(data.drop(columns="x6"))


def test_units_of_regressors_do_not_matter() -> None:
    """A regressor in thousands has a coefficient a thousand times as large and the same z."""
    data = tree_data("egame12", rows=500, seed=2)
    plain, scaled = fit_egame12(FORMULA, data), fit_egame12(FORMULA, data.assign(x1=data.x1 * 1e-6))
    assert scaled.coefficients["u11:x1"] == pytest.approx(1e6 * plain.coefficients["u11:x1"], rel=1e-7)
    assert np.allclose(scaled.table()["z"], plain.table()["z"], rtol=1e-6)


def test_trees_name_their_utilities_in_order() -> None:
    """Formulas give the utilities of player 1 first, from left to right, then those of player 2."""
    assert EGAME122.utilities == ("u11", "u12", "u13", "u14", "u22", "u24")
    assert EGAME123.utilities == ("u11", "u13", "u15", "u16", "u23", "u25", "u26", "u36")


@pytest.mark.parametrize("text", ["x1 + x2", "x1 - 1", "1", "kind + x1", "x1 + kind + other", "one + x1"])
def test_plain_columns_are_encoded_as_formulaic_would(text: str) -> None:
    """Names and numbers of the short way are those of formulaic, words and whole numbers included."""
    rows = tree_data("egame12", rows=30, seed=1).assign(
        kind=["b", "a", "c"] * 10, other=["no", "yes"] * 15, one="x", x1=np.arange(30)
    )
    encoder = plain_columns(Formula(text), rows)
    assert encoder is not None
    made = Formula(text).get_model_matrix(rows)
    assert encoder.names == tuple(made.columns)
    assert np.array_equal(encoder.encode(rows), made.to_numpy(dtype=float))


@pytest.mark.parametrize("text", ["kind - 1", "x1:x2", "log(x1)", "C(x1)", "yes + x1", "ordered"])
def test_what_is_more_than_plain_columns_is_left_to_formulaic(text: str) -> None:
    """Words without a constant, products, calls, truth values and categories with an order of their own."""
    rows = tree_data("egame12", rows=30, seed=1).assign(
        kind=["b", "a", "c"] * 10,
        yes=[True, False] * 15,
        ordered=pd.Categorical(["b", "a"] * 15, categories=["b", "a"]),
    )
    assert plain_columns(Formula(text), rows) is None
