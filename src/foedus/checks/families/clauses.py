"""Clauses that never apply, always apply, add nothing, contradict a prohibition, or say less than they name."""

from collections.abc import Iterator

from foedus.arrangement.clauses import Commitment, StandingSupport
from foedus.arrangement.conditions import And, Fact, Not, write_condition
from foedus.arrangement.vocabulary import Bindingness, Content, Finds, Measure, TierWord, Unspecified
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search import formula
from foedus.checks.search.space import atoms
from foedus.checks.words import agreeing, describe, parties, titled
from foedus.errors import Severity
from foedus.mechanism.rules.duties import BINDING, TIERS, acts_named, applies, is_open
from foedus.mechanism.rules.prohibitions import clashing
from foedus.mechanism.rules.roles import adversaries, named
from foedus.text.source import Path
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence
from foedus.values.quantity import Forces, Money

_FORCES = frozenset(
    {
        *(Measure.AIR_DEFENCE, Measure.NO_FLY_ZONE, Measure.NAVAL_ESCORT, Measure.GROUND_FORCES),
        *(Measure.LOGISTICS, Measure.EXERCISES, Measure.USE_OF_FORCE),
    }
)
"""The acts for which forces may have to move."""
_BEYOND_SUPPORT = frozenset({TierWord.DEPLOY, TierWord.DEFEND})
_MEETING = frozenset({Measure.CONSULTATION, Measure.DIPLOMACY, Measure.COUNCIL_ACTION})
_ABSTAINING = {Measure.NON_AGGRESSION, Measure.NO_NUCLEAR_USE}
_STRENGTH = list(Bindingness)
_EXTERNAL = Fact("external")


def find_dead_clauses(case: Case) -> Iterator[Hole]:
    """D01: a clause that can never apply, or a condition that says nothing."""
    for index, clause in enumerate(case.arrangement.commitments):
        hole = _dead(case, index, clause) or _half_dead(case, index, clause) or _idle_condition(case, index, clause)
        if hole:
            yield hole
    yield from _undebted(case)
    yield from _dead_exclusions(case)


def _dead(case: Case, index: int, clause: Commitment) -> Hole | None:
    path = ("commitments", index)
    if not clause.answers:
        if clause.measures and set(clause.measures) <= _ABSTAINING:
            return None
        return Hole(f"Clause {clause.id} answers no determination, so it never falls due.", ((*path, "answers"),))
    if not case.debtors_of[index]:
        return Hole(_without_debtor(case, clause), ((*path, "by"),), mend=_NAME_A_DEBTOR)
    if case.engine.is_possible(formula.applicable(case.arrangement, clause)):
        return None
    return Hole(f"Clause {clause.id} can never apply: {_why_dead(case, clause)}.", (path,), about=(str(index),))


def _half_dead(case: Case, index: int, clause: Commitment) -> Hole | None:
    """Find an act that a clause names, and that its own condition or exception takes out again whole."""
    for finds in clause.answers if len(clause.answers) > 1 else ():
        answered = And((Fact("in_scope"), formula.answered((finds,))))
        for key, part in (("when", clause.when), ("unless", clause.unless)):
            left = None if part is None else And((answered, part if key == "when" else Not(part)))
            if left is not None and not case.engine.is_possible(left):
                how = "never holds" if key == "when" else "always holds"
                what = "condition" if key == "when" else "exception"
                return Hole(
                    f"Clause {clause.id} names {_NAMED[finds]} among what it answers, and its {what}, "
                    f"'{write_condition(part) if part else ''}', {how} there.",
                    (("commitments", index, key), ("commitments", index, "answers")),
                    severity=Severity.WARNING,
                    mend=f"narrow the {what}, or take that act out of what the clause answers",
                )
    return None


_NAMED = {
    Finds.HYBRID: "grey-zone pressure",
    Finds.INCURSION: "a limited incursion",
    Finds.INVASION: "a major offensive",
    Finds.PROVOKED: "fighting that the protected state brought on",
}


def _undebted(case: Case) -> Iterator[Hole]:
    """Support and forces that the text promises and that nobody who is known gives."""
    a = case.arrangement
    for index, support in enumerate(a.standing_support):
        known = named(support.by, a)
        if not known or known <= adversaries(a):
            who = f"{parties(known)} alone, the adversary itself" if known else "nobody known"
            yield _not_given(f"standing support is promised by {who}", ("standing_support", index, "by"))
    for index, deployment in enumerate(a.deployments):
        if not named(deployment.by, a):
            yield _not_given("forces are to be placed by nobody known", ("deployments", index, "by"))
    yield from _unmanned(case)


