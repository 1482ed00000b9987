"""Sweep one parameter over a range: every text in the same futures, in which that parameter alone is set."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table

from foedus.errors import NotConverged, UnknownName, WrongRequest
from foedus.futures.ensemble import Ensemble, Sample
from foedus.futures.sample import draw
from foedus.futures.set_parameter import set_parameter
from foedus.futures.solve import run_sample
from foedus.game.outcomes import column_of
from foedus.jobs.asking.first_run import await_solver
from foedus.jobs.asking.progress import Tell, counting, silent
from foedus.jobs.asking.reading import read_outcome
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_apart
from foedus.jobs.telling.frames import ensemble_arrays, ensemble_frame
from foedus.jobs.telling.pedigree import pedigree_of
from foedus.jobs.telling.rows import ask_for_pandas
from foedus.jobs.telling.showing import JobResult
from foedus.report.page.page import Page
from foedus.report.page.provenance import Provenance
from foedus.report.sensitivity.sweep_page import sweep_page
from foedus.values.arrays import BoolArray

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SweepRequest:
    """Which parameter to set to which values, and for which texts."""

    texts: tuple[Given, ...]
    parameter: str
    """As `foedus params` lists it."""
    values: tuple[float, ...]
    """In the parameter's own unit; they may leave its range, and the game says where they may not."""
    run: RunSettings
    command: str = ""
    """What was asked for, in words that obtain the same again."""


@dataclass(frozen=True, eq=False, repr=False)
class SweepResult(JobResult):
    """Outcomes of texts by the value of one parameter."""

    texts: tuple[Text, ...]
    parameter: str
    values: tuple[float, ...]
    ensemble: Ensemble
    """Its futures are those of the first value, then those of the second, and so on."""
    run: RunSettings
    provenance: Provenance

    def page(self, outcome: str = "war") -> Page:
        """Return the page to read of one outcome; raise `NotConverged` where no future is left to average over."""
        if not self.used.any():
            raise NotConverged("in none of the futures did every game converge at every value; try a smaller range")
        return sweep_page(
            self.means(outcome),
            values=self.values,
            parameter=self.run.parameters[self.parameter],
            outcome=outcome,
            labels={text.arrangement.id: text.label for text in self.texts},
            used=int(self.used.sum()),
            futures=self._futures,
            provenance=self.provenance,
        )

    @property
    def _futures(self) -> int:
        return len(self.ensemble.outcomes) // len(self.values)

    def print_on(self, console: Console) -> None:
        """Print the average chance of war for each value and text, over the futures in which all converged."""
        means = self.means("war")
        labels = {text.arrangement.id: text.label for text in self.texts}
        table = Table(self.parameter, *(labels[name] for name in means), box=None)
        for value, row in zip(self.values, zip(*means.values(), strict=True), strict=True):
            table.add_row(f"{value:g}", *(f"{mean:.4g}" for mean in row))
        console.print(f"Chance of renewed major war, on average over {int(self.used.sum())} of {self._futures} futures")
        console.print(table)

    @property
    def used(self) -> BoolArray:
        """(future) whether every text converged there under every value: only these futures are averaged."""
        converged = self.ensemble.converged.reshape(len(self.values), self._futures, -1)
        return np.asarray(converged.all(axis=(0, 2)))

    def means(self, outcome: str = "war") -> dict[str, list[float]]:
        """Return [text] the average of an outcome at each value.

        Every average is over the same futures, those of `used`; nan where there is none.
        """
        column = column_of(read_outcome(outcome))
        figures = self.ensemble.outcomes[:, :, column].reshape(len(self.values), self._futures, -1)[:, self.used]
        means = figures.mean(axis=1) if self.used.any() else np.full(figures.shape[::2], np.nan)
        return dict(zip(self.ensemble.arrangements, means.T.tolist(), strict=True))

    def average(self, outcome: str = "war") -> "pd.DataFrame":
        """Return the averages of `means` as a table, one row for each value, one column for each text."""
        ask_for_pandas()
        import pandas as pd

        return pd.DataFrame(self.means(outcome), index=pd.Index(self.values, name=self.parameter))

    def csv(self, outcome: str = "war") -> bytes:
        """Return the averages of `means` as comma-separated values, one row for each value."""
        means, written = self.means(outcome), StringIO()
        table = csv.writer(written, lineterminator="\n")
        table.writerow((self.parameter, *means))
        table.writerows(zip(self.values, *means.values(), strict=True))
        return written.getvalue().encode()

    def to_pandas(self) -> "pd.DataFrame":
        """Return the outcomes, one row for each value, future and arrangement."""
        frame = ensemble_frame(self.ensemble).reset_index()
        place = frame["future"] // self._futures
        frame.insert(0, self.parameter, np.asarray(self.values)[place])
        frame["future"] %= self._futures
        return frame.set_index([self.parameter, "future", "arrangement"])

    def to_xarray(self) -> Any:
        """Return the outcomes as an ``xarray.Dataset`` over the parameter, future and arrangement."""
        arrays = ensemble_arrays(self.ensemble)
        import pandas as pd

        places = pd.MultiIndex.from_product([self.values, range(self._futures)], names=["value", "draw_number"])
        stacked = arrays.drop_vars("future").assign_coords(future=range(len(places)))
        split = stacked.assign_coords(
            value=("future", places.get_level_values(0)), draw_number=("future", places.get_level_values(1))
        ).set_index(future=["value", "draw_number"])
        return split.unstack("future").rename({"value": self.parameter, "draw_number": "future"})


def sweep_parameter(request: SweepRequest, *, tell: Tell = silent) -> SweepResult:
    """Set one parameter to each value in the same futures, and solve every text in them.

    Everything else stays as it was drawn, and what is worked out from it follows (`set_parameter`).
    Raises `UnknownName` for a parameter that is none, `WrongRequest` for a value that the game cannot take.
    """
    texts, run = tuple(load_apart(request.texts).values()), request.run
    parameters, values = run.parameters, tuple(float(value) for value in request.values)
    _refuse_unknown(request.parameter, known=list(parameters))
    if not values or len(set(values)) < len(values) or not np.isfinite(values).all():
        raise WrongRequest(f"{request.parameter} needs different finite values to be set to")
    sample = draw(parameters, futures=run.futures, seed=run.seed, design=run.design)
    each = [set_parameter(sample, name=request.parameter, value=value).values for value in values]
    swept = Sample(sample.names, np.concatenate(each), seed=run.seed)
    await_solver(tell, grid=run.grid)
    try:
        ensemble = run_sample(
            [text.arrangement for text in texts],
            swept,
            settings=replace(run, futures=len(swept.values)).ensemble,
            workers=run.workers,
            progress=counting(tell, f"{len(values)} values of {request.parameter}, futures"),
        )
    except ValueError as error:
        raise WrongRequest(f"{request.parameter} cannot take one of these values: {error}") from error
    provenance = pedigree_of(texts, parameters, settings=run.ensemble, command=request.command)
    return SweepResult(
        texts=texts, parameter=request.parameter, values=values, ensemble=ensemble, run=run, provenance=provenance
    )


def _refuse_unknown(name: str, *, known: Sequence[str]) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else "`foedus params` lists all names"
        raise UnknownName(f"there is no parameter {name!r}; {hint}")
