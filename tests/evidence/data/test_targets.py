"""Targets: what the packaged file holds is what the command computes, and nothing comes without source and interval."""

from dataclasses import replace
from pathlib import Path

import pytest

from foedus.errors import InvalidFile
from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.targets.load import declared_figures, load_targets
from foedus.evidence.targets.record import DeclaredFigure, FigureMeasure, Target, TargetOrigin
from foedus.evidence.targets.reproduce import Agreement, reproduce, to_target
from foedus.evidence.targets.write import write_targets
from tests.evidence.data.made import made_table

_each = pytest.mark.parametrize("target", load_targets(), ids=lambda target: target.id)


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
