"""Take a text apart and solve what is left, so that each clause is told what it carries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.errors import NotConverged, UnknownName
from foedus.futures.ensemble import Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.game.outcomes import OUTCOMES, column_of, unknown_outcome
from foedus.insight.anatomy.clauses import ClauseGroup, groups_of, text_with
from foedus.insight.anatomy.record import Anatomy, GroupContribution, Pair, ShapleyMethod
from foedus.insight.anatomy.shapley import (
    Order,
    Worth,
    alone,
    coalitions_of,
    divide,
    divide_by_orders,
    draw_orders,
    interaction,
    left_out,
    neighbours_of_the_whole,
)
from foedus.insight.comparison.compare import MARGIN_IN_TOLERANCES
from foedus.insight.statistics.spread import mean_of, share_of
from foedus.insight.texts import TextOutcome, converged_in_all, digests_of, first_of_each, solve_texts
from foedus.values.arrays import BoolArray, FloatArray

MOST_GAMES = 256
"""Up to so many distinct games every coalition of clauses is solved; beyond, orders are drawn."""
_MOST_GROUPS = 10
"""Beyond so many groups it takes longer to read every coalition than to solve the orders."""
_PAIRS_SHOWN = 5
_AT_ONCE = 64

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class _CoalitionPlan:
    """Which coalitions are looked at, and which of them are one and the same game."""

    groups: tuple[ClauseGroup, ...]
    orders: tuple[Order, ...]
    digest: Mapping[int, str]
    """[coalition]"""
    games: Mapping[str, Arrangement]
    """[digest]"""

    @property
    def whole(self) -> int:
        return (1 << len(self.groups)) - 1


def anatomy_of(
    arrangement: Arrangement,
    parameters: Parameters,
    *,
    settings: Settings,
    outcome: str = "war",
    pairs_of_orders: int = 12,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Anatomy:
    """Divide an outcome among the groups of clauses of a text, from the same parties with no clause at all.

    Every coalition of groups is a text; its worth is the outcome under it. Where all coalitions together are at most
    `MOST_GAMES` distinct games the division is exact, otherwise ``pairs_of_orders`` pairs of orders are drawn.
    Raises ``UnknownName`` for an outcome that is none, ``ValueError`` for a text without clauses, ``NotConverged``
    where no future is left in which every game converged.
    """
    _refuse_unknown_outcome(outcome)
    tell = progress or _silent
    groups = groups_of(arrangement)
    if not groups:
        raise ValueError(f"{arrangement.id} has no clause that could be taken out")
    sample = draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design)
    plan = _plan(arrangement, groups, sample, pairs=pairs_of_orders, seed=settings.seed, progress=tell)
    solved = solve_texts(
        plan.games, sample, settings=settings, workers=workers, progress=lambda done, total: tell("games", done, total)
    )
    return _judge(arrangement, plan, solved, outcome=outcome, settings=settings)


def _refuse_unknown_outcome(outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise UnknownName(unknown_outcome(outcome))


def _silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


def _plan(
    arrangement: Arrangement,
    groups: tuple[ClauseGroup, ...],
    sample: Sample,
    *,
    pairs: int,
    seed: int,
    progress: Progress,
) -> _CoalitionPlan:
    """Look at every coalition where that is feasible, else at those that drawn orders pass."""
    count = len(groups)
    if count <= _MOST_GROUPS:
        plan = _read(arrangement, groups, range(1 << count), sample, orders=(), progress=progress)
        if len(plan.games) <= MOST_GAMES:
            return plan
    orders = draw_orders(count, pairs=pairs, generator=np.random.default_rng(seed))
    masks = sorted(coalitions_of(orders) | neighbours_of_the_whole(count))
    return _read(arrangement, groups, masks, sample, orders=orders, progress=progress)


def _read(
    arrangement: Arrangement,
    groups: tuple[ClauseGroup, ...],
    masks: Sequence[int],
    sample: Sample,
    *,
    orders: tuple[Order, ...],
    progress: Progress,
) -> _CoalitionPlan:
    names = [group.id for group in groups]
    texts = [text_with(arrangement, [name for i, name in enumerate(names) if mask >> i & 1]) for mask in masks]
    digests: list[str] = []
    for start in range(0, len(texts), _AT_ONCE):
        digests += digests_of(texts[start : start + _AT_ONCE], sample)
        progress("texts", len(digests), len(texts))
    return _CoalitionPlan(groups, orders, dict(zip(masks, digests, strict=True)), first_of_each(texts, digests))


def _judge(
    arrangement: Arrangement,
    plan: _CoalitionPlan,
    solved: Mapping[str, TextOutcome],
    *,
    outcome: str,
    settings: Settings,
) -> Anatomy:
    used = converged_in_all(list(solved.values()))
    if not used.any():
        raise NotConverged(
            f"in none of the {settings.futures} futures did all {len(plan.games)} texts converge; "
            "draw more futures, or allow a larger tolerance"
        )
    column = column_of(outcome)
    worth = {mask: solved[digest].outcomes[used, column] for mask, digest in plan.digest.items()}
    margin = MARGIN_IN_TOLERANCES * settings.tolerance
    unread = _unread(plan)
    return Anatomy(
        arrangement=arrangement.id,
        outcome=outcome,
        whole=mean_of(worth[plan.whole]),
        nothing=mean_of(worth[0]),
        difference=mean_of(worth[plan.whole] - worth[0]),
        parts=_parts(plan, worth, unread=unread, margin=margin),
        unread=tuple(plan.groups[part].id for part in sorted(unread)),
        pairs=_pairs(plan, worth, unread=unread, margin=margin),
        division=ShapleyMethod.SAMPLED if plan.orders else ShapleyMethod.EXACT,
        orders=len(plan.orders),
        texts=len(plan.digest),
        games=len(plan.games),
        used=int(used.sum()),
        futures=len(used),
        margin=margin,
        settings=settings,
    )


def _unread(plan: _CoalitionPlan) -> frozenset[int]:
    """Return the parts that leave every number of the game as it is, in every coalition that was looked at in pairs."""
    changing = {
        part
        for mask, digest in plan.digest.items()
        for part in range(len(plan.groups))
        if not mask >> part & 1 and plan.digest.get(mask | 1 << part, digest) != digest
    }
    return frozenset(range(len(plan.groups))) - changing


def _parts(
    plan: _CoalitionPlan, worth: Worth, *, unread: frozenset[int], margin: float
) -> tuple[GroupContribution, ...]:
    count = len(plan.groups)
    division = divide_by_orders(worth, orders=plan.orders) if plan.orders else divide(worth, parts=count)
    without, only = left_out(worth, parts=count), alone(worth, parts=count)
    parts = [
        GroupContribution(
            group=group.id,
            words=group.words,
            carries=mean_of(division.shares[i]),
            error=float(division.error[i]),
            lowers=share_of(_where(division.shares[i] < -margin)),
            raises=share_of(_where(division.shares[i] > margin)),
            left_out=mean_of(without[i]),
            alone=mean_of(only[i]),
        )
        for i, group in enumerate(plan.groups)
        if i not in unread
    ]
    return tuple(sorted(parts, key=lambda part: -abs(part.carries.value)))


def _where(holds: BoolArray) -> FloatArray:
    return np.where(holds, 1.0, 0.0)


def _pairs(plan: _CoalitionPlan, worth: Worth, *, unread: frozenset[int], margin: float) -> tuple[Pair, ...]:
    """Return the strongest interactions that are more than the margin and than what few futures leave open."""
    count = len(plan.groups)
    without = left_out(worth, parts=count).mean(axis=1)
    found = []
    for first, second in combinations([part for part in range(count) if part not in unread], 2):
        mean = mean_of(interaction(worth, parts=count, pair=(first, second)))
        if abs(mean.value) > margin and mean.is_clear:
            is_substitute = mean.value * (without[first] + without[second] - mean.value) < 0
            found.append(Pair(plan.groups[first].id, plan.groups[second].id, mean, bool(is_substitute)))
    return tuple(sorted(found, key=lambda pair: -abs(pair.interaction.value))[:_PAIRS_SHOWN])
