"""An anatomy as tables and words: which clauses carry how much."""

from functools import partial

from foedus.game.outcomes import OUTCOMES
from foedus.insight.anatomy.record import Anatomy, Pair, ShapleyMethod
from foedus.insight.anatomy.shapley import REFERENCES
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.page.made import COUNTS_ARE_SHARES
from foedus.report.page.page import Chart, Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import count_of_100
from foedus.report.words.outcome_numbers import change, change_range, change_tick, change_unit, level

_HOW = (
    "Carries: what the clauses add to the outcome, averaged over all orders in which the text can be put together from "
    "the same parties with no clause at all (Shapley's value); over all clauses it sums to what the text does. "
    "Left out: the whole text less the text without them. Alone: a text of nothing else less no clause at all. Below "
    "each average, what the number of futures leaves open (95 %)."
)
_READING = (
    "Left: what each group of clauses carries, averaged over all orders. Middle: the whole text less the text without "
    "it. Right: a text of nothing else less no clause at all. The bar is what the number of futures leaves open (95 %)."
)


def anatomy_page(anatomy: Anatomy, *, title: str, provenance: Provenance) -> Page:
    """Return the page of an anatomy."""
    chart = (_chart(anatomy),) if anatomy.parts else ()
    answer = Section("What the text does, clause by clause", (*map(Paragraph, _words(anatomy)), *chart), name="answer")
    return Page(
        kind="Anatomy of an outcome",
        title=title,
        subtitle=OUTCOMES[anatomy.outcome].words,
        sections=(answer, *([_pairs(anatomy)] if anatomy.pairs else [])),
        references=REFERENCES,
        provenance=provenance,
        caution=COUNTS_ARE_SHARES,
    )


def parts_table(anatomy: Anatomy) -> Table:
    """Return what each group of clauses carries."""
    unit = _unit(anatomy)
    futures = "of 100 futures"
    return Table(
        caption=f"{OUTCOMES[anatomy.outcome].words}: who carries what",
        columns=(
            Column("Clauses", is_number=False),
            Column("Carries", unit=unit),
            Column("Lowers", unit=futures),
            Column("Raises", unit=futures),
            Column("Left out", unit=unit),
            Column("Alone", unit=unit),
        ),
        rows=tuple(
            (
                part.group.replace("_", " "),
                _cell(part.carries, anatomy, error=part.error),
                count_of_100(part.lowers.value),
                count_of_100(part.raises.value),
                _cell(part.left_out, anatomy),
                _cell(part.alone, anatomy),
            )
            for part in anatomy.parts
        ),
        note=_note(anatomy),
    )


def _words(anatomy: Anatomy) -> tuple[str, ...]:
    if not anatomy.parts:
        return _nothing_read(anatomy)
    outcome = OUTCOMES[anatomy.outcome]
    points = " points" if outcome.is_share else ""
    made = (
        f"{outcome.words} is {level(anatomy.whole.value, of=outcome)} under the text and "
        f"{level(anatomy.nothing.value, of=outcome)} under the same parties with no clause at all, on average over "
        f"{anatomy.used} futures; the difference of {_signed(anatomy.difference.value, anatomy)}{points} "
        f"({_range(anatomy.difference, anatomy)}) is divided among the clauses."
    )
    return (made, _HOW)


def _nothing_read(anatomy: Anatomy) -> tuple[str, ...]:
    return (
        f"No clause of it changes a number that the game reads ({', '.join(anatomy.unread)}), so that there is nothing "
        "to divide.",
    )


def _note(anatomy: Anatomy) -> str:
    how = (
        "every order of the clauses"
        if anatomy.division is ShapleyMethod.EXACT
        else f"{anatomy.orders} orders of the clauses, drawn in pairs; their standard error stands behind the ±"
    )
    unread = f" Changes no number of the game: {', '.join(anatomy.unread)}." if anatomy.unread else ""
    left = anatomy.futures - anatomy.used
    gone = f" {left} of {anatomy.futures} futures are left out, where a text did not converge." if left else ""
    return (
        f"From {how}: {anatomy.texts} texts, of which {anatomy.games} are different games. Counts leave out what lies "
        f"within {anatomy.margin:g}, the solver's tolerance.{unread}{gone}"
    )


def _pairs(anatomy: Anatomy) -> Section:
    unit = _unit(anatomy)
    table = Table(
        caption="The strongest interactions, at the whole text",
        columns=(
            Column("Clauses", is_number=False),
            Column("Interaction", unit=unit),
            Column("What it says", is_number=False),
        ),
        rows=tuple(
            (f"{pair.first} and {pair.second}", _cell(pair.interaction, anatomy), _says(pair)) for pair in anatomy.pairs
        ),
        note="Only those whose interval leaves 0 out. Interaction: what leaving out each alone shows, added up, less "
        "what leaving out both shows.",
    )
    return Section("Which clauses need each other", (table,), name="pairs")


def _says(pair: Pair) -> str:
    if pair.is_substitute:
        return "they stand in for each other: leaving out one shows less than it carries"
    return "they need each other: without the one, the other does less"


def _chart(anatomy: Anatomy) -> Chart:
    outcome = OUTCOMES[anatomy.outcome]
    unit, tick = change_unit(outcome), partial(change_tick, of=outcome)

    def panel(title: str, means: list[MeanOverFutures]) -> Panel:
        marks = tuple(Mark(mean.value, *_ends(mean), _signed(mean.value, anatomy)) for mean in means)
        return Panel(title=title, unit=unit, marks=marks, tick=tick, reference=0.0)

    parts, heading = anatomy.parts, f"{OUTCOMES[anatomy.outcome].words}: what each clause carries"
    return Chart(
        name="carries",
        heading=heading,
        reading=_READING,
        svg=draw_rows(
            (
                panel("Carries", [part.carries for part in parts]),
                panel("Left out", [part.left_out for part in parts]),
                panel("Alone", [part.alone for part in parts]),
            ),
            rows=[part.group.replace("_", " ") for part in parts],
            name="carries",
            title=heading,
            description="; ".join(f"{part.group}: {_signed(part.carries.value, anatomy)}" for part in parts),
        ),
        table=parts_table(anatomy),
    )


def _ends(mean: MeanOverFutures) -> tuple[float, float]:
    """Return the ends of the interval; of one future, which leaves everything open, the value itself."""
    return (mean.value, mean.value) if mean.low is None or mean.high is None else (mean.low, mean.high)


def _cell(mean: MeanOverFutures, anatomy: Anatomy, *, error: float = 0.0) -> str:
    plus_minus = f" ±{_signed(error, anatomy).lstrip('+')}" if error else ""
    return f"{_signed(mean.value, anatomy)}{plus_minus}\n{_range(mean, anatomy)}"


def _signed(value: float, anatomy: Anatomy) -> str:
    return change(value, of=OUTCOMES[anatomy.outcome])


def _range(mean: MeanOverFutures, anatomy: Anatomy) -> str:
    if mean.low is None or mean.high is None:
        return "one future tells no range"
    return change_range(mean.low, mean.high, of=OUTCOMES[anatomy.outcome])


def _unit(anatomy: Anatomy) -> str:
    outcome = OUTCOMES[anatomy.outcome]
    return "points" if outcome.is_share else outcome.unit