def _unmanned(case: Case) -> Iterator[Hole]:
    """Missions of which the text does not say who carries them out."""
    a = case.arrangement
    for index, mission in enumerate(a.monitoring):
        if not named(mission.by, a):
            words, watching = f"it is not said who carries out {titled(mission.name)}", a.parties.monitor
            if watching:
                words += f"; {parties(watching)} {agreeing(watching, 'is', 'are')} listed to watch, and for no mission"
            yield Hole(
                sentence(words),
                (("monitoring", index, "by"),),
                severity=Severity.INFORMATION if watching else Severity.WARNING,
                mend="name under `by` who carries it out",
            )


def _not_given(words: str, path: Path) -> Hole:
    return Hole(sentence(words), (path,), mend="name under `by` who gives it")


def _without_debtor(case: Case, clause: Commitment) -> str:
    known = named(clause.by, case.arrangement)
    if not known:
        return f"Clause {clause.id} is owed by nobody known: its debtors are {listed(clause.by, last='or')}."
    if known <= adversaries(case.arrangement):
        return f"Clause {clause.id} is owed by {parties(known)} alone, the adversary itself."
    return f"Clause {clause.id} is owed by {parties(known)}, who answer for nothing under this text."


_NAME_A_DEBTOR = "name under `by` the guarantors that owe it"


def _why_dead(case: Case, clause: Commitment) -> str:
    answered = And((Fact("in_scope"), formula.answered(clause.answers)))
    if clause.when is not None and not case.engine.is_possible(And((answered, clause.when))):
        return f"'{write_condition(clause.when)}' never holds where {listed(clause.answers, last='or')} is found"
    if clause.unless is not None and not case.engine.is_possible(And((answered, Not(clause.unless)))):
        return f"its exception '{write_condition(clause.unless)}' always holds"
    return "its condition, its exception and what opens the mechanism exclude each other"


def _idle_condition(case: Case, index: int, clause: Commitment) -> Hole | None:
    answered = And((Fact("in_scope"), formula.answered(clause.answers)))
    if clause.when is not None and _EXTERNAL in set(atoms(clause.when)):
        return None  # it always holds of a major offensive only because we do not model one from inside
    if clause.when is not None and not case.engine.is_possible(And((answered, Not(clause.when)))):
        return Hole(
            f"The condition of {clause.id}, '{write_condition(clause.when)}', always holds where the clause answers.",
            (("commitments", index, "when"),),
            severity=Severity.INFORMATION,
            mend="take the condition out, or write the one that was meant",
        )
    before = And((answered, clause.when)) if clause.when is not None else answered
    if clause.unless is not None and not case.engine.is_possible(And((before, clause.unless))):
        return Hole(
            f"The exception of {clause.id}, '{write_condition(clause.unless)}', never holds where the clause answers.",
            (("commitments", index, "unless"),),
            severity=Severity.INFORMATION,
            mend="take the exception out, or write the one that was meant",
        )
    return None


def _dead_exclusions(case: Case) -> Iterator[Hole]:
    for index, exclusion in enumerate(case.arrangement.exclusions):
        if exclusion.unless is not None and not case.engine.is_possible(Not(exclusion.unless)):
            yield Hole(
                f"The prohibition of {exclusion.what} never holds: its exception always does.",
                (("exclusions", index),),
                severity=Severity.WARNING,
            )
    void = case.arrangement.term.void_if
    if void is not None and not case.engine.is_possible(Not(void)):
        yield Hole(
            f"The arrangement is void at all times: '{write_condition(void)}' always holds.", (("term", "void_if"),)
        )


def find_shadowed_clauses(case: Case) -> Iterator[Hole]:
    """D02: a clause that adds nothing to another of the same debtors."""
    conditions = {
        i: case.once(formula.due(case.arrangement, clause)) for i, clause in enumerate(case.arrangement.commitments)
    }
    alive = [i for i, condition in conditions.items() if case.engine.is_possible(condition)]
    shadowed: set[int] = set()
    for inner in alive:
        for outer in alive:
            if inner == outer or outer in shadowed or not _could_shadow(case, outer=outer, inner=inner):
                continue
            if not case.engine.is_possible(And((conditions[inner], Not(conditions[outer])))):
                shadowed.add(inner)
                ids = [case.arrangement.commitments[i].id for i in (inner, outer)]
                yield Hole(
                    f"Clause {ids[0]} adds nothing to {ids[1]}, which binds the same debtors at least as far.",
                    (("commitments", inner), ("commitments", outer)),
                )
                break


