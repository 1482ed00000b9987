"""Parameters: every number has unit, range, status and source; a user's file is checked as an arrangement is."""

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import InvalidFile
from foedus.futures.parameters.load import default_parameters, load_parameters, read_parameters
from foedus.futures.parameters.record import Parameter, ParameterStatus, Shape


@pytest.mark.parametrize("parameter", default_parameters().entries, ids=lambda p: p.name)
def test_every_parameter_says_what_it_is_and_where_it_comes_from(parameter: Parameter) -> None:
    """No number without meaning, unit and source, and the range runs forwards."""
    assert parameter.what
    assert parameter.unit
    assert parameter.source
    assert parameter.low <= parameter.central <= parameter.high


def test_a_log_uniform_range_has_its_middle_at_the_geometric_mean() -> None:
    """Half of the draws lie below the geometric mean of the ends."""
    parameter = Parameter("x", "x", "days", Shape.LOGUNIFORM, 4.0, 100.0, ParameterStatus.ASSUMED, "test", "x", "test")
    assert parameter.central == pytest.approx(20)
    assert np.mean(parameter.at(np.linspace(0, 1, 1001)) < 20) == pytest.approx(0.5, abs=0.01)


def test_a_users_file_replaces_the_range_and_keeps_the_rest(tmp_path: Path) -> None:
    """An overlay names parameters that exist; what and unit may be left out."""
    mine = tmp_path / "mine.yaml"
    mine.write_text("lam_A: {uniform: [0.02, 0.025], status: elicited, source: my workshop}\n")
    base, overlaid = default_parameters(), load_parameters([mine])
    assert overlaid["lam_A"].low == 0.02
    assert overlaid["lam_A"].unit == base["lam_A"].unit
    assert overlaid["lam_P"] == base["lam_P"]
    assert overlaid.digest != base.digest == load_parameters().digest


def test_a_users_file_may_set_a_parameter_for_each_tier(tmp_path: Path) -> None:
    """Four entries, one for each tier, numbers or ranges."""
    mine = tmp_path / "mine.yaml"
    mine.write_text("penalty: {per_tier: [0, 0.01, {uniform: [0.02, 0.03]}, 0.05], status: elicited, source: mine}\n")
    overlaid = load_parameters([mine])
    assert [overlaid[f"penalty.{t}"].high for t in ("none", "support", "deploy", "defend")] == [0, 0.01, 0.03, 0.05]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lam_AA: {uniform: [1, 2], status: assumed, source: x}", "did you mean 'lam_A'"),
        ("lam_A: {uniform: [2, 1], status: assumed, source: x}", "smaller one first"),
        ("lam_A: {uniform: [1], status: assumed, source: x}", "not a range"),
        ("lam_A: {uniform: [1, 2], status: guessed, source: x}", "not a status"),
        ("lam_A: {uniform: [1, 2], status: assumed}", "no source"),
        ("lam_A: {uniform: [1, 2], fixed: 3, status: assumed, source: x}", "exactly one range"),
        ("lam_A: {loguniform: [0, 2], status: assumed, source: x}", "range above 0"),
        ("lam_A: {uniform: [1, 2], status: assumed, source: x, nota: y}", "not a key"),
        ("penalty: {per_tier: [1, 2], status: assumed, source: x}", "needs four entries"),
        ("lam_A: 3", "is not a parameter"),
        ("lam_A: {uniform: [.nan, 2], status: assumed, source: x}", "disagree"),
    ],
)
def test_what_is_wrong_in_a_parameter_file_is_told(text: str, expected: str) -> None:
    """Each mistake gives a finding that says how to mend it."""
    with pytest.raises(InvalidFile, match=expected):
        read_parameters(text, file="mine.yaml", defaults=default_parameters())


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """Two wrong entries give findings about both."""
    with pytest.raises(InvalidFile) as caught:
        read_parameters(
            "lam_A: 3\nlam_Q: {fixed: 1, status: assumed, source: x}", file="f", defaults=default_parameters()
        )
    assert {finding.line for finding in caught.value.findings} == {1, 2}
