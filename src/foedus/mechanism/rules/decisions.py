"""Whether guarantors settle on a tier: consents, required members, decision rule, and what follows when they do not."""

from collections.abc import Mapping

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Abstention, DecisionRule, IfUndecided, OutsideAction, TierWord
from foedus.mechanism.rules.findings import after_no_decision, count_silence, is_finding_made
from foedus.mechanism.rules.prohibitions import is_forbidden
from foedus.mechanism.rules.roles import named, voters
from foedus.mechanism.rules.world import Ruling, World

COLLECTIVE = frozenset(
    {DecisionRule.QUORUM, DecisionRule.UNANIMITY, DecisionRule.COUNCIL_WITH_VETO, DecisionRule.LEAD_ALONE}
)
"""Rules under which a response takes a decision that binds together."""


def is_tier_decided(
    arrangement: Arrangement, world: World, tier: TierWord, *, weights: Mapping[str, int] | None = None
) -> Ruling:
    """Tell whether a tier is decided, at once or by what the text provides for a decision that does not come.

    ``weights`` of the members in a quorum; without them each counts one.
    """
    ruling = tier_by_vote(arrangement, world, tier, weights=weights)
    if ruling is Ruling.UNSETTLED and arrangement.decision.rule in (DecisionRule.NONE, DecisionRule.UNKNOWN):
        return ruling  # there is no rule whose deadline could pass
    return (
        ruling
        if ruling is Ruling.YES
        else after_no_decision(
            arrangement, ruling, against=world.against_response, silent=world.silent_on_response, gone=world.gone
        )
    )


def tier_by_vote(
    arrangement: Arrangement, world: World, tier: TierWord, *, weights: Mapping[str, int] | None = None
) -> Ruling:
    """Tell what those who decide say of a tier, before anything follows from a deadline that passes."""
    if is_vetoed(arrangement, world, tier):
        return Ruling.NO
    absent = world.against_response | world.silent_on_response | world.gone
    if named(arrangement.decision.required, arrangement) & absent:
        return Ruling.NO
    match arrangement.decision.rule:
        case DecisionRule.EACH_FOR_ITSELF:
            return Ruling.YES
        case DecisionRule.UNANIMITY:
            return _unanimity(arrangement, world)
        case DecisionRule.QUORUM:
            return _quorum(arrangement, world, tier, weights or {})
        case DecisionRule.COUNCIL_WITH_VETO:
            return _council(arrangement, world)
        case DecisionRule.LEAD_ALONE:
            return _lead(arrangement, world)
        case _:
            return Ruling.UNSETTLED


def deciders(arrangement: Arrangement) -> frozenset[str]:
    """Return the parties that vote on the response, or may refuse a consent that it needs."""
    lead = arrangement.decision.framework_nation
    return frozenset(
        {
            *arrangement.parties.guarantor,
            *named(arrangement.decision.required, arrangement),
            *named(arrangement.consents.response, arrangement),
            *named(arrangement.trigger.blocked_by, arrangement),
            *((lead,) if lead else ()),
        }
    )


def may_act_alone(arrangement: Arrangement) -> Ruling:
    """Tell whether a guarantor may act outside the mechanism once the mechanism has failed to find or to decide.

    What is unsettled is read narrowly both ways: no duty counts on it, and nobody is forbidden anything by it.
    """
    if arrangement.trigger.if_undecided is IfUndecided.EACH_MAY_ACT:
        return Ruling.YES  # the word on a failed decision goes before the general one
    return _ALONE.get(arrangement.decision.outside_action, Ruling.UNSETTLED)


def may_respond(arrangement: Arrangement, world: World) -> bool:
    """Tell whether a determination opens any response: it is made, or guarantors may go by their own judgement."""
    return is_finding_made(arrangement, world) is not Ruling.NO or may_act_alone(arrangement) is not Ruling.NO


def is_closed(
    arrangement: Arrangement, world: World, tier: TierWord, *, weights: Mapping[str, int] | None = None
) -> bool:
    """Tell whether nobody may carry out a tier: it is forbidden, or not decided while nobody may act alone."""
    if is_forbidden(arrangement, world, tier):
        return True
    is_caged = may_act_alone(arrangement) is Ruling.NO
    return is_caged and is_tier_decided(arrangement, world, tier, weights=weights) is Ruling.NO


def is_vetoed(arrangement: Arrangement, world: World, tier: TierWord) -> bool:
    """Tell whether somebody whose consent a tier needs refuses it."""
    holders = named(arrangement.consents.response, arrangement) - world.gone
    return tier in arrangement.consents.response_tiers and bool(holders & world.against_response)


_ALONE = {OutsideAction.ALLOWED: Ruling.YES, OutsideAction.FORBIDDEN: Ruling.NO}


def _unanimity(arrangement: Arrangement, world: World) -> Ruling:
    voting = set(voters(arrangement, world))
    if voting & world.against_response:
        return Ruling.NO
    if not voting or voting <= world.silent_on_response:
        return Ruling.UNSETTLED
    return count_silence(arrangement.decision.abstention) if voting & world.silent_on_response else Ruling.YES


def _quorum(arrangement: Arrangement, world: World, tier: TierWord, weights: Mapping[str, int]) -> Ruling:
    share: float | None = getattr(arrangement.decision.quorum, tier.value)
    voting = voters(arrangement, world)
    if share is None or not voting:
        return Ruling.UNSETTLED
    silent = [party for party in voting if party in world.silent_on_response]
    if silent and arrangement.decision.abstention in (Abstention.NONE, Abstention.UNKNOWN):
        return Ruling.UNSETTLED
    counted = [party for party in voting if party not in silent]
    joining = [party for party in counted if party not in world.against_response]
    match arrangement.decision.abstention:
        case Abstention.COUNTS_AS_YES:
            counted, joining = list(voting), [*joining, *silent]
        case Abstention.COUNTS_AS_NO:
            counted = list(voting)
        case _:
            pass
    if not counted:
        return Ruling.UNSETTLED
    is_reached = _weigh(joining, weights) + 1e-9 >= share * _weigh(counted, weights) and bool(joining)
    return Ruling.YES if is_reached else Ruling.NO


def _weigh(parties: list[str], weights: Mapping[str, int]) -> int:
    return sum(weights.get(party, 1) for party in parties) if weights else len(parties)


def _council(arrangement: Arrangement, world: World) -> Ruling:
    holders = named(arrangement.consents.response, arrangement) or named(arrangement.trigger.blocked_by, arrangement)
    if not holders:
        return Ruling.YES
    if holders & world.against_response - world.gone:
        return Ruling.NO
    return Ruling.UNSETTLED if holders <= world.silent_on_response else Ruling.YES


def _lead(arrangement: Arrangement, world: World) -> Ruling:
    lead = arrangement.decision.framework_nation
    if lead is None or lead in world.silent_on_response | world.gone:
        return Ruling.UNSETTLED
    return Ruling.NO if lead in world.against_response else Ruling.YES
