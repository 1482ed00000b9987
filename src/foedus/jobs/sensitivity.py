"""Say which assumptions move an outcome of a text, or the difference that two texts make."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console

from foedus.errors import WrongRequest
from foedus.insight.assumptions.screening import Inquiry, inquire
from foedus.jobs.asking.progress import Stopped, Tell, silent
from foedus.jobs.asking.reading import read_outcome
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import Given, Text, load_texts
from foedus.jobs.telling.showing import Result
from foedus.report.comparison.terminal import print_table
from foedus.report.parameters.assumptions import parameter_words
from foedus.report.sensitivity.tables import inquiry_as_data, inquiry_sentences, inquiry_table

if TYPE_CHECKING:
    import pandas as pd

BASE, MOST = 64, 6


@dataclass(frozen=True)
class SensitivityRequest:
    """Which outcome of which text, and how closely to look."""

    texts: tuple[Given, ...]
    """One text, or two whose difference is looked at: the first less the second."""
    run: RunSettings
    """Its futures are those in which the assumptions are screened."""
    outcome: str = "war"
    """As in result files."""
    base: int = BASE
    """Base points, a power of two."""
    most: int = MOST
    """Assumptions looked at singly; all others are one group."""


@dataclass(frozen=True, eq=False, repr=False)
class SensitivityResult(Result):
    """Which assumptions move an outcome."""

    texts: tuple[Text, ...]
    inquiry: Inquiry
    run: RunSettings

    def print_on(self, console: Console) -> None:
        """Print sentences and the table of shares."""
        entries = self.run.parameters.entries
        words = parameter_words(entries)
        words |= {entry.group: words[entry.name] for entry in entries}
        labels = {text.arrangement.id: text.label for text in self.texts}
        for sentence in inquiry_sentences(self.inquiry, labels=labels, words=words):
            console.print(sentence, markup=False)
        console.print()
        if self.inquiry.attribution.indices:
            print_table(inquiry_table(self.inquiry, words=words), console=console)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return inquiry_as_data(self.inquiry)

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each group of assumptions: shares of the variance, alone and with others."""
        import pandas as pd

        rows = [(each.factor, each.first.value, each.total.value) for each in self.inquiry.attribution.indices]
        return pd.DataFrame(rows, columns=["assumption", "alone", "with_others"])


def find_sensitivity(request: SensitivityRequest, *, tell: Tell = silent) -> SensitivityResult:
    """Screen all assumptions, then estimate Sobol' indices; raise `NotConverged` where too little converged."""
    if not 1 <= len(request.texts) <= 2:
        raise WrongRequest("one text, or two to look at their difference; not more")
    texts, run = load_texts(request.texts), request.run
    parameters, outcome = run.parameters, read_outcome(request.outcome)
    if len({text.arrangement.id for text in texts}) < len(texts):
        raise WrongRequest("both files have the same id; give the changed copy an id of its own")
    try:
        inquiry = inquire(
            [text.arrangement for text in texts],
            parameters,
            outcome=outcome,
            base=request.base,
            most=request.most,
            screen=run.futures,
            settings=run.ensemble,
            workers=run.workers,
            tell=tell,
        )
    except KeyboardInterrupt as error:
        raise Stopped("stopped; nothing was estimated, and nothing was written") from error
    return SensitivityResult(texts=texts, inquiry=inquiry, run=run)
