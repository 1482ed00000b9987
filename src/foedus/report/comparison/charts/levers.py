"""Chart of what moves a lead: the thirds of each assumption."""

from collections.abc import Mapping, Sequence

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.overturning import Challenge, ParameterEffect
from foedus.report.charts.thirds import Row, draw_thirds
from foedus.report.page.page import Chart
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import FEW, count, counted, out_of, percent, plain, signed_amount

_LEVERS_SHOWN = 8


def lever_chart(
    challenge: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], number: int
) -> Chart | None:
    """Draw which assumptions move a lead; None where there is nothing that varies."""
    levers = challenge.levers[:_LEVERS_SHOWN]
    if not levers:
        return None
    measure = OUTCOMES[challenge.measure].in_sentence
    leader, rival = labels[challenge.leader], labels[challenge.rival]
    heading = f"{leader} against {rival}: {measure}"
    ahead = counted(challenge.ahead.value, of=challenge.ahead.of)
    rows = [
        Row(
            label=words.get(lever.parameter, lever.parameter),
            ahead={third.which: third.credit for third in lever.thirds},
            is_beyond_chance=lever in challenge.beyond_chance,
        )
        for lever in levers
    ]
    return Chart(
        name=f"levers-{number}",
        heading=heading,
        reading=f"Share of futures in which {leader} is ahead, a tie counting half, where an assumption lies in the "
        "lowest (▽), middle (○) or highest (△) third of its range. Left of the half line the order turns over. Filled: "
        "it moves the share "
        "more than chance alone would move the strongest of all assumptions. Hollow: it may be chance.",
        svg=draw_thirds(
            rows,
            ahead=challenge.credit,
            name=f"levers-{number}",
            title=heading,
            description=f"{leader} is ahead in {ahead}; one row for each of the assumptions that move this most.",
        ),
        table=_lever_table(challenge, levers=levers, words=words, caption=heading),
    )


def _lever_table(
    challenge: Challenge, *, levers: Sequence[ParameterEffect], words: Mapping[str, str], caption: str
) -> Table:
    rows = []
    for lever in levers:
        thirds = {third.which: third for third in lever.thirds}
        cells = [
            f"{count(third.ahead, of=third.futures)}\n{plain(third.low)} to {plain(third.high)}" if third else "–"
            for third in (thirds.get(which) for which in ("lowest", "middle", "highest"))
        ]
        names = ", ".join([lever.parameter, *lever.together])
        said = "more than chance" if lever in challenge.beyond_chance else "may be chance"
        rows.append(
            (f"{words.get(lever.parameter, lever.parameter)} ({names})", *cells, signed_amount(lever.correlation), said)
        )
    return Table(
        caption=f"{caption}: in how many of {_out_of_third(levers)} futures the first is ahead (values of the "
        "assumption)",
        columns=(
            Column("Assumption", is_number=False),
            Column("Lowest third"),
            Column("Middle third"),
            Column("Highest third"),
            Column("Rank correlation", unit="with the size of the lead"),
            Column("Moves it", is_number=False),
        ),
        rows=tuple(rows),
        note=f"By chance alone the strongest of all assumptions would differ by {percent(challenge.chance)} "
        "of the futures between thirds in 1 of 20 comparisons.",
    )


def _out_of_third(levers: Sequence[ParameterEffect]) -> str:
    sizes = {third.futures for lever in levers for third in lever.thirds}
    return out_of(min(sizes)) if min(sizes) >= FEW or len(sizes) == 1 else "its"
