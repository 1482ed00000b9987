"""A search for designs as tables, words and a page."""

from collections.abc import Sequence

from foedus.game.outcomes import OUTCOMES
from foedus.insight.design.record import AIMS, Aim, Front, Signers, TriedDesign
from foedus.insight.design.search import REFERENCES
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.design.charts import AimAxis, DesignLine, draw_parallel
from foedus.report.page.made import COUNTS_ARE_SHARES
from foedus.report.page.page import Chart, Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import amount, count_of_100, percent, points, signed_amount
from foedus.values.names import listed

_CALLED = {
    Aim.LOSS: "Expected loss",
    Aim.ENTRAP: OUTCOMES["entrap"].words,
    Aim.COST: OUTCOMES["cost"].words,
    Aim.REFUSAL: "Refused",
}
_SIGNERS = {
    Signers.EVERYONE: "adversary, protected state and guarantors",
    Signers.ADVERSARY: "the adversary",
    Signers.GUARANTORS: "the guarantors",
}
_SHARES = frozenset({Aim.ENTRAP, Aim.REFUSAL})


def design_page(front: Front, *, label: str, provenance: Provenance) -> Page:
    """Return the page of a search."""
    found = _charts(front, label=label) or (front_table(front, label=label),)
    return Page(
        kind="Search for designs",
        title=f"Designs from {label}",
        subtitle=_subtitle(front),
        sections=(
            Section("What was found", (*map(Paragraph, _words(front, label=label)), *found), name="answer"),
            Section("What each design changes", (changes_table(front),), name="changes"),
            _levers(front),
        ),
        references=REFERENCES,
        provenance=provenance,
        caution=COUNTS_ARE_SHARES,
    )


def front_table(front: Front, *, label: str) -> Table:
    """Return every aim of every design, and how it differs from the text that the search began with."""
    return Table(
        caption="Designs that no other beats on every aim",
        columns=(
            Column("Design", is_number=False),
            *(Column(_CALLED[aim]) for aim in Aim),
            Column("Major war"),
            Column("Adversary signs", unit="of 100"),
            Column("Covered", unit="of incidents"),
            Column("Grave faults"),
        ),
        rows=tuple(
            (
                _name(point, label=label),
                *(_aim(point, aim) for aim in Aim),
                percent(point.war.value),
                count_of_100(point.adversary_signs.value),
                percent(point.holes.coverage.share),
                "\n".join([str(point.holes.faults), *_in_pairs(point.holes.fault_ids)]),
            )
            for point in (front.start_point, *front.points)
        ),
        note=f"{_meanings(front)} Below each figure, how far it lies from the text that the search began with. "
        "Covered: the share of the same hostile incidents in which somebody must help. Grave faults: what "
        "`foedus check` finds wrong in the drafting, with their ids. † beaten by another in the trial.",
    )


def changes_table(front: Front) -> Table:
    """Return what each design changes in the text."""
    return Table(
        caption="Changes",
        columns=(
            Column("Design", is_number=False),
            Column("File", is_number=False),
            Column("Changes", is_number=False),
        ),
        rows=tuple((_short(point), point.file, _changes(point)) for point in front.points),
        note="Each file is an arrangement like any other: see it with `foedus show`, put it to `foedus check`.",
        row_links=tuple(point.file for point in front.points),
    )


def _words(front: Front, *, label: str) -> tuple[str, ...]:
    kept = sum(point.is_on_front for point in front.points)
    how = "every one of them was" if front.is_complete else f"{front.judged:,} of them, chosen by NSGA-II, were"
    searched = (
        f"From {label} {front.designs:,} designs can be written; {how} judged in {front.search.futures} futures "
        f"({front.games} different games)."
    )
    tried = (
        f"The {len(front.points)} that no other beat were tried again in {front.trial.futures} other futures (seed "
        f"{front.trial.seed}); {kept} of them are still unbeaten."
        if front.is_tried
        else f"The {len(front.points)} that no other beat were not tried again in other futures: the best of many are "
        "in part the luckiest."
    )
    words = [searched, tried]
    if front.is_stopped:
        words.append("The search was stopped before it was through; what is shown is what it had found by then.")
    if front.left_out:
        words.append(f"{front.left_out} more were unbeaten in the search; those shown lie farthest apart.")
    if front.unusable:
        words.append(f"{front.unusable} designs could not be written or did not converge often enough.")
    return (*words, *_better(front, label=label))


