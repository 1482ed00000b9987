"""Every check, in the order of its id."""

from difflib import get_close_matches

from foedus.checks.families import (
    backing,
    circles,
    clauses,
    deadlines,
    decision_rules,
    evidence,
    forbidden,
    forces,
    friends,
    gaps,
    guarantors,
    leaving,
    narrow,
    obligations,
    protected_state,
    vetoes,
    wording,
)
from foedus.checks.finding import Check
from foedus.errors import UnknownName

_FAMILIES = (
    gaps,
    clauses,
    narrow,
    forbidden,
    obligations,
    vetoes,
    friends,
    decision_rules,
    circles,
    deadlines,
    forces,
    evidence,
    leaving,
    protected_state,
    guarantors,
    backing,
    wording,
)

FAMILY_NAMES = {
    "G": "gaps",
    "D": "dead and double clauses",
    "O": "obligations",
    "V": "votes",
    "C": "circles",
    "T": "time",
    "F": "forces",
    "E": "evidence",
    "L": "leaving",
    "P": "the protected state",
    "R": "rights of the guarantors",
}

CHECKS: dict[str, Check] = {
    check.id: check
    for letter in FAMILY_NAMES
    for check in sorted((each for family in _FAMILIES for each in family.CHECKS), key=lambda each: each.id)
    if check.family == letter
}

NOT_MODELLED = (
    "whether anybody keeps its word: a check says what is owed, not what is done",
    "a wrong finding: what is found is what happened, or nothing is found",
    "a major offensive that comes from inside the country, or that hides who leads it",
    "a staged act that goes further than to cast suspicion on the adversary",
    "proxies: an act of a party that the text does not name as adversary",
    "the label trigger.type as what opens anything: what a clause answers and its conditions count",
    "side letters, practice, and other treaties between the parties",
    "weights in a quorum, which no text states: published defence spending stands for them",
    "words of domestic law: ratification, war powers, budgets, beyond the facts of the condition grammar",
    "what one guarantor's act does to another's will to act",
)


def find_check(name: str) -> Check:
    """Return a check by its id; raise `UnknownName` that suggests the nearest."""
    check = CHECKS.get(name.upper())
    if check is None:
        near = get_close_matches(name.upper(), CHECKS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"checks are {', '.join(CHECKS)}"
        raise UnknownName(f"there is no check {name!r}; {hint}")
    return check
