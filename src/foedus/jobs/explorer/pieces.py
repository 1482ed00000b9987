"""Ensembles in pieces: one text in some of the futures, solved anywhere, put together again.

A piece depends on nothing but its text, its terms and its futures, so that pieces can be solved in any order and in
any process, kept by their digest, and used for whatever comparison they fit into.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from foedus.arrangement.dump import to_plain
from foedus.arrangement.record import Arrangement
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.near import run_anchored, run_near
from foedus.futures.sample import draw
from foedus.futures.solve import run_sample
from foedus.game.anchor import Anchor
from foedus.jobs.asking.run_settings import RunSettings
from foedus.values.digest import digest_of


@dataclass(frozen=True)
class PieceOrder:
    """Which futures to solve a text in: those from ``first`` to before ``end`` of the terms' own draw."""

    arrangement: Arrangement
    run: RunSettings
    first: int
    end: int


def orders_of(arrangement: Arrangement, *, run: RunSettings, ends: Sequence[int]) -> dict[str, PieceOrder]:
    """Cut the futures up to the last of ``ends`` there; pieces of one name have the same numbers."""
    # What a text is called changes no number: a draft under another name is solved already.
    text = digest_of_text(replace(arrangement, id="text", name="text", short_name=None))
    terms = digest_of_terms(run)
    return {
        digest_of([text, terms, first, end]): PieceOrder(arrangement, run, first, end)
        for first, end in zip((0, *ends[:-1]), ends, strict=True)
    }


def digest_of_text(arrangement: Arrangement) -> str:
    """Return the digest of what a text says, whatever its file looks like."""
    return digest_of(to_plain(arrangement))


def digest_of_terms(run: RunSettings) -> str:
    """Return the digest of the terms that change numbers."""
    return _digest_of_terms(replace(run, workers=None))


@lru_cache(maxsize=64)
def _digest_of_terms(run: RunSettings) -> str:
    settings = vars(run.ensemble) | {"parameters": run.parameters.digest}
    return digest_of(settings)


@dataclass(frozen=True, eq=False)
class AnchoredPiece:
    """A piece, and where its games came to rest: others are solved roughly from there."""

    ensemble: Ensemble
    anchors: tuple[Anchor, ...]
    """(future)"""


@dataclass(frozen=True, eq=False)
class RoughOrder:
    """A piece to be solved roughly, from where another text came to rest in the same futures."""

    order: PieceOrder
    anchors: tuple[Anchor, ...]


def solve_piece(order: PieceOrder) -> Ensemble:
    """Solve a text in some of the futures of its terms."""
    return run_sample([order.arrangement], _sample_of(order), settings=_settings_of(order), workers=1)


def solve_piece_anchored(order: PieceOrder) -> AnchoredPiece:
    """Solve a piece as `solve_piece` does, and return with it where its games came to rest."""
    return AnchoredPiece(*run_anchored(order.arrangement, _sample_of(order), settings=_settings_of(order)))


def solve_piece_roughly(rough: RoughOrder) -> Ensemble:
    """Solve a piece in a third of the time, some hundredths of a point off on average."""
    order = rough.order
    return run_near(order.arrangement, _sample_of(order), settings=_settings_of(order), anchors=rough.anchors)


def joined(pieces: Mapping[str, Sequence[Ensemble]], *, run: RunSettings) -> Ensemble:
    """Put pieces together: for each id those of one text in the order of their futures, the same futures for all."""
    wholes = {name: _along_futures(parts) for name, parts in pieces.items()}
    first = next(iter(wholes.values()))
    futures = len(first.outcomes)
    return Ensemble(
        arrangements=tuple(wholes),
        sample=first.sample,
        outcomes=np.concatenate([each.outcomes for each in wholes.values()], axis=1),
        war_by_period=np.concatenate([each.war_by_period for each in wholes.values()], axis=1),
        cost_by_member=tuple(each.cost_by_member[0] for each in wholes.values()),
        members=tuple(each.members[0] for each in wholes.values()),
        converged=np.concatenate([each.converged for each in wholes.values()], axis=1),
        residual=np.concatenate([each.residual for each in wholes.values()], axis=1),
        sweeps=np.concatenate([each.sweeps for each in wholes.values()], axis=1),
        settings=replace(run.ensemble, futures=futures),
    )


def _sample_of(order: PieceOrder) -> Sample:
    sample = _drawn(replace(order.run, workers=None))
    return replace(sample, values=sample.values[order.first : order.end])


def _settings_of(order: PieceOrder) -> Settings:
    return replace(order.run.ensemble, futures=order.end - order.first)


@lru_cache(maxsize=16)
def _drawn(run: RunSettings) -> Sample:
    return draw(run.parameters, futures=run.futures, seed=run.seed, design=run.design)


def _along_futures(parts: Sequence[Ensemble]) -> Ensemble:
    first = parts[0]
    return replace(
        first,
        sample=replace(first.sample, values=np.concatenate([each.sample.values for each in parts])),
        outcomes=np.concatenate([each.outcomes for each in parts]),
        war_by_period=np.concatenate([each.war_by_period for each in parts]),
        cost_by_member=(np.concatenate([each.cost_by_member[0] for each in parts]),),
        converged=np.concatenate([each.converged for each in parts]),
        residual=np.concatenate([each.residual for each in parts]),
        sweeps=np.concatenate([each.sweeps for each in parts]),
    )
