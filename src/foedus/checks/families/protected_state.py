"""The protected state: its right to defend itself, its temptation to provoke, and attacks that somebody else stages."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.arrangement.conditions import And, Condition, Fact, Level, Not, Or
from foedus.arrangement.vocabulary import DeterminationRule, OwnDefence, Restraint, Sense, TierWord
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search import formula
from foedus.checks.search.space import FALSE, assume, atoms
from foedus.checks.words import describe, parties
from foedus.errors import Severity
from foedus.mechanism.rules.duties import TIERS, falls_due
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.world import World
from foedus.text.source import Path
from foedus.values.names import sentence

_VOID: Path = ("term", "void_if")
_FORCE = frozenset({TierWord.DEPLOY, TierWord.DEFEND})


def find_self_defence_limits(case: Case) -> Iterator[Hole]:
    """P01: duties that take the protected state's own defence away or delay it."""
    duties = case.arrangement.duties
    state = parties(case.arrangement.parties.protected_state)
    several = len(case.arrangement.parties.protected_state) > 1
    keeps, disarms = (
        ("keep up their own", "disarm and cannot defend themselves")
        if several
        else ("keeps up its own", "disarms and cannot defend itself")
    )
    delays = {
        Restraint.COMMAND_BY_GUARANTOR: "at a guarantor's command",
        Restraint.CONSULT_BEFORE_FORCE: "after consultation, even under attack",
    }
    if duties.restraint in delays:
        yield Hole(sentence(f"{state} may use force only {delays[duties.restraint]}"), (("duties", "restraint"),))
    if duties.own_defence is OwnDefence.DISARM:
        yield Hole(sentence(f"{state} {disarms} until others come"), (("duties", "own_defence"),))
    if duties.own_defence is OwnDefence.NOT_MENTIONED:
        yield Hole(
            sentence(f"the text does not say that {state} {keeps} defence"),
            (("duties", "own_defence"), ("duties",)),
            severity=Severity.INFORMATION,
            mend="set duties.own_defence: keep_up",
        )
    if duties.own_defence is OwnDefence.LIMITED and not _limits_the_adversary(case):
        limits: tuple[Path, ...] = (("duties", "limits"),) if duties.limits else ()
        yield Hole(
            sentence(f"the forces of {state} are limited, and those of the adversary are not"),
            (("duties", "own_defence"), *limits),
            severity=Severity.WARNING,
        )


def _limits_the_adversary(case: Case) -> bool:
    return any(each.sense is Sense.CEILING for each in case.arrangement.adversary_limits)


def find_moral_hazard(case: Case) -> Iterator[Hole]:
    """P02: help that is owed even where the protected state began it."""
    began = And((Fact("provoked"), Fact("in_scope"), Or(tuple(_due_with_force(case)))))
    world = case.engine.worst(began)
    if world is not None:
        due = [duty for duty in falls_due(case.arrangement, world, weights=case.weights) if duty.tier in _FORCE]
        yield Hole(
            sentence(
                f"{describe(world)} still obliges to send forces: {parties({duty.debtor for duty in due})} can be "
                "drawn into a war that the protected state began"
            ),
            tuple(dict.fromkeys(duty.clause for duty in due)),
            world=world,
        )


def _due_with_force(case: Case) -> list[Condition]:
    return [
        formula.due(case.arrangement, clause, at_least=TierWord.DEPLOY)
        for _, clause in case.binding
        if clause.tier in _FORCE and debtors(clause.by, case.arrangement)
    ]


def _owes_force_though_provoked(case: Case, hole: Hole) -> bool:
    world = hole.world
    due = falls_due(case.arrangement, world, weights=case.weights) if world else ()
    return world is not None and "provoked" in world.facts and any(duty.tier in _FORCE for duty in due)


def find_false_flags(case: Case) -> Iterator[Hole]:
    """P03: forces owed on an act that somebody else than the adversary can stage."""
    staged = Or((Level("attribution", "==", "suspected"), Level("attribution", "==", "none")))
    for least in (TierWord.DEFEND, TierWord.DEPLOY):
        owed = Or(
            tuple(
                formula.due(case.arrangement, clause, at_least=least)
                for _, clause in case.binding
                if TIERS.index(clause.tier) >= TIERS.index(least) and debtors(clause.by, case.arrangement)
            )
        )
        world = case.engine.worst(And((case.hostile, Not(Fact("adversary_agrees")), staged, owed)))
        if world is not None:
            world = replace(world, by_adversary=False)
            due = [duty for duty in falls_due(case.arrangement, world, weights=case.weights) if duty.tier in _FORCE]
            yield Hole(
                sentence(f"{describe(world)} obliges to {least}: nobody need show who did it"),
                tuple(dict.fromkeys(duty.clause for duty in due)),
                severity=Severity.ERROR if least is TierWord.DEFEND and not judges_itself(case) else Severity.WARNING,
                world=world,
                about=(least,),
            )
            return


