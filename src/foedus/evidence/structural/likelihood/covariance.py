"""Covariances of estimates: from the Hessian, robust (sandwich), and clustered."""

from typing import Any

import numpy as np
import pandas as pd

from foedus.evidence.structural.likelihood.objective import cluster_sums
from foedus.values.arrays import FloatArray, IntArray


def from_hessian(hessian: FloatArray) -> FloatArray:
    """Return (-H)^-1."""
    inverse = np.linalg.inv(-hessian)
    covariance: FloatArray = (inverse + inverse.T) / 2.0
    return covariance


def robust(hessian: FloatArray, scores: FloatArray) -> FloatArray:
    """Return H^-1 (sum over rows of s s') H^-1, without a correction for small samples (Huber; White)."""
    bread = from_hessian(hessian)
    sandwich = bread @ (scores.T @ scores) @ bread
    covariance: FloatArray = (sandwich + sandwich.T) / 2.0
    return covariance


def clustered(hessian: FloatArray, scores: FloatArray, groups: IntArray) -> FloatArray:
    """Return H^-1 (sum over groups of s s') H^-1 G / (G - 1), s being the scores of a group added up."""
    sums = cluster_sums(scores, groups)
    return robust(hessian, sums) * len(sums) / (len(sums) - 1)


def group_numbers(column: "pd.Series[Any]") -> IntArray:
    """Return (n,): the number of each row's group, from 0."""
    codes, _ = pd.factorize(column)
    return codes.astype(np.int64)
