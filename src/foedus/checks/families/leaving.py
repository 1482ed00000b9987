"""Leaving and lapsing: cover that rests on one debtor or on a peace, exits in a crisis, texts void by one act."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.arrangement.conditions import Acts, And, Condition, Fact, Not
from foedus.arrangement.vocabulary import EndEvent, From, LegalForm, TierWord, TriggerType, Unspecified
from foedus.checks.case import Case, Owed
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import THREATS, assume, atoms, either, is_threat
from foedus.checks.timescales import hours_in_words
from foedus.checks.words import agreeing, describe, hostile_parties, in_prose, parties
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.duties import falls_due
from foedus.mechanism.rules.roles import adversaries, named
from foedus.mechanism.rules.world import World
from foedus.text.source import Path
from foedus.values.duration import Duration
from foedus.values.names import sentence

_PEACE = {"ceasefire_in_force": "a ceasefire is in force", "settlement_in_force": "the settlement is in force"}
_VOID: Path = ("term", "void_if")
_BROUGHT_ABOUT = {
    "constitution_overthrown": "a coup, which the adversary may bring about,",
    "ceasefire_in_force": "the end of the ceasefire, which the attack itself brings about,",
    "settlement_in_force": "the end of the settlement, which the attack itself brings about,",
    "adversary_agrees": "the word of the adversary",
    "provoked": "a single use of force that is laid at the protected state's door",
}
_IN_ITS_HANDS = frozenset(_BROUGHT_ABOUT) - {"provoked"}
_ONE_CAN_CHANGE = frozenset({LegalForm.DOMESTIC_LAW, LegalForm.UNILATERAL_STATEMENT, LegalForm.EXECUTIVE_AGREEMENT})


def find_single_points(case: Case) -> Iterator[Hole]:
    """L01: acts on which one debtor alone owes anything."""
    debtors_known = sorted({debtor for owed in case.duties for debtor in owed.debtors})
    alone = {debtor: _alone(case, debtor) for debtor in debtors_known}
    for threat in THREATS:
        for debtor in debtors_known:
            world = case.engine.worst(And((is_threat(threat), case.plain, *_all_act(case), alone[debtor])))
            if world is not None:
                due = falls_due(case.arrangement, world, weights=case.weights)
                yield Hole(
                    sentence(f"on {describe(world)}, {parties([debtor])} alone is under a duty to act"),
                    tuple(dict.fromkeys(duty.clause for duty in due)),
                    world=world,
                    about=(debtor,),
                )
                return
    yield from _forces_of_one(case)


def _alone(case: Case, debtor: str) -> Condition:
    """Return when a debtor owes something and nobody else does."""
    own = either(owed.when for owed in case.duties if debtor in owed.debtors)
    others = either(owed.when for owed in case.duties if set(owed.debtors) - {debtor})
    return assume(And((own, Not(others))), acts=True)


def _forces_of_one(case: Case) -> Iterator[Hole]:
    """Find where several owe something on an armed attack, and one alone owes forces."""
    with_forces = [(i, each) for i, each in case.binding if each.tier is not TierWord.SUPPORT and case.debtors_of[i]]
    owing = {debtor for i, _ in with_forces for debtor in case.debtors_of[i]}
    others = {debtor for owed in case.duties if owed.path[0] == "commitments" for debtor in owed.debtors} - owing
    if len(owing) == 1 and others:
        yield Hole(
            sentence(
                f"{parties(owing)} alone owes forces; {parties(others)} {agreeing(others, 'owes', 'owe')} no more than "
                "support"
            ),
            tuple(("commitments", i, "by") for i, _ in with_forces),
            mend="let a second debtor owe forces too",
        )


def _all_act(case: Case) -> list[Condition]:
    return [Acts(party) for party in case.space.parties]


def _rests_on_one(case: Case, hole: Hole) -> bool:
    if hole.world is None:
        return True  # read off the text
    (debtor,) = hole.about
    without = replace(hole.world, gone=frozenset({debtor}))
    owing = {duty.debtor for duty in falls_due(case.arrangement, hole.world, weights=case.weights)}
    left = {duty.debtor for duty in falls_due(case.arrangement, without, weights=case.weights)}
    return owing == {debtor} and not left


def find_exits(case: Case) -> Iterator[Hole]:
    """L02: ways out that are shorter than a crisis, and ends that are known beforehand."""
    yield from _short_notice(case)
    yield from _sunset(case)
    yield from _due_after_the_end(case)
    yield from _events_untold(case)


def _short_notice(case: Case) -> Iterator[Hole]:
    a, scales = case.arrangement, case.timescales
    if not a.commitments:
        return
    notice = a.term.exit_notice
    if isinstance(notice, Duration):
        hold, buildup = scales["overrun.invade"], scales["buildup"]
        if notice.hours < buildup.high:
            grave = notice.hours < hold.high
            yield Hole(
                sentence(
                    f"a guarantor may leave {_at(notice)}, shorter than "
                    + (
                        f"a war in which the protected state holds ({hold})"
                        if grave
                        else f"the build-up to an attack can be (up to {hours_in_words(buildup.high)})"
                    )
                ),
                (("term", "exit_notice"),),
                severity=Severity.ERROR if grave else Severity.WARNING,
            )
    elif a.legal_form in _ONE_CAN_CHANGE:
        yield Hole(
            sentence(f"it is {_article(a.legal_form)}, which the party that made it can change alone at any time"),
            (("legal_form",),),
            severity=Severity.WARNING,
        )
    for index, clause in enumerate(a.commitments):
        if clause.legal_form in _ONE_CAN_CHANGE and a.legal_form not in _ONE_CAN_CHANGE:
            yield Hole(
                sentence(
                    f"clause {clause.id} stands in {_article(clause.legal_form)}, which the party that made it can "
                    "change alone at any time"
                ),
                (("commitments", index, "legal_form"), ("commitments", index)),
                severity=Severity.WARNING,
                mend="write the clause into the text that all have signed",
            )
    if notice is Unspecified.UNKNOWN and a.legal_form not in _ONE_CAN_CHANGE:
        yield Hole(
            "It could not be confirmed on what notice a guarantor may leave.",
            (("term", "exit_notice"), ("term",)),
            severity=Severity.INFORMATION,
            cannot_tell=True,
            mend=_FIND_OUT,
        )


_FIND_OUT = "find it out, and write it here; where the text is silent, write `none`"


def _article(form: LegalForm) -> str:
    words = form.replace("_", " ")
    return words if form is LegalForm.DOMESTIC_LAW else f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def _at(notice: Duration) -> str:
    if not notice.hours:
        return "at once, without notice"
    return f"on {notice.in_words}'{'s' if notice.in_words.startswith('1 ') else ''} notice"


def _sunset(case: Case) -> Iterator[Hole]:
    term = case.arrangement.term
    if term.length is Unspecified.UNKNOWN and case.arrangement.commitments:
        yield Hole(
            "It could not be confirmed how long it lasts.",
            (("term", "length"), ("term",)),
            cannot_tell=True,
            mend=_FIND_OUT,
        )
    if not isinstance(term.length, Duration):
        return
    if not term.extendable:
        yield Hole(
            sentence(f"it ends after {term.length.in_words}, on a day that everybody knows, and cannot be prolonged"),
            (("term", "length"),),
            severity=Severity.WARNING,
        )
    if isinstance(term.review_every, Duration) and term.review_every.hours > term.length.hours:
        yield Hole(
            sentence(
                f"it ends after {term.length.in_words}, before its first review after {term.review_every.in_words}"
            ),
            (("term", "review_every"), ("term", "length")),
            severity=Severity.WARNING,
        )


def _due_after_the_end(case: Case) -> Iterator[Hole]:
    """Find what falls due, or is renewed, only when the text has ended."""
    a, length = case.arrangement, case.arrangement.term.length
    if not isinstance(length, Duration) or a.term.extendable:
        return
    spans: list[tuple[str, object, Path]] = [
        (f"clause {each.id} is due within", each.within, ("commitments", i, "within"))
        for i, each in enumerate(a.commitments)
    ]
    if a.sanctions.snapback_on:
        spans.append(("sanctions return within", a.sanctions.snapback_within, ("sanctions", "snapback_within")))
    for words, span, path in spans:
        if isinstance(span, Duration) and span.hours >= length.hours:
            yield Hole(
                sentence(f"{words} {span.in_words}, and the text ends before that, after {length.in_words}"),
                (path, ("term", "length")),
                severity=Severity.ERROR,
                mend="shorten that deadline, or let the text last longer than what it promises takes",
            )


def _events_untold(case: Case) -> Iterator[Hole]:
    """Find an end by an event that the text does not tell, or that it brings about itself."""
    a = case.arrangement
    if a.membership and EndEvent.ACCESSION in a.term.ends_on:
        yield Hole(
            sentence(
                f"the text makes the protected state a member of {a.membership}, and ends when it joins an alliance: "
                "it ends as it begins"
            ),
            (("term", "ends_on"), ("membership",)),
            severity=Severity.ERROR,
            mend="take that end out, or leave the membership to the treaty of accession",
        )
    if EndEvent.OTHER in a.term.ends_on and not a.term.text:
        yield Hole(
            "It ends on an event that the text does not name: anybody may say that it has come.",
            (("term", "ends_on"),),
            severity=Severity.WARNING,
            mend="name the event under `term.text`, and who finds that it has come",
        )
    for index, deployment in enumerate(a.deployments):
        if EndEvent.OTHER in deployment.ends_on and not (deployment.mandate or deployment.purpose):
            yield Hole(
                sentence(
                    f"the stay of {in_prose(deployment.forces)} ends on an event that the text does not name: anybody "
                    "may say that it has come, or has not"
                ),
                (("deployments", index, "ends_on"), ("deployments", index)),
                severity=Severity.WARNING,
                mend="name the event in the mandate, and who finds that it has come",
            )


# V10


def find_peace_conditions(case: Case) -> Iterator[Hole]:
    """V10: help, or forces, that hang on a peace which the adversary makes and breaks."""
    voids = set(atoms(case.arrangement.term.void_if)) if case.arrangement.term.void_if is not None else set()
    for owed in case.duties:
        for name, words in _PEACE.items():
            world = None if Fact(name) in voids else _only_with(case, owed, name)
            if world is not None:
                yield Hole(
                    sentence(
                        f"{case.title(owed.path)} is owed only while {words}, and the attack that it answers ends it"
                    ),
                    (owed.path if owed.path[0] == "sanctions" else (*owed.path, "when"), owed.path),
                    world=world,
                    about=(name, *map(str, owed.path)),
                )
    yield from _forces_that_wait(case)
    yield from _trigger_that_waits(case)
    yield from _begins_in_its_hands(case)
    yield from _ends_in_its_hands(case)


def _ends_in_its_hands(case: Case) -> Iterator[Hole]:
    """Find what ends by an event that the adversary can bring about, or must agree to."""
    a = case.arrangement
    who = hostile_parties(a.parties.adversary)
    told = {
        EndEvent.PEACE_TREATY: f"it ends with a treaty of peace, which {who}, must sign: what keeps that peace goes "
        "when it begins",
        EndEvent.UNIFICATION: f"it ends when the protected state is united with another, also where {who}, brings that "
        "about",
    }
    for event in a.term.ends_on if a.commitments else ():
        if event in told:
            yield Hole(
                sentence(told[event]),
                (("term", "ends_on"),),
                severity=Severity.WARNING if event is EndEvent.PEACE_TREATY else Severity.INFORMATION,
                kind=FindingKind.OPEN,
                mend="let it end at the protected state's request, or with what takes its place",
            )


def _begins_in_its_hands(case: Case) -> Iterator[Hole]:
    """Find a text that begins only with the adversary's consent."""
    a = case.arrangement
    holders = adversaries(a) & named(a.consents.settlement, a)
    if holders and a.commitments:
        yield Hole(
            sentence(
                f"the settlement needs the consent of {hostile_parties(holders)}, and what is promised with it need "
                f"not begin before {agreeing(holders, 'it has', 'they have')} given it"
            ),
            (("consents", "settlement"),),
            severity=Severity.INFORMATION,
            kind=FindingKind.OPEN,
            mend="let what the guarantors owe begin with their own ratification and the protected state's, whatever "
            "becomes of the settlement",
        )


