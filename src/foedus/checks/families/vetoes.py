"""Vetoes: who can stop a finding or a response, alone or with another."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

from foedus.arrangement.conditions import And, Fact, Not
from foedus.arrangement.vocabulary import DecisionRule, Excluded, IfUndecided, TierWord
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import THREATS, assume, is_threat
from foedus.checks.votes import FINDING, RESPONSE, against, finding_paths, has_mechanism, response_paths
from foedus.checks.words import agreeing, hostile_parties, in_prose, parties
from foedus.errors import Severity
from foedus.mechanism.rules.decisions import may_act_alone
from foedus.mechanism.rules.duties import TIERS
from foedus.mechanism.rules.prohibitions import is_forbidden
from foedus.mechanism.rules.roles import adversaries, finding_blockers, monitors, named
from foedus.mechanism.rules.stopping import can_stop_finding, can_stop_tier
from foedus.mechanism.rules.world import Ruling, World
from foedus.text.source import Path
from foedus.values.names import listed, sentence

# V01


def find_adversary_vetoes(case: Case) -> Iterator[Hole]:
    """V01: every decision that the adversary can stop on its own."""
    yield from _blocked_finding(case)
    yield from _blocked_response(case)
    yield from _needed_consent(case)
    yield from _consent_to_forces(case)


def _blocked_finding(case: Case) -> Iterator[Hole]:
    who = _stoppers(case, FINDING, _stops_finding)
    if who:
        yield Hole(
            sentence(
                f"{hostile_parties(who)}, can {_alone(who)} stop the finding that "
                f"{agreeing(who, 'it has', 'they have')} attacked"
            ),
            finding_paths(case),
            world=against(FINDING, who),
            about=("finding",),
        )


def _blocked_response(case: Case) -> Iterator[Hole]:
    for tiers in _same_stoppers(case):
        who = _stoppers(case, RESPONSE, partial(_stops_tier, tier=tiers[0]))
        yield Hole(
            sentence(f"{hostile_parties(who)}, can {_alone(who)} stop the decision on {listed(tiers)}{_outside(case)}"),
            response_paths(case),
            world=against(RESPONSE, who),
            about=("response", *tiers),
        )


def _same_stoppers(case: Case) -> list[list[TierWord]]:
    """Group the tiers that the adversary can stop by who of several adversaries can."""
    groups: dict[frozenset[str], list[TierWord]] = {}
    for tier in TIERS:
        who = _stoppers(case, RESPONSE, partial(_stops_tier, tier=tier))
        if who:
            groups.setdefault(who, []).append(tier)
    return list(groups.values())


def _stoppers(case: Case, what: str, stops: Callable[[Case, World], bool]) -> frozenset[str]:
    """Return the first adversary that can stop a decision alone, or all of them where only together they can."""
    everyone = adversaries(case.arrangement)
    single = (frozenset({party}) for party in sorted(everyone))
    return next((who for who in (*single, everyone) if stops(case, against(what, who))), frozenset())


def _needed_consent(case: Case) -> Iterator[Hole]:
    """Find where a duty, or the lifting of a prohibition, waits for the adversary's consent."""
    agreed = assume(case.cover, facts={"adversary_agrees": True})
    for threat in THREATS:
        world = case.engine.worst(And((is_threat(threat), case.plain, Not(case.cover), agreed)))
        if world is not None:
            yield Hole(
                sentence(f"{hostile_parties(adversaries(case.arrangement))}, must agree before anybody owes help"),
                tuple(("commitments", i) for i, _ in case.binding),
                world=world,
                about=("consent",),
            )
            break
    else:
        yield from _clauses_it_must_agree_to(case)
    yield from _intents_it_must_agree_to(case)
    for index, exclusion in enumerate(case.arrangement.exclusions):
        refused, granted = World(), World().with_fact("adversary_agrees", holds=True)
        barred = {world: is_forbidden(case.arrangement, world, TierWord.DEFEND) for world in (refused, granted)}
        if exclusion.what is Excluded.FOREIGN_FORCES and barred[refused] and not barred[granted]:
            yield Hole(
                sentence(f"foreign forces may come only if {_agrees(case)}"),
                (("exclusions", index),),
                world=refused,
                about=("exclusion",),
            )


