import io
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from rich.console import Console

from foedus.checks.coverage import Coverage, coverage_of
from foedus.report.comparison.in_short import comparison_in_short
from foedus.report.comparison.tables.outcomes import overview_table
from foedus.report.page.table import Column, Table
from foedus.report.page.writers.terminal import print_page
from foedus.report.words.numbers import percent
from tests.report.specimens import BASELINE, FINDING, arrangements, comparison, labels, provenance


def printed(*, width: int, with_findings: bool = True) -> str:
    stream = io.StringIO()
    findings = {BASELINE: [FINDING]} if with_findings else None
    brief = comparison_in_short(
        comparison(),
        labels=labels(),
        provenance=provenance(),
        findings=findings,
        coverage=covered(),
        told=("Only told once.",),
    )
    print_page(brief, console=Console(file=stream, width=width))
    return stream.getvalue()


@cache
def covered() -> Mapping[str, Coverage]:
    return {name: coverage_of(record) for name, record in arrangements().items()}


@pytest.mark.parametrize("width", [80, 100, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """On a narrow terminal cells break; nothing is cut off."""
    text = printed(width=width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "…" not in text


def test_it_tells_outcomes_standing_and_convergence() -> None:
    """The table is there, what each has beside the baseline, and the line that counts what did not converge."""
    text = " ".join(printed(width=140).split())
    used = comparison().convergence.used
    assert "Averages over futures, least war first" in text
    assert "Than base: points of war more or less than the baseline" in text
    assert f"{used} of 200 futures are used" in text
    assert "Not converged:" in text


def test_findings_are_counted_only_where_they_were_asked_for() -> None:
    """Without checks there is no column that could be read as "none found"."""
    assert "Grave" in printed(width=140)
    assert "Grave" not in printed(width=140, with_findings=False)


def test_what_a_text_covers_stands_beside_its_faults() -> None:
    """The text with one grave fault shows one; beside it stands in what share of incidents somebody must help."""
    lines = printed(width=240).splitlines()
    row = next(i for i, line in enumerate(lines) if f"{labels()[BASELINE]} (baseline)" in line)
    share = percent(covered()[BASELINE].share)
    assert lines[row].replace("\u00a0", " ").split()[-3:] == [*share.split(), "1"]


def test_what_is_told_of_the_texts_stands_below_the_tables() -> None:
    """What the balance rests on is read in a terminal too."""
    assert printed(width=140).count("Only told once.") == 1


def test_texts_that_are_one_game_are_named_as_such() -> None:
    """Equal figures are no finding where the game reads the same numbers in both texts; the table says so."""
    other = next(name for name in comparison().order if name != BASELINE)
    found = replace(comparison(), same_games=((BASELINE, other),))
    note = overview_table(found, labels=labels()).note
    assert f"{labels()[BASELINE]} and {labels()[other]} are the same game" in note
    assert "same game" not in overview_table(comparison(), labels=labels()).note


@pytest.mark.parametrize("width", [80, 100, 140, 200])
def test_no_heading_is_cut_off(width: int) -> None:
    """Every column stands whole in its table, whatever the width; what a narrow terminal leaves out is named below."""
    words = {word for line in printed(width=width).splitlines() for word in line.split()}
    assert {"Major", "Land", "Cost", "sign", "base", "Grave"} <= words
    assert any("Entrapment" in word for word in words)
    assert any("Covered" in word for word in words)


def test_a_table_with_a_row_that_does_not_fit_is_refused() -> None:
    """A lost cell would shift every figure after it."""
    with pytest.raises(ValueError, match="rows x do not fit"):
        Table(caption="t", columns=(Column("a"), Column("b")), rows=(("x",),))
