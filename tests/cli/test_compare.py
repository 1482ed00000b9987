import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import foedus
from foedus.arrangement.record import Arrangement
from foedus.cli.commands.compare import compare_command
from foedus.futures.ensemble import Ensemble, Settings
from foedus.game.outcomes import OUTCOMES
from foedus.jobs import compare as compare_job
from tests.insight.specimens import Profile, made_up
from tests.report.reading import read_results

PAIR = ["ukraine/budapest_memorandum_1994", "ukraine/nato_membership"]
ELSEWHERE = ["ukraine/nato_membership", "history/locarno_1925"]
LIBRARY = Path(foedus.__file__).parent / "library" / "ukraine"
FILES = ["report.html", "results.json", "results.parquet"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(compare_command, list(arguments))


@pytest.fixture
def made_up_runs(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Put invented outcomes in the place of the solver, and keep the settings that it was asked for."""
    asked: list[Settings] = []

    def invent(arrangements: Sequence[Arrangement], _: Any, *, settings: Settings, **__: Any) -> Ensemble:
        asked.append(settings)
        profiles = {each.id: Profile(strength=0.1 + 0.05 * i) for i, each in enumerate(arrangements)}
        return made_up(profiles, futures=settings.futures, seed=settings.seed)

    monkeypatch.setattr(compare_job, "run_ensemble", invent)
    return asked


def test_two_arrangements_are_solved_compared_and_written(tmp_path: Path) -> None:
    """The whole way, with the real solver on a small grid: tables on the screen, three files in the folder."""
    result = run(*PAIR, "--futures", "3", "--grid", "5,5,2", "--horizon", "2y", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert "Budapest memorandum 1994" in result.output
    assert "Averages over futures" in result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    results = read_results(tmp_path / "out" / "results.parquet")
    assert results.provenance.settings["horizon_periods"] == 4
    assert results.outcomes.shape == (3, 2, len(OUTCOMES))


@pytest.mark.usefixtures("made_up_runs")
def test_the_holes_of_every_text_are_found_counted_and_listed(tmp_path: Path) -> None:
    """The checks run on each text: coverage and faults on the screen, a section in the report, data for programs."""
    result = run(*PAIR, "--futures", "20", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "Covered" in result.output
    assert "Grave" in result.output
    assert "The balance of forces rests on this: dated facts of" in " ".join(result.output.split())
    told = json.loads((tmp_path / "results.json").read_text())
    findings = told["findings"]
    assert told["coverage"]["nato_membership"]["owed_at_least"]["support"] > 0
    assert {each["code"] for each in findings["budapest_memorandum_1994"]} >= {"V01", "V06", "O02"}
    assert all(each["line"] >= 1 and each["file"].endswith(".yaml") for found in findings.values() for each in found)
    report = (tmp_path / "report.html").read_text()
    assert "Russia, the adversary, can alone stop the finding that it has attacked." in report
    assert "Incident: A major offensive" in report


def test_the_same_command_gives_the_same_bytes(tmp_path: Path) -> None:
    """Same files, seed and version: same digests, and even the same files; another seed: another digest."""
    arguments = [*PAIR, "--futures", "2", "--grid", "5,5,2", "--horizon", "1y"]
    for folder, seed in (("a", "3"), ("b", "3"), ("c", "4")):
        result = run(
            *arguments, "--seed", seed, "--workers", "1" if folder == "a" else "2", "--out", str(tmp_path / folder)
        )
        assert result.exit_code == 0, result.output
    assert [(tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in FILES] == [
        True
    ] * 3
    origins = [json.loads((tmp_path / x / "results.json").read_text())["provenance"] for x in "abc"]
    assert origins[0]["outcomes_digest"] == origins[1]["outcomes_digest"] != origins[2]["outcomes_digest"]
    assert origins[0]["inputs_digest"] != origins[2]["inputs_digest"]


@pytest.mark.usefixtures("made_up_runs")
def test_a_theatre_stands_for_all_of_its_arrangements(tmp_path: Path) -> None:
    """Naming the theatre and one of its arrangements compares each of them once."""
    result = run("ukraine", PAIR[1], "--futures", "20", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    compared = json.loads((tmp_path / "results.json").read_text())["comparison"]["arrangements"]
    assert len(compared) == len(set(compared)) > 10


def test_the_first_is_the_baseline_unless_another_is_named(tmp_path: Path, made_up_runs: list[Settings]) -> None:
    """A baseline can be named by id or as it was given."""
    for named, expected in (
        ([], PAIR[0]),
        (["--baseline", "nato_membership"], PAIR[1]),
        (["--baseline", PAIR[1]], PAIR[1]),
    ):
        result = run(*PAIR, *named, "--futures", "20", "--out", str(tmp_path))
        assert result.exit_code == 0, result.output
        baseline = json.loads((tmp_path / "results.json").read_text())["comparison"]["baseline"]
        assert baseline == expected.split("/")[1]
    assert [settings.futures for settings in made_up_runs] == [20, 20, 20]


def test_options_reach_the_solver(tmp_path: Path, made_up_runs: list[Settings]) -> None:
    """Futures, seed, horizon, grid, tolerance and sweeps are those that were asked for."""
    run(
        *PAIR,
        "--futures",
        "9",
        "--seed",
        "5",
        "--horizon",
        "18 months",
        "--grid",
        "7,5,2",
        "--tolerance",
        "1e-3",
        "--max-sweeps",
        "50",
        "--out",
        str(tmp_path),
    )
    assert made_up_runs == [
        Settings(
            futures=9,
            seed=5,
            horizon_periods=3,
            beliefs=7,
            balances=5,
            slices=2,
            tolerance=1e-3,
            max_sweeps=50,
            method="kernel",
        )
    ]


def test_a_view_changes_the_futures_and_is_told_everywhere(tmp_path: Path) -> None:
    """Under a view other outcomes come out; screen, report and both results files say which view and what it moves."""
    small = [*PAIR, "--futures", "2", "--grid", "5,5,2", "--horizon", "1y"]
    plain = run(*small, "--out", str(tmp_path / "plain"))
    viewed = run(*small, "--view", "weak_guarantors", "--out", str(tmp_path / "viewed"))
    assert plain.exit_code == viewed.exit_code == 0, viewed.output
    assert "View weak_guarantors" in viewed.output
    assert "View" not in plain.output
    report = (tmp_path / "viewed" / "report.html").read_text()
    assert "What differs from the default" in report
    assert "argued by those for whom a promise to fight would be unserious" in report
    assert "What differs from the default" not in (tmp_path / "plain" / "report.html").read_text()
    told = [json.loads((tmp_path / name / "results.json").read_text()) for name in ("plain", "viewed")]
    assert told[0]["assumptions"] == {"views": [], "draws": None, "changed": {}}
    assert told[1]["assumptions"]["views"] == ["weak_guarantors"]
    assert told[1]["assumptions"]["changed"]["prior"] == {
        "default": "0.2 to 0.75, uniform",
        "here": "0.05 to 0.35, uniform",
    }
    assert told[0]["provenance"]["inputs_digest"] != told[1]["provenance"]["inputs_digest"]
    head = json.loads(pq.read_schema(tmp_path / "viewed" / "results.parquet").metadata[b"foedus"])
    assert head["assumptions"] == told[1]["assumptions"]


def test_weighted_draws_are_told(tmp_path: Path) -> None:
    """A file of draws beside an overlay is used, and the report says how many draws there are."""
    pd.DataFrame({"prior": [0.3, 0.4, 0.5], "weight": [1.0, 2.0, 1.0]}).to_parquet(tmp_path / "draws.parquet")
    (tmp_path / "mine.yaml").write_text("sample: draws.parquet\n")
    result = run(
        *PAIR,
        "--futures",
        "4",
        "--grid",
        "5,5,2",
        "--horizon",
        "1y",
        "--max-sweeps",
        "3000",
        "--parameters",
        str(tmp_path / "mine.yaml"),
        "--out",
        str(tmp_path / "out"),
    )
    assert result.exit_code == 0, result.output
    assert "taken from 3 weighted draws in draws.parquet (as good as 3 of equal weight)" in " ".join(
        result.output.split()
    )
    results = read_results(tmp_path / "out" / "results.parquet")
    drawn = results.parameters[:, results.parameter_names.index("prior")]
    assert sorted(drawn.tolist()) == [0.3, 0.4, 0.4, 0.5]


def test_another_design_is_another_draw(tmp_path: Path, made_up_runs: list[Settings]) -> None:
    """The design reaches the solver and the provenance."""
    assert run(*PAIR, "--futures", "20", "--design", "sobol", "--out", str(tmp_path)).exit_code == 0
    assert [settings.design for settings in made_up_runs] == ["sobol"]


def test_with_chunks_the_same_command_goes_on(tmp_path: Path) -> None:
    """Given twice, the second run takes every chunk from the folder and writes the same files."""
    arguments = [
        *PAIR,
        "--futures",
        "3",
        "--grid",
        "5,5,2",
        "--horizon",
        "1y",
        "--chunks",
        str(tmp_path / "chunks"),
        "--chunk-futures",
        "2",
    ]
    first = run(*arguments, "--out", str(tmp_path / "a"))
    again = run(*arguments, "--out", str(tmp_path / "b"))
    assert first.exit_code == again.exit_code == 0, again.output
    assert "kept" not in first.output
    assert f"2 of 2 chunks are kept in {tmp_path / 'chunks'} already" in again.output
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_ctrl_c_with_chunks_says_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted with chunks, the command says where they are and that it goes on from there."""

    def interrupt(*_: Any, **__: Any) -> Ensemble:
        raise KeyboardInterrupt

    monkeypatch.setattr(compare_job, "run_ensemble", interrupt)
    result = run(*PAIR, "--on", "local:2", "--out", str(tmp_path / "out"))
    assert result.exit_code == 130
    assert f"finished chunks are kept in {tmp_path / 'out' / 'chunks'}" in result.output


def test_a_cluster_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own exit code, a sentence, no traceback, nothing written."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run(*PAIR, "--on", "dask://127.0.0.1:8786", "--futures", "2", "--out", str(tmp_path / "out"))
    assert result.exit_code == 4
    assert "pip install 'foedus[cluster]'" in result.output
    assert not (tmp_path / "out").exists()


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while solving, the command says so, exits with 130 and has written nothing, not even a folder."""

    def interrupt(*_: Any, **__: Any) -> Ensemble:
        raise KeyboardInterrupt

    monkeypatch.setattr(compare_job, "run_ensemble", interrupt)
    result = run(*PAIR, "--out", str(tmp_path / "out"))
    assert result.exit_code == 130
    assert "stopped; nothing was written" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("made_up_runs")
def test_ctrl_c_while_writing_leaves_the_old_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted while the new files are flushed, the old ones stand as they were."""
    assert run(*PAIR, "--futures", "20", "--out", str(tmp_path)).exit_code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    result = run(*PAIR, "--futures", "21", "--out", str(tmp_path))
    assert result.exit_code == 130
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([PAIR[0]], "at least two arrangements"),
        ([*PAIR, "--baseline", "minsk"], "there is no file and no packaged arrangement 'minsk'"),
        ([PAIR[0], "ukraine/nato_membershop"], "did you mean 'ukraine/nato_membership'"),
        ([*PAIR, "--horizon", "soon"], "is not a duration"),
        ([*PAIR, "--grid", "1,2"], "is not a grid"),
        ([*PAIR, "--grid", "a,b"], "'a,b' is not a grid: write belief points"),
        ([*PAIR, "--grid", "1,5,2"], "'1,5,2' is too coarse"),
        ([*PAIR, "--on", "local:0"], "is no place to compute"),
        ([*PAIR, "--on", "cluster.example"], "write dask://HOST:PORT"),
        ([*PAIR, "--view", "weak_garantors"], "did you mean 'weak_guarantors'"),
    ],
)
def test_a_mistake_is_told_before_any_work(arguments: list[str], message: str) -> None:
    """What cannot be compared is said at once, in words, with exit code 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert "Traceback" not in result.output
    assert "int()" not in result.output


def test_every_finding_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    """Two bad files give the findings of both."""
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(f"foedus: 1\nid: {name[:3]}\nnaem: x\n")
    result = run(str(tmp_path))
    assert result.exit_code == 2
    assert "one.yaml" in result.output
    assert "two.yaml" in result.output


def test_a_folder_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    """A file in the way of the folder is found before minutes of solving, not after."""
    (tmp_path / "file").write_text("in the way")
    result = run(*PAIR, "--out", str(tmp_path / "file" / "out"))
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_when_nothing_converges_it_says_so_and_writes_nothing(tmp_path: Path) -> None:
    """With one sweep nothing is solved: exit code 3, advice, no file."""
    result = run(*PAIR, "--futures", "2", "--grid", "5,5,2", "--max-sweeps", "1", "--out", str(tmp_path / "out"))
    assert result.exit_code == 3
    assert "in none of the 2 futures did every arrangement converge" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("made_up_runs")
def test_a_changed_copy_is_compared_with_its_original(tmp_path: Path) -> None:
    """A copy in which a clause was changed still carries the id of the original: it goes by the name of its file."""
    original = tmp_path / "original.yaml"
    original.write_text((LIBRARY / "nato_membership.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    softer = tmp_path / "softer.yaml"
    softer.write_text(
        original.read_text(encoding="utf-8").replace("bindingness: shall_discretionary", "bindingness: intends"),
        encoding="utf-8",
    )
    result = run(
        str(original), str(softer), "--futures", "20", "--baseline", "softer.yaml", "--out", str(tmp_path / "out")
    )
    assert result.exit_code == 0, result.output
    assert "NATO membership (softer)" in result.output


def test_texts_about_different_sides_are_refused(tmp_path: Path) -> None:
    """What differs between Ukraine and Belgium is the theatre as well as the text."""
    result = run(*ELSEWHERE, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "Ukraine against Russia" in result.output
    assert "--across" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("made_up_runs")
def test_with_across_the_table_and_the_page_say_what_is_compared(tmp_path: Path) -> None:
    """Whoever asks for it gets it, with a sentence that no ranking follows."""
    result = run(*ELSEWHERE, "--across", "--futures", "20", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    said = "These texts are about different sides: Ukraine against Russia in"
    assert said in " ".join(result.output.split())
    assert said in (tmp_path / "report.html").read_text()


@pytest.mark.usefixtures("made_up_runs")
def test_texts_can_be_put_into_another_theatre(tmp_path: Path) -> None:
    """The page then speaks of the sides of that theatre; one that nobody knows is refused with those there are."""
    placed = run(*PAIR, "--theatre", "baltic_2025", "--futures", "20", "--out", str(tmp_path))
    assert placed.exit_code == 0, placed.output
    assert "Russia against Estonia, Latvia and Lithuania" in " ".join(placed.output.split())
    unknown = run(*PAIR, "--theatre", "mars", "--futures", "20", "--out", str(tmp_path))
    assert unknown.exit_code == 2
    assert "baltic_2025" in unknown.output


def test_texts_that_are_one_game_are_one_row(tmp_path: Path) -> None:
    """A copy that keeps foreign bases out is the same game: one row, a sentence that names the clause, and the twin."""
    text = (LIBRARY / "nato_membership.yaml").read_text(encoding="utf-8")
    (tmp_path / "nato.yaml").write_text(text, encoding="utf-8")
    bases = text.replace("\ncommitments:", "\nexclusions: [{what: foreign_bases}]\n\ncommitments:", 1)
    (tmp_path / "norway.yaml").write_text(bases, encoding="utf-8")
    small = ["--futures", "2", "--grid", "5,5,2", "--horizon", "1y", "--out", str(tmp_path)]
    result = run(str(tmp_path / "nato.yaml"), str(tmp_path / "norway.yaml"), *small)
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    assert "are one row: to the game these texts are the same numbers" in said
    assert "exclusions (foreign bases)" in said
    compared = json.loads((tmp_path / "results.json").read_text())["comparison"]["arrangements"]
    assert compared == ["nato_membership", "nato_membership_without_clauses"]


def test_many_futures_begin_with_a_first_look(tmp_path: Path) -> None:
    """Twenty of a hundred futures are told aside while the others are solved, with what they leave open."""
    terms = ("--futures", "100", "--grid", "3,3,1", "--horizon", "1y", "--tolerance", "0.01")
    result = run(*PAIR, *terms, "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    told, _, said = " ".join(result.stderr.split()).partition("NATO membership")
    assert "A first look, at 20 of 100 futures; the others are being solved" in told
    assert "%" in said
    assert "A first look" not in result.stdout


@pytest.mark.usefixtures("made_up_runs")
def test_few_futures_need_no_first_look(tmp_path: Path) -> None:
    """Where all are solved at once nothing is told aside."""
    assert "A first look" not in run(*PAIR, "--futures", "99", "--out", str(tmp_path)).output
