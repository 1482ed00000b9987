"""Mendings: for each check that has one, the change of the record that closes its hole.

A mending is written as edits of plain data, so that the record and the file can be changed alike. It is unambiguous
where there is one way to write it: no number, word or party has to be chosen and nothing promised is lost.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from foedus.arrangement.conditions import Acts, Condition, Fact, Level, Or, write_condition
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Finds, Measure, OutsideAction, OwnDefence
from foedus.checks.finding import CheckFinding
from foedus.checks.search.space import TRUE, assume, atoms, both
from foedus.mechanism.rules.duties import BINDING
from foedus.mechanism.rules.findings import PROVEN_AT
from foedus.mechanism.rules.roles import adversaries, debtors, named
from foedus.mechanism.rules.world import JUDGED_FACTS
from foedus.text.source import Path, write_path
from foedus.values.duration import Duration

DEADLINE, LATEST, NOTICE = "24 h", "72 h", "2 y"
"""Figures that a mending puts where the text has none, or one that is too long."""
_STEP = re.compile(r"\[(\d+)\]|(\w+)")
_DELIVERING = ("arms", "intelligence", "finance")
_OPEN_FIRE = Level("threat", ">=", "seize")


@dataclass(frozen=True)
class Edit:
    """What stands at a path afterwards, as plain data; None takes the entry out, one past the end of a list adds."""

    path: Path
    value: Any


@dataclass(frozen=True)
class Mending:
    """A change of the record that is meant to close a hole."""

    words: str
    """What is changed, as a clause: ``decision.outside_action is allowed``."""
    edits: tuple[Edit, ...]
    is_unambiguous: bool = False


Mender: TypeAlias = Callable[[Arrangement, CheckFinding], Iterator[Mending]]
"""Proposes mendings for a finding, the least change first."""


def mendings(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Yield what may close a hole, the least change first; nothing where no change of the record is known to."""
    mender = MENDINGS.get(finding.id)
    if mender is not None and not finding.cannot_tell:
        yield from mender(arrangement, finding)


def read_path(text: str) -> Path:
    """Read a path such as ``commitments[0].tier``."""
    return tuple(int(index) if index else key for index, key in _STEP.findall(text))


def _paths(finding: CheckFinding) -> list[Path]:
    return [read_path(clause.path) for clause in finding.clauses]


def _commitments(finding: CheckFinding) -> list[int]:
    """Return the places of the commitments that a finding stands in."""
    found = (int(path[1]) for path in _paths(finding) if len(path) > 1 and path[0] == "commitments")
    return list(dict.fromkeys(found))


# gaps


