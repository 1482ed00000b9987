"""What the reports carry under a text: how far the act is attributed, and which determination meets its standard.

It is what the figures say; people sign, dissent or find otherwise, and what they find is written down beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.arrangement.conditions import LEVELS
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, StandardOfProof
from foedus.mechanism.procedure.evidence.judgments import Judgments, Standard
from foedus.mechanism.procedure.evidence.posterior import Likelihood, Posterior, weigh
from foedus.mechanism.procedure.evidence.report import Report, origins
from foedus.mechanism.rules.findings import OPENS, PROVEN_AT, standard_of

ASSUMED = StandardOfProof.PREPONDERANCE
"""What a finding is held to where the text sets no standard for it; said wherever it is used."""
_UNSET = (StandardOfProof.NONE, StandardOfProof.UNKNOWN)
_GRAVEST_FIRST = (Finds.INVASION, Finds.INCURSION, Finds.HYBRID)


@dataclass(frozen=True)
class Test:
    """One determination put to its standard of proof."""

    finding: Finds
    standard: StandardOfProof
    is_assumed: bool
    """Whether the text sets no standard, so that ours stands in."""
    figures: Standard
    band: Likelihood
    """The probability that the act was this or graver, by the adversary; of a provocation, that it was one."""
    is_met: bool


@dataclass(frozen=True, eq=False)
class Carried:
    """What the reports carry, from one prior."""

    prior: str
    posterior: Posterior
    tests: tuple[Test, ...]
    finding: Finds | None
    """The gravest determination that meets its standard; None where none does: no breach is proven."""
    attribution: str
    """How far it is known that the adversary did it, as conditions of the language name it."""
    by_adversary: Likelihood
    origins: int


def carried(reports: Iterable[Report], *, arrangement: Arrangement, judgments: Judgments, prior: str) -> Carried:
    """Return what the reports carry under a text, from a named prior."""
    told = tuple(reports)
    posterior, count = weigh(told, judgments=judgments, prior=prior), len(origins(told))
    tests = tuple(_test(finding, posterior, arrangement, count) for finding in (*_GRAVEST_FIRST, Finds.PROVOKED))
    likeliest_first = sorted(tests, key=lambda test: test.finding is not Finds.PROVOKED)
    adversary = posterior.of(each.id for each in judgments.hypotheses if each.by_adversary)
    return Carried(
        prior=prior,
        posterior=posterior,
        tests=tests,
        finding=next((test.finding for test in likeliest_first if test.is_met), None),
        attribution=_attribution(adversary, arrangement, judgments, count),
        by_adversary=adversary,
        origins=count,
    )


def standard_in_use(arrangement: Arrangement, finding: Finds) -> tuple[StandardOfProof, bool]:
    """Return the standard that a determination is held to, and whether it is ours for want of one in the text."""
    stated = standard_of(arrangement, OPENS[finding])
    return (ASSUMED, True) if stated in _UNSET else (stated, False)


def _test(finding: Finds, posterior: Posterior, arrangement: Arrangement, count: int) -> Test:
    word, is_assumed = standard_in_use(arrangement, finding)
    figures = posterior.judgments.standards[word]
    band = posterior.of(each.id for each in posterior.judgments.hypotheses if each.finding in _as_grave(finding))
    met = figures.is_met(mean=band.mean, lower=band.low, origins=count)
    return Test(finding, word, is_assumed=is_assumed, figures=figures, band=band, is_met=met)


def _as_grave(finding: Finds) -> tuple[Finds, ...]:
    """Whoever proves a major offensive has proven at least an incursion."""
    if finding is Finds.PROVOKED:
        return (finding,)
    return _GRAVEST_FIRST[: _GRAVEST_FIRST.index(finding) + 1]


def _attribution(adversary: Likelihood, arrangement: Arrangement, judgments: Judgments, count: int) -> str:
    """Return the highest level of attribution whose standard is met; the text's strictest word for a level counts."""
    reached = [
        level
        for level in LEVELS["attribution"][1:]
        if _figures(level, arrangement, judgments).is_met(mean=adversary.mean, lower=adversary.low, origins=count)
    ]
    return reached[-1] if reached else LEVELS["attribution"][0]


def _figures(level: str, arrangement: Arrangement, judgments: Judgments) -> Standard:
    words = [word for word, proven in PROVEN_AT.items() if proven == level]
    stated = [word for word in words if word in {standard_of(arrangement, tier) for tier in OPENS.values()}]
    return judgments.standards[stated[-1] if stated else words[0]]
