"""Gaps: hostile acts that oblige nobody, or oblige somebody only if somebody else says so."""

import re
from collections.abc import Iterator
from dataclasses import replace

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And, Condition, Fact, Level, Not, Or
from foedus.arrangement.vocabulary import TierWord
from foedus.checks.case import Case
from foedus.checks.families.narrow import (
    OTHERS_DECIDE,
    clauses_on_a_word,
    clauses_that_wait,
    deciders_missing,
    judge,
    owed_only_in,
)
from foedus.checks.finding import Check, Hole
from foedus.checks.search.formula import due
from foedus.checks.search.space import THREATS, assume, atoms, is_threat
from foedus.checks.words import ACTS, describe
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.duties import TIERS, falls_due
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.world import DECIDED_FACTS, JUDGED_FACTS, World, is_at_least
from foedus.text.source import Path
from foedus.values.names import listed, sentence

_REPEATS = 5
_IS_CLEAR = Level("attribution", "==", "established")
_ACCUMULATING = frozenset({"significant", "sustained", "persists"})


def find_gaps(case: Case) -> Iterator[Hole]:
    """G01: the worst hostile act that obliges nobody, for each form of act; forms with one gap are told together."""
    within = And((case.hostile, case.honest, case.nobody))
    worlds = [case.engine.worst(And((is_threat(threat), within))) for threat in THREATS]
    for same in _grouped([world for world in worlds if world is not None]):
        yield _gap(case, same)
    yield from _left_out(case)
    yield from _carved_out(case)


def _grouped(worlds: list[World]) -> list[list[World]]:
    groups: dict[tuple[object, ...], list[World]] = {}
    for world in worlds:
        groups.setdefault((world.attribution, world.facts, world.idle), []).append(world)
    return list(groups.values())


def _gap(case: Case, same: list[World]) -> Hole:
    world = same[0]
    others = listed((ACTS[other.threat] for other in same[1:]), last="or")
    grave = world.threat != "coerce" and is_at_least("attribution", value=world.attribution, level="likely")
    return Hole(
        message=sentence(
            f"{describe(world)} puts nobody under a duty to act" + (f"; nor does {others}" if others else "")
        ),
        paths=_answering(case, world),
        severity=Severity.ERROR if grave else Severity.WARNING,
        world=world,
    )


def _carved_out(case: Case) -> Iterator[Hole]:
    """Find a territory that its own words make smaller than the state."""
    territory = case.arrangement.scope.territory
    if _SMALLER.search(territory) and case.duties and not case.arrangement.scope.excludes:
        yield Hole(
            message=sentence(f"the territory is '{territory}': an attack on what these words leave out obliges nobody"),
            paths=(("scope", "territory"), ("scope",)),
            severity=Severity.WARNING,
            mend="cover it, or say what follows when it is attacked; write what is left out under `scope.excludes`",
        )


_SMALLER = re.compile(
    r"\b(?:without|except(?:ing)?|excluding|exclusive of|other than|but not|save for|apart from|minus|less the|"
    r"in so far as|to the extent|"
    r"(?:under|within) (?:its|their|the government's|effective) (?:effective |actual )?control)\b",
    re.IGNORECASE,
)


def _left_out(case: Case) -> Iterator[Hole]:
    excluded = case.arrangement.scope.excludes
    if not excluded or not case.duties:
        return
    outside = And((Not(Fact("in_scope")), assume(case.hostile, facts={"in_scope": True}), case.honest, case.nobody))
    world = case.engine.worst(outside)
    if world is not None:
        yield Hole(
            message=sentence(f"the text leaves out '{listed(excluded)}': {ACTS[world.threat]} there obliges nobody"),
            paths=(("scope", "excludes"),),
            severity=Severity.WARNING,
            world=world,
            mend="cover it, or say what follows when it is attacked",
        )


