"""Obligations: duties without teeth, and promises that words alone, or less than they name, perform."""

from collections.abc import Iterator

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And, Fact
from foedus.arrangement.vocabulary import (
    Bindingness,
    Content,
    Finds,
    LegalForm,
    SanctionsNow,
    TierWord,
    TriggerType,
    Unspecified,
)
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import THREATS, atoms, either, is_threat, negated
from foedus.checks.words import ACTS, clauses, describe, parties
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.duties import BINDING, brings_help, falls_due
from foedus.mechanism.rules.roles import named
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence
from foedus.values.quantity import Money

_BEYOND_SUPPORT = frozenset({TierWord.DEPLOY, TierWord.DEFEND})
_SOFT = {Bindingness.MAY: "a right", Bindingness.INTENDS: "an intent"}
_SUPPORT_IN_WORDS = _SOFT | {Bindingness.WILL_CONSULT: "a meeting"}
_NARROW_TRIGGERS = {
    TriggerType.AGGRESSION_WITH_NUCLEAR_WEAPONS: ("nuclear_weapons_used", "aggression with nuclear weapons"),
    TriggerType.FLAGRANT_BREACH: ("flagrant", "a flagrant breach"),
}
_NOT_LAW = (
    LegalForm.POLITICAL_AGREEMENT,
    LegalForm.POLITICAL_DECLARATION,
    LegalForm.UNILATERAL_STATEMENT,
    LegalForm.SECRET_LETTER,
)


def find_toothless(case: Case) -> Iterator[Hole]:
    """O01: duties with neither a deadline nor a review in which a breach would be named."""
    a = case.arrangement
    found = [(i, clause) for i, clause in case.binding if not isinstance(clause.within, Duration)]
    if not found or isinstance(a.term.review_every, Duration):
        return
    paths = tuple(("commitments", i) for i, _ in found)
    ids = clauses(clause.id for _, clause in found)
    have, kept = ("have", "they are kept") if len(found) > 1 else ("has", "it is kept")
    if isinstance(a.trigger.decide_within, Duration):
        yield Hole(
            sentence(f"{ids} must be decided on in time, and {have} no deadline to be performed by"),
            paths,
            severity=Severity.INFORMATION,
            mend="set within for each clause",
        )
        return
    unknown = all(_is_unknown(case, clause) for _, clause in found)
    yield Hole(sentence(f"{ids} {have} no deadline, and nobody reviews whether {kept}"), paths, cannot_tell=unknown)


def _is_unknown(case: Case, clause: Commitment) -> bool:
    spans = (clause.within, case.arrangement.trigger.decide_within, case.arrangement.term.review_every)
    return Unspecified.UNKNOWN in spans


def find_empty_compliance(case: Case) -> Iterator[Hole]:
    """O02: acts after which every debtor can do nothing but talk and still keep the text."""
    helping = either(owed.when for owed in case.duties if owed.delivers and owed.path[0] == "commitments")
    answering = either(owed.when for owed in case.duties if owed.delivers)
    worlds = [
        case.engine.worst(And((is_threat(threat), case.hostile, case.honest, case.cover, negated(nothing))))
        for threat, nothing in ((each, answering if each == "coerce" else helping) for each in THREATS)
    ]
    found = [world for world in worlds if world is not None]
    if not found:
        yield from _left_to_the_debtors(case)
    else:
        world = found[0]
        due = falls_due(case.arrangement, world, weights=case.weights)
        acts = listed([describe(world), *(ACTS[other.threat] for other in found[1:])], last="or")
        beyond = "sanctions" if any(duty.delivers for duty in due) else "words"
        yield Hole(
            sentence(f"on {acts}, every debtor can keep to the text and deliver nothing beyond {beyond}"),
            tuple(dict.fromkeys(duty.clause for duty in due)),
            severity=Severity.ERROR if world.threat != "coerce" else Severity.WARNING,
            world=world,
        )


def _left_to_the_debtors(case: Case) -> Iterator[Hole]:
    """Find single duties whose debtors settle what they give, where others deliver all the same."""
    free = [(i, each) for i, each in case.binding if _is_left_open(each) and case.debtors_of[i]]
    if free:
        leave = "leaves" if len(free) == 1 else "leave"
        yield Hole(
            sentence(f"{clauses(each.id for _, each in free)} {leave} to each debtor how much it gives"),
            tuple(
                ("commitments", i, "content" if each.content is Content.DEBTOR_CHOOSES else "bindingness")
                for i, each in free
            ),
            severity=Severity.INFORMATION,
        )


def _is_left_open(clause: Commitment) -> bool:
    return clause.content is Content.DEBTOR_CHOOSES or clause.bindingness is Bindingness.SHALL_DISCRETIONARY


