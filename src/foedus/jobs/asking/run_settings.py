"""On what terms games are solved: in which futures, how finely, how exactly, and where."""

from dataclasses import dataclass
from functools import cached_property

from foedus.errors import WrongRequest
from foedus.futures.ensemble import Design, Settings
from foedus.futures.parameters.load import load_parameters
from foedus.futures.parameters.overlay_text import Overlay
from foedus.futures.parameters.record import Parameters
from foedus.game.grid import Grid
from foedus.jobs.asking.defaults import GRID, HORIZON_PERIODS, MAX_SWEEPS, SEED, TOLERANCE
from foedus.jobs.asking.limits import MOST_FUTURES, MOST_SWEEPS, MOST_WORKERS, wrong_count, wrong_grid, wrong_tolerance
from foedus.jobs.asking.reading import MOST_PERIODS


@dataclass(frozen=True)
class RunSettings:
    """How games are to be solved; raises `WrongRequest` that names everything out of range."""

    futures: int
    """Futures drawn (at least 1)."""
    seed: int = SEED
    """Seed of the draws (at least 0)."""
    horizon_periods: int = HORIZON_PERIODS
    """Periods of half a year looked ahead (1 to 200)."""
    grid: Grid = GRID
    tolerance: float = TOLERANCE
    """Largest change in a sweep at which a solution counts as found (above 0)."""
    max_sweeps: int = MAX_SWEEPS
    """Sweeps after which a game is given up (at least 1)."""
    design: Design = "lhs"
    """How futures are spread over the ranges."""
    workers: int | None = None
    """Threads; None for as many as there are cores."""
    overlays: tuple[Overlay, ...] = ()
    """Parameter files, or their texts, laid over the default and the views."""
    views: tuple[str, ...] = ()
    """Names or files of views of the world, the last one uppermost."""

    def __post_init__(self) -> None:
        told = [
            wrong_count("futures", self.futures, least=1, most=MOST_FUTURES),
            "" if self.seed >= 0 else f"seed must be at least 0, is {self.seed}",
            wrong_count("max_sweeps", self.max_sweeps, least=1, most=MOST_SWEEPS),
            wrong_count("workers", 1 if self.workers is None else self.workers, least=1, most=MOST_WORKERS),
            wrong_tolerance(self.tolerance),
            wrong_grid(self.grid),
        ]
        problems = [each for each in told if each]
        if not 1 <= self.horizon_periods <= MOST_PERIODS:
            problems.append(f"the horizon must be 1 to {MOST_PERIODS} half-years, is {self.horizon_periods}")
        if problems:
            raise WrongRequest("; ".join(problems))

    @property
    def years(self) -> float:
        """The horizon in years."""
        return self.horizon_periods / 2

    @property
    def ensemble(self) -> Settings:
        """The settings of an ensemble."""
        return Settings(
            futures=self.futures,
            seed=self.seed,
            horizon_periods=self.horizon_periods,
            beliefs=self.grid.beliefs,
            balances=self.grid.balances,
            slices=self.grid.slices,
            tolerance=self.tolerance,
            max_sweeps=self.max_sweeps,
            method="kernel",
            design=self.design,
        )

    @cached_property
    def parameters(self) -> Parameters:
        """The parameters with views and files laid over them; raises `InvalidFile`, `UnknownName` or `WrongRequest`."""
        parameters = load_parameters(self.overlays, views=self.views)
        try:
            self.grid.refuse_slices_beyond(parameters["slice"].high)
        except ValueError as error:
            raise WrongRequest(str(error)) from error
        return parameters
