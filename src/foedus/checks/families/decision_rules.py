"""Decision rules: silence without an answer, judges in their own cause, rules that a departure breaks."""

from collections.abc import Iterator

from foedus.arrangement.conditions import Fact
from foedus.arrangement.vocabulary import (
    Abstention,
    DecisionRule,
    DeterminationRule,
    IfUndecided,
    Measure,
    OutsideAction,
)
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import atoms
from foedus.checks.votes import finding_paths, has_mechanism, response_paths, silence
from foedus.checks.words import agreeing, parties, titled
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.decisions import COLLECTIVE, is_tier_decided
from foedus.mechanism.rules.findings import is_finding_made
from foedus.mechanism.rules.roles import adversaries, monitors, named
from foedus.mechanism.rules.world import Ruling, World
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence

_NAMED_FINDERS = frozenset(DeterminationRule) - {DeterminationRule.UNDEFINED, DeterminationRule.UNKNOWN}
_COUNCILS = frozenset({DeterminationRule.COUNCIL_CONSENSUS, DeterminationRule.COUNCIL_WITH_VETO})


# V03


def find_deadlocks(case: Case) -> Iterator[Hole]:
    """V03: votes after which the text says neither yes nor no, and nothing follows."""
    yield from _unsettled_finding(case)
    yield from _unsettled_response(case)


def _unsettled_finding(case: Case) -> Iterator[Hole]:
    a = case.arrangement
    if a.trigger.determined_by not in _NAMED_FINDERS:
        if a.commitments or a.monitoring:
            unknown = a.trigger.determined_by is DeterminationRule.UNKNOWN
            yield Hole(
                "It could not be confirmed who finds what happened."
                if unknown
                else "The text names nobody who finds what happened.",
                (("trigger", "determined_by"), ("trigger",)),
                severity=Severity.WARNING,
                cannot_tell=unknown,
                mend="name who finds, by which standard and by when",
            )
        return
    yield from _silence(case, is_finding=True)


def _unsettled_response(case: Case) -> Iterator[Hole]:
    a = case.arrangement
    if a.decision.rule in COLLECTIVE:
        yield from _silence(case, is_finding=False)
    elif a.decision.rule in (DecisionRule.NONE, DecisionRule.UNKNOWN) and case.binding:
        unknown = a.decision.rule is DecisionRule.UNKNOWN
        yield Hole(
            "It could not be confirmed how the response is decided."
            if unknown
            else "The text does not say how the response is decided, nor that each decides for itself.",
            (("decision", "rule"), ("decision",)),
            severity=Severity.WARNING,
            cannot_tell=unknown,
            mend="set decision.rule, each_for_itself where that is meant",
        )


def _silence(case: Case, *, is_finding: bool) -> Iterator[Hole]:
    what = "the finding" if is_finding else "the response"
    for members in _silences(case, is_finding=is_finding):
        world = silence(what, members)
        if _is_unsettled(case, world, is_finding=is_finding):
            who = parties(members) if len(members) <= 3 else "everybody"
            stay = "stay" if 1 < len(members) <= 3 else "stays"
            unknown = case.arrangement.trigger.if_undecided is IfUndecided.UNKNOWN
            lead = _lead_that_then_decides(case)
            open_to_all = "the text does not say what becomes of"
            then = f"{parties([lead])} too, nothing settles" if lead else open_to_all
            yield Hole(
                sentence(f"if {who} {stay} silent, {then} {what}"),
                (*(finding_paths(case) if is_finding else response_paths(case)), ("trigger", "if_undecided")),
                severity=None if lead is None else Severity.WARNING,
                world=world,
                about=(what,),
                cannot_tell=unknown,
            )
            return


def _lead_that_then_decides(case: Case) -> str | None:
    """Return who is to decide where the others do not; the silence that is told is then its own too."""
    lead = case.arrangement.decision.framework_nation
    return lead if case.arrangement.trigger.if_undecided is IfUndecided.LEAD_DECIDES else None


def _silences(case: Case, *, is_finding: bool) -> Iterator[frozenset[str]]:
    """Yield each member in turn, then all who have a voice."""
    a = case.arrangement
    lead = {a.decision.framework_nation} if a.decision.framework_nation else set()
    members = {*a.parties.guarantor, *named(a.trigger.blocked_by, a), *named(a.consents.response, a), *lead}
    if is_finding and a.trigger.determined_by is DeterminationRule.PROTECTED_STATE_ALONE:
        members = set(a.parties.protected_state)
    if is_finding and a.trigger.determined_by is DeterminationRule.MONITOR_BODY:
        members = {*a.parties.monitor, *(party for mission in a.monitoring for party in mission.by)}
    yield from (frozenset({party}) for party in sorted(members))
    yield frozenset(members)


def _is_unsettled(case: Case, world: World, *, is_finding: bool) -> bool:
    a = case.arrangement
    if is_finding:
        return is_finding_made(a, world) is Ruling.UNSETTLED
    return any(is_tier_decided(a, world, tier, weights=case.weights) is Ruling.UNSETTLED for tier in case.promised)


