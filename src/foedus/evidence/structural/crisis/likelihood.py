"""The likelihood of crisis games: with the equilibrium solved inside, or with given beliefs (pseudo-likelihood)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.evidence.structural.crisis.equilibria import find_all, follow
from foedus.evidence.structural.crisis.game import (
    FURTHEST,
    UTILITIES,
    Payoffs,
    answer_jet,
    choice_probabilities,
    down_by_firm,
    log_ends,
    payoffs,
    resisting,
    threshold_jets,
    weigh,
)
from foedus.evidence.structural.likelihood.jets import Index, Jet, solved_for_last, variables, with_last_solved
from foedus.evidence.structural.likelihood.links import LinkFunction, probability_jet
from foedus.evidence.structural.likelihood.objective import Objective
from foedus.evidence.structural.table.sample import EstimationSample
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class Beliefs:
    """What each side expects of the other, game by game."""

    resist: FloatArray
    """(n,): chance that B resists a challenge."""
    firm: FloatArray
    """(n,): chance that A, once resisted, stands firm."""


@dataclass(frozen=True)
class Replies:
    """Best replies to beliefs, as jets of the utilities, then of the two beliefs."""

    log_likelihood: Jet
    resist: Jet
    firm: Jet


def equilibrium_objective(sample: EstimationSample, near: FloatArray) -> Objective:
    """Return the log-likelihood where each game is played in the equilibrium that is reached from ``near``, (n,)."""
    names = sample.design.utilities

    def rows(utilities: FloatArray, rows: slice) -> Jet:
        r = follow(named_payoffs(utilities, names=names), near[rows])
        return weigh(equilibrium_ends(utilities, r, names=names), sample.counts[:, rows])

    return Objective(sample.matrices, rows)


def equilibrium_ends(utilities: FloatArray, r: FloatArray, *, names: Sequence[str]) -> tuple[Jet, ...]:
    """Return the log-probabilities of the ends in equilibrium r, (n,), as jets of the utilities ``names``, (K, n).

    How r moves with the utilities follows from r = T(r, utilities). At the edge of its range r stays where it is.
    """
    *jets, at = variables(np.vstack([utilities, r]))
    named = _named(tuple(jets), names)
    inside = np.abs(r) < FURTHEST
    with np.errstate(over="ignore", invalid="ignore"):  # in games that are all but decided
        x, y = threshold_jets(named, resisting(at))
        a_plays = choice_probabilities(x, y)
        moves = solved_for_last(answer_jet(named, down_by_firm(a_plays)))
        first, second = (np.where(inside, move, 0.0) for move in moves)
        return tuple(with_last_solved(end, first=first, second=second) for end in log_ends(a_plays, at))


def pseudo_objective(sample: EstimationSample, beliefs: Beliefs) -> Objective:
    """Return the log-likelihood where each side replies to given beliefs."""
    names = sample.design.utilities

    def rows(utilities: FloatArray, rows: slice) -> Jet:
        named = _named(variables(utilities), names)
        ends, _, _ = _replies(named, beliefs.resist[rows], beliefs.firm[rows])
        return weigh(ends, sample.counts[:, rows])

    return Objective(sample.matrices, rows)


def replies(sample: EstimationSample, utilities: FloatArray, beliefs: Beliefs) -> Replies:
    """Return best replies and log-likelihood with their derivatives by utilities and beliefs."""
    *jets, resist, firm = variables(np.vstack([utilities, beliefs.resist, beliefs.firm]))
    ends, r, odds = _replies(_named(tuple(jets), sample.design.utilities), resist, firm)
    return Replies(weigh(ends, sample.counts), resisting(r), probability_jet(odds, link=LinkFunction.LOGIT))


def named_payoffs(utilities: FloatArray, *, names: Sequence[str]) -> Payoffs:
    """Return payoffs from the utilities ``names``, (K, n); the others are 0."""
    return payoffs(dict(zip(names, utilities, strict=True)), games=utilities.shape[1])


def likeliest(sample: EstimationSample, utilities: FloatArray) -> tuple[FloatArray, FloatArray, int]:
    """Return for each game (its equilibrium of the highest likelihood, that likelihood), and how many have several."""
    names = sample.design.utilities
    found = find_all(named_payoffs(utilities, names=names))
    ends = equilibrium_ends(utilities[:, found.game], found.r, names=names)
    values = weigh(ends, sample.counts[:, found.game]).value
    order = np.lexsort((values, found.game))
    last = np.append(np.diff(found.game[order]) > 0, True)
    best = order[last]
    return found.r[best], values[best], int((found.number > 1).sum())


def _replies(named: dict[str, Jet], resist: Index, firm: Index) -> tuple[tuple[Jet, ...], Jet, Jet]:
    """Return (log-probabilities of the ends, r of B's reply, log-odds that A stands firm)."""
    x, y = threshold_jets(named, resist)
    a_plays = choice_probabilities(x, y)
    r = answer_jet(named, (1.0 / firm) - 1.0)
    return log_ends(a_plays, r), r, a_plays.firm - a_plays.down


def _named(jets: tuple[Jet, ...], names: Sequence[str]) -> dict[str, Jet]:
    """Return all utilities by name; those that are not estimated are 0 and move with nothing."""
    none = jets[0] * 0.0
    return {name: jets[names.index(name)] if name in names else none for name in UTILITIES}