def _clauses_it_must_agree_to(case: Case) -> Iterator[Hole]:
    """Find each single duty that waits for the adversary's consent, where another does not."""
    refused = And((case.plain, Not(Fact("adversary_agrees"))))
    for owed in case.duties:
        agreed = assume(owed.when, facts={"adversary_agrees": True})
        world = case.engine.worst(And((refused, Not(owed.when), agreed)))
        if world is not None:
            yield Hole(
                sentence(f"{case.title(owed.path)} is owed only if {_agrees(case)}"),
                ((*owed.path, "when"), owed.path),
                world=world,
                about=("consent to", *map(str, owed.path)),
            )


def _intents_it_must_agree_to(case: Case) -> Iterator[Hole]:
    """Find promises that bind nobody, and that wait for the adversary's consent all the same."""
    binding = {index for index, _ in case.binding}
    for index, clause in enumerate(case.arrangement.commitments):
        if index in binding or clause.when is None:
            continue
        if not case.engine.is_possible(And((clause.when, Not(Fact("adversary_agrees"))))):
            yield Hole(
                sentence(f"clause {clause.id} is promised only if {_agrees(case)}"),
                (("commitments", index, "when"), ("commitments", index)),
            )


def _agrees(case: Case) -> str:
    who = adversaries(case.arrangement)
    return f"{hostile_parties(sorted(who))}, {agreeing(who, 'agrees', 'agree')}"


def _consent_to_forces(case: Case) -> Iterator[Hole]:
    holders = adversaries(case.arrangement) & named(case.arrangement.consents.deployment, case.arrangement)
    if holders:
        yield Hole(
            sentence(f"forces or monitors need the consent of {hostile_parties(holders)}"),
            (("consents", "deployment"),),
            severity=Severity.ERROR,
        )
    for index, deployment in enumerate(case.arrangement.deployments):
        enders = adversaries(case.arrangement) & named(deployment.can_be_ended_by, case.arrangement)
        if enders:
            yield Hole(
                sentence(
                    f"{hostile_parties(enders)}, can {_alone(enders)} end the deployment of "
                    f"{in_prose(deployment.forces)}"
                ),
                (("deployments", index, "can_be_ended_by"), ("deployments", index)),
            )


def _alone(who: frozenset[str]) -> str:
    return agreeing(who, "alone", "together")


def _outside(case: Case) -> str:
    if may_act_alone(case.arrangement) is Ruling.NO:
        return ", and nobody may act outside the mechanism"
    return ""


def _adversary_blocks(case: Case, hole: Hole) -> bool:
    world = hole.world
    if world is None:
        return False
    match hole.about[0]:
        case "finding":
            return _stops_finding(case, world)
        case "response":
            return all(_stops_tier(case, world, TierWord(tier)) for tier in hole.about[1:])
        case "consent to":
            path = tuple(int(step) if step.isdecimal() else step for step in hole.about[1:])
            agreed = world.with_fact("adversary_agrees", holds=True)
            return case.owes(agreed, path) and not case.owes(world, path)
        case "consent":
            return not case.covers(world) and case.covers(world.with_fact("adversary_agrees", holds=True))
        case _:
            agreed = world.with_fact("adversary_agrees", holds=True)
            tier = TierWord.DEFEND
            return is_forbidden(case.arrangement, world, tier) and not is_forbidden(case.arrangement, agreed, tier)


def _stops_finding(case: Case, world: World) -> bool:
    willing = replace(world, against_finding=frozenset())
    return can_stop_finding(case.arrangement, world.against_finding, world=willing)


def _stops_tier(case: Case, world: World, tier: TierWord) -> bool:
    willing = replace(world, against_response=frozenset())
    return can_stop_tier(case.arrangement, world.against_response, tier, world=willing, weights=case.weights)


# V02


