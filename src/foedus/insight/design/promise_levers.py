"""Levers of what is promised: tiers, treaty language, content, exceptions."""

from dataclasses import replace

from foedus.arrangement.conditions import Fact
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Content, Finds, TierWord
from foedus.insight.design.lever import Change, Lever, lever_of
from foedus.insight.design.promises import answer_by, bind


def promise_levers() -> tuple[Lever, ...]:
    """Offer tiers, treaty language, content and exceptions of what is promised."""
    tiers: dict[Finds, tuple[TierWord | None, ...]] = {
        Finds.HYBRID: (None, TierWord.SUPPORT),
        Finds.INCURSION: (None, *TierWord),
        Finds.INVASION: (None, *TierWord),
    }
    answers = tuple(
        lever_of(
            f"tier_{finding}",
            "commitments",
            f"the tier promised on {finding}",
            {str(tier or "nothing"): _answer(finding, tier) for tier in choices},
        )
        for finding, choices in tiers.items()
    )
    words = (Bindingness.MAY, Bindingness.INTENDS, Bindingness.SHALL_DISCRETIONARY, Bindingness.SHALL_SPECIFIED)
    languages = tuple(
        lever_of(
            f"words_{finding}",
            "commitments",
            f"the treaty language of the promise on {finding}",
            {str(word): _bind(finding, word) for word in words},
        )
        for finding in (Finds.INCURSION, Finds.INVASION)
    )
    content = lever_of(
        "content",
        "commitments",
        "who settles what is owed",
        {str(word): _settle(word) for word in (Content.FIXED, Content.DEBTOR_CHOOSES)},
    )
    exceptions = lever_of(
        "exceptions",
        "commitments term",
        "conditions and exceptions of the promises",
        {"none": _without_exceptions, "not where provoked": _not_where_provoked},
    )
    return (*answers, *languages, content, exceptions)


def _answer(finding: Finds, tier: TierWord | None) -> Change:
    return lambda a: answer_by(a, finding=finding, tier=tier)


def _bind(finding: Finds, word: Bindingness) -> Change:
    return lambda a: bind(a, finding=finding, word=word)


def _settle(word: Content) -> Change:
    return lambda a: replace(a, commitments=tuple(replace(clause, content=word) for clause in a.commitments))


def _without_exceptions(a: Arrangement) -> Arrangement:
    clauses = tuple(replace(clause, when=None, unless=None) for clause in a.commitments)
    return replace(a, commitments=clauses, term=replace(a.term, void_if=None))


def _not_where_provoked(a: Arrangement) -> Arrangement:
    clauses = tuple(replace(clause, when=None, unless=Fact("provoked")) for clause in a.commitments)
    return replace(a, commitments=clauses, term=replace(a.term, void_if=None))
