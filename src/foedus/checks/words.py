"""Worlds in plain words."""

import re
from collections.abc import Collection, Iterable, Mapping

from foedus.arrangement.conditions import FACTS
from foedus.mechanism.rules.world import PLAIN_FACTS, World
from foedus.values.names import capital, listed, party_in_prose, party_name, sentence, with_article
from foedus.values.quantity import Forces

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
        parts = [f"{ACTS[world.threat]}, {in_letters(world.repeats)} times over,"]
    if world.by_adversary:
        if world.attribution != "established":
            parts.append(_ATTRIBUTION[world.attribution])
    else:
        parts.append("staged by somebody else")
    parts += departures(world)
    if world.idle:
        parts.append(f"while {parties(world.idle)} {'stand' if len(world.idle) > 1 else 'stands'} still")
    return " ".join(parts)


def in_letters(count: int) -> str:
    """Write a small number in letters, as prose has it."""
    return _LETTERS[count] if count < len(_LETTERS) else str(count)


_LETTERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def incident(world: World) -> str:
    """Tell a world in a sentence: what happens, who votes how, who has left."""
    votes = [
        f"{parties(group)} {words}"
        for group, words in (
            (world.against_finding, "voting against the finding"),
            (world.silent_on_finding, "silent on the finding"),
            (world.against_response, "voting against the response"),
            (world.silent_on_response, "silent on the response"),
        )
        if group
    ]
    gone = f"; {parties(world.gone)} {'have' if len(world.gone) > 1 else 'has'} left" if world.gone else ""
    told = describe(world).rstrip(",") + (f", with {listed(votes)}" if votes else "")
    return sentence(told + gone)


def departures(world: World) -> list[str]:
    """Name what departs from the plain case."""
    gained = [_WITH[name] for name in FACTS if name in world.facts and name not in PLAIN_FACTS]
    lost = [_WITHOUT[name] for name in FACTS if name not in world.facts and name in PLAIN_FACTS]
    return gained + lost


def clauses(ids: Iterable[str]) -> str:
    """Write ``clause a`` or ``clauses a and b``."""
    names = list(ids)
    return f"clause{'s' if len(names) > 1 else ''} {listed(names)}"


def in_prose(forces: object) -> str:
    """Write forces as a sentence has them; a text may leave their number open."""
    return forces.in_prose if isinstance(forces, Forces) else "forces of unknown size"


def hostile_parties(names: Iterable[str]) -> str:
    """Write adversaries as such: "Russia, the adversary", "Belarus and Russia, the adversaries"."""
    several = list(dict.fromkeys(names))
    return f"{parties(several)}, the {'adversaries' if len(several) > 1 else 'adversary'}"


def agreeing(names: Collection[str], one: str, several: str, /) -> str:
    """Return the form of a verb that goes with so many names."""
    return one if len(names) == 1 else several


def titled(mission: str) -> str:
    """Write the name of a mission as within a sentence: "the Field presence", "UNIFIL"."""
    is_bare = mission.isupper() or mission.lower().startswith(("the ", "a ", "an "))
    return mission if is_bare else f"the {mission}"


def in_its_own_names(text: str, names: Mapping[str, str], /) -> str:
    """Write the parties in a sentence as an arrangement itself calls them, where their ids say something else.

    What stands in brackets behind a name explains it, and stays out of sentences.
    """
    for identifier, name in names.items():
        own = with_article(re.sub(r"\s*\([^)]*\)$", "", name))
        own = f"the {own[4:]}" if own.startswith("The ") else own
        text = re.sub(rf"\b(?:[Tt]he )?{re.escape(party_name(identifier))}\b(?!')", own, text)
    return capital(text) if names else text


def parties(names: Iterable[str]) -> str:
    """Write several party ids, in alphabetical order."""
    return listed(party_in_prose(name) for name in sorted(names))
