"""The evidence as it was recorded by `foedus evidence`, drawn again without solving anything.

The record ships with the package: scores of every forecaster in every trial, forecasts in groups of cases, and every
target before and after weights. It holds no case of a data set that may not be passed on.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.evidence.backtest.record import BASE_RATE, FORESIGHT, MODEL_AFTER, MODEL_BEFORE, UNSCALED
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.evidence.charts import TargetMarks, draw_bins, draw_targets
from foedus.report.page.page import Chart, Emphasis, Entry, Page, Paragraph, Points, Section
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import percent

RECORD = "backtest.json"
_OWN = frozenset({MODEL_AFTER, MODEL_BEFORE, UNSCALED})
_NO_FORECAST = _OWN | {FORESIGHT}
_NO_RIVALS = _OWN | {BASE_RATE, FORESIGHT}
_HUNDREDS = 100
"""From so many cases on, a trial is one of states under threat, against rivals that know the same."""


@cache
def packaged_record() -> Mapping[str, Any]:
    """Return the record that ships."""
    text = (files("foedus") / "parameters" / RECORD).read_text(encoding="utf-8")
    record: Mapping[str, Any] = json.loads(text)
    return record


def shippable(record: Mapping[str, Any]) -> bytes:
    """Return a record without forecasts case by case, which need the data sets of others to be read.

    What history said of single parameters is left out too: the view `calibrated` holds it.
    """
    left_out = {"cases", "happened", "forecasts"}
    trials = [{name: value for name, value in trial.items() if name not in left_out} for trial in record["trials"]]
    kept = {name: value for name, value in record.items() if name != "parameters"}
    return (json.dumps({**kept, "trials": trials}, indent=1, ensure_ascii=False) + "\n").encode()


def recorded_page(record: Mapping[str, Any]) -> Page:
    """Return the page: how every forecaster did, forecast against outcome, targets against the model."""
    small = [trial for trial in record["trials"] if trial["case_count"] < _HUNDREDS]
    large = [trial for trial in record["trials"] if trial["case_count"] >= _HUNDREDS]
    made = record["provenance"]
    return Page(
        kind="Evidence",
        title="The model against the record",
        subtitle="How its forecasts did on cases whose end is known, beside rivals; where it loses stands first",
        sections=(
            _losses(record["trials"]),
            *([_group("States under threat, against rivals that know as much", large)] if large else []),
            _group("Cases that are over", small),
            _targets(record["targets"]),
            Section(
                "How this was made",
                (
                    Paragraph(
                        f"Recorded by {made.get('command', 'foedus evidence')}; inputs {made['inputs_digest'][:12]}. "
                        "Nothing was solved to show it."
                    ),
                    *(Paragraph(words, Emphasis.SMALL) for words in record["not_tried"]),
                ),
                name="made",
            ),
        ),
    )


def _losses(trials: Sequence[Mapping[str, Any]]) -> Section:
    told = []
    for trial in trials:
        scores = {each["name"]: round(float(each["brier"]), 3) for each in trial["forecasters"]}
        own = scores[MODEL_AFTER]
        better = [f"{name} ({brier:.3f})" for name, brier in scores.items() if brier < own and name not in _NO_FORECAST]
        if better:
            cases = f"{trial['happened_count']} of {trial['case_count']} cases"
            told.append(Entry(f"the model {own:.3f}; {'; '.join(better)}.", label=f"{trial['title']} ({cases})"))
    if not told:
        return Section("Where it loses", (Paragraph("Nowhere in what was tried."),), name="loses")
    head = "Brier scores: 0 is perfect, 0.25 is what saying one half always gets. Others did better than the model in:"
    return Section("Where it loses", (Paragraph(head), Points(tuple(told))), name="loses")


def _group(heading: str, trials: Sequence[Mapping[str, Any]]) -> Section:
    return Section(heading, tuple(block for trial in trials for block in _trial(trial)), name=f"trials-{len(trials)}")


def _trial(trial: Mapping[str, Any]) -> tuple[Paragraph | Chart, ...]:
    named = f"{trial['title']}: {trial['happened_count']} of {trial['case_count']} cases"
    note = (Paragraph(trial["note"], Emphasis.SMALL),) if trial["note"] else ()
    return (_scores(trial, heading=named), _bins(trial, heading=f"Forecast and outcome: {trial['title']}"), *note)


def _scores(trial: Mapping[str, Any], *, heading: str) -> Chart:
    rows = trial["forecasters"]
    names = [each["name"] for each in rows]
    differences = tuple(
        Mark(each["less_base_rate"][0], each["less_base_rate"][1], each["less_base_rate"][2], f"{each['brier']:.3f}")
        for each in rows
    )
    panel = Panel(
        "Brier score less that of the base rate",
        "left of the line is better; 95 % interval; score itself beside it",
        differences,
        tick=lambda value: f"{value:+.3g}".replace("-", "−") if value else "0",
        reference=0.0,
    )
    table = Table(
        caption=heading,
        columns=(
            Column("Forecaster", is_number=False),
            Column("Brier score"),
            Column("Log score"),
            Column("Less base rate", unit="95 % interval"),
            Column("Model less this one", unit="95 % interval"),
        ),
        rows=tuple(
            (
                each["name"],
                f"{each['brier']:.3f}",
                f"{each['log']:.3f}",
                _margin(each["less_base_rate"]),
                _margin(each["model_less"]),
            )
            for each in rows
        ),
    )
    return Chart(
        name=f"scores-{trial['name']}",
        heading=heading,
        reading="A mark for each forecaster, with its 95 % interval against the base rate of the other cases.",
        svg=draw_rows(
            [panel],
            rows=names,
            name=f"scores-{trial['name']}",
            title=heading,
            description="Brier score of each forecaster less that of the base rate; the figures stand in the table.",
            baseline=names.index(BASE_RATE) if BASE_RATE in names else None,
        ),
        table=table,
    )


def _margin(triple: Sequence[float]) -> str:
    value, low, high = (f"{each:+.3f}".replace("-", "−") for each in triple)
    return f"{value}\n{low} to {high}"


def _bins(trial: Mapping[str, Any], *, heading: str) -> Chart:
    rivals = [each for each in trial["forecasters"] if each["name"] not in _NO_RIVALS]
    strongest = sorted(rivals, key=lambda each: float(each["brier"]))[:1]
    named = {each["name"]: each for each in trial["forecasters"]}
    shown = [named[name] for name in (MODEL_AFTER, MODEL_BEFORE) if name in named] + strongest
    svg = draw_bins(
        {each["name"]: [group[:4] for group in each["bins"]] for each in shown},
        name=f"bins-{trial['name']}",
        title=heading,
    )
    rows = tuple(
        (each["name"], percent(forecast), percent(happened), f"{percent(low)} to {percent(high)}", str(cases))
        for each in shown
        for forecast, happened, low, high, cases in each["bins"]
    )
    columns = (
        Column("Forecaster", is_number=False),
        Column("Forecast", unit="average of the group"),
        Column("Happened"),
        Column("95 % interval"),
        Column("Cases"),
    )
    return Chart(
        name=f"bins-{trial['name']}",
        heading=heading,
        reading="Each mark is a group of cases with forecasts of about the same height; on the diagonal as many "
        "happened as were forecast. Lines are 95 % intervals of the share.",
        svg=svg,
        table=Table(caption=heading, columns=columns, rows=rows),
    )


def _targets(targets: Sequence[Mapping[str, Any]]) -> Section:
    shown = [each for each in targets if 0.0 <= each["record"] <= 1.0]
    table = Table(
        caption="Every target",
        columns=(
            Column("Target", is_number=False),
            Column("Record"),
            Column("Interval that counts"),
            Column("Model before"),
            Column("Model weighted"),
            Column("Source", is_number=False),
        ),
        rows=tuple(
            (
                each["what"] + (" (given up)" if each["is_given_up"] else ""),
                _plain(each["record"]),
                f"{_plain(each['low'])} to {_plain(each['high'])}",
                _plain(each["before"]),
                _plain(each["after"]),
                each["source"],
            )
            for each in targets
        ),
    )
    chart = Chart(
        name="targets",
        heading="Targets and the model",
        reading="Bar: the interval that counts. Tick: the record. Hollow: the model before weights. Full: after.",
        svg=draw_targets([_marks(each) for each in shown]),
        table=table,
    )
    return Section("Calibration: what the record says of frequencies", (chart,), name="targets")


def _marks(target: Mapping[str, Any]) -> TargetMarks:
    low, high = (target[name] if target[name] is not None else end for name, end in (("low", 0.0), ("high", 1.0)))
    return TargetMarks(
        what=target["what"],
        record=target["record"],
        low=low,
        high=high,
        before=target["before"],
        after=target["after"],
        is_given_up=target["is_given_up"],
    )


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")
