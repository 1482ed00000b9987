"""Views of the world: named overlays, each with who argues for it."""

from pathlib import Path

import numpy as np
import pytest

from foedus.arrangement.library import load_from_library
from foedus.errors import InvalidFile, UnknownName
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters, load_parameters, packaged_views
from foedus.futures.parameters.views import find_view, view_files
from foedus.futures.sample import draw, future_of
from foedus.futures.solve import run_ensemble
from foedus.game.outcomes import OUTCOMES

SHIPPED = ("default", "adversary_bent_on_conquest", "adversary_defensive", "weak_guarantors", "long_attrition")
AUTHORED = [name for name in view_files() if name != "calibrated"]


def test_the_views_that_are_promised_ship() -> None:
    """Default, conquest, defence, weak guarantors and attrition are there, the default first."""
    assert set(SHIPPED) <= set(view_files())
    assert next(iter(view_files())) == "default"


@pytest.mark.parametrize("name", AUTHORED)
def test_each_view_says_who_argues_for_it(name: str) -> None:
    """Title, advocates and note are there for a report, and the file opens with who argues for it."""
    (view,) = load_parameters(views=[name]).views
    assert view == packaged_views()[name]
    assert view.title
    assert view.argued_by
    assert view.note
    assert "# Who argues for it:" in view_files()[name].read_text(encoding="utf-8")


@pytest.mark.parametrize("name", view_files())
def test_each_view_can_be_drawn_from(name: str) -> None:
    """Every draw of a view is a valid future, and a view other than the default changes something."""
    parameters = load_parameters(views=[name])
    sample = draw(parameters, futures=32, seed=2)
    for row in sample.values:
        future_of(dict(zip(sample.names, row.tolist(), strict=True)))
    assert bool(parameters.changes_from(default_parameters())) == (name != "default")
    assert name in packaged_views()


def test_the_default_view_has_the_digest_of_no_view() -> None:
    """Naming the default changes no number, so results under it compare."""
    assert load_parameters(views=["default"]).digest == default_parameters().digest


def test_the_later_view_lies_above_and_the_users_file_above_all(tmp_path: Path) -> None:
    """Two views that both speak of drift_A: the later counts; a file of the user's counts over both."""
    views = ["adversary_bent_on_conquest", "adversary_defensive"]
    assert load_parameters(views=views)["drift_A"].high == 0.025
    assert load_parameters(views=views[::-1])["drift_A"].high == 0.06
    mine = tmp_path / "mine.yaml"
    mine.write_text("drift_A: {fixed: 0.01, status: elicited, source: mine}\n")
    laid = load_parameters([mine], views=views)
    assert laid["drift_A"].high == 0.01
    assert laid["drift_A"].file == mine.name


def test_a_view_may_be_a_file(tmp_path: Path) -> None:
    """A path is taken as it stands; the view goes by the name of the file."""
    mine = tmp_path / "hawkish.yaml"
    mine.write_text("view: {title: hawkish}\nprior: {uniform: [0.5, 0.9], status: elicited, source: mine}\n")
    parameters = load_parameters(views=[str(mine)])
    assert parameters["prior"].low == 0.5
    assert (parameters.views[0].name, parameters.views[0].title) == ("hawkish", "hawkish")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("weak_garantors", "did you mean 'weak_guarantors'"),
        ("conquest", "adversary_bent_on_conquest"),
        ("zzz", "foedus params --views"),
    ],
)
def test_an_unknown_view_is_told_with_the_nearest(name: str, hint: str) -> None:
    """A misspelt name suggests the right one, and where nothing is near, where to look."""
    with pytest.raises(UnknownName, match=hint):
        find_view(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("view: hawkish\n", "needs a title"),
        ("view: {argued_by: me}\n", "needs a title"),
        ("view: {title: x, colour: red}\n", "needs a title, and may have"),
        ("view: {title: 3}\n", "needs a title"),
    ],
)
def test_what_is_wrong_in_the_head_of_a_view_is_told(tmp_path: Path, text: str, expected: str) -> None:
    """A view has a title in words, and nothing that it cannot have."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(text)
    with pytest.raises(InvalidFile, match=expected):
        load_parameters([mine])


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b""])
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, content: bytes) -> None:
    """Bytes that are no text, and an empty file, are told as findings, not as a traceback."""
    mine = tmp_path / "mine.yaml"
    mine.write_bytes(content)
    with pytest.raises(InvalidFile, match=r"mine\.yaml"):
        load_parameters([mine])


def test_views_move_war_the_way_their_advocates_say() -> None:
    """Without any guarantee, an adversary bent on conquest makes more war than the default, a defensive one less."""
    settings = Settings(
        futures=8,
        seed=5,
        horizon_periods=10,
        beliefs=5,
        balances=7,
        slices=2,
        tolerance=1e-3,
        max_sweeps=800,
        method="kernel",
    )
    arrangement = load_from_library("ukraine/no_guarantee")
    war = {}
    for name in ("adversary_bent_on_conquest", "default", "adversary_defensive"):
        ensemble = run_ensemble([arrangement], load_parameters(views=[name]), settings=settings, workers=1)
        used = ensemble.converged[:, 0]
        assert used.sum() >= 5
        war[name] = float(np.mean(ensemble.outcomes[used, 0, list(OUTCOMES).index("war")]))
    assert war["adversary_bent_on_conquest"] > war["default"] > war["adversary_defensive"]
