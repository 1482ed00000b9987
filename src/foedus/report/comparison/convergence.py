"""What did not converge, and how near the rest is to the solution sought."""

from collections.abc import Iterator, Mapping

from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.tables.standing import convergence_table
from foedus.report.page.page import Paragraph, Section
from foedus.report.words.grid_words import grid_words
from foedus.report.words.numbers import count_of_100


def convergence_section(comparison: Comparison, *, labels: Mapping[str, str], words: Mapping[str, str]) -> Section:
    """Say which futures are used and why the others are not, in what those differ, and what the grid costs."""
    told = (*_convergence_words(comparison, words=words), _BRANCH_WORDS, grid_words(comparison.settings))
    return Section(
        "What did not converge, and how near the rest is",
        (*map(Paragraph, told), convergence_table(comparison, labels=labels)),
        name="convergence",
    )


_BRANCH_WORDS = (
    "Some games have several equilibria. The one that is sought is the one reached from nearly random play, as choices "
    "are made ever less noisy; in a few games in a hundred it may be another (docs/decisions/006-convergence.md)."
)


def _convergence_words(comparison: Comparison, *, words: Mapping[str, str]) -> Iterator[str]:
    convergence = comparison.convergence
    if not convergence.left_out:
        every = "the one future" if convergence.futures == 1 else f"all {convergence.futures} futures"
        yield f"Every arrangement converged in {every}; none is left out."
        return
    yield (
        f"A future is used only if every arrangement converged in it: {convergence.used} of {convergence.futures} are "
        f"used, {len(convergence.left_out)} are left out, for all arrangements alike. Futures left out, counted from "
        f"0: {', '.join(str(number) for number in convergence.left_out)}."
    )
    if not convergence.leans:
        yield "No assumption lies noticeably higher or lower in the futures left out than in those used."
    for lean in convergence.leans:
        side = "higher" if lean.higher > 0.5 else "lower"
        meaning = words.get(lean.parameter, lean.parameter)
        yield (
            f"The futures left out have a {side} {lean.parameter} ({meaning}): one of them lies above one that is used "
            f"in {count_of_100(lean.higher)} of 100 pairs. What is said here holds less for such futures."
        )
