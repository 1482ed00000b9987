import numpy as np
import pytest

from foedus.insight.claims.answer import MEANINGS, ClaimRuling
from foedus.insight.claims.judging import judge, ruling_of
from tests.insight.claim_specimens import claim, evidence


def test_shares_are_those_counted_by_hand() -> None:
    """Ten futures: ahead in five, within the margin in two, behind in three."""
    weak = [0.5] * 10
    strong = [0.1, 0.2, 0.3, 0.4, 0.498, 0.4995, 0.5005, 0.6, 0.7, 0.8]
    answer = judge(claim(), evidence({"strong.war": strong, "weak.war": weak}), seed=1)
    assert answer.holds is not None
    assert answer.level is not None
    assert answer.fails is not None
    assert (answer.holds.value, answer.level.value, answer.fails.value) == (0.5, 0.2, 0.3)
    assert answer.told_apart is not None
    assert answer.told_apart.value == pytest.approx(5 / 8)
    assert answer.ruling is ClaimRuling.OPEN
    (part,) = answer.parts
    assert part.slack.mean == pytest.approx(np.mean(weak) - np.mean(strong))
    assert part.margin == pytest.approx(1e-3)
    assert answer.figures["strong.war"].mean == pytest.approx(np.mean(strong))


def test_the_interval_is_wilsons() -> None:
    """Against the worked example of the formula: 5 of 10 gives 0.2366 to 0.7634."""
    answer = judge(claim(), evidence({"strong.war": [0.0] * 5 + [1.0] * 5, "weak.war": [0.5] * 10}), seed=1)
    assert answer.holds is not None
    assert (round(answer.holds.low, 4), round(answer.holds.high, 4)) == (0.2366, 0.7634)


def test_a_tie_speaks_for_a_claim_of_no_more_than_a_tie() -> None:
    """<= holds where the sides are level; < does not."""
    values = {"strong.war": [0.5] * 10, "weak.war": [0.5004] * 5 + [0.4996] * 5}
    weak, strict = (judge(claim(f"strong.war {op} weak.war"), evidence(values), seed=1) for op in ("<=", "<"))
    assert weak.holds is not None
    assert strict.holds is not None
    assert (weak.holds.value, strict.holds.value) == (1.0, 0.0)
    assert weak.ruling is ClaimRuling.NEARLY_EVERYWHERE
    assert strict.ruling is ClaimRuling.NO_DIFFERENCE


def test_the_same_numbers_test_nothing() -> None:
    """Where both sides are equal to the last bit, a claim is not tested, and never true, whatever it says."""
    same = list(np.linspace(0, 1, 20))
    for operator in ("<", "<=", ">", ">="):
        answer = judge(
            claim(f"strong.war {operator} weak.war"), evidence({"strong.war": same, "weak.war": same}), seed=1
        )
        assert answer.ruling is ClaimRuling.UNTESTED


def test_a_dominated_side_loses_in_every_future() -> None:
    """One side lower by a fixed amount everywhere: held in all futures, failed in none, nothing to discover."""
    values = {"strong.war": np.linspace(0, 0.5, 40).tolist(), "weak.war": np.linspace(0.1, 0.6, 40).tolist()}
    for_it, against_it = (
        judge(claim(text), evidence(values), seed=1) for text in ("strong.war < weak.war", "strong.war > weak.war")
    )
    assert for_it.ruling is ClaimRuling.NEARLY_EVERYWHERE
    assert against_it.ruling is ClaimRuling.REFUTED
    assert for_it.failing is not None
    assert for_it.failing.boxes == ()


def test_all_inequalities_must_hold_and_one_may_fail_the_claim() -> None:
    """A claim of two parts holds where both do, fails where either does, and each part is counted by itself."""
    values = {
        "strong.war": [0.1, 0.1, 0.9, 0.9],
        "weak.war": [0.5] * 4,
        "strong.cost": [1.0, 3.0, 1.0, 3.0],
        "weak.cost": [2.0] * 4,
    }
    answer = judge(claim("strong.war < weak.war and strong.cost < weak.cost"), evidence(values), seed=1)
    assert answer.holds is not None
    assert answer.fails is not None
    assert (answer.holds.value, answer.fails.value) == (0.25, 0.75)
    assert [part.holds.value for part in answer.parts] == [0.5, 0.5]


