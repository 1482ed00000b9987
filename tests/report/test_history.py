"""What page one says of history, with records made up for it."""

from dataclasses import replace

from foedus.evidence.track_record import TrackRecord
from foedus.report.comparison.answers.history import (
    NO_SKILL,
    NOT_TRIED,
    history_sentences,
    history_words,
    mark,
    marks_words,
    records_shown,
    threats_words,
)


def record(outcome: str, *, brier: float, base_brier: float = 0.2) -> TrackRecord:
    return TrackRecord(
        outcome=outcome,
        what="Major war within ten years",
        cases=22,
        happened=5,
        brier=brier,
        base_brier=base_brier,
        low=-0.1,
        high=0.1,
        is_weighted=False,
    )


RECORDS = {"war": record("war", brier=0.17), "defend": record("defend", brier=0.33), "cost": None}


def test_where_the_model_lost_and_what_nobody_tried_stand_in_one_line() -> None:
    """Better on war, no better on guarantors at war, cost and signing never tried: all three are told."""
    said = history_words(RECORDS)
    assert "better than the base rate on renewed major war (22 cases, not clear of chance)" in said
    assert "no better than the base rate on guarantors at war with the adversary" in said
    assert "Cost to guarantors and who would sign were never held against history" in said


def test_figures_without_support_are_marked() -> None:
    """A figure on which the model beat the base rate bears no mark; one that it lost, or that nobody tried, does."""
    assert [mark(outcome, records=RECORDS) for outcome in ("war", "defend", "cost", "conquest")] == [
        "",
        NO_SKILL,
        NOT_TRIED,
        "",
    ]
    assert NO_SKILL in marks_words(RECORDS)
    assert NOT_TRIED in marks_words(RECORDS)
    assert marks_words({"war": RECORDS["war"]}) == ""


def test_each_record_has_its_sentence() -> None:
    """The section below the answer says of each figure how often it was tried, and how it went."""
    (war, _) = history_sentences(RECORDS)
    assert "22 cases" in war
    assert "0.170" in war
    assert "0.200" in war


def test_every_figure_of_page_one_is_looked_up() -> None:
    """War, losses, guarantors at war, entrapment and cost are asked about, whatever the answer."""
    assert set(records_shown(is_weighted=False)) == {"war", "lost", "defend", "entrap", "cost"}


def test_states_under_threat_are_told_against_both_rivals() -> None:
    """Ahead of the base rate and of the logit is better; behind one of the two is not, and then the scores are told."""
    attacked = replace(
        record("threat_attacked", brier=0.238, base_brier=0.2506), cases=780, happened=422, logit_brier=0.2427
    )
    joined = replace(record("ally_joined", brier=0.0761, base_brier=0.0749), cases=625, happened=50, logit_brier=0.0776)
    said = threats_words((attacked, joined))
    assert said.startswith("On 780 and 625 states under threat")
    assert "alliance and nearness on who is attacked;" in said
    assert (
        "no better than one of the two on allies that come to help (Brier score 0.076, theirs 0.075 and 0.078)" in said
    )
    assert not replace(attacked, logit_brier=0.23).better_than_all
    assert "logit on balance, alliance and nearness 0.2427" in attacked.sentence()
    assert threats_words(()) == ""
    across = replace(attacked, outcome="threat_attacked_across_1946", brier=0.297)
    assert threats_words((attacked, across)).endswith(
        "and the reverse, it fails on who is attacked (Brier score 0.297, theirs 0.251 and 0.243)."
    )
