"""The mechanism's own word on a hole: its replay, and the weights of members in a quorum."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from foedus.arrangement.parties import PartyFacts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule
from foedus.checks.case import Case
from foedus.checks.finding import Hole
from foedus.mechanism.numbers.weights import weights_of as weights_in_the_game
from foedus.mechanism.rules.decisions import is_tier_decided
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.findings import is_finding_made
from foedus.text.kept import kept
from foedus.text.source import shipped_data


def replay_of(case: Case, hole: Hole) -> tuple[str, ...]:
    """Return what the rules say in the world of a hole: finding, decision, and each clause."""
    world = hole.world
    if world is None or hole.why:
        return hole.why
    lines = []
    if world.against_finding or world.silent_on_finding or world.gone:
        lines.append(f"finding made: {is_finding_made(case.arrangement, world)}")
    if world.against_response or world.silent_on_response or world.gone:
        rulings = [is_tier_decided(case.arrangement, world, tier, weights=case.weights) for tier in TIERS]
        lines.append("decided: " + ", ".join(f"{tier} {ruling}" for tier, ruling in zip(TIERS, rulings, strict=True)))
    return (*lines, *case.explained(world))


def weights_of(arrangement: Arrangement, facts: Mapping[str, PartyFacts]) -> Mapping[str, int]:
    """Return the weights of members in a quorum as the game has them; empty where no quorum is taken."""
    if arrangement.decision.rule is not DecisionRule.QUORUM:
        return {}
    weights = weights_in_the_game(arrangement, _units(), facts)
    return {party: weights[party] for party in arrangement.parties.guarantor}


@cache
def _units() -> Mapping[str, float]:
    """Return the defence spending and the troops that carry a weight of one, from the yardsticks."""
    text = (files("foedus") / "parameters" / "yardsticks.yaml").read_text(encoding="utf-8")
    yardsticks = kept("yardsticks", text, rooms=("text", "values"), make=lambda: shipped_data(text))
    return {name: float(yardsticks[name]["fixed"]) for name in ("weight.unit", "weight.pledge")}
