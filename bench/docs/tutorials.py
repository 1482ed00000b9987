"""Run the tutorials and write what their commands give into them: `python -m bench.docs.tutorials [NAME...]`.

The blocks of a page are run as they are written, from top to bottom, in an empty folder: `sh` line by line, `python`
in one space; a block after the words "into `FILE`" is written to that file. A `text` block right after a block that
was run shows what it printed on lines of 100 signs. Lines of `foedus` run inside this process, which saves starting
it anew; what stands behind a bar or an arrow there is the shell's. `2>&1` says that a mistake is shown on purpose.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bench.measuring.page import ROOT
from foedus.cli.main import main as foedus

TUTORIALS = ROOT / "docs" / "tutorials"
COLUMNS = "100"
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", flags=re.MULTILINE | re.DOTALL)
_INTO = re.compile(r"into `(?P<file>[^`]+)`:?\s*$")
_LINE = re.compile(r"(?P<own>(?:'[^']*'|\"[^\"]*\"|[^|>'\"])+?)\s*(?P<errors>2>&1)?\s*(?P<shell>[|>].*)?")
"""A line of foedus: its own words, whether what it says of a mistake is shown, and what the shell does with it."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ANSWERS = {"check": (0, 1)}
"""Exit codes with which a command has answered; 0 for all others."""


@dataclass
class Session:
    """An empty folder in which a page is followed."""

    folder: Path
    space: dict[str, Any] = field(default_factory=dict)

    def follow(self, kind: str, body: str, *, before: str) -> str | None:
        """Do what a block says and return what it printed; None where it only shows something."""
        if into := _INTO.search(before):
            (self.folder / into["file"]).write_text(body, encoding="utf-8")
            return None
        if kind == "sh":
            return "".join(self._line(line) for line in body.splitlines() if line.strip())
        return self._python(body) if kind == "python" else None

    def _line(self, line: str) -> str:
        if not line.startswith("foedus "):
            return self._shell(line, given="")
        told = _LINE.fullmatch(line)
        if told is None:
            raise ValueError(f"a line of foedus that cannot be taken apart: {line}")
        printed = self._foedus(shlex.split(told["own"], comments=True)[1:], is_meant_to_fail=bool(told["errors"]))
        rest = (told["shell"] or "").strip()
        return self._shell(f"cat {rest}", given=printed) if rest else printed

    def _foedus(self, words: list[str], *, is_meant_to_fail: bool) -> str:
        with chdir(self.folder):
            result = CliRunner().invoke(foedus, words, env={"COLUMNS": COLUMNS, "FOEDUS_DATA": None})
        if is_meant_to_fail:
            return result.output
        if result.exit_code not in _ANSWERS.get(words[0], (0,)):
            raise AssertionError(f"foedus {' '.join(words)} ended with {result.exit_code}: {result.output}")
        return result.stdout

    def _shell(self, line: str, *, given: str) -> str:
        done = subprocess.run(
            ["bash", "-eu", "-c", line],
            cwd=self.folder,
            input=given,
            capture_output=True,
            text=True,
            env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        )
        if done.returncode:
            raise AssertionError(f"{line} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def _python(self, body: str) -> str:
        printed = StringIO()
        with chdir(self.folder), redirect_stdout(printed):
            exec(compile(body, "<tutorial>", "exec"), self.space)  # noqa: S102  the project's own page
        return printed.getvalue()


def followed(page: Path) -> str:
    """Follow a page in an empty folder; return it with what its commands give."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        return "".join(_pieces(text, Session(Path(folder))))


def _pieces(text: str, session: Session) -> Iterator[str]:
    end, printed = 0, None
    for block in BLOCK.finditer(text):
        before = text[end : block.start()]
        yield before
        if block["kind"] == "text" and printed is not None and not before.strip():
            yield f"```text\n{tidy(printed)}```"
            printed = None
        else:
            printed = session.follow(block["kind"], block["body"], before=before)
            yield block[0]
        end = block.end()
    yield text[end:]


def tidy(printed: str) -> str:
    """Take the spaces at the ends of lines and the empty lines at both ends away."""
    lines = "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")
    return f"{lines}\n"


def is_as_good_as(shown: str, got: str) -> bool:
    """Tell whether two lines say the same but for the last digits of their numbers and how they are spaced."""
    if shown == got:
        return True
    words = [re.sub(r"[\s─]+", " ", _NUMBER.sub("#", line)).strip() for line in (shown, got)]
    pairs = zip(_NUMBER.findall(shown), _NUMBER.findall(got), strict=False)
    return words[0] == words[1] and all(_is_near(*pair) for pair in pairs)


def _is_near(shown: str, got: str) -> bool:
    step = max(10.0 ** -len(number.partition(".")[2]) for number in (shown, got))
    return abs(float(shown) - float(got)) <= 1.01 * step


def pages() -> list[Path]:
    """Return the tutorials, the page that lists them left out."""
    return sorted(page for page in TUTORIALS.glob("*.md") if page.stem != "index")


def main() -> None:
    """Follow the pages that are named, all where none is."""
    parser = argparse.ArgumentParser(prog="python -m bench.docs.tutorials", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(page.stem for page in pages()))
    names = parser.parse_args().names
    os.environ["COLUMNS"] = COLUMNS
    for page in pages():
        if not names or page.stem in names:
            page.write_text(followed(page), encoding="utf-8")
            print(page)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
