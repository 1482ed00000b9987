"""Explain a text: what its numbers come to, and which clause gave which number."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console

from foedus.futures.parameters.record import Parameters
from foedus.insight.anatomy.summary import summary_of
from foedus.jobs.asking.texts import Given, Text, load_text
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import Compilation, compile_arrangement
from foedus.mechanism.unread import unread
from foedus.mechanism.watching import TextEntry
from foedus.report.anatomy.steps import print_steps
from foedus.report.anatomy.summary_page import summary_page
from foedus.report.arrangement.show import party_names
from foedus.report.page.writers.terminal import print_page

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class CompileResult(JobResult):
    """A text as the game reads it, at the middle of every yardstick's range."""

    text: Text
    compilation: Compilation
    unread: tuple[TextEntry, ...]
    """What the text states and no number of the game depends on."""

    @property
    def arrays(self) -> CompiledArrangement:
        """The arrays of the game."""
        return self.compilation.compiled

    def to_data(self) -> dict[str, Any]:
        """Return the arrays as plain lists and numbers, as `foedus solve` reads them."""
        return self.arrays.to_mapping()

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each number: its array and entry, its value, its clause and the reasoning."""
        return frame_of([asdict(step) for step in self.compilation.steps])

    def print_on(self, console: Console) -> None:
        """Print every number with its clause."""
        steps, name = self.compilation.steps, self.text.arrangement.name
        print_steps(steps, name=name, unread=self.unread, console=console)


@dataclass(frozen=True, eq=False, repr=False)
class ExplainResult(CompileResult):
    """What a text does: what its numbers come to, and the clauses that bind most."""

    def print_on(self, console: Console) -> None:
        """Print the page."""
        arrangement, summary = self.text.arrangement, summary_of(self.compilation)
        page = summary_page(arrangement, summary, names=party_names(arrangement), unread=self.unread)
        print_page(page, console=console)


def compile_text(given: Given, *, parameters: Parameters) -> CompileResult:
    """Turn a text into the arrays of the game, with the clause behind every number."""
    text = load_text(given)
    arrangement, yardsticks = text.arrangement, parameters.central
    return CompileResult(text, compile_arrangement(arrangement, yardsticks), tuple(unread(arrangement, yardsticks)))


def explain_text(given: Given, *, parameters: Parameters) -> ExplainResult:
    """Sum up what the game reads in a text."""
    compiled = compile_text(given, parameters=parameters)
    return ExplainResult(compiled.text, compiled.compilation, compiled.unread)
