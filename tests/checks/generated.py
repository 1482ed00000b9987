"""Arrangements made at random, to set engines and rules against each other."""

import copy
import random
from functools import cache
from typing import Any

from foedus.arrangement.dump import to_plain
from foedus.arrangement.library import library_files
from foedus.arrangement.load import adapter, load
from foedus.arrangement.record import Arrangement
from tests.checks.specimens import GOOD

_FACTS = (
    "provoked",
    "requested",
    "consulted",
    "council_decides",
    "adversary_agrees",
    "external",
    "persists",
    "flagrant",
    "significant",
    "nuclear_weapons_used",
    "in_scope",
)
_LEVELS = {"threat": ("coerce", "seize", "invade"), "attribution": ("suspected", "likely", "established")}
_GUARANTORS = ("france", "germany", "poland", "united_kingdom")


def generated(seed: int) -> Arrangement:
    """Return the arrangement of a seed."""
    return drawn(random.Random(seed))  # noqa: S311  # no secret


def drawn(draw: random.Random) -> Arrangement:
    """Return an arrangement that a source of chance makes up."""
    data = copy.deepcopy(GOOD)
    facts = draw.sample(_FACTS, 5)
    guarantors = [*_GUARANTORS, *(["russia"] if draw.random() < 0.3 else [])]
    data["parties"]["guarantor"] = guarantors
    data["commitments"] = [_clause(draw, i, facts) for i in range(draw.randint(0, 4))]
    data["exclusions"] = [_exclusion(draw, facts) for _ in range(draw.choice((0, 0, 1, 2)))]
    data["trigger"] = _trigger(draw, guarantors)
    data["decision"] = _decision(draw, guarantors)
    data["consents"] = {"response": draw.choice((["nobody"], ["russia"], ["france"], ["all_guarantors"]))}
    data["scope"] = {"territory": "Ukraine", **({"excludes": ["Crimea"]} if draw.random() < 0.3 else {})}
    if draw.random() < 0.2:
        data["term"]["void_if"] = _condition(draw, facts, depth=1)
    if draw.random() < 0.2:
        data["sanctions"] = {"snapback_on": [_finding(draw)], "snapback_bindingness": "shall_specified"}
    return adapter().validate_python(data)


def _clause(draw: random.Random, index: int, facts: list[str]) -> dict[str, Any]:
    clause: dict[str, Any] = {
        "id": f"clause_{index}",
        "by": draw.choice((["all_guarantors"], [draw.choice(_GUARANTORS)], draw.sample(_GUARANTORS, 2))),
        "answers": draw.sample(("hybrid", "incursion", "invasion", "provoked"), draw.randint(1, 3)),
        "tier": draw.choice(("support", "deploy", "defend")),
        "bindingness": draw.choice(("shall_specified", "shall_discretionary", "shall_specified", "intends")),
        "content": draw.choice(("floor", "fixed", "debtor_chooses")),
        "kind": draw.choice(("joint", "bilateral")),
        "measures": draw.sample(("arms", "sanctions", "consultation", "use_of_force"), draw.randint(1, 2)),
    }
    for key, chance in (("when", 0.7), ("unless", 0.3)):
        if draw.random() < chance:
            clause[key] = _condition(draw, facts, depth=2)
    return clause


def _condition(draw: random.Random, facts: list[str], *, depth: int) -> str:
    if depth == 0 or draw.random() < 0.3:
        return _atom(draw, facts)
    match draw.choice(("and", "or", "not")):
        case "not":
            return f"not ({_condition(draw, facts, depth=depth - 1)})"
        case joint:
            return f" {joint} ".join(f"({_condition(draw, facts, depth=depth - 1)})" for _ in range(2))


def _atom(draw: random.Random, facts: list[str]) -> str:
    kind = draw.random()
    if kind < 0.15:
        return f"acts({draw.choice(_GUARANTORS)})"
    if kind < 0.35:
        name = draw.choice(tuple(_LEVELS))
        return f"{name} {draw.choice(('>=', '==', '<', '!='))} {draw.choice(_LEVELS[name])}"
    return draw.choice(facts)


def _finding(draw: random.Random) -> str:
    return draw.choice(("hybrid", "incursion", "invasion"))