def test_counts_have_a_wider_margin_than_chances() -> None:
    """The solver errs more in expected counts and values, and a claim may ask for more than either margin."""
    values = {"strong.cost": [1.0] * 4, "weak.cost": [1.002] * 4, "strong.war": [0.1] * 4, "weak.war": [0.102] * 4}
    answer = judge(claim("strong.cost < weak.cost and strong.war < weak.war"), evidence(values), seed=1)
    assert [part.holds.value for part in answer.parts] == [0.0, 1.0]
    answer = judge(claim("strong.war < weak.war", more="margin: 0.01"), evidence(values), seed=1)
    assert [part.level.value for part in answer.parts] == [1.0]


def test_futures_that_did_not_converge_are_left_out_and_counted() -> None:
    """NaN of a future left out touches nothing; with none left there is no ruling."""
    values = {"strong.war": [0.1, np.nan, 0.1], "weak.war": [0.5, 0.5, 0.05]}
    answer = judge(claim(), evidence(values, converged=np.array([True, False, True])), seed=1)
    assert (answer.drawn, answer.spoken_of, answer.used) == (3, 3, 2)
    assert answer.holds is not None
    assert answer.holds.value == 0.5
    nothing = judge(claim(), evidence(values, converged=np.zeros(3, dtype=np.bool_)), seed=1)
    assert nothing.ruling is ClaimRuling.NOTHING_TO_JUDGE
    assert nothing.holds is None


def test_a_claim_speaks_only_of_the_futures_that_it_names() -> None:
    """Where prior is above 0.5 the claim holds; elsewhere it fails and is not asked."""
    prior = [0.1, 0.2, 0.3, 0.6, 0.7]
    values = {"strong.war": [0.9, 0.9, 0.9, 0.1, 0.1], "weak.war": [0.5] * 5}
    given = evidence(values, parameters={"prior": prior})
    answer = judge(claim(more="futures:\n  where: prior > 0.5"), given, seed=1)
    assert (answer.spoken_of, answer.used) == (2, 2)
    assert answer.holds is not None
    assert answer.holds.value == 1.0


def test_where_it_fails_is_discovered() -> None:
    """A claim that fails exactly above a threshold of one parameter gives that rule back."""
    generator = np.random.default_rng(3)
    prior, other = generator.random(120), generator.random(120)
    strong = np.where(prior > 0.6, 0.9, 0.1)
    given = evidence(
        {"strong.war": strong.tolist(), "weak.war": [0.5] * 120},
        parameters={"prior": prior.tolist(), "turnover": other.tolist()},
    )
    failing = judge(claim(), given, seed=1).failing
    assert failing is not None
    (box,) = failing.boxes
    (condition,) = box.conditions
    assert (condition.parameter, condition.operator) == ("prior", ">")
    assert abs(condition.threshold - 0.6) < 0.02
    assert (box.density.value, box.coverage.value) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("holds", "level", "ruling"),
    [
        (1.0, 0.0, ClaimRuling.NEARLY_EVERYWHERE),
        (0.9, 0.1, ClaimRuling.NEARLY_EVERYWHERE),
        (0.89, 0.0, ClaimRuling.MOSTLY),
        (0.6, 0.4, ClaimRuling.MOSTLY),
        (0.59, 0.0, ClaimRuling.OPEN),
        (0.4, 0.0, ClaimRuling.OPEN),
        (0.39, 0.05, ClaimRuling.MOSTLY_FAILS),
        (0.39, 0.2, ClaimRuling.SELDOM),
        (0.1, 0.0, ClaimRuling.MOSTLY_FAILS),
        (0.09, 0.0, ClaimRuling.REFUTED),
        (0.09, 0.5, ClaimRuling.SELDOM),
        (0.09, 0.51, ClaimRuling.NO_DIFFERENCE),
        (0.45, 0.5, ClaimRuling.OPEN),
    ],
)
def test_rulings_follow_the_rule_that_is_written_out(holds: float, level: float, ruling: ClaimRuling) -> None:
    """The thresholds are those of the words, which every page prints."""
    fails = 1 - holds - level
    assert ruling_of(holds=holds, level=level, fails=fails, is_strict=True, is_same=False) is ruling
    assert set(MEANINGS) == set(ClaimRuling)
