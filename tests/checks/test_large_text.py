"""Large texts: what the whole text says of a world is asked once, however many clauses wait for the answer."""

from collections import Counter
from typing import Any

import pytest
from bench.checks.large_text import large

from foedus.checks import case
from foedus.checks.examine import examine
from foedus.mechanism.rules import decisions
from foedus.mechanism.rules.duties import TIERS, falls_due
from foedus.mechanism.rules.why import explain
from foedus.mechanism.rules.world import World


@pytest.mark.parametrize("against", [0, 5])
def test_a_vote_is_weighed_once_however_many_clauses_wait_for_it(monkeypatch: pytest.MonkeyPatch, against: int) -> None:
    """Sixty clauses wait for the same three votes, won or lost; to tell why weighs each once more."""
    weighed: Counter[Any] = Counter()
    weigh = decisions.tier_by_vote

    def counted(arrangement: Any, world: World, tier: Any, **options: Any) -> Any:
        weighed[tier] += 1
        return weigh(arrangement, world, tier, **options)

    monkeypatch.setattr(decisions, "tier_by_vote", counted)
    text = large(6, 10)
    world = World(against_response=frozenset(text.parties.guarantor[:against]))
    assert bool(falls_due(text, world)) == (not against)
    assert set(weighed) <= set(TIERS)
    assert set(weighed.values()) == {1}
    explain(text, world)
    assert max(weighed.values()) <= 3


def test_a_world_is_put_to_the_rules_once_however_many_holes_stand_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holes that show in the same world are tried by one reading of the duties there."""
    read: Counter[World] = Counter()

    def counted(arrangement: Any, world: World, **options: Any) -> Any:
        read[world] += 1
        return falls_due(arrangement, world, **options)

    monkeypatch.setattr(case, "falls_due", counted)
    holes = [each.world for each in examine(large(6, 10)).findings if each.world]
    assert len(holes) > 2 * len(set(holes))
    assert set(read.values()) == {1}
