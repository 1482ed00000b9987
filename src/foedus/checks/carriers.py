"""What carries a check that found nothing: the parts of the text without which it would find something.

Where a check proves that the duties reach far enough, the proof is cut down to the fewest duties that still give it (an
unsatisfiable core, by deletion; what must be reached stays what the whole text reaches). Where a promise rests on a
condition, a standard, a deadline or a default, each part is taken out of the text alone, and those are named without
which the check finds a hole.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from foedus.arrangement.conditions import And, Condition, Fact, Level, Not, Or
from foedus.arrangement.process import Proof
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Abstention, IfUndecided, TierWord, Unspecified
from foedus.checks.case import Case
from foedus.checks.finding import Check
from foedus.checks.search import formula
from foedus.checks.search.space import CannotTell, assume, either, is_threat
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.world import DECIDED_FACTS, JUDGED_FACTS
from foedus.text.source import Path

RESTING = frozenset({"G03", "D03", "V01", "V02", "V03", "C01", "T01", "L01", "P02", "P03"})
"""Checks whose promise rests on single parts of the text."""
_Part = tuple[Path, Condition]


def carriers_of(check: Check, case: Case) -> tuple[Path, ...]:
    """Return what carries a check that found nothing; empty where no part does alone, or where that is not known."""
    try:
        if check.id == "G01":
            return case.carriers
        if check.id in PROOFS:
            within, parts = PROOFS[check.id](case)
            return _fewest(case, within, parts)
        if check.id in RESTING:
            return tuple(path for path, text in _single_parts(case.arrangement) if _finds(check, case, text))
    except CannotTell:
        pass
    return ()


def _fewest(case: Case, within: Condition, parts: Sequence[_Part]) -> tuple[Path, ...]:
    """Drop one part after the other, the last first, as long as the rest holds wherever ``within`` does."""
    kept = list(parts)
    for part in reversed(parts):
        rest = [each for each in kept if each is not part]
        if not case.engine.is_possible(And((within, Not(either(when for _, when in rest))))):
            kept = rest
    return tuple(path for path, _ in kept)


def _duties_at_once(case: Case) -> tuple[Condition, list[_Part]]:
    """G02: what is owed once all is decided is owed at once."""
    decided = {name: True for name in DECIDED_FACTS if name != "adversary_agrees"}
    granted = assume(case.cover, facts=decided, acts=True)
    within = And(
        (
            assume(case.plain, facts=decided),
            Not(Fact("adversary_agrees")),
            Or((granted, assume(granted, facts={"adversary_agrees": True}))),
        )
    )
    whether = [{"adversary_agrees": agrees} for agrees in (True, False)]
    return within, [(owed.path, either(assume(owed.when, facts=facts) for facts in whether)) for owed in case.duties]


def _duties_without_opinion(case: Case) -> tuple[Condition, list[_Part]]:
    """G04: what is owed with a word that is a matter of opinion is owed without it."""
    judged = dict.fromkeys(JUDGED_FACTS, True)
    circumstances = assume(case.plain, facts=judged | dict.fromkeys(DECIDED_FACTS, True))
    return And((circumstances, assume(case.cover, facts=judged))), [(owed.path, owed.when) for owed in case.duties]


def _duties_with_forces(case: Case) -> tuple[Condition, list[_Part]]:
    """G05: where anything is owed after an armed attack, forces are."""
    armed = Or((is_threat("invade"), is_threat("seize")))
    within = And((armed, Level("attribution", "==", "established"), case.plain, case.cover))
    a = case.arrangement
    return within, [
        (("commitments", i), formula.due(a, clause, at_least=TierWord.DEPLOY))
        for i, clause in case.binding
        if clause.tier is not TierWord.SUPPORT and debtors(clause.by, a)
    ]


def _duties_that_deliver(case: Case) -> tuple[Condition, list[_Part]]:
    """O02: where anything is owed, something is that is more than words."""
    within = And((case.hostile, case.honest, case.cover))
    return within, [(owed.path, owed.when) for owed in case.duties if owed.delivers]


PROOFS: Mapping[str, Callable[[Case], tuple[Condition, list[_Part]]]] = {
    "G02": _duties_at_once,
    "G04": _duties_without_opinion,
    "G05": _duties_with_forces,
    "O02": _duties_that_deliver,
}
"""What a check proves: where the first holds, one of the parts does."""


def _single_parts(a: Arrangement) -> Iterator[tuple[Path, Arrangement]]:
    """Yield every part that can be taken out alone, with the text without it."""
    for i, clause in enumerate(a.commitments):
        yield ("commitments", i), replace(a, commitments=_without(a.commitments, i))
        for key, silent in _SILENT["commitments"].items():
            if getattr(clause, key) != silent:
                yield ("commitments", i, key), replace(a, commitments=_changed(a.commitments, i, **{key: silent}))
    for i, exclusion in enumerate(a.exclusions):
        if exclusion.unless is not None:
            yield ("exclusions", i, "unless"), replace(a, exclusions=_changed(a.exclusions, i, unless=None))
    for i in range(len(a.deployments)):
        yield ("deployments", i), replace(a, deployments=_without(a.deployments, i))
    for part in ("trigger", "decision"):
        for key, silent in _SILENT[part].items():
            if getattr(getattr(a, part), key) != silent:
                (silenced,) = _changed((getattr(a, part),), 0, **{key: silent})
                yield (part, key), _changed((a,), 0, **{part: silenced})[0]


_SILENT: Mapping[str, Mapping[str, Any]] = {
    "commitments": {"when": None, "unless": None, "within": Unspecified.NONE},
    "trigger": {
        "proof": Proof(),
        "consult_within": Unspecified.NONE,
        "determine_within": Unspecified.NONE,
        "decide_within": Unspecified.NONE,
        "if_undecided": IfUndecided.NONE,
    },
    "decision": {"abstention": Abstention.NONE},
}


def _without(entries: tuple[Any, ...], index: int, /) -> tuple[Any, ...]:
    return (*entries[:index], *entries[index + 1 :])


def _changed(entries: tuple[Any, ...], index: int, /, **changes: Any) -> tuple[Any, ...]:
    return (*entries[:index], replace(entries[index], **changes), *entries[index + 1 :])


def _finds(check: Check, case: Case, text: Arrangement) -> bool:
    without = Case(text, engine_name=case.engine_name, weights=case.weights)
    return any(not hole.cannot_tell for hole in check.find(without))
