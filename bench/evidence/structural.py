"""Structural estimation beside the R packages: `python -m bench.evidence.structural`.

--only reference   Estimates, standard errors and log-likelihoods of the R packages `games` and `sigInt`, reproduced,
                   and how long either takes. Needs the packages' data as CSV in the folder that FOEDUS_DATA
                   names (tests/reference/README.md). R is not run here: its seconds were measured once (R 4.2.2,
                   games 1.1.2, sigInt 0.2.0, November 2026).
--only growth      How time grows with rows, on made-up data.
--only covariance  Whether the standard errors of the nested pseudo-likelihood are those of repeated samples.
"""

import argparse
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from bench.measuring.page import ROOT
from bench.measuring.repeats import print_table, ratios, spread
from foedus.errors import FoedusError
from foedus.evidence.data.folder import VARIABLE
from foedus.evidence.structural import Fit, fit_egame12, fit_egame122, fit_sigint
from foedus.evidence.structural.crisis.equilibria import find_all, probabilities
from foedus.evidence.structural.crisis.game import ENDS, payoffs
from foedus.evidence.structural.egame.egame import TreeGame
from foedus.evidence.structural.likelihood.trees import EGAME12
from foedus.values.arrays import FloatArray

REFERENCE = ROOT / "tests" / "reference"
WAR = "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
DATA_122 = "y ~ x1 + x2 | x3 + f1 | 0 | x4 + x5 | z1 + z2 | z3 + f2"
SANCTIONS = (
    "sq+cd+sf+bd ~ sqrt(senderecondep) + senderdemocracy + contig + ally - 1 | anticipatedsendercosts"
    " | sqrt(targetecondep) + anticipatedtargetcosts + contig + ally | sqrt(senderecondep) + senderdemocracy + lncaprat"
    " | targetdemocracy + lncaprat | senderdemocracy | -1"
)
CRISES = "sq + cd + sf + bd ~ x1 - 1 | x2 | x3 | x4 | x5 | 1 | 0"
TRUTH = np.array([0.4, 0.8, 0.3, -0.6, 0.3, -0.7, 0.4, -0.3, 0.4, -0.9])
PARTS = ("reference", "growth", "covariance")


@dataclass(frozen=True)
class Case:
    """A model that an R package was fitted to."""

    package: str
    name: str
    file: str
    r_seconds: float
    """CPU seconds of R from formula and table to the fit, median; for the nested pseudo-likelihood, seconds gone."""
    fit: Callable[[pd.DataFrame], Fit]


CASES = (
    Case("games", "war1800_probit_agent_NR", "war1800", 0.022, lambda d: fit_egame12(WAR, d)),
    Case("games", "war1800_logit_agent_NR", "war1800", 0.021, lambda d: fit_egame12(WAR, d, link="logit")),
    Case("games", "war1800_probit_private_NR", "war1800", 0.024, lambda d: fit_egame12(WAR, d, errors="private")),
    Case("games", "data_122_probit_agent_NR", "data_122", 0.15, lambda d: fit_egame122(DATA_122, d)),
    Case(
        "sigInt",
        "pl_userphat_npl",
        "sanctionsData",
        0.9,
        lambda d: fit_sigint(SANCTIONS, d, method="pl", first_stage=("PRnpl", "PFnpl")),
    ),
    Case(
        "sigInt",
        "npl_userphat_npl",
        "sanctionsData",
        2.96,
        lambda d: fit_sigint(SANCTIONS, d, method="npl", first_stage=("PRnpl", "PFnpl"), covariance="sigint"),
    ),
)


def main() -> None:
    """Run the parts that are asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.evidence.structural",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--samples", type=int, default=40, help="repeated samples of the part covariance")
    options = parser.parse_args()
    if "reference" in options.only:
        reference(repeats=options.repeats)
    if "growth" in options.only:
        growth(options.rows, repeats=min(options.repeats, 5))
    if "covariance" in options.only:
        covariance(samples=options.samples)


def reference(*, repeats: int) -> None:
    """Print how near to R's figures ours are, and how long either takes."""
    if missing := [case.file for case in CASES if not _file(case.file).exists()]:
        print(f"not in the folder that {VARIABLE} names, so nothing to compare: {', '.join(dict.fromkeys(missing))}\n")
        return
    rows = [_compared(case, repeats=repeats) for case in CASES]
    columns = ("model", "rows", "estimates", "s.e.", "log-likelihood", "R, CPU s", "foedus, CPU s", "R / foedus")
    print_table(
        columns,
        rows,
        title="Largest difference from R, and CPU seconds from formula and table to the fit: median and range",
    )
    data = _table("sanctionsData")
    fit = fit_sigint(SANCTIONS, data)
    times = cpu_seconds(lambda: fit_sigint(SANCTIONS, data), repeats=min(repeats, 3))
    nested = float(_fits("sigInt")["loglik"]["npl_userphat_npl"])
    print_table(
        ("log-likelihood", "that of sigInt", "games with several equilibria", "foedus, CPU s"),
        [
            (
                f"{fit.log_likelihood:.6f}",
                f"{nested:.6f}",
                f"{fit.details['games with several equilibria']:.0f}",
                spread(times),
            )
        ],
        title="Full maximum likelihood of the same sanctions data, which sigInt does not offer",
    )


