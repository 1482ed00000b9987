"""Section 11, item 7: directions on which the literature agrees, over a small sample of futures."""

import dataclasses
from functools import cache

import numpy as np
import pytest

from foedus.game import Future, Outcome, solve
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import SMALL, future, plain_coalition

pytestmark = pytest.mark.slow

SAMPLE = (3, 7, 8, 13, 14, 17, 19)


def outcome(arrangement: CompiledArrangement, world: Future) -> Outcome:
    """Solve on a small grid; a future that does not converge is an error here."""
    solution = solve(arrangement, world, grid=SMALL)
    assert solution.is_converged
    return solution.outcome


@cache
def as_it_is(seed: int) -> Outcome:
    """Return the outcome of the plain coalition in one future of the sample."""
    return outcome(plain_coalition(), future(seed))


def hazard(found: Outcome) -> tuple[float, ...]:
    """Return the chance of war in each period, given that there was none before."""
    war = np.array(found.war_by_t)
    return tuple(war / (1 - np.concatenate([[0.0], np.cumsum(war)[:-1]])))


def test_own_strength_deters() -> None:
    """A better balance at the start means less war, in every future of the sample."""
    for seed in SAMPLE:
        world = future(seed)
        stronger = dataclasses.replace(world, balance_0=world.balance_0 - 0.5)
        assert outcome(plain_coalition(), stronger).war < as_it_is(seed).war


def test_veto_over_the_response_makes_war_likelier() -> None:
    """Where somebody may block every response, war is likelier in every future of the sample."""
    blocked = np.array([False, True, True, True])
    for seed in SAMPLE:
        assert outcome(plain_coalition(blocked=blocked), future(seed)).war > as_it_is(seed).war


def test_unconditional_obligations_embolden_the_protected_state() -> None:
    """A promise that holds even after its own provocation makes the protected state provoke more, on average."""
    conditional = np.zeros((3, 5, 4))
    conditional[:, 1:4, 1:] = 1.0
    unconditional = conditional.copy()
    unconditional[:, 4, 1:] = 1.0
    rises = []
    for seed in SAMPLE:
        with_condition = outcome(plain_coalition(oblige=conditional), future(seed)).provocations
        without = outcome(plain_coalition(oblige=unconditional), future(seed)).provocations
        rises.append(without - with_condition)
    assert np.mean(rises) > 0.05
    assert np.mean(np.array(rises) > 0) > 0.7


def test_demilitarisation_stores_up_danger() -> None:
    """Force limits make the hazard of war higher at the end of ten years, in every future of the sample."""
    for seed in SAMPLE:
        limited = outcome(plain_coalition(demilitarised=1.0), future(seed))
        assert hazard(limited)[-1] > hazard(as_it_is(seed))[-1]
