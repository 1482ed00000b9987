"""Time: whether lawful response can come before the protected state is overrun, and who can hold up the clock."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from foedus.arrangement.conditions import Condition, Fact
from foedus.arrangement.vocabulary import (
    Bindingness,
    DecisionRule,
    DeterminationRule,
    Finds,
    From,
    IfUndecided,
    Kind,
    Measure,
    OwnDefence,
    TierWord,
    Unspecified,
)
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import atoms
from foedus.checks.timescales import Range, hours_in_words
from foedus.checks.words import ACTS, hostile_parties, in_prose, parties
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.clock import Stage, is_order_possible, stages
from foedus.mechanism.rules.decisions import may_act_alone
from foedus.mechanism.rules.duties import TIERS, applies, brings_help, is_open, needs_decision, tier_due
from foedus.mechanism.rules.roles import adversaries, named
from foedus.mechanism.rules.world import Ruling, World
from foedus.text.source import Path
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence
from foedus.values.quantity import Money

_STAGE_WORDS = {"meet": "the meeting", "find": "the finding", "decide": "the decision"}
_RESPONSES = frozenset({Bindingness.INTENDS, Bindingness.SHALL_DISCRETIONARY, Bindingness.SHALL_SPECIFIED})


@dataclass(frozen=True)
class _Leg:
    """One leg of the way from the act to the response."""

    name: str
    low: float
    high: float
    stated: bool
    path: Path


# T01


def find_late_response(case: Case) -> Iterator[Hole]:
    """T01: acts that may be over before the response may lawfully begin to tell."""
    for threat in ("invade", "seize"):
        legs = _legs(case, World(threat=threat))
        if legs and not (threat == "seize" and _stands_ready(case)):
            yield from _late(case, threat, legs)
    yield from _help_after_the_war(case)
    yield from _forces_after_the_attack(case)


def _help_after_the_war(case: Case) -> Iterator[Hole]:
    """Find help against an armed attack that may come when even a long defence is over."""
    hold = case.timescales["overrun.invade"]
    for index, clause in case.binding:
        answers_war = {Finds.INCURSION, Finds.INVASION} & set(clause.answers)
        if answers_war and isinstance(clause.within, Duration) and clause.within.hours > hold.high:
            yield Hole(
                sentence(
                    f"clause {clause.id} is due within {clause.within.in_words}, and the protected state holds {hold}: "
                    "what is owed may come when the war is over"
                ),
                (("commitments", index, "within"), ("commitments", index)),
                mend="shorten `within`",
            )
    snapback = case.arrangement.sanctions.snapback_within
    if case.arrangement.sanctions.snapback_on and isinstance(snapback, Duration) and snapback.hours > hold.high:
        yield Hole(
            sentence(
                f"sanctions return within {snapback.in_words}, and the protected state holds {hold}: they may come "
                "when the war is over"
            ),
            (("sanctions", "snapback_within"), ("sanctions", "snapback_on")),
            severity=Severity.WARNING,
            mend="shorten `snapback_within`",
        )


def _forces_after_the_attack(case: Case) -> Iterator[Hole]:
    """Find forces that the text deploys only once there has been an attack."""
    a = case.arrangement
    for index, deployment in enumerate(a.deployments):
        if deployment.since is From.ATTACK and (who := named(deployment.by, a)):
            yield Hole(
                sentence(
                    f"{in_prose(deployment.forces)} of {parties(who)} come only after an attack: they deter none, and "
                    "must get in while it goes on"
                ),
                (("deployments", index, "since"), ("deployments", index)),
                severity=Severity.WARNING,
                kind=FindingKind.OPEN,
                mend="let them stand from the entry into force, or at the protected state's request",
            )


def _late(case: Case, threat: str, legs: list[_Leg]) -> Iterator[Hole]:
    hold = _hold(case, threat)
    quick, slow = sum(leg.low for leg in legs), sum(leg.high for leg in legs)
    if slow <= hold.low:
        return
    longest = max((leg for leg in legs if leg.stated), key=lambda leg: leg.high, default=None)
    outlasts = longest is not None and longest.high > hold.low
    alone = (
        f"; the deadline for {longest.name} alone, {hours_in_words(longest.high)}, "
        f"outlasts an overrun of {hours_in_words(hold.low)}"
        if outlasts and longest
        else ""
    )
    world = replace(
        World(threat=threat), hours=(*((leg.name, leg.high) for leg in legs), ("overrun at the earliest", hold.low))
    )
    yield Hole(
        sentence(
            f"against {ACTS[threat]} the response may take {hours_in_words(slow)}, while the protected state "
            f"holds {hold}{alone}"
        ),
        _longest_first(legs, longest if outlasts else None),
        severity=Severity.ERROR
        if quick > hold.high or (longest is not None and longest.high >= hold.high)
        else Severity.WARNING,
        world=world,
        why=_legs_in_words(legs, flip=slow),
    )


def _longest_first(legs: list[_Leg], telling: _Leg | None) -> tuple[Path, ...]:
    """Return the places of the legs, the one of which the sentence speaks first, then the longest."""
    return tuple(leg.path for leg in sorted(legs, key=lambda leg: (leg is not telling, -leg.high)))


def _legs(case: Case, world: World) -> list[_Leg]:
    """Return meeting, finding and decision, and the effect of the highest tier promised; empty where none is."""
    a = case.arrangement
    promised = [
        (i, clause, tier)
        for i, clause in enumerate(a.commitments)
        if clause.bindingness in _RESPONSES
        and applies(clause, world)
        and is_open(a, world)
        and (tier := tier_due(a, world, highest=clause.tier, kind=clause.kind, weights=case.weights))
    ]
    if not promised:
        return []
    legs = _legs_to_the_decision(case)
    index, clause, tier = max(promised, key=lambda each: (brings_help(each[1]), TIERS.index(each[2]), each[0]))
    within = clause.within.hours if isinstance(clause.within, Duration) else None
    legs.append(_effect(case, ("commitments", index), within, tier=str(tier)))
    return legs


def _legs_to_the_decision(case: Case) -> list[_Leg]:
    """Return what may pass before the decision; a stage that is due later than the one after it holds that one up."""
    meet, find, decide = stages(case.arrangement)
    stated = [stage for stage in (meet, find, decide) if stage.hours is not None]
    latest = [_stated_leg(stage) for stage in stated if stage.hours == max(each.hours or 0.0 for each in stated)][-1:]
    if decide.hours is not None:
        return latest
    silent = _silent_leg(decide, case.timescales["silent.decide"])
    if find.hours is not None:
        return [*latest, silent]
    return [*latest, _silent_leg(find, case.timescales["silent.find"]), silent]


def _stated_leg(stage: Stage) -> _Leg:
    return _Leg(_STAGE_WORDS[stage.name], 0.0, stage.hours or 0.0, stated=True, path=stage.path)


def _silent_leg(stage: Stage, silent: Range) -> _Leg:
    return _Leg(_STAGE_WORDS[stage.name], silent.low, silent.high, stated=False, path=stage.path)


def _effect(case: Case, path: Path, within: float | None, *, tier: str) -> _Leg:
    if within is not None:
        return _Leg(f"{_HELP[tier]} to take effect", 0.0, within, stated=True, path=path)
    silent = case.timescales[f"effect.{tier}"]
    low = 0.0 if tier != "support" and _in_place(case) else silent.low
    return _Leg(f"{_HELP[tier]} to take effect", low, silent.high, stated=False, path=path)


_HELP = {"support": "support", "deploy": "forces", "defend": "armed help"}
"""What each tier brings, as a sentence has it."""


def _legs_in_words(legs: list[_Leg], *, flip: float) -> tuple[str, ...]:
    def words(leg: _Leg) -> str:
        if leg.stated:
            return f"up to {hours_in_words(leg.high)} for {leg.name} (the text)"
        return f"{hours_in_words(leg.low)} to {hours_in_words(leg.high)} for {leg.name} (no deadline; history)"

    sure = f"sure to be in time only where the protected state holds longer than {hours_in_words(flip)}"
    return (*(words(leg) for leg in legs), sure)


def _hold(case: Case, threat: str) -> Range:
    hold = case.timescales[f"overrun.{threat}"]
    weak = case.arrangement.duties.own_defence in (OwnDefence.DISARM, OwnDefence.LIMITED)
    return replace(hold, low=hold.low / 10) if weak and threat == "invade" else hold


def _in_place(case: Case) -> bool:
    ends = adversaries(case.arrangement)
    return any(
        deployment.since in (From.CEASEFIRE, From.ENTRY_INTO_FORCE)
        and not ends & named(deployment.can_be_ended_by, case.arrangement)
        for deployment in case.arrangement.deployments
    )


def _stands_ready(case: Case) -> bool:
    """Tell whether forces stand in place that need not wait for a decision."""
    a = case.arrangement
    alone = may_act_alone(a) is Ruling.YES
    free = a.decision.rule in (DecisionRule.EACH_FOR_ITSELF, DecisionRule.LEAD_ALONE)
    free = free or a.trigger.if_undecided in (IfUndecided.EACH_MAY_ACT, IfUndecided.DEFAULT_RESPONSE)
    return alone and free and _in_place(case)


def _is_late(case: Case, hole: Hole) -> bool:
    world = hole.world
    if world is None:
        return False
    *legs, (_, overrun) = world.hours
    stated = [stage.hours for stage in stages(case.arrangement) if stage.hours is not None]
    known = [hours for _, hours in legs]
    return sum(known) > overrun and (not stated or max(stated) in known or sum(known) >= max(stated))


# T02


def find_missing_deadlines(case: Case) -> Iterator[Hole]:
    """T02: stages without a deadline, and deadlines that cannot be met in order."""
    a = case.arrangement
    if not is_order_possible(a):
        stated = [stage for stage in stages(a) if stage.hours is not None]
        words = listed(f"{_STAGE_WORDS[stage.name]} within {hours_in_words(stage.hours or 0)}" for stage in stated)
        telling = _out_of_order(stated)
        yield Hole(
            sentence(f"the deadlines cannot be met in order: {words}"),
            (telling.path, *(stage.path for stage in stated if stage is not telling)),
            mend="let each later stage be due no sooner than the one before it",
        )
    yield from _meetings_at_odds(case)
    yield from _forces_without_a_date(case)
    yield from _sums_without_a_date(case)
    if not a.commitments:
        return
    yield from _finding_without_a_date(case)
    decided = stages(a)[-1].hours is not None
    open_stages = [stage for stage in stages(a) if stage.hours is None and not (decided and stage.name != "decide")]
    if open_stages:
        needed = [stage for stage in open_stages if stage.name != "meet"]
        yield Hole(
            sentence(f"no deadline is set for {listed(_STAGE_WORDS[stage.name] for stage in open_stages)}"),
            (*(stage.path for stage in reversed(open_stages)), ("trigger",)),  # the last one bounds the others
            severity=Severity.ERROR if needed and case.binding else Severity.WARNING,
            kind=FindingKind.OPEN,
            cannot_tell=all(stage.is_unknown for stage in open_stages),
        )


def _finding_without_a_date(case: Case) -> Iterator[Hole]:
    """Find a body that need not find by any date, where a dated decision waits for it and may lapse for want of it."""
    trigger = case.arrangement.trigger
    waits = isinstance(trigger.decide_within, Duration) and trigger.determined_by in _BODIES
    lapses = trigger.if_undecided in (IfUndecided.NOTHING, IfUndecided.NONE)
    if waits and lapses and trigger.determine_within is Unspecified.NONE:
        yield Hole(
            "The finding has no deadline, and the decision that waits for it has one: where nothing has been found by "
            "then, nothing follows.",
            (("trigger", "determine_within"), ("trigger", "decide_within")),
            severity=Severity.WARNING,
            kind=FindingKind.OPEN,
            mend="set trigger.determine_within, or let something follow when it passes (`trigger.if_undecided`)",
        )


_BODIES = frozenset(
    {
        DeterminationRule.MONITOR_BODY,
        DeterminationRule.COUNCIL_CONSENSUS,
        DeterminationRule.COUNCIL_WITH_VETO,
        DeterminationRule.UNANIMITY_OF_GUARANTORS,
    }
)


def _out_of_order(stated: list[Stage]) -> Stage:
    """Return the stage without which the order is right: where several would do, the one that comes too early."""

    def is_right(order: list[Stage]) -> bool:
        return all((before.hours or 0) <= (later.hours or 0) for before, later in pairwise(order))

    early = next(later for before, later in pairwise(stated) if (before.hours or 0) > (later.hours or 0))
    single = [stage for stage in stated if is_right([other for other in stated if other is not stage])]
    return early if early in single or not single else single[0]


def _forces_without_a_date(case: Case) -> Iterator[Hole]:
    """Find forces that are owed by no date, in a text that dates what else it owes."""
    if not any(isinstance(clause.within, Duration) for _, clause in case.binding):
        return
    for index, clause in case.binding:
        if clause.tier is not TierWord.SUPPORT and clause.within is Unspecified.NONE:
            said = f"clause {clause.id} owes {_OWED[clause.tier]} by no date, and other clauses have one"
            yield _undated(index, said, key="within", mend="set `within`")


def _sums_without_a_date(case: Case) -> Iterator[Hole]:
    """Find a sum that is owed once, by no date."""
    for index, clause in case.binding:
        if isinstance(clause.money, Money) and not clause.money.per and clause.within is Unspecified.NONE:
            said = f"clause {clause.id} owes {clause.money}, and no date by which it is paid"
            yield _undated(index, said, key="money", mend="set `within`, or write the sum per year")


def _undated(index: int, said: str, *, key: str, mend: str) -> Hole:
    where = ("commitments", index)
    return Hole(sentence(said), ((*where, key), where), severity=Severity.WARNING, kind=FindingKind.OPEN, mend=mend)


_OWED = {TierWord.DEPLOY: "forces", TierWord.DEFEND: "armed help"}


def _meetings_at_odds(case: Case) -> Iterator[Hole]:
    """Find a duty to meet whose date is later than the one that the trigger sets for the meeting."""
    met = stages(case.arrangement)[0]
    for index, clause in enumerate(case.arrangement.commitments):
        only_meets = set(clause.measures) == {Measure.CONSULTATION} and isinstance(clause.within, Duration)
        if only_meets and isinstance(clause.within, Duration) and met.hours and clause.within.hours > met.hours:
            yield Hole(
                sentence(
                    f"clause {clause.id} lets the parties meet within {clause.within.in_words}, and elsewhere they are "
                    f"to meet within {hours_in_words(met.hours)}"
                ),
                (("commitments", index, "within"), met.path),
                severity=Severity.WARNING,
                mend="write one date for the meeting",
            )


# T03


def find_reluctant_starters(case: Case) -> Iterator[Hole]:
    """T03: clocks that start with an act of somebody who may not want them to."""
    a = case.arrangement
    if not a.commitments:
        return
    invokers = named(a.trigger.invoked_by, a)
    if a.trigger.invoked_by == ("unknown",):
        yield Hole(
            "It could not be confirmed who may invoke the mechanism.",
            (("trigger", "invoked_by"), ("trigger",)),
            cannot_tell=True,
            mend="find it out, and write it here; where nobody knows, let the protected state invoke it",
        )
    elif not invokers:
        yield Hole("Nobody is entitled to invoke the mechanism.", (("trigger", "invoked_by"), ("trigger",)))
    elif not invokers & set(a.parties.protected_state):
        yield Hole(
            sentence(f"only {parties(invokers)} may invoke the mechanism, and the protected state may not"),
            (("trigger", "invoked_by"),),
        )
    hostile = adversaries(a) & set(a.trigger.invoked_by)
    if hostile and invokers & set(a.parties.protected_state):
        yield Hole(
            sentence(f"{hostile_parties(hostile)}, may invoke the mechanism too, and set it going on a pretext"),
            (("trigger", "invoked_by"),),
            mend="take the adversary out of `trigger.invoked_by`",
        )
    waits = [i for i, clause in case.binding if clause.when is not None and _waits_for_meeting(clause.when)]
    if waits and a.trigger.consult_within is Unspecified.NONE:
        yield Hole(
            "A duty waits until the guarantors have met, and they need not meet by any date.",
            (*(("commitments", i, "when") for i in waits), ("trigger", "consult_within")),
            mend="set trigger.consult_within",
        )


def _waits_for_meeting(condition: Condition) -> bool:
    return Fact("consulted") in set(atoms(condition))


# T04


def find_early_performance(case: Case) -> Iterator[Hole]:
    """T04: help that is due before the meeting, the finding or the decision that it waits for."""
    a = case.arrangement
    for index, clause in enumerate(a.commitments):
        if isinstance(clause.within, Duration) and clause.bindingness in _RESPONSES:
            waits = needs_decision(a, kind=clause.kind)
            path: Path = ("commitments", index, "within")
            yield from _too_early(case, clause.within.hours, path, f"clause {clause.id}", waits=waits)
    if a.sanctions.snapback_on and isinstance(a.sanctions.snapback_within, Duration):
        path = ("sanctions", "snapback_within")
        within = a.sanctions.snapback_within.hours
        waits = needs_decision(a, kind=Kind.JOINT)
        yield from _too_early(case, within, path, "the return of sanctions", waits=waits)


def _too_early(case: Case, within: float, path: Path, what: str, *, waits: bool) -> Iterator[Hole]:
    later = [stage for stage in stages(case.arrangement) if stage.hours is not None and stage.hours > within]
    if later:
        last = max(later, key=lambda stage: stage.hours or 0.0)
        yield Hole(
            sentence(
                f"{what} is due within {hours_in_words(within)} of the act, and {_STAGE_WORDS[last.name]} "
                f"{'that it waits for' if waits else 'about it'} may take {hours_in_words(last.hours or 0.0)}"
            ),
            (path, last.path),
            severity=Severity.ERROR if waits else Severity.WARNING,
        )


# T05


def find_meetings_without_a_date(case: Case) -> Iterator[Hole]:
    """T05: a finding that waits until all have met, where they need not meet by any date."""
    trigger = case.arrangement.trigger
    if trigger.determined_by is DeterminationRule.EACH_PARTY_AFTER_CONSULTATION and not isinstance(
        trigger.consult_within, Duration
    ):
        yield Hole(
            "The finding, and what follows from it, waits until the parties have met, and they need not meet by any "
            "date.",
            (("trigger", "consult_within"), ("trigger", "determined_by")),
            cannot_tell=trigger.consult_within is Unspecified.UNKNOWN,
        )


CHECKS = (
    Check(
        id="T01",
        title="too late",
        promise="The longest lawful time to effect is shorter than the time to an overrun.",
        severity=Severity.ERROR,
        how="the deadlines, and history's ranges where the text sets none, against how long the protected state holds",
        mend="place forces before the attack with leave to act, or shorten the deadlines",
        find=find_late_response,
        subject=lambda case: case.arrangement.commitments,
        claim=_is_late,
    ),
    Check(
        id="T02",
        title="missing or impossible deadline",
        promise="Every stage has a deadline, and the deadlines can be met in order.",
        severity=Severity.ERROR,
        how="read off the text; deadlines run from the act, so a later stage cannot be due before an earlier one",
        mend="set trigger.determine_within and trigger.decide_within",
        find=find_missing_deadlines,
        subject=lambda case: case.arrangement.commitments,
    ),
    Check(
        id="T03",
        title="clock in a reluctant hand",
        promise="The protected state can start the clock.",
        severity=Severity.WARNING,
        how="who controls the event with which each clock starts",
        mend="let the protected state invoke the mechanism",
        find=find_reluctant_starters,
        subject=lambda case: case.arrangement.commitments,
    ),
    Check(
        id="T04",
        title="due before it is decided",
        promise="Nothing is due before the meeting, the finding and the decision that it waits for.",
        severity=Severity.ERROR,
        how="the deadline of each promise against those of the stages before it; all run from the act",
        mend="let the deadline of performance run from the decision, by making it the longer one",
        find=find_early_performance,
        subject=lambda case: [each for each in case.arrangement.commitments if isinstance(each.within, Duration)],
    ),
    Check(
        id="T05",
        title="meeting without a date",
        promise="Where a later step waits for a meeting, the meeting has a date.",
        severity=Severity.ERROR,
        how="read off the text",
        mend="set trigger.consult_within",
        find=find_meetings_without_a_date,
        subject=lambda case: case.arrangement.trigger.determined_by is DeterminationRule.EACH_PARTY_AFTER_CONSULTATION,
    ),
)
