"""Good enough, and where it is not: sentences."""

from collections.abc import Mapping, Sequence

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.overturning import Challenge
from foedus.insight.comparison.record import Comparison
from foedus.insight.discovery.failing import Failure
from foedus.insight.ranking.satisficing import Requirement
from foedus.report.words.discovery_words import sentences
from foedus.report.words.numbers import counted, percent
from foedus.report.words.outcome_numbers import level
from foedus.values.names import listed


def enough_words(comparison: Comparison, *, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Say which arrangement meets the user's requirements most often; nothing where there are none."""
    if not comparison.requirements:
        return ()
    best = comparison.good_enough
    each = comparison.satisficing[best]
    demands = requirements_in_words(comparison.requirements)
    if each.jointly.value == 0:
        return (f"No arrangement meets all that was asked for ({demands}) in any future.",)
    text = (
        f"{labels[best]} is good enough most often: it meets all that was asked for ({demands}) in "
        f"{counted(each.jointly.value, of=each.jointly.of)}."
    )
    hardest = min(range(len(each.alone)), key=lambda r: each.alone[r].value)
    if len(comparison.requirements) > 1 and each.jointly.value < 1:
        share = each.alone[hardest]
        hard = requirements_in_words(comparison.requirements[hardest : hardest + 1])
        text += f" Hardest to meet is {hard}, met in {counted(share.value, of=share.of)}."
    return (text,)


def requirements_in_words(requirements: Sequence[Requirement]) -> str:
    """Write requirements, such as "renewed major war at most 20 % and cost to guarantors at most 0.05"."""
    return listed([_requirement(each) for each in requirements])


def failure_words(
    comparison: Comparison,
    *,
    labels: Mapping[str, str],
    words: Mapping[str, str],
    units: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Say where arrangements fail: one sentence for each rule, and what failing means before the first."""
    return tuple(
        text
        for failure in comparison.failures
        for text in one_failure_words(failure, labels=labels, words=words, units=units)
    )


def flip_words(
    challenge: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Say in which futures the rival is ahead; nothing where no rule was found or there is nothing to describe."""
    if not challenge.flips.boxes:
        return ()
    return sentences(
        challenge.flips,
        words,
        subject=f"What flips it: {labels[challenge.rival]}",
        verb="is ahead",
        events="such futures",
        units=units,
    )


def one_failure_words(
    failure: Failure, *, labels: Mapping[str, str], words: Mapping[str, str], units: Mapping[str, str] | None
) -> tuple[str, ...]:
    """Say where one arrangement fails: what failing means, and a sentence for each rule."""
    label, demands = labels[failure.arrangement], requirements_in_words(failure.requirements)
    if failure.is_own:
        threshold = percent(failure.requirements[0].threshold)
        meaning = f"The quarter of the futures with the most war under {label} is that with more than {threshold}."
    else:
        meaning = f"{label} fails where it misses any of what was asked for ({demands})."
    subject, verb, events = ("It", "fails", "its failures")
    if failure.is_own:
        subject, verb, events = (f"War under {label}", "exceeds that", "such futures")
    told = sentences(failure.discovery, words, subject=subject, verb=verb, events=events, units=units)
    return (f"{meaning} {told[0]}", *told[1:])


def _requirement(requirement: Requirement) -> str:
    outcome = OUTCOMES[requirement.outcome]
    bound = "at most" if requirement.operator == "<=" else "at least"
    return f"{outcome.in_sentence} {bound} {level(requirement.threshold, of=outcome)}"