def _is_deadlock(case: Case, hole: Hole) -> bool:
    return hole.world is not None and _is_unsettled(case, hole.world, is_finding=hole.about[0] == "the finding")


# V04


def find_own_judges(case: Case) -> Iterator[Hole]:
    """V04: a party that finds in its own cause."""
    a = case.arrangement
    if a.trigger.determined_by is DeterminationRule.PROTECTED_STATE_ALONE:
        yield Hole(
            sentence(f"{parties(a.parties.protected_state)} alone finds that it was attacked"),
            (("trigger", "determined_by"),),
        )
    by_all = a.trigger.determined_by in (DeterminationRule.UNANIMITY_OF_GUARANTORS, DeterminationRule.COUNCIL_CONSENSUS)
    seated = adversaries(a) & (set(a.parties.guarantor) if by_all else named(a.trigger.blocked_by, a))
    if seated:
        yield Hole(
            sentence(
                f"{parties(seated)}, the accused, {agreeing(seated, 'sits', 'sit')} among those who find what "
                f"{agreeing(seated, 'it', 'they')} did"
            ),
            finding_paths(case),
        )
    for index, mission in enumerate(a.monitoring):
        watching = named(mission.by, a)
        if watching and watching <= set(a.parties.protected_state) and len(a.monitoring) == 1:
            yield Hole(
                sentence(
                    f"{parties(watching)} alone watches as {titled(mission.name)}, and is the one that says it is "
                    "attacked"
                ),
                (("monitoring", index, "by"), ("monitoring", index)),
                mend="let somebody watch beside it whom others will believe",
            )
    if a.trigger.determined_by is DeterminationRule.LEAD_GUARANTOR_ALONE and case.binding:
        yield Hole(
            "The leading guarantor alone finds whether its own duty, and everybody's, has fallen due.",
            (("trigger", "determined_by"), ("decision", "framework_nation")),
            severity=Severity.INFORMATION,
        )
    if a.trigger.determined_by.startswith("each_party") and case.binding:
        yield Hole(
            "Each debtor itself finds whether its duty has fallen due.",
            (("trigger", "determined_by"),),
            severity=Severity.INFORMATION,
        )


# V05


def find_undefined_rules(case: Case) -> Iterator[Hole]:
    """V05: a decision rule that has no answer once a member has left, or for a tier that is promised."""
    yield from _vacancies(case)
    yield from _missing_shares(case)
    yield from _missing_members(case)


def _vacancies(case: Case) -> Iterator[Hole]:
    """Find offices that the rules need and that nobody holds."""
    trigger, decision = case.arrangement.trigger, case.arrangement.decision
    by_lead = trigger.determined_by is DeterminationRule.LEAD_GUARANTOR_ALONE
    if decision.framework_nation is None and (by_lead or decision.rule is DecisionRule.LEAD_ALONE):
        path = ("trigger", "determined_by") if by_lead else ("decision", "rule")
        yield Hole(
            sentence(f"a leading guarantor is to {'find' if by_lead else 'decide'} alone, and the text names none"),
            (path, ("decision", "framework_nation")),
            severity=Severity.ERROR,
            mend="name it under decision.framework_nation",
        )
    if decision.framework_nation is None and trigger.if_undecided is IfUndecided.LEAD_DECIDES:
        yield Hole(
            "Where nothing is decided in time the leading guarantor is to decide, and the text names none.",
            (("trigger", "if_undecided"), ("decision", "framework_nation")),
            severity=Severity.ERROR,
            mend="name it under decision.framework_nation",
        )
    if trigger.determined_by is DeterminationRule.MONITOR_BODY and not monitors(case.arrangement, World()):
        yield Hole(
            "The monitors are to find what happened, and the text names none.",
            (("trigger", "determined_by"), ("parties", "monitor")),
            severity=Severity.ERROR,
            mend="name them under parties.monitor and monitoring",
        )
    if trigger.determined_by in _COUNCILS and not (trigger.body or trigger.members or trigger.blocked_by):
        yield Hole(
            "A council is to find what happened, and the text neither names it nor says who sits in it.",
            (("trigger", "determined_by"), ("trigger", "body")),
            severity=Severity.ERROR,
            mend="name it under trigger.body, and its members under trigger.members",
        )
    yield from _councils_unnamed(case)


def _councils_unnamed(case: Case) -> Iterator[Hole]:
    """Find clauses that wait for a council in a text that knows of none."""
    trigger, decision = case.arrangement.trigger, case.arrangement.decision
    acts = {act for clause in case.arrangement.commitments for act in clause.measures}
    if (
        trigger.body
        or trigger.members
        or trigger.determined_by in _COUNCILS
        or decision.rule is DecisionRule.COUNCIL_WITH_VETO
        or Measure.COUNCIL_ACTION in acts
    ):
        return
    for index, clause in enumerate(case.arrangement.commitments):
        if clause.when is not None and Fact("council_decides") in set(atoms(clause.when)):
            yield Hole(
                sentence(f"clause {clause.id} waits for the decision of a council, and the text names none"),
                (("commitments", index, "when"), ("trigger", "body")),
                severity=Severity.ERROR,
                mend="name the council under trigger.body, or take the condition out",
            )


