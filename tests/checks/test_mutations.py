"""A repaired arrangement: whichever clause is deleted or weakened, some check notices."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from foedus.checks.examine import check
from tests.checks.specimens import GOOD, Patch, patched, written

_CLAUSES = range(len(GOOD["commitments"]))
MUTATIONS: dict[str, Patch] = {
    **{f"commitment {i} deleted": {("commitments", i): None} for i in _CLAUSES},
    **{f"commitment {i} is an intent": {("commitments", i, "bindingness"): "intends"} for i in _CLAUSES},
    **{f"commitment {i} is a right": {("commitments", i, "bindingness"): "may"} for i in _CLAUSES},
    **{f"commitment {i} is a duty to meet": {("commitments", i, "measures"): ["consultation"]} for i in _CLAUSES},
    **{f"commitment {i} leaves the content open": {("commitments", i, "content"): "debtor_chooses"} for i in _CLAUSES},
    **{f"commitment {i} names no measure": {("commitments", i, "measures"): None} for i in _CLAUSES},
    **{f"commitment {i} binds one": {("commitments", i, "by"): ["france"]} for i in _CLAUSES},
    **{f"commitment {i} waits for a request": {("commitments", i, "when"): "requested"} for i in _CLAUSES},
    **{f"commitment {i} waits for money": {("commitments", i, "when"): "funds_appropriated"} for i in _CLAUSES},
    **{f"commitment {i} asks for significance": {("commitments", i, "when"): "significant"} for i in _CLAUSES},
    **{f"commitment {i} asks for a foreign hand": {("commitments", i, "when"): "external"} for i in _CLAUSES},
    **{f"commitment {i} waits for the adversary": {("commitments", i, "when"): "adversary_agrees"} for i in _CLAUSES},
    "defence no longer answers incursions": {("commitments", 1, "answers"): ["invasion"]},
    "defence no longer answers invasions": {("commitments", 1, "answers"): ["incursion"]},
    "defence also answers what was provoked": {("commitments", 1, "answers"): ["incursion", "invasion", "provoked"]},
    "defence is support": {("commitments", 1, "tier"): "support"},
    "defence takes its time": {("commitments", 1, "within"): "60 d"},
    "defence has no deadline": {("commitments", 1, "within"): "none"},
    "no proof asked for force": {("trigger", "proof", "defend"): "none"},
    "no proof asked at all": {("trigger", "proof"): None},
    "proof beyond doubt from a distance": {
        ("trigger", "proof", "support"): "beyond_reasonable_doubt",
        ("monitoring", 0, "access"): "restricted",
    },
    "no deadline to decide": {("trigger", "decide_within"): None},
    "a month to decide": {("trigger", "decide_within"): "30 d"},
    "no default response": {("trigger", "if_undecided"): "nothing"},
    "nobody invokes": {("trigger", "invoked_by"): "nobody"},
    "nobody finds": {("trigger", "determined_by"): "undefined"},
    "the attacked state finds": {("trigger", "determined_by"): "protected_state_alone"},
    "the adversary may block the finding": {
        ("trigger", "blocked_by"): "russia",
        ("trigger", "if_undecided"): "nothing",
    },
    "the adversary consents": {("consents",): {"response": "russia"}, ("trigger", "if_undecided"): "nothing"},
    "nobody acts alone": {("decision", "outside_action"): "forbidden"},
    "unanimity": {("decision", "rule"): "unanimity", ("trigger", "if_undecided"): "nothing"},
    "no share for force": {("decision", "quorum", "defend"): None},
    **{f"deployment {i} deleted": {("deployments", i): None} for i in range(len(GOOD["deployments"]))},
    **{f"deployment {i} comes late": {("deployments", i, "can_be_ended_by"): "russia"} for i in range(4)},
    "no deployment": {("deployments",): None},
    "deployments only after the attack": {("deployments", i, "since"): "attack" for i in range(4)},
    "no monitoring": {("monitoring",): None},
    "monitors may not attribute": {("monitoring", 0, "attributes"): None},
    "monitors go where they are let": {("monitoring", 0, "access"): "by_consent"},
    "monitors go nowhere": {("monitoring", 0, "access"): "none"},
    "monitors have one kind of sensor": {("monitoring", 0, "sensors"): ["drones"]},
    "monitors can be ended by the adversary": {("monitoring", 0, "can_be_ended_by"): "russia"},
    "monitors can be ended by a guarantor": {("monitoring", 0, "can_be_ended_by"): "italy"},
    "own defence limited": {("duties", "own_defence"): "limited"},
    "own defence forgotten": {("duties",): None},
    "own defence given up": {("duties", "own_defence"): "disarm"},
    "own defence by leave": {("duties", "restraint"): "command_by_guarantor"},
    "a short notice": {("term", "exit_notice"): "3 months"},
    "an end in sight": {("term", "length"): "5 y"},
    "void when provoked, as each sees it": {
        ("term", "void_if"): "provoked",
        ("trigger", "determined_by"): "each_party_for_itself",
        ("monitoring", 0, "attributes"): False,
    },
    "forces kept out": {("exclusions",): [{"what": "foreign_forces"}]},
    "arms kept out": {("exclusions",): [{"what": "foreign_arms"}]},
    "nothing prepared": {("preparation",): "none"},
    "territory left out": {("scope", "excludes"): ["Crimea"]},
    "words only": {("legal_form",): "political_declaration"},
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_some_check_notices(mutation: str) -> None:
    """The repaired arrangement has no finding; whatever makes it weaker makes one."""
    assert check(patched(MUTATIONS[mutation]))


REDUNDANT = {
    "publicity": "no clause",
    "sources[0]": "no clause",
    "parties.monitor": "the mission names its monitor",
    "decision.outside_action": "allowed is what silence means",
    "decision.capability": "a condition on the response: without it more is owed",
    "decision.capability[0]": "the same",
    **{f"parties.guarantor[{i}]": "others are bound to the same" for i in (2, 4)},
    **{f"commitments[0].measures[{i}]": "others are left" for i in range(2)},
    **{f"commitments[1].measures[{i}]": "others are left" for i in range(3)},
    **{f"monitoring[0].sensors[{i}]": "two kinds are left" for i in range(3)},
    **{f"deployments[{i}].since": "three others stand in place" for i in range(4)},
}
"""What may be deleted without a word, and why."""


def test_every_deletion_is_noticed_or_harmless() -> None:
    """Each entry of the repaired arrangement is taken out in turn; what nobody misses is listed with its reason."""
    unnoticed = {written(path) for path in entries(GOOD) if is_legal(path) and not check(patched({path: None}))}
    assert unnoticed == set(REDUNDANT)


def entries(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every entry."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        yield (*path, step)
        yield from entries(value, (*path, step))


def is_legal(path: tuple[Any, ...]) -> bool:
    """Tell whether the language can do without an entry."""
    try:
        patched({path: None})
    except ValidationError:
        return False
    return True
