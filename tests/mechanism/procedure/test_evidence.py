"""What reports make of an incident, and what they do not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from foedus.arrangement.vocabulary import Finds
from foedus.checks.specimens import good, patched
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.mechanism.procedure.evidence.carried import carried
from foedus.mechanism.procedure.evidence.influence import fewest_forgeries, without_each
from foedus.mechanism.procedure.evidence.posterior import Likelihood, weigh
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.evidence.yardstick import words_for

JUDGMENTS = default_judgments()
_SEEN = datetime(2027, 3, 1, tzinfo=UTC)


def _report(about: str, says: str, *, grade: str = "B", origin: str = "") -> Report:
    return Report(f"{about}_{says}_{origin}", about, says, grade, origin or f"{about}_{says}", _SEEN)


OFFENSIVE = (
    _report("extent", "whole_front"),
    _report("crossing", "formations", grade="A"),
    _report("direction", "from_adversary"),
    _report("mobilisation", "massed", grade="A"),
)


def test_without_reports_the_prior_stands() -> None:
    """Before anybody has said anything, each account is as likely as the named prior says."""
    for prior, chances in JUDGMENTS.priors.items():
        bands = weigh((), judgments=JUDGMENTS, prior=prior).bands
        assert [bands[name].mean for name in JUDGMENTS.ids] == pytest.approx(chances)


def test_an_echo_adds_nothing() -> None:
    """Ten voices that repeat one origin are worth as much as the origin."""
    one = _report("direction", "from_adversary", origin="agency")
    echoes = tuple(replace(one, id=f"echo{i}", by=f"paper{i}") for i in range(10))
    alone = weigh((one,), judgments=JUDGMENTS, prior="flat").draws
    assert (weigh((one, *echoes), judgments=JUDGMENTS, prior="flat").draws == alone).all()


def test_independent_origins_say_more_than_one() -> None:
    """Two sources that know it each for themselves move a belief further than one."""
    first, second = (_report("crossing", "formations", origin=name) for name in ("one", "two"))
    one = weigh((first,), judgments=JUDGMENTS, prior="flat").of(("offensive",)).mean
    both = weigh((first, second), judgments=JUDGMENTS, prior="flat").of(("offensive",)).mean
    assert both > one > 1 / 8


def test_what_could_not_be_told_and_what_was_corrected_counts_for_nothing() -> None:
    """An honest "I could not tell" moves nothing, and a correction takes back what it corrects."""
    wrong = _report("direction", "from_adversary")
    right = replace(wrong, id="right", says="undetermined", corrects=wrong.id)
    flat = weigh((), judgments=JUDGMENTS, prior="flat").draws
    assert (weigh((wrong, right), judgments=JUDGMENTS, prior="flat").draws == flat).all()


def test_the_account_that_is_in_no_list_is_never_ruled_out() -> None:
    """However much speaks for an offensive, something else stays possible."""
    bands = weigh(OFFENSIVE, judgments=JUDGMENTS, prior="flat").bands
    assert bands["offensive"].mean > 0.9
    assert bands["other"].mean > 0


def test_a_higher_standard_is_harder_to_meet() -> None:
    """What is proven beyond reasonable doubt is proven by a preponderance, and not the other way about."""
    weak = (_report("crossing", "units", grade="C"), _report("direction", "from_adversary", grade="C"))
    found = {}
    for standard in ("preponderance", "beyond_reasonable_doubt"):
        text = patched({"trigger.proof": {"deploy": standard, "defend": standard}})
        found[standard] = carried(weak, arrangement=text, judgments=JUDGMENTS, prior="mobilised").finding
    assert found == {"preponderance": Finds.INCURSION, "beyond_reasonable_doubt": Finds.HYBRID}


def test_a_lone_origin_does_not_meet_a_standard_that_asks_for_two() -> None:
    """Clear and convincing evidence comes from more than one place, however sure that one is."""
    lone = tuple(replace(each, origin="same") for each in OFFENSIVE)
    tests = {each.finding: each for each in carried(lone, arrangement=good(), judgments=JUDGMENTS, prior="flat").tests}
    assert tests[Finds.INVASION].band.mean > 0.75
    assert not tests[Finds.INVASION].is_met


def test_the_report_that_everything_hangs_on_is_named() -> None:
    """Where taking out one origin turns the finding, that origin is told first, and as one that may be forged."""

    def weighing(reports: tuple[Report, ...]):  # type: ignore[no-untyped-def]
        return carried(reports, arrangement=good(), judgments=JUDGMENTS, prior="calm_border")

    reports = (_report("crossing", "units", grade="A"), _report("direction", "from_adversary", grade="D"))
    assert without_each(reports, weighing=weighing)[0].origins == ("crossing_units",)
    assert ("crossing_units",) in fewest_forgeries(reports, weighing=weighing)


def test_a_band_under_one_word_has_one_word_and_any_other_has_two() -> None:
    """A word that hides half of a band is not used alone."""
    assert words_for(Likelihood(0.6, 0.56, 0.7)) == "likely"
    assert words_for(Likelihood(0.6, 0.3, 0.7)) == "unlikely to likely"
