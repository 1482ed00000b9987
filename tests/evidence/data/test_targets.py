"""Targets: what the packaged file holds is what the command computes, and nothing comes without source and interval."""

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from pandas import DataFrame

from foedus.errors import InvalidFile
from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.targets.by_study.recurrence import endings, endings_as_studied
from foedus.evidence.targets.load import declared_figures, load_targets
from foedus.evidence.targets.record import DeclaredFigure, FigureMeasure, Target, TargetOrigin
from foedus.evidence.targets.registry import COMPUTATIONS
from foedus.evidence.targets.reproduce import Agreement, Reproduction, reproduce, to_target
from foedus.evidence.targets.tables import load_tables
from foedus.evidence.targets.write import write_targets
from tests.evidence.data.made import REAL, made_table, needs_real_data

_each = pytest.mark.parametrize("target", load_targets(), ids=lambda target: target.id)
KNOWN_DIFFERENCES = {"B8.peacekeepers.p"}
"""The study took this test at two degrees of freedom; see decision 009."""


@pytest.fixture(scope="module")
def tables() -> Mapping[str, DataFrame]:
    """Read the real files once."""
    return load_tables(catalogue(), folder=REAL)


@pytest.fixture(scope="module")
def reproductions(tables: Mapping[str, DataFrame]) -> tuple[Reproduction, ...]:
    """Compute every figure whose files are there."""
    return reproduce(tables, declared_figures())


@pytest.fixture(scope="module")
def computed(reproductions: tuple[Reproduction, ...]) -> Mapping[str, Reproduction]:
    """Give the figures that were computed, by id."""
    return {entry.figure.id: entry for entry in reproductions if entry.computed}


@needs_real_data
def test_every_figure_agrees_to_the_digit(computed: Mapping[str, Reproduction]) -> None:
    """Value, interval and number of cases of the earlier study come out of the raw files, to every digit it gives."""
    assert {name for name, entry in computed.items() if entry.agreement is Agreement.DIFFERS} == KNOWN_DIFFERENCES
    assert sum(entry.agreement is Agreement.SAME for entry in computed.values()) > 130


@needs_real_data
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


@needs_real_data
def test_what_the_lost_digits_cost(tables: Mapping[str, DataFrame]) -> None:
    """The study's count of endings was 717; the file holds 848 with a day and an outcome."""
    dyad_years = tables["ucdp_termination_dyads"]
    assert len(endings_as_studied(dyad_years)) == 717
    assert len(endings(dyad_years)) == 848


@needs_real_data
def test_the_packaged_file_is_what_the_command_writes(reproductions: tuple[Reproduction, ...]) -> None:
    """Nobody changed the packaged targets by hand, and nobody forgot to write them anew."""
    citations = {name: data_set.citation for name, data_set in catalogue().items()}
    targets = [target for entry in reproductions if (target := to_target(entry, citations))]
    assert write_targets(targets) == (files("foedus") / "evidence" / "targets.yaml").read_text(encoding="utf-8")


@needs_real_data
def test_everything_computed_is_declared(tables: Mapping[str, DataFrame], computed: Mapping[str, Reproduction]) -> None:
    """No computation yields a figure that is not described, and each described one of its data sets is computed."""
    for computation in COMPUTATIONS:
        if all(name in tables for name in computation.data):
            found = set(computation.compute(*(tables[name] for name in computation.data)))
            assert found <= set(declared_figures())
    declared = {f.id for f in declared_figures().values() if f.is_reproducible and set(f.data) <= set(tables)}
    assert declared == set(computed)


@_each
def test_targets_are_complete(target: Target) -> None:
    """Each target says in words what it is, on how many cases it rests, whose data they are and how wide it is."""
    assert target.what
    assert target.unit
    assert target.citation
    assert target.interval
    assert set(target.data) <= set(catalogue())
    for end, sign in ((target.low, -1), (target.high, 1)):
        assert end is None or sign * (end - target.value) >= 0
    if target.measure in {FigureMeasure.RATE, FigureMeasure.SURVIVAL}:
        assert 0 <= target.value <= 1
        assert target.interval == "none stated by the source" or target.low is not None
    if target.origin is TargetOrigin.COMPUTED:
        assert target.n > 0


