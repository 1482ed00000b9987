"""Sensitivity from futures already solved: which share of an output's variance each assumption explains alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from foedus.futures.ensemble import Sample
from foedus.insight.statistics.axes import axes_of
from foedus.insight.statistics.basis import FEWEST, CurveBasis, curve_basis_of
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.values.arrays import FloatArray, IntArray

_SHUFFLES = 199
_RESAMPLES = 400
_LEVEL = 1e-9
"""Figures that lie no further apart than this are one figure, and rounding."""


@dataclass(frozen=True)
class Influence:
    """How much one assumption moves an output by itself."""

    parameter: str
    together: tuple[str, ...]
    """Other parameters that are drawn in step with it and cannot be told from it."""
    first_order: MeanOverFutures
    """First-order index: share of the variance that knowing it alone explains; below 0 by chance where it is none."""
    direction: float
    """Rank correlation with the output: positive where more of it means more of the output."""
    is_beyond_chance: bool


@dataclass(frozen=True)
class Sensitivity:
    """What moves an output, judged from the futures of a comparison."""

    output: str
    """Name of the outcome."""
    arrangement: str
    less: str
    """Id of the arrangement whose outcome is taken off in each future; empty where the outcome itself is meant."""
    variance: float
    influences: tuple[Influence, ...]
    """Those beyond chance, the strongest first; where all were to be told, also others."""
    chance: float
    """Index that the strongest of all parameters would reach by chance alone in 1 of 20 such searches."""
    together: float
    """Sum of the indices above; what is left is smaller effects, interactions and noise of the estimate."""


def sensitivity_of(
    values: FloatArray,
    *,
    output: str,
    arrangement: str,
    less: str = "",
    sample: Sample,
    seed: int,
    most: int = 10,
    is_all_told: bool = False,
) -> Sensitivity:
    """Return first-order Sobol' indices of values (future) from any sample of independent parameters.

    ``S_p = Var(E[Y | x_p]) / Var(Y)``, with E[Y | x_p] a cubic in the rank of x_p fitted by least squares and the
    explained share corrected for its k terms, ``S = 1 - (1 - R^2) (n - 1) / (n - 1 - k)`` (the EASI and RBD-FAST
    family: Plischke 2010, RESS 95: 354-360; the correction: Ezekiel's, as Tissot and Prieur 2012, RESS 107: 205-213).
    The strongest is told first, its curve taken off, and the next sought in what is left, so that the strong do not
    hide the weak; it ends where none passes ``chance``, the 95 % quantile over 199 shuffles of the largest index of
    any parameter; or, where all are to be told, after ``most`` of them. Interval: 400 bootstrap resamples of futures,
    centred on the estimate.
    """
    variance = float(values.var())
    nothing = Sensitivity(output, arrangement, less, variance, influences=(), chance=0.0, together=0.0)
    axes = axes_of(sample.values, sample.names)
    if len(values) < FEWEST or not axes.names or np.ptp(values) < _LEVEL:
        return nothing
    basis, generator = curve_basis_of(axes), np.random.default_rng(seed)
    resamples = generator.integers(len(values), size=(_RESAMPLES, len(values)))
    influences, chance = [], 0.0
    for step in _strongest_first(
        values - values.mean(), basis, generator=generator, most=most, is_all_told=is_all_told
    ):
        chance = step.chance
        if is_all_told or step.index > chance:
            estimate = _estimate(step, values, basis.columns[step.axis], resamples=resamples)
            influences.append(
                Influence(
                    parameter=axes.names[step.axis],
                    together=axes.together[step.axis],
                    first_order=estimate,
                    direction=float(np.corrcoef(rankdata(axes.codes[:, step.axis]), rankdata(values))[0, 1]),
                    is_beyond_chance=step.index > chance,
                )
            )
    return Sensitivity(
        output,
        arrangement,
        less,
        variance,
        chance=chance,
        influences=tuple(sorted(influences, key=lambda each: -each.first_order.value)),
        together=float(sum(each.first_order.value for each in influences)),
    )


def first_order(outputs: FloatArray, basis: CurveBasis) -> FloatArray:
    """Return (axis, output) corrected first-order indices of outputs (future, output), none of them constant."""
    apart = outputs - outputs.mean(axis=0)
    axes, futures, terms = basis.columns[:, :, 1:].shape
    flat = basis.columns[:, :, 1:].transpose(0, 2, 1).reshape(axes * terms, futures)
    explained = ((flat @ apart) ** 2).reshape(axes, terms, -1).sum(axis=1) / (apart**2).sum(axis=0)
    used = np.any(basis.columns[:, :, 1:] != 0, axis=1).sum(axis=1)[:, None]
    return _corrected(explained, futures=futures, terms=used)


@dataclass(frozen=True, eq=False)
class _Step:
    """The strongest axis in what is left of the output."""

    axis: int
    index: float
    """Share of the whole output's variance."""
    chance: float
    left: FloatArray
    """(future) the output less the curves of the steps before."""


def _strongest_first(
    values: FloatArray, basis: CurveBasis, *, generator: np.random.Generator, most: int, is_all_told: bool
) -> Iterator[_Step]:
    """Give a step for each axis beyond chance and the first that is not, or ``most``; values (future) have mean 0."""
    left, whole = values, float(values.var())
    gone: list[int] = []
    for _ in range(min(most, len(basis.columns))):
        share = float(left.var()) / whole
        indices = share * first_order(left[:, None], basis)[:, 0]
        indices[gone] = -np.inf
        shuffled = generator.permuted(np.tile(left, (_SHUFFLES, 1)), axis=1).T
        chance = share * float(np.quantile(first_order(shuffled, basis).max(axis=0), 0.95))
        axis = int(indices.argmax())
        yield _Step(axis=axis, index=float(indices[axis]), chance=chance, left=left)
        gone.append(axis)
        columns = basis.columns[axis]
        left = left - columns @ (columns.T @ left)
        is_last = indices[axis] <= chance and not is_all_told
        if is_last or float(left.var()) <= 1e-12 * whole:
            return


def _corrected(explained: FloatArray, *, futures: int, terms: IntArray | int) -> FloatArray:
    corrected: FloatArray = 1 - (1 - explained) * (futures - 1) / np.maximum(futures - 1 - terms, 1)
    return corrected


def _estimate(step: _Step, values: FloatArray, columns: FloatArray, *, resamples: IntArray) -> MeanOverFutures:
    """Refit the step's curve in each resample (resample, future); columns (future, term)."""
    used = columns[:, : 1 + int(np.any(columns[:, 1:] != 0, axis=0).sum())]
    x, y = used[resamples], step.left[resamples]
    moments = np.einsum("rnk,rn->rk", x, y)
    grams = np.einsum("rnk,rnl->rkl", x, x) + 1e-12 * np.eye(used.shape[1])
    weights = np.linalg.solve(grams, moments[..., None])[..., 0]
    squares, whole = y.var(axis=1), values[resamples].var(axis=1)
    unexplained = (y - np.einsum("rnk,rk->rn", x, weights)).var(axis=1)
    explained = 1 - np.divide(unexplained, squares, out=np.ones_like(squares), where=squares > 0)
    share = np.divide(squares, whole, out=np.ones_like(squares), where=whole > 0)
    indices = share * _corrected(explained, futures=len(values), terms=used.shape[1] - 1)
    low, high = np.quantile(indices - indices.mean(), (0.025, 0.975))
    return MeanOverFutures(
        value=step.index, low=max(0.0, step.index + float(low)), high=min(1.0, step.index + float(high))
    )
