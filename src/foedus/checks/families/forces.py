"""Forces: whether what is needed has been pledged, by whom, and only once."""

from collections.abc import Iterator
from itertools import combinations

from foedus.arrangement.process import Capability
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.words import agreeing, parties
from foedus.errors import Severity
from foedus.facts.balance import year_of
from foedus.facts.capacity import find_overreach, find_overspending
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.world import World
from foedus.text.source import Path
from foedus.values.names import sentence
from foedus.values.quantity import Forces, Money


def find_shortfalls(case: Case) -> Iterator[Hole]:
    """F01: tiers that need more forces than anybody has pledged."""
    for index, need in enumerate(case.arrangement.decision.capability):
        if not isinstance(need.forces, Forces):
            continue
        low, high = _offered(case, need.forces.unit)
        if low < need.forces.high:
            sure = high < need.forces.low
            yield Hole(
                sentence(
                    f"{need.tier} needs {need.forces.in_prose}, and {_range(low, high)} {need.forces.unit} "
                    f"{'are' if sure else 'may be all that is'} pledged or in place"
                ),
                (("decision", "capability", index), *_pledge_paths(case, need.forces.unit)),
                severity=Severity.ERROR if sure else Severity.WARNING,
            )


def find_departures(case: Case) -> Iterator[Hole]:
    """F02: one or two members whose departure leaves a tier without the forces that it needs."""
    for index, need in enumerate(case.arrangement.decision.capability):
        if not isinstance(need.forces, Forces) or not _suffices(case, need, frozenset()):
            continue
        for size in (1, 2):
            leaving = next(_leavers(case, need, size), None)
            if leaving:
                yield Hole(
                    sentence(f"without {parties(leaving)}, {need.tier} lacks the {need.forces.in_prose} that it needs"),
                    (("decision", "capability", index), *_pledge_paths(case, need.forces.unit)),
                    severity=Severity.ERROR if size == 1 else Severity.WARNING,
                    world=World(gone=frozenset(leaving)),
                    about=(str(index),),
                )
                break


def _leavers(case: Case, need: Capability, size: int) -> Iterator[tuple[str, ...]]:
    members = sorted(case.arrangement.responders, key=lambda party: (-_share(case, party, _unit(need)), party))
    for group in combinations(members, size):
        if not _suffices(case, need, frozenset(group)):
            yield group


def _suffices(case: Case, need: Capability, gone: frozenset[str]) -> bool:
    if not isinstance(need.forces, Forces):
        return True
    staying = [party for party in case.arrangement.responders if party not in gone]
    return sum(_share(case, party, need.forces.unit) for party in staying) + 1e-9 >= need.forces.low


def _unit(need: Capability) -> str:
    return need.forces.unit if isinstance(need.forces, Forces) else ""


def _share(case: Case, party: str, unit: str) -> float:
    """Return the middle of what a party pledged, shared evenly where a clause names several."""
    total = 0.0
    for _, by, forces in _pledges(case, unit):
        owing = debtors(by, case.arrangement)
        total += forces.middle / len(owing) if party in owing else 0.0
    return total


def _offered(case: Case, unit: str) -> tuple[int, int]:
    pledged = [forces for _, by, forces in _pledges(case, unit) if debtors(by, case.arrangement)]
    return sum(forces.low for forces in pledged), sum(forces.high for forces in pledged)


def _pledges(case: Case, unit: str) -> list[tuple[Path, tuple[str, ...], Forces]]:
    a = case.arrangement
    found: list[tuple[Path, tuple[str, ...], object]] = [
        *((("commitments", i), clause.by, clause.forces) for i, clause in enumerate(a.commitments)),
        *((("deployments", i), clause.by, clause.forces) for i, clause in enumerate(a.deployments)),
    ]
    return [(path, by, forces) for path, by, forces in found if isinstance(forces, Forces) and forces.unit == unit]


def _pledge_paths(case: Case, unit: str) -> tuple[Path, ...]:
    return tuple(path for path, _, _ in _pledges(case, unit))


