"""What stands around the promises: parties, forces, monitors, duties, sanctions, term, history, sources."""

from foedus.arrangement.clauses import Deployment, Exclusion
from foedus.arrangement.process import Monitoring
from foedus.arrangement.record import Arrangement, Tie
from foedus.arrangement.vocabulary import EndEvent, Evidence, From, Neutrality, Restraint, Unspecified
from foedus.report.arrangement.mechanism_sections import named, with_article
from foedus.report.page.inline import Link
from foedus.report.page.page import Entry, Section, listing
from foedus.report.words.party_names import PartyNames
from foedus.report.words.plain_words import (
    NOT_KNOWN,
    condition_in_words,
    date_in_words,
    forces_in_words,
    meaning,
    paragraph,
    span_in_words,
    word,
)
from foedus.values.names import listed, sentence

_SILENT = "The text says nothing of this."
_ROLES = {
    "protected_state": "Protected",
    "adversary": "Adversary",
    "guarantor": "Guarantors",
    "supporter": "Supporters, who promise nothing here but may help of their own accord",
    "monitor": "Monitors",
}


def parties_section(arrangement: Arrangement, *, names: PartyNames) -> Section:
    """List the parties by role, and say who stands in two."""
    by_role = {role: getattr(arrangement.parties, role) for role in _ROLES}
    both = tuple(party for party in by_role["guarantor"] if party in by_role["adversary"])
    notice = [
        sentence(f"{names.listed(both)} stand{'' if len(both) > 1 else 's'} on both sides: guarantor and adversary")
    ]
    unnamed = "The text itself names no adversary; the one listed is whom it is in truth against."
    return listing(
        "Parties",
        paragraphs=(*(notice if both else ()), *(() if arrangement.parties.adversary_named else (unnamed,))),
        entries=tuple(
            Entry(names.bare_list(parties) or "none", label=_ROLES[role])
            for role, parties in by_role.items()
            if parties or role == "guarantor"
        )
        + tuple(_tie(each, names=names) for each in arrangement.ties),
    )


def forces_section(arrangement: Arrangement, *, names: PartyNames) -> Section:
    """Tell which forces stand and what is kept out."""
    entries = (
        *(_deployment(each, names=names) for each in arrangement.deployments),
        *(_exclusion(each, names=names) for each in arrangement.exclusions),
    )
    return _section("Forces in place, and what is kept out", entries)


def monitors_section(arrangement: Arrangement, *, names: PartyNames) -> Section:
    """Tell who watches, with what, and who can end it."""
    return _section("Monitors", tuple(_monitor(each, names=names) for each in arrangement.monitoring))


def duties_section(arrangement: Arrangement) -> Section:
    """Tell what the protected state owes, and what limits the adversary accepts."""
    duties = arrangement.duties
    limits = [
        Entry(paragraph([f"{forces_in_words(limit.on)}: {meaning(limit.sense)}", limit.note or ""]), label="Limit")
        for limit in duties.limits
    ]
    others = [
        Entry(
            paragraph([f"{forces_in_words(limit.on)}: {meaning(limit.sense)}", limit.note or ""]),
            label="Limit on the adversary",
        )
        for limit in arrangement.adversary_limits
    ]
    entries = (
        Entry(meaning(duties.own_defence), label="Its own defence"),
        *_unless(
            duties.own_forces == Unspecified.NONE,
            Entry(forces_in_words(duties.own_forces), label="Its forces at the time"),
        ),
        *_unless(duties.reserves == Unspecified.NONE, Entry(forces_in_words(duties.reserves), label="Its reserve")),
        *limits,
        *others,
        *_unless(duties.restraint is Restraint.NONE, Entry(meaning(duties.restraint), label="Use of force")),
        *_unless(duties.neutrality is Neutrality.NONE, Entry(meaning(duties.neutrality), label="Alliances")),
        *(Entry(duty, label="Further") for duty in duties.others),
    )
    return listing("What the protected state owes", entries=entries)


def sanctions_section(arrangement: Arrangement) -> Section:
    """Tell what becomes of sanctions and what brings them back."""
    sanctions = arrangement.sanctions
    snapback = [
        Entry(
            f"on a finding of {listed([word(each) for each in sanctions.snapback_on])}; "
            f"{meaning(sanctions.snapback_bindingness)}; within: {span_in_words(sanctions.snapback_within)}",
            label="They return",
        )
    ]
    entries = (
        Entry(meaning(sanctions.now), label="Those in force"),
        *(snapback if sanctions.snapback_on else []),
        *_said(sanctions.text),
    )
    return listing("Sanctions", entries=entries)


