"""The listing of the packaged library, for readers and for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from foedus.report.arrangement.library import LibraryRow


def print_listing(rows: Sequence[LibraryRow], *, console: Console) -> None:
    """Print two lines for each arrangement, folder by folder."""
    for folder, members in groupby(rows, key=lambda row: row.folder):
        console.print(Text(folder, style="bold cyan"))
        for row in members:
            words = ", ".join(word.replace("_", " ") for word in (row.date, row.form, row.status, row.outcome) if word)
            console.print(Text.assemble("  ", (row.id, "bold"), f"  {words}"), soft_wrap=True)
            console.print(Text(f"    {row.name}", style="dim"), soft_wrap=True)
        console.print()
    console.print("Show one with `foedus show ID`.")


def listing_as_data(rows: Sequence[LibraryRow]) -> list[dict[str, Any]]:
    """Return the listing as plain data."""
    return [asdict(row) for row in rows]
