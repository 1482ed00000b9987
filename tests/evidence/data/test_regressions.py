"""Curves and regressions: published results, closed forms, second methods."""

import numpy as np
import pandas as pd
import pytest
from pandas import DataFrame
from sklearn.linear_model import LogisticRegression

from foedus.evidence.targets.statistics.cox import fit_cox
from foedus.evidence.targets.statistics.logit import fit_logit
from foedus.evidence.targets.statistics.survival import (
    compare_spells,
    estimate_hazard,
    estimate_median_years,
    estimate_survival,
)

# Weeks of remission of leukaemia patients, Freireich et al. (1963), the textbook example of censored times.
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
TREATED_STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def spells(failed: list[int], still: list[int] | None = None) -> DataFrame:
    """Make spells from times of failure and times last seen."""
    times = [*failed, *(still or [])]
    return DataFrame(
        {"years": np.array(times, dtype=float), "has_failed": [t < len(failed) for t in range(len(times))]}
    )


@pytest.mark.parametrize(("time", "share"), [(6, 0.8571), (7, 0.8067), (10, 0.7529), (16, 0.6275), (23, 0.4482)])
def test_textbook_curve(time: int, share: float) -> None:
    """The curve of the treated is the one printed in Kleinbaum and Klein, Survival Analysis, chapter 2."""
    assert estimate_survival(spells(TREATED, TREATED_STILL_WELL), years=time).value == pytest.approx(share, abs=6e-5)


def test_textbook_medians_and_test() -> None:
    """Medians 23 and 8 weeks and a log-rank statistic of 16.79 stand in the same chapter."""
    treated, placebo = spells(TREATED, TREATED_STILL_WELL), spells(PLACEBO)
    for group, weeks in ((treated, 23.0), (placebo, 8.0)):
        found = estimate_median_years(group)
        assert found is not None
        assert found.value == weeks
    assert compare_spells(treated, placebo).value == pytest.approx(4.17e-5, rel=0.01)


def test_without_censoring_the_curve_is_a_share() -> None:
    """Where every end was seen, the curve is the plain share of what lasted longer."""
    found = estimate_survival(spells(PLACEBO), years=8)
    assert found.value == pytest.approx(sum(t > 8 for t in PLACEBO) / len(PLACEBO))
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_what_never_fails_has_no_median() -> None:
    """A group of which more than half still stand has no median, and no band before the first failure."""
    lasting = spells([5], [10, 11, 12, 13])
    assert estimate_median_years(lasting) is None
    before = estimate_survival(lasting, years=2)
    assert (before.value, before.low, before.high) == (1.0, None, None)


def test_hazard_counts_time_at_risk() -> None:
    """Two failures in 3 + 5 + 10 years (what comes after ten years does not count) are 2 in 18."""
    found = estimate_hazard(spells([3, 5, 14]), years=10)
    assert found.value == pytest.approx(2 / 18)


def remission() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both groups as arrays: times, whether an end was seen, whether untreated."""
    both = pd.concat([spells(TREATED, TREATED_STILL_WELL), spells(PLACEBO)])
    untreated = np.repeat([0.0, 1.0], [len(TREATED) + len(TREATED_STILL_WELL), len(PLACEBO)])
    return both["years"].to_numpy(), both["has_failed"].to_numpy(dtype=bool), untreated[:, None]


def test_textbook_hazard_ratio() -> None:
    """Efron's rule gives 1.572 with standard error 0.412 for these patients, as R's survival package prints."""
    fit = fit_cox(*remission())
    assert fit.coefficients[0] == pytest.approx(1.572, abs=5e-4)
    assert fit.standard_errors[0] == pytest.approx(0.412, abs=5e-4)


def test_hazard_ratio_by_a_second_method() -> None:
    """Without ties the partial likelihood of three cases can be written down: its maximum solves one equation."""
    # Times 1 < 2 < 3, covariate 0, 1, 0: L(b) = 1/(2 + e^b) * e^b/(1 + e^b); dL/db = 0 at e^b = sqrt(2).
    fit = fit_cox(np.array([1.0, 2.0, 3.0]), np.ones(3, dtype=bool), np.array([[0.0], [1.0], [0.0]]))
    assert np.exp(fit.coefficients[0]) == pytest.approx(np.sqrt(2))


def test_order_and_scale_do_not_matter() -> None:
    """The order of cases, and years instead of weeks, change nothing; a covariate in other units changes its unit."""
    times, seen, x = remission()
    shuffled = np.random.default_rng(3).permutation(len(times))
    fit = fit_cox(times, seen, x)
    again = fit_cox(times[shuffled] / 52, seen[shuffled], 10 * x[shuffled])
    assert again.coefficients[0] == pytest.approx(fit.coefficients[0] / 10)
    assert again.standard_errors[0] == pytest.approx(fit.standard_errors[0] / 10)


def test_a_ridge_draws_towards_nothing() -> None:
    """The harder the coefficients are drawn towards zero, the nearer they come."""
    found = [fit_cox(*remission(), ridge=ridge).coefficients[0] for ridge in (0.0, 0.01, 0.1, 10.0)]
    assert found == sorted(found, reverse=True)
    assert 0 < found[-1] < 0.1


@pytest.mark.parametrize("columns", [[1.0, 0.0], [1.0, 2.0]])
def test_what_cannot_be_told_apart_is_refused(columns: list[float]) -> None:
    """A covariate that never varies, and two that say the same, have no hazard ratio of their own."""
    times, seen, x = remission()
    with pytest.raises(ValueError, match=r"same for all|collinear"):
        fit_cox(times, seen, np.column_stack([x * factor for factor in columns]))


def test_no_events() -> None:
    """Where nothing failed there is nothing to compare."""
    times, seen, x = remission()
    with pytest.raises(ValueError, match="at least one event"):
        fit_cox(times, seen & False, x)


def test_log_odds_of_a_table() -> None:
    """With one flag the coefficients are the log odds of the two rows of the table, their errors sums of 1/n."""
    # 3 of 10 without the flag, 12 of 16 with it.
    outcome = np.array([True] * 3 + [False] * 7 + [True] * 12 + [False] * 4)
    flag = np.array([0.0] * 10 + [1.0] * 16)[:, None]
    fit = fit_logit(outcome, flag)
    assert fit.coefficients == pytest.approx([np.log(3 / 7), np.log(12 / 4) - np.log(3 / 7)])
    assert fit.standard_errors[1] ** 2 == pytest.approx(1 / 3 + 1 / 7 + 1 / 12 + 1 / 4)


def test_log_odds_by_a_second_method() -> None:
    """Scikit-learn, with a penalty too small to matter, finds the same coefficients."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(300, 3))
    outcome = rng.uniform(size=300) < 1 / (1 + np.exp(-(0.3 + x @ np.array([1.0, -0.5, 0.0]))))
    other = LogisticRegression(C=1e8, tol=1e-10, max_iter=1000).fit(x, outcome)
    fit = fit_logit(outcome, x)
    assert fit.coefficients[1:] == pytest.approx(other.coef_[0], abs=1e-4)
    assert fit.coefficients[0] == pytest.approx(other.intercept_[0], abs=1e-4)


def test_separated_outcomes_are_refused() -> None:
    """Where a covariate tells every outcome, the likelihood has no maximum, and none is made up."""
    with pytest.raises(ValueError, match=r"separate|no maximum"):
        fit_logit(np.array([False, False, True, True]), np.array([[-2.0], [-1.0], [1.0], [2.0]]))