def _delivers_nothing(case: Case, hole: Hole) -> bool:
    """Tell whether only words are owed in the world of a hole; what is read off the text has none."""
    due = falls_due(case.arrangement, hole.world, weights=case.weights) if hole.world else ()
    only_words = hole.world is not None and hole.world.threat == "coerce"
    return bool(due) and not any(duty.delivers and (only_words or duty.clause[0] == "commitments") for duty in due)


def find_words_above_form(case: Case) -> Iterator[Hole]:
    """O03: the words of a treaty in a form that does not bind in law."""
    whole = case.arrangement.legal_form
    for form in _NOT_LAW:
        found = [(i, clause) for i, clause in case.binding if (clause.legal_form or whole) is form]
        if not found:
            continue
        own = [("commitments", i, "legal_form") for i, clause in found if clause.legal_form]
        yield Hole(
            sentence(
                f"{clauses(clause.id for _, clause in found)}: the word 'shall' stands in a "
                f"{form.replace('_', ' ')}, which by most accounts does not bind in law"
            ),
            (
                *(own if len(own) == len(found) else [("legal_form",)]),
                *(("commitments", i, "bindingness") for i, _ in found),
            ),
        )


# O05


def find_sanctions_gone(case: Case) -> Iterator[Hole]:
    """O05: sanctions that are taken off, and that no binding word brings back, or not on every armed attack."""
    sanctions = case.arrangement.sanctions
    if Finds.INVASION in sanctions.snapback_on and Finds.INCURSION not in sanctions.snapback_on:
        yield Hole(
            "Sanctions return on an invasion and not on an incursion: a small seizure brings none back.",
            (("sanctions", "snapback_on"),),
            severity=Severity.INFORMATION,
            mend="let them return on an incursion too: add it to sanctions.snapback_on",
        )
    if sanctions.now not in (SanctionsNow.LIFTED, SanctionsNow.EASED):
        return
    if not sanctions.snapback_on:
        told, path = "nothing brings them back", "now"
    elif sanctions.snapback_bindingness not in BINDING:
        told, path = "nobody is obliged to bring them back", "snapback_bindingness"
    else:
        return
    yield Hole(sentence(f"sanctions are {sanctions.now}, and {told}"), (("sanctions", path), ("sanctions",)))


# D08


def find_trigger_at_odds(case: Case) -> Iterator[Hole]:
    """D08: a trigger that names less than the clauses answer."""
    kind = case.arrangement.trigger.type
    if kind is TriggerType.NONE and case.binding:
        yield Hole(
            sentence(
                f"the text names no trigger, and {clauses(each.id for _, each in case.binding)} "
                f"{'falls' if len(case.binding) == 1 else 'fall'} due on one"
            ),
            (("trigger", "type"), ("trigger",)),
            severity=Severity.INFORMATION,
            mend="say what opens it: trigger.type, such as armed_attack_or_threat",
        )
    if kind not in _NARROW_TRIGGERS or not case.binding:
        return
    fact, words = _NARROW_TRIGGERS[kind]
    conditions = [each.when for _, each in case.binding if each.when is not None]
    if not any(Fact(fact) in set(atoms(condition)) for condition in conditions):
        yield Hole(
            sentence(
                f"the trigger is {words}, and {clauses(each.id for _, each in case.binding)} "
                f"{'answers' if len(case.binding) == 1 else 'answer'} more: the text says two things"
            ),
            (("trigger", "type"), *(("commitments", i) for i, _ in case.binding)),
        )


# O04


def find_soft_words(case: Case) -> Iterator[Hole]:
    """O04: promises of help in words that oblige nobody to act."""
    a = case.arrangement
    found = [
        (i, clause)
        for i, clause in enumerate(a.commitments)
        if clause.bindingness in _SOFT and case.debtors_of[i] and _promises_help(clause)
    ]  # a duty to meet that names help is D07's
    if found:
        words = listed(dict.fromkeys(_SOFT[clause.bindingness] for _, clause in found))
        verb = "gives" if len(found) == 1 else "give"
        yield Hole(
            sentence(f"{clauses(clause.id for _, clause in found)} {verb} {words}, and no duty to act"),
            tuple(("commitments", i, "bindingness") for i, _ in found),
        )
    yield from _soft_support(case)
    if a.sanctions.snapback_on and a.sanctions.snapback_bindingness in _SOFT:
        words = _SOFT[a.sanctions.snapback_bindingness]
        yield Hole(
            sentence(f"the return of sanctions is no more than {words}, and nobody owes it"),
            (("sanctions", "snapback_bindingness"), ("sanctions", "snapback_on")),
            mend="write `snapback_bindingness: shall_specified`, or do not count on it",
        )


def _soft_support(case: Case) -> Iterator[Hole]:
    a = case.arrangement
    given = [(i, each) for i, each in enumerate(a.standing_support) if named(each.by, a)]
    soft = [(i, each) for i, each in given if each.bindingness in _SUPPORT_IN_WORDS]
    if soft:
        words = listed(dict.fromkeys(_SUPPORT_IN_WORDS[each.bindingness] for _, each in soft), last="or")
        givers = parties(frozenset().union(*(named(each.by, a) for _, each in soft)))
        whose = "" if len(soft) == len(given) else f" of {givers}"
        yield Hole(
            sentence(f"support in peacetime{whose} is no more than {words}, and nobody owes it"),
            tuple(("standing_support", i, "bindingness") for i, _ in soft),
        )


