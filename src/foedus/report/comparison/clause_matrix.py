"""Arrangements side by side, clause by clause: short words for each aspect, read off the record."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from foedus.arrangement.clauses import Commitment, Deployment, StandingSupport
from foedus.arrangement.process import Monitoring
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, TierWord, Unspecified
from foedus.report.page.table import Column, Table, TableLayout
from foedus.report.words.party_names import PartyNames, expand
from foedus.values.names import listed
from foedus.values.quantity import Forces

Reading: TypeAlias = Callable[[Arrangement, PartyNames], list[str]]
"""Reads one aspect off an arrangement, as lines."""

_TIERS = (TierWord.DEFEND, TierWord.DEPLOY, TierWord.SUPPORT)
BINDING_WORDS: dict[Bindingness, str] = {
    Bindingness.MAY: "may",
    Bindingness.INTENDS: "intends to",
    Bindingness.WILL_CONSULT: "will consult",
    Bindingness.SHALL_DISCRETIONARY: "shall, as it deems necessary",
    Bindingness.SHALL_SPECIFIED: "shall, by a named measure",
}
_STRENGTH = {word: rank for rank, word in enumerate(BINDING_WORDS)}
_PARTIES_NAMED = 3
_THIN = "\u202f"
"""A thin blank that does not break."""
PROMISED, DECIDING, HOLDING = "What is promised", "Who decides", "What holds it up"
_TABLE_OF = {
    **dict.fromkeys(("legal_form", "membership", "commitments", "deployments", "exclusions", "duties"), PROMISED),
    **dict.fromkeys(("adversary_limits", "parties"), PROMISED),
    **dict.fromkeys(("trigger", "decision", "consents"), DECIDING),
    **dict.fromkeys(("monitoring", "standing_support", "sanctions", "term"), HOLDING),
}
"""The table in which each key of an arrangement is read."""


def clause_tables(
    arrangements: Mapping[str, Arrangement],
    *,
    order: Sequence[str],
    labels: Mapping[str, str],
    party_names: Mapping[str, str],
) -> tuple[Table, ...]:
    """Tabulate what is promised, who decides, and what holds it up: one table each, arrangements in rows."""
    groups: dict[str, dict[str, Reading]] = {
        PROMISED: {
            "Legal form": _legal_form,
            "Strongest promise": _promises,
            "Forces": _forces,
            "Own defence": _own_defence,
            "Kept out": _exclusions,
        },
        DECIDING: {
            "Opened by": _trigger,
            "Who determines": _determines,
            "Who decides": _decides,
            "Veto": _veto,
            "Clocks": _clocks,
        },
        HOLDING: {
            "Monitoring": _monitoring,
            "Support in peace": _support,
            "Sanctions": _sanctions,
            "Left open": _open,
            "Term": _term,
        },
    }
    names = PartyNames(by_id=party_names)
    return tuple(
        Table(
            caption=caption,
            row_ids=tuple(_anchor(caption, name) for name in order),
            layout=TableLayout.WORDS,
            columns=tuple(Column(heading, is_number=False) for heading in ("Arrangement", *readings)),
            rows=tuple(
                (labels[name], *(_cell(read(arrangements[name], names)) for read in readings.values()))
                for name in order
            ),
        )
        for caption, readings in groups.items()
    )


def clause_anchor(path: str, *, arrangement: str) -> str:
    """Return where a clause such as ``trigger.blocked_by`` stands in these tables: the id of a row; "" if in none."""
    caption = _TABLE_OF.get(re.split(r"[.\[]", path)[0])
    return _anchor(caption, arrangement) if caption else ""


def _anchor(caption: str, arrangement: str) -> str:
    return f"{caption.lower().replace(' ', '-')}-{arrangement}"


def _cell(lines: Sequence[str]) -> str:
    return "\n".join(line[:1].upper() + line[1:] for line in lines if line)


def _legal_form(arrangement: Arrangement, _: PartyNames) -> list[str]:
    member = f"member of {arrangement.membership}" if arrangement.membership else ""
    return [_plain(arrangement.legal_form), _plain(arrangement.publicity), member]


def _promises(arrangement: Arrangement, names: PartyNames) -> list[str]:
    """Give the most binding promise of each tier, leaving out what a higher tier already promises as strongly."""
    lines: list[str] = []
    bound = -1
    for tier in _TIERS:
        owed = [each for each in arrangement.commitments if each.tier is tier]
        best = max(owed, key=lambda each: _STRENGTH[each.bindingness], default=None)
        if best is not None and _STRENGTH[best.bindingness] > bound:
            bound = _STRENGTH[best.bindingness]
            lines.append(_commitment(best, names, arrangement))
    return lines or ["none"]


def _commitment(commitment: Commitment, names: PartyNames, arrangement: Arrangement) -> str:
    answers = f", on {listed([_plain(each) for each in commitment.answers])}" if commitment.answers else ""
    conditions = ", with conditions" if commitment.when or commitment.unless else ""
    who = _parties(commitment.by, names, arrangement)
    return f"{commitment.tier}: {BINDING_WORDS[commitment.bindingness]} ({who}{answers}{conditions})"


def _forces(arrangement: Arrangement, names: PartyNames) -> list[str]:
    placed = [_deployment(each, names, arrangement) for each in arrangement.deployments]
    pledged = [
        f"pledged: {_forces_in_digits(each.forces)}"
        for each in arrangement.commitments
        if not isinstance(each.forces, Unspecified)
    ]
    return [*placed, *pledged] or ["none"]


def _deployment(deployment: Deployment, names: PartyNames, arrangement: Arrangement) -> str:
    number = "number unknown" if isinstance(deployment.forces, Unspecified) else _forces_in_digits(deployment.forces)
    since = "" if _is_silent(deployment.since) else f", from {_plain(deployment.since)}"
    ends = _ended(deployment.can_be_ended_by, names, arrangement)
    return f"{_parties(deployment.by, names, arrangement)}: {number}{since}{ends}"


def _own_defence(arrangement: Arrangement, _: PartyNames) -> list[str]:
    duties = arrangement.duties
    limits = [f"{each.sense}: {_forces_in_digits(each.on)}" for each in duties.limits]
    others = [f"the adversary's {each.sense}: {_forces_in_digits(each.on)}" for each in arrangement.adversary_limits]
    neutrality = "" if _is_silent(duties.neutrality) else f"neutrality: {_plain(duties.neutrality)}"
    restraint = "" if _is_silent(duties.restraint) else _plain(duties.restraint)
    return [_plain(duties.own_defence), *limits, *others, neutrality, restraint]


def _exclusions(arrangement: Arrangement, _: PartyNames) -> list[str]:
    kept = [_plain(each.what) + (", with exceptions" if each.unless else "") for each in arrangement.exclusions]
    return kept or ["nothing"]


def _trigger(arrangement: Arrangement, names: PartyNames) -> list[str]:
    trigger = arrangement.trigger
    invoked = f"invoked by {_parties(trigger.invoked_by, names, arrangement)}"
    return [_plain(trigger.type)] if trigger.type == "none" else [_plain(trigger.type), invoked]


def _determines(arrangement: Arrangement, names: PartyNames) -> list[str]:
    trigger = arrangement.trigger
    blocked = f"can be blocked by {_parties(trigger.blocked_by, names, arrangement)}" if trigger.blocked_by else ""
    return [_plain(trigger.determined_by), trigger.body or "", blocked]


def _decides(arrangement: Arrangement, names: PartyNames) -> list[str]:
    decision = arrangement.decision
    quorum = {tier: getattr(decision.quorum, tier) for tier in ("support", "deploy", "defend")}
    shares = [f"{tier} {share:.0%}" for tier, share in quorum.items() if share is not None]
    proposer = f"{names.bare(decision.framework_nation)} proposes" if decision.framework_nation else ""
    required = f"needs {_parties(decision.required, names, arrangement)}" if decision.required else ""
    return [_plain(decision.rule), ", ".join(shares), proposer, required]


def _veto(arrangement: Arrangement, names: PartyNames) -> list[str]:
    consents = arrangement.consents
    lines = []
    if consents.response:
        tiers = "any response" if len(consents.response_tiers) == len(_TIERS) else listed(list(consents.response_tiers))
        lines.append(f"over {tiers}: {_parties(consents.response, names, arrangement)}")
    if consents.deployment:
        lines.append(f"over forces or monitors: {_parties(consents.deployment, names, arrangement)}")
    return lines or ["none"]


def _clocks(arrangement: Arrangement, _: PartyNames) -> list[str]:
    trigger = arrangement.trigger
    clocks = {"meet": trigger.consult_within, "determine": trigger.determine_within, "decide": trigger.decide_within}
    lines = [f"{verb} within {clock}" for verb, clock in clocks.items() if not isinstance(clock, Unspecified)]
    after = "" if _is_silent(trigger.if_undecided) else f"if undecided: {_plain(trigger.if_undecided)}"
    return [*(lines or ["none"]), after]


def _monitoring(arrangement: Arrangement, names: PartyNames) -> list[str]:
    return [_monitor(each, names, arrangement) for each in arrangement.monitoring] or ["none"]


def _monitor(monitor: Monitoring, names: PartyNames, arrangement: Arrangement) -> str:
    says = ", says who did it" if monitor.attributes else ""
    return f"{monitor.name}: access {_plain(monitor.access)}{says}{_ended(monitor.can_be_ended_by, names, arrangement)}"


def _support(arrangement: Arrangement, names: PartyNames) -> list[str]:
    return [_standing(each, names, arrangement) for each in arrangement.standing_support] or ["none"]


def _standing(support: StandingSupport, names: PartyNames, arrangement: Arrangement) -> str:
    money = "" if isinstance(support.money, Unspecified) else f", {support.money}"
    return f"{_parties(support.by, names, arrangement)}: {BINDING_WORDS[support.bindingness]}{money}"


def _sanctions(arrangement: Arrangement, _: PartyNames) -> list[str]:
    sanctions = arrangement.sanctions
    back = f"snapback on {listed([_plain(each) for each in sanctions.snapback_on])}" if sanctions.snapback_on else ""
    return [_plain(sanctions.now), back]


def _open(arrangement: Arrangement, _: PartyNames) -> list[str]:
    return [", ".join(_plain(each) for each in arrangement.ambiguity) or "nothing marked"]


def _term(arrangement: Arrangement, _: PartyNames) -> list[str]:
    term = arrangement.term
    length = "without end" if term.length == Unspecified.NONE else str(term.length)
    length = "length unknown" if term.length == Unspecified.UNKNOWN else length
    notice = "" if isinstance(term.exit_notice, Unspecified) else f"exit at {term.exit_notice} notice"
    return [length, "extendable" if term.extendable else "", notice, "can become void" if term.void_if else ""]


def _parties(parties: tuple[str, ...], names: PartyNames, arrangement: Arrangement) -> str:
    """Name a few parties, count many, and say where the adversary is one of them."""
    everyone = expand(parties, arrangement=arrangement)
    adversary = [party for party in everyone if party in arrangement.parties.adversary]
    if parties in (("nobody",), ("unknown",)) or (len(everyone) <= _PARTIES_NAMED and "all_guarantors" not in parties):
        return listed([names.bare(party) for party in parties]) or "nobody"
    group = f"{len(everyone)} parties"
    if "all_guarantors" in parties:
        beside = [names.bare(party) for party in parties if party != "all_guarantors"]
        group = listed([*beside, "all guarantors"])
        adversary = [party for party in adversary if party not in parties]
    among = f", {listed([names.bare(party) for party in adversary])} among them" if adversary else ""
    return f"{group}{among}"


def _ended(parties: tuple[str, ...], names: PartyNames, arrangement: Arrangement) -> str:
    known = tuple(party for party in parties if party != Unspecified.UNKNOWN)
    return f", can be ended by {_parties(known, names, arrangement)}" if known else ""


def _is_silent(word: str) -> bool:
    return word in set(Unspecified)


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _forces_in_digits(forces: Forces | Unspecified) -> str:
    """Write forces with the digits of large numbers grouped, such as ``10 000–15 000 troops``."""
    if isinstance(forces, Unspecified):
        return _plain(forces)
    ends = dict.fromkeys((forces.low, forces.high))
    return f"{'–'.join(f'{end:,}'.replace(',', _THIN) for end in ends)} {_plain(forces.unit)}"