def _trigger_that_waits(case: Case) -> Iterator[Hole]:
    a = case.arrangement
    if a.trigger.type is TriggerType.RENEWED_ATTACK_AFTER_CEASEFIRE and a.commitments:
        yield Hole(
            sentence(
                f"the mechanism answers what follows a ceasefire, and {hostile_parties(a.parties.adversary)}, can "
                "withhold one: what comes before it opens nothing"
            ),
            (("trigger", "type"),),
            severity=Severity.WARNING,
            mend="let an armed attack open it, ceasefire or not (`trigger.type: armed_attack`)",
        )


def _only_with(case: Case, owed: Owed, name: str) -> World | None:
    """Return the worst world without a fact in which a duty is not owed and with it would be."""
    without = assume(case.plain, facts={name: True})
    return case.engine.worst(And((without, Not(Fact(name)), Not(owed.when), assume(owed.when, facts={name: True}))))


def _forces_that_wait(case: Case) -> Iterator[Hole]:
    a = case.arrangement
    for index, deployment in enumerate(a.deployments):
        if deployment.since is From.CEASEFIRE and named(deployment.by, a):
            yield Hole(
                sentence(
                    f"{in_prose(deployment.forces)} of {parties(named(deployment.by, a))} come only with a ceasefire, "
                    f"which {hostile_parties(a.parties.adversary)}, can withhold"
                ),
                (("deployments", index, "since"), ("deployments", index)),
                severity=Severity.WARNING,
                mend="let them come with the entry into force, or at the protected state's request",
            )


