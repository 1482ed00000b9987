"""What a parameter may be is declared once, and a file that says otherwise is refused before any work."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import Finding, InvalidFile
from foedus.futures.parameters.load import default_parameters, read_parameters
from foedus.futures.parameters.record import TIERS_OF, Parameter, Shape

PARAMETERS = default_parameters()
ENTRIES = PARAMETERS.entries
FREE = [entry for entry in ENTRIES if entry.domain.least < entry.domain.most]
SCALES = [(PARAMETERS[lower], upper) for upper in ENTRIES for lower in upper.domain.not_below]
_HEAD = "# a file of a workshop\n"


def _overlay(*entries: tuple[str, float, float]) -> str:
    said = (
        f"{name}:\n  uniform: [{low!r}, {high!r}]\n  status: elicited\n  source: mine\n" for name, low, high in entries
    )
    return _HEAD + "".join(said)


def _findings(text: str) -> tuple[Finding, ...]:
    with pytest.raises(InvalidFile) as caught:
        read_parameters(text, file="mine.yaml", defaults=PARAMETERS)
    return caught.value.findings


def _thousandfold(entry: Parameter) -> tuple[float, float] | None:
    return 1000 * entry.domain.most, 1001 * entry.domain.most


def _one_step_above(entry: Parameter) -> tuple[float, float] | None:
    return entry.domain.most, math.nextafter(entry.domain.most, math.inf)


def _one_step_below(entry: Parameter) -> tuple[float, float] | None:
    return math.nextafter(entry.domain.least, -math.inf), entry.domain.most


def _with_a_lost_sign(entry: Parameter) -> tuple[float, float] | None:
    return (-entry.high - 0.5, -entry.low - 0.5) if entry.domain.least >= 0 else None


def _in_per_cent(entry: Parameter) -> tuple[float, float] | None:
    is_share = entry.unit not in ("days", "troops", "bn USD", "thousand EUR", "factor")
    return (100 * entry.low, 100 * entry.high) if entry.high > 0 and is_share else None


MISTAKES = (_thousandfold, _one_step_above, _one_step_below, _with_a_lost_sign, _in_per_cent)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_parameter_declares_what_it_may_be(entry: Parameter) -> None:
    """Its own range lies within, and both ends are numbers."""
    assert math.isfinite(entry.domain.least)
    assert math.isfinite(entry.domain.most)
    assert entry.domain.has(entry.low, entry.high)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_a_number_outside_what_it_may_be_is_refused_with_its_line(
    mistake: Callable[[Parameter], tuple[float, float] | None],
) -> None:
    """A mistake in each parameter of a file: each is told where it stands, with the values that it may take."""
    made = [(entry, ends) for entry in FREE if (ends := mistake(entry))]
    findings = _findings(_overlay(*((entry.name, *ends) for entry, ends in made)))
    assert len(made) > 150
    assert [(finding.line, finding.code) for finding in findings] == [
        (3 + 4 * place, "out-of-domain") for place in range(len(made))
    ]
    for (entry, _), finding in zip(made, findings, strict=True):
        assert entry.name in finding.message
        assert entry.domain.words in finding.mend


@pytest.mark.parametrize(("lower", "upper"), SCALES, ids=lambda entry: entry.name)
def test_words_that_change_places_are_refused(lower: Parameter, upper: Parameter) -> None:
    """Two neighbours of a scale exchanged, and one of them moved past the other."""
    if (lower.low, lower.high) == (upper.low, upper.high):
        pytest.skip("they may be equal")
    swapped = _overlay((lower.name, upper.low, upper.high), (upper.name, lower.low, lower.high))
    codes = {finding.code for finding in _findings(swapped)}
    assert codes <= {"turned-over", "out-of-domain"}
    if lower.domain.most > upper.high:
        above = min(lower.domain.most, upper.domain.most)
        findings = _findings(_overlay((lower.name, above, above)))
        assert {(finding.line, finding.code) for finding in findings} == {(2, "turned-over")}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FREE), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_range_within_is_taken_wherever_it_keeps_the_order(
    entry: Parameter, one: float, other: float, is_high: bool
) -> None:
    """What lies within its domain and between its neighbours is taken as it stands."""
    least = max([entry.domain.least, *(PARAMETERS[name].high for name in entry.domain.not_below)])
    most = min([entry.domain.most, *(above.low for above in ENTRIES if entry.name in above.domain.not_below)])
    if least > most:
        return
    low, high = sorted(min(max(least + share * (most - least), least), most) for share in (one, other))
    low = high if is_high else low
    read = read_parameters(_overlay((entry.name, low, high)), file="mine.yaml", defaults=PARAMETERS)
    assert (read[entry.name].low, read[entry.name].high, read[entry.name].shape) == (low, high, Shape.UNIFORM)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FREE), st.floats(allow_nan=False, allow_infinity=False), st.floats(0, 1e6))
def test_a_range_that_leaves_its_domain_is_never_taken(entry: Parameter, low: float, width: float) -> None:
    """Whatever the two numbers, what is taken lies within."""
    text = _overlay((entry.name, low, low + width))
    try:
        taken = read_parameters(text, file="mine.yaml", defaults=PARAMETERS)[entry.name]
    except InvalidFile:
        return
    assert entry.domain.has(taken.low, taken.high)


@pytest.mark.parametrize("name", sorted(TIERS_OF))
def test_one_range_for_all_tiers_is_not_read_in_silence(name: str) -> None:
    """A parameter with a number for each tier is refused one range, with the names of its tiers."""
    text = _overlay((name, 0.1, 0.2))
    (finding,) = _findings(text)
    assert (finding.line, finding.code) == (3, "wrong-parameter")
    assert "is not read" in finding.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("days.mobilise: {fixed: 9, status: assumed, source: x}", "name one of them: days.mobilise.support"),
        ("prior: {per_tier: [0, 0, 0, 0], status: assumed, source: x}", "this parameter is one number"),
        ("penalty: {fixed: 1, group: x, status: assumed, source: x}", "'penalty.group' is 'x'"),
        ("prior: {fixed: 0.4, unit: per cent, status: assumed, source: x}", "write the numbers in probability"),
        ("prior: {fixed: 0.4, admits: [0, 9], status: assumed, source: x}", "not a key"),
        ("prior: {uniform: [40, 60], status: assumed, source: x}", "write 0.4 to 0.6"),
        (
            "tier_cost: {per_tier: [0, 0.1, 0.2, 0.3], status: assumed, source: x}\n"
            "tier_cost.defend: {fixed: 0.3, status: assumed, source: x}",
            "stated twice",
        ),
        ("tier_cost: {per_tier: [0, 0.3, 0.2, 0.1], status: assumed, source: x}", "turned-over"),
        ("tier_cost: {per_tier: [0.1, 0.1, 0.2, 0.3], status: assumed, source: x}", "0 only"),
    ],
)
def test_what_would_be_ignored_or_misread_is_told(text: str, expected: str) -> None:
    """No entry of a file goes unread without a word."""
    with pytest.raises(InvalidFile, match=expected):
        read_parameters(text, file="mine.yaml", defaults=PARAMETERS)


def test_a_scale_is_judged_at_every_quantile_and_not_at_its_ends_alone() -> None:
    """A range that bends the other way crosses its neighbour between ends that keep the order."""
    text = (
        "bindingness.may: {uniform: [0.01, 0.3], status: elicited, source: mine}\n"
        "bindingness.intends: {loguniform: [0.011, 0.31], status: elicited, source: mine}\n"
    )
    codes = {finding.code for finding in _findings(text)}
    assert codes == {"turned-over"}
