"""Rows as a table for pandas, which is an extra."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from foedus.jobs.asking.extras import ask_for

if TYPE_CHECKING:
    import pandas as pd


def frame_of(rows: Iterable[Any], *, columns: Sequence[str] | None = None) -> "pd.DataFrame":
    """Return rows as a table; raise `WrongRequest` where pandas, which is an extra, is missing."""
    ask_for_pandas()
    import pandas as pd  # takes longer to load than most commands to run

    return pd.DataFrame(list(rows), columns=None if columns is None else list(columns))


def ask_for_pandas() -> None:
    """Raise `WrongRequest` where pandas is missing."""
    ask_for("pandas", what="tables for pandas need")
