"""How a response comes about: what sets it off, who decides, who can stop it."""

from foedus.arrangement.process import Trigger
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Abstention, StandardOfProof, TierWord, Unspecified
from foedus.report.page.page import Entry, Section, listing
from foedus.report.words.party_names import PartyNames, expand
from foedus.report.words.plain_words import (
    NOT_KNOWN,
    forces_in_words,
    meaning,
    named_meaning,
    paragraph,
    span_in_words,
    word,
)
from foedus.values.names import listed

_TIERS = (TierWord.SUPPORT, TierWord.DEPLOY, TierWord.DEFEND)


def trigger_section(arrangement: Arrangement, *, names: PartyNames) -> Section:
    """Tell how the mechanism is set off and by when it must work."""
    trigger = arrangement.trigger
    return listing(
        "How it is set off",
        entries=(
            Entry(_with_text(meaning(trigger.type), trigger.text), label=with_article("Opened by", trigger.article)),
            Entry(named(trigger.invoked_by, names=names), label="Who may invoke it"),
            Entry(meaning(trigger.determined_by), label="Who finds what happened"),
            *([Entry(trigger.body, label="Determining body")] if trigger.body else []),
            *([Entry(named(trigger.members, names=names), label="Who sits in it")] if trigger.members else []),
            Entry(named(trigger.blocked_by, names=names), label="Who can block the finding alone"),
            Entry(_proof(trigger), label="Standard of proof"),
            Entry(_clocks(trigger), label="Clocks"),
            Entry(meaning(trigger.if_undecided), label="When time runs out"),
        ),
    )


def decision_section(arrangement: Arrangement, *, names: PartyNames) -> Section:
    """Tell who decides and who can stop it, with the three consents kept apart."""
    decision, consents = arrangement.decision, arrangement.consents
    rule = Entry(_with_text(meaning(decision.rule), decision.text), label=with_article("Rule", decision.article))
    return listing(
        "Who decides, and who can stop it",
        paragraphs=tuple(_who_can_stop_it(arrangement, names=names)),
        entries=(
            rule,
            *_members(arrangement, names=names),
            Entry(meaning(decision.outside_action), label="Acting alone"),
            Entry(named_meaning(arrangement.preparation), label="Preparation in peacetime"),
            Entry(named(consents.settlement, names=names), label="Consent to the settlement"),
            Entry(named(consents.deployment, names=names), label="Consent to forces and monitors"),
            Entry(_veto(arrangement, names=names), label="Consent to the response"),
            *([Entry(consents.text, label=with_article("On consent", consents.article))] if consents.text else []),
        ),
    )


def named(parties: tuple[str, ...], *, names: PartyNames) -> str:
    """Name the parties under a key, and nobody where none is named."""
    return names.listed(parties) if parties else "nobody is named"


def with_article(label: str, article: str | None) -> str:
    """Put the place in the document behind a label."""
    return f"{label} ({article})" if article else label


def _with_text(said: str, text: str | None) -> str:
    return paragraph([said, f"As encoded: {text}"]) if text else said


def _proof(trigger: Trigger) -> str:
    standards = [(tier, getattr(trigger.proof, tier)) for tier in _TIERS]
    if all(standard is StandardOfProof.NONE for _, standard in standards):
        return meaning(StandardOfProof.NONE)
    return "; ".join(f"for {tier}: {named_meaning(standard)}" for tier, standard in standards)


def _clocks(trigger: Trigger) -> str:
    spans = (
        ("to meet", trigger.consult_within),
        ("to find what happened", trigger.determine_within),
        ("to decide", trigger.decide_within),
    )
    if all(span == Unspecified.NONE for _, span in spans):
        return "the text sets no deadline"
    return "; ".join(f"{what}: {span_in_words(span, none='no deadline')}" for what, span in spans)


def _members(arrangement: Arrangement, *, names: PartyNames) -> list[Entry]:
    decision = arrangement.decision
    shares = [(tier, getattr(decision.quorum, tier)) for tier in _TIERS]
    quorum = [f"{share:.0%} for {tier}" for tier, share in shares if share is not None]
    needed = [f"{forces_in_words(each.forces)} for {each.tier}" for each in decision.capability]
    lead = decision.framework_nation
    return [
        *([Entry(f"{names.within(lead)} proposes the response", label="Framework nation")] if lead else []),
        *([Entry(f"of the guarantors' weight, {listed(quorum)} must join", label="Quorum")] if quorum else []),
        *([Entry(names.listed(decision.required), label="Without whom nothing is done")] if decision.required else []),
        *([Entry(listed(needed), label="Forces that must have been offered")] if needed else []),
        *([Entry(meaning(decision.abstention), label="Silence")] if decision.abstention is not Abstention.NONE else []),
    ]


def _veto(arrangement: Arrangement, *, names: PartyNames) -> str:
    consents = arrangement.consents
    holders = consents.response
    if not holders or holders == ("nobody",):
        return "nobody is named; no veto is written down"
    if holders == (Unspecified.UNKNOWN,):
        return NOT_KNOWN
    tiers = listed([word(tier) for tier in consents.response_tiers])
    return f"{names.listed(holders)}; a veto over {tiers}"


def _who_can_stop_it(arrangement: Arrangement, *, names: PartyNames) -> list[str]:
    """Name those who can stop a response alone, and say where the adversary is among them."""
    ways = (
        ("block the finding of what happened", arrangement.trigger.blocked_by),
        ("veto the response", arrangement.consents.response),
        ("stop it by standing aside", arrangement.decision.required),
    )
    by_holders: dict[tuple[str, ...], list[str]] = {}
    for way, holders in ways:
        by_holders.setdefault(expand(holders, arrangement=arrangement), []).append(way)
    told = [
        f"{_alone(who, names=names)} {listed(what)}{_notice(who, arrangement=arrangement, names=names)}"
        for who, what in by_holders.items()
        if who
    ]
    unknown = [way for way, holders in ways if Unspecified.UNKNOWN in holders]
    if unknown:
        told.append(f"who can alone {listed(unknown)} is not known")
    return [paragraph(told) or "No party is named that could stop a response alone."]


def _alone(who: tuple[str, ...], *, names: PartyNames) -> str:
    return f"each of {names.listed(who)} can alone" if len(who) > 1 else f"{names.listed(who)} can alone"


def _notice(who: tuple[str, ...], *, arrangement: Arrangement, names: PartyNames) -> str:
    adversaries = tuple(party for party in who if party in arrangement.parties.adversary)
    if not adversaries:
        return ""
    role = "is the adversary" if len(arrangement.parties.adversary) == 1 else "is an adversary"
    return f"; {names.listed(adversaries)} {role if len(adversaries) == 1 else 'are adversaries'}"
