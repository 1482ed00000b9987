"""What the packaged library holds."""

from dataclasses import dataclass

from foedus.arrangement.library import library_files
from foedus.arrangement.load import MAKERS, load
from foedus.text.kept import kept
from foedus.text.source import read_file


@dataclass(frozen=True)
class LibraryRow:
    """One packaged arrangement."""

    folder: str
    id: str
    name: str
    date: str
    form: str
    status: str
    outcome: str
    """What history has said; empty where nothing is recorded."""


def library_listing() -> tuple[LibraryRow, ...]:
    """List the packaged arrangements by folder and id; raise `InvalidFile` where one cannot be read."""
    texts = "\n".join(f"{name}\n{read_file(file)}" for name, file in library_files().items())
    return kept("listing", texts, rooms=(*MAKERS, "report/arrangement/library.py"), make=_rows)


def _rows() -> tuple[LibraryRow, ...]:
    rows = []
    for name, file in library_files().items():
        arrangement = load(file)
        outcome = arrangement.outcome
        rows.append(
            LibraryRow(
                folder=name.split("/")[0],
                id=arrangement.id,
                name=arrangement.name,
                date=str(arrangement.date),
                form=arrangement.legal_form.value,
                status=arrangement.status.value,
                outcome=outcome.result.value if outcome else "",
            )
        )
    return tuple(rows)
