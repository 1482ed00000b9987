"""What a text does, as a page: the numbers that the game reads, summed up, and the clauses behind them."""

from collections.abc import Sequence

from foedus.arrangement.record import Arrangement
from foedus.insight.anatomy.summary import TIERS, Bond, Summary
from foedus.mechanism.watching import TextEntry as UnreadEntry
from foedus.report.page.inline import with_codes
from foedus.report.page.page import Entry, Page, Section, body, listing
from foedus.report.words.numbers import amount, percent
from foedus.report.words.party_names import PartyNames
from foedus.values.names import listed
from foedus.values.words import Determination, Tier

_NOTHING_UNREAD = "Nothing: each entry of the text bears on some number."
_UNREAD = "These entries of the text change no number of the game; `foedus check` may still read them."
_ON = {
    Determination.HYBRID: "On pressure below open force",
    Determination.INCURSION: "On an incursion",
    Determination.INVASION: "On an invasion",
    Determination.PROVOKED: "On fighting that the protected state brought on",
}


def summary_page(
    arrangement: Arrangement, summary: Summary, *, names: PartyNames, unread: Sequence[UnreadEntry]
) -> Page:
    """Write what a text does, at the middle of every yardstick's range."""
    return Page(
        title=f"{arrangement.name}: what the game reads in it",
        head=body(
            paragraphs=(
                with_codes(
                    "At the middle of each yardstick's range; every future draws its own (see `foedus params`)."
                ),
            )
        ),
        sections=(
            _bonds(summary),
            _clauses(summary),
            _decision(summary, names=names),
            _sight(summary),
            _readiness(summary),
            unread_section(unread),
            listing(
                "Further",
                entries=(
                    Entry("which clause gave which number", label="--compiled"),
                    Entry("how much of an outcome each clause carries, over sampled futures", label="--anatomy"),
                ),
            ),
        ),
    )


def unread_section(unread: Sequence[UnreadEntry]) -> Section:
    """List what a text states and the game does not read."""
    return listing(
        "What it does not read",
        paragraphs=(with_codes(_UNREAD) if unread else _NOTHING_UNREAD,),
        entries=tuple(Entry(entry.about, label=entry.path) for entry in unread),
    )


def _bonds(summary: Summary) -> Section:
    words = (
        "From 0, nothing is owed, to 1, the strongest treaty language in a ratified public text; "
        "of the member that is bound most, with how many are bound."
    )
    return listing(
        "Who is bound to what",
        paragraphs=(words,),
        entries=tuple(Entry(_bond(bond), label=_ON[bond.finding]) for bond in summary.bonds),
    )


def _bond(bond: Bond) -> str:
    owed = [
        f"{_tier(tier)} {amount(strength)} ({members} {'member' if members == 1 else 'members'})"
        for tier, strength, members in zip(TIERS, bond.strength, bond.members, strict=True)
        if members
    ]
    return ", ".join(owed) or "nothing is owed"


def _clauses(summary: Summary) -> Section:
    if not summary.clauses:
        return listing("Leading clauses", paragraphs=("No clause binds anybody to answer.",))
    return listing(
        "Leading clauses",
        entries=tuple(
            Entry(f"{amount(clause.strength)}, {clause.entry}: {clause.because}", label=clause.clause)
            for clause in summary.clauses
        ),
    )


def _decision(summary: Summary, *, names: PartyNames) -> Section:
    if not summary.members:
        return listing("Who decides", paragraphs=("Nobody can answer a breach.",))
    needed = [f"{_tier(tier)} {percent(share)}" for tier, share in zip(TIERS, summary.quorum_share, strict=True)]
    closed = [_tier(tier) for tier in summary.blocked]
    required = f"all {len(summary.required)}" if len(summary.required) > 6 else names.listed(summary.required)
    return listing(
        "Who decides",
        entries=(
            Entry(f"{summary.members}; {names.within(summary.proposer)} proposes", label="Members"),
            Entry(", ".join(needed), label="Share of their weight that must join"),
            Entry(required or "nobody", label="Nothing is done without"),
            Entry(listed(closed) or "none", label="Tiers that are closed"),
        ),
    )


def _sight(summary: Summary) -> Section:
    return listing(
        "What the mechanism finds",
        entries=(
            Entry(percent(summary.invasion_found), label="A major offensive is found to be one"),
            Entry(percent(summary.incursion_found), label="A limited incursion is found to be one, or more"),
            Entry(percent(summary.false_alarm), label="Something is found where nothing was done"),
            Entry(percent(summary.provocation_found), label="A provocation is put down to the protected state"),
        ),
    )


def _readiness(summary: Summary) -> Section:
    in_time = [f"{_tier(tier)} {percent(chance)}" for tier, chance in zip(TIERS, summary.in_time, strict=True)]
    return listing(
        "What stands ready",
        entries=(
            Entry(", ".join(in_time), label="In time, while the protected state holds"),
            Entry(f"{amount(summary.deployed_force)} in log force ratio", label="Forces in place"),
            Entry(f"{amount(summary.self_defence)} times what it would do anyway", label="Own build-up"),
            Entry(percent(summary.demilitarised), label="Own forces given up"),
            Entry(percent(summary.aid), label="Standing support, of what could be given"),
            Entry(f"{percent(summary.opacity)}; a response says that much less about resolve", label="Vagueness"),
        ),
    )


def _tier(tier: Tier) -> str:
    return tier.name.lower()
