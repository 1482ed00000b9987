"""Draw futures, and solve texts in them."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table

from foedus.futures.ensemble import Ensemble, Sample
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.futures.solve import run_sample
from foedus.game.declared_outcome import Shown
from foedus.game.outcomes import shown_in
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, counting, silent
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, load_apart
from foedus.jobs.telling.frames import ensemble_arrays, ensemble_frame, sample_frame
from foedus.jobs.telling.showing import JobResult

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class SampleResult(JobResult):
    """Futures, each a draw of everything uncertain."""

    sample: Sample

    def print_on(self, console: Console) -> None:
        """Print how many futures there are, and how each parameter lies over them."""
        values = self.sample.values
        console.print(f"{len(values)} futures of {len(self.sample.names)} parameters, seed {self.sample.seed}")
        table = Table("parameter", "least", "median", "most", box=None)
        for name, column in zip(self.sample.names, values.T, strict=True):
            table.add_row(name, *(f"{x:.4g}" for x in (column.min(), np.median(column), column.max())))
        console.print(table)

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each future, one column for each parameter."""
        return sample_frame(self.sample)


@dataclass(frozen=True, eq=False, repr=False)
class EnsembleResult(JobResult):
    """Exact outcomes of texts in the futures of a sample."""

    ensemble: Ensemble

    def print_on(self, console: Console) -> None:
        """Print the average of the leading outcomes for each text, over the futures in which it converged."""
        shown = (*shown_in(Shown.HARM), *shown_in(Shown.PRICE))
        table = Table("arrangement", *shown, "converged", box=None)
        frame = self.to_pandas()
        for name in self.ensemble.arrangements:
            rows = frame.xs(name, level="arrangement")
            used = rows[rows["converged"]]
            figures = (f"{used[outcome].mean():.4g}" if len(used) else "–" for outcome in shown)
            table.add_row(name, *figures, f"{len(used)} of {len(rows)}")
        console.print(table)

    def to_pandas(self) -> "pd.DataFrame":
        """Return the outcomes, one row for each future and arrangement."""
        return ensemble_frame(self.ensemble)

    def to_xarray(self) -> Any:
        """Return the outcomes as an ``xarray.Dataset`` over future and arrangement."""
        return ensemble_arrays(self.ensemble)


def draw_sample(run: RunSettings) -> SampleResult:
    """Draw futures, without solving anything in them."""
    return SampleResult(draw(run.parameters, futures=run.futures, seed=run.seed, design=run.design))


def middle_of(parameters: Parameters) -> SampleResult:
    """Return the one future at the middle of every range, as a sample."""
    central = parameters.central
    return SampleResult(Sample(names=tuple(central), values=np.array([list(central.values())]), seed=0))


def solve_texts_in(
    given: tuple[Given, ...], sample: Sample, *, run: RunSettings, tell: Tell = silent
) -> EnsembleResult:
    """Solve every text in every future of a sample; ``run`` says on which grid and how exactly."""
    texts = load_apart(given)
    await_solver(tell, grid=run.grid)
    ensemble = run_sample(
        [text.arrangement for text in texts.values()],
        sample,
        settings=replace(run, futures=len(sample.values), seed=sample.seed).ensemble,
        workers=run.workers,
        progress=counting(tell, f"{len(texts)} arrangements, futures"),
    )
    return EnsembleResult(ensemble)