def test_superseded_figures_are_no_targets() -> None:
    """What was counted wrongly, and p-values, are compared but never aimed at; what replaces them is there."""
    names = {target.id for target in load_targets()}
    for figure in declared_figures().values():
        if figure.superseded_by or figure.measure is FigureMeasure.P_VALUE:
            assert figure.id not in names
        assert not figure.superseded_by or figure.superseded_by in declared_figures()


def test_written_targets_are_read_back(tmp_path: Path) -> None:
    """Writing and reading lose nothing but digits beyond the sixth."""
    target = load_targets()[0]
    odd = replace(target, id="A0", what='a "quoted": word', value=1 / 3, low=None, high=1e-7, note="with # a mark")
    file = tmp_path / "targets.yaml"
    file.write_text(write_targets([target, odd]), encoding="utf-8")
    back = load_targets(file)
    assert back[0] == target
    assert back[1] == replace(odd, value=0.333333)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("  value: much", "value"),
        ("  measure: guess", "measure"),
        ("  colour: red", "colour"),
        ("  value: 1", "stands"),
    ],
)
def test_a_damaged_file_is_refused(line: str, complaint: str, tmp_path: Path) -> None:
    """A target with a word for a number, an unknown kind, an unknown key or a key twice is refused by line."""
    file = tmp_path / "mine.yaml"
    file.write_text(write_targets(load_targets()[:1]) + line + "\n", encoding="utf-8")
    with pytest.raises(InvalidFile, match=complaint) as caught:
        load_targets(file)
    assert all(finding.file == str(file) and finding.line for finding in caught.value.findings)


def figure(**changes: object) -> DeclaredFigure:
    """Make a rate of two in eight, as declared."""
    plain = DeclaredFigure(
        id="X1", what="x", measure=FigureMeasure.RATE, unit="share", data=("leeds_anac",), studied="0.25", n=8, count=2
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_without_the_file_the_stated_value_is_provided() -> None:
    """Where the file is missing the source's own counts stand in, marked as provided, with an interval of our own."""
    (entry,) = reproduce({}, {"X1": figure()})
    assert (entry.agreement, entry.missing) == (Agreement.FILE_MISSING, ("leeds_anac",))
    target = to_target(entry, {"leeds_anac": "Leeds and Anac"})
    assert target is not None
    assert (target.origin, target.value, target.n, target.interval) == (TargetOrigin.PROVIDED, 0.25, 8, "Wilson")


def test_without_file_and_without_statement_there_is_no_target() -> None:
    """What nobody has computed or stated is left out rather than made up."""
    (entry,) = reproduce({}, {"X1": figure(studied="", n=0, count=None)})
    assert to_target(entry, {"leeds_anac": ""}) is None


@pytest.mark.parametrize(
    ("changes", "agreement"),
    [
        ({"studied": "0.500", "n": 2}, Agreement.SAME),
        ({"studied": "0.501", "n": 2}, Agreement.DIFFERS),
        ({"studied": "0.500", "n": 3}, Agreement.DIFFERS),
        ({"studied": "0.5", "n": 2, "published": "0.6"}, Agreement.DIFFERS),
        ({"studied": "0.500", "n": 2, "low": "0.095"}, Agreement.SAME),
        ({"studied": "0.500", "n": 2, "low": "0.1"}, Agreement.SAME),
        ({"studied": "0.500", "n": 2, "low": "0.10"}, Agreement.DIFFERS),
        ({"studied": "", "n": 0}, Agreement.NEW),
    ],
)
def test_agreement_is_to_the_digit(changes: dict[str, object], agreement: Agreement, tmp_path: Path) -> None:
    """A half of two cases agrees with 0.500 of two, and with no other last digit, number of cases or interval."""
    table = made_table(tmp_path, "leeds_anac", [{"is_active": "1", "honoured": h} for h in "01"])
    (entry,) = reproduce({"leeds_anac": table}, {"A6": figure(id="A6", **changes)})
    assert entry.agreement is agreement


def test_a_table_that_holds_too_little_is_refused(tmp_path: Path) -> None:
    """A file with too few cases for its figures is named, not crashed over."""
    table = made_table(tmp_path, "icb_actors", [{"trigger": "", "response": ""}])
    with pytest.raises(InvalidFile, match="icb_actors"):
        reproduce({"icb_actors": table}, declared_figures())
