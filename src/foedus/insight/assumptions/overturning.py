"""What would overturn a ranking: how often a leader stays ahead in each third of a parameter's range."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from foedus.futures.ensemble import Sample
from foedus.insight.discovery.failing import Picture, picture_of
from foedus.insight.discovery.scenario import Discovery, discover
from foedus.insight.ranking.order import lead_of
from foedus.insight.statistics.axes import axes_of
from foedus.insight.statistics.spread import Share, share_of
from foedus.values.arrays import FloatArray, IntArray

THIRDS = ("lowest", "middle", "highest")
_SHUFFLES = 500
_SHUFFLES_AT_ONCE = 50
_FEWEST = 10
"""A third with fewer futures than this cannot say that the order turns over."""


@dataclass(frozen=True)
class Third:
    """The futures in which a parameter lies in one third of its draws."""

    which: str
    """``lowest``, ``middle`` or ``highest``."""
    low: float
    """Smallest value of the parameter in it."""
    high: float
    """Largest value in it."""
    futures: int
    ahead: float
    """Share of them in which the leader is ahead by more than the margin."""
    credit: float
    """The same, a tie counting half: below one half the leader is behind more often than it is ahead."""


@dataclass(frozen=True)
class ParameterEffect:
    """How much one parameter moves a lead."""

    parameter: str
    together: tuple[str, ...]
    """Other parameters that are drawn in step with it and cannot be told from it."""
    thirds: tuple[Third, ...]
    """From the lowest to the highest; a third is missing where the parameter takes too few values."""
    spread: float
    """Largest less smallest ``credit`` over the thirds."""
    correlation: float
    """Rank correlation (Spearman) of the parameter with the size of the lead; positive: more of it, more lead."""
    turns: bool
    """Whether the leader is behind more often than ahead in a third while it is ahead more often over all."""


@dataclass(frozen=True)
class Movement:
    """What moves how often something is ahead."""

    chance: float
    """Spread that the strongest of all parameters would reach by chance alone in 1 of 20 such questions."""
    levers: tuple[ParameterEffect, ...]
    """All parameters that vary, the largest spread first."""

    @property
    def beyond_chance(self) -> tuple[ParameterEffect, ...]:
        """The levers whose spread is more than chance alone would show."""
        return tuple(lever for lever in self.levers if lever.spread > self.chance)


@dataclass(frozen=True)
class Challenge:
    """A leader against one rival, on one measure."""

    measure: str
    leader: str
    rival: str
    ahead: Share
    """Futures in which the leader is ahead by more than the margin."""
    level: Share
    """Futures in which the two cannot be told apart."""
    behind: Share
    """Futures in which the rival is ahead by more than the margin."""
    chance: float
    """Spread that the strongest of all parameters would reach by chance alone in 1 of 20 such comparisons."""
    levers: tuple[ParameterEffect, ...]
    """All parameters that vary, the largest spread first."""
    flips: Discovery
    """In which futures the rival is ahead, by more than the margin, as a rule of a few conditions."""
    picture: Picture | None
    """The futures in the plane of that rule; None where there is none."""

    @property
    def credit(self) -> float:
        """Share of futures in which the leader is ahead, a tie counting half."""
        return self.ahead.value + self.level.value / 2

    @property
    def beyond_chance(self) -> tuple[ParameterEffect, ...]:
        """The levers whose spread is more than chance alone would show."""
        return tuple(lever for lever in self.levers if lever.spread > self.chance)


def challenge(
    *, measure: str, leader: str, rival: str, lead: FloatArray, sample: Sample, margin: float, seed: int
) -> Challenge:
    """Ask of a lead (future), positive where the leader is better, which parameters (future, parameter) move it.

    Each parameter's draws are cut into thirds by rank, equal values staying together; ``chance`` is the 95 % quantile,
    over 500 shuffles of the futures, of the largest spread of any parameter. Parameters with equal ranks are one lever.
    """
    credit = lead_of(-lead, np.zeros_like(lead), margin=margin)
    movement = movement_of(lead, sample=sample, margin=margin, seed=seed)
    behind = credit == 0
    flips = discover(sample.values, sample.names, behind, seed=seed, most_boxes=1)
    return Challenge(
        measure=measure,
        leader=leader,
        rival=rival,
        ahead=share_of((credit == 1).astype(np.float64)),
        level=share_of((credit == 0.5).astype(np.float64)),
        behind=share_of(behind.astype(np.float64)),
        chance=movement.chance,
        levers=movement.levers,
        flips=flips,
        picture=picture_of(flips, holds=behind, figure=lead, sample=sample),
    )


def movement_of(lead: FloatArray, *, sample: Sample, margin: float, seed: int) -> Movement:
    """Return which parameters (future, parameter) move how often a lead (future) is above nothing."""
    credit = lead_of(-lead, np.zeros_like(lead), margin=margin)
    axes = axes_of(sample.values, sample.names)
    names, steps = axes.names, axes.together
    values = sample.values[:, [sample.names.index(name) for name in names]]
    thirds = np.stack([_third_of(column) for column in values.T], axis=1) if names else np.empty((len(lead), 0), int)
    wins = _shares(thirds, (credit == 1).astype(np.float64)[None, :])[0]
    shares_with_ties = _shares(thirds, credit[None, :])[0]
    levers = [
        _lever(
            names[p],
            together=steps[p],
            values=values[:, p],
            third=thirds[:, p],
            wins=wins[p],
            shares_with_ties=shares_with_ties[p],
            lead=lead,
            leads=float(credit.mean()) > 0.5,
        )
        for p in range(len(names))
    ]
    return Movement(
        chance=_chance(thirds, credit, seed=seed) if levers else 0.0,
        levers=tuple(sorted(levers, key=lambda lever: (-lever.spread, -abs(lever.correlation)))),
    )


def rank_correlation(a: FloatArray, b: FloatArray) -> float:
    """Return Spearman's rank correlation of a and b (future), 0 when one of them does not vary."""
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def _third_of(values: FloatArray) -> IntArray:
    third: IntArray = np.minimum(3 * (rankdata(values) - 0.5) // len(values), 2).astype(np.int64)
    return third


def _shares(thirds: IntArray, credit: FloatArray) -> FloatArray:
    """Return (shuffle, parameter, third) mean of credit (shuffle, future); NaN for an empty third."""
    members = (thirds[:, :, None] == np.arange(3)).astype(np.float64)
    counts = members.sum(axis=0)
    sums = np.tensordot(credit, members, axes=(1, 0))
    shares: FloatArray = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return shares


def _chance(thirds: IntArray, ahead: FloatArray, *, seed: int) -> float:
    generator = np.random.default_rng(seed)
    largest: list[float] = []
    for _ in range(_SHUFFLES // _SHUFFLES_AT_ONCE):
        shuffled = generator.permuted(np.tile(ahead, (_SHUFFLES_AT_ONCE, 1)), axis=1)
        shares = _shares(thirds, shuffled)
        largest.extend((np.nanmax(shares, axis=2) - np.nanmin(shares, axis=2)).max(axis=1))
    return float(np.quantile(largest, 0.95))


def _lever(
    name: str,
    *,
    together: Sequence[str],
    values: FloatArray,
    third: IntArray,
    wins: FloatArray,
    shares_with_ties: FloatArray,
    lead: FloatArray,
    leads: bool,
) -> ParameterEffect:
    thirds = tuple(
        Third(
            which=which,
            low=float(values[third == i].min()),
            high=float(values[third == i].max()),
            futures=int((third == i).sum()),
            ahead=float(wins[i]),
            credit=float(shares_with_ties[i]),
        )
        for i, which in enumerate(THIRDS)
        if np.any(third == i)
    )
    shares = [entry.credit for entry in thirds]
    return ParameterEffect(
        parameter=name,
        together=tuple(together),
        thirds=thirds,
        spread=max(shares) - min(shares),
        correlation=rank_correlation(values, lead),
        turns=leads and any(entry.credit < 0.5 and entry.futures >= _FEWEST for entry in thirds),
    )
