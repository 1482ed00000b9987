"""Commands that results say they were made by, given again."""

import json
import re
import shlex
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.main import main

COMPACT, MINSK = "ukraine/kyiv_security_compact_2022", "ukraine/minsk_osce_2015"
GAME = ["--seed", "2", "--grid", "4,4,1", "--horizon", "18months", "--tolerance", "1e-3", "--max-sweeps", "900"]
WRITTEN = "--seed 2 --horizon 1.5y --grid 4,4,1 --tolerance 0.001 --max-sweeps 900"


def run(*arguments: str, out: Path) -> str:
    """Run a command and return what it printed."""
    result = CliRunner().invoke(main, [*arguments, "--workers", "1", "--out", str(out)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("given", "written", "file"),
    [
        (
            f"negotiate {MINSK} {COMPACT} --balance 0..0.25 --steps 2 --futures 3",
            f"negotiate {MINSK} {COMPACT} --balance 0.0..0.25 --steps 2 --futures 3 {WRITTEN}",
            "negotiation.json",
        ),
        (
            f"design {COMPACT} --keep trigger --budget 6 --population 4 --futures 2 --trial 2 --signers guarantors",
            f"design {COMPACT} --keep trigger --budget 6 --trial 2 --signers guarantors --population 4 --futures 2 "
            f"{WRITTEN}",
            "front.json",
        ),
        (
            f"explain {MINSK} --anatomy --outcome cost --futures 3",
            f"explain {MINSK} --anatomy --outcome cost --futures 3 {WRITTEN}",
            "anatomy.json",
        ),
        (
            f"compare {MINSK} {COMPACT} --futures 3 --require war<=25%,cost<=0.5 --baseline {COMPACT}",
            f"compare {MINSK} {COMPACT} --baseline {COMPACT} --require 'war<=0.25,cost<=0.5' --futures 3 {WRITTEN}",
            "results.json",
        ),
    ],
)
def test_the_printed_command_gives_the_same_files(
    given: str, written: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page and results name every option that moves the answer; the command on the page makes the same bytes again."""
    overlay, first, again = tmp_path / "my own.yaml", tmp_path / "first", tmp_path / "again"
    overlay.write_text("prior:\n  uniform: [0.3, 0.4]\n  status: assumed\n  source: mine\n")
    run(*given.split(), *GAME, "--view", "calibrated", "--parameters", str(overlay), out=first)
    command = json.loads((first / file).read_text())["provenance"]["command"]
    assert command == f"foedus {written} --parameters '{overlay.name}' --view calibrated"
    (shown,) = re.findall(r"<dt>Command</dt><dd><code>(.*?)</code>", (first / "report.html").read_text())
    assert unescape(shown) == command
    monkeypatch.chdir(tmp_path)
    run(*shlex.split(command)[1:], out=again)
    assert [path.name for path in sorted(first.iterdir())] == [path.name for path in sorted(again.iterdir())]
    for path in first.iterdir():
        assert str(tmp_path).encode() not in path.read_bytes()
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("given", "named", "file"),
    [
        (f"negotiate {MINSK} --balance 0.2", "--steps 5", "negotiation.json"),
        (f"explain {MINSK} --anatomy", "--outcome war", "anatomy.json"),
        (f"compare {MINSK} {COMPACT}", "", "results.json"),
    ],
)
def test_of_what_is_at_its_default_only_the_question_is_named(
    given: str, named: str, file: str, tmp_path: Path
) -> None:
    """No view, overlay or tolerance where none was given; what is asked, in how many draws and from which seed."""
    run(*given.split(), *["--futures", "2", "--horizon", "1y", "--grid", "4,4,1"], out=tmp_path)
    command = json.loads((tmp_path / file).read_text())["provenance"]["command"]
    assert command == " ".join(f"foedus {given} {named} --futures 2 --seed 1 --horizon 1y --grid 4,4,1".split())


def test_a_printed_sensitivity_makes_the_same_again() -> None:
    """Results for programs name the command; given again it prints the same bytes."""
    asked = ["sensitivity", MINSK, "--screen", "40", "--base", "8", "--most", "1", "--grid", "4,4,1", "--horizon", "1y"]
    printed = CliRunner().invoke(main, [*asked, "--tolerance", "1e-3", "--json"]).stdout
    command = json.loads(printed)["provenance"]["command"]
    assert command.startswith(f"foedus sensitivity {MINSK} --outcome war --base 8 --most 1 --screen 40 --seed 1")
    assert CliRunner().invoke(main, [*shlex.split(command)[1:], "--json"]).stdout == printed


def test_a_printed_anatomy_is_asked_for_as_an_anatomy() -> None:
    """Where the results are printed, the command in them makes the same ones, printed or written."""
    asked = ["explain", MINSK, "--anatomy", "--futures", "2", "--grid", "4,4,1", "--horizon", "1y"]
    printed = CliRunner().invoke(main, [*asked, "--json"]).stdout
    command = json.loads(printed)["provenance"]["command"]
    assert CliRunner().invoke(main, [*shlex.split(command)[1:], "--json"]).stdout == printed
