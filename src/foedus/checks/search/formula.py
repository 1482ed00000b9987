"""When a duty falls due, as a condition over facts, with every vote a yes or with votes that are given.

The symbolic image of the rules: what hangs on votes is asked of the rules, what hangs on facts is written as the
condition under which the rules say so. The checks search with these conditions; what they find the rules replay.
"""

from collections.abc import Callable, Iterable

from foedus.arrangement.clauses import Commitment, Exclusion
from foedus.arrangement.conditions import Condition, Fact, Level, Not
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, Kind, Measure, TierWord
from foedus.checks.search.space import FALSE, TRUE, both, either, is_threat, negated
from foedus.mechanism.rules.decisions import is_tier_decided
from foedus.mechanism.rules.duties import TIERS, acts_named, names_an_act, needs_decision
from foedus.mechanism.rules.findings import is_finding_made, proof_asked
from foedus.mechanism.rules.prohibitions import BARRED_MEASURES, could_bar_measures, could_bar_tier
from foedus.mechanism.rules.world import WARRANTED, Ruling, World

ALL_YES = World()
"""Nobody votes against anything."""
_ASKED_OF_THE_FINDING = "consulted"
"""The one fact that the rules look at when they say whether a finding is made."""


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
    if not names_an_act(clause):
        return FALSE
    tiers = TIERS[TIERS.index(at_least) : TIERS.index(clause.tier) + 1]
    measures = acts_named(clause)
    within_reach = either(
        reachable(arrangement, tier, kind=clause.kind, measures=measures, votes=votes) for tier in tiers
    )
    return both((applicable(arrangement, clause, votes=votes), within_reach))


def snapback_due(arrangement: Arrangement, *, votes: World = ALL_YES) -> Condition:
    """Return when the snapback of sanctions is owed."""
    parts = (Fact("in_scope"), opened(arrangement, votes=votes), answered(arrangement.sanctions.snapback_on))
    measures = (Measure.SANCTIONS,)
    return both((*parts, reachable(arrangement, TierWord.SUPPORT, kind=Kind.JOINT, measures=measures, votes=votes)))


def opened(arrangement: Arrangement, *, votes: World = ALL_YES) -> Condition:
    """Return when the arrangement stands and a finding is made."""
    void = arrangement.term.void_if
    made = _asked(lambda world: is_finding_made(arrangement, world) is not Ruling.NO, votes, _ASKED_OF_THE_FINDING)
    return both(([] if void is None else [negated(void)]) + [made])


def reachable(
    arrangement: Arrangement, tier: TierWord, *, kind: Kind, measures: tuple[Measure, ...] = (), votes: World = ALL_YES
) -> Condition:
    """Return when a tier is proven, not forbidden and, where that is needed, decided."""
    if needs_decision(arrangement, kind=kind) and is_tier_decided(arrangement, votes, tier) is Ruling.NO:
        return FALSE
    asked = proof_asked(arrangement, tier)
    proven = TRUE if asked == "none" else Level("attribution", ">=", asked)
    return both((proven, negated(barred(arrangement, tier, measures))))


def barred(arrangement: Arrangement, tier: TierWord, measures: tuple[Measure, ...] = ()) -> Condition:
    """Return when exclusions bar a tier, or every one of the measures that are named for it."""
    of_tier = _standing(exclusion for _, exclusion in could_bar_tier(arrangement, tier))
    if not measures:
        return of_tier
    exclusions = [exclusion for _, exclusion in could_bar_measures(arrangement, measures)]
    each = (_standing(e for e in exclusions if measure in BARRED_MEASURES[e.what]) for measure in measures)
    return either((of_tier, both(each)))


def clashing(arrangement: Arrangement, clause: Commitment) -> Condition:
    """Return when an exclusion bars the tier of a clause, or one of the measures that it names."""
    could = [*could_bar_tier(arrangement, clause.tier), *could_bar_measures(arrangement, acts_named(clause))]
    return _standing(exclusion for _, exclusion in could)


def _standing(exclusions: Iterable[Exclusion]) -> Condition:
    return either(TRUE if each.unless is None else negated(each.unless) for each in exclusions)


def _asked(rule: Callable[[World], bool], votes: World, fact: str) -> Condition:
    """Return when a rule says yes, upon a fact that it may look at."""
    with_it, without = (rule(votes.with_fact(fact, holds=holds)) for holds in (True, False))
    if with_it == without:
        return TRUE if with_it else FALSE
    return Fact(fact) if with_it else negated(Fact(fact))


def _warranted(finding: Finds) -> Condition:
    if finding is Finds.PROVOKED:
        return Fact("provoked")
    threat = next(threat for threat, warranted in WARRANTED.items() if warranted is finding)
    return both((is_threat(threat), Not(Fact("provoked"))))
