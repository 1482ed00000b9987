"""The adversary's friends: judges, watchers and holders of a veto who are bound to the adversary."""

from collections.abc import Iterable, Iterator, Mapping

from foedus.arrangement.names.affiliations import bond, find_body, stated_places, ties_to_adversary, year_of
from foedus.arrangement.record import Tie
from foedus.arrangement.vocabulary import DecisionRule, DeterminationRule, IfUndecided
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.words import agreeing, hostile_parties, in_prose, parties, titled
from foedus.errors import Severity
from foedus.mechanism.rules.roles import adversaries, body_members, finding_blockers, named
from foedus.text.source import Path
from foedus.values.duration import Duration
from foedus.values.names import sentence

# V07


def find_friendly_judges(case: Case) -> Iterator[Hole]:
    """V07: somebody who finds, watches, decides or can stop, and is bound to the adversary."""
    ties = ties_to_adversary(case.arrangement)
    for who, does, path, severity in _offices(case):
        bound = sorted(who & ties.keys())
        if bound:
            stated = [("ties", i) for i in stated_places(case.arrangement, [ties[each] for each in bound])]
            yield Hole(
                sentence(f"{parties(bound)} {does}, and {_told(bound, ties)}"), (path, *stated), severity=severity
            )


def _told(bound: Iterable[str], ties: Mapping[str, Tie]) -> str:
    return "; ".join(bond(ties[each]) for each in bound)


def _offices(case: Case) -> Iterator[tuple[frozenset[str], str, Path, Severity]]:
    """Yield who holds an office by which the adversary could be served, what that is, and where it stands."""
    a = case.arrangement
    ties = ties_to_adversary(a)
    for index, mission in enumerate(a.monitoring):
        by = named(mission.by, a)
        alone = bool(by) and by <= ties.keys() | adversaries(a)
        watches = "alone watches" if alone and len(a.monitoring) == 1 else "watches"
        yield (
            by,
            f"{watches} as {titled(mission.name)}",
            ("monitoring", index, "by"),
            (Severity.ERROR if alone else Severity.WARNING),
        )
        yield (
            named(mission.can_be_ended_by, a),
            f"can end {titled(mission.name)}",
            ("monitoring", index, "can_be_ended_by"),
            Severity.WARNING,
        )
    lead = {a.decision.framework_nation} - {None}
    if a.trigger.determined_by is DeterminationRule.LEAD_GUARANTOR_ALONE or a.decision.rule is DecisionRule.LEAD_ALONE:
        yield frozenset(map(str, lead)), "alone finds or decides", ("decision", "framework_nation"), Severity.ERROR
    elif a.trigger.if_undecided is IfUndecided.LEAD_DECIDES:
        yield (
            frozenset(map(str, lead)),
            "decides where nothing is decided in time",
            ("decision", "framework_nation"),
            Severity.ERROR,
        )
    else:
        yield frozenset(map(str, lead)), "proposes the response", ("decision", "framework_nation"), Severity.WARNING
    stops = finding_blockers(a)
    path: Path = ("trigger", "members") if a.trigger.members else ("trigger", "body")
    path = ("trigger", "blocked_by") if a.trigger.blocked_by else path
    yield stops, "can stop the finding", path, Severity.ERROR
    yield named(a.decision.required, a), "must join before anything is done", ("decision", "required"), Severity.ERROR
    yield named(a.consents.response, a), "must consent to the response", ("consents", "response"), Severity.ERROR
    yield named(a.consents.deployment, a), "must consent to forces", ("consents", "deployment"), Severity.WARNING
    by_all = a.trigger.determined_by is DeterminationRule.UNANIMITY_OF_GUARANTORS
    if by_all or a.decision.rule is DecisionRule.UNANIMITY:
        yield (
            frozenset(a.parties.guarantor),
            "must agree before anything is done",
            ("trigger", "determined_by") if by_all else ("decision", "rule"),
            Severity.ERROR,
        )
    for index, deployment in enumerate(a.deployments):
        yield (
            named(deployment.can_be_ended_by, a),
            f"can end the deployment of {in_prose(deployment.forces)}",
            ("deployments", index, "can_be_ended_by"),
            Severity.WARNING,
        )


# V08


def find_adversary_in_the_body(case: Case) -> Iterator[Hole]:
    """V08: the adversary sits in the body that finds what the adversary has done."""
    yield from _adversary_behind_the_monitors(case)
    a = case.arrangement
    sitting = body_members(a) & adversaries(a)
    if not sitting or a.trigger.determined_by not in _COUNCILS:
        return
    stops = bool(finding_blockers(a) & sitting)
    known = find_body(a.trigger.body)
    body = f"the {known.name}" if known else a.trigger.body or "the council that finds"
    yield Hole(
        sentence(
            f"{hostile_parties(sitting)}, {agreeing(sitting, 'sits', 'sit')} in {body}, which finds what "
            f"{agreeing(sitting, 'it has', 'they have')} done"
            + (f", and can stop the finding{agreeing(sitting, ' alone', '')}" if stops else "")
        ),
        (("trigger", "members") if a.trigger.members else ("trigger", "body"), ("trigger", "determined_by")),
        severity=Severity.ERROR if stops else Severity.WARNING,
    )


