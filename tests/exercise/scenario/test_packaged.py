"""The scenarios that ship play as they say, onto logs that verify."""

import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from bench.exercise.determination import example
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.exercise.log.places import open_source
from foedus.exercise.log.verify import verify
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.exercise.scenario.packaged import sample_reports, sample_scripts
from foedus.exercise.scenario.reports_file import load_reports
from foedus.jobs.procedure.determine import DetermineRequest, determine_incident
from foedus.jobs.procedure.replay import ReplayRequest, replay_script
from foedus.mechanism.procedure.events import FindingMade, FindingProposed, ObligationChanged
from foedus.mechanism.procedure.obligation import ObligationStatus

_SCRIPTS = {path.parent.name: path for path in sample_scripts()}


def test_three_scenarios_ship_each_with_reports_a_script_and_a_commentary() -> None:
    """Whoever opens a scenario's folder finds what was told, who did what, and what to look at."""
    assert set(_SCRIPTS) == {"accident_on_the_line", "incursion_in_an_election", "salami_with_a_false_flag"}
    for path in _SCRIPTS.values():
        assert (path.parent / "commentary.md").is_file()
        assert {each.parent for each in sample_reports()} >= {path.parent}


@pytest.mark.parametrize("name", _SCRIPTS)
def test_a_script_plays_as_it_says_onto_a_log_that_verifies(name: str, tmp_path: Path) -> None:
    """Each step comes out as scripted, and the log gives back the state that was played."""
    log = tmp_path / "a.log"
    result = replay_script(ReplayRequest(_SCRIPTS[name], log=log))
    assert not result.unexpected
    verdict = verify(open_source(str(log)))
    assert verdict.is_whole
    assert verdict.size == sum(len(step.events) for step in result.steps)


@pytest.mark.parametrize("name", _SCRIPTS)
def test_one_altered_byte_of_any_event_is_found_at_that_event(name: str, tmp_path: Path) -> None:
    """Whoever changes a byte of what was recorded is found out, and where; each event is tried."""
    log = tmp_path / "a.log"
    replay_script(ReplayRequest(_SCRIPTS[name], log=log))
    draw = Random(name)  # noqa: S311  # no secret
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        for seq, entry in connection.execute("SELECT seq, entry FROM event ORDER BY seq").fetchall():
            place = draw.choice([i for i, letter in enumerate(entry) if letter.isascii()])
            _overwrite(connection, seq, entry[:place] + chr(ord(entry[place]) ^ 1) + entry[place + 1 :])
            flaw = verify(open_source(str(log))).flaw
            assert flaw is not None
            assert flaw.event == seq
            _overwrite(connection, seq, entry)
    assert verify(open_source(str(log))).is_whole


def test_the_false_flag_is_found_anew_and_its_promises_lapse() -> None:
    """What was found in haste is revised when the evidence is in; the record keeps that it went beyond the reports."""
    result = replay_script(ReplayRequest(_SCRIPTS["salami_with_a_false_flag"]))
    events = [
        event for step in result.steps for event in step.events if getattr(event, "incident", "") == "border_post"
    ]
    made = [event for event in events if isinstance(event, FindingMade)]
    assert [event.finding for event in made] == ["incursion", None]
    assert made[1].is_revision
    assert [event.is_beyond_reports for event in events if isinstance(event, FindingProposed)] == [True, False]
    last = [event.to for event in events if isinstance(event, ObligationChanged)][-1]
    assert last is ObligationStatus.LAPSED


def test_slices_never_add_up_to_more_than_a_warning() -> None:
    """Two slices of grey-zone pressure each call for a warning, and nothing that adds them up stands in the text."""
    result = replay_script(ReplayRequest(_SCRIPTS["salami_with_a_false_flag"]))
    tiers = {
        event.tier
        for step in result.steps
        for event in step.events
        if isinstance(event, ObligationChanged) and event.incident in ("night_drones", "rail_bomb")
    }
    assert tiers == {"support"}


def test_a_caretaker_government_that_dissents_frees_itself_and_nobody_else() -> None:
    """Where each finds for itself, one dissent suspends one duty; the new government takes it up again."""
    result = replay_script(ReplayRequest(_SCRIPTS["incursion_in_an_election"]))
    events = [event for step in result.steps for event in step.events if isinstance(event, ObligationChanged)]
    suspended = [event for event in events if event.to is ObligationStatus.SUSPENDED and event.is_binding]
    assert [event.debtors for event in suspended] == [("germany",)]
    of_germany = [event.to for event in events if event.is_binding and "germany" in event.debtors]
    assert of_germany == [ObligationStatus.DUE, ObligationStatus.SUSPENDED, ObligationStatus.DUE, ObligationStatus.MET]


def test_a_monitor_that_gets_in_clears_up_an_accident() -> None:
    """Before the patrol nobody could say what it was; after it, no breach is carried from any prior."""
    file = _SCRIPTS["accident_on_the_line"].parent / "reports.yaml"
    found = determine_incident(DetermineRequest("ukraine/multinational_force_paris_2026", file)).found
    assert {each.finding for each in found.by_prior.values()} == {None}
    assert found.carried.posterior.leading == "accident"


