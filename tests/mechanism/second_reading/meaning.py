"""What a text says of votes and of duties, read word by word from the tables of docs/language.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from foedus.arrangement.conditions import Acts, And, Fact, Level, Not, Or
from foedus.arrangement.names.affiliations import find_body, year_of
from foedus.arrangement.record import Arrangement

YES, NO, SILENT, OPEN = "yes", "no", "silent", "unsettled"
TIERS = ("support", "deploy", "defend")
THREATS = ("hold", "coerce", "seize", "invade")
SURENESS = ("none", "suspected", "likely", "established")
ACT_BEHIND = {"hybrid": "coerce", "incursion": "seize", "invasion": "invade", "provoked": "seize"}
PROVEN = {
    "none": "none",
    "unknown": "none",
    "suspicion": "suspected",
    "preponderance": "likely",
    "clear_and_convincing": "established",
    "beyond_reasonable_doubt": "established",
}
NO_ACTS = ("non_aggression", "no_nuclear_use", "consultation")
BINDS = ("shall_discretionary", "shall_specified")
Voices = Mapping[str, str]
"""Who says yes or no; whoever is not in it is silent."""


@dataclass(frozen=True)
class Situation:
    """What happened and what everybody says about it."""

    finding: str | None
    threat: str
    attribution: str
    facts: frozenset[str]
    acting: frozenset[str]
    on_finding: Voices = field(default_factory=dict)
    on_response: Voices = field(default_factory=dict)
    gone: frozenset[str] = frozenset()


def parties(words: Iterable[str], text: Arrangement) -> set[str]:
    """Write a list of parties out."""
    found = set[str]()
    for word in words:
        match word:
            case "all_guarantors":
                found |= set(text.parties.guarantor)
            case "any_party":
                found |= set(text.parties.everyone)
            case "nobody" | "unknown":
                pass
            case party:
                found.add(party)
    return found


def is_so(condition: Any, now: Situation) -> bool:
    """Evaluate a condition."""
    match condition:
        case And(parts):
            return min(is_so(each, now) for each in parts)
        case Or(parts):
            return max(is_so(each, now) for each in parts)
        case Not(part):
            return not is_so(part, now)
        case Fact(name):
            return name in now.facts
        case Acts(party):
            return party in now.acting
        case Level("threat", relation, level):
            return _compares(THREATS.index(now.threat), relation, THREATS.index(level))
        case Level(_, relation, level):
            return _compares(SURENESS.index(now.attribution), relation, SURENESS.index(level))
    raise AssertionError(condition)


def _compares(one: int, relation: str, other: int) -> bool:
    table = {"<": (1, 0, 0), "<=": (1, 1, 0), "==": (0, 1, 0), "!=": (1, 0, 1), ">=": (0, 1, 1), ">": (0, 0, 1)}
    return bool(table[relation][(one > other) - (one < other) + 1])


def guarantors(text: Arrangement, now: Situation) -> set[str]:
    """Return the guarantors that have not left."""
    return set(text.parties.guarantor) - now.gone


def seats(text: Arrangement) -> set[str]:
    """Return who sits in the body that finds."""
    if text.trigger.members:
        return parties(text.trigger.members, text)
    body = find_body(text.trigger.body)
    return set(body.members_in(year_of(text))) & text.parties.everyone if body else set()


def blockers(text: Arrangement) -> set[str]:
    """Return who can block a finding alone."""
    stated = parties(text.trigger.blocked_by, text)
    if text.trigger.determined_by == "council_consensus":
        return stated | seats(text)
    body = find_body(text.trigger.body)
    if text.trigger.determined_by == "council_with_veto" and body and not stated:
        return set(body.stoppers_in(year_of(text))) & text.parties.everyone
    return stated


def watchers(text: Arrangement) -> set[str]:
    """Return who watches."""
    return set(text.parties.monitor) | {party for each in text.monitoring for party in parties(each.by, text)}


def _lead_of(text: Arrangement) -> set[str]:
    lead = text.decision.framework_nation
    return {lead} if lead else set()


def finders(text: Arrangement, gone: frozenset[str]) -> set[str]:
    """Return whose votes a finding turns on."""
    lead = _lead_of(text)
    who: dict[str, set[str]] = {
        "unanimity_of_guarantors": set(text.parties.guarantor),
        "council_consensus": seats(text) or set(text.parties.guarantor),
        "lead_guarantor_alone": lead,
        "protected_state_alone": set(text.parties.protected_state),
        "monitor_body": watchers(text),
        "each_party_for_itself": set(text.responders),
        "each_party_after_consultation": set(text.responders),
    }
    extra = lead if text.trigger.if_undecided == "lead_decides" else set()
    return (who.get(text.trigger.determined_by, set()) | extra | blockers(text)) - gone


def deciders(text: Arrangement) -> set[str]:
    """Return whose votes the response turns on."""
    lead = _lead_of(text)
    lists = (text.decision.required, text.consents.response, text.trigger.blocked_by)
    return set(text.parties.guarantor) | {party for each in lists for party in parties(each, text)} | lead


def vote_on_finding(text: Arrangement, now: Situation) -> str:
    """Count the votes on a finding."""
    said = {party: now.on_finding.get(party, SILENT) for party in text.parties.everyone | finders(text, frozenset())}
    if any(said[party] == NO for party in blockers(text) - now.gone):
        return NO
    lead = text.decision.framework_nation
    match str(text.trigger.determined_by):
        case "each_party_for_itself":
            return YES
        case "each_party_after_consultation":
            return YES if "consulted" in now.facts else NO
        case "unanimity_of_guarantors":
            return _all_of(guarantors(text, now), said, text)
        case "council_consensus":
            return _all_of((seats(text) - now.gone) or guarantors(text, now), said, text)
        case "council_with_veto":
            holding = blockers(text)
            return OPEN if holding and all(said[party] == SILENT for party in holding) else YES
        case "lead_guarantor_alone":
            return _lead(lead, said, now.gone)
        case "protected_state_alone":
            words = {said[party] for party in text.parties.protected_state}
            return YES if YES in words else NO if words == {NO} else OPEN
        case "monitor_body":
            words = {said[party] for party in watchers(text) - now.gone}
            return YES if YES in words else NO if NO in words else OPEN
        case _:
            return OPEN


def _all_of(voting: set[str], said: Voices, text: Arrangement) -> str:
    """Count where all must agree."""
    words = [said[party] for party in voting]
    if NO in words:
        return NO
    if YES not in words:
        return OPEN
    return _silence(text) if SILENT in words else YES


def _silence(text: Arrangement) -> str:
    return {"counts_as_no": NO, "counts_as_yes": YES, "not_counted": YES}.get(text.decision.abstention, OPEN)


def _lead(lead: str | None, said: Voices, gone: frozenset[str]) -> str:
    word = SILENT if lead is None or lead in gone else said.get(lead, SILENT)
    return OPEN if word == SILENT else word


def finding_made(text: Arrangement, now: Situation) -> str:
    """Return how a finding ends once the time is over."""
    invokers = parties(text.trigger.invoked_by, text)
    if invokers and all(now.on_finding.get(party) == NO or party in now.gone for party in invokers):
        return NO
    ruling = vote_on_finding(text, now)
    if text.trigger.determined_by in ("undefined", "unknown") and ruling == OPEN:
        return OPEN
    return _after_all(text, ruling, now.on_finding, now.gone)


def _after_all(text: Arrangement, ruling: str, said: Voices, gone: frozenset[str]) -> str:
    """Return what follows when the time passes without a yes."""
    if ruling == YES:
        return YES
    match str(text.trigger.if_undecided):
        case "default_response":
            return YES
        case "lead_decides":
            return _lead(text.decision.framework_nation, said, gone)
        case "nothing" | "each_may_act":
            return NO
        case _:
            return ruling


def vote_on_tier(text: Arrangement, now: Situation, tier: str, weights: Mapping[str, int]) -> str:
    """Count the votes on a tier."""
    said = {party: now.on_response.get(party, SILENT) for party in text.parties.everyone | deciders(text)}
    consenting = parties(text.consents.response, text)
    if tier in text.consents.response_tiers and any(said[party] == NO for party in consenting - now.gone):
        return NO
    if any(said[party] != YES or party in now.gone for party in parties(text.decision.required, text)):
        return NO
    match str(text.decision.rule):
        case "each_for_itself":
            return YES
        case "unanimity":
            return _all_of(guarantors(text, now), said, text)
        case "lead_alone":
            return _lead(text.decision.framework_nation, said, now.gone)
        case "council_with_veto":
            holding = consenting or parties(text.trigger.blocked_by, text)
            if any(said[party] == NO for party in holding - now.gone):
                return NO
            return OPEN if holding and all(said[party] == SILENT for party in holding) else YES
        case "quorum":
            return _quorum(text, [(said[party], weights.get(party, 1)) for party in guarantors(text, now)], tier)
        case _:
            return OPEN


def _quorum(text: Arrangement, votes: list[tuple[str, int]], tier: str) -> str:
    share = getattr(text.decision.quorum, tier)
    silence = {"counts_as_yes": YES, "counts_as_no": NO, "not_counted": ""}.get(text.decision.abstention, OPEN)
    counted = [(silence if word == SILENT else word, weight) for word, weight in votes]
    counted = [(word, weight) for word, weight in counted if word]
    if share is None or not counted or any(word == OPEN for word, _ in counted):
        return OPEN
    joining = [weight for word, weight in counted if word == YES]
    return YES if joining and sum(joining) >= share * sum(weight for _, weight in counted) - 1e-9 else NO


def tier_decided(text: Arrangement, now: Situation, tier: str, weights: Mapping[str, int]) -> str:
    """Return how the decision on a tier ends once the time is over."""
    ruling = vote_on_tier(text, now, tier, weights)
    if text.decision.rule in ("none", "unknown") and ruling == OPEN:
        return OPEN
    return _after_all(text, ruling, now.on_response, now.gone)


def alone(text: Arrangement) -> str:
    """Return whether a guarantor may act outside the mechanism."""
    if text.trigger.if_undecided == "each_may_act":
        return YES
    return {"allowed": YES, "forbidden": NO}.get(text.decision.outside_action, OPEN)


def needs_decision(text: Arrangement, kind: str) -> bool:
    """Return whether a clause of a kind waits for a decision that binds together."""
    binds = text.decision.rule in ("quorum", "unanimity", "council_with_veto", "lead_alone")
    return (binds or bool(text.consents.response)) and (kind == "joint" or alone(text) != YES)


def kept_out(text: Arrangement, now: Situation, tier: str, measures: Iterable[str] = ()) -> list[int]:
    """Return the exclusions that keep a tier out, or every measure by which it would be carried out."""
    standing = [(i, e) for i, e in enumerate(text.exclusions) if e.unless is None or not is_so(e.unless, now)]
    forces = [i for i, each in standing if each.what == "foreign_forces" and tier in ("deploy", "defend")]
    arms = [i for i, each in standing if each.what == "foreign_arms"]
    named = list(measures)
    are_all_arms = bool(named) and all(each in ("arms", "air_defence") for each in named)
    return forces or (arms if are_all_arms else [])


def highest_owed(
    text: Arrangement, now: Situation, most: str, kind: str, measures: Iterable[str], weights: Mapping[str, int]
) -> str | None:
    """Return the highest tier, up to a limit, that is proven, not kept out, and not refused."""
    named, found = list(measures), None
    for tier in TIERS[: TIERS.index(most) + 1]:
        asked = PROVEN[getattr(text.trigger.proof, tier)]
        is_proven = SURENESS.index(now.attribution) >= SURENESS.index(asked)
        is_refused = needs_decision(text, kind) and tier_decided(text, now, tier, weights) == NO
        if is_proven and not is_refused and not kept_out(text, now, tier, named):
            found = tier
    return found


@dataclass(frozen=True)
class Asked:
    """A clause that can ask somebody for an act."""

    place: tuple[str | int, ...]
    name: str
    answers: tuple[str, ...]
    debtors: tuple[str, ...]
    binds: bool
    kind: str
    tier: str
    measures: tuple[str, ...]
    is_chosen: bool
    hours: float | None
    clause: Any


def asked_for(text: Arrangement) -> list[Asked]:
    """Return the clauses that can ask somebody for an act: no right, no duty to meet or to keep from something."""
    found = []
    for i, clause in enumerate(text.commitments):
        acts = tuple(each for each in clause.measures if each not in NO_ACTS)
        if clause.bindingness == "may" or (clause.measures and not acts):
            continue
        owing = owing_of(clause.by, text)
        hours = getattr(clause.within, "hours", None)
        chosen = clause.content == "debtor_chooses"
        binds = clause.bindingness in BINDS
        place = ("commitments", i)
        found.append(
            Asked(place, clause.id, clause.answers, owing, binds, clause.kind, clause.tier, acts, chosen, hours, clause)
        )
    s = text.sanctions
    if s.snapback_on:
        owing, hours = owing_of(("all_guarantors",), text), getattr(s.snapback_within, "hours", None)
        binds = s.snapback_bindingness in BINDS
        found.append(
            Asked(
                ("sanctions", "snapback_on"),
                "snapback",
                s.snapback_on,
                owing,
                binds,
                "joint",
                "support",
                ("sanctions",),
                is_chosen=False,
                hours=hours,
                clause=None,
            )
        )
    return found


def owing_of(by: Iterable[str], text: Arrangement) -> tuple[str, ...]:
    named = set(by)
    if named & {"all_guarantors", "any_party"}:
        named = set(text.parties.guarantor)
    return tuple(party for party in text.responders if party in named)


def path_of(place: tuple[str | int, ...]) -> str:
    """Write the place of a clause as messages do."""
    return ".".join(map(str, place)).replace("commitments.", "commitments[") + (
        "]" if len(place) == 2 and place[0] == "commitments" else ""
    )


def calls(text: Arrangement, now: Situation, asked: Asked, weights: Mapping[str, int]) -> tuple[str, set[str]] | None:
    """Return the tier that a clause asks for, and of whom; None where it asks nothing."""
    clause, void = asked.clause, text.term.void_if
    if now.finding is None or now.finding not in asked.answers or "in_scope" not in now.facts:
        return None
    if (void is not None and is_so(void, now)) or finding_made(text, now) == NO:
        return None
    if clause is not None and clause.when is not None and not is_so(clause.when, now):
        return None
    if clause is not None and clause.unless is not None and is_so(clause.unless, now):
        return None
    tier = highest_owed(text, now, asked.tier, asked.kind, asked.measures, weights)
    owing = set(asked.debtors) - now.gone
    if clause is not None and str(text.trigger.determined_by).startswith("each_party"):
        owing -= {party for party, word in now.on_finding.items() if word == NO}
    return (tier, owing) if tier and owing else None


def settled(voting: Iterable[str], said: Voices, count: Any) -> str | None:
    """Return what a vote comes to in every way in which those who have not voted might vote; None where it is open."""
    waiting = sorted(set(voting) - said.keys())
    if not waiting:
        return str(count(said))
    ends = {count({**said, **dict(zip(waiting, words, strict=True))}) for words in _ways(len(waiting))}
    return ends.pop() if len(ends) == 1 and OPEN not in ends else None


def _ways(count: int) -> Iterable[tuple[str, ...]]:
    """Return all ways of voting, or where they are too many those in which one or nobody is apart from the rest."""
    words = (YES, NO, SILENT)
    if count <= 5:
        return product(words, repeat=count)
    alike = [(word,) * count for word in words]
    return [*alike, *((*each[:i], word, *each[i + 1 :]) for each in alike for i in (0, count - 1) for word in words)]
