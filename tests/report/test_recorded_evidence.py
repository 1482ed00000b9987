"""The evidence that ships: the figures of the run behind the documents, drawn without solving anything."""

from foedus.evidence.backtest.record import BASE_RATE, LOGIT_OF_THREE, MODEL_AFTER, MODEL_BEFORE
from foedus.evidence.track_record import ACROSS_1946, THREATS, TRIED_BY, threat_records, track_record
from foedus.jobs.record.recorded import recorded_evidence
from foedus.report.evidence.recorded import shippable
from foedus.report.page.page import all_charts


def test_the_record_says_what_comparisons_say() -> None:
    """The scores are those that stand on every comparison: one run, told twice."""
    trials = {trial["name"]: trial for trial in recorded_evidence().record["trials"]}
    for outcome, (name,) in TRIED_BY.items():
        told, trial = track_record(outcome), trials[name]
        assert told is not None
        scores = {each["name"]: each["brier"] for each in trial["forecasters"]}
        assert (told.cases, told.happened) == (trial["case_count"], trial["happened_count"])
        assert (told.brier, told.base_brier) == (round(scores[MODEL_AFTER], 4), round(scores[BASE_RATE], 4))


def test_what_page_one_says_of_states_under_threat_is_in_the_record() -> None:
    """Base rate and logit stand beside the model, by decade and across 1946: the same figures in both files."""
    trials = {trial["name"]: trial for trial in recorded_evidence().record["trials"]}
    told = {each.outcome: each for each in threat_records(is_weighted=False)}
    assert tuple(told) == (*THREATS, *ACROSS_1946)
    for event, across in zip(THREATS, ACROSS_1946, strict=True):
        for record, trial in ((told[event], trials[f"{event}_decades"]), (told[across], trials[f"{event}_1946"])):
            scores = {each["name"]: round(each["brier"], 4) for each in trial["forecasters"]}
            assert (record.brier, record.base_brier) == (scores[MODEL_BEFORE], scores[BASE_RATE])
            assert record.logit_brier == scores[LOGIT_OF_THREE]


def test_every_drawing_has_its_table() -> None:
    """Of each trial the scores and the groups of forecasts, and all targets."""
    page, record = recorded_evidence().page, recorded_evidence().record
    charts = list(all_charts(page))
    assert len(charts) == 2 * len(record["trials"]) + 1
    assert all(chart.table.rows for chart in charts)
    assert len(charts[-1].table.rows) == len(record["targets"])


def test_no_case_of_others_ships() -> None:
    """What happened in single cases stands in data sets that may not be passed on."""
    record = {"trials": [{"name": "x", "cases": ["a"], "happened": [1], "forecasts": {"y": [0.5]}}], "parameters": []}
    assert b'"a"' not in shippable(record)
    assert all("cases" not in trial and "forecasts" not in trial for trial in recorded_evidence().record["trials"])
