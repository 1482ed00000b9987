"""The estimates of the R packages `games` 1.1.2 and `sigInt` 0.2.0, on the data that they ship (tests/reference)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from foedus.evidence.structural import fit_egame12, fit_egame122, fit_sigint

REFERENCE = Path(__file__).parents[1] / "reference"
WAR = "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
DATA_122 = "y ~ x1 + x2 | x3 + f1 | 0 | x4 + x5 | z1 + z2 | z3 + f2"
SANCTIONS = (
    "sq+cd+sf+bd ~ sqrt(senderecondep) + senderdemocracy + contig + ally - 1 | anticipatedsendercosts"
    " | sqrt(targetecondep) + anticipatedtargetcosts + contig + ally | sqrt(senderecondep) + senderdemocracy + lncaprat"
    " | targetdemocracy + lncaprat | senderdemocracy | -1"
)
FIRST_STAGE = ("PRnpl", "PFnpl")
FULL_LIKELIHOOD = -3927.90951127599
"""Found independently, with another program for the derivatives; its score is 4e-11."""


@pytest.mark.parametrize("method", ["newton", "bfgs"])
@pytest.mark.parametrize(
    ("name", "link", "errors"),
    [
        ("war1800_probit_agent_NR", "probit", "agent"),
        ("war1800_logit_agent_NR", "logit", "agent"),
        ("war1800_probit_private_NR", "probit", "private"),
    ],
)
def test_crises_since_1800(name: str, link: str, errors: str, method: str, folder: Path) -> None:
    """Escalation and war 1816 to 1992: estimates to 1e-7, standard errors to 1e-6, log-likelihood to 1e-9."""
    expected, log_likelihood = games(name)
    data = table(folder, "war1800")
    fit = fit_egame12(WAR, data, link=link, errors=errors, method=method)
    assert fit.observations == 282
    assert fit.dropped == 31
    assert np.allclose(fit.coefficients, expected.estimate, atol=1e-7)
    assert np.allclose(fit.standard_errors, expected.se, atol=1e-6)
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-9)


def test_two_answers(folder: Path) -> None:
    """The made-up data of egame122, 17 coefficients."""
    expected, log_likelihood = games("data_122_probit_agent_NR")
    fit = fit_egame122(DATA_122, table(folder, "data_122"))
    assert np.allclose(fit.coefficients, expected.estimate, atol=1e-7)
    assert np.allclose(fit.standard_errors, expected.se, atol=1e-6)
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-9)
    assert list(fit.predict()) == ["LL", "LR", "RL", "RR"]


def test_sanctions_by_pseudo_likelihood(folder: Path) -> None:
    """Replies to the first-stage chances that come with the data."""
    fit = fit_sigint(SANCTIONS, table(folder, "sanctionsData"), method="pl", first_stage=FIRST_STAGE)
    expected, log_likelihood = sigint("pl_userphat_npl")
    assert np.allclose(fit.coefficients, expected.estimate, atol=1e-7)
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-8)


@pytest.mark.parametrize("first_stage", [FIRST_STAGE, None])
def test_sanctions_by_nested_pseudo_likelihood(first_stage: tuple[str, str] | None, folder: Path) -> None:
    """The published first stage and the built-in one end in the estimates and standard errors of sigInt.

    Its estimates are exact to 2e-8, where it stops. Its standard errors come with the transposed Jacobian.
    """
    fit = fit_sigint(
        SANCTIONS, table(folder, "sanctionsData"), method="npl", first_stage=first_stage, covariance="sigint"
    )
    expected, log_likelihood = sigint("npl_userphat_npl")
    assert np.allclose(fit.coefficients, expected.estimate, atol=1e-6)
    assert np.allclose(fit.standard_errors, expected.se, atol=1e-6)
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-6)


def test_sanctions_by_full_likelihood(folder: Path) -> None:
    """Solving the equilibrium inside the likelihood raises it by 4.5, and every game has one equilibrium there."""
    fit = fit_sigint(SANCTIONS, table(folder, "sanctionsData"), method="ml")
    assert fit.log_likelihood == pytest.approx(FULL_LIKELIHOOD, abs=1e-8)
    assert fit.details["games with several equilibria"] == 0
    assert fit.is_converged


def games(name: str) -> tuple[pd.DataFrame, float]:
    """Return (estimates and standard errors, log-likelihood) of the R package games."""
    return _reference("games", name)


def sigint(name: str) -> tuple[pd.DataFrame, float]:
    """Return (estimates and standard errors, log-likelihood) of the R package sigInt."""
    return _reference("sigint", name)


def table(folder: Path, name: str) -> pd.DataFrame:
    """Return a data set of the packages, written as CSV."""
    file = folder / f"{name}.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not in the folder")
    return pd.read_csv(file)


def _reference(package: str, name: str) -> tuple[pd.DataFrame, float]:
    estimates = pd.read_csv(REFERENCE / f"{package}_estimates.csv")
    fits = pd.read_csv(REFERENCE / f"{package}_fits.csv").set_index("model")
    return estimates[estimates["model"] == name], float(fits["loglik"][name])
