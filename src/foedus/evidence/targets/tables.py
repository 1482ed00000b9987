"""The tables that the figures need, as far as their files are at hand."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pandas import DataFrame

from foedus.errors import Finding, InvalidFile
from foedus.evidence.data.folder import find_file
from foedus.evidence.data.load import load_table
from foedus.evidence.data.record import DataSet
from foedus.evidence.targets.registry import COMPUTATIONS


def needed_data() -> tuple[str, ...]:
    """Return the ids of the data sets that some figure is computed from, each once."""
    return tuple(dict.fromkeys(name for computation in COMPUTATIONS for name in computation.data))


def load_tables(
    data_sets: Mapping[str, DataSet], *, folder: Path | None, names: Iterable[str] | None = None
) -> dict[str, DataFrame]:
    """Read every needed table whose file is there; raise `InvalidFile` with the findings of all files."""
    tables: dict[str, DataFrame] = {}
    findings: list[Finding] = []
    for name in needed_data() if names is None else names:
        if folder is None or find_file(data_sets[name], folder=folder) is None:
            continue
        try:
            tables[name] = load_table(data_sets[name], folder=folder)
        except InvalidFile as error:
            findings += error.findings
    if findings:
        raise InvalidFile(findings)
    return tables
