"""Search for designs: judge texts in common futures, then try the front again in futures of another draw."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.errors import NotConverged
from foedus.futures.ensemble import Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.game.outcomes import column_of
from foedus.insight.comparison.compare import MARGIN_IN_TOLERANCES
from foedus.insight.design.files import as_design, is_text
from foedus.insight.design.holes import holes_of
from foedus.insight.design.lever import Lever
from foedus.insight.design.levers import text_of
from foedus.insight.design.record import Aim, Front, LeverRecord, Signers, TriedDesign
from foedus.insight.design.search import Archive, Choices, enumerate_all, non_dominated, search
from foedus.insight.statistics.spread import MeanOverFutures, mean_of, share_of
from foedus.insight.texts import TextOutcome, digests_of, first_of_each, solve_texts
from foedus.values.arrays import BoolArray, FloatArray

_GAINS: dict[Signers, tuple[str, ...]] = {
    Signers.EVERYONE: ("gain_A", "gain_P", "gain_G"),
    Signers.ADVERSARY: ("gain_A",),
    Signers.GUARANTORS: ("gain_G",),
}
_ENOUGH = 0.75
"""A design of which fewer of the futures converged than this share, of those in which the start did, is not used."""
_DESIGNS_PER_GAME = 20
"""The search ends where so many designs were judged for each game of the budget, most of them games already solved."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(eq=False)
class DesignEvaluator:
    """Judges designs, and remembers every game that it has solved; it grows while a search runs."""

    start: Arrangement
    levers: tuple[Lever, ...]
    sample: Sample
    settings: Settings
    signers: Signers
    workers: int | None
    budget: int
    progress: Progress
    solved: dict[str, TextOutcome] = field(default_factory=dict)
    digest: dict[Choices, str] = field(default_factory=dict)
    """[design] digest of what it compiles to; a design that cannot be written has none."""
    left_aside: set[Choices] = field(default_factory=set)
    """Designs that were thought of after the budget of games was spent; none of them was judged."""

    def judge(self, designs: Sequence[Choices]) -> list[FloatArray | None]:
        """Return the aims (aim) of each design; None for one that cannot be written or converged too seldom.

        The aims of a design are those of the start, over the futures in which it converged, plus the average
        difference over the futures in which both did, so that designs are compared on the same futures.
        """
        texts = {design: text_of(self.start, levers=self.levers, choices=design) for design in designs}
        valid = {design: text for design, text in texts.items() if is_text(text)}
        digests = digests_of(list(valid.values()), self.sample)
        self.digest.update(zip(valid, digests, strict=True))
        new = {
            digest: text
            for digest, text in first_of_each(list(valid.values()), digests).items()
            if digest not in self.solved
        }
        for digest, text in islice(new.items(), max(0, self.budget - len(self.solved))):
            found = solve_texts({digest: text}, self.sample, settings=self.settings, workers=self.workers)
            self.solved |= found
            self.progress("games", len(self.solved), self.budget)
        self.left_aside |= {design for design in valid if self.digest[design] not in self.solved}
        return [self._aims(self.digest.get(design)) for design in designs]

    def pruned(self, choices: Choices) -> Choices:
        """Return a design with every lever put back that changes no number of the game, one after the other."""
        for lever, choice in enumerate(choices):
            fewer = (*choices[:lever], 0, *choices[lever + 1 :])
            if choice and self._is_same_game(fewer, choices):
                self.digest[fewer] = self.digest[choices]
                choices = fewer
        return choices

    def _is_same_game(self, one: Choices, other: Choices) -> bool:
        text = text_of(self.start, levers=self.levers, choices=one)
        return is_text(text) and digests_of([text], self.sample)[0] == self.digest[other]

    def is_spent(self) -> bool:
        """Tell whether as many games have been solved as were to be."""
        return len(self.solved) >= self.budget

    def _aims(self, digest: str | None) -> FloatArray | None:
        if digest is None or digest not in self.solved:
            return None
        origin = self.solved[self.digest[self.as_it_is]]
        found = self.solved[digest]
        both = origin.converged & found.converged
        if both.sum() < _ENOUGH * origin.converged.sum() or not both.any():
            return None
        level = aims_of(origin.outcomes[origin.converged], signers=self.signers).mean(axis=0)
        moved = aims_of(found.outcomes[both], signers=self.signers) - aims_of(
            origin.outcomes[both], signers=self.signers
        )
        return snapped(level + moved.mean(axis=0), margin=MARGIN_IN_TOLERANCES * self.settings.tolerance)

    @property
    def as_it_is(self) -> Choices:
        """The design that moves no lever."""
        return tuple(0 for _ in self.levers)


