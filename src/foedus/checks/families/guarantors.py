"""Guarantors as danger: rights to come in unasked, claims on the protected state, rivalries, troops without an end."""

from collections.abc import Iterator
from itertools import combinations

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And, Fact, Not
from foedus.arrangement.names.affiliations import bond, stated_places, ties_to_adversary
from foedus.arrangement.record import Tie
from foedus.arrangement.vocabulary import Bindingness, Finds, From, Measure, TieKind, TierWord, Unspecified
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import atoms
from foedus.checks.words import agreeing, in_prose, parties
from foedus.errors import Severity
from foedus.mechanism.rules.duties import is_duty_to_act
from foedus.mechanism.rules.roles import monitors, named
from foedus.mechanism.rules.world import World
from foedus.values.duration import Duration
from foedus.values.names import party_in_prose, sentence
from foedus.values.quantity import Forces

_ENTRY = frozenset({Measure.GROUND_FORCES, Measure.USE_OF_FORCE, Measure.AIR_DEFENCE})
_COUP = Fact("constitution_overthrown")


# R01


def find_intervention_unasked(case: Case) -> Iterator[Hole]:
    """R01: guarantors that may or must send forces in without the protected state's request."""
    for index, clause in _entries(case):
        is_right = clause.bindingness is Bindingness.MAY
        below_attack = is_right and not _is_about_the_protected_state(case, clause)
        force = "use force" if clause.tier is TierWord.DEFEND else "send forces in"
        entry = (
            f"gives {_who(case, clause)} a right to {force}{' on grey-zone pressure' if below_attack else ''}"
            if is_right
            else f"has {_who(case, clause)} {force} where the constitutional order is overthrown"
        )
        yield Hole(
            sentence(f"clause {clause.id} {entry}, and the protected state need not have asked for it"),
            (("commitments", index), ("commitments", index, "bindingness" if is_right else "when")),
            severity=Severity.INFORMATION if below_attack else Severity.WARNING,
        )


def _entries(case: Case) -> Iterator[tuple[int, Commitment]]:
    """Yield the clauses under which forces come in unasked: over what goes on inside, by right or after a coup."""
    for index, clause in enumerate(case.arrangement.commitments):
        is_entry = clause.tier in (TierWord.DEPLOY, TierWord.DEFEND) and (
            not clause.measures or bool(set(clause.measures) & _ENTRY)
        )
        asked = clause.when is not None and Fact("requested") in set(atoms(clause.when))
        if not is_entry or asked or not named(clause.by, case.arrangement):
            continue
        is_right = clause.bindingness is Bindingness.MAY and (
            _is_about_the_protected_state(case, clause) or _comes_below_an_attack(case, clause)
        )
        if is_right or (is_duty_to_act(clause) and _waits_for_a_coup(case, clause)):
            yield index, clause


def _waits_for_a_coup(case: Case, clause: Commitment) -> bool:
    """Tell whether a clause falls due only where the constitutional order has been overthrown."""
    return clause.when is not None and not case.engine.is_possible(And((clause.when, Not(_COUP))))


def _comes_below_an_attack(case: Case, clause: Commitment) -> bool:
    """Tell whether a clause lets in, on grey-zone pressure, forces that do not stand there, with no say of the host."""
    a = case.arrangement
    in_place = {party for each in a.deployments if each.since is not From.ATTACK for party in named(each.by, a)}
    asking = named(a.trigger.invoked_by, a) | named(a.consents.deployment, a) | named(a.consents.response, a)
    comes = bool(named(clause.by, a) - in_place)
    return Finds.HYBRID in clause.answers and comes and not asking & set(a.parties.protected_state)


def _is_about_the_protected_state(case: Case, clause: Commitment) -> bool:
    """Tell whether a clause answers what goes on inside the protected state, and not an attack on it alone."""
    if Finds.PROVOKED in clause.answers:
        return True
    if clause.when is None:
        return False
    return _COUP in set(atoms(clause.when)) or not case.engine.is_possible(And((clause.when, Fact("external"))))