def _hangs_on_peace(case: Case, hole: Hole) -> bool:
    if hole.world is None:
        return True  # read off the text
    name, *path = hole.about
    place = tuple(int(step) if step.isdecimal() else step for step in path)
    return not case.owes(hole.world, place) and case.owes(hole.world.with_fact(name, holds=True), place)


# L03


def find_lapse(case: Case) -> Iterator[Hole]:
    """L03: a single act after which nothing that was promised is owed any more."""
    void = case.arrangement.term.void_if
    if void is None:
        return
    world = case.engine.worst(And((Fact("in_scope"), void, _standing(case).cover)))
    names = [name for name in _BROUGHT_ABOUT if Fact(name) in set(atoms(void))]
    if world is None and not (names and case.arrangement.commitments):
        return
    by = _BROUGHT_ABOUT[names[0]] if names else "one act"
    no_more = "no later attack obliges anybody" if case.duties else "nothing that is promised stands any more"
    then = f"{describe(world)} obliges nobody, nor does any later act" if world else no_more
    yield Hole(
        sentence(f"{by} makes the whole arrangement void: {then}"),
        (_VOID,),
        severity=Severity.ERROR if set(names) & _IN_ITS_HANDS else Severity.WARNING,
        world=world,
    )


def _standing(case: Case) -> Case:
    """Return the case of the same text without what makes it void."""
    a = case.arrangement
    return replace(case, arrangement=replace(a, term=replace(a.term, void_if=None)))


