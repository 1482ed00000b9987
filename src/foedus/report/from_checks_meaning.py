"""What a change of text means, as lines for a terminal."""

from collections.abc import Sequence

from foedus.checks.meaning import Comparison, Verdict
from foedus.checks.words import describe, party, sentence
from foedus.mechanism.rules.world import World


def meaning_lines(comparisons: Sequence[Comparison]) -> list[str]:
    """Write the verdict for anybody, tier by tier, with its incidents, then for each guarantor in one line."""
    lines = []
    for each in (one for one in comparisons if one.about == "anybody"):
        lines.append(f"{each.tier} and above, owed by anybody: {each.verdict}")
        lines += [f"  lost:   {_incident(each.lost)}"] if each.lost else []
        lines += [f"  gained: {_incident(each.gained)}"] if each.gained else []
    for about in dict.fromkeys(one.about for one in comparisons if one.about != "anybody"):
        changed = [one for one in comparisons if one.about == about and one.verdict is not Verdict.EQUIVALENT]
        words = ", ".join(f"{one.tier} {one.verdict}" for one in changed) or "equivalent at every tier"
        lines.append(f"{party(about)}: {words}")
    return lines


def as_mapping(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """Return plain data for JSON."""
    return [
        {
            "about": each.about,
            "tier": str(each.tier),
            "verdict": str(each.verdict),
            "lost": each.lost.row() if each.lost else None,
            "gained": each.gained.row() if each.gained else None,
        }
        for each in comparisons
    ]


def _incident(world: World) -> str:
    votes = " and the adversary votes against" if world.against_response else ""
    return sentence(f"{describe(world)}{votes}")