def find_blocking_coalitions(case: Case) -> Iterator[Hole]:
    """V02: the fewest members, the adversary aside, that can stop the finding or the response."""
    yield from _doorkeepers(case)
    for what, stops in ((FINDING, _stops_finding), (RESPONSE, _stops_any_tier)):
        coalitions = _smallest(case, stops, what)
        if not coalitions:
            if what == RESPONSE:
                yield from _stopped_but_for_the_default(case)
            continue
        size, members = len(coalitions[0]), len(case.arrangement.parties.guarantor)
        paths = finding_paths(case) if what == "the finding" else _telling(case, coalitions[0])
        yield Hole(
            sentence(_coalition_words(case, coalitions, what)),
            paths,
            severity=_coalition_severity(case, size=size, members=members),
            world=against(what, coalitions[0]),
            about=(what,),
        )


def _doorkeepers(case: Case) -> Iterator[Hole]:
    """Find who, beside the adversary and the protected state, can alone keep forces and monitors out."""
    a = case.arrangement
    keepers = named(a.consents.deployment, a) - adversaries(a) - set(a.parties.protected_state)
    if keepers:
        yield Hole(
            sentence(f"{parties(keepers)} can{' each' if len(keepers) > 1 else ''} keep forces and monitors out alone"),
            (("consents", "deployment"),),
            severity=Severity.WARNING,
            mend="let the protected state alone consent to forces on its territory",
        )


def _stopped_but_for_the_default(case: Case) -> Iterator[Hole]:
    """Find who can stop the decision itself, where a response that was settled beforehand then follows."""
    bare = _without_default(case)
    alone = [group for group in _smallest(bare, _stops_any_tier, RESPONSE) if len(group) == 1]
    if case.arrangement.trigger.if_undecided is not IfUndecided.DEFAULT_RESPONSE or not alone:
        return
    yield Hole(
        sentence(f"{_coalition_words(bare, alone, 'the decision')}; only what was settled beforehand then follows"),
        _telling(bare, alone[0]),
        severity=Severity.INFORMATION,
        world=against(RESPONSE, alone[0]),
        about=(_BUT_FOR_THE_DEFAULT,),
        mend="see that what was settled beforehand is enough, or let no single member stop the decision",
    )


_BUT_FOR_THE_DEFAULT = "the decision"


def _without_default(case: Case) -> Case:
    a = case.arrangement
    return replace(case, arrangement=replace(a, trigger=replace(a.trigger, if_undecided=IfUndecided.NOTHING)))