def _who(case: Case, clause: Commitment) -> str:
    who = named(clause.by, case.arrangement)  # the adversary too, where it is a guarantor: that is the danger
    return f"{'each of ' if len(who) > 1 else ''}{parties(who)}"


# R02


def find_claimants(case: Case) -> Iterator[Hole]:
    """R02: a guarantor, or a monitor, that has claims on the protected state or is its rival."""
    a = case.arrangement
    for index, tie in enumerate(a.ties):
        protected = {tie.party, tie.to} & set(a.parties.protected_state)
        other = ({tie.party, tie.to} - protected) & (set(a.parties.guarantor) | monitors(a, World()))
        is_claim = tie.kind is TieKind.CLAIMANT and tie.to in protected
        if not other or not (is_claim or (tie.kind is TieKind.RIVAL and protected)):
            continue
        (who,), (state,) = other, protected
        guarantees = who in a.parties.guarantor
        does = f"is to {'guarantee' if guarantees else 'watch over'} {party_in_prose(state)}"
        has = f"has claims on it{_rests(tie)}" if is_claim else f"is its rival{_rests(tie)}"
        yield Hole(
            sentence(f"{party_in_prose(who)} {does} and {has}{_danger(guarantees, is_claim=is_claim)}"),
            (("ties", index), ("parties", "guarantor" if guarantees else "monitor")),
            severity=Severity.ERROR if guarantees and is_claim else Severity.WARNING,
        )


def _rests(tie: Tie) -> str:
    return f" ({tie.note})" if tie.note else ""


def _danger(guarantees: bool, /, *, is_claim: bool) -> str:
    if not guarantees:
        return ", so that others need not believe what it reports"
    return f", so the guarantor {'is a likely violator' if is_claim else 'may turn its rights against it'}"


# R03


def find_rival_guarantors(case: Case) -> Iterator[Hole]:
    """R03: guarantors that are rivals of each other and may each come in."""
    a = case.arrangement
    rivals = {frozenset((tie.party, tie.to)): i for i, tie in enumerate(a.ties) if tie.kind is TieKind.RIVAL}
    enter = [named(clause.by, a) for _, clause in _entries(case)]
    standing = frozenset().union(*(named(each.by, a) for each in a.deployments))
    for pair in combinations(sorted(a.parties.guarantor), 2):
        if frozenset(pair) not in rivals:
            continue
        both_enter = any(set(pair) <= each for each in enter) or set(pair) <= standing
        yield Hole(
            sentence(
                f"{parties(pair)} are rivals and guarantors of the same state"
                + (", and each may have forces in it" if both_enter else "")
            ),
            (("ties", rivals[frozenset(pair)]), ("parties", "guarantor")),
            severity=Severity.ERROR if both_enter else Severity.WARNING,
        )


# R05


def find_bound_guarantors(case: Case) -> Iterator[Hole]:
    """R05: a guarantor that is bound to the adversary against which it guarantees."""
    a, ties = case.arrangement, ties_to_adversary(case.arrangement)
    for party in sorted(ties.keys() & set(a.parties.guarantor)):
        stated = [("ties", i) for i in stated_places(a, [ties[party]])]
        yield Hole(
            sentence(
                f"{party_in_prose(party)} guarantees against {party_in_prose(ties[party].to)}, and {bond(ties[party])}"
            ),
            (*stated, ("parties", "guarantor")),
        )


# R04


def find_garrisons_without_end(case: Case) -> Iterator[Hole]:
    """R04: forces that stand in peace, in a text that nobody can leave, and that the protected state cannot end."""
    a = case.arrangement
    is_endless = a.term.length is Unspecified.NONE and a.term.exit_notice is Unspecified.NONE and not a.term.ends_on
    for index, deployment in enumerate(a.deployments):
        enders = named(deployment.can_be_ended_by, a)
        if deployment.since is From.ATTACK or deployment.ends_on or enders & set(a.parties.protected_state):
            continue
        if not is_endless:
            yield from _in_their_own_hands(case, index, enders)
            continue
        who = named(deployment.by, a)
        forces = deployment.forces.in_prose if isinstance(deployment.forces, Forces) else "forces of unknown size"
        if who:
            yield Hole(
                sentence(
                    f"{parties(who)} may keep {forces} in the protected state without an end: the text has "
                    "no term and no exit, and the protected state cannot send them away"
                ),
                (("deployments", index), ("term",)),
            )