def _could_shadow(case: Case, *, outer: int, inner: int) -> bool:
    x, y = case.arrangement.commitments[inner], case.arrangement.commitments[outer]
    return (
        set(case.debtors_of[inner]) <= set(case.debtors_of[outer])
        and _STRENGTH.index(x.bindingness) <= _STRENGTH.index(y.bindingness)
        and TIERS.index(x.tier) <= TIERS.index(y.tier)
        and x.kind == y.kind
        and (x.content == y.content)
        and (set(x.measures) <= set(y.measures) if y.measures else not x.measures)
        and (x.money == y.money and x.forces == y.forces)
        and _hours(x) >= _hours(y)
    )


def _hours(clause: Commitment) -> float:
    return clause.within.hours if isinstance(clause.within, Duration) else float("inf")


def find_conflicts(case: Case) -> Iterator[Hole]:
    """D03: a duty that falls due while the arrangement forbids to perform it."""
    for index, clause in enumerate(case.arrangement.commitments):
        if clause.bindingness not in BINDING and clause.bindingness is not Bindingness.INTENDS:
            continue
        meets = And((formula.applicable(case.arrangement, clause), formula.clashing(case.arrangement, clause)))
        world = case.engine.worst(meets)
        if world is None:
            continue
        exclusion = clashing(case.arrangement, world, clause.tier, acts_named(clause))[0]
        what = case.arrangement.exclusions[exclusion].what.replace("_", " ")
        yield Hole(
            sentence(
                f"on {describe(world)}, {clause.id} promises {clause.tier}, and the prohibition of {what} forbids it"
            ),
            (("exclusions", exclusion), ("commitments", index)),
            severity=Severity.ERROR if clause.bindingness in BINDING else Severity.WARNING,
            world=world,
            why=(f"{clause.id}: applies", f"{clause.tier} is barred by exclusions[{exclusion}], {what}"),
            about=(str(index),),
        )


def _is_conflict(case: Case, hole: Hole) -> bool:
    clause = case.arrangement.commitments[int(hole.about[0])]
    world = hole.world
    return (
        world is not None
        and is_open(case.arrangement, world)
        and applies(clause, world)
        and bool(clashing(case.arrangement, world, clause.tier, acts_named(clause)))
    )


# D07


def find_hollow_tiers(case: Case) -> Iterator[Hole]:
    """D07: a clause that names a tier which its own words, or the acts that it names, do not reach."""
    for index, clause in enumerate(case.arrangement.commitments):
        hole = (
            _meets_only(index, clause)
            or _asks_for_a_meeting(index, clause)
            or _falls_short(index, clause)
            or _goes_beyond(index, clause)
            or _settles_nothing(index, clause)
        )
        if hole:
            yield hole
    for index, support in enumerate(case.arrangement.standing_support):
        if support.bindingness in BINDING:
            yield from _hollow_support(index, support)


def _hollow_support(index: int, support: StandingSupport) -> Iterator[Hole]:
    """Find support in peacetime that is owed and is only talk, or nothing, or money without a sum."""
    path = ("standing_support", index)
    only_talk = set(support.measures) <= _MEETING
    if only_talk and (support.measures or not isinstance(support.money, Money)):
        what = "all that it asks for is a meeting" if support.measures else "no kind of support is named"
        yield Hole(
            f"Support in peacetime is owed, and {what}.",
            ((*path, "measures"), path),
            severity=Severity.WARNING if support.measures else Severity.INFORMATION,
            mend="name what is given: arms, training, finance",
        )
    elif Measure.FINANCE in support.measures and support.money is Unspecified.NONE:
        yield Hole(
            "Support in peacetime names finance, and no sum.",
            ((*path, "money"), path),
            severity=Severity.INFORMATION,
            mend="state the sum and for how long, such as 400 m EUR per year",
        )


def _meets_only(index: int, clause: Commitment) -> Hole | None:
    acts = [act for act in clause.measures if act not in _MEETING]
    if clause.bindingness is not Bindingness.WILL_CONSULT or not (clause.tier in _BEYOND_SUPPORT or acts):
        return None
    named = listed(act.replace("_", " ") for act in acts) if acts else clause.tier
    return Hole(
        sentence(f"clause {clause.id} names {named} and obliges to no more than a meeting"),
        (("commitments", index, "bindingness"), ("commitments", index)),
        mend="oblige to the act (`shall_specified`), or name a meeting only: tier support, measures consultation",
    )


