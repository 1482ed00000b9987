"""Worlds in plain words."""

from collections.abc import Iterable, Mapping

from foedus.arrangement.conditions import FACTS
from foedus.mechanism.rules.world import PLAIN_FACTS, World

ACTS = {
    "invade": "a major offensive",
    "seize": "a limited incursion",
    "coerce": "grey-zone pressure",
    "hold": "an act that breaks no peace",
}
_ATTRIBUTION = {
    "established": "that is established to be the adversary's",
    "likely": "that is probably the adversary's",
    "suspected": "of which the adversary is only suspected",
    "none": "that nobody can attribute",
}
_WITH = {
    "provoked": "after the protected state used force first",
    "adversary_agrees": "although the adversary agrees",
    "nuclear_weapons_used": "with nuclear weapons",
    "constitution_overthrown": "after a coup in the protected state",
}
_WITHOUT = {
    "requested": "without a request for help",
    "consulted": "before the guarantors have met",
    "council_decides": "without a decision of the council",
    "parliament_approves": "without the approval of a parliament",
    "funds_appropriated": "without money voted",
    "ceasefire_in_force": "with no ceasefire in force",
    "settlement_in_force": "with no settlement in force",
    "external": "that comes from inside the country",
    "persists": "that is over before the first response",
    "flagrant": "that is not held to be flagrant",
    "significant": "that is not held to be significant",
    "deliberate": "that is not held to be deliberate",
    "sustained": "that is not held to be sustained",
    "named_scenario": "that is none of the scenarios named",
    "in_scope": "on territory that the text leaves out",
}


def describe(world: World) -> str:
    """Describe what happened in a world, such as ``a limited incursion of which the adversary is only suspected``."""
    parts = [ACTS[world.threat]]
    if world.repeats > 1:
        parts = [f"{ACTS[world.threat]}, {world.repeats} times over,"]
    if world.by_adversary:
        if world.attribution != "established":
            parts.append(_ATTRIBUTION[world.attribution])
    else:
        parts.append("staged by somebody else")
    parts += departures(world)
    if world.idle:
        parts.append(f"while {parties(world.idle)} {'stand' if len(world.idle) > 1 else 'stands'} still")
    return " ".join(parts)


def row_in_words(row: Mapping[str, object]) -> str:
    """Write a typed row on one line, such as ``threat seize; attribution likely``."""
    return "; ".join(f"{name.replace('_', ' ')} {_cell(value)}" for name, value in row.items())


def departures(world: World) -> list[str]:
    """Name what departs from the plain case."""
    gained = [_WITH[name] for name in FACTS if name in world.facts and name not in PLAIN_FACTS]
    lost = [_WITHOUT[name] for name in FACTS if name not in world.facts and name in PLAIN_FACTS]
    return gained + lost


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """Write ``a, b and c``."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def clauses(ids: Iterable[str]) -> str:
    """Write ``clause a`` or ``clauses a and b``."""
    names = list(ids)
    return f"clause{'s' if len(names) > 1 else ''} {listed(names)}"


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")


def party(name: str) -> str:
    """Write a party id as a name."""
    lower = {"of", "the", "and"}
    if len(name) <= 4 and name in {"osce", "nato", "csto"}:
        return name.upper()
    return " ".join(word if word in lower else word.capitalize() for word in name.split("_"))


def parties(names: Iterable[str]) -> str:
    """Write several party ids, in alphabetical order."""
    return listed(party(name) for name in sorted(names))


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_cell(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
