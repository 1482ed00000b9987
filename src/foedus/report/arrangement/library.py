"""What the packaged library holds."""

from dataclasses import dataclass

from foedus.arrangement.library import library_files
from foedus.arrangement.load import load


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
