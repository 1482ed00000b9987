"""Whether the mechanism finds what happened: who invokes it, who finds, what counts as proof."""

from collections.abc import Callable

from foedus.arrangement.process import Decision
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Abstention, DeterminationRule, Finds, IfUndecided, StandardOfProof, TierWord
from foedus.mechanism.rules.roles import body_members, finding_blockers, monitors, named, voters
from foedus.mechanism.rules.world import Ruling, World, is_at_least

PROVEN_AT: dict[StandardOfProof, str] = {
    StandardOfProof.NONE: "none",
    StandardOfProof.UNKNOWN: "none",
    StandardOfProof.SUSPICION: "suspected",
    StandardOfProof.PREPONDERANCE: "likely",
    StandardOfProof.CLEAR_AND_CONVINCING: "established",
    StandardOfProof.BEYOND_REASONABLE_DOUBT: "established",
}
"""The attribution that each standard of proof asks for at least."""

OPENS: dict[Finds, TierWord] = {
    Finds.HYBRID: TierWord.SUPPORT,
    Finds.INCURSION: TierWord.DEPLOY,
    Finds.INVASION: TierWord.DEFEND,
    Finds.PROVOKED: TierWord.DEPLOY,
}
"""The tier whose standard of proof a determination has to meet itself: who finds an invasion holds it proven."""


def is_finding_made(arrangement: Arrangement, world: World) -> Ruling:
    """Tell whether those who find what happened arrive at a finding; what follows a blocked finding is counted in.

    A mechanism that nobody invokes has not been opened, and so no deadline of it can pass.
    """
    if not is_invoked(arrangement, world):
        return Ruling.NO
    ruling = finding_by_vote(arrangement, world)
    if ruling is Ruling.UNSETTLED and not is_finder_named(arrangement):
        return ruling  # nobody is named, so no deadline of theirs can pass
    return (
        ruling
        if ruling is Ruling.YES
        else after_no_decision(
            arrangement, ruling, against=world.against_finding, silent=world.silent_on_finding, gone=world.gone
        )
    )


def finding_by_vote(arrangement: Arrangement, world: World) -> Ruling:
    """Tell what those who find say, before anything follows from a deadline that passes."""
    if finding_blockers(arrangement) & world.against_finding - world.gone:
        return Ruling.NO
    return _RULES.get(arrangement.trigger.determined_by, _unsettled)(arrangement, world)


def is_finder_named(arrangement: Arrangement) -> bool:
    """Tell whether the text says who finds."""
    return arrangement.trigger.determined_by in _RULES


def does_each_find_for_itself(arrangement: Arrangement) -> bool:
    """Tell whether each party finds for itself, so that a dissent frees the dissenter and nobody else."""
    return arrangement.trigger.determined_by.startswith("each_party")


def finders(arrangement: Arrangement, world: World) -> frozenset[str]:
    """Return the parties on whose votes a finding, or what it obliges them to, can turn."""
    leader = arrangement.decision.framework_nation
    lead = frozenset[str]() if leader is None else frozenset({leader})
    match arrangement.trigger.determined_by:
        case DeterminationRule.COUNCIL_CONSENSUS if body_members(arrangement):
            voting = body_members(arrangement)
        case DeterminationRule.UNANIMITY_OF_GUARANTORS | DeterminationRule.COUNCIL_CONSENSUS:
            voting = frozenset(voters(arrangement, world))
        case DeterminationRule.LEAD_GUARANTOR_ALONE:
            voting = lead
        case DeterminationRule.PROTECTED_STATE_ALONE:
            voting = frozenset(arrangement.parties.protected_state)
        case DeterminationRule.MONITOR_BODY:
            voting = monitors(arrangement, world)
        case DeterminationRule.COUNCIL_WITH_VETO | DeterminationRule.UNDEFINED | DeterminationRule.UNKNOWN:
            voting = frozenset()
        case _:
            voting = frozenset(arrangement.responders)
    if arrangement.trigger.if_undecided is IfUndecided.LEAD_DECIDES:
        voting |= lead
    return (voting | finding_blockers(arrangement)) - world.gone


def is_invoked(arrangement: Arrangement, world: World) -> bool:
    """Tell whether somebody who may invoke the mechanism does; whoever is not against a finding would.

    Where the text names nobody, or does not say, the mechanism opens of its own motion.
    """
    invokers = named(arrangement.trigger.invoked_by, arrangement)
    return not invokers or bool(invokers - world.against_finding - world.gone)


def is_proven(arrangement: Arrangement, world: World, tier: TierWord) -> bool:
    """Tell whether the attribution reaches the standard of proof for a tier."""
    level = proof_asked(arrangement, tier)
    return level == "none" or is_at_least("attribution", value=world.attribution, level=level)


def proof_asked(arrangement: Arrangement, tier: TierWord) -> str:
    """Return the attribution that the standard of proof for a tier asks for at least."""
    return PROVEN_AT[standard_of(arrangement, tier)]


