"""Section 11: directions on which the literature agrees, over a small sample of futures."""

import dataclasses
import math
from functools import cache

import numpy as np
import pytest

from foedus.game import Future, Outcome, solve
from foedus.mechanism.compiled import CompiledArrangement
from tests.game.specimens import SMALL, future, plain_coalition

pytestmark = pytest.mark.slow

SAMPLE = (0, 1, 2, 3, 5, 9, 10, 12, 15, 17, 20, 22)
ALL_CLOSED = np.array([False, True, True, True])


def prefers_peace(seed: int) -> Future:
    """Return a future whose adversary would lose 0.25 by attacking on the first day, in a theatre with friction."""
    world = future(seed, friction=0.2)
    force = world.tier_force[1] - world.counter_force[1]
    w = 1 / (1 + math.exp(-world.decisiveness * (world.balance_0 - force)))
    return dataclasses.replace(world, war_cost_A=world.stake_A * w + 0.25)


def means_to_attack(seed: int) -> Future:
    """Return the future with an adversary to which war costs next to nothing and the stake is worth more."""
    world = prefers_peace(seed)
    return dataclasses.replace(world, war_cost_A=0.02, stake_A=world.stake_A + 0.6)


def outcome(arrangement: CompiledArrangement, world: Future) -> Outcome:
    """Solve on a small grid; a future that does not converge is an error here."""
    solution = solve(arrangement, world, grid=SMALL, tolerance=1e-6)
    assert solution.is_converged, solution.advice
    return solution.outcome


@cache
def as_it_is(seed: int) -> Outcome:
    """Return the outcome of the plain coalition in one future of the sample."""
    return outcome(plain_coalition(), prefers_peace(seed))


def hazard(found: Outcome) -> tuple[float, ...]:
    """Return the chance of war in each period, given that there was none before."""
    war = np.array(found.war_by_t)
    return tuple(war / (1 - np.concatenate([[0.0], np.cumsum(war)[:-1]])))


def test_observers_lower_war_where_the_adversary_prefers_peace() -> None:
    """Fewer accidents mean fewer wars, by accident and in all, in every future of the sample."""
    falls = []
    for seed in SAMPLE:
        observed = outcome(plain_coalition(calm=0.9), prefers_peace(seed))
        assert observed.war < as_it_is(seed).war
        assert observed.accidental < as_it_is(seed).accidental
        falls.append(1 - observed.war / as_it_is(seed).war)
    assert np.mean(falls) > 0.2


def test_observers_do_nothing_where_the_adversary_means_to_attack() -> None:
    """Who attacks anyhow does not wait for an accident: war is as sure with observers as without."""
    bent = [(outcome(plain_coalition(), means_to_attack(seed)), seed) for seed in SAMPLE]
    sure = [(found, seed) for found, seed in bent if found.war > 0.99]
    assert len(sure) >= 8
    for found, seed in sure:
        assert outcome(plain_coalition(calm=0.9), means_to_attack(seed)).war == pytest.approx(found.war, abs=0.02)


def test_exposure_raises_war_where_it_is_resented_and_nothing_deters() -> None:
    """Foreign forces at the border, resented much and backed by no response, make war likelier in every future."""
    rises = []
    for seed in SAMPLE:
        world = dataclasses.replace(prefers_peace(seed), resent_A=0.015)
        far = outcome(plain_coalition(blocked=ALL_CLOSED, exposure=0.0), world).war
        near = outcome(plain_coalition(blocked=ALL_CLOSED, exposure=1.0), world).war
        assert near > far - 1e-6
        rises.append(near - far)
    assert np.mean(rises) > 0.05


def test_a_stronger_adversary_means_more_war_and_own_force_deters() -> None:
    """A worse balance at the start means more war, a better one less, in every future of the sample."""
    for seed in SAMPLE:
        world = prefers_peace(seed)
        weaker, stronger = (dataclasses.replace(world, balance_0=world.balance_0 + x) for x in (0.5, -0.5))
        assert outcome(plain_coalition(), weaker).war > as_it_is(seed).war
        assert outcome(plain_coalition(), stronger).war < as_it_is(seed).war


def test_veto_over_the_response_makes_war_likelier() -> None:
    """Where somebody may block every response, war is likelier in every future of the sample."""
    for seed in SAMPLE:
        assert outcome(plain_coalition(blocked=ALL_CLOSED), prefers_peace(seed)).war > as_it_is(seed).war


def test_unconditional_obligations_embolden_the_protected_state() -> None:
    """A promise that holds even after its own provocation makes it provoke more and yield less, on average."""
    conditional = np.zeros((3, 5, 4))
    conditional[:, 1:4, 1:] = 1.0
    unconditional = conditional.copy()
    unconditional[:, 4, 1:] = 1.0
    provokes, resists = [], []
    for seed in SAMPLE:
        bound, free = (outcome(plain_coalition(oblige=x), prefers_peace(seed)) for x in (conditional, unconditional))
        provokes.append(free.provocations - bound.provocations)
        resists.append(resistance(free) - resistance(bound))
    assert np.mean(provokes) > 0.1
    assert np.mean(np.array(provokes) > 0) > 0.7
    assert np.mean(resists) > 0.01


def resistance(found: Outcome) -> float:
    """Return the share of seizures that persist which is resisted."""
    return found.resisted / (found.resisted + found.yielded)


def test_demilitarisation_stores_up_danger() -> None:
    """Force limits make the hazard of war higher at the end of ten years, on average and nearly everywhere."""
    rises = []
    for seed in SAMPLE:
        limited = outcome(plain_coalition(demilitarised=1.0), prefers_peace(seed))
        rises.append(hazard(limited)[-1] - hazard(as_it_is(seed))[-1])
    assert np.mean(rises) > 0.005
    assert np.mean(np.array(rises) > 0) > 0.7