def design(
    start: Arrangement,
    levers: Sequence[Lever],
    parameters: Parameters,
    *,
    settings: Settings,
    trial_futures: int,
    budget: int,
    population: int,
    signers: Signers = Signers.EVERYONE,
    most: int = 24,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Front, dict[str, Arrangement]]:
    """Search for the designs that no other beats on every aim; return them, and their texts by id.

    Every design is the start with some levers moved. Where there are no more designs than the budget of games, each is
    judged; else NSGA-II chooses. The front is then tried again in futures of another seed, since the best of many
    are in part the luckiest. An interrupt from the keyboard ends the search, and what was found so far is tried; a
    second one ends the trial. One in the first generation goes on to the caller, since nothing is found yet.
    Raises ``ValueError`` for no lever, ``NotConverged`` where the start converges nowhere.
    """
    if not levers:
        raise ValueError("design: no lever is left to be moved")
    tell = progress or _silent
    evaluator = DesignEvaluator(
        start=start,
        levers=tuple(levers),
        settings=settings,
        signers=signers,
        workers=workers,
        budget=budget,
        progress=tell,
        sample=draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design),
    )
    if evaluator.judge([tuple(0 for _ in levers)])[0] is None:
        raise NotConverged(f"{start.id} converged in none of the {settings.futures} futures; draw more of them")
    archive = _explore(evaluator, population=population)
    if evaluator.as_it_is not in archive.designs:
        raise KeyboardInterrupt  # stopped in the first generation: not even the start is in what was found
    return _try_again(evaluator, archive, parameters, trial_futures=trial_futures, most=most)


def aims_of(outcomes: FloatArray, *, signers: Signers) -> FloatArray:
    """Return (future, aim) from outcomes (future, outcome): loss, entrapment, cost, and 1 where a signature is refused.

    Loss is less the protected state's value; a signature is given where the gain over fighting on is at least 0.
    """
    gains = outcomes[:, [column_of(name) for name in _GAINS[signers]]]
    refused = np.where((gains >= 0).all(axis=1), 0.0, 1.0)
    return np.column_stack(
        [-outcomes[:, column_of("value_P")], outcomes[:, column_of("entrap")], outcomes[:, column_of("cost")], refused]
    )


def snapped(aims: FloatArray, *, margin: float) -> FloatArray:
    """Return aims at the nearest multiple of the margin, so that what the solver cannot tell apart beats nothing.

    Otherwise a design would be unbeaten for an entrapment of 0.00001 less (Laumanns, Thiele, Deb and Zitzler 2002,
    Evolutionary Computation 10: 263-282, use the same grid).
    """
    return np.round(aims / margin) * margin


def _silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


def _explore(evaluator: DesignEvaluator, *, population: int) -> Archive:
    options = tuple(len(lever.options) for lever in evaluator.levers)
    if math.prod(options) <= evaluator.budget:
        return enumerate_all(options, evaluator.judge)
    return search(
        options,
        evaluator.judge,
        budget=_DESIGNS_PER_GAME * evaluator.budget,
        population=population,
        seed=evaluator.settings.seed,
        is_spent=evaluator.is_spent,
    )


@dataclass(frozen=True, eq=False)
class _Trial:
    """The start and the designs of the front, solved again."""

    settings: Settings
    origin: TextOutcome
    found: tuple[TextOutcome, ...]
    is_tried: bool


