"""Sobol' indices of groups of assumptions, from futures drawn for the purpose (Saltelli's design)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.insight.statistics.spread import MeanOverFutures
from foedus.values.arrays import BoolArray, FloatArray

REST_OF_GAME = "all others of the game together"
REST_OF_WORDS = "all other meanings of words together"
"""The groups of the assumptions that were not singled out: the game's own, and the yardsticks of the texts."""
_RESAMPLES = 1000
_FEWEST = 8


@dataclass(frozen=True)
class Index:
    """The part of an output's variance that a group of assumptions takes."""

    factor: str
    """Name of the group."""
    members: tuple[str, ...]
    """What is drawn with it."""
    first: MeanOverFutures
    """First order: the share explained by the group alone."""
    total: MeanOverFutures
    """Total: the share that would be left if all else were known; more than the first order where it interacts."""
    used: int
    """Base points of which the runs that this takes converged."""


@dataclass(frozen=True)
class Attribution:
    """Sobol' indices of an output."""

    indices: tuple[Index, ...]
    """The largest total first."""
    mean: float
    variance: float
    base: int
    """Base points drawn; each is solved once for itself, once for its twin and once for each group."""
    used: int
    """Base points that converged, with their twin."""

    @property
    def interactions(self) -> float:
        """Share of the variance that no group explains alone."""
        return 1 - sum(index.first.value for index in self.indices)


def saltelli_shares(factors: Mapping[str, Sequence[str]], *, base: int, seed: int) -> dict[str, FloatArray]:
    """Return for each axis its shares in [0, 1] in every run; ``factors`` say which axes move together.

    ``base (k + 2)`` runs for k factors: scrambled Sobol' points A and B, and for each factor A with that factor's axes
    from B (Saltelli et al. 2010, Comput. Phys. Commun. 181: 259-270). Raises ``ValueError`` for another base
    than a power of two.
    """
    if base < 1 or base & (base - 1):
        raise ValueError(f"{base} is no power of two: Sobol' points are balanced only for 16, 32, 64, 128, ...")
    from SALib.sample import sobol as sobol_sample  # an extra, asked for by whoever asks for indices

    shares = sobol_sample.sample(_problem(factors), base, calc_second_order=False, seed=np.random.default_rng(seed))
    return dict(zip((axis for axes in factors.values() for axis in axes), shares.T, strict=True))


def attribution_of(
    values: FloatArray, converged: BoolArray, *, factors: Mapping[str, Sequence[str]], seed: int
) -> Attribution:
    """Return first-order and total Sobol' indices of values (run), in the runs of `saltelli_shares`.

    Estimators of Saltelli et al. 2010 (first) and Jansen 1999 (total) as in SALib (Iwanaga, Usher and Herman 2022),
    with 95 % intervals of 1,000 bootstrap resamples of base points. An index uses the base points of which both points
    and that group's run converged. Raises ``ValueError`` when fewer than 8 are left for one.
    """
    table = values.reshape(-1, len(factors) + 2)
    whole = converged.reshape(table.shape)
    ends = table[whole[:, 0] & whole[:, -1]][:, [0, -1]]
    indices = tuple(
        _index(table[:, [0, k, -1]], whole[:, [0, k, -1]], factor=factor, members=members, seed=seed)
        for k, (factor, members) in enumerate(factors.items(), start=1)
    )
    return Attribution(
        indices=tuple(sorted(indices, key=lambda index: -index.total.value)) if ends.std() > 0 else (),
        mean=float(ends.mean()),
        variance=float(ends.var()),
        base=len(table),
        used=len(ends),
    )


def _problem(factors: Mapping[str, Sequence[str]]) -> dict[str, object]:
    axes = [axis for members in factors.values() for axis in members]
    return {
        "num_vars": len(axes),
        "names": axes,
        "groups": [factor for factor, members in factors.items() for _ in members],
        "bounds": [[0.0, 1.0]] * len(axes),
    }


def _index(table: FloatArray, whole: BoolArray, *, factor: str, members: Sequence[str], seed: int) -> Index:
    """Return the indices of one group from (base point, its run in A, with the group from B, in B)."""
    from SALib.analyze import sobol as sobol_analysis

    used = table[np.logical_and.reduce(whole, axis=1)]
    if len(used) < _FEWEST:
        raise ValueError(f"only {len(used)} of {len(table)} base points converged in the runs for {factor!r}")
    if used.std() == 0:
        nothing = MeanOverFutures(value=0.0, low=0.0, high=0.0)
        return Index(factor=factor, members=tuple(members), first=nothing, total=nothing, used=len(used))
    # The library takes seed 0 for no seed at all.
    found = sobol_analysis.analyze(
        _problem({factor: [factor]}), used.ravel(), calc_second_order=False, num_resamples=_RESAMPLES, seed=seed + 1
    )
    return Index(
        factor=factor,
        members=tuple(members),
        first=_estimate(found["S1"][0], found["S1_conf"][0]),
        total=_estimate(found["ST"][0], found["ST_conf"][0]),
        used=len(used),
    )


def _estimate(value: float, reach: float) -> MeanOverFutures:
    return MeanOverFutures(value=float(value), low=float(value - reach), high=float(value + reach))
