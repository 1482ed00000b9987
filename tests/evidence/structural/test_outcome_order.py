"""Which word is which end: stated, or asked for, and told in every output."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.errors import InvalidFile
from foedus.evidence.structural import Fit, fit_egame12, fit_egame122, fit_sigint
from tests.evidence.structural.made_up import FORMULAS, crisis_data, tree_data

WORDS = np.array(["status quo", "concession", "war"])
FORMULA = FORMULAS["egame12"].replace("y ~", "end ~")
STATED = "end 1 = status quo (159), end 2 = concession (66), end 3 = war (75)"


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    """Return 300 rows with the ends in numbers and in words."""
    table = tree_data("egame12", rows=300, seed=1)
    return table.assign(end=WORDS[table.y - 1])


@pytest.fixture(scope="module")
def fit(data: pd.DataFrame) -> Fit:
    """Return the fit to the numbers."""
    return fit_egame12(FORMULAS["egame12"], data)


def test_words_are_never_sorted_unasked(data: pd.DataFrame) -> None:
    """Words, and categories in the order of the alphabet or of their appearance, are refused with what to state."""
    for order in (None, sorted(WORDS), list(data["end"].unique())):
        column = data["end"] if order is None else pd.Categorical(data["end"], categories=order)
        with pytest.raises(InvalidFile, match=r"which of its values .* is which end") as raised:
            fit_egame12(FORMULA, data.assign(end=column))
        assert "--ends 'concession,status quo,war'" in raised.value.findings[0].mend


def test_a_stated_order_gives_the_fit_of_the_numbers(data: pd.DataFrame, fit: Fit) -> None:
    """Given one by one, in one text, or by ordered categories, words are the ends that they are said to be."""
    ordered = pd.Categorical(data["end"], categories=list(WORDS), ordered=True)
    fits = [
        fit_egame12(FORMULA, data, ends=WORDS.tolist()),
        fit_egame12(FORMULA, data, ends="status quo, concession, war"),
        fit_egame12(FORMULA, data.assign(end=ordered)),
    ]
    for each in fits:
        assert np.allclose(each.coefficients, fit.coefficients, atol=1e-12)
        assert each.told[0] == STATED
        assert each.table()["end"].unique().tolist() == ["1 = status quo", "3 = war"]
    turned = fit_egame12(FORMULA, data, ends="concession,status quo,war")
    assert abs(turned.log_likelihood - fit.log_likelihood) > 1.0
    assert turned.told[0].startswith("end 1 = concession (66)")


def test_numbers_stay_in_their_order_unless_another_is_stated(data: pd.DataFrame, fit: Fit) -> None:
    """1, 2, 3 need no order, whole or not; a stated one is followed."""
    assert fit.ends == ("1", "2", "3")
    holes = data.assign(y=data.y.where(np.arange(300) > 0))
    assert fit_egame12(FORMULAS["egame12"], holes, ends="1,2,3").observations == 299
    assert fit_egame12(FORMULAS["egame12"], data, ends="3,2,1").ends == ("3", "2", "1")


def test_words_that_spell_the_way_need_no_order() -> None:
    """LL, LR, RL and RR say themselves which end they are."""
    data = tree_data("egame122", rows=500, seed=2)
    spelt = data.assign(y=np.array(["LL", "LR", "RL", "RR"])[data.y - 1])
    assert fit_egame122(FORMULAS["egame122"], spelt).told[0].startswith("end 1 = LL")


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ("status quo,war", "2 different ends are given, and egame12 has 3"),
        ("war,war,concession", "2 different ends are given"),
        ("status quo,concession,peace", "peace is given as an end and stands in no row"),
        ("", "0 different ends are given"),
    ],
)
def test_an_order_that_does_not_fit_is_refused(data: pd.DataFrame, ends: str, told: str) -> None:
    """Every end is named once, and by a word that the column holds."""
    with pytest.raises(InvalidFile, match=told):
        fit_egame12(FORMULA, data, ends=ends)


def test_an_order_beside_columns_of_moves_is_refused(data: pd.DataFrame) -> None:
    """Columns of moves say themselves which end was reached; crisis games take their four ends in one order only."""
    moves = data.assign(a=(data.y > 1).astype(int), b=(data.y == 3).astype(int))
    with pytest.raises(InvalidFile, match="2 columns say which move was made"):
        fit_egame12("a + b ~ x1 | 0 | x3 | x4", moves, ends="1,2,3")
    with pytest.raises(InvalidFile, match=r"cd \+ sq \+ sf \+ bd are the ends in another order"):
        fit_sigint(FORMULAS["sigint"].replace("sq + cd", "cd + sq"), crisis_data(games=10, times=5, seed=1))


def test_an_outcome_of_numbers_and_words_is_refused(data: pd.DataFrame) -> None:
    """A column that holds 1, 2 and a word is told as such, not sorted."""
    mixed = data.assign(end=data.y.astype(object).where(data.y < 3, "war"))
    with pytest.raises(InvalidFile, match="holds numbers and words"):
        fit_egame12(FORMULA, mixed)


def test_an_outcome_is_no_regressor(data: pd.DataFrame) -> None:
    """What happened cannot explain itself, and is named once."""
    with pytest.raises(InvalidFile, match="y says what was observed, and is a regressor too"):
        fit_egame12("y ~ x1 | 0 | x3 | y", data)
    with pytest.raises(InvalidFile, match="a is named twice"):
        fit_egame12("a + a ~ x1 | 0 | x3 | x4", data)


def test_every_output_says_which_end_is_which(data: pd.DataFrame, tmp_path: Path) -> None:
    """The terminal lists the ends, and the written table has the end at which each utility is got."""
    file, out = tmp_path / "table.csv", tmp_path / "out.csv"
    data.to_csv(file, index=False)
    asked = ["estimate", "egame12", str(file), FORMULA]
    refused = CliRunner().invoke(main, asked)
    assert refused.exit_code == 2
    assert "[order-of-ends]" in refused.output
    result = CliRunner().invoke(main, [*asked, "--ends", "status quo,concession,war", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert STATED in result.output
    assert pd.read_csv(out)["end"].tolist() == ["1 = status quo"] * 3 + ["3 = war"] * 5
    other = CliRunner().invoke(main, ["estimate", "sigint", str(file), FORMULAS["sigint"], "--ends", "a,b,c"])
    assert other.exit_code == 2


def test_an_end_that_was_never_seen_is_told(data: pd.DataFrame) -> None:
    """Without a war in the table nothing tells how much it is worth: named, and no numbers."""
    moves = data.assign(a=(data.y > 1).astype(int), b=0)
    fit = fit_egame12("a + b ~ x1 | 0 | 0 | 0", moves)
    assert [note.code for note in fit.sample.notes] == ["end-never-seen"]


def test_moves_in_the_wrong_order_are_noticed(data: pd.DataFrame) -> None:
    """Where the columns of moves are turned over, every row with a move after its end tells of it."""
    moves = data.assign(a=(data.y > 1).astype(int), b=(data.y == 3).astype(int))
    assert fit_egame12("a + b ~ x1 | 0 | x3 | x4", moves).sample.notes == ()
    (note,) = fit_egame12("b + a ~ x1 | 0 | 0 | 0", moves).sample.notes[:1]
    assert "a is 1 in 66 rows that ended before that move" in note.message