def _in_their_own_hands(case: Case, index: int, enders: frozenset[str]) -> Iterator[Hole]:
    """Find forces whose stay their senders alone can end, or nobody, as long as the text lasts."""
    a = case.arrangement
    deployment = a.deployments[index]
    length = a.term.length
    is_long = not isinstance(length, Duration) or length.hours > _LONG_STAY.hours
    if deployment.can_be_ended_by == ("nobody",) and is_long and not a.term.ends_on:
        until = f" before the text ends, after {length.in_words}" if isinstance(length, Duration) else ""
        yield Hole(
            sentence(
                f"nobody can end the stay of {in_prose(deployment.forces)}{until}, and no event does: the protected "
                "state can send them away only by leaving the whole arrangement"
            ),
            (("deployments", index, "can_be_ended_by"), ("deployments", index)),
            severity=Severity.INFORMATION,
            mend="let them leave at the protected state's request: `ends_on: request`",
        )
    if enders and enders <= named(deployment.by, a):
        yield Hole(
            sentence(
                f"{parties(enders)} alone {agreeing(enders, 'decides', 'decide')} when {in_prose(deployment.forces)} "
                "leave: the protected state can send them away only by leaving the whole arrangement"
            ),
            (("deployments", index, "can_be_ended_by"), ("deployments", index)),
            severity=Severity.INFORMATION,
            mend="let them leave at the protected state's request: `ends_on: request`",
        )


_LONG_STAY = Duration.parse("2 y")
"""A force sent for no longer than this comes for a task, and goes with it."""


CHECKS = (
    Check(
        id="R01",
        title="intervention unasked",
        promise="No guarantor may send forces in without the protected state's request.",
        severity=Severity.WARNING,
        how="clauses that reach up to forces and need no request: rights where there is no attack, answers to a coup",
        mend="let it wait for a request (`when: requested`), or let it answer an attack from outside",
        find=find_intervention_unasked,
        subject=lambda case: [each for each in case.arrangement.commitments if each.tier is not TierWord.SUPPORT],
    ),
    Check(
        id="R02",
        title="guarantor with claims",
        promise="No guarantor or monitor has claims on the protected state, or is its rival.",
        severity=Severity.ERROR,
        how="ties that the text states",
        mend="take it out of the guarantors, let it promise non-aggression instead, and let another answer its breach",
        find=find_claimants,
        subject=lambda case: case.arrangement.ties,
    ),
    Check(
        id="R03",
        title="rival guarantors",
        promise="Guarantors are not each other's rivals.",
        severity=Severity.ERROR,
        how="ties that the text states; graver where each may have forces in the protected state",
        mend="let them act jointly only, or under the command of a third",
        find=find_rival_guarantors,
        subject=lambda case: case.arrangement.ties and case.arrangement.parties.guarantor,
    ),
    Check(
        id="R05",
        title="guarantor bound to the adversary",
        promise="No guarantor is bound to the adversary.",
        severity=Severity.WARNING,
        how="ties that the text states, and alliances on record in its year",
        mend="do not count on it against the adversary, or let it promise something else",
        find=find_bound_guarantors,
        subject=lambda case: case.arrangement.parties.guarantor,
    ),
    Check(
        id="R04",
        title="garrison without an end",
        promise="Forces in the protected state can be sent away, or leave at some time.",
        severity=Severity.WARNING,
        how="deployments in peace that the protected state cannot end; graver in a text without term or exit",
        mend="write an end: `ends_on`, `term.length`, or the protected state under `can_be_ended_by`",
        find=find_garrisons_without_end,
        subject=lambda case: case.arrangement.deployments,
    ),
)
