"""Leaving: cover that rests on one debtor, and exits that open in a crisis."""

from collections.abc import Iterator
from dataclasses import replace

from foedus.arrangement.conditions import And, Not
from foedus.arrangement.vocabulary import LegalForm, Unspecified
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import THREATS, either, is_threat
from foedus.checks.timescales import hours_in_words
from foedus.checks.words import describe, parties
from foedus.errors import Severity
from foedus.mechanism.rules.duties import falls_due
from foedus.values.duration import Duration
from foedus.values.names import sentence

_ONE_CAN_CHANGE = frozenset({LegalForm.DOMESTIC_LAW, LegalForm.UNILATERAL_STATEMENT, LegalForm.EXECUTIVE_AGREEMENT})


def find_single_points(case: Case) -> Iterator[Hole]:
    """L01: acts on which one debtor alone owes anything."""
    debtors_known = sorted({debtor for owed in case.duties for debtor in owed.debtors})
    for threat in THREATS:
        for debtor in debtors_known:
            own = either(owed.when for owed in case.duties if debtor in owed.debtors)
            others = either(owed.when for owed in case.duties if set(owed.debtors) - {debtor})
            world = case.engine.worst(And((is_threat(threat), case.plain, own, Not(others))))
            if world is not None:
                due = falls_due(case.arrangement, world, weights=case.weights)
                yield Hole(
                    sentence(f"after {describe(world)}, {parties([debtor])} alone is under a duty to act"),
                    tuple(dict.fromkeys(duty.clause for duty in due)),
                    world=world,
                    about=(debtor,),
                )
                return


def _rests_on_one(case: Case, hole: Hole) -> bool:
    if hole.world is None:
        return False
    (debtor,) = hole.about
    without = replace(hole.world, gone=frozenset({debtor}))
    owing = {duty.debtor for duty in falls_due(case.arrangement, hole.world, weights=case.weights)}
    left = {duty.debtor for duty in falls_due(case.arrangement, without, weights=case.weights)}
    return owing == {debtor} and not left


def find_exits(case: Case) -> Iterator[Hole]:
    """L02: ways out that are shorter than a crisis, and ends that are known beforehand."""
    yield from _short_notice(case)
    yield from _sunset(case)


def _short_notice(case: Case) -> Iterator[Hole]:
    a, scales = case.arrangement, case.timescales
    if not a.commitments:
        return
    notice = a.term.exit_notice
    if isinstance(notice, Duration):
        hold, buildup = scales["overrun.invade"], scales["buildup"]
        if notice.hours < buildup.high:
            grave = notice.hours < hold.high
            yield Hole(
                sentence(
                    f"a guarantor may leave {_at(notice)}, shorter than "
                    + (
                        f"a war in which the protected state holds ({hold})"
                        if grave
                        else f"the build-up to an attack can be (up to {hours_in_words(buildup.high)})"
                    )
                ),
                (("term", "exit_notice"),),
                severity=Severity.ERROR if grave else Severity.WARNING,
            )
    elif a.legal_form in _ONE_CAN_CHANGE:
        yield Hole(
            sentence(
                f"it is a {a.legal_form.replace('_', ' ')}, which the party that made it can change alone at any time"
            ),
            (("legal_form",),),
            severity=Severity.WARNING,
        )
    elif notice is Unspecified.UNKNOWN:
        yield Hole(
            "It could not be confirmed on what notice a guarantor may leave.",
            (("term", "exit_notice"), ("term",)),
            severity=Severity.INFORMATION,
            cannot_tell=True,
        )


def _at(notice: Duration) -> str:
    return f"at {notice} notice" if notice.hours else "at once, without notice"


def _sunset(case: Case) -> Iterator[Hole]:
    term = case.arrangement.term
    if term.length is Unspecified.UNKNOWN and case.arrangement.commitments:
        yield Hole("It could not be confirmed how long it lasts.", (("term", "length"), ("term",)), cannot_tell=True)
    if not isinstance(term.length, Duration):
        return
    if not term.extendable:
        yield Hole(
            sentence(f"it ends after {term.length}, on a day that everybody knows, and cannot be prolonged"),
            (("term", "length"),),
            severity=Severity.WARNING,
        )
    if isinstance(term.review_every, Duration) and term.review_every.hours > term.length.hours:
        yield Hole(
            sentence(f"it ends after {term.length}, before its first review after {term.review_every}"),
            (("term", "review_every"), ("term", "length")),
            severity=Severity.WARNING,
        )


CHECKS = (
    Check(
        id="L01",
        title="single point of failure",
        promise="No act leaves one debtor alone under a duty to act.",
        severity=Severity.WARNING,
        how="search of the plain worlds: one debtor owes something and nobody else does",
        mend="bind a second debtor to the same act",
        find=find_single_points,
        subject=lambda case: case.duties,
        claim=_rests_on_one,
    ),
    Check(
        id="L02",
        title="exit in a crisis",
        promise="Nobody can leave, and nothing lapses, in the time that a crisis takes.",
        severity=Severity.ERROR,
        how="notice and term against how long a build-up and a defence take",
        mend="lengthen the notice, and suspend the right to leave while a breach is before the mechanism",
        find=find_exits,
        subject=lambda case: case.arrangement.commitments,
    ),
)