def _is_void(case: Case, hole: Hole) -> bool:
    """Tell whether nothing is owed in the world of a hole that would be owed if the text stood."""
    return hole.world is None or (not case.covers(hole.world) and _standing(case).covers(hole.world))


def _hangs_on_something(case: Case) -> list[Condition | From | EndEvent]:
    a = case.arrangement
    conditions = [clause.when for _, clause in case.binding if clause.when is not None]
    return [*conditions, *(each.since for each in a.deployments), *a.term.ends_on]


CHECKS = (
    Check(
        id="L01",
        title="single point of failure",
        promise="No act leaves one debtor alone under a duty to act.",
        severity=Severity.WARNING,
        how="search of the plain worlds: one debtor owes something and nobody else does",
        mend="bind a second debtor to the same act",
        find=find_single_points,
        subject=lambda case: case.duties,
        claim=_rests_on_one,
    ),
    Check(
        id="L02",
        title="exit in a crisis",
        promise="Nobody can leave, and nothing lapses, in the time that a crisis takes.",
        severity=Severity.ERROR,
        how="notice and term against how long a build-up and a defence take",
        mend="lengthen the notice, and suspend the right to leave while a breach is before the mechanism",
        find=find_exits,
        subject=lambda case: case.arrangement.commitments,
    ),
    Check(
        id="V10",
        title="peace that the adversary can end",
        promise="Neither help nor forces hang on a peace that the adversary can withhold or end.",
        severity=Severity.ERROR,
        how="search of the plain worlds: a duty is owed with a ceasefire or settlement and not without; what begins "
        "with a ceasefire or ends with a peace",
        mend="take the ceasefire or the settlement out of the condition",
        find=find_peace_conditions,
        subject=_hangs_on_something,
        claim=_hangs_on_peace,
    ),
    Check(
        id="L03",
        title="void by one act",
        promise="No single act makes void all that is promised.",
        severity=Severity.ERROR,
        how="search of the worlds: what makes the text void holds, and without it somebody would owe help",
        mend="let the exception free from the answer to that act only (`unless`), or end the text by notice",
        find=find_lapse,
        subject=lambda case: case.arrangement.term.void_if,
        claim=_is_void,
    ),
)
