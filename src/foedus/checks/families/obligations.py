"""Obligations: duties without teeth, and duties that words alone perform."""

from collections.abc import Iterator

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And
from foedus.arrangement.vocabulary import LegalForm, Unspecified
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import THREATS, either, is_threat, negated
from foedus.checks.words import ACTS, clauses, describe
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.duties import falls_due
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence

_NOT_LAW = frozenset(
    {
        LegalForm.POLITICAL_AGREEMENT,
        LegalForm.POLITICAL_DECLARATION,
        LegalForm.UNILATERAL_STATEMENT,
        LegalForm.SECRET_LETTER,
    }
)


def find_toothless(case: Case) -> Iterator[Hole]:
    """O01: duties with neither a deadline nor a review in which a breach would be named."""
    a = case.arrangement
    found = [(i, clause) for i, clause in case.binding if not isinstance(clause.within, Duration)]
    if not found or isinstance(a.term.review_every, Duration):
        return
    paths = tuple(("commitments", i) for i, _ in found)
    ids = clauses(clause.id for _, clause in found)
    have = "have" if len(found) > 1 else "has"
    if isinstance(a.trigger.decide_within, Duration):
        yield Hole(
            sentence(f"{ids} must be decided on in time, and {have} no deadline to be performed by"),
            paths,
            severity=Severity.INFORMATION,
            mend="set within for each clause",
        )
        return
    unknown = all(_is_unknown(case, clause) for _, clause in found)
    yield Hole(
        sentence(f"{ids} {have} no deadline, and nobody reviews whether it was kept"), paths, cannot_tell=unknown
    )


def _is_unknown(case: Case, clause: Commitment) -> bool:
    spans = (clause.within, case.arrangement.trigger.decide_within, case.arrangement.term.review_every)
    return Unspecified.UNKNOWN in spans


def find_empty_compliance(case: Case) -> Iterator[Hole]:
    """O02: acts after which every debtor can do nothing but talk and still keep the text."""
    nothing = negated(either(owed.when for owed in case.duties if owed.delivers))
    worlds = [
        case.engine.worst(And((is_threat(threat), case.hostile, case.honest, case.cover, nothing)))
        for threat in THREATS
    ]
    found = [world for world in worlds if world is not None]
    if found:
        world = found[0]
        due = falls_due(case.arrangement, world, weights=case.weights)
        acts = listed([describe(world), *(f"after {ACTS[other.threat]}" for other in found[1:])], last="or")
        yield Hole(
            sentence(f"after {acts}, every debtor can keep to the text and deliver nothing beyond words"),
            tuple(dict.fromkeys(duty.clause for duty in due)),
            severity=Severity.ERROR if world.threat != "coerce" else Severity.WARNING,
            world=world,
        )


def _delivers_nothing(case: Case, hole: Hole) -> bool:
    due = falls_due(case.arrangement, hole.world, weights=case.weights) if hole.world else ()
    return bool(due) and not any(duty.delivers for duty in due)


def find_words_above_form(case: Case) -> Iterator[Hole]:
    """O03: the words of a treaty in a form that does not bind in law."""
    form = case.arrangement.legal_form
    if form in _NOT_LAW and case.binding:
        yield Hole(
            sentence(
                f"{clauses(clause.id for _, clause in case.binding)}: the word 'shall' stands in a "
                f"{form.replace('_', ' ')}, which by most accounts does not bind in law"
            ),
            (("legal_form",), *(("commitments", i, "bindingness") for i, _ in case.binding)),
        )


CHECKS = (
    Check(
        id="O01",
        kind=FindingKind.OPEN,
        title="duty without teeth",
        promise="Every duty has a deadline, or a review in which a breach is named.",
        severity=Severity.WARNING,
        how="read off the text",
        mend="set a deadline for the decision or for the act, or a regular review",
        find=find_toothless,
        subject=lambda case: case.binding,
    ),
    Check(
        id="O02",
        kind=FindingKind.OPEN,
        title="empty compliance",
        promise="The cheapest lawful performance of what is owed delivers more than words.",
        severity=Severity.ERROR,
        how="search of the worlds: duties fall due and none of them has content that the debtor cannot choose away",
        mend="name measures and a floor: content: floor, with measures, forces or money",
        find=find_empty_compliance,
        subject=lambda case: case.duties,
        claim=_delivers_nothing,
    ),
    Check(
        id="O03",
        kind=FindingKind.OPEN,
        title="words that bind more than the form",
        promise="Words of duty stand in a form that binds.",
        severity=Severity.INFORMATION,
        how="read off the text",
        mend="conclude it as a treaty, or do not count on the word",
        find=find_words_above_form,
        subject=lambda case: case.binding,
    ),
)
