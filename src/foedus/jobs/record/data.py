"""The public data sets behind the figures: which files are there, and the figures computed from them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from foedus.errors import UnknownName, WrongRequest
from foedus.evidence.data.catalogue_file import catalogue, find_data_set
from foedus.evidence.data.folder import VARIABLE, open_folder
from foedus.evidence.data.record import DataSet
from foedus.evidence.reference import write_reference
from foedus.evidence.targets.load import declared_figures, load_targets
from foedus.evidence.targets.reproduce import Reproduction, reproduce, to_target
from foedus.evidence.targets.tables import load_tables, needed_data
from foedus.evidence.targets.write import write_targets
from foedus.jobs.telling.files import write_file
from foedus.jobs.telling.showing import JobResult
from foedus.report.evidence.data_terminal import print_catalogue, print_data_set, print_figures, print_missing

FOLDER_VARIABLE = VARIABLE
"""The environment variable that names the folder."""


@dataclass(frozen=True, eq=False, repr=False)
class CatalogueResult(JobResult):
    """The data sets that figures rest on."""

    data_sets: tuple[DataSet, ...]
    folder: Path | None

    def print_on(self, console: Console) -> None:
        """List them, and which of their files are there."""
        print_catalogue(self.data_sets, folder=self.folder, console=console)


@dataclass(frozen=True, eq=False, repr=False)
class DataSetResult(JobResult):
    """One data set."""

    data_set: DataSet
    folder: Path | None

    def print_on(self, console: Console) -> None:
        """Tell whose it is, where it comes from, and which columns are read."""
        print_data_set(self.data_set, folder=self.folder, console=console)


@dataclass(frozen=True, eq=False, repr=False)
class FiguresResult(JobResult):
    """Figures computed from the files at hand, beside what was published."""

    shown: tuple[Reproduction, ...]
    found: tuple[Reproduction, ...]
    folder: Path | None

    def print_on(self, console: Console) -> None:
        """Print each figure, then what is missing."""
        print_figures(self.shown, console=console)
        print_missing(self.shown, known=catalogue(), needed=needed_data(), folder=self.folder, console=console)

    def to_data(self) -> list[dict[str, object]]:
        """Return plain data for JSON."""
        return [_as_mapping(reproduction) for reproduction in self.shown]

    def write_targets(self, file: Path) -> int:
        """Write the targets to a file and return how many there are."""
        citations = {name: data_set.citation for name, data_set in catalogue().items()}
        targets = [target for entry in self.found if (target := to_target(entry, citations))]
        write_file(write_targets(targets).encode(), file=file)
        return len(targets)


def data_folder(named: str | None) -> Path | None:
    """Return the folder with the data files; None where none is named. Raises `InvalidFile` for one that is none."""
    return open_folder(named) if named else None


def list_data_sets(folder: Path | None) -> CatalogueResult:
    """List the data sets behind the figures."""
    return CatalogueResult(tuple(catalogue().values()), folder)


def show_data_set(name: str, *, folder: Path | None) -> DataSetResult:
    """Show what the catalogue knows of a data set; raise `UnknownName`."""
    return DataSetResult(find_data_set(name), folder)


def compute_figures(words: Sequence[str] = (), *, folder: Path | None) -> FiguresResult:
    """Compute every figure from the files at hand; ``words`` narrow what is shown to these, with their parts."""
    try:
        found = tuple(reproduce(load_tables(catalogue(), folder=folder), declared_figures()))
    except OSError as error:
        raise WrongRequest(str(error)) from error
    shown = tuple(entry for entry in found if not words or any(_is_meant(entry.figure.id, word) for word in words))
    if not shown:
        raise UnknownName(f"no figure is called {' or '.join(words)}; they run from A1 to D7")
    return FiguresResult(shown, found, folder)


def data_reference_text() -> str:
    """Write the reference page of data sets and figures, as Markdown."""
    return write_reference(catalogue(), declared_figures(), load_targets())


def _is_meant(name: str, word: str) -> bool:
    name, word = name.lower(), word.lower()
    return name == word or name.startswith(f"{word}.") or name[:1] == word


def _as_mapping(entry: Reproduction) -> dict[str, object]:
    return {
        **asdict(entry.figure),
        "computed": asdict(entry.computed) if entry.computed else None,
        "agreement": entry.agreement.value,
        "missing": list(entry.missing),
    }
