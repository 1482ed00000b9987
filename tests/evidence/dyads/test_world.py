"""Who is allied with whom and how strong, from the tables; and what of that makes a state under threat."""

import math

import pandas as pd
import pytest

from foedus.evidence.dyads.read import read_crises, read_disputes
from foedus.evidence.dyads.record import Pact, pact_of
from foedus.evidence.dyads.rivalry import Rivalries, rivalries_of
from foedus.evidence.dyads.world import StatesOfTheWorld, region, world_of

GREAT, MIDDLE, SMALL, THREAT, FAR = 220, 230, 211, 255, 2


def _world() -> StatesOfTheWorld:
    capabilities = pd.DataFrame(
        [
            (state, 1950, size, size * 1e3, share)
            for state, size, share in (
                (2, 400, 0.3),
                (220, 200, 0.12),
                (255, 100, 0.05),
                (230, 50, 0.02),
                (211, 10, 0.004),
            )
        ],
        columns=["state", "year", "personnel", "spending", "capability"],
    )
    members = pd.DataFrame(
        [
            (1, SMALL, 1940, None, True, True),
            (1, GREAT, 1940, None, True, True),
            (2, MIDDLE, 1940, 1955, True, False),
            (2, SMALL, 1940, 1955, True, False),
            (2, THREAT, 1940, 1955, True, False),
            (3, MIDDLE, 1940, None, False, True),
            (3, GREAT, 1940, None, False, True),
        ],
        columns=["treaty", "state", "enter_year", "exit_year", "defence", "is_bilateral"],
    ).astype({"exit_year": "Int64"})
    return world_of(capabilities, members)


def test_the_ratio_of_strengths_has_the_sign_of_who_is_stronger() -> None:
    """Ten times as many soldiers and as much money, and more of everything: above 0, and the reverse below."""
    world = _world()
    ratio = world.ratio(THREAT, SMALL, year=1950)
    back = world.ratio(SMALL, THREAT, year=1950)
    assert ratio is not None
    assert back is not None
    assert ratio > 2
    assert ratio == -back
    assert world.ratio(THREAT, 999, year=1950) is None


def test_an_ally_that_threatens_protects_from_nothing() -> None:
    """Allies are counted over all treaties in force in the year, without the side that threatens."""
    world = _world()
    assert world.pact(SMALL, year=1950, without=frozenset({THREAT})) == (
        Pact.BILATERAL_STRONG,
        frozenset({GREAT, MIDDLE}),
    )
    assert world.pact(SMALL, year=1956, without=frozenset())[1] == {GREAT}
    assert world.pact(MIDDLE, year=1950, without=frozenset({THREAT})) == (Pact.MULTILATERAL_WEAK, frozenset({SMALL}))
    assert world.pact(MIDDLE, year=1950, without=frozenset({THREAT, SMALL})) == (Pact.NONE, frozenset())


def test_a_pact_is_named_by_its_kind_and_its_strongest_ally() -> None:
    """A treaty of two beside one of many counts as one of two; a great power is a tenth of the world."""
    assert pact_of(is_bilateral=False, strongest=None) is Pact.NONE
    assert pact_of(is_bilateral=True, strongest=0.02) is Pact.BILATERAL_WEAK
    assert pact_of(is_bilateral=False, strongest=0.2) is Pact.MULTILATERAL_STRONG


def test_regions_part_the_world() -> None:
    """The Americas, Europe, Africa, the Middle East, Asia and Oceania have numbers of their own, in that order."""
    assert [region(state) for state in (2, 220, 500, 666, 740, 920)] == [0, 1, 2, 3, 4, 5]


def test_a_crisis_counts_where_one_state_threatens_another() -> None:
    """A violent trigger or serious clashes are an attack, full-scale war is a war, a trigger by nobody is no dyad."""
    actors = pd.DataFrame(
        [
            ("A", 1, SMALL, THREAT, 1950, 2, 1),
            ("B", 2, SMALL, THREAT, 1950, 9, 2),
            ("C", 3, SMALL, THREAT, 1950, 2, 4),
            ("D", 4, SMALL, 996, 1950, 9, 4),
            ("E", 5, SMALL, FAR, 1950, 2, 3),
        ],
        columns=["actor", "crisis", "state", "adversary", "trigger_year", "trigger", "violence"],
    )
    rivalries = Rivalries({frozenset({SMALL, THREAT}): (1939, 1940, 1949, 1950)})
    found = list(read_crises(actors, world=_world(), rivalries=rivalries))
    assert [each.disputes for each in found] == [2, 2, 2, 0]
    assert found[0].allied > 3
    assert found[0].allied_ratio > 0
    assert [(each.id, each.attacked, each.war, each.is_near) for each in found] == [
        ("A 1", False, False, True),
        ("B 2", True, False, True),
        ("C 3", True, True, True),
        ("E 5", True, False, False),
    ]


def test_an_ally_that_takes_part_later_has_joined() -> None:
    """Of two disputes with one state on each side, an ally came in one; without allies there is nothing to ask."""
    disputes = pd.DataFrame({"dispute": [1, 2, 3], "hostility": [4, 5, 4]})
    rows = [
        (1, THREAT, 1950, True, True, 16),
        (1, SMALL, 1950, False, True, 0),
        (1, GREAT, 1950, False, False, 7),
        (2, THREAT, 1950, True, True, 20),
        (2, SMALL, 1950, False, True, 17),
        (3, SMALL, 1950, True, True, 16),
        (3, FAR, 1950, False, True, 0),
    ]
    columns = ["dispute", "state", "start_year", "is_initiator_side", "is_original", "action"]
    participants = pd.DataFrame(rows, columns=columns)
    found = list(read_disputes(disputes, participants, world=_world(), rivalries=Rivalries({})))
    assert [(each.id, each.attacked, each.war, each.joined) for each in found] == [
        ("1", True, False, True),
        ("2", True, True, False),
    ]


def test_two_states_have_disputed_if_they_stood_on_two_sides() -> None:
    """Those who stood together have not, whoever joined later counts from its own year, and the year itself is out."""
    rows = [
        (1, THREAT, 1948, True, True, 16),
        (1, SMALL, 1948, False, True, 0),
        (1, GREAT, 1949, False, False, 7),
        (2, THREAT, 1945, True, True, 0),
        (2, SMALL, 1945, False, True, 0),
    ]
    columns = ["dispute", "state", "start_year", "is_initiator_side", "is_original", "action"]
    rivalries = rivalries_of(pd.DataFrame(rows, columns=columns))
    assert [rivalries.before(SMALL, THREAT, year=year) for year in (1945, 1946, 1948, 1949, 1956, 1959)] == [
        0,
        1,
        1,
        2,
        1,
        0,
    ]
    assert rivalries.before(GREAT, THREAT, year=1950) == 1
    assert rivalries.before(GREAT, SMALL, year=1950) == 0


def test_allies_are_weighed_against_both_sides() -> None:
    """Allies with ten times what the state has make eleven of one; none make no difference."""
    world = _world()
    none = world.allied_strength(frozenset(), threatening=THREAT, threatened=SMALL, year=1950)
    assert (none.beside, none.against) == (0.0, 0.0)
    both = world.allied_strength(frozenset({GREAT, MIDDLE}), threatening=THREAT, threatened=SMALL, year=1950)
    assert both.beside == pytest.approx(math.log(0.144 / 0.004))
    assert both.against == pytest.approx(math.log(0.14 / 0.05))