def _try_again(
    evaluator: DesignEvaluator, archive: Archive, parameters: Parameters, *, trial_futures: int, most: int
) -> tuple[Front, dict[str, Arrangement]]:
    distinct = _one_of_each(archive, evaluator)
    chosen = distinct if len(distinct) <= most else [distinct[i] for i in spread_out(archive.aims[distinct], most=most)]
    designs = {place: evaluator.pruned(archive.designs[place]) for place in chosen}
    texts = [text_of(evaluator.start, levers=evaluator.levers, choices=choices) for choices in designs.values()]
    trial = _solve_trial(evaluator, list(designs.values()), texts, parameters, futures=trial_futures)
    start_point, found = _points(evaluator, archive, trial, designs, texts)
    points, named = _numbered(found, start=evaluator.start)
    count = math.prod(len(lever.options) for lever in evaluator.levers)
    aside = len(evaluator.left_aside.intersection(archive.designs))
    front = Front(
        start=evaluator.start.id,
        levers=tuple(
            LeverRecord(lever.id, lever.words, tuple(option.word for option in lever.options))
            for lever in evaluator.levers
        ),
        start_point=start_point,
        points=points,
        signers=evaluator.signers,
        designs=count,
        judged=len(archive.designs) - aside,
        games=len(evaluator.solved),
        unusable=int((~np.isfinite(archive.aims).all(axis=1)).sum()) - aside,
        is_complete=len(archive.designs) - aside == count,
        is_stopped=archive.is_stopped,
        is_tried=trial.is_tried,
        volumes=archive.volumes,
        left_out=len(distinct) - len(chosen),
        margin=MARGIN_IN_TOLERANCES * evaluator.settings.tolerance,
        search=evaluator.settings,
        trial=trial.settings,
    )
    return front, {text.id: text for text in named}


def _numbered(
    found: Sequence[tuple[TriedDesign, Arrangement]], *, start: Arrangement
) -> tuple[tuple[TriedDesign, ...], tuple[Arrangement, ...]]:
    """Put the points in order, those on the front first and the least loss before the rest, and name them by it."""
    points, named = [], []
    in_order = sorted(found, key=lambda pair: (not pair[0].is_on_front, pair[0].aims[Aim.LOSS].value))
    for number, (point, text) in enumerate(in_order, start=1):
        changes = [f"{lever}: {word}" for lever, word in point.changes.items()]
        named.append(as_design(text, start=start, number=number, changes=changes))
        points.append(replace(point, id=named[-1].id, file=f"{named[-1].id}.yaml"))
    return tuple(points), tuple(named)


def _solve_trial(
    evaluator: DesignEvaluator,
    designs: Sequence[Choices],
    texts: Sequence[Arrangement],
    parameters: Parameters,
    *,
    futures: int,
) -> _Trial:
    """Solve start and designs in new futures; where somebody stops that, take what the search has solved."""
    settings = replace(evaluator.settings, futures=futures, seed=evaluator.settings.seed + 1)
    sample = draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design)
    every = [evaluator.start, *texts]
    digests = digests_of(every, sample)
    try:
        solved = solve_texts(
            first_of_each(every, digests),
            sample,
            settings=settings,
            workers=evaluator.workers,
            progress=lambda done, total: evaluator.progress("trial", done, total),
        )
    except KeyboardInterrupt:
        origin = evaluator.solved[evaluator.digest[evaluator.as_it_is]]
        return _Trial(
            evaluator.settings,
            origin,
            tuple(evaluator.solved[evaluator.digest[each]] for each in designs),
            is_tried=False,
        )
    if not solved[digests[0]].converged.any():
        raise NotConverged(f"{evaluator.start.id} converged in none of the {settings.futures} futures of the trial")
    return _Trial(settings, solved[digests[0]], tuple(solved[digest] for digest in digests[1:]), is_tried=True)


