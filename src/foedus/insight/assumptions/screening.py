"""What moves an outcome: screen every assumption in sampled futures, then Sobol' indices of those that matter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy.special import ndtr, ndtri

from foedus.arrangement.record import Arrangement
from foedus.errors import NotConverged, WrongRequest
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import GAME_PARAMETERS, draw
from foedus.futures.solve import run_sample
from foedus.game.outcomes import column_of
from foedus.insight.assumptions.attribution import (
    REST_OF_GAME,
    REST_OF_WORDS,
    Attribution,
    attribution_of,
    saltelli_shares,
)
from foedus.insight.assumptions.read import unread_by
from foedus.insight.assumptions.sensitivity import Sensitivity, sensitivity_of
from foedus.values.arrays import BoolArray, FloatArray

_GIVEN = "weighted draws of the file"
_CAUSE = "cause: "
_NEAREST = 2.0**-40


@dataclass(frozen=True)
class Inquiry:
    """What moves an outcome, or the difference of two texts in it."""

    outcome: str
    arrangement: str
    less: str
    """Id of the text whose outcome is taken off in each future; empty where there is one text."""
    screening: Sensitivity
    screened: int
    """Futures of the screening in which everything converged."""
    attribution: Attribution
    runs: int
    """Futures solved for the indices, for each text."""
    settings: Settings


Tell = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def inquire(
    texts: Sequence[Arrangement],
    parameters: Parameters,
    *,
    outcome: str,
    base: int,
    most: int,
    screen: int,
    settings: Settings,
    workers: int | None = None,
    tell: Tell,
) -> Inquiry:
    """Say what moves an outcome of one text, or the difference of two in the same futures.

    First ``screen`` futures rank all assumptions: those with a first-order index beyond chance, then those that move
    the squared distance from the mean, as an assumption does that works through others. Then the ``most`` first of them
    are groups of their own in a Saltelli design of ``base`` points, and the others are two groups more, of the game and
    of the words: nothing that is read is frozen, and what the screening missed shows in their totals. Parameters drawn
    at one quantile are one axis; a cause that lies behind several is an axis of its own, beside what is their own;
    weighted draws are one axis. Raises ``ValueError`` for a base that is no power of two, `WrongRequest` where nothing
    that is read varies, `NotConverged` when too little converged.
    """
    column = column_of(outcome)
    sample = draw(parameters, futures=screen, seed=settings.seed, design=settings.design)
    unread = unread_by(texts, sample)
    if not _factors(parameters, unread=unread, leading=(), most=0):
        raise WrongRequest("nothing that is read here is drawn, it is all fixed: so nothing can move the outcome")
    first = _run(texts, sample, settings=settings, workers=workers, tell=tell, what="screening")
    values, converged = _output(first, column=column)
    if not converged.any():
        raise NotConverged(f"in none of the {screen} futures of the screening did every text converge")
    screen_for = partial(_screen, converged=converged, sample=sample, outcome=outcome, ensemble=first, unread=unread)
    screening = screen_for(values, most=most)
    apart = screen_for((values - values[converged].mean()) ** 2, most=most)
    leading = _leading((screening, apart), parameters)
    factors = _factors(parameters, unread=unread, leading=leading, most=most)
    runs = _sample_at(parameters, saltelli_shares(factors, base=base, seed=settings.seed), seed=settings.seed)
    second = _run(texts, runs, settings=settings, workers=workers, tell=tell, what="solving")
    try:
        attribution = attribution_of(*_output(second, column=column), factors=factors, seed=settings.seed)
    except ValueError as error:
        raise NotConverged(f"{error}; draw more with --base, or allow a larger tolerance") from error
    return Inquiry(
        outcome=outcome,
        arrangement=first.arrangements[0],
        less="".join(first.arrangements[1:]),
        screening=screening,
        screened=int(converged.sum()),
        attribution=attribution,
        runs=len(runs.values),
        settings=settings,
    )


def _run(
    texts: Sequence[Arrangement], sample: Sample, *, settings: Settings, workers: int | None, tell: Tell, what: str
) -> Ensemble:
    return run_sample(
        texts,
        sample,
        settings=replace(settings, futures=len(sample.values)),
        workers=workers,
        progress=lambda done, total: tell(what, done, total),
    )


def _output(ensemble: Ensemble, *, column: int) -> tuple[FloatArray, BoolArray]:
    """Return the outcome of one text, or the first's less the second's, (future), and where all converged."""
    figures = ensemble.outcomes[:, :, column]
    values = figures[:, 0] if figures.shape[1] == 1 else figures[:, 0] - figures[:, 1]
    converged = np.logical_and.reduce(ensemble.converged, axis=1)
    return np.where(converged, values, 0.0), converged


def _screen(
    values: FloatArray,
    *,
    converged: BoolArray,
    sample: Sample,
    outcome: str,
    ensemble: Ensemble,
    unread: Sequence[str],
    most: int,
) -> Sensitivity:
    kept = [p for p, name in enumerate(sample.names) if name not in unread]
    read = Sample(tuple(sample.names[p] for p in kept), sample.values[converged][:, kept], seed=sample.seed)
    return sensitivity_of(
        values[converged],
        output=outcome,
        arrangement=ensemble.arrangements[0],
        less="".join(ensemble.arrangements[1:]),
        sample=read,
        seed=sample.seed,
        most=most,
        is_all_told=True,
    )


def _leading(screenings: Sequence[Sensitivity], parameters: Parameters) -> list[str]:
    """Return the axes of the assumptions beyond chance in one screening after the other, then those that are not."""
    given = parameters.given.names if parameters.given else ()
    found = [each for screening in screenings for each in screening.influences if each.is_beyond_chance]
    others = [each for screening in screenings for each in screening.influences if not each.is_beyond_chance]
    return [_GIVEN if each.parameter in given else parameters[each.parameter].group for each in (*found, *others)]


def _factors(
    parameters: Parameters, *, unread: Sequence[str], leading: Sequence[str], most: int
) -> dict[str, tuple[str, ...]]:
    """Return the axes of each group: one for each leading axis, two for all the others that vary and are read."""
    given = parameters.given.names if parameters.given else ()
    varying = [
        entry
        for entry in parameters.entries
        if entry.name not in unread and entry.name not in given and entry.low < entry.high
    ]
    axes = dict.fromkeys(
        [
            *(entry.group for entry in varying),
            *(f"{_CAUSE}{entry.cause.name}" for entry in varying if entry.cause),
            *([_GIVEN] if given else []),
        ]
    )
    chosen = [axis for axis in dict.fromkeys(leading) if axis in axes][:most]
    groups = {entry.group for entry in varying}
    of_the_game = {parameters[name].group for name in GAME_PARAMETERS if name in parameters}
    rest = [axis for axis in axes if axis not in chosen]
    words = tuple(axis for axis in rest if axis not in of_the_game and axis in groups)
    rests = {REST_OF_GAME: tuple(axis for axis in rest if axis not in words), REST_OF_WORDS: words}
    return {axis: (axis,) for axis in chosen} | {name: members for name, members in rests.items() if members}


def _sample_at(parameters: Parameters, shares: Mapping[str, FloatArray], *, seed: int) -> Sample:
    """Return the parameters' values where each axis lies at its shares in [0, 1]; what has no axis stays in the middle.

    With a cause behind a group, ``z = rho z_cause + sqrt(1 - rho^2) z_own`` in normal scores, as futures are drawn.
    """
    runs = len(next(iter(shares.values())))
    columns = {}
    for entry in parameters.entries:
        share = shares.get(entry.group, np.full(runs, 0.5))
        behind = shares.get(f"{_CAUSE}{entry.cause.name}") if entry.cause else None
        if entry.cause and behind is not None:
            rho = entry.cause.correlation
            share = ndtr(rho * _score(behind) + np.sqrt(1 - rho**2) * _score(share))
        columns[entry.name] = entry.at(share)
    if parameters.given and _GIVEN in shares:
        ends = np.cumsum(parameters.given.weights / parameters.given.weights.sum())
        rows = np.minimum(np.searchsorted(ends, shares[_GIVEN], side="right"), len(ends) - 1)
        columns |= dict(zip(parameters.given.names, parameters.given.values[rows].T, strict=True))
    return Sample(names=tuple(columns), values=np.column_stack(list(columns.values())), seed=seed)


def _score(share: FloatArray) -> FloatArray:
    score: FloatArray = ndtri(np.clip(share, _NEAREST, 1 - _NEAREST))
    return score
