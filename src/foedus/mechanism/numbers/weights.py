"""What each member weighs in a quorum, and how much weight must join, asked of the rules."""

import math
from collections.abc import Callable, Mapping

from foedus.arrangement.parties import PartyFacts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.mechanism.numbers.troops import troops_offered
from foedus.mechanism.rules.stopping import is_enough
from foedus.mechanism.rules.world import World
from foedus.mechanism.trace import Yardsticks


def weights_of(arrangement: Arrangement, yardsticks: Yardsticks, facts: Mapping[str, PartyFacts]) -> Mapping[str, int]:
    """Return the weight of everyone with a seat or with help to give, the adversary among them where it has a seat."""
    parties = dict.fromkeys(arrangement.parties.guarantor + arrangement.responders)
    offered = troops_offered(arrangement)
    return {party: weight_of(party, offered.get(party, 0.0), yardsticks, facts) for party in parties}


def weight_of(party: str, troops: float, yardsticks: Yardsticks, facts: Mapping[str, PartyFacts]) -> int:
    """Return the larger of the weights from defence spending and from the troops it offers, at least 1."""
    spending = facts[party].defence_spending if party in facts else None
    from_spending = math.sqrt(spending.value / yardsticks["weight.unit"]) if spending else 0.0
    from_pledges = troops / yardsticks["weight.pledge"]
    return max(1, round(from_spending), round(from_pledges))


def weight_needed(
    arrangement: Arrangement, tier: TierWord, *, weights: Mapping[str, int], indispensable: frozenset[str], world: World
) -> int | None:
    """Return the least weight of guarantors that must join for a tier; None where the rules ask for no weight.

    The rules are asked with the whole weight parted between one who joins and one who stands aside. The framework
    nation joins what it proposes itself.
    """
    voters = [party for party in arrangement.parties.guarantor if party in arrangement.responders]
    voters.sort(key=lambda party: party != arrangement.decision.framework_nation)
    free = [party for party in voters[1:] if party not in indispensable]
    total = sum(weights[party] for party in voters)
    if not free:
        return total if len(voters) > 1 else None  # a guarantor alone is all the weight there is
    nothing = {**weights, **dict.fromkeys(voters, 0)}

    def is_reached(weight: int) -> bool:
        parted = {**nothing, voters[0]: weight, free[0]: total - weight}
        return is_enough(arrangement, indispensable | {voters[0]}, tier, world=world, weights=parted)

    if is_reached(0) or not is_reached(total):
        return None
    return _least(is_reached, total)


def _least(is_reached: Callable[[int], bool], total: int) -> int:
    """Return the least weight that suffices, where none does not and the total does."""
    short, enough = 0, total
    while enough - short > 1:
        middle = (short + enough) // 2
        short, enough = (short, middle) if is_reached(middle) else (middle, enough)
    return enough
