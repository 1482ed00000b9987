"""Search for the designs that no other beats on every aim: NSGA-II over choices, and every design where that is few."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeAlias

import numpy as np

from foedus.values.arrays import BoolArray, FloatArray

Choices: TypeAlias = tuple[int, ...]
"""A design: for each lever the number of its option; 0 everywhere is the text as it is."""
Judge: TypeAlias = Callable[[Sequence[Choices]], Sequence[FloatArray | None]]
"""Returns the aims (aim) of each design, less being better, or None for one that cannot be used."""

REFERENCES = (
    "Deb, Pratap, Agarwal and Meyarivan (2002), A fast and elitist multiobjective genetic algorithm: NSGA-II, IEEE "
    "Transactions on Evolutionary Computation 6: 182–197.",
    "Blank and Deb (2020), pymoo: multi-objective optimization in Python, IEEE Access 8: 89497–89509.",
    "Zitzler and Thiele (1999), Multiobjective evolutionary algorithms, IEEE Transactions on Evolutionary Computation "
    "3: 257–271. The hypervolume.",
)
"""The works that the search rests on."""

_UNUSABLE = 1e6
"""Aim of a design that cannot be used, beyond any that can."""
_MOST_TRIES = 1000
_BATCH = 16


@dataclass(frozen=True, eq=False)
class Archive:
    """Every design that was judged, in the order in which it was."""

    designs: tuple[Choices, ...]
    aims: FloatArray
    """(design, aim), less being better; infinite where the design cannot be used."""
    sizes: tuple[int, ...]
    """Designs judged by the end of each round of the search."""
    is_stopped: bool = False
    """Whether somebody stopped the search before it was through."""

    @property
    def _usable(self) -> BoolArray:
        usable: BoolArray = np.array(np.isfinite(self.aims).all(axis=1))
        return usable

    @property
    def front(self) -> tuple[int, ...]:
        """Places of the designs that no other beats, in the order in which they were judged."""
        usable = self._usable
        places = np.flatnonzero(usable)
        return tuple(int(place) for place in places[non_dominated(self.aims[places])])

    @property
    def volumes(self) -> tuple[float, ...]:
        """Hypervolume of the front after each round, between the worst of all that was judged and the best, scaled."""
        usable = self._usable
        if not usable.any():
            return tuple(0.0 for _ in self.sizes)
        worst, best = self.aims[usable].max(axis=0), self.aims[usable].min(axis=0)
        return tuple(hypervolume(self.aims[:size][usable[:size]], worst=worst, best=best) for size in self.sizes)


def enumerate_all(options: Sequence[int], judge: Judge) -> Archive:
    """Judge every design; an interrupt from the keyboard ends it with what has been judged."""
    designs = product(*(range(count) for count in options))
    return _gather(_batches(designs, judge))


def search(
    options: Sequence[int],
    judge: Judge,
    *,
    budget: int,
    population: int,
    seed: int,
    is_spent: Callable[[], bool] | None = None,
) -> Archive:
    """Judge ``budget`` different designs, chosen by NSGA-II; ``options`` tells how many each lever has.

    The text as it is comes first. ``is_spent`` may end the search sooner; it is asked before each round.

    Each lever is a choice without an order: children take each lever from one of two parents, and a lever in
    ``len(options)`` is drawn afresh. A child that was judged before gives way to a design drawn at random, so that
    the search goes on until the budget is spent or nothing is left. An interrupt from the keyboard ends it with what
    has been judged. Raises ``ValueError`` for a budget or a population below 2, or a lever without options.
    """
    if budget < 2 or population < 2 or not options or min(options) < 1:
        raise ValueError("search: needs levers with options, and a budget and a population of at least 2")
    rounds = _generations(tuple(options), judge, budget=budget, population=population, seed=seed)
    return _gather(_until(is_spent or _never, rounds))


def non_dominated(aims: FloatArray) -> BoolArray:
    """Return the mask (design) of those that no other beats: at least as good on every aim and better on one."""
    at_least = (aims[:, None] <= aims[None]).all(axis=2)
    better = (aims[:, None] < aims[None]).any(axis=2)
    mask: BoolArray = np.array(~(at_least & better).any(axis=0))
    return mask


def hypervolume(aims: FloatArray, *, worst: FloatArray, best: FloatArray) -> float:
    """Return the share of the box from ``best`` to ``worst`` (aim) that some design (design, aim) is better than.

    Aims on which best and worst are the same do not count; the box reaches a tenth beyond the worst, so that the ends
    of a front count too.
    """
    if len(aims) == 0:
        return 0.0
    counts = worst > best
    if not counts.any():
        return 1.0
    scaled = (aims[:, counts] - best[counts]) / (worst[counts] - best[counts])
    corner = np.full(scaled.shape[1], 1.1)
    from foedus.insight.design.genetic import volume_below

    return volume_below(corner, scaled[non_dominated(scaled)]) / float(np.prod(corner))


_Round: TypeAlias = tuple[list[Choices], list[FloatArray | None]]


def _gather(rounds: Iterator[_Round]) -> Archive:
    designs: list[Choices] = []
    aims: list[FloatArray | None] = []
    sizes: list[int] = []
    is_stopped = False
    try:
        for judged, found in rounds:
            designs += judged
            aims += found
            sizes.append(len(designs))
    except KeyboardInterrupt:
        is_stopped = True
    width = next((len(each) for each in aims if each is not None), 1)
    table = np.array([np.full(width, np.inf) if each is None else each for each in aims]).reshape(len(aims), width)
    return Archive(tuple(designs), table, tuple(sizes), is_stopped)


def _never() -> bool:
    return False


def _until(is_spent: Callable[[], bool], rounds: Iterator[_Round]) -> Iterator[_Round]:
    while not is_spent() and (judged := next(rounds, None)) is not None:
        yield judged


def _batches(designs: Iterator[Choices], judge: Judge) -> Iterator[_Round]:
    while batch := list(islice(designs, _BATCH)):
        yield batch, list(judge(batch))


def _generations(options: Choices, judge: Judge, *, budget: int, population: int, seed: int) -> Iterator[_Round]:
    generator = np.random.default_rng(seed)
    from foedus.insight.design.genetic import algorithm_for  # pymoo is an extra, asked for by whoever asks for designs

    first = tuple(dict.fromkeys(_drawn_first(options, population=population, generator=generator)))
    algorithm, names = algorithm_for(options, first=first, population=population, seed=seed)
    known: dict[Choices, FloatArray | None] = {}
    left = math.prod(options)
    while len(known) < min(budget, left):
        children = algorithm.ask()
        designs = [tuple(int(child.X[name]) for name in names) for child in children]
        fresh = _fresh(designs, known, options, generator, most=min(budget, left) - len(known))
        for place, design in fresh.items():
            designs[place] = design
        new = list(dict.fromkeys(design for design in designs if design not in known))
        new = new[: budget - len(known)]
        found = list(judge(new))
        known.update(zip(new, found, strict=True))
        for child, design in zip(children, designs, strict=True):
            child.X = dict(zip(names, design, strict=True))
            child.F = _objectives(known.get(design), known)
        algorithm.tell(infills=children)
        yield new, found


def _drawn_first(options: Choices, *, population: int, generator: np.random.Generator) -> Iterator[Choices]:
    """Begin with the text as it is, then half near it, with two levers moved, and half anywhere."""
    yield tuple(0 for _ in options)
    for number in range(population - 1):
        if number % 2:
            yield _anywhere(options, generator)
        else:
            design = [0] * len(options)
            for lever in generator.choice(len(options), size=min(2, len(options)), replace=False):
                design[int(lever)] = int(generator.integers(options[int(lever)]))
            yield tuple(design)


def _anywhere(options: Choices, generator: np.random.Generator) -> Choices:
    return tuple(int(generator.integers(count)) for count in options)


def _fresh(
    designs: Sequence[Choices],
    known: dict[Choices, FloatArray | None],
    options: Choices,
    generator: np.random.Generator,
    *,
    most: int,
) -> dict[int, Choices]:
    """Return for places whose design is not new a new one, at most so many."""
    taken = set(known)
    replaced: dict[int, Choices] = {}
    for place, design in enumerate(designs):
        if design not in taken:
            taken.add(design)
        elif len(taken) - len(known) < most and (new := _unseen(taken, options, generator)) is not None:
            taken.add(new)
            replaced[place] = new
    return replaced


def _unseen(taken: set[Choices], options: Choices, generator: np.random.Generator) -> Choices | None:
    for _ in range(_MOST_TRIES):
        design = _anywhere(options, generator)
        if design not in taken:
            return design
    return next((design for design in product(*(range(count) for count in options)) if design not in taken), None)


def _objectives(found: FloatArray | None, known: dict[Choices, FloatArray | None]) -> FloatArray:
    if found is not None:
        return found
    width = next((len(each) for each in known.values() if each is not None), 4)
    return np.full(width, _UNUSABLE)
