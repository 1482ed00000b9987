"""Promises written otherwise: another tier or another language on one determination, the others left as they are."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Content, Finds, Measure, TierWord, Unspecified

_TALK = frozenset(
    {Measure.CONSULTATION, Measure.DIPLOMACY, Measure.COUNCIL_ACTION, Measure.NON_AGGRESSION, Measure.NO_NUCLEAR_USE}
)
"""Measures that are no response; clauses that name nothing else stay as they are."""
_MEASURES = {
    TierWord.SUPPORT: (Measure.ARMS, Measure.INTELLIGENCE, Measure.FINANCE, Measure.SANCTIONS),
    TierWord.DEPLOY: (Measure.ARMS, Measure.INTELLIGENCE, Measure.FINANCE, Measure.AIR_DEFENCE, Measure.GROUND_FORCES),
    TierWord.DEFEND: (Measure.ARMS, Measure.INTELLIGENCE, Measure.FINANCE, Measure.USE_OF_FORCE),
}
_NEW = "answer"
"""How clauses that a design writes are called, with the determinations that they answer."""


def answer_by(arrangement: Arrangement, *, finding: Finds, tier: TierWord | None) -> Arrangement:
    """Return the text in which all guarantors answer a determination by a tier, or by nothing where it is None.

    The new promise keeps language, content, conditions and deadline of the strongest one that it takes the place of.
    """
    replaced = [clause for clause in arrangement.commitments if finding in clause.answers and _responds(clause)]
    left = tuple(rest for clause in arrangement.commitments for rest in _without(clause, finding, among=replaced))
    if tier is None:
        return replace(arrangement, commitments=left)
    pattern = max(replaced, key=_strength, default=_PATTERN)
    promise = replace(
        pattern,
        id=_free(f"{_NEW}_{finding}", left),
        by=("all_guarantors",),
        answers=(finding,),
        tier=tier,
        measures=_MEASURES[tier],
        money=Unspecified.NONE,
        forces=Unspecified.NONE,
        text=None,
        article=None,
    )
    return replace(arrangement, commitments=(*left, promise))


def bind(arrangement: Arrangement, *, finding: Finds, word: Bindingness) -> Arrangement:
    """Return the text in which every promise to respond to a determination is made in this language."""
    clauses: list[Commitment] = []
    for clause in arrangement.commitments:
        if finding not in clause.answers or not _responds(clause) or clause.bindingness is word:
            clauses.append(clause)
            continue
        clauses += _without(clause, finding, among=[clause])
        bound = replace(clause, answers=(finding,), bindingness=word, text=None, article=None)
        taken = (*clauses, *(other for other in arrangement.commitments if other is not clause))
        clauses.append(
            bound if bound.answers == clause.answers else replace(bound, id=_free(f"{clause.id}_{finding}", taken))
        )
    return replace(arrangement, commitments=tuple(clauses))


def tidy(arrangement: Arrangement) -> Arrangement:
    """Return the text with promises that a design wrote, and that differ in what they answer alone, made one."""
    kept: list[Commitment] = []
    for clause in arrangement.commitments:
        twin = next((i for i, other in enumerate(kept) if _is_new(clause) and _is_same_promise(other, clause)), None)
        if twin is None:
            kept.append(clause)
        else:
            answers = tuple(word for word in Finds if word in (*kept[twin].answers, *clause.answers))
            kept[twin] = replace(kept[twin], id="_".join((_NEW, *answers)), answers=answers)
    return arrangement if len(kept) == len(arrangement.commitments) else replace(arrangement, commitments=tuple(kept))


_PATTERN = Commitment(
    id=_NEW,
    by=("all_guarantors",),
    answers=(Finds.INVASION,),
    tier=TierWord.SUPPORT,
    bindingness=Bindingness.SHALL_DISCRETIONARY,
    content=Content.FLOOR,
)
"""What a promise looks like where there is none to take the place of."""


def _responds(clause: Commitment) -> bool:
    """Tell whether a clause promises more than to talk or to abstain."""
    talks = clause.measures and set(clause.measures) <= _TALK
    return not talks and clause.bindingness is not Bindingness.WILL_CONSULT


def _strength(clause: Commitment) -> tuple[int, int]:
    return list(TierWord).index(clause.tier), list(Bindingness).index(clause.bindingness)


def _without(clause: Commitment, finding: Finds, *, among: list[Commitment]) -> Iterator[Commitment]:
    """Yield a clause without a determination, and nothing where it answers no other."""
    if clause not in among:
        yield clause
    elif rest := tuple(word for word in clause.answers if word is not finding):
        yield replace(clause, answers=rest)


def _free(wanted: str, clauses: Iterable[Commitment]) -> str:
    taken = {clause.id for clause in clauses}
    return next(name for name in (wanted[:60], *(f"{wanted[:60]}_{n}" for n in range(2, 99))) if name not in taken)


def _is_new(clause: Commitment) -> bool:
    return clause.id.startswith(f"{_NEW}_")


def _is_same_promise(one: Commitment, other: Commitment) -> bool:
    return _is_new(one) and replace(one, id=other.id, answers=other.answers) == other