def _asks_for_a_meeting(index: int, clause: Commitment) -> Hole | None:
    if clause.bindingness not in BINDING or set(clause.measures) != {Measure.CONSULTATION}:
        return None
    words = "as a duty to act" if clause.tier is TierWord.SUPPORT else f"and names {clause.tier}"
    return Hole(
        sentence(f"clause {clause.id} binds {words}, and the only act that it asks for is a meeting"),
        (("commitments", index, "measures"), ("commitments", index)),
        mend="name the help that is owed among its measures, or write `will_consult` if a meeting is all that is meant",
    )


def _goes_beyond(index: int, clause: Commitment) -> Hole | None:
    """Find an act that lies above the tier at which its clause ends."""
    above = [act for act in clause.measures if act in _REACHES and _REACHES[act] > TIERS.index(clause.tier)]
    if not above or clause.bindingness is Bindingness.WILL_CONSULT:
        return None
    acts = listed(act.replace("_", " ") for act in above)
    return Hole(
        sentence(f"clause {clause.id} names {acts}, and the tier that it promises, {clause.tier}, stops short of that"),
        (("commitments", index, "tier"), ("commitments", index, "measures")),
        mend="promise the tier that the act needs, or take the act out",
    )


_REACHES = {Measure.USE_OF_FORCE: TIERS.index(TierWord.DEFEND), Measure.GROUND_FORCES: TIERS.index(TierWord.DEPLOY)}
"""The tier that an act cannot do without."""


def _settles_nothing(index: int, clause: Commitment) -> Hole | None:
    """Find a clause whose content is called settled, and that names neither acts nor an amount."""
    if clause.bindingness not in BINDING or clause.content is Content.DEBTOR_CHOOSES:
        return None
    if clause.tier is not TierWord.SUPPORT:
        return None  # forces, or war beside it, are an act that the tier itself names
    if clause.measures or isinstance(clause.forces, Forces) or isinstance(clause.money, Money):
        return None
    says = "sets a minimum" if clause.content is Content.FLOOR else "settles what is owed"
    return Hole(
        sentence(f"clause {clause.id} {says}, and names neither an act nor an amount"),
        (("commitments", index, "content"), ("commitments", index)),
        mend="name the acts (`measures`), the forces or the money, or write `content: debtor_chooses`, which it is",
    )


def _falls_short(index: int, clause: Commitment) -> Hole | None:
    settled = clause.content is not Content.DEBTOR_CHOOSES and not isinstance(clause.forces, Forces)
    if clause.bindingness not in BINDING or clause.tier not in _BEYOND_SUPPORT or not settled or not clause.measures:
        return None
    if set(clause.measures) & _FORCES:
        return None
    acts = listed(act.replace("_", " ") for act in acts_named(clause)) or "to meet or to abstain"
    return Hole(
        sentence(f"clause {clause.id} names {clause.tier}, and what it asks for, {acts}, is done without any forces"),
        (("commitments", index, "measures"), ("commitments", index)),
        mend="name an act of that tier among its measures, or the tier support",
    )


CHECKS = (
    Check(
        id="D01",
        title="dead clause",
        promise="Every clause can apply, and every condition can fail.",
        severity=Severity.ERROR,
        how="proof over all worlds that a condition never holds, or always does",
        mend="take the clause out, or write the condition that was meant",
        find=find_dead_clauses,
        subject=lambda case: case.arrangement.commitments or case.arrangement.monitoring,
    ),
    Check(
        id="D02",
        title="clause that adds nothing",
        promise="Every clause adds something to the others.",
        severity=Severity.INFORMATION,
        how="proof over all worlds that another clause binds the same debtors at least as far",
        mend="take it out, or say what it adds",
        find=find_shadowed_clauses,
        subject=lambda case: case.arrangement.commitments[1:],
    ),
    Check(
        id="D03",
        title="duty that is forbidden",
        promise="Nobody promises what the same text forbids.",
        severity=Severity.ERROR,
        how="search of the worlds: the promise applies and a prohibition of its tier holds",
        mend="except the promised response from the prohibition, or promise a tier that is allowed",
        find=find_conflicts,
        subject=lambda case: case.arrangement.exclusions and case.arrangement.commitments,
        claim=_is_conflict,
    ),
    Check(
        id="D07",
        title="tier that the words do not reach",
        promise="The words and the acts of a clause reach the tier that it names.",
        severity=Severity.WARNING,
        how="read off each clause: a duty to meet that names more, acts above or below the tier, a floor that is empty",
        mend="let the words, the acts and the tier say the same",
        find=find_hollow_tiers,
        subject=lambda case: case.arrangement.commitments,
    ),
)
