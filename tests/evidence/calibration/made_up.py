"""Courses and demands made up for tests."""

from dataclasses import replace

import numpy as np

from foedus.evidence.calibration.expected_course import HORIZON_PERIODS, ExpectedCourses
from foedus.evidence.calibration.observation import Band, Demand, Observation, Statistic
from foedus.futures.ensemble import Sample
from foedus.values.arrays import FloatArray

TEXT = "history/unef_1956"
BALANCE = np.array([-1.0, 0.0, 1.0])


def courses(futures: int, *, texts: tuple[str, ...] = (TEXT,), seed: int = 0) -> ExpectedCourses:
    """Draw courses with chances of any size."""
    rng = np.random.default_rng(seed)
    shape = (futures, len(texts))

    def by_period() -> FloatArray:
        return np.asarray(rng.dirichlet(np.ones(HORIZON_PERIODS + 1), size=shape)[..., :-1])

    return ExpectedCourses(
        texts=texts,
        balance=BALANCE,
        war=by_period(),
        clash=by_period(),
        violation=by_period(),
        defended=rng.uniform(0, 0.3, shape),
        honoured=rng.uniform(0, 3, shape),
        breached=rng.uniform(0, 3, shape),
        supported=rng.uniform(1, 3, shape),
        joined=rng.uniform(0, 1, shape),
        crisis=rng.uniform(0, 0.1, (*shape, 3, 3)),
        residual=np.zeros(shape),
    )


def sample(values: FloatArray, *names: str) -> Sample:
    """Return a sample of some parameters, given as (future, parameter)."""
    return Sample(names=names, values=values, seed=1)


def demand(
    statistic: Statistic, *, low: float = 0.0, high: float = 1.0, name: str = "made_up", **changes: object
) -> Demand:
    """Return a demand with an interval."""
    observation = Observation(
        id=name,
        what=name,
        statistic=statistic,
        texts=(TEXT,),
        discrepancy=0.0,
        why="made up",
        value=0.5,
        low=0.4,
        high=0.6,
        n=100,
    )
    band = Band(value=(low + high) / 2, low=low, high=high, sd=(high - low) / 4 or 1.0, n=100, source="")
    changed = replace(observation, **changes)  # type: ignore[arg-type]
    return Demand(observation=changed, texts=(TEXT,), versus=(), band=band)
