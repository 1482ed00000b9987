"""The catalogue: every data set has an owner, an address and a description."""

import pytest

from foedus.errors import InvalidFile, UnknownName
from foedus.evidence.data.catalogue_file import catalogue, find_data_set, read_entry
from foedus.evidence.data.record import DataSet
from foedus.evidence.targets.load import declared_figures
from foedus.evidence.targets.tables import needed_data
from tests.evidence.data.made import described

_each = pytest.mark.parametrize("data_set", catalogue().values(), ids=lambda data_set: data_set.id)


@_each
def test_who_made_it_and_where_it_is(data_set: DataSet) -> None:
    """Each data set says who is to be cited, under which terms, where it is offered and in which version."""
    assert all((data_set.citation, data_set.terms, data_set.version, data_set.serves, data_set.title, data_set.row))
    assert data_set.address.startswith(("https://", "http://"))
    assert bool(data_set.sha256) == bool(data_set.sha256_of)


def test_files_are_told_apart() -> None:
    """No two data sets wait for the same file."""
    files = [data_set.file for data_set in catalogue().values()]
    assert len(set(files)) == len(files)


@pytest.mark.parametrize("data_set", described(), ids=lambda data_set: data_set.id)
def test_columns_are_told_apart(data_set: DataSet) -> None:
    """A column has one name in foedus and one in the file, and says what it holds."""
    assert len(set(data_set.column_names)) == len(data_set.columns)
    assert len({column.source for column in data_set.columns}) == len(data_set.columns)
    assert all(column.what for column in data_set.columns)


def test_what_is_computed_from_is_described() -> None:
    """Every data set that a figure is computed from has documented columns, and every figure names known data sets."""
    assert {name for name in needed_data() if not catalogue()[name].columns} == set()
    assert {name for figure in declared_figures().values() for name in figure.data} <= set(catalogue())


def test_nearest_name_is_offered() -> None:
    """A misspelt data set is met with the one that was probably meant."""
    with pytest.raises(UnknownName, match="kiel_tracker"):
        find_data_set("kiel_traker")


def test_an_entry_with_an_unknown_key_is_refused() -> None:
    """A key that the catalogue does not know is a mistake, not a remark."""
    with pytest.raises(InvalidFile) as caught:
        read_entry("title: Somebody's wars\nlicense: free\n", file="somebody.yaml")
    assert "license" in str(caught.value)
    assert "citation" in str(caught.value)
