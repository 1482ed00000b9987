"""Solve the sides of claims, each distinct text in each distinct world once, and judge every claim."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.futures.compile import compile_all
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.futures.solve import run_sample
from foedus.insight.claims.answer import ClaimAnswer, ClaimAnswers
from foedus.insight.claims.judging import ClaimOutcomes, judge
from foedus.insight.claims.outcomes import values_of
from foedus.insight.claims.record import Claim, ClaimSide, World
from foedus.insight.claims.worlds import moved
from foedus.values.arrays import BoolArray, FloatArray
from foedus.values.digest import digest_of

Progress = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


def answer_claims(
    claims: Sequence[Claim],
    parameters: Parameters,
    *,
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
    judged: Progress | None = None,
) -> ClaimAnswers:
    """Judge claims over the same futures; raise ``ValueError`` where there is no claim.

    ``progress`` hears of games solved, ``judged`` of claims judged.

    Two sides are one where their compiled arrays are the same in every future of the same world.
    """
    if not claims:
        raise ValueError("there is no claim to judge")
    plan = plan_of(claims, draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design))
    runs = _solve(plan, settings=settings, workers=workers, progress=progress or _silent)
    answers = []
    for claim in claims:
        answers.append(_answer(claim, plan, runs, settings=settings))
        (judged or _silent)(len(answers), len(claims))
    return ClaimAnswers(
        answers=tuple(answers), settings=settings, games=plan.games, sides=sum(len(claim.sides) for claim in claims)
    )


@dataclass(frozen=True, eq=False)
class Plan:
    """What is to be solved: for each world its futures and the texts that differ in them."""

    sample: Sample
    """As it was drawn."""
    samples: Mapping[World, Sample]
    texts: Mapping[World, tuple[Arrangement, ...]]
    places: Mapping[tuple[str, str], tuple[World, int]]
    """[claim, side] in which world, and as which of its texts."""

    @property
    def games(self) -> int:
        """How many games it takes."""
        return len(self.sample.values) * sum(len(texts) for texts in self.texts.values())


def plan_of(claims: Sequence[Claim], sample: Sample) -> Plan:
    """Find the distinct texts of each distinct world."""
    samples: dict[World, Sample] = {}
    found: dict[World, dict[str, Arrangement]] = {}
    places: dict[tuple[str, str], tuple[World, int]] = {}
    digests: dict[tuple[World, str], str] = {}
    for claim in claims:
        for side in claim.sides:
            world = side.world
            if world not in samples:
                samples[world] = moved(sample, world)
            digest = _digest(side, samples[world], known=digests)
            texts = found.setdefault(world, {})
            texts.setdefault(digest, replace(side.arrangement, id=f"{side.arrangement.id}_{len(texts)}"))
            places[claim.id, side.name] = world, list(texts).index(digest)
    return Plan(sample, samples, {world: tuple(texts.values()) for world, texts in found.items()}, places)


def _digest(side: ClaimSide, sample: Sample, *, known: dict[tuple[World, str], str]) -> str:
    """Return the digest of a text's compiled arrays in every future; texts that read alike are compiled once."""
    key = side.world, repr(side.arrangement)
    if key not in known:
        rows = (dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist())
        known[key] = digest_of([compile_all([side.arrangement], row)[0].to_mapping() for row in rows])
    return known[key]


def _solve(plan: Plan, *, settings: Settings, workers: int | None, progress: Progress) -> dict[World, Ensemble]:
    runs: dict[World, Ensemble] = {}
    done = 0
    for world, texts in plan.texts.items():
        told = _within(progress, before=done, each=len(texts), total=plan.games)
        runs[world] = run_sample(texts, plan.samples[world], settings=settings, workers=workers, progress=told)
        done += len(texts) * settings.futures
    return runs


def _within(progress: Progress, *, before: int, each: int, total: int) -> Progress:
    """Turn futures done in one world into games solved in all."""
    return lambda futures, _: progress(before + futures * each, total)


def _silent(done: int, total: int) -> None:
    """Show no progress."""


def _answer(claim: Claim, plan: Plan, runs: Mapping[World, Ensemble], *, settings: Settings) -> ClaimAnswer:
    places = {side.name: plan.places[claim.id, side.name] for side in claim.sides}
    sides = {name: (runs[world], column) for name, (world, column) in places.items()}
    names = {name for inequality in claim.holds for name in inequality.names}
    return judge(
        claim,
        ClaimOutcomes(
            values={name: _values(name, sides) for name in names},
            converged=_converged(list(sides.values())),
            sample=plan.sample,
            tolerance=settings.tolerance,
        ),
        seed=settings.seed,
    )


def _values(name: str, sides: Mapping[str, tuple[Ensemble, int]]) -> FloatArray:
    side, _, outcome = name.partition(".")
    ensemble, column = sides[side]
    return values_of(outcome, ensemble=ensemble, column=column)


def _converged(sides: Sequence[tuple[Ensemble, int]]) -> BoolArray:
    converged: BoolArray = np.logical_and.reduce([ensemble.converged[:, column] for ensemble, column in sides])
    return converged
