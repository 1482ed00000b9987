"""When a duty falls due, as a condition over facts, with every vote a yes or with votes that are given.

The checks search with these conditions; what they find is replayed by the rules themselves.
"""

from collections.abc import Iterable

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import Condition, Fact, Level, Not
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DeterminationRule, Finds, IfUndecided, Kind, StandardOfProof, TierWord
from foedus.checks.search.space import FALSE, TRUE, both, either, is_threat, negated
from foedus.mechanism.rules.decisions import is_tier_decided
from foedus.mechanism.rules.duties import TIERS, needs_decision
from foedus.mechanism.rules.findings import PROVEN_AT, is_finding_made
from foedus.mechanism.rules.prohibitions import BARS
from foedus.mechanism.rules.world import Ruling, World

_THREAT = {Finds.HYBRID: "coerce", Finds.INCURSION: "seize", Finds.INVASION: "invade"}
ALL_YES = World()
"""Nobody votes against anything."""
_AS_DECIDED = frozenset({IfUndecided.DEFAULT_RESPONSE, IfUndecided.LEAD_DECIDES})


def answered(answers: Iterable[Finds]) -> Condition:
    """Return when one of the determinations is warranted."""
    return either(_warranted(finding) for finding in answers)


def applicable(arrangement: Arrangement, clause: Commitment, *, votes: World = ALL_YES) -> Condition:
    """Return when a clause answers what happened and applies, prohibitions and standards of proof left aside."""
    parts = [Fact("in_scope"), opened(arrangement, votes=votes), answered(clause.answers)]
    if clause.when is not None:
        parts.append(clause.when)
    if clause.unless is not None:
        parts.append(negated(clause.unless))
    return both(parts)


def due(
    arrangement: Arrangement, clause: Commitment, *, at_least: TierWord = TierWord.SUPPORT, votes: World = ALL_YES
) -> Condition:
    """Return when a clause is owed at a tier or above."""
    tiers = TIERS[TIERS.index(at_least) : TIERS.index(clause.tier) + 1]
    within_reach = either(reachable(arrangement, tier, kind=clause.kind, votes=votes) for tier in tiers)
    return both((applicable(arrangement, clause, votes=votes), within_reach))


def snapback_due(arrangement: Arrangement, *, votes: World = ALL_YES) -> Condition:
    """Return when the snapback of sanctions is owed."""
    parts = (Fact("in_scope"), opened(arrangement, votes=votes), answered(arrangement.sanctions.snapback_on))
    return both((*parts, reachable(arrangement, TierWord.SUPPORT, kind=Kind.JOINT, votes=votes)))


def opened(arrangement: Arrangement, *, votes: World = ALL_YES) -> Condition:
    """Return when the arrangement stands and a finding is made."""
    void = arrangement.term.void_if
    parts: list[Condition] = [] if void is None else [negated(void)]
    if is_finding_made(arrangement, votes) is Ruling.NO:
        return FALSE
    waits = arrangement.trigger.determined_by is DeterminationRule.EACH_PARTY_AFTER_CONSULTATION
    if waits and arrangement.trigger.if_undecided not in _AS_DECIDED:
        parts.append(Fact("consulted"))
    return both(parts)


def reachable(arrangement: Arrangement, tier: TierWord, *, kind: Kind, votes: World = ALL_YES) -> Condition:
    """Return when a tier is proven, not forbidden and, where that is needed, decided."""
    decided = is_tier_decided(arrangement, votes, tier)
    if needs_decision(arrangement, kind=kind) and decided is Ruling.NO:
        return FALSE
    standard: StandardOfProof = getattr(arrangement.trigger.proof, tier.value)
    proven = TRUE if PROVEN_AT[standard] == "none" else Level("attribution", ">=", PROVEN_AT[standard])
    return both((proven, negated(barred(arrangement, tier))))


def barred(arrangement: Arrangement, tier: TierWord) -> Condition:
    """Return when an exclusion bars a tier."""
    return either(
        TRUE if exclusion.unless is None else negated(exclusion.unless)
        for exclusion in arrangement.exclusions
        if tier in BARS.get(exclusion.what, frozenset())
    )


def _warranted(finding: Finds) -> Condition:
    if finding is Finds.PROVOKED:
        return Fact("provoked")
    return both((is_threat(_THREAT[finding]), Not(Fact("provoked"))))
