"""How much a text covers: of the same hostile incidents, put to every text, in how many somebody must help.

Incidents are the plain case of each act (grey-zone pressure, a limited incursion, a major offensive) at each level of
attribution, and the same with one fact otherwise: what is asked for has not been done, or the act is not of the kind
that a clause might ask for. All but the adversary vote for a finding and a response. The list is the same for every
text, so shares can be compared; it counts kinds of incidents and says nothing of how likely each is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from foedus.arrangement.conditions import LEVELS
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.mechanism.rules.duties import TIERS, highest_due
from foedus.mechanism.rules.roles import adversaries
from foedus.mechanism.rules.world import PLAIN_FACTS, World

ACTS = ("coerce", "seize", "invade")
_DEPARTURES = tuple(sorted(PLAIN_FACTS - {"in_scope"}))
"""Facts of the plain case that fail in an incident, one at a time; territory left out is told by a check of its own."""


@dataclass(frozen=True)
class Coverage:
    """In how many of the same incidents somebody must help, and how far."""

    incidents: int
    """How many incidents were put to the text."""
    owed: Mapping[TierWord, int]
    """[tier] in how many of them somebody must help at that tier or above."""
    by_act: Mapping[str, int]
    """[act] in how many incidents of that form somebody must help at all; each form has the same number."""

    @property
    def share(self) -> float:
        """The share of incidents in which somebody must help at all."""
        return self.owed[TierWord.SUPPORT] / self.incidents

    def to_mapping(self) -> dict[str, object]:
        """Return plain data for JSON."""
        return {
            "incidents": self.incidents,
            "owed_at_least": {str(tier): count for tier, count in self.owed.items()},
            "by_act": dict(self.by_act),
        }


def coverage_of(arrangement: Arrangement, *, weights: Mapping[str, int] | None = None) -> Coverage:
    """Put every incident to the rules and count."""
    owed = dict.fromkeys(TIERS, 0)
    by_act = dict.fromkeys(ACTS, 0)
    incidents = tuple(hostile_incidents(arrangement))
    for world in incidents:
        reached = highest_due(arrangement, world, weights=weights)
        if reached is not None:
            by_act[world.threat] += 1
            for tier in TIERS[: TIERS.index(reached) + 1]:
                owed[tier] += 1
    return Coverage(len(incidents), owed, by_act)


def hostile_incidents(arrangement: Arrangement) -> Iterator[World]:
    """Yield the incidents that are put to every text; the adversary of this one votes against everything."""
    against = adversaries(arrangement)
    for threat in ACTS:
        for attribution in LEVELS["attribution"]:
            plain = World(threat=threat, attribution=attribution, against_finding=against, against_response=against)
            yield plain
            for name in _DEPARTURES:
                yield plain.with_fact(name, holds=False)
            yield replace(plain, facts=plain.facts | {"nuclear_weapons_used"})