def _cover(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Bind those who answer the act already, or drop their conditions, or add a duty."""
    warranted = finding.world.finding if finding.world else None
    answering = [i for i, clause in enumerate(arrangement.commitments) if warranted in clause.answers]
    loose = [i for i in answering if arrangement.commitments[i].bindingness not in BINDING]
    if loose:
        ids = ", ".join(arrangement.commitments[i].id for i in loose)
        edits = tuple(edit for i in loose for edit in (_binding(i), *_content(arrangement, i)))
        yield Mending(f"{ids} becomes a duty with a named measure", edits)
    yield from _unconditional(arrangement, answering)
    if debtors(("all_guarantors",), arrangement):
        yield Mending("a duty of all guarantors to support is added, for incursion and invasion", (_duty(arrangement),))


def _binding(index: int) -> Edit:
    return Edit(("commitments", index, "bindingness"), Bindingness.SHALL_SPECIFIED.value)


def _unconditional(arrangement: Arrangement, places: list[int]) -> Iterator[Mending]:
    clauses = [(i, key) for i in places for key in ("when", "unless") if getattr(arrangement.commitments[i], key)]
    if clauses:
        words = ", ".join(f"commitments[{i}].{key}" for i, key in clauses)
        yield Mending(f"{words} taken out", tuple(Edit(("commitments", i, key), None) for i, key in clauses))


def _duty(arrangement: Arrangement) -> Edit:
    clause = {
        "id": _free_id("added_duty", arrangement),
        "by": "all_guarantors",
        "answers": [Finds.INCURSION.value, Finds.INVASION.value],
        "tier": "support",
        "bindingness": Bindingness.SHALL_SPECIFIED.value,
        "content": "floor",
        "measures": list(_DELIVERING),
    }
    return Edit(("commitments", len(arrangement.commitments)), clause)


def _free_id(wanted: str, arrangement: Arrangement) -> str:
    taken = {clause.id for clause in arrangement.commitments}
    return next(name for name in (wanted, *(f"{wanted}_{n}" for n in range(2, 99))) if name not in taken)


def _name_a_test(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Put a test of the threat in the place of words that are a matter of opinion."""
    edits = []
    for index in _commitments(finding):
        condition = arrangement.commitments[index].when
        if condition is not None:
            tested = both((assume(condition, facts=dict.fromkeys(JUDGED_FACTS, True)), _OPEN_FIRE))
            edits.append(_conditioned(("commitments", index, "when"), tested))
    if edits:
        yield Mending("the word gives way to the test threat >= seize", tuple(edits))


def _conditioned(path: Path, condition: Condition) -> Edit:
    return Edit(path, None if condition == TRUE else write_condition(condition))


# clauses and obligations


def _take_out(_: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    path = _paths(finding)[0]
    if path and path[0] == "commitments" and len(path) == 2:
        yield Mending(f"{finding.position.path} taken out", (Edit(path, None),))


def _lift_the_prohibition(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    for path in _paths(finding):
        if path[0] == "exclusions":
            exception = arrangement.exclusions[int(path[1])].unless
            widened = Or((exception, _OPEN_FIRE)) if exception else _OPEN_FIRE
            words = f"the prohibition in exclusions[{path[1]}] ends with an armed attack (threat >= seize)"
            yield Mending(words, (Edit((*path[:2], "unless"), write_condition(widened)),))


def _fill(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Set a floor, and name measures where only talking is named."""
    places = _commitments(finding)
    edits = tuple(edit for i in places for edit in _content(arrangement, i))
    if edits:
        ids = ", ".join(arrangement.commitments[i].id for i in places)
        yield Mending(f"{ids} gets a floor with measures that deliver", edits)


def _content(arrangement: Arrangement, index: int) -> tuple[Edit, ...]:
    clause = arrangement.commitments[index]
    talking = {Measure.CONSULTATION, Measure.DIPLOMACY, Measure.COUNCIL_ACTION}
    delivering = [measure for measure in clause.measures if measure not in talking]
    named_ones = [measure.value for measure in clause.measures] + ([] if delivering else list(_DELIVERING))
    return (Edit(("commitments", index, "content"), "floor"), Edit(("commitments", index, "measures"), named_ones))


def _war_or_peace(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Let the duty hold whether there is a ceasefire or a settlement or not."""
    peace = {"ceasefire_in_force": True, "settlement_in_force": True}
    edits = [
        _conditioned(("commitments", index, "when"), assume(condition, facts=peace))
        for index in _commitments(finding)
        if (condition := arrangement.commitments[index].when) is not None
    ]
    if edits:
        yield Mending("the duty holds whether there is a ceasefire or not", tuple(edits))


def _act_without_waiting(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    edits = []
    for index in _commitments(finding):
        condition = arrangement.commitments[index].when
        if condition is not None and any(isinstance(atom, Acts) for atom in atoms(condition)):
            edits.append(_conditioned(("commitments", index, "when"), assume(condition, acts=True)))
    if edits:
        yield Mending("no duty waits for another party to act first", tuple(edits))


# votes


def _keep_the_adversary_out(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    path, hostile = _paths(finding)[0], adversaries(arrangement)
    default = Edit(("trigger", "if_undecided"), "default_response")
    match path:
        case ("consents", "deployment"):
            yield _without(path, arrangement.consents.deployment, hostile, arrangement, is_unambiguous=True)
        case ("deployments", int(index), *_):
            enders = arrangement.deployments[index].can_be_ended_by
            place = ("deployments", index, "can_be_ended_by")
            yield _without(place, enders, hostile, arrangement, is_unambiguous=True)
        case ("exclusions", *_):
            yield from _lift_the_prohibition(arrangement, finding)
        case ("commitments", *_):
            yield from _without_consent(arrangement, finding)
        case ("trigger", *_):
            blocked_by = arrangement.trigger.blocked_by
            out = _without(("trigger", "blocked_by"), blocked_by, hostile, arrangement)
            yield from _or_by_default(out, default, needed=bool(named(blocked_by, arrangement) & hostile))
        case ("consents", *_) | ("decision", *_):
            response = arrangement.consents.response
            out = _without(("consents", "response"), response, hostile, arrangement)
            yield from _or_by_default(out, default, needed=bool(named(response, arrangement) & hostile))


def _or_by_default(out: Mending, default: Edit, *, needed: bool) -> Iterator[Mending]:
    """Take the adversary out where it is named, or let a default response follow, or both."""
    words = "a default response follows where nothing comes of the vote"
    if needed:
        yield from (out, _and(out, default, f"and {words}"))
    else:
        yield Mending(words, (default,))


def _without_consent(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    edits = []
    for index in _commitments(finding):
        condition = arrangement.commitments[index].when
        if condition is not None and Fact("adversary_agrees") in set(atoms(condition)):
            agreed = assume(condition, facts={"adversary_agrees": True})
            edits.append(_conditioned(("commitments", index, "when"), agreed))
    if edits:
        yield Mending("no duty waits for the adversary's consent", tuple(edits))


def _without(
    path: Path,
    stated: tuple[str, ...],
    gone: frozenset[str],
    arrangement: Arrangement,
    /,
    *,
    is_unambiguous: bool = False,
) -> Mending:
    """Take parties out of a list, writing out words for groups in which they stand."""
    listed = list(stated) if set(stated) & gone else sorted(named(stated, arrangement))
    left = [party for party in listed if party not in gone]
    value = "nobody" if not left else left[0] if len(left) == 1 else left
    words = f"{', '.join(sorted(gone))} taken out of {write_path(path)}"
    return Mending(words, (Edit(path, value),), is_unambiguous=is_unambiguous)


def _and(mending: Mending, edit: Edit, words: str, /) -> Mending:
    return Mending(f"{mending.words}, {words}", (*mending.edits, edit))


def _act_alone(_: Arrangement, _finding: CheckFinding) -> Iterator[Mending]:
    allowed = Edit(("decision", "outside_action"), OutsideAction.ALLOWED.value)
    yield Mending("those who are willing may act alone", (allowed,))


def _settle(_: Arrangement, _finding: CheckFinding) -> Iterator[Mending]:
    alone = Mending("where nothing is decided, each may act", (Edit(("trigger", "if_undecided"), "each_may_act"),))
    yield alone
    yield _and(alone, Edit(("decision", "abstention"), "not_counted"), "and silence is left out of the count")


def _unseat(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Take the adversary out of a role; as a guarantor it has promised something, which then needs another place."""
    path = _paths(finding)[0]
    if path[0] != "parties":
        return
    listed = getattr(arrangement.parties, str(path[-1]))
    hostile = adversaries(arrangement)
    yield _without(path, listed, hostile, arrangement, is_unambiguous=path[-1] == "monitor")


# time


def _hurry(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    places = _commitments(finding)
    trigger = arrangement.trigger
    late = [
        key
        for key in ("consult_within", "determine_within")
        if isinstance(span := getattr(trigger, key), Duration) and span.hours > Duration.parse(DEADLINE).hours
    ]
    edits = [Edit(("trigger", key), DEADLINE) for key in (*late, "decide_within")]
    edits += [Edit(("commitments", i, "within"), DEADLINE) for i in places]
    yield Mending(f"a decision within {DEADLINE}, and performance within {DEADLINE} of it", tuple(edits))


def _set_deadlines(arrangement: Arrangement, _: CheckFinding) -> Iterator[Mending]:
    trigger = arrangement.trigger
    stated = {key: getattr(trigger, f"{key}_within") for key in ("consult", "determine", "decide")}
    missing = [key for key in ("determine", "decide") if not isinstance(stated[key], Duration)]
    if missing:
        words = ", ".join(f"{key}_within: {LATEST}" for key in missing)
        yield Mending(words, tuple(Edit(("trigger", f"{key}_within"), LATEST) for key in missing))


def _set_a_date(_: Arrangement, _finding: CheckFinding) -> Iterator[Mending]:
    yield Mending(f"those who meet do so within {LATEST}", (Edit(("trigger", "consult_within"), LATEST),))


def _let_the_protected_state_begin(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    if _paths(finding)[0] != ("trigger", "invoked_by"):
        return
    invokers = [party for party in arrangement.trigger.invoked_by if party != "nobody"]
    everyone = [*invokers, *(party for party in arrangement.parties.protected_state if party not in invokers)]
    value = everyone[0] if len(everyone) == 1 else everyone
    words = f"{' and '.join(arrangement.parties.protected_state)} may invoke the mechanism"
    yield Mending(words, (Edit(("trigger", "invoked_by"), value),), is_unambiguous=True)


# evidence, leaving, the protected state


def _let_monitors_attribute(arrangement: Arrangement, _: CheckFinding) -> Iterator[Mending]:
    edits = tuple(Edit(("monitoring", i, "attributes"), True) for i in range(len(arrangement.monitoring)))
    if edits:
        yield Mending("monitors may say who did it", edits)


def _let_nobody_end_it(_: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    path = _paths(finding)[0]
    if path[-1] == "can_be_ended_by":
        yield Mending("nobody can end the monitoring alone", (Edit(path, "nobody"),), is_unambiguous=True)


def _lengthen_notice(_: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    if _paths(finding)[0] == ("term", "exit_notice"):
        yield Mending(f"exit on {NOTICE} notice", (Edit(("term", "exit_notice"), NOTICE),))


def _save_self_defence(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    """Lift the restraint, or keep up its own defence; where the text is silent of it, nothing else can be meant."""
    keep_up = Edit(("duties", "own_defence"), "keep_up")
    if _paths(finding)[0] == ("duties", "restraint"):
        yield Mending("its own use of force is not restrained", (Edit(("duties", "restraint"), "none"),))
        return
    is_silent = arrangement.duties.own_defence is OwnDefence.NOT_MENTIONED
    yield Mending("the protected state keeps up its own defence", (keep_up,), is_unambiguous=is_silent)


def _answer_no_provocation(arrangement: Arrangement, finding: CheckFinding) -> Iterator[Mending]:
    edits = []
    for index in _commitments(finding):
        answers = arrangement.commitments[index].answers
        left = [each.value for each in answers if each is not Finds.PROVOKED]
        if left and len(left) < len(answers):
            edits.append(Edit(("commitments", index, "answers"), left))
    if edits:
        yield Mending("no clause with forces answers what was provoked", tuple(edits), is_unambiguous=True)


def _ask_for_proof(arrangement: Arrangement, _: CheckFinding) -> Iterator[Mending]:
    proof = arrangement.trigger.proof
    loose = [tier for tier in ("deploy", "defend") if PROVEN_AT[getattr(proof, tier)] in ("none", "suspected")]
    if loose:
        edits = tuple(Edit(("trigger", "proof", tier), "preponderance") for tier in loose)
        yield Mending(f"{' and '.join(loose)} ask for a preponderance of the evidence", edits)


MENDINGS: dict[str, Mender] = {
    "G01": _cover,
    "G04": _name_a_test,
    "D01": _take_out,
    "D03": _lift_the_prohibition,
    "O02": _fill,
    "V01": _keep_the_adversary_out,
    "V02": _act_alone,
    "V03": _settle,
    "V06": _unseat,
    "C01": _act_without_waiting,
    "T01": _hurry,
    "T02": _set_deadlines,
    "T03": _let_the_protected_state_begin,
    "T05": _set_a_date,
    "E01": _let_monitors_attribute,
    "E02": _let_nobody_end_it,
    "L02": _lengthen_notice,
    "V10": _war_or_peace,
    "P01": _save_self_defence,
    "P02": _answer_no_provocation,
    "P03": _ask_for_proof,
}
"""The mendings that can be written as a change of the record, by check; the others ask for a text that nobody has."""