def _adversary_behind_the_monitors(case: Case) -> Iterator[Hole]:
    """Find monitors that an organisation sends in whose council the adversary can stop their mandate."""
    a = case.arrangement
    for index, mission in enumerate(a.monitoring):
        for watcher in sorted(named(mission.by, a)):
            body = find_body(watcher)
            stopping = adversaries(a) & body.stoppers_in(year_of(a)) if body else frozenset()
            if body and stopping:
                yield Hole(
                    sentence(
                        f"{titled(mission.name)} is sent by the {body.name}, in which {hostile_parties(stopping)}, can "
                        "stop its mandate and its reports"
                    ),
                    (("monitoring", index, "by"), ("monitoring", index)),
                    severity=Severity.WARNING,
                    mend="let somebody watch beside it in whose councils the adversary has no vote",
                )


_COUNCILS = frozenset({DeterminationRule.COUNCIL_CONSENSUS, DeterminationRule.COUNCIL_WITH_VETO})


# V09


def find_renewal_vetoes(case: Case) -> Iterator[Hole]:
    """V09: monitors that go home unless the adversary, or a body in which it can stop it, renews their mandate."""
    a = case.arrangement
    for index, mission in enumerate(a.monitoring):
        is_renewed = bool(mission.renewed_by or mission.renewal_body)
        if not is_renewed and not isinstance(mission.renewed_every, Duration):
            continue
        every = mission.renewed_every
        often = every.as_interval if isinstance(every, Duration) else "from time to time"
        body = find_body(mission.renewal_body)
        stoppers = named(mission.renewed_by, a) | (body.stoppers_in(year_of(a)) if body else frozenset())
        ends = named(mission.can_be_ended_by, a)
        hostile = adversaries(a) & (stoppers or ends)  # who can end it renews it, where the text does not say who does
        friends = (ties_to_adversary(a).keys() & stoppers) - hostile
        if not hostile and not friends:
            continue
        where = f" in the {body.name}" if body else f" in {mission.renewal_body}" if mission.renewal_body else ""
        who = f"{hostile_parties(hostile)}," if hostile else f"{parties(friends)}, bound to the adversary,"
        yield Hole(
            sentence(f"the mandate of {titled(mission.name)} must be renewed {often}, and {who} can refuse it{where}"),
            (*_refusal(case, index, hostile | friends), ("monitoring", index, "renewed_every")),
            severity=Severity.ERROR if hostile else Severity.WARNING,
        )


def _refusal(case: Case, index: int, who: frozenset[str]) -> list[Path]:
    """Return the clauses by which somebody can refuse to renew a mandate."""
    mission = case.arrangement.monitoring[index]
    path = ("monitoring", index)
    by_name = [(*path, "renewed_by")] if who & named(mission.renewed_by, case.arrangement) else []
    return [*by_name, *([(*path, "renewal_body")] if mission.renewal_body else [])]


CHECKS = (
    Check(
        id="V07",
        title="judge bound to the adversary",
        promise="Whoever finds, watches, decides or can stop is not bound to the adversary.",
        severity=Severity.ERROR,
        how="ties that the text states, and alliances on record in its year, against every office of the mechanism",
        mend="give the office to somebody who is not bound to the adversary, or let a second one act without it",
        find=find_friendly_judges,
        subject=lambda case: ties_to_adversary(case.arrangement).keys() & case.arrangement.parties.everyone,
    ),
    Check(
        id="V08",
        title="adversary in the body that finds",
        promise="The adversary does not sit in the body that finds what it has done, or that sends the monitors.",
        severity=Severity.ERROR,
        how="members that the text states, or those of well-known bodies in the year of the text",
        mend="let a body find in which the adversary does not sit, or let each guarantor find for itself",
        find=find_adversary_in_the_body,
        subject=lambda case: case.arrangement.trigger.determined_by in _COUNCILS or case.arrangement.monitoring,
    ),
    Check(
        id="V09",
        title="mandate that the adversary renews",
        promise="Monitors stay without the adversary's leave.",
        severity=Severity.ERROR,
        how="who can refuse to renew a mandate that must be renewed, by name or in a well-known body",
        mend="let the mandate run for the whole term, or be renewed by those who are protected",
        find=find_renewal_vetoes,
        subject=lambda case: any(
            isinstance(each.renewed_every, Duration) or each.renewed_by or each.renewal_body
            for each in case.arrangement.monitoring
        ),
    ),
)
