"""Targets from the real files: what the packaged file holds is what the command computes."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from pandas import DataFrame

from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.targets.by_study.recurrence import endings, endings_as_studied
from foedus.evidence.targets.load import declared_figures
from foedus.evidence.targets.registry import COMPUTATIONS
from foedus.evidence.targets.reproduce import Agreement, Reproduction, reproduce, to_target
from foedus.evidence.targets.tables import load_tables
from foedus.evidence.targets.write import write_targets

KNOWN_DIFFERENCES = {"B8.peacekeepers.p"}
"""The study took this test at two degrees of freedom; see decision 009."""


@pytest.fixture(scope="module")
def tables(folder: Path) -> Mapping[str, DataFrame]:
    """Read the real files once."""
    return load_tables(catalogue(), folder=folder)


@pytest.fixture(scope="module")
def reproductions(tables: Mapping[str, DataFrame]) -> tuple[Reproduction, ...]:
    """Compute every figure whose files are there."""
    return reproduce(tables, declared_figures())


@pytest.fixture(scope="module")
def computed(reproductions: tuple[Reproduction, ...]) -> Mapping[str, Reproduction]:
    """Give the figures that were computed, by id."""
    return {entry.figure.id: entry for entry in reproductions if entry.computed}


def test_every_figure_agrees_to_the_digit(computed: Mapping[str, Reproduction]) -> None:
    """Value, interval and number of cases of the earlier study come out of the raw files, to every digit it gives."""
    assert {name for name, entry in computed.items() if entry.agreement is Agreement.DIFFERS} == KNOWN_DIFFERENCES
    assert sum(entry.agreement is Agreement.SAME for entry in computed.values()) > 130


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        ("A1", 50),
        ("A2.1816_1944", 66),
        ("A2.1945_2003", 22),
        ("A3.defence", 41),
        ("A3.offence", 74),
        ("A3.neutrality", 78),
        ("A3.non_aggression", 37),
    ],
)
def test_published_rates(name: str, percent: int, computed: Mapping[str, Reproduction]) -> None:
    """Berkemeier and Fuhrmann (2018), abstract: 50 %; 66 % and 22 %; 41, 74, 78 and 37 %."""
    found = computed[name].computed
    assert found is not None
    assert round(100 * found.value) == percent
    assert computed[name].figure.published == f"{percent / 100:.2f}"


def test_what_the_lost_digits_cost(tables: Mapping[str, DataFrame]) -> None:
    """The study's count of endings was 717; the file holds 848 with a day and an outcome."""
    dyad_years = tables["ucdp_termination_dyads"]
    assert len(endings_as_studied(dyad_years)) == 717
    assert len(endings(dyad_years)) == 848


def test_the_packaged_file_is_what_the_command_writes(reproductions: tuple[Reproduction, ...]) -> None:
    """Nobody changed the packaged targets by hand, and nobody forgot to write them anew."""
    citations = {name: data_set.citation for name, data_set in catalogue().items()}
    targets = [target for entry in reproductions if (target := to_target(entry, citations))]
    assert write_targets(targets) == (files("foedus") / "evidence" / "targets.yaml").read_text(encoding="utf-8")


def test_everything_computed_is_declared(tables: Mapping[str, DataFrame], computed: Mapping[str, Reproduction]) -> None:
    """No computation yields a figure that is not described, and each described one of its data sets is computed."""
    for computation in COMPUTATIONS:
        if all(name in tables for name in computation.data):
            found = set(computation.compute(*(tables[name] for name in computation.data)))
            assert found <= set(declared_figures())
    declared = {f.id for f in declared_figures().values() if f.is_reproducible and set(f.data) <= set(tables)}
    assert declared == set(computed)
