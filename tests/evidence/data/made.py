"""Made data files: the columns of the real ones, invented rows. No row of a real file stands here."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pandas import DataFrame

from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.data.load import load_table
from foedus.evidence.data.record import ColumnKind, DataColumn, DataSet

Row = Mapping[str, Any]

_INVENTED = {
    ColumnKind.TEXT: "Ruritania",
    ColumnKind.WHOLE: "7",
    ColumnKind.NUMBER: "0.5",
    ColumnKind.FLAG: "0",
    ColumnKind.DATE: "1999-05-17",
}


def write_csv(folder: Path, name: str, rows: Sequence[Row], *, rename: Mapping[str, str] | None = None) -> Path:
    """Write rows, told with the catalogue's own column names, as the provider's file; gaps are invented.

    ``rename`` gives columns of the file another name.
    """
    data_set = catalogue()[name]
    version = data_set.version_column
    file = folder / data_set.file
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        heads = [*(column.source for column in data_set.columns), *([version] if version else [])]
        writer.writerow([(rename or {}).get(head, head) for head in heads])
        for row in rows:
            cells = [row.get(column.name, invent(column)) for column in data_set.columns]
            writer.writerow([*cells, *(data_set.version_values[:1] if version else ())])
    return file


def made_table(folder: Path, name: str, rows: Sequence[Row]) -> DataFrame:
    """Write a made file and read it as the loader does."""
    write_csv(folder, name, rows)
    return load_table(catalogue()[name], folder=folder)


def invent(column: DataColumn) -> str:
    """Give a cell that the column's description allows."""
    return next(iter(column.codes)) if column.codes else _INVENTED[column.kind]


def described() -> list[DataSet]:
    """Every data set of the catalogue that foedus reads."""
    return [data_set for data_set in catalogue().values() if data_set.columns]
