"""Solve many texts in the same futures, each distinct game once.

Most changes of wording leave most arrays as they are, so that many texts of a family are one and the same game.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.futures.compile import compile_all
from foedus.futures.ensemble import Sample, Settings
from foedus.futures.solve import run_sample
from foedus.values.arrays import BoolArray, FloatArray
from foedus.values.digest import digest_of

_TEXTS_AT_ONCE = 8
"""So that progress is seen, and an interrupt does not wait for a future in which hundreds of texts are solved."""

Progress = Callable[[int, int], None]
"""Called with the number of distinct texts solved and the number in all."""


@dataclass(frozen=True, eq=False)
class TextOutcome:
    """One text in every future of a sample."""

    outcomes: FloatArray
    """(future, outcome) in the order of `OUTCOMES`; use only where ``converged``."""
    converged: BoolArray
    """(future)"""


def digests_of(texts: Sequence[Arrangement], sample: Sample) -> tuple[str, ...]:
    """Return for each text the digest of what it compiles to in every future; equal digests are the same game."""
    pieces: list[list[str]] = [[] for _ in texts]
    for row in sample.values.tolist():
        for piece, compiled in zip(pieces, compile_all(texts, dict(zip(sample.names, row, strict=True))), strict=True):
            piece.append(digest_of(compiled.to_mapping()))
    return tuple(digest_of(piece) for piece in pieces)


def solve_texts(
    texts: Mapping[str, Arrangement],
    sample: Sample,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, TextOutcome]:
    """Return the outcomes of each text by its digest; ``KeyboardInterrupt`` stops at the next future."""
    solved: dict[str, TextOutcome] = {}
    names = list(texts)
    for start in range(0, len(names), _TEXTS_AT_ONCE):
        batch = names[start : start + _TEXTS_AT_ONCE]
        ensemble = run_sample([texts[name] for name in batch], sample, settings=settings, workers=workers)
        for place, name in enumerate(batch):
            solved[name] = TextOutcome(ensemble.outcomes[:, place], ensemble.converged[:, place])
        if progress is not None:
            progress(len(solved), len(names))
    return solved


def first_of_each(texts: Sequence[Arrangement], digests: Sequence[str]) -> dict[str, Arrangement]:
    """Return the first text of each digest, in order."""
    found: dict[str, Arrangement] = {}
    for text, digest in zip(texts, digests, strict=True):
        found.setdefault(digest, text)
    return found


def converged_in_all(outcomes: Sequence[TextOutcome]) -> BoolArray:
    """Return the mask (future) of the futures in which every text converged."""
    mask: BoolArray = np.logical_and.reduce([outcome.converged for outcome in outcomes])
    return mask