def growth(rows: list[int], *, repeats: int) -> None:
    """Print how long egame12 takes for more and more rows, eight coefficients."""
    lines = []
    for count in rows:
        fit = partial(fit_egame12, "y ~ x1 + x2 | 0 | x3 | x4 + x5", _moves(count))
        times = cpu_seconds(fit, repeats=repeats)
        lines.append((f"{count:,}", spread(times)))
    print_table(("rows", "CPU seconds"), lines, title="egame12, probit, agent error, 8 coefficients, made-up data")


def covariance(*, samples: int) -> None:
    """Print the mean of squared errors in units of the standard errors: 1 where those are right."""
    squares: dict[str, list[FloatArray]] = {"npl": [], "sigint": [], "ml": []}
    for seed in range(samples):
        data = _crises(games=150, times=60, seed=seed)
        try:
            fits = {
                "npl": fit_sigint(CRISES, data, method="npl"),
                "ml": fit_sigint(CRISES, data),
                "sigint": fit_sigint(CRISES, data, method="npl", covariance="sigint"),
            }
        except FoedusError as error:
            print(f"sample {seed}: {error}")
            continue
        for name, fit in fits.items():
            squares[name].append(((fit.beta - TRUTH) / fit.standard_errors.to_numpy()) ** 2)
    told = {
        "npl": "nested pseudo-likelihood, as foedus computes it",
        "sigint": "the same, as sigInt computes it",
        "ml": "full maximum likelihood",
    }
    lines = [
        (told[name], len(found), f"{np.mean(found):.2f}", ", ".join(f"{x:.2f}" for x in np.mean(found, axis=0)))
        for name, found in squares.items()
    ]
    print_table(
        ("standard errors", "samples", "mean square", "by coefficient"),
        lines,
        title="((estimate - truth) / s.e.)^2 over samples of 150 games seen 60 times each",
    )


def cpu_seconds(work: Callable[[], object], *, repeats: int) -> list[float]:
    """Return the processor time of each repeat, after one to warm up: others may be busy on the machine."""
    work()
    found = []
    for _ in range(repeats):
        began = process_time()
        work()
        found.append(process_time() - began)
    return found


def _compared(case: Case, *, repeats: int) -> tuple[str, ...]:
    data = _table(case.file)
    fit = case.fit(data)
    expected = pd.read_csv(REFERENCE / f"{case.package.lower()}_estimates.csv")
    expected = expected[expected["model"] == case.name]
    fits = _fits(case.package)
    times = cpu_seconds(lambda: case.fit(data), repeats=repeats)
    difference = np.abs(fit.standard_errors.to_numpy() - expected["se"].to_numpy())
    return (
        f"{case.package} {case.name.removesuffix('_NR')}",
        str(fit.observations),
        f"{np.abs(fit.coefficients.to_numpy() - expected['estimate'].to_numpy()).max():.0e}",
        "not given" if np.isnan(difference).all() else f"{np.nanmax(difference):.0e}",
        f"{abs(fit.log_likelihood - float(fits['loglik'][case.name])):.0e}",
        f"{case.r_seconds:g}",
        spread(times),
        ratios([case.r_seconds] * len(times), times),
    )


def _fits(package: str) -> pd.DataFrame:
    return pd.read_csv(REFERENCE / f"{package.lower()}_fits.csv").set_index("model")


def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(_file(name))


def _file(name: str) -> Path:
    return Path(os.environ.get(VARIABLE) or "no folder", f"{name}.csv")


def _moves(rows: int) -> pd.DataFrame:
    """Return rows of egame12 with known utilities."""
    random = np.random.default_rng(1)
    x = random.standard_normal((5, rows))
    utilities = np.array([0.2 - 0.7 * x[0] + 0.5 * x[1], 0.4 + 0.9 * x[2], 0.3 + 0.8 * x[3] - 0.6 * x[4]])
    jets = TreeGame(EGAME12).log_probabilities(utilities, names=("u11", "u14", "u24"))
    chances = np.exp([jet.value for jet in jets])
    ends = 1 + (random.random(rows) > np.cumsum(chances, axis=0)[:-1]).sum(axis=0)
    return pd.DataFrame(x.T, columns=[f"x{n}" for n in range(1, 6)]).assign(y=ends)


def _crises(*, games: int, times: int, seed: int) -> pd.DataFrame:
    """Return crisis games with known utilities, each in its lowest equilibrium."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((5, games))
    t = TRUTH
    played = payoffs(
        {
            "SA": t[0] * x[0],
            "VA": t[1] + t[2] * x[1],
            "CB": t[3] + t[4] * x[2],
            "barWA": t[5] + t[6] * x[3],
            "barWB": t[7] + t[8] * x[4],
            "bara": t[9],
        },
        games=games,
    )
    found = find_all(played)
    first = np.flatnonzero(np.append(True, np.diff(found.game) > 0))
    counts = random.multinomial(times, probabilities(played, found.r[first])[list(ENDS)].to_numpy())
    return pd.DataFrame(x.T, columns=[f"x{n}" for n in range(1, 6)]).join(pd.DataFrame(counts, columns=list(ENDS)))


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        main()