def _exclusion(draw: random.Random, facts: list[str]) -> dict[str, Any]:
    what = draw.choice(("foreign_forces", "foreign_arms", "foreign_arms", "alliances", "long_range_weapons"))
    return {"what": what, **({"unless": _condition(draw, facts, depth=1)} if draw.random() < 0.5 else {})}


def _trigger(draw: random.Random, guarantors: list[str]) -> dict[str, Any]:
    proofs = ("none", "suspicion", "preponderance", "clear_and_convincing")
    return {
        "type": "armed_attack",
        "invoked_by": draw.choice(("ukraine", "nobody", "unknown", "france")),
        "determined_by": draw.choice(
            (
                "each_party_for_itself",
                "each_party_after_consultation",
                "unanimity_of_guarantors",
                "council_consensus",
                "council_with_veto",
                "lead_guarantor_alone",
                "protected_state_alone",
                "monitor_body",
                "undefined",
            )
        ),
        "blocked_by": draw.choice((["nobody"], ["russia"], [draw.choice(guarantors)])),
        "proof": {tier: draw.choice(proofs) for tier in ("support", "deploy", "defend")},
        "decide_within": draw.choice(("none", "6 h", "72 h", "30 d")),
        "if_undecided": draw.choice(("none", "nothing", "each_may_act", "lead_decides", "default_response")),
    }


def _decision(draw: random.Random, guarantors: list[str]) -> dict[str, Any]:
    return {
        "rule": draw.choice(("each_for_itself", "quorum", "unanimity", "council_with_veto", "lead_alone", "none")),
        "quorum": {tier: draw.choice((0.3, 0.5, 0.8)) for tier in draw.sample(("support", "deploy", "defend"), 2)},
        "abstention": draw.choice(("counts_as_no", "not_counted", "counts_as_yes", "none")),
        "outside_action": draw.choice(("allowed", "forbidden", "unknown")),
        **({"framework_nation": draw.choice(_GUARANTORS)} if draw.random() < 0.6 else {}),
        **({"required": [draw.choice(guarantors)]} if draw.random() < 0.2 else {}),
    }


@cache
def _library() -> tuple[dict[str, Any], ...]:
    return tuple(to_plain(load(file)) for file in library_files().values())


def altered(seed: int) -> Arrangement:
    """Return a text of the library with clauses left out, conditions, clocks and judges put in by chance."""
    draw = random.Random(seed)  # noqa: S311  # no secret
    data, facts = copy.deepcopy(draw.choice(_library())), draw.sample(_FACTS, 4)
    for key in [key for key in data if key not in _NEEDED and draw.random() < 0.5]:
        del data[key]
    data["commitments"] = [
        _altered_clause(draw, clause, facts) for clause in data.get("commitments", ()) if draw.random() < 0.6
    ]
    data.setdefault("trigger", {}).update({key: draw.choice(_SPANS) for key in _CLOCKS if draw.random() < 0.6})
    data["trigger"]["determined_by"] = draw.choice(_JUDGES)
    if draw.random() < 0.3:
        data.setdefault("term", {})["void_if"] = _condition(draw, facts, depth=1)
    return adapter().validate_python(data)


_NEEDED = frozenset(
    {"foedus", "id", "name", "parties", "commitments", "legal_form", "status", "theatre", "scope", "sources"}
)
_CLOCKS = ("consult_within", "determine_within", "decide_within")
_SPANS = ("0 h", "1 h", "72 h", "14 d", "6 months", "1000 y")
_JUDGES = ("each_party_for_itself", "each_party_after_consultation", "lead_guarantor_alone", "undefined", "unknown")


def _altered_clause(draw: random.Random, clause: dict[str, Any], facts: list[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "answers": draw.sample(("hybrid", "incursion", "invasion", "provoked"), draw.randint(0, 3)),
        "when": _condition(draw, facts, depth=2),
        "unless": _condition(draw, facts, depth=2),
        "tier": draw.choice(("support", "deploy", "defend")),
        "bindingness": draw.choice(("shall_specified", "shall_discretionary")),
        "within": draw.choice(_SPANS),
    }
    return clause | {key: value for key, value in changes.items() if draw.random() < 0.3}