def test_a_report_for_five_parties_is_not_weighed_for_others() -> None:
    """Whoever may not read a report is not shown what it carries."""
    file = _SCRIPTS["incursion_in_an_election"].parent / "reports.yaml"
    name = "ukraine/kyiv_security_compact_2022"
    result = determine_incident(DetermineRequest(name, file, seen_by="estonia"))
    assert result.found.withheld == 1
    assert "polish_munition" not in str(result.to_data())


@pytest.mark.parametrize("path", sample_reports(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_page_of_every_sample_fits_eighty_columns(path: Path) -> None:
    """It can be read aloud from a terminal of eighty columns, and every part of it is there."""
    told = load_reports(path, judgments=default_judgments())
    run = CliRunner().invoke(main, ["determine", told.arrangement, "--reports", str(path)])
    assert run.exit_code == 0, run.output
    assert max(len(line) for line in run.output.splitlines()) <= 80
    for heading in (
        "WHAT IS REPORTED",
        "WHAT THE REPORTS CARRY",
        "WHAT WOULD CHANGE IT",
        "WHO OWES WHAT BY WHEN",
        "WHAT GUARANTORS MAY LAWFULLY DO",
        "WHAT HAPPENS IF NOBODY ACTS",
    ):
        assert heading in run.output


def test_the_samples_are_listed_by_their_paths() -> None:
    """`--samples` prints paths that exist, of reports for the one command and of scripts for the other."""
    for command, expected in (("determine", sample_reports()), ("replay", sample_scripts())):
        run = CliRunner().invoke(main, [command, "--samples"])
        assert run.output.split() == [str(path) for path in expected]
        assert all(Path(path).is_file() for path in run.output.split())


def test_the_worked_example_of_the_docs_is_what_the_command_prints() -> None:
    """The page shows the output of the command that it names, to the letter."""
    page = (Path(__file__).parents[3] / "docs" / "determination.md").read_text(encoding="utf-8")
    assert example() in page


def test_a_log_is_never_written_over(tmp_path: Path) -> None:
    """A replay begins a log of its own."""
    log = tmp_path / "a.log"
    log.write_text("something")
    run = CliRunner().invoke(main, ["replay", str(_SCRIPTS["accident_on_the_line"]), "--log", str(log)])
    assert run.exit_code == 2
    assert log.read_text() == "something"


def test_mistakes_in_a_file_of_reports_are_told_all_at_once_with_line_and_remedy(tmp_path: Path) -> None:
    """A slip of the pen is a finding with its line and what was probably meant."""
    text = (_SCRIPTS["accident_on_the_line"].parent / "reports.yaml").read_text()
    bad = tmp_path / "reports.yaml"
    bad.write_text(text.replace("says: one_place", "says: one_plase").replace("origin: press_agency", "orign: x"))
    run = CliRunner().invoke(main, ["determine", "ukraine/multinational_force_paris_2026", "--reports", str(bad)])
    assert run.exit_code == 2
    assert "did you mean 'one_place'?" in run.output
    assert "did you mean 'origin'?" in run.output
    assert f"{bad}:27" in run.output


def test_a_script_out_of_order_is_refused_where_it_is_wrong(tmp_path: Path) -> None:
    """Steps stand in the order of time."""
    folder = _SCRIPTS["accident_on_the_line"].parent
    (tmp_path / "reports.yaml").write_text((folder / "reports.yaml").read_text())
    script = tmp_path / "script.yaml"
    script.write_text((folder / "script.yaml").read_text().replace("'2027-04-14 00:00'", "'2027-04-01 00:00'"))
    run = CliRunner().invoke(main, ["replay", str(script)])
    assert run.exit_code == 2
    assert "lies before the one above it" in run.output


def test_judgments_that_rule_something_out_are_refused(tmp_path: Path) -> None:
    """What has no chance before any report can never be found, whatever is reported."""
    text = (files("foedus") / "parameters" / "judgments.yaml").read_text(encoding="utf-8")
    bad = tmp_path / "judgments.yaml"
    bad.write_text(text.replace("0.06, 0.22, 0.05, 0.01, 0.08]", "0.07, 0.22, 0.05, 0.0, 0.08]"))
    folder = _SCRIPTS["accident_on_the_line"].parent
    arguments = ["ukraine/multinational_force_paris_2026", "--reports", str(folder / "reports.yaml")]
    run = CliRunner().invoke(main, ["determine", *arguments, "--judgments", str(bad)])
    assert run.exit_code == 2
    assert "ruled out" in run.output


def test_a_script_can_be_played_under_another_text() -> None:
    """The same steps under another text are refused or followed by other things, and the record says which."""
    result = replay_script(
        ReplayRequest(_SCRIPTS["incursion_in_an_election"], arrangement="ukraine/istanbul_draft_2022")
    )
    assert result.unexpected


def _overwrite(connection: sqlite3.Connection, seq: int, entry: str) -> None:
    """Change an event as somebody would who knows the tables: without the triggers, which stand again afterwards."""
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE event SET entry = ? WHERE seq = ?", (entry, seq))
    for _, sql in triggers:
        connection.execute(sql)
