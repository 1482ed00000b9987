"""Loaders: what is read is what is described, and what does not fit is refused with a way out."""

from pathlib import Path

import pandas as pd
import pytest

from foedus.errors import InvalidFile
from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.data.folder import Presence, open_folder, presence_of
from foedus.evidence.data.load import load_table
from foedus.evidence.data.record import ColumnKind, DataSet
from foedus.values.digest import digest_of_bytes
from tests.evidence.data.made import described, made_table, write_csv

_each = pytest.mark.parametrize("data_set", described(), ids=lambda data_set: data_set.id)
_DTYPES = {
    ColumnKind.TEXT: "string",
    ColumnKind.WHOLE: "Int64",
    ColumnKind.NUMBER: "float64",
    ColumnKind.FLAG: "boolean",
    ColumnKind.DATE: "datetime64",
}
TERMINATION = "ucdp_termination_dyads"


@_each
def test_documented_columns_come_out_typed(data_set: DataSet, tmp_path: Path) -> None:
    """A file with the described columns becomes a table with exactly these, each of the type that its kind says."""
    table = made_table(tmp_path, data_set.id, [{}, {}])
    assert tuple(table.columns) == data_set.column_names
    for column in data_set.columns:
        assert str(table[column.name].dtype).startswith(_DTYPES[column.kind]), column.name
        assert table[column.name].notna().all(), column.name


def test_a_missing_column_is_named_with_its_neighbours(tmp_path: Path) -> None:
    """Who has another version learns which column is missing, what stands near it, and which version is read."""
    write_csv(tmp_path, "icb_actors", [{}], rename={"majres": "majresp"})
    with pytest.raises(InvalidFile) as caught:
        load_table(catalogue()["icb_actors"], folder=tmp_path)
    (finding,) = caught.value.findings
    assert finding.code == "missing-column"
    assert "majres" in finding.message
    assert "majresp" in finding.message
    assert "version 13" in finding.mend
    assert "sites.duke.edu" in finding.mend


def test_every_missing_column_is_named_at_once(tmp_path: Path) -> None:
    """Nobody has to mend one column to learn of the next."""
    (tmp_path / "icb2_v13.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load_table(catalogue()["icb_actors"], folder=tmp_path)
    assert len(caught.value.findings) == len(catalogue()["icb_actors"].columns)


def test_another_version_is_refused(tmp_path: Path) -> None:
    """A file that states another version than the one described is not read."""
    file = write_csv(tmp_path, "gml_mid_disputes", [{}])
    file.write_text(file.read_text(encoding="utf-8").replace("gml-2.1", "gml-3.0"), encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"gml-3\.0.*GML-MID 2\.1"):
        load_table(catalogue()["gml_mid_disputes"], folder=tmp_path)


def test_unknown_codes_are_refused_with_their_line(tmp_path: Path) -> None:
    """A code that the description does not know stops the reading, at the line where it first stands."""
    write_csv(tmp_path, "icb_actors", [{"trigger": "9"}, {"trigger": "12"}, {"response": "soon"}])
    with pytest.raises(InvalidFile) as caught:
        load_table(catalogue()["icb_actors"], folder=tmp_path)
    by_column = {finding.path: finding for finding in caught.value.findings}
    assert set(by_column) == {"triggr", "majres"}
    assert by_column["triggr"].line == 3
    assert "'12'" in by_column["triggr"].message


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("kiel_tracker", {"allocated": "much"}),
        ("kiel_tracker", {"year": "2022.5"}),
        ("ucdp_peace_agreements", {"signed": "in spring"}),
        ("huth_signorino_tarar", {"nuclear": "2"}),
    ],
)
def test_unreadable_cells_are_refused(name: str, cells: dict[str, str], tmp_path: Path) -> None:
    """A word where a number should stand, half a year, a day that is no date and a flag of 2 are mistakes."""
    write_csv(tmp_path, name, [cells])
    with pytest.raises(InvalidFile, match="unknown-code"):
        load_table(catalogue()[name], folder=tmp_path)


def test_whole_numbers_with_decimals_are_codes(tmp_path: Path) -> None:
    """Tables that went through other programs write 9.0 for the code 9, and True for the flag 1."""
    table = made_table(tmp_path, "icb_actors", [{"trigger": "9.0", "response": "8.0"}])
    assert table.loc[0, "trigger"] == 9
    assert made_table(tmp_path, "ucdp_peace_agreements", [{"has_ended": "True"}]).loc[0, "has_ended"]


