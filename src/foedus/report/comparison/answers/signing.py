"""Who would sign: rather than fight on, rather than leave things as they stand, and what moves it."""

from collections.abc import Mapping

from foedus.insight.assumptions.overturning import ParameterEffect
from foedus.insight.comparison.record import Comparison
from foedus.insight.ranking.acceptance import Acceptance
from foedus.report.comparison.answers.counts import bare, said
from foedus.report.words.numbers import count, counted

_PARTY = {"gain_A": "the adversary", "gain_P": "the protected state", "gain_G": "the guarantors"}


def signing_words(comparison: Comparison, labels: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Say who would sign the leader, beside both alternatives, what moves it, and what would be signed most often."""
    parts = [_who(comparison, labels), _moved(comparison, words), _best(comparison, labels)]
    return " ".join(part for part in parts if part)


def _who(comparison: Comparison, labels: Mapping[str, str]) -> str:
    each, own = comparison.acceptance[comparison.leader], comparison.own_clauses.get(comparison.leader)
    label = labels[comparison.leader]
    if own is None:
        return (
            f"Rather than fight on, the adversary would sign {label} in {said(each.adversary)}, the protected state in "
            f"{said(each.protected_state)}, the guarantors in {said(each.guarantors)}; all three at once in "
            f"{said(each.everyone)}{_untold(each)}."
        )
    stay = own.than_status_quo
    return (
        f"Rather than fight on, the adversary would sign {label} in {said(each.adversary)}, and in "
        f"{bare(stay.adversary)} rather than leave things as they stand (the same parties, no clause); the protected "
        f"state in {bare(each.protected_state)} and {bare(stay.protected_state)}, the guarantors in "
        f"{bare(each.guarantors)} and {bare(stay.guarantors)}. All three at once would sign in "
        f"{bare(each.everyone)} rather than fight on{_untold(each)}, in {bare(stay.everyone)} rather than leave things "
        f"as they stand, and in {bare(own.everywhere)} rather than either."
    )


def _untold(each: Acceptance) -> str:
    level = each.everyone_level
    return f" (in {count(level.value, of=level.of)} more it cannot be told)" if level.value > 0 else ""


def _moved(comparison: Comparison, words: Mapping[str, str]) -> str:
    reluctant = comparison.reluctance
    if reluctant is None:
        return ""
    party = _PARTY[reluctant.gain]
    levers = reluctant.movement.beyond_chance
    if not levers:
        return f"The hardest to win over is {party}; no single assumption moves that by more than chance might."
    return f"The hardest to win over is {party}, and what moves it most is {_lever(levers[0], words)}."


def _lever(lever: ParameterEffect, words: Mapping[str, str]) -> str:
    low, high = lever.thirds[0], lever.thirds[-1]
    meaning = words.get(lever.parameter, lever.parameter)
    return (
        f"“{meaning}”: it would sign in {counted(low.ahead, of=low.futures)} where that is low, and in "
        f"{counted(high.ahead, of=high.futures, what='')} where it is high"
    )


def _best(comparison: Comparison, labels: Mapping[str, str]) -> str:
    best = max(comparison.order, key=lambda name: comparison.acceptance[name].everyone.value)
    if best == comparison.leader:
        return "No other would be signed by all three rather than fight on more often."
    return (
        f"Rather than fight on, all three would sign most often {labels[best]}: in "
        f"{said(comparison.acceptance[best].everyone)}."
    )
