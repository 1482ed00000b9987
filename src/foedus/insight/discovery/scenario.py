"""Scenario discovery: in which futures something holds, as a rule of a few conditions, or the answer that none does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from foedus.insight.discovery.box_search import LEVEL, BoxSearch, best_cuts, chance_of, held_out, inside_cuts, needed
from foedus.insight.discovery.tree import Cut
from foedus.insight.statistics.axes import Axes, axes_of
from foedus.insight.statistics.spread import Share, share_at, share_of
from foedus.values.arrays import BoolArray, FloatArray

_FEWEST_EVENTS = 5
_MANY = 400
_HOPE = 0.2


class DiscoveryVerdict(StrEnum):
    """What came of the search."""

    FOUND = "found"
    ALWAYS = "always"
    """It holds in every future: there is nothing to tell apart."""
    NEVER = "never"
    TOO_FEW = "too few"
    """Too few futures, or too few in which it holds or does not, to look for a rule."""
    CHANCE = "chance"
    """The best rule is one that chance alone finds."""


@dataclass(frozen=True)
class Condition:
    """One parameter on one side of a threshold."""

    parameter: str
    operator: str
    """``<`` or ``>``; no future lies on the threshold itself."""
    threshold: float
    together: tuple[str, ...] = ()
    """Other parameters that are drawn in step with it and cannot be told from it."""


@dataclass(frozen=True)
class Box:
    """A rule: all of its conditions at once."""

    conditions: tuple[Condition, ...]
    """The one that was needed most first."""
    futures: int
    """Futures that meet the conditions and lie in no earlier box."""
    hits: int
    """Those of them in which it holds."""
    density: Share
    """Share of the futures in the box in which it holds."""
    coverage: Share
    """Share of all futures in which it holds that lie in the box."""
    base: Share
    """Share of all futures in which it holds."""
    events: int
    """All futures in which it holds, in the box and outside."""
    all_futures: int
    held_out_density: Share | None
    """Density in futures that the search did not see (cross-validation); None where no fold finds a box."""
    held_out_coverage: Share
    """Coverage among futures that the search did not see."""
    chance: float
    """How often the same search finds as strong a box after the futures are shuffled."""


@dataclass(frozen=True)
class Discovery:
    """In which futures something holds."""

    verdict: DiscoveryVerdict
    boxes: tuple[Box, ...]
    """Rules that do not overlap in the futures they explain: each further one is found outside those before."""
    futures: int
    """Futures searched."""
    base: Share
    """Share of all futures in which it holds."""
    covered: Share
    """Share of the futures in which it holds that lie in any box."""

    def inside(self, values: FloatArray, names: Sequence[str]) -> BoolArray:
        """Return which of values (future, parameter) lie in any of the boxes."""
        found = np.zeros(len(values), dtype=np.bool_)
        for box in self.boxes:
            found |= inside_box(box, values, names)
        return found


def discover(
    values: FloatArray,
    names: tuple[str, ...],
    holds: BoolArray,
    *,
    seed: int,
    most_conditions: int = 3,
    fewest: int = 10,
    most_boxes: int = 2,
) -> Discovery:
    """Describe by values (future, parameter) the futures in which something holds (future).

    A classification tree (CART, Breiman et al. 1984) is grown on the parameters' ranks; each node is a box, each box is
    tried without each of its conditions, and the best is the one with the largest standardised excess of hits h among
    its n of N futures, at base rate p: ``z = (h - n p) / sqrt(n p (1 - p) (N - n) / (N - 1))``. Three judges may refuse
    it. The same search on shuffled futures reaches its z in more than 1 % of 199 shuffles (a report holds several
    searches). A condition that the best single cut through shuffled futures would match is dropped, at the same level.
    Cross-validation (5 folds, 4 times) finds no excess in futures that the search did not see. Further boxes are sought
    outside the first. Raises ``ValueError`` when the arrays do not fit together.
    """
    if values.shape != (len(holds), len(names)):
        raise ValueError(f"discovery: values of shape {values.shape}, {len(holds)} futures, {len(names)} names")
    base = share_of(holds.astype(np.float64)) if len(holds) else Share(0, 0, 1, of=0)
    nothing = Discovery(DiscoveryVerdict.CHANCE, boxes=(), futures=len(holds), base=base, covered=Share(0, 0, 1, of=0))
    refused = _refusal(holds, fewest=fewest)
    if refused is not None:
        return replace(nothing, verdict=refused)
    axes, generator = axes_of(values, names), np.random.default_rng(seed)
    left: BoolArray = np.ones(len(holds), dtype=np.bool_)
    boxes: list[Box] = []
    while len(boxes) < most_boxes and _refusal(holds[left], fewest=fewest) is None:
        search = BoxSearch(axes=axes.of(left), holds=holds[left], most_conditions=most_conditions, fewest=fewest)
        box = _next_box(search, holds, generator=generator)
        if box is None:
            break
        boxes.append(box)
        left &= ~inside_box(box, values, names)
    if not boxes:
        return nothing
    covered = share_at(float((~left)[holds].mean()), of=int(holds.sum()))
    return replace(nothing, verdict=DiscoveryVerdict.FOUND, boxes=tuple(boxes), covered=covered)


def inside_box(box: Box, values: FloatArray, names: Sequence[str]) -> BoolArray:
    """Return which of values (future, parameter) meet every condition of a box."""
    inside: BoolArray = np.ones(len(values), dtype=np.bool_)
    for condition in box.conditions:
        column = values[:, names.index(condition.parameter)]
        inside &= column < condition.threshold if condition.operator == "<" else column > condition.threshold
    return inside


def _refusal(holds: BoolArray, *, fewest: int) -> DiscoveryVerdict | None:
    hits = int(holds.sum())
    if len(holds) and hits == len(holds):
        return DiscoveryVerdict.ALWAYS
    if len(holds) and hits == 0:
        return DiscoveryVerdict.NEVER
    if len(holds) < 2 * fewest or min(hits, len(holds) - hits) < _FEWEST_EVENTS:
        return DiscoveryVerdict.TOO_FEW
    return None


def _next_box(search: BoxSearch, holds: BoolArray, *, generator: np.random.Generator) -> Box | None:
    """Return the best box of a search among some of all futures (future), or None where a judge refuses it."""
    cuts, score = best_cuts(search, generator=generator)
    if not cuts:
        return None
    chance = _chance(search, score=score, generator=generator)
    if chance > LEVEL:
        return None
    kept = needed(search, cuts, generator=generator)
    density, caught = held_out(search, most_conditions=len(kept), generator=generator)
    if not kept or density is None or density.value <= search.holds.mean():
        return None
    inside = inside_cuts(kept, search.axes)
    hits, events = int(search.holds[inside].sum()), int(holds.sum())
    return Box(
        conditions=tuple(_condition(cut, search.axes) for cut in kept),
        futures=int(inside.sum()),
        hits=hits,
        density=share_of(search.holds[inside].astype(np.float64)),
        coverage=share_at(hits / events, of=events),
        base=share_of(holds.astype(np.float64)),
        events=events,
        all_futures=len(holds),
        held_out_density=density,
        held_out_coverage=share_at(caught / events, of=events),
        chance=chance,
    )


def _chance(search: BoxSearch, *, score: float, generator: np.random.Generator) -> float:
    """Judge a search in many futures by the same search in some of them; where that leaves hope, in all."""
    if len(search.holds) > _MANY:
        few = search.within(generator.permutation(len(search.holds))[:_MANY])
        chance = chance_of(few, score=best_cuts(few, generator=generator)[1], generator=generator)
        if not LEVEL < chance < _HOPE:
            return chance
    return chance_of(search, score=score, generator=generator)


def _condition(cut: Cut, axes: Axes) -> Condition:
    """Put the threshold halfway between the values on either side of it."""
    level = axes.levels[cut.axis]
    return Condition(
        parameter=axes.names[cut.axis],
        operator=">" if cut.above else "<",
        threshold=float((level[cut.rank] + level[cut.rank + 1]) / 2),
        together=axes.together[cut.axis],
    )
