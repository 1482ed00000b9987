"""Claims that were tried: one with all there is to say of it, or all in a table, each with what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from foedus.insight.claims.answer import ClaimAnswer, ClaimRuling
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.claims import ClaimsRequest, try_claims
from foedus.jobs.explorer.questions import AnsweredQuestion, answered
from foedus.report.page.made import MADE, sections_of
from foedus.report.page.page import Section
from foedus.report.words.numbers import count_of_100

_IN_FULL, _FOR_EVERY_CLAIM = "claims", ("rule", "reading", "assumptions", MADE)
"""Names of sections of the page of claims: each claim in full, and what holds for all of them."""


@dataclass(frozen=True)
class ClaimInBrief:
    """How one claim came out, in a line of a table."""

    ruling: str
    holds: str
    """Of a hundred futures, as it is read; likewise the others. Empty where nothing was tested."""
    level: str
    fails: str
    share: float
    """Of futures in which it holds, to be drawn."""


@dataclass(frozen=True)
class TriedClaims:
    """What came of trying claims."""

    question: AnsweredQuestion
    """How to read the answers, and the files of all of them."""
    brief: Mapping[str, ClaimInBrief]
    """[claim]"""
    in_full: Mapping[str, AnsweredQuestion]
    """[claim]"""


def answer_claims(request: ClaimsRequest, *, tell: Tell = silent) -> TriedClaims:
    """Try claims, those that are named or all; raises as `try_claims` does."""
    result = try_claims(request, tell=tell)
    told = {section.name: section for section in sections_of(result.page)}
    around = [told[name] for name in _FOR_EVERY_CLAIM if name in told]

    def shown(*sections: Section) -> AnsweredQuestion:
        return answered(result.page, result.contents, sections=[*sections, *around])

    return TriedClaims(
        shown(),
        brief={each.claim.id: _brief(each) for each in result.answers.answers},
        in_full={each.name: shown(replace(each, heading="What came of it")) for each in told[_IN_FULL].sections},
    )


def _brief(answer: ClaimAnswer) -> ClaimInBrief:
    if answer.ruling is ClaimRuling.UNTESTED or answer.holds is None or answer.level is None or answer.fails is None:
        return ClaimInBrief(answer.ruling.value, "", "", "", 0.0)
    holds, level, fails = (count_of_100(each.value) for each in (answer.holds, answer.level, answer.fails))
    return ClaimInBrief(answer.ruling.value, holds, level, fails, answer.holds.value)
