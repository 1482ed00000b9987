import json
import shlex
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foedus.cli.commands.claims import claims_command
from foedus.insight.claims.answer import ClaimAnswers
from foedus.insight.claims.load import packaged_claims
from foedus.jobs import claims as claims_job
from tests.insight.claim_specimens import small

FEW = ["--futures", "4", "--grid", "5,5,2", "--horizon", "3y", "--workers", "1"]
THREE = ["real_forces_against_a_mission", "the_same_promise_twice", "peacekeepers_help_where_peace_is_preferred"]
VOID = {"meta", "br", "wbr", "hr", "link", "img", "input"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claims_command, list(arguments))


class Anchors(HTMLParser):
    """Collects ids and inner links, and whether tags close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an opening tag."""
        given = dict(attrs)
        self.ids |= {str(given["id"])} if "id" in given else set()
        href = str(given.get("href", ""))
        self.links |= {href.removeprefix("#")} if href.startswith("#") else set()
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold a closing tag against the last that was opened."""
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("claims")
    return run(*THREE, *FEW, "--verbose", "--out", str(folder), "--markdown", str(folder / "claims.md")), folder


def test_claims_are_solved_judged_and_written(judged: tuple[Result, Path]) -> None:
    """The whole way with the real solver: tables and everything of each claim on the screen, files in the folder."""
    result, folder = judged
    assert result.exit_code == 0, result.output
    told = " ".join(result.output.split())
    assert "Real forces against a toothless mission" in told
    assert "not tested" in told
    assert "in futures in which an attack on the first day" in told
    assert sorted(path.name for path in folder.iterdir()) == ["claims.html", "claims.json", "claims.md"]


def test_results_for_programs_hold_every_count(judged: tuple[Result, Path]) -> None:
    """The JSON says how each claim came out, over which futures, and how all of it was obtained."""
    content = json.loads((judged[1] / "claims.json").read_text())
    assert (content["format"], content["format_version"]) == ("foedus claims", 2)
    assert content["provenance"]["settings"]["futures"] == 4
    by_id = {each["id"]: each for each in content["claims"]}
    assert list(by_id) == THREE
    twice = by_id["the_same_promise_twice"]
    assert (twice["ruling"], twice["holds"]["value"], twice["level"]["value"]) == ("not tested", 0.0, 1.0)
    forces = by_id["real_forces_against_a_mission"]
    assert forces["holds"]["value"] + forces["level"]["value"] + forces["fails"]["value"] == pytest.approx(1)
    assert set(forces["figures"]) == {"force.war", "mission.war"}
    asked = by_id["peacekeepers_help_where_peace_is_preferred"]
    assert asked["used"] <= asked["spoken_of"] <= asked["drawn"] == 4
    # force, mission, compact once and with the repeated promise (the same numbers), settlement without a guarantee
    assert content["games"] == 4 * 4


def test_the_page_leads_from_the_table_to_each_claim(judged: tuple[Result, Path]) -> None:
    """Every inner link arrives, tags close in order, nothing is loaded from elsewhere."""
    text = (judged[1] / "claims.html").read_text()
    page = Anchors()
    page.feed(text)
    assert page.open == []
    assert page.links <= page.ids
    assert set(THREE) <= page.links
    assert "<script" not in text
    assert "src=" not in text


def test_the_markdown_names_its_command_and_its_links_arrive(judged: tuple[Result, Path]) -> None:
    """The page says how it was made and how long that took; the table's links lead to headings of the page."""
    text = (judged[1] / "claims.md").read_text()
    assert f"`foedus claims {' '.join(THREE)} --futures 4 --seed 1" in text
    assert "16 games in" in text
    assert "(#real-forces-against-a-toothless-mission)" in text
    assert "### Real forces against a toothless mission" in text