def _promises_help(clause: Commitment) -> bool:
    """Tell whether a clause promises forces, or names help beyond a meeting."""
    return clause.tier in _BEYOND_SUPPORT or (bool(clause.measures) and brings_help(clause))


# F05


def find_unvoted_money(case: Case) -> Iterator[Hole]:
    """F05: support that is owed in peacetime and for which no money has been voted, or not for the whole time."""
    length = case.arrangement.term.length
    for index, support in enumerate(case.arrangement.standing_support):
        if support.bindingness not in BINDING:
            continue
        path = (("standing_support", index, "funded_for"), ("standing_support", index))
        if isinstance(support.money, Money) and not support.money.per and not isinstance(support.funded_for, Duration):
            yield Hole(
                sentence(f"standing support is {support.money}, and it is not said per year, for how long, or by when"),
                (("standing_support", index, "money"), ("standing_support", index)),
                mend="write the sum per year, and for how long it has been voted (`funded_for`)",
            )
        elif support.funded_for is Unspecified.NONE:
            yield Hole("Standing support is owed, and no money has been voted for it.", path)
        elif (
            isinstance(support.funded_for, Duration)
            and isinstance(length, Duration)
            and support.funded_for.hours < length.hours
        ):
            yield Hole(
                sentence(
                    f"standing support is owed for {length.in_words}, and money has been voted for "
                    f"{support.funded_for.in_words}"
                ),
                path,
            )


CHECKS = (
    Check(
        id="O01",
        kind=FindingKind.OPEN,
        title="duty without teeth",
        promise="Every duty has a deadline, or a review in which a breach is named.",
        severity=Severity.WARNING,
        how="read off the text",
        mend="set a deadline for the decision or for the act, or a regular review",
        find=find_toothless,
        subject=lambda case: case.binding,
    ),
    Check(
        id="O02",
        kind=FindingKind.OPEN,
        title="empty compliance",
        promise="The cheapest lawful performance of what is owed delivers more than words.",
        severity=Severity.ERROR,
        how="search of the worlds: duties fall due and none of them has content that the debtor cannot choose away",
        mend="name measures and a floor: content: floor, with measures, forces or money",
        find=find_empty_compliance,
        subject=lambda case: case.duties,
        claim=_delivers_nothing,
    ),
    Check(
        id="O03",
        kind=FindingKind.OPEN,
        title="words that bind more than the form",
        promise="Words of duty stand in a form that binds.",
        severity=Severity.INFORMATION,
        how="read off the text",
        mend="conclude it as a treaty, or do not count on the word",
        find=find_words_above_form,
        subject=lambda case: case.binding,
    ),
    Check(
        id="D08",
        title="trigger narrower than the clauses",
        promise="The trigger names what the clauses answer.",
        severity=Severity.WARNING,
        how="the trigger's own word against the conditions of the clauses, by which the rules go",
        mend="widen the trigger (`trigger.type`), or write its word into the clauses' conditions",
        find=find_trigger_at_odds,
        subject=lambda case: case.arrangement.trigger.type in {TriggerType.NONE, *_NARROW_TRIGGERS},
    ),
    Check(
        id="O05",
        kind=FindingKind.OPEN,
        title="sanctions that nothing brings back",
        promise="Sanctions that are lifted come back when the adversary attacks.",
        severity=Severity.WARNING,
        how="read off the text",
        mend="add a snapback in words of duty: sanctions.snapback_on, snapback_bindingness",
        find=find_sanctions_gone,
        subject=lambda case: (
            case.arrangement.sanctions.snapback_on
            or case.arrangement.sanctions.now in (SanctionsNow.LIFTED, SanctionsNow.EASED)
        ),
    ),
    Check(
        id="O04",
        kind=FindingKind.OPEN,
        title="words that oblige nobody",
        promise="Help is promised in words of duty.",
        severity=Severity.INFORMATION,
        how="read off each clause that names forces or other help, of support in peacetime and of the snapback",
        mend="write `shall_specified` or `shall_discretionary`, or do not count on the clause",
        find=find_soft_words,
        subject=lambda case: case.arrangement.commitments,
    ),
    Check(
        id="F05",
        kind=FindingKind.OPEN,
        title="support without money",
        promise="Money has been voted for the support that is owed, for as long as it is owed.",
        severity=Severity.WARNING,
        how="how long money has been voted for, against how long the text lasts; nothing where either is not known",
        mend="have the money voted for the whole term, or owe it only for as long as it is voted",
        find=find_unvoted_money,
        subject=lambda case: [each for each in case.arrangement.standing_support if each.bindingness in BINDING],
    ),
)
