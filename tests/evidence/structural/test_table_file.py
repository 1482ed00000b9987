"""Tables as they come: what cannot be read is told with its line, before any model is built."""

import os
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.errors import FoedusError, InvalidFile, Severity
from foedus.evidence.structural import fit_egame12, fit_sigint, read_table
from foedus.evidence.structural.table import read
from tests.evidence.structural.made_up import FORMULAS, crisis_data, tree_data

FORMULA = FORMULAS["egame12"]


def test_rows_carry_the_lines_of_the_file(tmp_path: Path) -> None:
    """A byte-order mark is no part of a name, blank lines and lines inside quotation marks count as lines."""
    file = tmp_path / "table.csv"
    file.write_bytes('\ufeffx,y\r\n1,a\r\n\r\n2,"b\r\nc"\r\nNA,None\r\n'.encode())
    table = read_table(file)
    assert table.columns.tolist() == ["x", "y"]
    assert table.index.tolist() == [2, 5, 6]
    assert table["y"].tolist() == ["a", "b\r\nc", "None"]
    assert table["x"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"", 0, "it is empty"),
        (b"\n\n", 0, "it is empty"),
        (b"x,y\n", 1, "the table has no rows"),
        (b"x,y\n1,2\n1,2,3\n", 3, "line 3 has 3 cells, the heading 2"),
        (b"x,y\n1,2\n1\n", 3, "line 3 has 1 cells, the heading 2"),
        (b"x;y\n1,5;2\n", 1, "its cells are parted by semicolons"),
        (b"x\ty\n1\t2\n", 1, "its cells are parted by tabs"),
        (b"x,y\n1,2\n1,\xff\n", 3, "byte 0xff in line 3 is not UTF-8"),
        ("x,y\n1,2\n".encode("utf-16"), 1, "it is UTF-16"),
        (b"x,y\n1,\x00\n", 2, "line 2 holds a NUL"),
        (b'x,y\n1,"2\n3,4\n', 3, "unexpected end of data"),
        (b'x,y\n1,"2"3\n', 2, "',' expected"),
        (b"PK\x03\x04", 1, "a spreadsheet"),
        (b"x\n1\n  \n2\n", 0, "nothing but blanks"),
    ],
)
def test_what_is_no_table_is_told_with_its_line(tmp_path: Path, content: bytes, line: int, told: str) -> None:
    """Other separators, encodings, ragged rows and open quotation marks are refused, each at its line."""
    file = tmp_path / "table.csv"
    file.write_bytes(content)
    with pytest.raises(InvalidFile) as raised:
        read_table(file)
    finding = raised.value.findings[0]
    assert told in finding.message
    assert (finding.file, finding.line) == (str(file), line)