def _telling(case: Case, group: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the clauses that say how the response is decided, the one by which a group can stop it first."""
    a = case.arrangement
    if a.decision.rule is not DecisionRule.QUORUM or set(group) & named(a.consents.response, a):
        return response_paths(case)
    if set(group) & named(a.decision.required, a):
        return (("decision", "required"), *response_paths(case))
    stopped = next(tier for tier in case.promised if _stops_tier(case, against(RESPONSE, group), tier))
    return (("decision", "quorum", stopped.value), *response_paths(case))


def _coalition_words(case: Case, coalitions: Sequence[tuple[str, ...]], what: str) -> str:
    outside = _outside(case) if what == "the response" else ""
    if len(coalitions[0]) > 1:
        return f"two members together, such as {parties(coalitions[0])}, can stop {what}{outside}"
    names = sorted(name for (name,) in coalitions)
    if len(names) > 4:
        return f"each of {len(names)} members can stop {what} alone, {parties(names[:1])} for one{outside}"
    return f"{parties(names)} can{' each' if len(names) > 1 else ''} stop {what} alone{outside}"


def _coalition_severity(case: Case, *, size: int, members: int) -> Severity:
    if size > 1:
        return Severity.WARNING if members <= 5 else Severity.INFORMATION
    is_caged = may_act_alone(case.arrangement) is not Ruling.YES
    return Severity.ERROR if is_caged else Severity.WARNING


def _smallest(case: Case, stops: Callable[[Case, World], bool], what: str) -> list[tuple[str, ...]]:
    a = case.arrangement
    members = sorted(
        {*a.parties.guarantor, *finding_blockers(a), *named(a.consents.response, a), *named(a.decision.required, a)}
        - adversaries(a)
    )
    for size in (1, 2):
        worlds = ((group, against(what, group)) for group in combinations(members, size))
        found = [group for group, world in worlds if stops(case, world)]
        if found:
            return found
    return []


def _stops_any_tier(case: Case, world: World) -> bool:
    return any(_stops_tier(case, world, tier) for tier in case.promised)


def _coalition_blocks(case: Case, hole: Hole) -> bool:
    stops = _stops_finding if hole.about[0] == "the finding" else _stops_any_tier
    if hole.about[0] == _BUT_FOR_THE_DEFAULT:
        case = _without_default(case)
    return hole.world is not None and stops(case, hole.world)


# V06


def find_adversary_among_guarantors(case: Case) -> Iterator[Hole]:
    """V06: the adversary counted among those who protect."""
    for role, word in (("guarantor", "guarantors"), ("monitor", "monitors")):
        a = case.arrangement
        both = adversaries(a) & (monitors(a, World()) if role == "monitor" else set(a.parties.guarantor))
        if both:
            at = [("monitoring", i, "by") for i, each in enumerate(a.monitoring) if both & named(each.by, a)]
            yield Hole(
                sentence(f"{hostile_parties(both)}, {agreeing(both, 'stands', 'stand')} among the {word}"),
                (*(at if role == "monitor" else []), ("parties", role), ("parties", "adversary")),
                severity=Severity.ERROR if role == "guarantor" else Severity.WARNING,
            )
    yield from _needed_adversaries(case)


def _needed_adversaries(case: Case) -> Iterator[Hole]:
    """Find the adversary among those without whom nothing is done, or at their head."""
    decision = case.arrangement.decision
    must = adversaries(case.arrangement) & named(decision.required, case.arrangement)
    if must:
        yield Hole(sentence(f"{hostile_parties(must)}, must join before anything is done"), (("decision", "required"),))
    for index, deployment in enumerate(case.arrangement.deployments):
        placed = adversaries(case.arrangement) & named(deployment.by, case.arrangement)
        if placed:
            yield Hole(
                sentence(f"forces of {hostile_parties(placed)}, are to stand where they are to be kept out"),
                (("deployments", index, "by"), ("deployments", index)),
            )
    for index, support in enumerate(case.arrangement.standing_support):
        giving = named(support.by, case.arrangement)
        hostile = adversaries(case.arrangement) & giving
        if hostile and giving - hostile:  # where it gives alone, the support is a dead clause
            yield Hole(
                sentence(f"support in peacetime is to come from {hostile_parties(hostile)}, among others"),
                (("standing_support", index, "by"), ("standing_support", index)),
                severity=Severity.WARNING,
            )
    if decision.framework_nation in adversaries(case.arrangement):
        yield Hole(
            sentence(f"{hostile_parties([str(decision.framework_nation)])}, leads the response to what it does itself"),
            (("decision", "framework_nation"),),
        )


CHECKS = (
    Check(
        id="V01",
        title="the adversary's veto",
        promise="The adversary cannot alone stop a finding, a response, or the forces and monitors that carry it.",
        severity=Severity.ERROR,
        how="the rules with every vote a yes but the adversary's",
        mend="take the adversary out of the decision, or let a default response follow when no decision comes",
        find=find_adversary_vetoes,
        subject=has_mechanism,
        claim=_adversary_blocks,
    ),
    Check(
        id="V02",
        title="small blocking coalition",
        promise="No single member, nor two of a few, can stop the finding or the response.",
        severity=Severity.ERROR,
        how="every coalition of one and of two against all others, by the rules",
        mend="decide by a quorum, or allow those who are willing to act alone",
        find=find_blocking_coalitions,
        subject=has_mechanism,
        claim=_coalition_blocks,
    ),
    Check(
        id="V06",
        title="the adversary as protector",
        promise="The adversary is neither guarantor nor monitor, and neither leads nor must join.",
        severity=Severity.ERROR,
        how="read off the text",
        mend="take the adversary out of that role; what it promises can stand under its own duties",
        find=find_adversary_among_guarantors,
        subject=lambda case: case.arrangement.parties.guarantor or case.arrangement.parties.monitor,
    ),
)