def test_gaps(tmp_path: Path) -> None:
    """An empty cell and a code for "not known" are gaps; where an empty cell means no, it is no."""
    table = made_table(tmp_path, "gml_mid_disputes", [{"start_day": "-9", "fatality": "", "hostility": "5"}])
    assert table["start_day"].isna().all()
    assert table["fatality"].isna().all()
    commitments = made_table(tmp_path, "berkemeier_fuhrmann", [{"honoured": "", "violated": "1.0"}])
    assert commitments["honoured"].tolist() == [False]
    assert commitments["violated"].tolist() == [True]


@pytest.mark.parametrize(
    ("written", "year", "meant"),
    [
        ("7/21/46", 1946, "1946-07-21"),
        ("12/31/05", 2005, "2005-12-31"),
        ("1/2/99", 2000, "1999-01-02"),
        ("11/9/1953", 1953, "1953-11-09"),
        ("1953-11-09", 1953, "1953-11-09"),
    ],
)
def test_centuries_are_completed_from_the_row(written: str, year: int, meant: str, tmp_path: Path) -> None:
    """A date with a two-digit year falls into the century that puts it next to the year of its row."""
    table = made_table(tmp_path, TERMINATION, [{"year": str(year), "end_date": written}, {"year": "1990"}])
    assert table.loc[0, "end_date"] == pd.Timestamp(meant)


def test_stata_files_are_read_alike(tmp_path: Path) -> None:
    """The same table as a Stata file gives the same result as comma-separated text."""
    rows = [{"honoured": "1", "institutions": "2"}, {"honoured": "", "institutions": "0"}]
    expected = made_table(tmp_path, "leeds_anac", rows)
    file = tmp_path / catalogue()["leeds_anac"].file
    pd.read_csv(file).to_stata(file.with_suffix(".dta"), write_index=False)
    file.unlink()
    found = load_table(catalogue()["leeds_anac"], folder=tmp_path)
    pd.testing.assert_frame_equal(found, expected)


def test_other_columns_do_not_matter(tmp_path: Path) -> None:
    """Columns that foedus does not read may be there or not."""
    file = write_csv(tmp_path, "kiel_tracker", [{}])
    head, row = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{head},mood\n{row},sombre\n", encoding="utf-8")
    kiel = catalogue()["kiel_tracker"]
    assert tuple(load_table(kiel, folder=tmp_path).columns) == kiel.column_names


def test_an_absent_file_says_where_to_get_it(tmp_path: Path) -> None:
    """Who lacks a file learns its name, its version and its address."""
    with pytest.raises(InvalidFile) as caught:
        load_table(catalogue()["kiel_tracker"], folder=tmp_path)
    assert "kiel_r29_data_explorer.csv" in str(caught.value)
    assert "ifw-kiel.de" in str(caught.value)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    """An empty file is a finding, not a crash."""
    (tmp_path / "kiel_r29_data_explorer.csv").touch()
    with pytest.raises(InvalidFile, match="not-a-table"):
        load_table(catalogue()["kiel_tracker"], folder=tmp_path)


def test_presence(tmp_path: Path) -> None:
    """A file is absent, the very one of development, another one, or there with nothing to compare it with."""
    kiel, leeds = catalogue()["kiel_tracker"], catalogue()["leeds_anac"]
    assert presence_of(kiel, folder=None) is Presence.ABSENT
    assert presence_of(kiel, folder=tmp_path) is Presence.ABSENT
    file = write_csv(tmp_path, "kiel_tracker", [{}])
    write_csv(tmp_path, "leeds_anac", [{}])
    assert digest_of_bytes(file.read_bytes()) != kiel.sha256
    assert presence_of(kiel, folder=tmp_path) is Presence.OTHER
    assert presence_of(leeds, folder=tmp_path) is Presence.UNKNOWN


@pytest.mark.parametrize("path", [None, "", "/nowhere/at/all"])
def test_a_folder_that_is_none(path: str | None) -> None:
    """A data folder that is not named, or not there, says what to set."""
    with pytest.raises(InvalidFile, match="FOEDUS_DATA"):
        open_folder(path)