def _missing_shares(case: Case) -> Iterator[Hole]:
    quorum = case.arrangement.decision.quorum
    if case.arrangement.decision.rule is DecisionRule.QUORUM:
        missing = [tier for tier in case.promised if case.highest_tier and getattr(quorum, tier.value) is None]
        if missing:
            yield Hole(
                sentence(f"the rule is a quorum, but no share is set for {listed(missing)}"),
                (("decision", "quorum"), ("decision", "rule")),
                mend="set a share for every tier that is promised",
            )


def _missing_members(case: Case) -> Iterator[Hole]:
    a = case.arrangement
    for party in sorted(named(a.decision.required, a) | _leads(case)):
        world = World(gone=frozenset({party}))
        if not isinstance(a.term.exit_notice, Duration) or not _is_lost(case, world):
            continue
        yield Hole(
            sentence(f"once {parties([party])} has left, which it may, nothing can be found or decided"),
            (("decision", "required" if a.decision.required else "framework_nation"), ("term", "exit_notice")),
            world=world,
        )


def _leads(case: Case) -> set[str]:
    lead = case.arrangement.decision.framework_nation
    return {lead} if lead else set()


def _is_lost(case: Case, world: World) -> bool:
    a, stays = case.arrangement, World()
    lost_finding = is_finding_made(a, stays) is Ruling.YES and is_finding_made(a, world) is not Ruling.YES
    return lost_finding or any(
        is_tier_decided(a, stays, tier, weights=case.weights) is Ruling.YES
        and is_tier_decided(a, world, tier, weights=case.weights) is not Ruling.YES
        for tier in case.promised
    )


def _loses_a_member(case: Case, hole: Hole) -> bool:
    return hole.world is not None and _is_lost(case, hole.world)


# V11


def find_delay_that_pays(case: Case) -> Iterator[Hole]:
    """V11: a mechanism that, where it is slow or silent, leaves the willing without leave to help."""
    a = case.arrangement
    if a.decision.outside_action is OutsideAction.FORBIDDEN:
        yield Hole(
            "Guarantors may act through the mechanism only: while it is slow or stopped, the willing may not help.",
            (("decision", "outside_action"),),
            mend="allow those who are willing to act on their own: decision.outside_action: allowed",
        )
    if a.decision.abstention is Abstention.COUNTS_AS_NO and a.decision.rule in COLLECTIVE:
        yield Hole(
            "Silence counts as a no: whoever merely stays away votes against help.",
            (("decision", "abstention"),),
            mend="leave silence out of the count, or let it count in favour: decision.abstention",
        )
    by_each = a.trigger.determined_by is DeterminationRule.EACH_PARTY_FOR_ITSELF
    waits = not (by_each and a.decision.rule not in COLLECTIVE)
    if waits and a.trigger.if_undecided is IfUndecided.NONE and isinstance(a.trigger.decide_within, Duration):
        yield Hole(
            "The text sets a deadline for the decision, and does not say what follows when it passes.",
            (("trigger", "if_undecided"), ("trigger", "decide_within")),
            severity=Severity.INFORMATION,
        )
    if waits and a.trigger.if_undecided is IfUndecided.NOTHING:
        yield Hole(
            "Where the deadline passes and nothing was found or decided, nothing follows: whoever delays is rewarded.",
            (("trigger", "if_undecided"),),
        )


CHECKS = (
    Check(
        id="V03",
        title="deadlock",
        promise="Whatever is voted, and whoever stays away, the text says what follows.",
        severity=Severity.ERROR,
        how="the rules with every member silent in turn, and with all of them",
        mend="say how silence counts (decision.abstention) and what follows without a decision (trigger.if_undecided)",
        find=find_deadlocks,
        subject=has_mechanism,
        claim=_is_deadlock,
    ),
    Check(
        id="V04",
        title="judge in its own cause",
        promise="Nobody finds in its own cause.",
        severity=Severity.WARNING,
        how="read off the text",
        mend="let somebody find who is neither accuser, accused nor debtor, or let the accused have no vote",
        find=find_own_judges,
        subject=has_mechanism,
    ),
    Check(
        id="V05",
        title="rule that a departure breaks",
        promise="The decision rule has an answer for every tier, and still has one when a member has left.",
        severity=Severity.WARNING,
        how="the rules with each named member gone in turn",
        mend="name a successor, or a rule that counts those who are left",
        find=find_undefined_rules,
        subject=has_mechanism,
        claim=_loses_a_member,
    ),
    Check(
        id="V11",
        kind=FindingKind.OPEN,
        title="delay that pays",
        promise="Where the mechanism is slow or silent, help can still come.",
        severity=Severity.WARNING,
        how="read off the text: what follows without a decision, and whether anybody may act on its own",
        mend="let a response that was settled beforehand follow: trigger.if_undecided: default_response",
        find=find_delay_that_pays,
        subject=has_mechanism,
    ),
)
