"""The sound text of the checks with one clause at an edge, one step on either side of it, or at another word."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from foedus.arrangement.vocabulary import (
    Abstention,
    Access,
    DecisionRule,
    DeterminationRule,
    IfUndecided,
    OutsideAction,
    OwnDefence,
    StandardOfProof,
)

_WORDS: Mapping[str, type[StrEnum]] = {
    "trigger.determined_by": DeterminationRule,
    "trigger.if_undecided": IfUndecided,
    "decision.rule": DecisionRule,
    "decision.abstention": Abstention,
    "decision.outside_action": OutsideAction,
    "duties.own_defence": OwnDefence,
    "monitoring[0].access": Access,
}
_CLOCKS: Mapping[str, tuple[str, ...]] = {
    # six hours may be the end of a limited incursion, 360 hours that of an offensive
    "trigger.decide_within": ("1 h", "2 h", "3 h", "287 h", "288 h", "289 h"),
    "trigger.determine_within": ("5 h", "6 h", "7 h"),
    "trigger.consult_within": ("5 h", "6 h", "7 h"),
    "commitments[1].within": ("0 h", "5 h", "6 h", "7 h", "354 h", "355 h", "2880 h", "2881 h"),
    # an attack can be seen coming for 720 to 7900 hours, and a state holds for 2880
    "term.exit_notice": ("none", "unknown", "2879 h", "2880 h", "7899 h", "7900 h", "7901 h"),
    "term.length": ("1 y", "5 y", "10 y"),
}
_SHARES = (0.16, 0.17, 0.34, 0.5, 0.51, 0.66, 0.67, 0.84, 1.0)
"""One of six guarantors is 0.167 of them, two are 0.333, and so on."""
_STRICT: Mapping[str, Any] = {"trigger.if_undecided": "nothing", "decision.outside_action": "forbidden"}
"""Nothing follows of itself, and nobody may act alone: every vote counts."""
_FORCES = (
    "7999 troops",
    "8000 troops",
    "16000 troops",
    "16001 troops",
    "24000 troops",
    "24001 troops",
    "31999 troops",
    "32000 troops",
    "32001 troops",
    "30000 - 34000 troops",
    "33000 - 40000 troops",
)
"""Four guarantors have eight thousand in place each."""


def _boundaries() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "as it is", {}
    for path, words in _WORDS.items():
        yield from ((f"{path}: {word}", {path: word.value}) for word in words)
        yield from ((f"{path}: {word}, strict", {**_STRICT, path: word.value}) for word in words)
    for path, spans in _CLOCKS.items():
        yield from ((f"{path}: {span}", {path: span}) for span in spans)
    for share in _SHARES:
        quorum = {"decision.quorum": {"support": 0.3, "deploy": 0.3, "defend": share}}
        yield f"quorum of {share}", quorum
        for word in Abstention:
            yield f"quorum of {share}, silence {word}, strict", {**quorum, **_STRICT, "decision.abstention": word.value}
    for forces in _FORCES:
        yield f"threshold of {forces}", {"decision.capability": [{"tier": "deploy", "forces": forces}]}
    for standard in StandardOfProof:
        yield f"proof of {standard}", {"trigger.proof": {"deploy": "preponderance", "defend": standard.value}}
    yield from _pairs()
    yield from _lists()


def _pairs() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield two clauses that are read against each other, equal and one off."""
    for decide in ("71 h", "72 h", "73 h"):
        yield f"decided within {decide}, owed within 72 h", {"trigger.decide_within": decide}
    for find, decide in (("6 h", "5 h"), ("6 h", "6 h"), ("6 h", "7 h")):
        clocks = {"trigger.determine_within": find, "trigger.decide_within": decide}
        yield f"found within {find}, decided within {decide}", clocks
    for meet in ("6 h", "7 h"):
        clocks = {"trigger.consult_within": meet, "trigger.determined_by": "each_party_after_consultation"}
        yield f"found after a meeting within {meet}", clocks
    for review in ("4 y", "5 y", "6 y"):
        yield f"five years, reviewed every {review}", {"term.length": "5 y", "term.review_every": review}
    for within in ("5 h", "6 h", "72 h"):
        sanctions = {"snapback_on": ["invasion"], "snapback_bindingness": "shall_specified", "snapback_within": within}
        yield f"sanctions back within {within}", {"sanctions": sanctions}
    for rule in ("quorum", "unanimity", "each_for_itself", "lead_alone"):
        for alone in ("allowed", "forbidden"):
            changes = {"decision.rule": rule, "decision.outside_action": alone, "trigger.if_undecided": "nothing"}
            yield f"{rule}, alone {alone}, then nothing", changes


def _lists() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield who may do what, and what is watched, with one more and one fewer."""
    for who in (["nobody"], ["unknown"], ["france"], ["france", "ukraine"], ["any_party"], ["russia"]):
        for strict in ({}, _STRICT):
            told = f"{' and '.join(who)}{', strict' if strict else ''}"
            yield f"invoked by {told}", {**strict, "trigger.invoked_by": who}
            yield f"blocked by {told}", {**strict, "trigger.blocked_by": who}
            yield f"consent of {told}", {**strict, "consents": {"response": who}}
            yield f"required {told}", {**strict, "decision.required": who}
    for sensors in ([], ["observers"], ["satellites"], ["observers", "satellites"]):
        yield f"watched with {' and '.join(sensors) or 'nothing'}", {"monitoring[0].sensors": sensors}
    for renewed in ("1 months", "6 months", "1 y"):
        changes = {"monitoring[0].renewed_every": renewed, "monitoring[0].renewed_by": ["russia"]}
        yield f"watched, renewed every {renewed}", changes
    for what in ("foreign_arms", "foreign_forces", "foreign_bases", "alliances", "joint_exercises"):
        for unless in (None, "provoked", "adversary_agrees", "threat >= invade", "threat >= seize"):
            exclusion = {"what": what, **({"unless": unless} if unless else {})}
            yield f"no {what} unless {unless}", {"exclusions": [exclusion]}
    for when in ("threat > seize", "threat >= seize", "attribution >= likely", "attribution > likely", "provoked"):
        yield f"owed when {when}", {"commitments[1].when": when}
        yield f"owed unless {when}", {"commitments[1].unless": when}
    for number in (1, 2, 3):
        yield f"{number} guarantors", {"commitments[1].by": ["france", "germany", "poland"][:number]}


BOUNDARIES: Mapping[str, Mapping[str, Any]] = dict(_boundaries())
