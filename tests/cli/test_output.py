"""Results are written before anything is printed: no output, whatever it lacks, costs more than the table."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.cli.leaving import NO
from foedus.cli.main import main
from foedus.cli.output import Output

PAIR = ("ukraine/no_guarantee", "ukraine/nato_membership")
FEW = ("--futures", "3", "--grid", "5,5,2", "--horizon", "1y", "--workers", "1")
WRITTEN = ["report.html", "results.json", "results.parquet"]
FOEDUS = [sys.executable, "-c", "from foedus.cli.main import main; main()"]


class _Failing(io.RawIOBase):
    """A stream that takes nothing."""

    def __init__(self, number: int) -> None:
        self._number = number

    def writable(self) -> bool:
        return True

    def write(self, _data: object, /) -> int:
        raise OSError(self._number, os.strerror(self._number))


def _compare(out: Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main.main(["compare", *PAIR, *FEW, "--out", str(out)])
    assert sorted(path.name for path in out.iterdir()) == WRITTEN
    return int(ended.value.code or 0)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii", "utf-8"])
def test_an_output_that_lacks_signs_gets_the_table_in_others(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A minus is never lost, and everything is written."""
    taken = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(taken, encoding=encoding))
    assert _compare(tmp_path / "out") == 0
    told = taken.getvalue().decode(encoding)
    assert "report.html" in told
    assert "?" not in told


@pytest.mark.parametrize(("number", "code"), [(errno.EPIPE, 0), (errno.ENOSPC, NO), (errno.EIO, NO)])
def test_an_output_that_takes_nothing_costs_the_table_alone(
    number: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader that closed the pipe meant it; a full disk is told and shows in the exit code."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BufferedWriter(_Failing(number)), encoding="utf-8"))
    assert _compare(tmp_path / "out") == code
    assert (os.strerror(number) in capsys.readouterr().err) == (code == NO)


def test_no_output_at_all_and_a_terminal_of_no_width_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Started without standard output, or with COLUMNS=0."""
    monkeypatch.setenv("COLUMNS", "0")
    assert _compare(tmp_path / "narrow") == 0
    assert "NATO" in capsys.readouterr().out
    monkeypatch.setattr(sys, "stdout", None)
    assert _compare(tmp_path / "none") == 0


def test_a_sign_that_is_lacking_is_written_plainly() -> None:
    """A minus as a minus, dots as dots, anything else as a question mark."""
    taken = io.BytesIO()
    stream = io.TextIOWrapper(taken, encoding="ascii")
    output = Output(stream)
    output.write(
        "\N{MINUS SIGN}0.3 \N{LESS-THAN OR EQUAL TO} x\N{HORIZONTAL ELLIPSIS} \N{LATIN SMALL LETTER E WITH ACUTE}"
    )
    output.flush()
    assert taken.getvalue() == b"-0.3 <= x... ?"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
def test_real_pipes_and_disks_end_in_words() -> None:
    """A reader that goes away, and a disk that is full: no traceback, and nothing at the end of the program."""
    reader, writer = os.pipe()
    os.close(reader)
    closed = subprocess.run([*FOEDUS, "library"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (closed.returncode, closed.stderr) == (0, b"")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run([*FOEDUS, "library"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == NO
    assert b"No space left" in ended.stderr
    assert b"Traceback" not in ended.stderr
