"""Futures dealt into folds, each with its share of those in which something holds."""

from collections.abc import Iterator

import numpy as np

from foedus.values.arrays import BoolArray, IntArray


def folds_of(holds: BoolArray, *, folds: int, seed: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Give for each fold the futures outside it and those in it.

    They are dealt as scikit-learn deals them (``StratifiedKFold``, shuffled), with the generator that it uses: results
    of a seed stay what they were.
    """
    random = np.random.RandomState(seed)
    kinds = [bool(holds[0]), not holds[0]]
    dealt = np.sort(holds != holds[0])
    shares = [[int((dealt[fold::folds] == kind).sum()) for fold in range(folds)] for kind in (False, True)]
    fold_of = np.empty(len(holds), dtype=np.int64)
    for kind, share in zip(kinds, shares, strict=True):
        drawn = np.arange(folds).repeat(share)
        random.shuffle(drawn)
        fold_of[holds == kind] = drawn
    for fold in range(folds):
        yield np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
