"""What the catalogue says about a data set."""

from dataclasses import dataclass, field
from enum import StrEnum


class ColumnKind(StrEnum):
    """What a column holds, and therefore the type that it gets."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"


@dataclass(frozen=True)
class DataColumn:
    """One column of the documented table."""

    name: str
    """Its name in foedus."""
    source: str
    """Its name in the file."""
    kind: ColumnKind
    what: str
    codes: dict[str, str] = field(default_factory=dict)
    """What each code means; a code that is not listed is refused. Empty where the column is no code."""
    missing: tuple[str, ...] = ()
    """Codes that stand for "not known", read as a gap."""
    blank: str = ""
    """What an empty cell stands for; without it, an empty cell is a gap."""
    near: str = ""
    """For dates whose year may have two digits: the column of the file with the year, which settles the century."""


@dataclass(frozen=True)
class DataSet:
    """One public data set: what it is, whose it is, where it comes from and what its file must look like."""

    id: str
    title: str
    row: str
    """What one row stands for."""
    period: str
    citation: str
    terms: str
    """Licence or terms of use, as far as known."""
    address: str
    """Where the provider offers it."""
    version: str
    file: str
    """Name of the file under the data folder."""
    serves: str
    """What foedus uses it for."""
    rows: int = 0
    """Number of rows of this version; 0 where it is not known."""
    sha256: str = ""
    """Checksum of the file used in development; empty where there was none."""
    sha256_of: str = ""
    """Which file the checksum is of."""
    version_column: str = ""
    """Column of the file that states its version."""
    version_values: tuple[str, ...] = ()
    """What that column says in this version."""
    columns: tuple[DataColumn, ...] = ()
    note: str = ""

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns of the documented table."""
        return tuple(column.name for column in self.columns)
