"""What a change of text means, as lines for a terminal and as a page."""

from collections.abc import Sequence

from foedus.arrangement.record import Arrangement
from foedus.checks.meaning import MeaningComparison, MeaningVerdict
from foedus.checks.words import describe, parties
from foedus.mechanism.rules.world import World
from foedus.report.page.page import Entry, Page, Section, body, listing
from foedus.values.names import party_name, sentence

_HOW_TO_READ = (
    "Verdicts are on the later text. An incident is lost where the earlier text obliges and the later does not, gained "
    "where it is the other way round; of all such incidents the worst is shown, and both texts were replayed on it. "
    "Incidents range over every fact that either text names, with all votes a yes and with the adversary against. That "
    "two texts are equivalent says nothing of clauses that oblige nobody to act."
)


def meaning_lines(comparisons: Sequence[MeaningComparison]) -> list[str]:
    """Write the verdict for anybody, tier by tier, with its incidents, then for each guarantor in one line."""
    lines = []
    for each in (one for one in comparisons if one.about == "anybody"):
        lines.append(f"{each.tier} and above, owed by anybody: {each.verdict}")
        lines += [f"  lost:   {_incident(each.lost)}"] if each.lost else []
        lines += [f"  gained: {_incident(each.gained)}"] if each.gained else []
    for about in dict.fromkeys(one.about for one in comparisons if one.about != "anybody"):
        changed = [one for one in comparisons if one.about == about and one.verdict is not MeaningVerdict.EQUIVALENT]
        words = ", ".join(f"{one.tier} {one.verdict}" for one in changed) or "equivalent at every tier"
        lines.append(f"{party_name(about)}: {words}")
    return lines


def meaning_page(comparisons: Sequence[MeaningComparison], *, old: Arrangement, new: Arrangement) -> Page:
    """Return what a change of text means as a page: one section for anybody, then one for each guarantor."""
    return Page(
        title=f"What {new.id} obliges to, against {old.id}",
        head=body(paragraphs=(_HOW_TO_READ,)),
        sections=tuple(_section(group, own) for group, own in _groups(comparisons)),
    )


def _groups(comparisons: Sequence[MeaningComparison]) -> list[tuple[tuple[str, ...], list[MeaningComparison]]]:
    """Put together the guarantors to whom the same happens; anybody stands alone and first."""
    groups: dict[tuple[object, ...], list[str]] = {}
    by_name = {
        about: [one for one in comparisons if one.about == about]
        for about in dict.fromkeys(each.about for each in comparisons)
    }
    for about, own in by_name.items():
        same = tuple((each.tier, each.lost, each.gained) for each in own)
        groups.setdefault((about == "anybody", *same), []).append(about)
    return [(tuple(names), by_name[names[0]]) for names in groups.values()]


def _section(names: tuple[str, ...], own: Sequence[MeaningComparison]) -> Section:
    entries = []
    for each in own:
        entries.append(Entry(str(each.verdict), label=f"{each.tier} and above"))
        entries += [Entry(_incident(each.lost), label="lost")] if each.lost else []
        entries += [Entry(_incident(each.gained), label="gained")] if each.gained else []
    who = "anybody" if names == ("anybody",) else parties(names)
    return listing(f"Owed by {who}", entries=tuple(entries))


def as_mapping(comparisons: Sequence[MeaningComparison]) -> list[dict[str, object]]:
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
