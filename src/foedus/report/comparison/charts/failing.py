"""Where a rival is ahead and where an arrangement fails: pictures of futures, with the rule behind each."""

from collections.abc import Mapping
from functools import partial

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.overturning import Challenge
from foedus.insight.discovery.failing import Failure, Picture
from foedus.insight.discovery.scenario import Condition, Discovery
from foedus.report.charts.scatter import Axis, draw_scatter
from foedus.report.comparison.tables.cells import share_cell
from foedus.report.page.page import Chart
from foedus.report.page.table import Column, Table
from foedus.report.words.discovery_words import condition_in_words
from foedus.report.words.numbers import count, counted, plain
from foedus.report.words.outcome_numbers import change_tick, level_tick
from foedus.values.names import listed


def flip_chart(
    challenge: Challenge, *, labels: Mapping[str, str], words: Mapping[str, str], number: int
) -> Chart | None:
    """Draw in which futures a rival is ahead; None where no rule was found."""
    if challenge.picture is None:
        return None
    leader, rival = labels[challenge.leader], labels[challenge.rival]
    measure = OUTCOMES[challenge.measure].in_sentence
    return _picture_chart(
        challenge.flips,
        challenge.picture,
        words=words,
        name=f"flips-{number}",
        heading=f"Where {rival} is ahead of {leader}: {measure}",
        held=f"{rival} is ahead",
        other=f"{leader} is ahead, or the two cannot be told apart",
        figure=Axis(f"lead of {leader}", tick=partial(change_tick, of=OUTCOMES[challenge.measure])),
    )


def failure_chart(
    failure: Failure, *, labels: Mapping[str, str], words: Mapping[str, str], number: int
) -> Chart | None:
    """Draw in which futures an arrangement fails; None where no rule was found."""
    if failure.picture is None:
        return None
    label = labels[failure.arrangement]
    held = "most war" if failure.is_own else "it fails"
    outcome = OUTCOMES[failure.requirements[0].outcome]
    return _picture_chart(
        failure.discovery,
        failure.picture,
        words=words,
        name=f"fails-{number}",
        heading=f"Where {label} fails",
        held=held,
        other="all other futures",
        figure=Axis(outcome.words, tick=partial(level_tick, of=outcome)),
    )


def _picture_chart(
    found: Discovery,
    picture: Picture,
    *,
    words: Mapping[str, str],
    name: str,
    heading: str,
    held: str,
    other: str,
    figure: Axis,
) -> Chart:
    box = found.boxes[0]
    across, up = (_axis(parameter, box.conditions, words=words) for parameter in (picture.across, picture.up))
    third = [each for each in box.conditions if each.parameter not in (picture.across, picture.up)]
    beside = listed([condition_in_words(each, words, units=None) for each in third])
    return Chart(
        name=name,
        heading=heading,
        reading="One mark for each future. Dashed frame: the rule in the words above"
        f"{f', which also asks that {beside}' if beside else ''}.",
        svg=draw_scatter(
            [(point.across, point.up, point.holds) for point in picture.points],
            across=across,
            up=up if picture.up else figure,
            held=held,
            other=other,
            name=name,
            title=heading,
            description=f"{held} in {counted(found.base.value, of=found.futures)}; the rule stands in the table below.",
        ),
        table=_box_table(found, words=words, caption=heading),
    )


def _axis(parameter: str, conditions: tuple[Condition, ...], *, words: Mapping[str, str]) -> Axis:
    sides = {each.operator: each.threshold for each in conditions if each.parameter == parameter}
    meaning = f"{words[parameter]} ({parameter})" if parameter in words else parameter
    return Axis(label=meaning, below=sides.get("<"), above=sides.get(">"))


def _box_table(found: Discovery, *, words: Mapping[str, str], caption: str) -> Table:
    rows = []
    for number, box in enumerate(found.boxes, start=1):
        conditions = "; ".join(
            f"{words.get(each.parameter, each.parameter)} ({', '.join((each.parameter, *each.together))}) "
            f"{'below' if each.operator == '<' else 'above'} {plain(each.threshold)}"
            for each in box.conditions
        )
        unseen = "–" if box.held_out_density is None else count(box.held_out_density.value, of=box.futures)
        rows.append(
            (f"Rule {number}", conditions, str(box.futures), share_cell(box.density), share_cell(box.coverage), unseen)
        )
    return Table(
        caption=caption,
        columns=(
            Column("Rule", is_number=False),
            Column("Conditions", is_number=False),
            Column("Futures"),
            Column("Density", unit="in how many of 100 of them it is so"),
            Column("Coverage", unit="how many of 100 such futures it names"),
            Column("Unseen", unit="density where the search did not look"),
        ),
        rows=tuple(rows),
        note="Found by a classification tree; refused where shuffled futures give as strong a rule in more than 1 of "
        "100 trials. Each further rule is sought outside those before.",
    )