def test_a_view_and_parameters_are_told_everywhere_and_the_printed_command_gives_the_same_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Screen, page, Markdown and results name the view, the file and what they move; the command on the page works."""
    monkeypatch.chdir(tmp_path)
    overlay = Path("my own.yaml")
    overlay.write_text("prior:\n  uniform: [0.3, 0.4]\n  status: assumed\n  source: mine\n")
    first, again, file = tmp_path / "first", tmp_path / "again", Path("claims.md")
    result = run(
        THREE[0],
        *FEW,
        "--view",
        "calibrated",
        "--parameters",
        str(overlay),
        "--out",
        str(first),
        "--markdown",
        str(file),
    )
    assert result.exit_code == 0, result.output
    page, text = (first / "claims.html").read_text(), file.read_text()
    content = json.loads((first / "claims.json").read_text())
    command = content["provenance"]["command"]
    assert command == (
        f"foedus claims {THREE[0]} --futures 4 --seed 1 --horizon 3y --grid 5,5,2 --parameters '{overlay}' "
        "--view calibrated"
    )
    assert f"<code>{escape(command, quote=False)}</code>" in page.replace("&#39;", "'")
    assert f"`{command} --markdown {file}`" in text
    for told in (result.output, page, text):
        assert "View calibrated (weighted by history" in told
        assert "weighted draws in calibrated.npz" in " ".join(told.split())
    for told in (page, text.replace("\\", "")):
        assert "What differs from the default" in told
        assert "0.3 to 0.4, uniform" in told
    anchors = Anchors()
    anchors.feed(page)
    assert anchors.open == []
    assert "made" in anchors.links <= anchors.ids
    assert content["assumptions"]["views"] == ["calibrated"]
    assert content["assumptions"]["changed"]["prior"]["here"] == "0.3 to 0.4, uniform"
    repeated = run(*shlex.split(command)[2:], "--out", str(again))
    assert repeated.exit_code == 0, repeated.output
    for name in ("claims.html", "claims.json"):
        assert (first / name).read_bytes() == (again / name).read_bytes()


def test_where_nothing_is_changed_nothing_is_said_of_it(judged: tuple[Result, Path]) -> None:
    """By default no view, no table of changes and no option that was not given."""
    result, folder = judged
    content = json.loads((folder / "claims.json").read_text())
    assert "assumptions" not in content
    assert content["provenance"]["basis"] == []
    assert (
        content["provenance"]["command"]
        == f"foedus claims {' '.join(THREE)} --futures 4 --seed 1 --horizon 3y --grid 5,5,2"
    )
    for told in (result.output, (folder / "claims.html").read_text(), (folder / "claims.md").read_text()):
        assert "differs from the default" not in told
        assert "View " not in told


def test_the_same_command_gives_the_same_bytes(tmp_path: Path) -> None:
    """On one thread or two, page and results are the same; another seed gives others."""
    for folder, seed, workers in (("a", "1", "1"), ("b", "1", "2"), ("c", "2", "1")):
        result = run(THREE[0], *FEW[:-2], "--seed", seed, "--workers", workers, "--out", str(tmp_path / folder))
        assert result.exit_code == 0, result.output
    files = [[(tmp_path / folder / name).read_bytes() for name in ("claims.html", "claims.json")] for folder in "abc"]
    assert files[0] == files[1]
    assert files[0][1] != files[2][1]


def test_claims_are_listed_without_solving(monkeypatch: pytest.MonkeyPatch) -> None:
    """--list names every packaged claim and judges none."""
    monkeypatch.setattr(claims_job, "answer_claims", refuse)
    result = run("--list")
    assert result.exit_code == 0
    assert all(name in result.output for name in packaged_claims())


def test_a_claim_of_ones_own_is_judged(tmp_path: Path) -> None:
    """A file beside the packaged claims; a claim that is true by arithmetic holds in every future."""
    file = tmp_path / "small.yaml"
    file.write_text(small("strong.war < weak.war + 2"))
    result = run(str(file), *FEW, "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    (claim,) = json.loads((tmp_path / "out" / "claims.json").read_text())["claims"]
    assert (claim["ruling"], claim["holds"]["value"]) == ("holds nearly everywhere", 1.0)


def test_two_claims_of_one_name_are_refused(tmp_path: Path) -> None:
    """Answers are told apart by their id."""
    file = tmp_path / f"{THREE[0]}.yaml"
    file.write_text(small().replace("id: small", f"id: {THREE[0]}"))
    result = run(THREE[0], str(file))
    assert result.exit_code == 2
    assert "another claim is called" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nato_deters_bets"], "did you mean 'nato_deters_best'"),
        ([THREE[0], "--grid", "1,2"], "is not a grid"),
        (["--view", "no_such_view"], "no_such_view"),
    ],
)
def test_a_mistake_is_told_before_any_work(arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be judged is said at once, in words, with exit code 2."""
    monkeypatch.setattr(claims_job, "answer_claims", refuse)
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the way of the folder is found before minutes of solving."""
    monkeypatch.setattr(claims_job, "answer_claims", refuse)
    (tmp_path / "out").write_text("in the way")
    result = run(THREE[0], "--out", str(tmp_path / "out" / "deeper"))
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while solving, the command says so, exits with 130 and has written nothing."""

    def interrupt(*_: Any, **__: Any) -> ClaimAnswers:
        raise KeyboardInterrupt

    monkeypatch.setattr(claims_job, "answer_claims", interrupt)
    result = run(THREE[0], "--out", str(tmp_path / "out"))
    assert result.exit_code == 130
    assert "stopped; nothing was written" in result.output
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_converges_nothing_is_ruled(tmp_path: Path) -> None:
    """Solutions that are not solutions judge no claim: exit code 3, and the page says why."""
    result = run(THREE[0], *FEW, "--max-sweeps", "1", "--tolerance", "1e-12", "--out", str(tmp_path))
    assert result.exit_code == 3
    assert "no claim could be judged" in result.output
    (claim,) = json.loads((tmp_path / "claims.json").read_text())["claims"]
    assert (claim["ruling"], claim["holds"], claim["used"]) == ("no future to judge by", None, 0)


def refuse(*_: Any, **__: Any) -> ClaimAnswers:
    raise AssertionError("nothing should be solved")
