"""A rule that describes futures, in a sentence."""

from collections.abc import Mapping

from foedus.insight.discovery.scenario import Box, Condition, Discovery, DiscoveryVerdict
from foedus.report.words.numbers import counted, plain
from foedus.values.names import listed

_SHOWN_UNITS = frozenset({"days", "troops", "bn USD", "% of GDP"})
_NO_RULE = {
    DiscoveryVerdict.CHANCE: "no rule on the assumptions tells these futures from the others better than chance would",
    DiscoveryVerdict.TOO_FEW: "too few futures of one kind to look for a rule",
}


def in_words(
    box: Box,
    words: Mapping[str, str],
    *,
    verb: str = "fails",
    events: str = "its failures",
    units: Mapping[str, str] | None = None,
) -> str:
    """Say where something happens: "fails in 62 of 100 futures where the reach is below 9 days (against 21 overall)".

    ``words`` say what a parameter means, ``units`` what it is counted in, ``events`` what is counted.
    """
    conditions = listed([condition_in_words(each, words, units=units) for each in box.conditions])
    inside = counted(box.density.value, of=box.futures)
    overall = counted(box.base.value, of=box.all_futures, what="")
    covered = counted(box.coverage.value, of=box.events, what="")
    return f"{verb} in {inside} where {conditions} (against {overall} overall); that covers {covered} of {events}"


def sentences(
    discovery: Discovery,
    words: Mapping[str, str],
    *,
    subject: str,
    verb: str = "fails",
    events: str = "its failures",
    units: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Say where a subject does something, one sentence for each rule; or that no rule says it, and why."""
    often = f"{subject} {verb} in {counted(discovery.base.value, of=discovery.futures)}"
    if not discovery.boxes:
        reason = _NO_RULE.get(discovery.verdict)
        return (f"{often}{f': {reason}' if reason else ''}.",)
    starts = [subject, *["Where that is not so, it also"] * (len(discovery.boxes) - 1)]
    return tuple(
        f"{start} {in_words(box, words, verb=verb, events=events, units=units)}. {_held_out(box)}".rstrip()
        for start, box in zip(starts, discovery.boxes, strict=True)
    )


def condition_in_words(condition: Condition, words: Mapping[str, str], *, units: Mapping[str, str] | None) -> str:
    """Write a condition, such as "“days the state can hold” (days.hold) is below 9 days"."""
    unit = (units or {}).get(condition.parameter, "")
    meaning = words.get(condition.parameter)
    named = f"“{meaning}” ({condition.parameter})" if meaning else condition.parameter
    side = "below" if condition.operator == "<" else "above"
    return f"{named} is {side} {plain(condition.threshold)}{f' {unit}' if unit in _SHOWN_UNITS else ''}"


def _held_out(box: Box) -> str:
    if box.held_out_density is None:
        return ""
    unseen = counted(box.held_out_density.value, of=box.futures, what="")
    return f"Found in some of the futures and tried on the others, such a rule is right in {unseen}."