def _range(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _falls_short(case: Case, hole: Hole) -> bool:
    need = case.arrangement.decision.capability[int(hole.about[0])]
    gone = hole.world.gone if hole.world else frozenset()
    return _suffices(case, need, frozenset()) and not _suffices(case, need, gone)


def _units_pledged(case: Case) -> list[str]:
    clauses = case.arrangement.commitments
    return sorted({forces.unit for clause in clauses if isinstance(forces := clause.forces, Forces)})


def find_double_pledges(case: Case) -> Iterator[Hole]:
    """F03: the same number pledged by the same party in two clauses, which may be one and the same force."""
    a = case.arrangement
    for unit in _units_pledged(case):
        for first, second in combinations(_pledges(case, unit), 2):
            both = set(debtors(first[1], a)) & set(debtors(second[1], a))
            if both and first[2] == second[2]:
                yield Hole(
                    sentence(
                        f"{parties(both)} {agreeing(both, 'pledges', 'pledge')} {first[2].in_prose} in two clauses, "
                        "which may be one force counted twice"
                    ),
                    (first[0], second[0]),
                    cannot_tell=True,
                )


def find_more_than_there_are(case: Case) -> Iterator[Hole]:
    """F04: a pledge or deployment that is larger than all forces of those who would send it."""
    at = year_of(case.arrangement)
    for found in find_overreach(case.arrangement, at=at) if at is not None else ():
        yield Hole(
            sentence(
                f"{parties(found.senders)} {'is' if len(found.senders) == 1 else 'are'} counted on for "
                f"{found.forces.in_prose} and had {found.under_arms:,.0f} under arms by the facts of {at}"
            ),
            (found.path,),
        )

    for paid in find_overspending(case.arrangement, at=at) if at is not None else ():
        yield Hole(
            sentence(
                f"{parties(paid.payers)} {'is' if len(paid.payers) == 1 else 'are'} counted on for {paid.money}, more "
                f"than twice what {'it spends' if len(paid.payers) == 1 else 'they spend'} on all forces in a year, "
                f"{paid.spending / 1e9:,.0f} bn USD by the facts of {at}"
            ),
            (paid.path,),
            mend="state a sum that the debtors can raise, or name those who pay the rest",
        )


def _counted_on(case: Case) -> object:
    a = case.arrangement
    stated = [*(each.money for each in a.commitments), *(each.money for each in a.standing_support)]
    return _pledges(case, "troops") or [money for money in stated if isinstance(money, Money)]


CHECKS = (
    Check(
        id="F01",
        title="forces that nobody has pledged",
        promise="What a tier needs has been pledged.",
        severity=Severity.ERROR,
        how="sum of pledges and deployments of the same unit, as ranges",
        mend="pledge the forces, or lower what the tier needs",
        find=find_shortfalls,
        subject=lambda case: case.arrangement.decision.capability,
    ),
    Check(
        id="F02",
        title="tier that a departure breaks",
        promise="A tier keeps the forces that it needs when one or two members leave.",
        severity=Severity.ERROR,
        how="every group of one and of two members taken away, pledges of several shared evenly",
        mend="spread the forces, or pledge a reserve",
        find=find_departures,
        subject=lambda case: case.arrangement.decision.capability,
        claim=_falls_short,
    ),
    Check(
        id="F03",
        title="force pledged twice",
        promise="No force is counted for two tasks at once.",
        severity=Severity.WARNING,
        how="equal pledges of the same party in two clauses; whether they are one force the text does not say",
        mend="say in the clauses whether it is the same force",
        find=find_double_pledges,
        subject=_units_pledged,
    ),
    Check(
        id="F04",
        title="more forces than there are",
        promise="Nobody is counted on for more forces than it has, or for money beyond its means.",
        severity=Severity.ERROR,
        how="the least number of a pledge or deployment against the military personnel of its senders in the year of "
        "the theatre or text, a yearly sum against twice its debtors' defence spending; who has no facts is not judged",
        mend="state a force that the sender has, or name those who send the rest",
        find=find_more_than_there_are,
        subject=_counted_on,
    ),
)
