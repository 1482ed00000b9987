"""What the reports make of each hypothesis: one unknown value for each question, the judgments themselves uncertain.

P(h | reports) is proportional to P(h) x product over questions q of sum over values f of P(f | h) x product over
reports of P(says | f). A report of a source that is right with chance r says the true value with r, and each of the k
other values with (1 - r) / k. The tables P(f | h) are drawn from Dirichlet distributions around the rows that are held,
r from the range of the grade. The draws are the same in every run, so that sets of reports are compared like with like.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from foedus.mechanism.procedure.evidence.judgments import OTHER, Judgments
from foedus.mechanism.procedure.evidence.report import Report, telling
from foedus.values.arrays import FloatArray

_SEED = 20221206
_LOW, _HIGH = 5.0, 95.0


@dataclass(frozen=True)
class Likelihood:
    """A probability, as the middle of what the judgments allow and the range that nine of ten draws keep to."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Posterior:
    """The probability of each hypothesis, draw by draw."""

    judgments: Judgments
    draws: FloatArray
    """Axes: draw, hypothesis; each row sums to 1."""

    def of(self, hypotheses: Iterable[str]) -> Likelihood:
        """Return the probability that one of some hypotheses is true."""
        places = [self.judgments.ids.index(name) for name in hypotheses]
        share = self.draws[:, places].sum(axis=1)
        low, high = np.percentile(share, (_LOW, _HIGH))
        return Likelihood(mean=float(share.mean()), low=float(low), high=float(high))

    @property
    def bands(self) -> Mapping[str, Likelihood]:
        """Each hypothesis with its probability."""
        return {name: self.of((name,)) for name in self.judgments.ids}

    @property
    def leading(self) -> str:
        """The likeliest hypothesis."""
        return self.judgments.ids[int(self.draws.mean(axis=0).argmax())]


def weigh(reports: Iterable[Report], *, judgments: Judgments, prior: str) -> Posterior:
    """Return what the reports make of each hypothesis, from a named prior."""
    log = np.log(np.array(judgments.priors[prior]))[None, :] + np.zeros((judgments.draws, 1))
    for question, likelihood in _told(reports, judgments).items():
        log = log + np.log(np.einsum("shk,sk->sh", _tables(judgments)[question], likelihood))
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    return Posterior(judgments, weight / weight.sum(axis=1, keepdims=True))


def _told(reports: Iterable[Report], judgments: Judgments) -> dict[str, FloatArray]:
    """Return for each question that is spoken of how likely what was told is under each value: axes draw, value."""
    told: dict[str, FloatArray] = {}
    for report in telling(reports):
        values = tuple(judgments.questions[report.about].values)
        right = _reliability(report, judgments)[:, None]
        says = np.array([value == report.says for value in values])[None, :]
        likelihood = np.where(says, right, (1 - right) / (len(values) - 1))
        told[report.about] = told.get(report.about, np.ones((1, 1))) * likelihood
    return told


def _reliability(report: Report, judgments: Judgments) -> FloatArray:
    """Draw how often the source is right; its own stream, so that no other report shifts it."""
    low, high = judgments.grades[report.grade]
    stream = crc32(f"{report.origin}|{report.about}|{report.says}".encode())
    drawn: FloatArray = np.random.default_rng((_SEED, stream)).uniform(low, high, judgments.draws)
    return drawn


@lru_cache(maxsize=8)
def _tables(judgments: Judgments) -> Mapping[str, FloatArray]:
    """Draw the tables: of each question the axes draw, hypothesis, value; what is in no list stays flat."""
    drawn = {}
    for number, (question, rows) in enumerate(judgments.tables.items()):
        stream = np.random.default_rng((_SEED, number))
        weights = judgments.concentration * np.array(rows)
        table = np.stack([stream.dirichlet(row, judgments.draws) for row in weights], axis=1)
        table[:, judgments.ids.index(OTHER)] = 1 / table.shape[2]
        drawn[question] = np.maximum(table, 1e-9)
    return drawn
