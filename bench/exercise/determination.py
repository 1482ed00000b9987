"""The determination on synthetic incidents whose truth is known: echoes, planted evidence, sources worse than labelled.

Run as `python -m bench.exercise.determination`. The incidents are drawn from the judgments that ship, so that the
figures say how the reckoning holds up against bad evidence, not whether the judgments are right. Beside it stands a
naive count that takes every report for a witness of its own. `--example` prints the example of docs/determination.md.
"""

import argparse
import contextlib
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

from foedus.cli.main import main as foedus
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.exercise.scenario.packaged import sample_reports
from foedus.mechanism.procedure.evidence.judgments import Judgments
from foedus.mechanism.procedure.evidence.posterior import weigh
from foedus.mechanism.procedure.evidence.report import Report
from foedus.values.arrays import BoolArray, FloatArray

EVIDENCE = {"sparse": 4, "rich": 12}
"""Reports of an incident, echoes not counted."""
BORDERS = {"calm": "calm_border", "mobilised": "mobilised"}
_ARMED = ("incursion", "offensive")
_WORSE = 0.10
"""How much more often than its grade says a source is wrong."""
_ECHO, _PLANTED = 0.5, 0.15
"""Chance that a report is repeated by others; chance that an origin tells a story that somebody made up."""
_SEEN = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Judged:
    """What a reckoning said of one incident."""

    truth: int
    mean: FloatArray
    """Axis: hypothesis."""
    armed_low: float
    """Lower end of the band for an armed attack."""


def main() -> None:
    """Measure and print the table, or print the example."""
    parser = argparse.ArgumentParser(prog="python -m bench.exercise.determination", description=__doc__)
    parser.add_argument("--cases", type=int, default=300, help="incidents of each row")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--example", action="store_true", help="print the example of the page, nothing else")
    options = parser.parse_args()
    if options.example:
        print(example(), end="")
        return
    judgments = default_judgments()
    print(
        "| border, evidence | reckoning | log loss | first is right | says >= 90 %: share, right "
        "| armed attack, mean >= .5: right, recall | mean >= .75 | lower >= .5 | ms |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for border, prior in BORDERS.items():
        for evidence, number in EVIDENCE.items():
            draw = np.random.default_rng((options.seed, len(border), number))
            cases = [_case(judgments, prior, number, draw) for _ in range(options.cases)]
            for name, reckon in (("naive", _naive), ("foedus", _proposed)):
                start = perf_counter()
                judged = [reckon(truth, reports, judgments, prior) for truth, reports in cases]
                spent = 1000 * (perf_counter() - start) / len(cases)
                print(f"| {border}, {evidence} | {name} | {_row(judged, judgments)} | {spent:.1f} |", flush=True)


def example() -> str:
    """Return what `foedus determine` prints of the incursion that ships."""
    file = next(path for path in sample_reports() if path.parent.name == "incursion_in_an_election")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        foedus(["determine", "ukraine/kyiv_security_compact_2022", "--reports", str(file)], standalone_mode=False)
    return out.getvalue()


def _case(judgments: Judgments, prior: str, number: int, draw: np.random.Generator) -> tuple[int, tuple[Report, ...]]:
    """Draw what happened and what is told of it."""
    truth = int(draw.choice(len(judgments.ids), p=judgments.priors[prior]))
    story = int(draw.choice(len(judgments.ids)))
    facts = {name: _values(judgments, name, truth, draw) for name in judgments.questions}
    made_up = {name: _values(judgments, name, story, draw) for name in judgments.questions}
    reports: list[Report] = []
    for origin in range(number):
        about = str(draw.choice(list(judgments.questions)))
        grade = str(draw.choice(list(judgments.grades), p=[0.1, 0.3, 0.3, 0.15, 0.05, 0.1]))
        values = list(judgments.questions[about].values)
        low, high = judgments.grades[grade]
        is_right = draw.random() < max(0.0, draw.uniform(low, high) - _WORSE)
        true = made_up[about] if draw.random() < _PLANTED else facts[about]
        others = [value for value in values if value != true]
        says = true if is_right else str(draw.choice(others))
        report = Report(f"r{origin}", about, says, grade, f"o{origin}", _SEEN)
        reports.append(report)
        if draw.random() < _ECHO:
            times = int(draw.integers(1, 4))
            reports += [Report(f"r{origin}_{i}", about, says, grade, f"o{origin}", _SEEN) for i in range(times)]
    return truth, tuple(reports)


def _values(judgments: Judgments, about: str, hypothesis: int, draw: np.random.Generator) -> str:
    row = np.array(judgments.tables[about][hypothesis])
    chances = draw.dirichlet(judgments.concentration * row)
    return str(draw.choice(list(judgments.questions[about].values), p=chances))


def _proposed(truth: int, reports: tuple[Report, ...], judgments: Judgments, prior: str) -> Judged:
    posterior = weigh(reports, judgments=judgments, prior=prior)
    return Judged(truth, posterior.draws.mean(axis=0), posterior.of(_ARMED).low)


def _naive(truth: int, reports: tuple[Report, ...], judgments: Judgments, prior: str) -> Judged:
    """Take every voice for a witness of its own, who speaks of the hypothesis and not of a fact."""
    log = np.log(np.array(judgments.priors[prior]))
    for report in reports:
        values = list(judgments.questions[report.about].values)
        right = sum(judgments.grades[report.grade]) / 2
        says = np.array([right if value == report.says else (1 - right) / (len(values) - 1) for value in values])
        log = log + np.log(np.array(judgments.tables[report.about]) @ says)
    mean = np.exp(log - log.max())
    mean /= mean.sum()
    return Judged(truth, mean, float("nan"))


def _row(judged: list[Judged], judgments: Judgments) -> str:
    truth = np.array([each.truth for each in judged])
    means = np.stack([each.mean for each in judged])
    first, top = means.argmax(axis=1), means.max(axis=1)
    loss = float(-np.log(means[np.arange(len(truth)), truth]).mean())
    sure = top >= 0.9
    armed = means[:, [judgments.ids.index(name) for name in _ARMED]].sum(axis=1)
    is_armed = np.isin(truth, [judgments.ids.index(name) for name in _ARMED])
    lows = np.array([each.armed_low for each in judged])
    columns = [
        f"{loss:.2f}",
        f"{(first == truth).mean():.2f}",
        f"{sure.mean():.2f}, {_share(first == truth, sure)}",
        _right_and_recall(armed >= 0.5, is_armed),
        _right_and_recall(armed >= 0.75, is_armed),
        "" if np.isnan(lows).any() else _right_and_recall(lows >= 0.5, is_armed),
    ]
    return " | ".join(columns)


def _right_and_recall(said: BoolArray, true: BoolArray) -> str:
    return f"{_share(true, said)}, {_share(said, true)}"


def _share(what: BoolArray, among: BoolArray) -> str:
    return f"{what[among].mean():.2f}" if among.any() else "none"


if __name__ == "__main__":
    main()
