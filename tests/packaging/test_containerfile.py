"""The container file: it copies what is there, names no index, and runs as nobody in particular."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
LINES = [line for line in TEXT.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]


def test_what_it_copies_is_in_the_repository() -> None:
    """A file that moves takes its line along."""
    copied = [
        words for line in LINES if line.startswith("COPY ") and "--from" not in line for words in line.split()[1:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_it_asks_no_index_by_name_and_installs_what_is_pinned() -> None:
    """Packages come from wherever pip is set to look, in the versions of the constraints."""
    assert "http" not in TEXT
    (install,) = re.findall(r"pip install .*", " ".join(LINES))
    assert "--constraint constraints.txt" in install
    assert "index" not in install


def test_nobody_runs_it_as_root() -> None:
    """The account is left before the program starts, and what starts is the program."""
    kinds = [line.partition(" ")[0] for line in LINES]
    assert kinds.index("USER") < kinds.index("ENTRYPOINT")
    assert 'ENTRYPOINT ["foedus"]' in LINES
