"""What the futures say about a claim, in words."""

from collections.abc import Mapping

from foedus.insight.claims.answer import MEANINGS, ClaimAnswer, ClaimAnswers, ClaimRuling, JudgedInequality
from foedus.insight.claims.outcomes import declared
from foedus.insight.claims.record import ORIGINS, Claim, ClaimSide, Intervention
from foedus.insight.discovery.scenario import Discovery, DiscoveryVerdict
from foedus.insight.statistics.spread import Share, Spread
from foedus.report.words.discovery_words import sentences
from foedus.report.words.numbers import (
    amount,
    count_of_100,
    counted,
    distance,
    plural,
    points,
    points_range,
    signed_amount,
    signed_amount_range,
)
from foedus.report.words.outcome_numbers import level, level_range
from foedus.values.names import capital, listed

_MANY_LEFT_OUT = 0.1


def ruling_sentence(answer: ClaimAnswer) -> str:
    """Say in one sentence how a claim came out, with what the number of futures drawn leaves open."""
    if answer.ruling is ClaimRuling.UNTESTED or answer.holds is None or answer.fails is None or answer.level is None:
        return f"{capital(answer.ruling)}: {MEANINGS[answer.ruling]}."
    tie = "a tie in" if not answer.claim.is_strict else "the sides cannot be told apart in"
    interval = f"{_interval(answer.holds)} had other futures been drawn"
    counts = [f"it holds in {counted(answer.holds.value, of=answer.used)} ({interval})"]
    if answer.claim.is_strict or answer.level.value > 0:
        inside = "" if answer.claim.is_strict else "of these "
        counts.append(f"{inside}{tie} {counted(answer.level.value, of=answer.used, what='')}")
    counts.append(f"it fails in {counted(answer.fails.value, of=answer.used, what='')}")
    return f"{capital(answer.ruling)}: {'; '.join(counts)}."


def told_apart_sentence(answer: ClaimAnswer) -> str:
    """Say how it stands where the sides can be told apart; empty where that adds nothing."""
    if answer.told_apart is None or answer.level is None or answer.level.value == 0:
        return ""
    apart = round((1 - answer.level.value) * answer.used)
    return (
        f"In the {plural(apart, 'futures')} in which the sides can be told apart, the claimed side is ahead in "
        f"{counted(answer.told_apart.value, of=apart, what='')}."
    )


def basis_sentence(answer: ClaimAnswer) -> str:
    """Say which futures were used, and why not all."""
    spoken = plural(answer.drawn, "futures")
    if answer.claim.where:
        spoken = f"the {answer.spoken_of} of {spoken} in which {answer.claim.where_text}"
    left = answer.spoken_of - answer.used
    if not left:
        return f"Judged on {spoken}."
    lean = "; with so many left out the counts may lean" if left > _MANY_LEFT_OUT * answer.spoken_of else ""
    return f"Judged on {answer.used} of {spoken}; in {left} a side did not converge{lean}."


def effect_cell(answer: ClaimAnswer) -> str:
    """Write by how much the claimed side is ahead on average, one line for each inequality."""
    return "\n".join(_size(part, part.slack.mean) for part in answer.parts) or "–"


def part_words(part: JudgedInequality, *, used: int) -> str:
    """Say of one inequality how often it holds and by how much."""
    low, high, mean = part.slack.low, part.slack.high, part.slack.mean
    spread = points_range(low, high) if _is_share(part) else signed_amount_range(low, high)
    size = f"{distance(mean)} percentage points" if _is_share(part) else amount(abs(mean))
    return (
        f"{part.inequality.text}: on average the claimed side is {'ahead' if mean >= 0 else 'behind'} by {size} "
        f"({spread} in 90 of 100 futures). Holds in {counted(part.holds.value, of=used, what='')}, level in "
        f"{counted(part.level.value, of=used, what='')}, fails in {counted(part.fails.value, of=used, what='')}; "
        f"closer than {_margin(part)} counts as level."
    )


def figure_words(name: str, spread: Spread) -> str:
    """Write an outcome's average and its range over futures."""
    outcome = declared(name.partition(".")[2])
    return f"{level(spread.mean, of=outcome)} ({level_range(spread.low, spread.high, of=outcome)})"


def outcome_words(outcome: str) -> str:
    """Say what an outcome is."""
    return declared(outcome).what


def side_words(side: ClaimSide) -> str:
    """Say what one side of a comparison is."""
    parts = [side.base]
    if side.changes:
        parts.append("in which " + listed([str(change) for change in side.changes]))
    if side.world:
        parts.append("in futures in which " + listed(_moved(side.world)))
    return ", ".join(parts)


def failing_sentences(answer: ClaimAnswer, *, words: Mapping[str, str], units: Mapping[str, str]) -> tuple[str, ...]:
    """Say where a claim fails, and where it holds if it does so seldom."""
    said: list[str] = []
    if answer.ruling is ClaimRuling.UNTESTED:
        return ()
    if answer.failing is not None:
        said += _found(answer.failing, words=words, units=units, verb="fails", events="failures")
    if answer.holding is not None:
        said += _found(answer.holding, words=words, units=units, verb="holds", events="successes")
    return tuple(said)


def source_words(claim: Claim) -> str:
    """Say where the argument was found."""
    return f"{capital(ORIGINS[claim.origin])}, in our words."


def summary_sentence(answers: ClaimAnswers) -> str:
    """Count the rulings."""
    rulings = [answer.ruling for answer in answers.answers]
    counts = [f"{ruling.value}, {rulings.count(ruling)}" for ruling in MEANINGS if ruling in rulings]
    return f"{plural(len(rulings), 'claims')}: {'; '.join(counts)}."


def rule_sentences() -> tuple[str, ...]:
    """Write out the rule by which a ruling is given."""
    return tuple(f"{capital(ruling)}: {meaning}." for ruling, meaning in MEANINGS.items())


def _found(
    discovery: Discovery, *, words: Mapping[str, str], units: Mapping[str, str], verb: str, events: str
) -> tuple[str, ...]:
    if discovery.verdict in (DiscoveryVerdict.NEVER, DiscoveryVerdict.ALWAYS):
        return (f"It {verb} in {'no' if discovery.verdict is DiscoveryVerdict.NEVER else 'every'} future.",)
    return sentences(discovery, words, subject="It", verb=verb, events=events, units=units)


def _moved(world: tuple[Intervention, ...]) -> list[str]:
    """Write interventions; several tiers moved alike are one."""
    stems: dict[tuple[str, str], list[str]] = {}
    for each in world:
        stem, _, tier = each.parameter.partition(".")
        stems.setdefault((stem, each.how), []).append(tier)
    return [f"{stem}{'.' + '/'.join(tiers) if tiers != [''] else ''} {how}" for (stem, how), tiers in stems.items()]


def _interval(share: Share) -> str:
    return f"{count_of_100(share.low)} to {count_of_100(share.high)} of 100"


def _size(part: JudgedInequality, value: float, /) -> str:
    return f"{points(value)} points" if _is_share(part) else signed_amount(value)


def _margin(part: JudgedInequality) -> str:
    return f"{100 * part.margin:g} percentage points" if _is_share(part) else f"{part.margin:g}"


def _is_share(part: JudgedInequality) -> bool:
    return all(declared(name.partition(".")[2]).is_share for name in part.inequality.names)