def _answering(case: Case, world: World) -> tuple[Path, ...]:
    void = case.arrangement.term.void_if
    if void is not None and holds(void, world):
        return (("term", "void_if"),)
    binding = dict(case.binding)
    answering = [(i, each) for i, each in enumerate(case.arrangement.commitments) if world.finding in each.answers]
    answering.sort(key=lambda found: (found[0] not in binding, found[1].when is None and found[1].unless is None))
    paths: list[Path] = [("commitments", i) for i, _ in answering]
    nowhere: tuple[Path, ...] = (("commitments",) if case.arrangement.commitments else ("parties",),)
    return tuple(paths) or _where_it_could_be_added(case, world, nowhere)


def _where_it_could_be_added(case: Case, world: World, nowhere: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the lists of acts to which one that no clause answers could be added, the likeliest first.

    An attack is likeliest answered by whoever answers the next graver one, and pressure short of force by whoever owes
    support. Where several are as likely, the commitments as a whole stand first.
    """
    acts = {World(threat=each).finding: i for i, each in enumerate(THREATS)}
    at = acts[world.finding]

    def distance(clause: Commitment) -> int:
        known = [acts[each] for each in clause.answers if each in acts]
        steps = min(at - each if each < at else len(acts) + each for each in known)
        return TIERS.index(clause.tier) if world.threat == "coerce" else steps

    near = sorted((distance(each), i) for i, each in case.binding if case.debtors_of[i] and acts.keys() & each.answers)
    lists: list[Path] = [("commitments", i, "answers") for _, i in near]
    is_plain = len(near) == 1 or (len(near) > 1 and near[0][0] < near[1][0])
    return (*lists, *nowhere) if is_plain else (*nowhere, *lists)


def find_contingent_cover(case: Case) -> Iterator[Hole]:
    """G02: the worst act that obliges somebody only if somebody else first decides, requests, pays or acts."""
    decided = {name: True for name in DECIDED_FACTS if name != "adversary_agrees"}
    circumstances = And((assume(case.plain, facts=decided), Not(Fact("adversary_agrees"))))
    granted = assume(case.cover, facts=decided, acts=True)
    agreed = assume(granted, facts={"adversary_agrees": True})
    contingent = And((circumstances, case.nobody, Or((granted, agreed))))
    worlds = [case.engine.worst(And((is_threat(threat), contingent))) for threat in THREATS]
    told: dict[Path, frozenset[str]] = {}
    for same in _grouped([world for world in worlds if world is not None]):
        world = same[0]
        paths = _answering(case, world)
        told |= dict.fromkeys(paths, frozenset(deciders_missing(world)))
        yield Hole(
            message=sentence(
                f"{describe(world)} obliges nobody: the duty to act waits for {listed(deciders_missing(world))}"
            ),
            paths=paths,
            world=world,
        )
    yield from clauses_that_wait(case, told)


def find_salami(case: Case) -> Iterator[Hole]:
    """G03: an act below the threshold, repeated at will, while a single larger act would oblige."""
    for larger, smaller in (("invade", "seize"), ("seize", "coerce")):
        world = case.engine.worst(And((is_threat(smaller), case.hostile, case.nobody, _below_threshold(case))))
        if world is None:
            continue
        one = _one_larger(world, larger)
        if case.covers(one):
            repeated = replace(world, repeats=_REPEATS)
            yield Hole(
                message=sentence(
                    f"{describe(repeated)} obliges nobody, although {describe(one)} would: nothing adds small acts up"
                ),
                paths=_answering(case, one),
                world=repeated,
                about=(larger,),
            )
            return


def _below_threshold(case: Case) -> Condition:
    """Only what a repetition could add up to may be missing."""
    return assume(case.plain, facts=dict.fromkeys(_ACCUMULATING, True))


def _one_larger(world: World, larger: str) -> World:
    return replace(world, threat=larger, facts=world.facts | _ACCUMULATING, attribution="established")


def find_thin_cover(case: Case) -> Iterator[Hole]:
    """G05: the worst attack that obliges somebody, and nobody to more than support, or to less than a smaller one."""
    falling = list(_step_down(case))
    if falling:
        yield from falling
        return
    with_forces = Or(tuple(due(case.arrangement, clause, at_least=TierWord.DEPLOY) for _, clause in _with_forces(case)))
    for threat in ("invade", "seize"):
        world = case.engine.worst(And((is_threat(threat), _IS_CLEAR, case.plain, case.cover, Not(with_forces))))
        if world is not None:
            yield Hole(
                message=sentence(f"{describe(world)} obliges nobody to more than support"),
                paths=_answering(case, world),
                world=world,
                about=(TierWord.SUPPORT,),
            )
            return
    yield from _step_missing(case)


def _step_down(case: Case) -> Iterator[Hole]:
    """Find where a graver act obliges to less than a smaller one: whoever has begun does better by going on."""
    for graver, smaller in (("invade", "seize"), ("seize", "coerce")):
        high, low = _highest_owed(case, smaller), _highest_owed(case, graver)
        if high is None or low is None or TIERS.index(low) >= TIERS.index(high):
            continue
        index = [("commitments", i) for i, each in case.binding if World(threat=graver).finding in each.answers]
        yield Hole(
            message=sentence(
                f"{ACTS[graver]} obliges nobody to more than {low}, although {ACTS[smaller]} obliges to {high}: "
                "whoever has begun does better by going on"
            ),
            paths=tuple(index),
            severity=Severity.WARNING,
            world=World(threat=graver),
            about=(str(low),),
            mend="let what is owed rise with the act: let the higher duty answer the graver act too",
        )


def _step_missing(case: Case) -> Iterator[Hole]:
    """Find where a limited incursion obliges to less than a major offensive does."""
    highest = [_highest_owed(case, threat) for threat in ("invade", "seize")]
    large, small = (TIERS.index(tier) if tier else -1 for tier in highest)
    world = World(threat="seize")
    if small < 0 or small >= large or not case.covers(world):
        return
    yield Hole(
        message=sentence(
            f"{describe(world)} obliges nobody to more than {highest[1]}, although a major offensive obliges to "
            f"{highest[0]}: a small seizure is the cheaper one"
        ),
        paths=tuple(("commitments", i, "answers") for i, clause in case.binding if TIERS.index(clause.tier) > small),
        world=world,
        about=(str(highest[1]),),
        mend="let the higher duty answer an incursion too, or say openly that the lower one is all that is meant",
    )


def _highest_owed(case: Case, threat: str) -> TierWord | None:
    due = falls_due(case.arrangement, World(threat=threat), weights=case.weights)
    return max((duty.tier for duty in due), key=TIERS.index, default=None)


def _with_forces(case: Case) -> list[tuple[int, Commitment]]:
    return [(i, c) for i, c in case.binding if c.tier is not TierWord.SUPPORT and debtors(c.by, case.arrangement)]


def find_judged_thresholds(case: Case) -> Iterator[Hole]:
    """G04: an act that obliges or not according to a word such as "flagrant", which the text does not define."""
    judged_so = dict.fromkeys(JUDGED_FACTS, True)
    hinges = And((Not(case.cover), assume(case.cover, facts=judged_so)))
    circumstances = assume(case.plain, facts=judged_so | dict.fromkeys(DECIDED_FACTS, True))
    for threat in THREATS:
        world = case.engine.worst(And((is_threat(threat), circumstances, hinges)))
        if world is None:
            continue
        words = sorted(JUDGED_FACTS - world.facts)
        bodies = [who for name, who in DECIDED_FACTS.items() if name not in world.facts and name != "adversary_agrees"]
        unless = f" unless {listed(dict.fromkeys(bodies), last='or')} decides" if bodies else ""
        yield Hole(
            message=sentence(
                f"{ACTS[threat]} obliges nobody{unless} where it is not held to be {listed(words, last='or')}, "
                f"a word that the text leaves to {judge(case)}"
            ),
            paths=_conditioned(case, words),
            severity=Severity.ERROR if threat != "coerce" else Severity.WARNING,
            world=world,
        )
        return
    yield from clauses_on_a_word(case)


def _conditioned(case: Case, words: list[str]) -> tuple[Path, ...]:
    return tuple(
        ("commitments", i, "when")
        for i, clause in case.binding
        if clause.when is not None and {atom.name for atom in atoms(clause.when) if isinstance(atom, Fact)} & set(words)
    ) or (("commitments",),)


def _obliges_nobody(case: Case, hole: Hole) -> bool:
    return hole.world is not None and hole.world.finding is not None and not case.covers(hole.world)


def _is_contingent(case: Case, hole: Hole) -> bool:
    if hole.about and hole.world is not None:
        granted = replace(hole.world, facts=hole.world.facts | OTHERS_DECIDE, idle=frozenset())
        return owed_only_in(case, granted, instead_of=hole.world, about=hole.about)
    if hole.world is None or not _obliges_nobody(case, hole):
        return False
    decided = frozenset(DECIDED_FACTS) - {"adversary_agrees"}
    granted = replace(hole.world, facts=hole.world.facts | decided, idle=frozenset())
    return case.covers(granted) or case.covers(granted.with_fact("adversary_agrees", holds=True))


def _is_salami(case: Case, hole: Hole) -> bool:
    return (
        hole.world is not None and _obliges_nobody(case, hole) and case.covers(_one_larger(hole.world, hole.about[0]))
    )


def _hinges_on_a_word(case: Case, hole: Hole) -> bool:
    judged_so = hole.world and replace(hole.world, facts=hole.world.facts | JUDGED_FACTS)
    if hole.about and hole.world is not None and judged_so is not None:
        return owed_only_in(case, judged_so, instead_of=hole.world, about=hole.about)
    return judged_so is not None and _obliges_nobody(case, hole) and case.covers(judged_so)


def _obliges_to_no_more(case: Case, hole: Hole) -> bool:
    duties = falls_due(case.arrangement, hole.world, weights=case.weights) if hole.world else ()
    return bool(duties) and max(TIERS.index(duty.tier) for duty in duties) == TIERS.index(TierWord(hole.about[0]))


CHECKS = (
    Check(
        id="G01",
        kind=FindingKind.OPEN,
        title="uncovered act",
        promise="Every hostile act on covered territory puts somebody under a duty to act.",
        severity=Severity.ERROR,
        how="search of the worlds: hostile, everybody says yes, and no duty falls due",
        mend="add a duty that answers this act, or take the condition out that lets it through",
        find=find_gaps,
        subject=lambda _case: True,
        claim=_obliges_nobody,
    ),
    Check(
        id="G02",
        kind=FindingKind.OPEN,
        title="cover that waits for somebody",
        promise="A duty to act arises from the act itself, not from somebody's further decision.",
        severity=Severity.WARNING,
        how="search of the worlds with every decision free",
        mend="let the duty fall due at once and the body suspend it later, or set a deadline with a default response",
        find=find_contingent_cover,
        subject=lambda case: case.duties,
        claim=_is_contingent,
    ),
    Check(
        id="G03",
        kind=FindingKind.OPEN,
        title="salami tactics",
        promise="Small acts that together make a large one oblige as the large one would.",
        severity=Severity.WARNING,
        how="search of the worlds below each threshold; a repetition can add up to no fact that the text counts",
        mend="add acts up over a stated time, or let a duty answer the lower finding too",
        find=find_salami,
        subject=lambda case: case.duties,
        claim=_is_salami,
    ),
    Check(
        id="G04",
        kind=FindingKind.OPEN,
        title="threshold that is a matter of opinion",
        promise="No duty hangs on a word that its debtor may read as it likes.",
        severity=Severity.ERROR,
        how="search of the worlds: a duty there is with the word, and none without it, whatever else is decided",
        mend="replace the word by a test that somebody else can apply, such as threat >= seize",
        find=find_judged_thresholds,
        subject=lambda case: case.duties,
        claim=_hinges_on_a_word,
    ),
    Check(
        id="G05",
        kind=FindingKind.OPEN,
        title="support only",
        promise="An armed attack obliges somebody to more than support, a small one to as much as a large one.",
        severity=Severity.INFORMATION,
        how="search of the plain worlds: duties fall due, all at the tier support, or lower on an incursion",
        mend="add a duty at the tier deploy or defend, or say openly that none is meant",
        find=find_thin_cover,
        subject=lambda case: case.duties,
        claim=_obliges_to_no_more,
    ),
)