def standard_of(arrangement: Arrangement, tier: TierWord) -> StandardOfProof:
    """Return the standard of proof that the text sets for a tier."""
    standard: StandardOfProof = getattr(arrangement.trigger.proof, tier.value)
    return standard


def is_judge_in_its_own_cause(arrangement: Arrangement) -> bool:
    """Tell whether the protected state alone finds what happened, so that it is never found to have provoked it."""
    return arrangement.trigger.determined_by is DeterminationRule.PROTECTED_STATE_ALONE


def after_no_decision(
    arrangement: Arrangement, ruling: Ruling, *, against: frozenset[str], silent: frozenset[str], gone: frozenset[str]
) -> Ruling:
    """Tell what follows where a deadline passes without a decision."""
    match arrangement.trigger.if_undecided:
        case IfUndecided.DEFAULT_RESPONSE:
            return Ruling.YES
        case IfUndecided.LEAD_DECIDES:
            return _lead(arrangement.decision, against=against, silent=silent, gone=gone)
        case IfUndecided.NOTHING | IfUndecided.EACH_MAY_ACT:
            return Ruling.NO
        case _:
            return ruling


def count_silence(abstention: Abstention) -> Ruling:
    """Tell how the silence of a member whose agreement is needed counts."""
    match abstention:
        case Abstention.COUNTS_AS_NO:
            return Ruling.NO
        case Abstention.COUNTS_AS_YES | Abstention.NOT_COUNTED:
            return Ruling.YES
        case _:
            return Ruling.UNSETTLED


def _unsettled(_arrangement: Arrangement, _world: World) -> Ruling:
    return Ruling.UNSETTLED


def _each(_arrangement: Arrangement, _world: World) -> Ruling:
    return Ruling.YES


def _each_after_consultation(_arrangement: Arrangement, world: World) -> Ruling:
    return Ruling.YES if "consulted" in world.facts else Ruling.NO


def _all_guarantors(arrangement: Arrangement, world: World) -> Ruling:
    voting = set(voters(arrangement, world))
    if voting & world.against_finding:
        return Ruling.NO
    if not voting or voting <= world.silent_on_finding:
        return Ruling.UNSETTLED
    return count_silence(arrangement.decision.abstention) if voting & world.silent_on_finding else Ruling.YES


def _consensus(arrangement: Arrangement, world: World) -> Ruling:
    voting = body_members(arrangement) - world.gone
    if not voting:
        return _all_guarantors(arrangement, world)  # no body is known: the guarantors are the council
    if voting <= world.silent_on_finding:
        return Ruling.UNSETTLED
    return count_silence(arrangement.decision.abstention) if voting & world.silent_on_finding else Ruling.YES


def _council_with_veto(arrangement: Arrangement, world: World) -> Ruling:
    vetoes = finding_blockers(arrangement)
    return Ruling.UNSETTLED if vetoes and vetoes <= world.silent_on_finding else Ruling.YES


def _lead_alone(arrangement: Arrangement, world: World) -> Ruling:
    return _lead(arrangement.decision, against=world.against_finding, silent=world.silent_on_finding, gone=world.gone)


def _lead(decision: Decision, *, against: frozenset[str], silent: frozenset[str], gone: frozenset[str]) -> Ruling:
    lead = decision.framework_nation
    if lead is None or lead in silent | gone:
        return Ruling.UNSETTLED
    return Ruling.NO if lead in against else Ruling.YES


def _protected_state_alone(arrangement: Arrangement, world: World) -> Ruling:
    states = set(arrangement.parties.protected_state)
    if states <= world.against_finding:
        return Ruling.NO
    return Ruling.UNSETTLED if states <= world.against_finding | world.silent_on_finding else Ruling.YES


def _monitor_body(arrangement: Arrangement, world: World) -> Ruling:
    voting = monitors(arrangement, world)
    if not voting or voting <= world.silent_on_finding:
        return Ruling.UNSETTLED
    return Ruling.NO if voting <= world.against_finding | world.silent_on_finding else Ruling.YES


_RULES: dict[DeterminationRule, Callable[[Arrangement, World], Ruling]] = {
    DeterminationRule.EACH_PARTY_FOR_ITSELF: _each,
    DeterminationRule.EACH_PARTY_AFTER_CONSULTATION: _each_after_consultation,
    DeterminationRule.UNANIMITY_OF_GUARANTORS: _all_guarantors,
    DeterminationRule.COUNCIL_CONSENSUS: _consensus,
    DeterminationRule.COUNCIL_WITH_VETO: _council_with_veto,
    DeterminationRule.LEAD_GUARANTOR_ALONE: _lead_alone,
    DeterminationRule.PROTECTED_STATE_ALONE: _protected_state_alone,
    DeterminationRule.MONITOR_BODY: _monitor_body,
}
