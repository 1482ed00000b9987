"""Section 5 of the theory page: how the balance drifts, how a response is read, and how governments change."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit, ndtr
from scipy.stats import norm

from foedus.game.future import Future
from foedus.game.grid import COARSE
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Landing:
    """Where a belief comes down on the grid: between node ``below`` and the next, ``share`` of the way up."""

    below: IntArray
    share: FloatArray

    def weights(self, *, nodes: int) -> FloatArray:
        """Return (..., node) the interpolation weights: two neighbours share each point."""
        node = np.arange(nodes)
        low, share = self.below[..., None], self.share[..., None]
        return np.asarray((1.0 - share) * (node == low) + share * (node == low + 1))


def drift(*, compiled: CompiledArrangement, future: Future) -> FloatArray:
    """Return (e) the mean change of the balance in one period in which tier e of the crisis is executed."""
    peacetime = (
        future.drift_A
        - compiled.self_defence * future.drift_P
        + compiled.demilitarised * future.drift_demil
        - compiled.aid * future.standing_aid
    )
    return np.asarray(peacetime - np.array(future.tier_aid))


def balance_transition(*, compiled: CompiledArrangement, future: Future, balance: FloatArray) -> FloatArray:
    """Return (e, k, k') the chance of moving from balance k to k'.

    The mean is clipped to the grid. From `COARSE` nodes on, a normal law about it is shared between neighbouring nodes,
    its standard deviation chosen so that variance comes out as sigma_balance would have it (`_share_out`). On fewer, a
    node stands for the cell between the midpoints to its neighbours, the outer cells being open, and gets that cell's
    mass under a normal law of standard deviation sigma_balance.
    """
    mean = balance[None, :] + drift(compiled=compiled, future=future)[:, None]
    mean = np.clip(mean, balance[0], balance[-1])
    if len(balance) >= COARSE:
        return np.array([[_share_out(m, sigma=future.sigma_balance, nodes=balance) for m in row] for row in mean])
    midpoints = (balance[:-1] + balance[1:]) / 2
    below = ndtr((midpoints - mean[:, :, None]) / future.sigma_balance)
    edges = np.concatenate([np.zeros((*mean.shape, 1)), below, np.ones((*mean.shape, 1))], axis=-1)
    return np.diff(edges, axis=-1)


def _share_out(mean: float, *, sigma: float, nodes: FloatArray) -> FloatArray:
    """Return (k') the weights E[hat_k'(mean + s N)], clipped to the grid; hat_k' is the tent on node k'.

    Sharing between neighbours keeps the mean and adds variance; s <= sigma is such that Var of the weights is
    that of mean + sigma N clipped to the grid, or as near as it can be.
    """
    wanted = _variance(_clipped_moments(mean, sigma=sigma, nodes=nodes))

    def excess(s: float) -> float:
        weights = _hat_weights(mean, sigma=s, nodes=nodes)
        return float(weights @ nodes**2 - (weights @ nodes) ** 2) - wanted

    least = 1e-4 * sigma
    s = brentq(excess, least, sigma, xtol=1e-12) if excess(least) < 0 < excess(sigma) else least
    return _hat_weights(mean, sigma=s, nodes=nodes)


def _hat_weights(mean: float, *, sigma: float, nodes: FloatArray) -> FloatArray:
    """Return (k') E[hat_k'(mean + sigma N)], from second differences of E[max(0, mean + sigma N - node)]."""
    step = nodes[1] - nodes[0]
    distance = mean - nodes
    ramp = (distance * ndtr(distance / sigma) + sigma * norm.pdf(distance / sigma)) / step
    beyond = np.concatenate([[1.0], ramp[:-1] - ramp[1:], [0.0]])
    return np.asarray(np.maximum(beyond[:-1] - beyond[1:], 0.0))


def _clipped_moments(mean: float, *, sigma: float, nodes: FloatArray) -> tuple[float, float]:
    """Return first and second moment, about the first node, of mean + sigma N clipped to the grid."""
    width = nodes[-1] - nodes[0]
    low, high = (mean - end for end in (nodes[0], nodes[-1]))
    first = [d * ndtr(d / sigma) + sigma * norm.pdf(d / sigma) for d in (low, high)]
    second = [(d * d + sigma * sigma) * ndtr(d / sigma) + d * sigma * norm.pdf(d / sigma) for d in (low, high)]
    return float(first[0] - first[1]), float(second[0] - second[1] - 2.0 * width * first[1])


def _variance(moments: tuple[float, float]) -> float:
    return moments[1] - moments[0] ** 2


def reading(*, response: FloatArray, future: Future, opacity: float) -> FloatArray:
    """Return q, the response probabilities as they are read: ``(1 - rho) pi + rho / 3``."""
    rho = future.reading_noise + (1.0 - future.reading_noise) * opacity
    return (1.0 - rho) * response + rho / 3.0


def posterior(*, log_odds: FloatArray, read_low: FloatArray, read_high: FloatArray) -> FloatArray:
    """Return ``post = logistic(log-odds + ln q_1 - ln q_0)``, belief after a response and before governments change.

    What neither type ever does teaches nothing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        lesson = np.log(read_high) - np.log(read_low)
    return np.asarray(expit(log_odds + np.where(np.isnan(lesson), 0.0, lesson)))


def next_log_odds(post: FloatArray, *, future: Future) -> FloatArray:
    """Return the log-odds of ``(1 - turnover) post + turnover prior``, belief when the next period begins.

    A certain belief stays certain when turnover is 0.
    """
    return np.asarray(logit((1.0 - future.turnover) * post + future.turnover * future.prior))


def land(*, points: FloatArray, nodes: FloatArray) -> Landing:
    """Return where ``points`` fall on the increasing grid ``nodes``, clipped to its ends, for linear interpolation."""
    clipped = np.clip(points, nodes[0], nodes[-1])
    below = np.clip(np.searchsorted(nodes, clipped, side="right") - 1, 0, len(nodes) - 2)
    share = (clipped - nodes[below]) / (nodes[below + 1] - nodes[below])
    return Landing(below=below, share=share)


def after_turnover(*, by_type: FloatArray, future: Future) -> FloatArray:
    """Return (type, ...) what a coalition of each type expects when its own type may be redrawn."""
    redrawn = (1.0 - future.prior) * by_type[0] + future.prior * by_type[1]
    return np.asarray((1.0 - future.turnover) * by_type + future.turnover * redrawn)
