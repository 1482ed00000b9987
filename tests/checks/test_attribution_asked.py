"""Which conditions ask who did it."""

import pytest

from foedus.arrangement.conditions import LEVELS, RELATIONS, And, Fact, Level, Not, Or
from foedus.checks.families.evidence import _asks_attribution

PLAIN = Fact("flagrant")


EVERY = [Level("attribution", relation, level) for relation in RELATIONS for level in LEVELS["attribution"]]
MEANT = [each for each in EVERY if any(each.is_met_by(level) for level in LEVELS["attribution"])]
"""Comparisons that something meets."""


@pytest.mark.parametrize("condition", MEANT, ids=lambda each: f"{each.relation} {each.level}")
def test_a_condition_asks_who_did_it_where_suspicion_does_not_meet_it(condition: Level) -> None:
    """A condition asks who did it where suspicion does not meet it.

    Attribution is asked for by a comparison that neither an unknown author nor a suspected one meets, and that a
    likely or an established one does; whatever stands beside it changes nothing.
    """
    met = [condition.is_met_by(each) for each in LEVELS["attribution"]]
    assert _asks_attribution(condition) == (not any(met[:2]))
    assert _asks_attribution(And((PLAIN, condition))) == _asks_attribution(condition)
    assert _asks_attribution(Or((Not(PLAIN), condition))) == _asks_attribution(condition)


def test_other_levels_are_no_attribution() -> None:
    """How large an act was says nothing of its author."""
    assert not _asks_attribution(Level("threat", ">=", "invade"))
    assert not _asks_attribution(PLAIN)
