"""What the clauses of a text do, apart from who happens to take part in it."""

from collections.abc import Mapping

from foedus.insight.comparison.own_clauses import OwnClauses
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.answers.counts import less_and_more
from foedus.report.words.numbers import distance
from foedus.values.names import listed

_POINT = 0.0005
"""Differences that would be written as 0.0 points."""
_CLEAR = 0.01
"""Clauses that add less war than this go without a sentence; the table has them all."""
_MOST = 4
"""Texts of which a sentence is said."""


def own_clauses_words(comparison: Comparison, labels: Mapping[str, str]) -> str:
    """Hold the leader against the same parties without a clause, and texts that do no better than the baseline."""
    own = comparison.own_clauses
    if not own:
        return ""
    worse = [name for name in comparison.order if name in own and own[name].differences["war"].spread.mean > _CLEAR]
    told = (comparison.leader, *_held_back(comparison), *worse)
    shown = list(dict.fromkeys(name for name in told if name in own))[:_MOST]
    return " ".join(
        [
            "Each text is also held against the same parties without any clause.",
            *(_words(name, own[name], comparison, labels) for name in shown),
        ]
    )


def _held_back(comparison: Comparison) -> list[str]:
    """Return the texts whose clauses do no less than the baseline's, and that have no less war all the same."""
    own, war = comparison.own_clauses, {name: comparison.spreads[name]["war"].mean for name in comparison.order}
    if comparison.baseline not in own:
        return []
    does = {name: each.differences["war"].spread.mean for name, each in own.items()}
    return [
        name
        for name in comparison.order
        if name in own
        and name != comparison.baseline
        and war[name] >= war[comparison.baseline] - _POINT
        and does[name] <= does[comparison.baseline] + _POINT
    ]


def _words(name: str, own: OwnClauses, comparison: Comparison, labels: Mapping[str, str]) -> str:
    war = own.differences["war"]
    mean = war.spread.mean
    if abs(mean) < _POINT:
        does = f"what {labels[name]} says changes next to nothing about war on average"
    else:
        does = (
            f"what {labels[name]} says {'takes off' if mean < 0 else 'adds'} {distance(mean)} points of war "
            f"({less_and_more(war)})"
        )
    does = does[:1].upper() + does[1:]
    if name in _held_back(comparison):
        return f"{does}; that it does no better than {labels[comparison.baseline]} comes of its parties."
    return f"{does}."


def same_game_sentences(
    comparison: Comparison, *, labels: Mapping[str, str], apart: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Say which texts are one row, and by what they differ that the game does not read; ``apart`` is by their ids."""
    return tuple(_same(group, labels=labels, apart=apart) for group in comparison.same_games)


def _same(group: tuple[str, ...], *, labels: Mapping[str, str], apart: Mapping[str, tuple[str, ...]]) -> str:
    places = list(dict.fromkeys(place for name in group for place in apart.get(name, ())))
    why = f": it does not read {listed(places)}" if places else ""
    return (
        f"{listed([labels[name] for name in group])} are one row: to the game these texts are the same numbers, "
        f"because what tells them apart changes nothing that it reads{why}."
    )
