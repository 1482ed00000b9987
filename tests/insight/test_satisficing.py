import numpy as np
import pytest

from foedus.game.outcomes import OUTCOMES
from foedus.insight.ranking.satisficing import Requirement, parse_requirements, satisficing_of
from foedus.values.arrays import FloatArray


def outcomes(**figures: list[list[float]]) -> FloatArray:
    """Build (future, arrangement, outcome) from tables (future, arrangement)."""
    table = np.zeros((*np.shape(next(iter(figures.values()))), len(OUTCOMES)))
    for name, rows in figures.items():
        table[:, :, list(OUTCOMES).index(name)] = rows
    return table


def test_thresholds_are_read_as_people_write_them() -> None:
    """Per cent, spaces and both directions."""
    assert parse_requirements("war <= 20%, gain_A>=-0.1") == (
        Requirement("war", "<=", 0.2),
        Requirement("gain_A", ">=", -0.1),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("war<0.2", "'war<0.2' is no requirement"),
        ("waar<=0.2", "did you mean 'war'"),
        ("war<=1.2.3", "'1.2.3' is no number"),
        ("", "is no requirement"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(text: str, message: str) -> None:
    """What cannot be read is said in words."""
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        parse_requirements(text)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """Two slips give two messages."""
    with pytest.raises(ValueError, match=r"'waar' is no outcome.*'x' is no requirement"):
        parse_requirements("waar<=1, x")


def test_each_alone_and_all_at_once() -> None:
    """War is low in futures 0 and 1, cost in 1 and 2: each is met in half of the futures, both in a quarter."""
    table = outcomes(war=[[0.1], [0.2], [0.3], [0.9]], cost=[[0.9], [0.1], [0.05], [0.2]])
    found = satisficing_of(parse_requirements("war<=0.2,cost<=0.1"), table, names=("a",))["a"]
    assert [share.value for share in found.alone] == [0.5, 0.5]
    assert found.jointly.value == 0.25


def test_meeting_all_is_never_more_frequent_than_meeting_one() -> None:
    """The joint share lies between the bounds of Frechet, whatever the outcomes."""
    table = np.random.default_rng(1).random((300, 4, len(OUTCOMES)))
    demands = parse_requirements("war<=0.6,lost<=0.7,value_P>=0.2")
    for each in satisficing_of(demands, table, names=tuple("abcd")).values():
        alone = [share.value for share in each.alone]
        assert max(0.0, sum(alone) - 2) - 1e-12 <= each.jointly.value <= min(alone)
