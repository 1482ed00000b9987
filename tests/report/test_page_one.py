"""What page one tells beside the futures, and what paper carries."""

from dataclasses import replace

from foedus.arrangement.library import load_from_library
from foedus.checks.coverage import coverage_of
from foedus.checks.examine import examine
from foedus.insight.comparison.compare import compare
from foedus.report.comparison.answers.told import told_of
from foedus.report.comparison.page import comparison_page
from foedus.report.page.page import Page, all_charts
from foedus.values.quantity import Forces
from tests.insight.specimens import Profile, made_up
from tests.report.specimens import arrangements, comparison, page, provenance

ON_PAPER = ("answer", "figures", "overturns", "history", "holes")


def with_annex() -> Page:
    return comparison_page(
        comparison(),
        arrangements=arrangements(),
        parameters=(),
        provenance=provenance(),
        party_names={},
        findings={},
        with_annex=True,
    )


def test_paper_carries_the_answer_and_what_judges_it() -> None:
    """Answer, figures, what would overturn it, history and holes in brief; all else is an annex."""
    assert tuple(each.name for each in page().sections if not each.is_annex) == ON_PAPER
    assert not any(each.is_annex for each in with_annex().sections)


def test_paper_carries_two_charts_without_their_tables() -> None:
    """The figures of both stand in the table beside them or in the words above."""
    main = Page("", tuple(each for each in page().sections if not each.is_annex))
    charts = list(all_charts(main))
    assert len(charts) == 2
    assert not any(chart.is_table_printed for chart in charts)


def test_a_blocked_text_is_not_cheap_without_a_reason() -> None:
    """Russia can stop the finding of the P5 guarantee alone, and "no guarantee" obliges nobody: both are said."""
    texts = {
        each.id: each for each in map(load_from_library, ("ukraine/p5_guarantee_lavrov_2025", "ukraine/no_guarantee"))
    }
    ensemble = made_up({name: Profile(0.2) for name in texts})
    told = told_of(
        compare(ensemble, baseline="no_guarantee"),
        arrangements=texts,
        findings={name: [each.as_finding() for each in examine(text).findings] for name, text in texts.items()},
        coverage={name: coverage_of(text) for name, text in texts.items()},
        is_weighted=False,
    )
    assert "Russia, the adversary, can alone stop" in told.why_cheap["p5_guarantee_lavrov_2025"]
    assert told.why_cheap["no_guarantee"] == "under it nobody must do anything"


def test_people_in_place_are_counted() -> None:
    """The Paris declaration places 10,000 to 15,000 troops; a text without forces in place has no entry."""
    names = ("ukraine/multinational_force_paris_2026", "ukraine/no_guarantee")
    texts = {each.id: each for each in map(load_from_library, names)}
    found = compare(made_up({name: Profile(0.2) for name in texts}), baseline="no_guarantee")
    told = told_of(found, arrangements=texts, findings=None, coverage={}, is_weighted=False)
    assert told.soldiers == {"multinational_force_paris_2026": "10,000 to 15,000 troops"}


def test_more_people_than_there_are_is_said() -> None:
    """Nine million French troops are not told as if they stood there."""
    paris = load_from_library("ukraine/multinational_force_paris_2026")
    placed = replace(paris.deployments[0], by=("france",), forces=Forces(9_000_000, 9_000_000, "troops"))
    texts = {paris.id: replace(paris, deployments=(placed,)), "no_guarantee": load_from_library("ukraine/no_guarantee")}
    found = compare(made_up({name: Profile(0.2) for name in texts}), baseline="no_guarantee")
    told = told_of(found, arrangements=texts, findings=None, coverage={}, is_weighted=False)
    assert told.soldiers[paris.id] == "9,000,000 troops, more than there are"