def term_section(arrangement: Arrangement, *, names: PartyNames) -> Section:
    """Tell when it starts, how long it lasts, how it is left and what makes it void."""
    term = arrangement.term
    prolonged = ", and can be prolonged" if term.extendable else ""
    entries = (
        *([Entry(term.starts, label="Starts with")] if term.starts else []),
        Entry(span_in_words(term.length, none="without end") + prolonged, label="Lasts"),
        *_unless(
            term.review_every == Unspecified.NONE, Entry(span_in_words(term.review_every), label="Reviewed every")
        ),
        Entry(span_in_words(term.exit_notice, none="no right to leave is stated"), label="Notice for leaving"),
        *_unless(not term.ends_on, Entry(_ends(term.ends_on), label="Ends where")),
        *([Entry(condition_in_words(term.void_if, names=names), label="Void if")] if term.void_if else []),
        *_said(term.text, article=term.article),
    )
    return listing("Term", entries=entries)


def history_section(arrangement: Arrangement) -> Section:
    """Tell what became of it."""
    outcome = arrangement.outcome
    if outcome is None:
        return listing("What history said", paragraphs=("Nothing is recorded.",))
    entries = (
        Entry(meaning(outcome.result), label="Result"),
        Entry(date_in_words(outcome.date), label="Date"),
        *_said(outcome.text),
    )
    return listing("What history said", entries=entries)


def ambiguity_section(arrangement: Arrangement) -> Section:
    """Tell what the text leaves open, and what sources disagree about."""
    entries = (
        *(Entry(meaning(each), label="Open") for each in arrangement.ambiguity),
        *(Entry(dispute, label="Disputed") for dispute in arrangement.disputes),
    )
    return (
        listing("What is left open", entries=entries)
        if entries
        else listing("What is left open", paragraphs=("No ambiguity and no dispute is recorded.",))
    )


def sources_section(arrangement: Arrangement) -> Section:
    """List the sources, and how far each was checked."""
    entries = tuple(
        Entry(
            (Link(source.title, source.url or ""),),
            label="" if source.evidence is Evidence.SEEN else word(source.evidence),
        )
        for source in arrangement.sources
    )
    return listing("Sources", entries=entries)


def _deployment(clause: Deployment, *, names: PartyNames) -> Entry:
    since = f"since when: {NOT_KNOWN}" if clause.since is From.UNKNOWN else meaning(clause.since)
    parts = [
        f"{forces_in_words(clause.forces)} of {names.listed(clause.by)}, {since}",
        *([f"where: {clause.where}"] if clause.where else []),
        *([f"mandate: {clause.mandate}"] if clause.mandate else []),
        *([f"purpose: {clause.purpose}"] if clause.purpose else []),
        *([] if clause.reserve == Unspecified.NONE else [f"held ready elsewhere: {forces_in_words(clause.reserve)}"]),
        *([f"it ends where {_ends(clause.ends_on)}"] if clause.ends_on else []),
        f"who can end it alone: {named(clause.can_be_ended_by, names=names)}",
    ]
    return Entry(paragraph(parts), label=with_article("Forces in place", clause.article))


def _exclusion(clause: Exclusion, *, names: PartyNames) -> Entry:
    unless = f", unless {condition_in_words(clause.unless, names=names)}" if clause.unless else ""
    text = f"As encoded: {clause.text}" if clause.text else ""
    return Entry(paragraph([f"{meaning(clause.what)}{unless}", text]), label=with_article("Kept out", clause.article))


def _monitor(clause: Monitoring, *, names: PartyNames) -> Entry:
    sensors = listed([word(each) for each in clause.sensors]) or "nothing that is named"
    renewed = (
        [] if clause.renewed_every == Unspecified.NONE else [f"renewed every: {span_in_words(clause.renewed_every)}"]
    )
    parts = [
        f"carried out by {names.listed(clause.by) or 'nobody that is named'}",
        f"staff: {forces_in_words(clause.staff)}",
        f"sees with {sensors}",
        f"access: {meaning(clause.access)}",
        "it may say who did it" if clause.attributes else "it may not say who did it",
        *renewed,
        *([f"renewed by: {clause.renewal_body}"] if clause.renewal_body else []),
        *([f"who can refuse to renew it: {named(clause.renewed_by, names=names)}"] if clause.renewed_by else []),
        f"who can end it alone: {named(clause.can_be_ended_by, names=names)}",
    ]
    text = f"As encoded: {clause.text}" if clause.text else ""
    return Entry(paragraph([*parts, text]), label=with_article(clause.name, clause.article))


def _tie(tie: Tie, *, names: PartyNames) -> Entry:
    words = f"{names.within(tie.party)} and {names.within(tie.to)}: {meaning(tie.kind)}"
    return Entry(paragraph([words, tie.note or ""]), label="Outside the text")


def _ends(events: tuple[EndEvent, ...]) -> str:
    return listed([meaning(event) for event in events], last="or")


def _section(heading: str, entries: tuple[Entry, ...]) -> Section:
    return listing(heading, entries=entries) if entries else listing(heading, paragraphs=(_SILENT,))


def _unless(is_empty: bool, entry: Entry) -> list[Entry]:
    return [] if is_empty else [entry]


def _said(text: str | None, *, article: str | None = None) -> list[Entry]:
    return [Entry(text, label=with_article("As encoded", article))] if text else []
