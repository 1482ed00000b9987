"""Numbers in a file of judgments: each is one, or told with its line."""

from importlib.resources import files
from pathlib import Path

import pytest

from foedus.errors import InvalidFile
from foedus.exercise.scenario.judgments_file import load_judgments

TEXT = (files("foedus") / "parameters" / "judgments.yaml").read_text(encoding="utf-8")


def _first_row() -> str:
    line = next(line for line in TEXT[TEXT.index("table:") :].splitlines() if "[" in line)
    return line[line.rindex("[") : line.index("]") + 1]


@pytest.mark.parametrize("wrong", ["0.⎤3", "0.2|", "'0.5'", "true", "~", "[0.5]", "0,5x"])
def test_a_chance_that_is_none_is_told(wrong: str, tmp_path: Path) -> None:
    """Neither text nor true nor nothing is a chance."""
    row = _first_row()
    file = tmp_path / "mine.yaml"
    file.write_text(TEXT.replace(row, row.replace(row[1:].split(",")[0], wrong, 1), 1), encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"mine\.yaml"):
        load_judgments(file)


@pytest.mark.parametrize("count", ["1.5", "0", "many", "true"])
def test_half_an_origin_is_none(count: str, tmp_path: Path) -> None:
    """A count is whole; it is not rounded."""
    file = tmp_path / "mine.yaml"
    file.write_text(TEXT.replace("min_origins: 1", f"min_origins: {count}", 1), encoding="utf-8")
    with pytest.raises(InvalidFile, match="min_origins"):
        load_judgments(file)
