"""An anatomy as tables and words: which clauses carry how much."""

from foedus.insight.anatomy.record import Anatomy, Pair, ShapleyMethod
from foedus.insight.anatomy.shapley import REFERENCES
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.comparison.charts import Figure
from foedus.report.comparison.tables import SHARES
from foedus.report.page.sheet import Made, Part, Sheet
from foedus.report.page.tables import Column, Table
from foedus.report.words.labels import OUTCOME_WORDS
from foedus.report.words.numbers import (
    amount,
    count_of_100,
    percent,
    points,
    points_range,
    signed_amount,
    signed_amount_range,
    tick_amount,
    tick_points,
)

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


def anatomy_parts(anatomy: Anatomy) -> tuple[Part, ...]:
    """Return what a terminal is told."""
    heading = "What the text does, clause by clause"
    if not anatomy.parts:
        return (Part("answer", heading, _nothing_read(anatomy)),)
    return (
        Part("answer", heading, _words(anatomy), tables=(parts_table(anatomy),)),
        *([_pairs(anatomy)] if anatomy.pairs else []),
    )


def anatomy_sheet(anatomy: Anatomy, *, title: str, made: Made) -> Sheet:
    """Return the page of an anatomy."""
    first, *others = anatomy_parts(anatomy)
    figures = (_figure(anatomy),) if anatomy.parts else ()
    answer = Part(first.name, first.heading, first.paragraphs, figures, () if figures else first.tables)
    return Sheet(
        kind="Anatomy of an outcome",
        title=title,
        subtitle=_called(anatomy.outcome),
        parts=(answer, *others),
        references=REFERENCES,
        made=made,
    )


def parts_table(anatomy: Anatomy) -> Table:
    """Return what each group of clauses carries."""
    unit = "points" if anatomy.outcome in SHARES else ""
    futures = "of 100 futures"
    return Table(
        caption=f"{_called(anatomy.outcome)}: who carries what",
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
    is_share = anatomy.outcome in SHARES
    level, unit = (percent, " points") if is_share else (amount, "")
    made = (
        f"{_called(anatomy.outcome)} is {level(anatomy.whole.value)} under the text and "
        f"{level(anatomy.nothing.value)} under the same parties with no clause at all, on average over {anatomy.used} "
        f"futures; the difference of {_signed(anatomy.difference.value, anatomy)}{unit} "
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


def _pairs(anatomy: Anatomy) -> Part:
    unit = "points" if anatomy.outcome in SHARES else ""
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
    return Part("pairs", "Which clauses need each other", tables=(table,))


def _says(pair: Pair) -> str:
    if pair.is_substitute:
        return "they stand in for each other: leaving out one shows less than it carries"
    return "they need each other: without the one, the other does less"


def _figure(anatomy: Anatomy) -> Figure:
    tick = tick_points if anatomy.outcome in SHARES else tick_amount
    unit = "percentage points" if anatomy.outcome in SHARES else "units of the stake, or counts"

    def panel(title: str, means: list[MeanOverFutures]) -> Panel:
        marks = tuple(Mark(mean.value, *_ends(mean), _signed(mean.value, anatomy)) for mean in means)
        return Panel(title=title, unit=unit, marks=marks, tick=tick, reference=0.0)

    parts, heading = anatomy.parts, f"{_called(anatomy.outcome)}: what each clause carries"
    return Figure(
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
    return points(value) if anatomy.outcome in SHARES else signed_amount(value)


def _range(mean: MeanOverFutures, anatomy: Anatomy) -> str:
    if mean.low is None or mean.high is None:
        return "one future tells no range"
    writes = points_range if anatomy.outcome in SHARES else signed_amount_range
    return writes(mean.low, mean.high)


def _called(outcome: str) -> str:
    return OUTCOME_WORDS.get(outcome, outcome.replace("_", " ").capitalize())