def _points(
    evaluator: DesignEvaluator,
    archive: Archive,
    trial: _Trial,
    designs: Mapping[int, Choices],
    texts: Sequence[Arrangement],
) -> tuple[TriedDesign, list[tuple[TriedDesign, Arrangement]]]:
    first = archive.aims[archive.designs.index(evaluator.as_it_is)]
    start = _point(evaluator.start, {}, first, trial.origin, trial.origin, signers=evaluator.signers, is_start=True)
    kept = [
        (
            _point(
                text,
                _changes(evaluator.levers, choices),
                archive.aims[place],
                found,
                trial.origin,
                signers=evaluator.signers,
            ),
            text,
        )
        for text, (place, choices), found in zip(texts, designs.items(), trial.found, strict=True)
        if (found.converged & trial.origin.converged).any()
    ]
    marked = _marked([point for point, _ in kept], start, margin=MARGIN_IN_TOLERANCES * trial.settings.tolerance)
    return start, [(point, text) for point, (_, text) in zip(marked, kept, strict=True)]


def _one_of_each(archive: Archive, evaluator: DesignEvaluator) -> list[int]:
    """Return the front with one design for each game: the one that changes least."""
    by_game: dict[str, list[int]] = {}
    for place in archive.front:
        by_game.setdefault(evaluator.digest[archive.designs[place]], []).append(place)
    return [min(places, key=lambda place: sum(map(bool, archive.designs[place]))) for places in by_game.values()]


def spread_out(aims: FloatArray, *, most: int) -> list[int]:
    """Return places of designs (design, aim) far from each other: the best on each aim, then ever the farthest."""
    reach = np.ptp(aims, axis=0)
    scaled = (aims - aims.min(axis=0)) / np.where(reach > 0, reach, 1.0)
    chosen = list(dict.fromkeys(int(place) for place in scaled.argmin(axis=0)))[:most]
    while len(chosen) < min(most, len(aims)):
        apart = np.linalg.norm(scaled[:, None] - scaled[None, chosen], axis=2).min(axis=1)
        apart[chosen] = -1.0
        chosen.append(int(apart.argmax()))
    return sorted(chosen)


def _changes(levers: Sequence[Lever], choices: Choices) -> dict[str, str]:
    return {lever.id: lever.options[choice].word for lever, choice in zip(levers, choices, strict=True) if choice}


def _point(
    text: Arrangement,
    changes: dict[str, str],
    searched: FloatArray,
    found: TextOutcome,
    origin: TextOutcome,
    *,
    signers: Signers,
    is_start: bool = False,
) -> TriedDesign:
    used: BoolArray = found.converged & origin.converged
    own, base = (aims_of(each.outcomes[used], signers=signers) for each in (found, origin))
    signs = found.outcomes[used, column_of("gain_A")] >= 0
    return TriedDesign(
        id="",
        file="",
        changes=changes,
        searched=dict(zip(Aim, searched.tolist(), strict=True)),
        aims=_by_aim(own),
        differences={} if is_start else _by_aim(own - base),
        war=mean_of(found.outcomes[used, column_of("war")]),
        adversary_signs=share_of(np.where(signs, 1.0, 0.0)),
        holes=holes_of(text),
        is_on_front=False,
        used=int(used.sum()),
    )


def _by_aim(values: FloatArray) -> dict[Aim, MeanOverFutures]:
    return {aim: mean_of(values[:, column]) for column, aim in enumerate(Aim)}


def _marked(points: Sequence[TriedDesign], start: TriedDesign, *, margin: float) -> list[TriedDesign]:
    """Mark the points that no other, and not the start, beats in the trial."""
    if not points:
        return []
    level = np.array([start.aims[aim].value for aim in Aim])
    moved = [[point.differences[aim].value for aim in Aim] for point in points]
    mask = non_dominated(snapped(np.vstack([level, level + np.array(moved)]), margin=margin))[1:]
    return [replace(point, is_on_front=bool(is_on)) for point, is_on in zip(points, mask, strict=True)]