def judges_itself(case: Case) -> bool:
    """Tell whether each debtor finds for itself, and so may decline to be deceived."""
    return case.arrangement.trigger.determined_by.startswith("each_party")


def _obliges_though_staged(case: Case, hole: Hole) -> bool:
    world = hole.world
    if world is None or world.by_adversary or world.attribution in ("likely", "established"):
        return False
    least = TIERS.index(TierWord(hole.about[0]))
    return any(TIERS.index(duty.tier) >= least for duty in falls_due(case.arrangement, world, weights=case.weights))


def find_open_escapes(case: Case) -> Iterator[Hole]:
    """P04: an exception for provocation that those whom it frees judge themselves."""
    a, paths = case.arrangement, _freeing(case)
    rule = a.trigger.determined_by
    judges = {
        DeterminationRule.EACH_PARTY_FOR_ITSELF: "each debtor for itself",
        DeterminationRule.EACH_PARTY_AFTER_CONSULTATION: "each debtor for itself",
        DeterminationRule.LEAD_GUARANTOR_ALONE: "the leading guarantor alone",
        DeterminationRule.UNDEFINED: "nobody who is named",
    }
    if paths and rule in judges and not any(mission.attributes for mission in a.monitoring):
        void = " and all that is promised falls" if _VOID in paths else ""
        yield Hole(
            sentence(
                f"{judges[rule]} judges whether the protected state provoked{void}, and no monitor may say who began"
            ),
            tuple(paths),
            world=next(iter(paths.values())),
        )
    elif paths and rule is DeterminationRule.UNKNOWN:
        yield Hole(
            "It could not be confirmed who judges whether the protected state provoked.", tuple(paths), cannot_tell=True
        )


def _escapes(case: Case) -> list[Path]:
    """Return the clauses that make a duty hang on who began."""
    a = case.arrangement
    paths: list[Path] = [
        ("commitments", i, key)
        for i, clause in case.binding
        for key, condition in (("when", clause.when), ("unless", clause.unless))
        if condition is not None and Fact("provoked") in set(atoms(condition))
    ]
    if a.term.void_if is not None and Fact("provoked") in set(atoms(a.term.void_if)):
        paths.append(_VOID)
    return paths


def _freeing(case: Case) -> dict[Path, World]:
    """Return the clauses that make a duty hang on who began, each with the worst world in which that frees somebody."""
    duties = {owed.path: owed.when for owed in case.duties}
    found = {}
    for path in _escapes(case):
        owed = case.cover if path == _VOID else duties.get(path[:2], FALSE)
        calm, claimed = (assume(owed, facts={"provoked": began}) for began in (False, True))
        world = case.engine.worst(And((Not(Fact("provoked")), calm, Not(claimed))))
        if world is not None:
            found[path] = world
    return found


def _escape_frees(case: Case, hole: Hole) -> bool:
    """Tell whether somebody who owes help in a world owes it no more once provocation is claimed."""
    if hole.world is None:
        return False
    owed, left = (
        {(duty.clause, duty.debtor) for duty in falls_due(case.arrangement, world, weights=case.weights)}
        for world in (hole.world, hole.world.with_fact("provoked", holds=True))
    )
    return bool(owed - left)


CHECKS = (
    Check(
        id="P01",
        title="self-defence cut short",
        promise="The protected state may defend itself at once and without leave.",
        severity=Severity.ERROR,
        how="read off the text",
        mend="save the right of self-defence in so many words, and keep its forces up",
        find=find_self_defence_limits,
        subject=lambda _case: True,
    ),
    Check(
        id="P02",
        title="moral hazard",
        promise="Nobody owes forces in a war that the protected state began.",
        severity=Severity.WARNING,
        how="search of the worlds in which the protected state used force first",
        mend="leave provoked out of what the clause answers, or add: unless: provoked",
        find=find_moral_hazard,
        subject=_due_with_force,
        claim=_owes_force_though_provoked,
    ),
    Check(
        id="P03",
        title="false flag",
        promise="Nobody but the adversary can make forces fall due.",
        severity=Severity.ERROR,
        how="search of the worlds in which somebody else did it and the evidence reaches suspicion at most",
        mend="set a standard of proof for the tier, or ask for attribution >= likely",
        find=find_false_flags,
        subject=_due_with_force,
        claim=_obliges_though_staged,
    ),
    Check(
        id="P04",
        title="escape that frees its own judge",
        promise="Whoever is freed by an exception does not judge whether it holds.",
        severity=Severity.WARNING,
        how="who finds, against whom the exception frees",
        mend="let a monitor that may attribute, or a body without the debtors, find who began",
        find=find_open_escapes,
        subject=_escapes,
        claim=_escape_frees,
    ),
)
