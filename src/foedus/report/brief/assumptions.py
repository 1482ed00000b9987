"""The three assumptions that matter most for the answer of a brief."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.futures.parameters.record import Parameter
from foedus.insight.assumptions.overturning import Challenge, ParameterEffect
from foedus.insight.comparison.record import Comparison
from foedus.report.page.page import Entry
from foedus.report.words.numbers import counted, plain
from foedus.values.names import capital

_SHOWN = 3
_BARE = frozenset({"", "share", "probability", "number"})
"""Units that a number stands for by itself."""
_UNITS = {"stake": "of the whole stake"}


def assumptions_that_matter(
    comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str], parameters: Sequence[Parameter]
) -> tuple[Entry, ...]:
    """Name the assumptions that move the closest contest for the least war, each with its range, source and effect."""
    contest = _closest(comparison)
    if contest is None:
        return ()
    by_name = {each.name: each for each in parameters}
    return tuple(_entries(contest, labels=labels, words=words, by_name=by_name))


def contest_words(comparison: Comparison, *, labels: Mapping[str, str]) -> str:
    """Say between whom the assumptions below decide."""
    contest = _closest(comparison)
    if contest is None:
        return "No assumption that was drawn puts another arrangement ahead."
    return f"What moves most whether {labels[contest.leader]} or {labels[contest.rival]} has less war:"


def _closest(comparison: Comparison) -> Challenge | None:
    contests = [each for each in comparison.challenges if each.measure == "war" and each.levers]
    return min(contests, key=lambda each: each.credit, default=None)


def _entries(
    contest: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], by_name: Mapping[str, Parameter]
) -> Iterator[Entry]:
    for lever in contest.levers[:_SHOWN]:
        meaning = words.get(lever.parameter, lever.parameter)
        stated = by_name.get(lever.parameter)
        basis = f" {_basis(stated)}" if stated else ""
        chance = "" if lever in contest.beyond_chance else " That may be chance."
        yield Entry(f"{_effect(lever, leader=labels[contest.leader])}.{chance}{basis}", label=capital(meaning))


def _effect(lever: ParameterEffect, *, leader: str) -> str:
    low, high = lever.thirds[0], lever.thirds[-1]
    return (
        f"{leader} has less war in {counted(low.ahead, of=low.futures)} where it is low, in "
        f"{counted(high.ahead, of=high.futures, what='')} where it is high"
    )


def _basis(parameter: Parameter) -> str:
    unit = "" if parameter.unit in _BARE else f" {_UNITS.get(parameter.unit, parameter.unit)}"
    drawn = f"{plain(parameter.low)} to {plain(parameter.high)}{unit}"
    return f"{capital(parameter.status.value)}, {drawn}: {parameter.source.removesuffix('.')}."