def _better(front: Front, *, label: str) -> tuple[str, ...]:
    """Say which designs are better than the start on some aim, as far as futures tell, and worse on none."""
    better = [_short(point) for point in front.clearly_better]
    if not better:
        return (f"None is clearly better than {label} on one aim without being worse on another.",)
    verb = "is" if len(better) == 1 else "are"
    return (f"{listed(better)} {verb} clearly better than {label} on some aim, and on average worse on none.",)


def _meanings(front: Front) -> str:
    told = [f"{_CALLED[aim]}: {AIMS[aim]}." for aim in Aim]
    return f"{' '.join(told)} Signatures asked for: {_SIGNERS[front.signers]}."


def _subtitle(front: Front) -> str:
    return f"{front.games} games in {front.search.futures} futures, tried in {front.trial.futures}"


def _charts(front: Front, *, label: str) -> tuple[Chart, ...]:
    if not front.points:
        return ()
    heading = "Every aim at once"
    every = [front.start_point, *front.points]
    spans = {aim: _span([point.aims[aim].value for point in every]) for aim in Aim}
    return (
        Chart(
            name="aims",
            heading=heading,
            reading="Each line is a design; the higher on an axis, the better. Dark: unbeaten in the trial. Dashed: "
            f"{label}, where the search began. Ends of the axes: the best and the worst of those shown; where they "
            "cannot be told apart, all are drawn in the middle.",
            svg=draw_parallel(
                [AimAxis(_CALLED[aim], _written(spans[aim][0], aim), _written(spans[aim][1], aim)) for aim in Aim],
                [_line(point, spans, margin=front.margin) for point in front.points],
                start=_line(front.start_point, spans, margin=front.margin),
                name="aims",
                title=heading,
                description=_describe(front),
            ),
            table=front_table(front, label=label),
            is_table_open=True,
        ),
    )


def _span(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _line(point: TriedDesign, spans: dict[Aim, tuple[float, float]], *, margin: float) -> DesignLine:
    places = tuple(_place(point.aims[aim].value, spans[aim], margin=margin) for aim in Aim)
    return DesignLine(point.id.rpartition("_")[2].lstrip("0") or "as it is", places, point.is_on_front)


def _place(value: float, span: tuple[float, float], *, margin: float) -> float:
    """Return where on its axis a value is drawn; where all lie within the margin, in the middle."""
    best, worst = span
    return (value - best) / (worst - best) if worst - best > margin else 0.5


def _describe(front: Front) -> str:
    return "; ".join(
        f"{_short(point)}: "
        + ", ".join(f"{_CALLED[aim].lower()} {_written(point.aims[aim].value, aim)}" for aim in Aim)
        for point in front.points
    )


def _levers(front: Front) -> Section:
    table = Table(
        caption="Levers",
        columns=(Column("Lever", is_number=False), Column("Settles", is_number=False), Column("Ways", is_number=False)),
        rows=tuple((lever.id, lever.words, "; ".join(lever.options)) for lever in front.levers),
    )
    return Section("What could be changed", (table,), name="levers", is_brief=False)


def _name(point: TriedDesign, *, label: str) -> str:
    if not point.id:
        return f"{label}, as it is"
    return _short(point) if point.is_on_front else f"{_short(point)} †"


def _short(point: TriedDesign) -> str:
    return f"Design {point.id.rpartition('_')[2]}"


def _changes(point: TriedDesign) -> str:
    return "; ".join(f"{lever}: {word}" for lever, word in point.changes.items()) or "nothing"


def _aim(point: TriedDesign, aim: Aim) -> str:
    value = _written(point.aims[aim].value, aim)
    if aim not in point.differences:
        return value
    return f"{value}\n{_moved(point.differences[aim], aim)}"


def _written(value: float, aim: Aim) -> str:
    return percent(value) if aim in _SHARES else amount(value)


def _moved(difference: MeanOverFutures, aim: Aim) -> str:
    return points(difference.value) if aim in _SHARES else signed_amount(difference.value)


def _in_pairs(names: tuple[str, ...]) -> list[str]:
    """Write ids two to a line."""
    return [", ".join(names[i : i + 2]) for i in range(0, len(names), 2)]
