"""Narrow clauses: what a single duty does not answer, or waits for, while another duty covers the same act."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from foedus.arrangement.conditions import And, Fact, Not
from foedus.arrangement.vocabulary import DeterminationRule
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search import formula
from foedus.checks.search.space import assume
from foedus.checks.words import ACTS, describe
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.world import DECIDED_FACTS, JUDGED_FACTS, World
from foedus.text.source import Path
from foedus.values.names import listed, party_in_prose, sentence

OTHERS_DECIDE = frozenset({"council_decides", "parliament_approves", "funds_appropriated"})
"""Facts that neither the protected state nor the debtors together bring about."""
_JUDGES = {
    DeterminationRule.EACH_PARTY_FOR_ITSELF: "each debtor",
    DeterminationRule.EACH_PARTY_AFTER_CONSULTATION: "each debtor",
    DeterminationRule.LEAD_GUARANTOR_ALONE: "the leading guarantor",
    DeterminationRule.PROTECTED_STATE_ALONE: "the protected state",
    DeterminationRule.MONITOR_BODY: "the monitors",
    DeterminationRule.UNDEFINED: "nobody who is named",
}
_TOLD_ELSEWHERE = frozenset({"adversary_agrees", "ceasefire_in_force", "settlement_in_force"})


def clauses_that_wait(case: Case, told: Mapping[Path, frozenset[str]]) -> Iterator[Hole]:
    """Find each single duty that waits for somebody else, of whom it was not told yet that the whole text waits."""
    free = dict.fromkeys(OTHERS_DECIDE, True)
    for owed in case.duties:
        granted = assume(owed.when, facts=free, acts=True)
        world = case.engine.worst(And((assume(case.plain, facts=free), Not(owed.when), granted)))
        if world is not None and not told.get(owed.path, frozenset()) >= set(deciders_missing(world)):
            yield Hole(
                message=sentence(
                    f"{case.title(owed.path)} is not owed on {describe(world)}: it waits for "
                    f"{listed(deciders_missing(world))}"
                ),
                paths=((*owed.path, "when"), owed.path),
                world=world,
                about=tuple(map(str, owed.path)),
            )


def deciders_missing(world: World) -> list[str]:
    """Name who must still act before a duty is owed in a world."""
    waited = [who for name, who in DECIDED_FACTS.items() if name not in world.facts and name != "adversary_agrees"]
    return list(dict.fromkeys([*waited, *map(party_in_prose, sorted(world.idle))]))


def clauses_on_a_word(case: Case) -> Iterator[Hole]:
    """Find each single duty that hangs on such a word, where another covers the act all the same."""
    judged_so = dict.fromkeys(JUDGED_FACTS, True)
    for owed in case.duties:
        hinges = And((Not(owed.when), assume(owed.when, facts=judged_so)))
        world = case.engine.worst(And((assume(case.plain, facts=judged_so), hinges)))
        if world is not None:
            words = listed(sorted(JUDGED_FACTS - world.facts), last="or")
            yield Hole(
                message=sentence(
                    f"{case.title(owed.path)} is not owed on {ACTS[world.threat]} that is not held to be {words}, "
                    f"a word that the text leaves to {judge(case)}"
                ),
                paths=((*owed.path, "when"), owed.path),
                severity=Severity.WARNING,
                world=world,
                about=tuple(map(str, owed.path)),
            )


def judge(case: Case) -> str:
    """Say who reads a word that the text does not define."""
    return _JUDGES.get(case.arrangement.trigger.determined_by, "those who find what happened")


def owed_only_in(case: Case, world: World, *, instead_of: World, about: tuple[str, ...]) -> bool:
    """Tell whether a clause is owed in one world and not in another."""
    path = tuple(int(step) if step.isdecimal() else step for step in about)
    return case.owes(world, path) and not case.owes(instead_of, path)


# G06


def find_narrow_clauses(case: Case) -> Iterator[Hole]:
    """G06: an act of the kind that a duty answers, which its own condition lets through and another duty must cover."""
    a = case.arrangement
    for index, clause in case.binding:
        if (clause.when is None and clause.unless is None) or not case.debtors_of[index]:
            continue
        plain = replace(clause, when=None, unless=None)
        answered = formula.due(a, plain)
        owed = formula.due(a, clause)
        own = assume(owed, facts=_granted(), acts=True)
        missed = And((case.hostile, case.honest, *_ordinary(case), answered, Not(owed), Not(own), case.cover))
        world = case.engine.worst(missed)
        if world is not None:
            yield Hole(
                sentence(f"clause {clause.id} does not answer {describe(world)}, and rests on others there"),
                (("commitments", index, "when" if clause.when is not None else "unless"), ("commitments", index)),
                world=world,
                about=("commitments", str(index)),
            )


def _granted() -> dict[str, bool]:
    """Return the facts that other checks ask about, as they are where nothing stands in the way."""
    return dict.fromkeys(DECIDED_FACTS.keys() | JUDGED_FACTS | _TOLD_ELSEWHERE, True)


def _ordinary(case: Case) -> list[Fact | Not]:
    wanted = dict.fromkeys(sorted({"ceasefire_in_force", "settlement_in_force"} | JUDGED_FACTS), True)
    facts = [name for name in wanted if name in case.space.facts]
    return [*(Fact(name) for name in facts), Not(Fact("adversary_agrees"))]


def _is_narrow(case: Case, hole: Hole) -> bool:
    """Tell whether a clause is silent in a world in which others owe help."""
    if hole.world is None:
        return False
    return case.covers(hole.world) and not case.owes(hole.world, ("commitments", int(hole.about[1])))


CHECKS = (
    Check(
        id="G06",
        kind=FindingKind.OPEN,
        title="clause with a gap of its own",
        promise="Every duty answers each act of the kind that it names.",
        severity=Severity.INFORMATION,
        how="search of the worlds: what the duty names has happened, its own condition fails, another duty covers it",
        mend="take the condition out, or say openly that the others answer such an act",
        find=find_narrow_clauses,
        subject=lambda case: [each for _, each in case.binding if each.when is not None or each.unless is not None],
        claim=_is_narrow,
    ),
)