def test_a_file_beyond_the_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of more bytes than are read is refused by its size."""
    monkeypatch.setattr(read, "LARGEST_FILE", 10)
    file = tmp_path / "table.csv"
    file.write_text("x,y\n1,2\n3,4\n")
    with pytest.raises(InvalidFile, match="it has 12 bytes"):
        read_table(file)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({6: "."}, r'column x3 holds numbers and 1 word (line 8: ".")'),
        ({6: ".", 9: "n/a", 10: "-", 11: "-"}, 'numbers and 4 words (line 8: ".", line 11: "n/a", line 12: "-", …)'),
        ({6: "1,25"}, 'column x3 holds decimal commas (line 8: "1,25")'),
        ({6: "inf"}, 'column x3 holds infinite values (line 8: "inf")'),
        (dict.fromkeys(range(1, 60), "word"), "column x3 holds words and 1 number (line 2"),
        ({n: f"w{n}" for n in range(60)}, "column x3 holds 60 different values in 60 rows"),
        ({6: "1_000"}, 'column x3 holds numbers and 1 word (line 8: "1_000")'),
        ({6: "٣"}, 'column x3 holds numbers with signs around or in them (line 8: "٣")'),
    ],
)
def test_columns_that_are_neither_numbers_nor_categories_are_told(
    tmp_path: Path, cells: dict[int, str], told: str
) -> None:
    """One word among numbers, decimal commas, infinity, and as many categories as rows: exit 2 with the line."""
    data = tree_data("egame12", rows=60, seed=1).astype({"x3": object})
    for row, cell in cells.items():
        data.loc[row, "x3"] = cell
    file = tmp_path / "table.csv"
    data.to_csv(file, index=False)
    result = CliRunner().invoke(main, ["estimate", "egame12", str(file), FORMULA])
    assert result.exit_code == 2
    assert told in result.output
    assert str(file) in result.output


PRINTED = {
    "commas between thousands": ("1,000", "2,000", "13,500"),
    "decimal commas": ("1,5", "2,25", "0,5"),
    "dates": ("2020-01-31", "01/02/2020", "2020-1-1T10:30Z"),
    "signs around or in them": ("5 %", "€7", "\u22123", "(4)", "1 000", "2\u00a0", "$-3"),
}


@pytest.mark.parametrize("what", PRINTED)
def test_a_number_in_print_is_no_category(what: str) -> None:
    """A column of them is told, not fitted as a category each; labels that one asks for are labels."""
    words = PRINTED[what]
    data = tree_data("egame12", rows=300, seed=1).assign(cost=np.array(words)[np.arange(300) % len(words)])
    with pytest.raises(InvalidFile, match=what) as raised:
        fit_egame12("y ~ x1 + cost | 0 | x3 | x4", data)
    assert raised.value.findings[0].line == 0
    asked = fit_egame12("y ~ x1 + C(cost) | 0 | x3 | x4", data)
    typed = fit_egame12("y ~ x1 + cost | 0 | x3 | x4", data.astype({"cost": "category"}))
    assert asked.log_likelihood == pytest.approx(typed.log_likelihood)


def test_ranges_and_codes_are_labels() -> None:
    """What only looks like a number is left alone."""
    words = np.array(["10-14", "15-19", "A1"])[np.arange(300) % 3]
    fit = fit_egame12("y ~ x1 + age | 0 | x3 | x4", tree_data("egame12", rows=300, seed=1).assign(age=words))
    assert "u11:age[T.15-19]" in fit.coefficients.index


@pytest.mark.parametrize(
    ("labels", "is_told"), [(("USA", "usa"), True), (("a", " a "), True), (("a  b", "a b"), True), (("a", "b"), False)]
)
def test_labels_that_differ_in_blanks_or_capitals_are_asked_about(labels: tuple[str, ...], is_told: bool) -> None:
    """One country in two spellings would be two."""
    data = tree_data("egame12", rows=300, seed=1).assign(who=np.array(labels)[np.arange(300) % 2])
    notes = fit_egame12("y ~ x1 + who | 0 | x3 | x4", data).sample.notes
    assert [note.code for note in notes] == (["labels-alike"] if is_told else [])


@pytest.mark.parametrize("scale", [1e200, 1e-200])
def test_sizes_that_cannot_be_squared_are_told(scale: float) -> None:
    """Other units are asked for, and nothing overflows on the way."""
    data = tree_data("egame12", rows=300, seed=1)
    data["x3"] *= scale
    with pytest.raises(InvalidFile, match="the largest size in column x3"):
        fit_egame12(FORMULA, data)


def test_labels_may_be_numbers_and_words() -> None:
    """Inside C() a column is labels, whatever it holds."""
    data = tree_data("egame12", rows=300, seed=1).assign(kind=np.array(["1", "2", "b"])[np.arange(300) % 3])
    fit = fit_egame12("y ~ x1 + C(kind) | 0 | x3 | x4", data)
    assert fit.coefficients.index[2:4].tolist() == ["u11:C(kind)[T.2]", "u11:C(kind)[T.b]"]


@pytest.mark.parametrize(
    ("code", "is_told"), [(-9.0, True), (999.0, True), (-999.0, True), (-1.0, False), (3.0, False), (-9.5, False)]
)
def test_codes_for_missing_values_are_asked_about(code: float, is_told: bool) -> None:
    """Far from all other values of the column, -9 and 999 are told as a warning; values among the others are not."""
    data = tree_data("egame12", rows=300, seed=1)
    data["x3"] = data.x3.where(np.arange(300) % 30 > 0, code)
    notes = fit_egame12(FORMULA, data).sample.notes
    assert [note.code for note in notes] == (["code-for-missing"] if is_told else [])
    assert all(note.severity is Severity.WARNING for note in notes)


def test_how_many_rows_each_column_costs_is_told() -> None:
    """What is left out is told column by column."""
    data = tree_data("egame12", rows=300, seed=1)
    data.loc[:9, "x3"] = data.loc[5:6, "x4"] = np.nan
    fit = fit_egame12(FORMULA, data)
    assert dict(fit.sample.missing) == {"x3": 10, "x4": 2}
    assert "rows without a value: x3 in 10, x4 in 2" in fit.told


def test_names_in_the_heading_are_taken_as_they_stand(tmp_path: Path) -> None:
    """A name with blanks or quotation marks is shown in quotes, and a name that two columns have is refused."""
    file = tmp_path / "table.csv"
    data = tree_data("egame12", rows=60, seed=1)
    data.rename(columns={"x1": " x1 ", "y": "'y'"}).to_csv(file, index=False)
    told = CliRunner().invoke(main, ["estimate", "egame12", str(file), FORMULA]).output
    assert "the column is called ' x1 '" in told
    assert "the column is called \"'y'\"" in told
    file.write_text(file.read_text().replace("x2", "x3").replace(" x1 ", "x1").replace("'y'", "y"))
    with pytest.raises(InvalidFile, match="2 columns are called x3"):
        fit_egame12("y ~ x1 | 0 | x3 | x4", read_table(file))
    assert fit_egame12("y ~ x1 | 0 | x5 | x4", read_table(file)).is_converged


def test_few_clusters_are_told_and_one_is_refused() -> None:
    """With no more clusters than coefficients the covariance lacks rank: a warning. One cluster has no variance."""
    data = tree_data("egame12", rows=300, seed=1).assign(few=np.arange(300) % 3, one=1)
    assert [note.code for note in fit_egame12(FORMULA, data, cluster="few").sample.notes] == ["few-clusters"]
    with pytest.raises(InvalidFile, match="all rows are in one cluster"):
        fit_egame12(FORMULA, data, cluster="one")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("sf", -1, "some counts are negative (row 3"),
        ("sf", np.inf, "is infinite (row 3"),
        ("sf", "many", "holds words where numbers are needed (row 3"),
        ("pR", "high", "column pR holds numbers and words"),
        ("pR", 1.0, "not between 0 and 1"),
    ],
)
def test_counts_and_chances_are_in_range(column: str, value: object, told: str) -> None:
    """Negative, infinite or written-out counts, and chances that are none, are refused with their row."""
    data = crisis_data(games=30, times=20, seed=1).assign(pR=0.6, pF=0.5).astype({column: object})
    data[column] = pd.Series([value if row == 3 else cell for row, cell in enumerate(data[column])])
    with pytest.raises(InvalidFile) as raised:
        fit_sigint(FORMULAS["sigint"], data, method="pl", first_stage=("pR", "pF"))
    assert told in str(raised.value)


def test_weights_that_sum_to_nothing_are_refused() -> None:
    """Games that were never seen tell nothing; shares in the place of counts are told."""
    data = crisis_data(games=60, times=60, seed=1)
    ends = ["sq", "cd", "sf", "bd"]
    with pytest.raises(InvalidFile, match="every count is 0"):
        fit_sigint(FORMULAS["sigint"], data.assign(**dict.fromkeys(ends, 0)))
    shares = data.assign(**{end: data[end] / 3 for end in ends})
    assert [note.code for note in fit_sigint(FORMULAS["sigint"], shares).sample.notes] == ["counts-not-whole"]


def test_a_new_table_with_words_among_numbers_is_refused() -> None:
    """Predictions are for tables that hold what the first one held."""
    data = tree_data("egame12", rows=300, seed=1)
    fit = fit_egame12(FORMULA, data)
    broken = data.astype({"x3": object})
    broken.loc[2, "x3"] = "."
    with pytest.raises(InvalidFile, match="column x3 holds numbers and 1 word"):
        fit.predict(pd.DataFrame(broken))


def test_damaged_tables_end_in_a_finding_or_in_numbers(tmp_path: Path) -> None:
    """Cells, lines, separators and bytes are broken at random: 150 tables, or FOEDUS_SOAK of them."""
    data = tree_data("egame12", rows=80, seed=1).assign(g=np.array(list("abc"))[np.arange(80) % 3])
    whole = data.to_csv(index=False, float_format="%.3f").encode()
    file = tmp_path / "table.csv"
    ends = {"told": 0, "fitted": 0}
    for number in range(int(os.environ.get("FOEDUS_SOAK", "0")) or 150):
        random = Random(number)  # noqa: S311 (a seeded trial)
        file.write_bytes(damaged(whole, random))
        try:
            table = read_table(file)
            fit = fit_egame12("y ~ x1 + g | 0 | x3 | x4", table, ends=random.choice([None, "1,2,3"]))
            assert np.isfinite(fit.standard_errors).all()
            ends["fitted"] += 1
        except FoedusError as error:
            assert str(error)  # noqa: PT017 (whatever it says, it says something)
            ends["told"] += 1
    assert min(ends.values()) > 0


def damaged(text: bytes, random: Random) -> bytes:
    """Return a table with one to four things done to it."""
    odd = [b"", b".", b"NA", b"-9", b"1e400", b"inf", b"1,5", b'"', b'"a,b"', b"\xff", b"\0", b"\r", b"\n", b";", b"\t"]
    odd += [b"x", "\u2028".encode(), "٣".encode(), b"1e-320", b"-0", b"0x10", b"TRUE", b"9" * 21, b" 1 ", b"y,x1"]
    for _ in range(random.randint(1, 4)):
        lines = text.split(b"\n")
        match random.randrange(5):
            case 0:
                place = random.randrange(len(text))
                text = text[:place] + random.choice(odd) + text[place + random.randrange(3) :]
            case 1:
                line = random.randrange(len(lines) - 1)
                cells = lines[line].split(b",")
                cells[random.randrange(len(cells))] = random.choice(odd)
                lines[line] = b",".join(cells)
                text = b"\n".join(lines)
            case 2:
                column, cell = random.randrange(8), random.choice(odd)
                rows = [line.split(b",") for line in lines[1:-1]]
                for row in rows:
                    if column < len(row) and random.random() < 0.9:
                        row[column] = cell
                text = b"\n".join([lines[0], *(b",".join(row) for row in rows), b""])
            case 3:
                text = text[: random.randrange(1, len(text))]
            case _:
                lines.insert(random.randrange(len(lines)), random.choice([b"", b"  ", lines[0], lines[-2]]))
                text = b"\n".join(lines)
    return text
