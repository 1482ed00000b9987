import numpy as np
import pytest
from scipy.stats import hypergeom

from foedus.insight.discovery.box_search import _excess
from foedus.insight.discovery.scenario import Box, Discovery, DiscoveryVerdict, discover, inside_box
from foedus.values.arrays import BoolArray, FloatArray

NAMES = tuple(f"p{i}" for i in range(30))


def planted(*, futures: int = 300, seed: int = 3, noise: float = 0.0) -> tuple[FloatArray, BoolArray]:
    """Draw futures in which something holds where p3 is below 0.4 and p7 above 0.5, and elsewhere by noise."""
    generator = np.random.default_rng(seed)
    values = generator.random((futures, len(NAMES)))
    holds = (values[:, 3] < 0.4) & (values[:, 7] > 0.5)
    flipped: BoolArray = holds ^ (generator.random(futures) < noise)
    return values, flipped


def only(found: Discovery) -> Box:
    (box,) = found.boxes
    return box


def test_a_planted_box_is_found_whole() -> None:
    """Without noise the rule is the one planted, to the spacing of the draws, and covers all and nothing else."""
    values, holds = planted()
    box = only(discover(values, NAMES, holds, seed=1))
    found = {(each.parameter, each.operator): each.threshold for each in box.conditions}
    assert found == pytest.approx({("p3", "<"): 0.4, ("p7", ">"): 0.5}, abs=0.02)
    assert (box.density.value, box.coverage.value, box.hits) == (1, 1, int(holds.sum()))
    assert box.held_out_density is not None
    assert box.held_out_density.value > 0.9


def test_a_planted_box_is_found_under_noise() -> None:
    """With one future in seven mislabelled the same two assumptions are named, and no third."""
    values, holds = planted(noise=0.15)
    box = only(discover(values, NAMES, holds, seed=1))
    assert {(each.parameter, each.operator) for each in box.conditions} == {("p3", "<"), ("p7", ">")}


def test_the_figures_of_a_box_are_counts() -> None:
    """Density, coverage, base and size are what a count of the futures that meet the conditions gives."""
    values, holds = planted(noise=0.15)
    box = only(discover(values, NAMES, holds, seed=1))
    inside = inside_box(box, values, NAMES)
    assert (box.futures, box.hits) == (int(inside.sum()), int((inside & holds).sum()))
    assert box.density.value == pytest.approx(holds[inside].mean())
    assert box.coverage.value == pytest.approx(inside[holds].mean())
    assert box.base.value == pytest.approx(holds.mean())
    assert (box.events, box.all_futures) == (int(holds.sum()), len(holds))


def test_a_box_found_in_noise_is_refused() -> None:
    """Of 40 searches where nothing matters hardly any names a rule: one in a hundred is meant to."""
    generator = np.random.default_rng(5)
    named = sum(
        bool(discover(generator.random((80, 30)), NAMES, generator.random(80) < 0.3, seed=k).boxes) for k in range(40)
    )
    assert named <= 2  # chance of more, if each has probability 1/100: 0.7 %


def test_held_out_futures_are_kinder_to_truth_than_to_luck() -> None:
    """Under noise a rule is right less often among futures that its search did not see than among those it saw."""
    boxes: list[Box] = []
    for seed in range(5):
        values, holds = planted(futures=120, noise=0.15, seed=seed)
        boxes += discover(values, NAMES, holds, seed=seed).boxes
    apart = [box.density.value - box.held_out_density.value for box in boxes if box.held_out_density]
    assert len(apart) >= 3
    assert np.mean(apart) > 0


def test_the_excess_is_the_hypergeometric_standard_score() -> None:
    """For 12 hits among 20 of 100 futures with 30 hits, z is the distance from the mean in standard deviations."""
    law = hypergeom(100, 30, 20)
    assert float(_excess(12, 20, 30, 100)) == pytest.approx((12 - law.mean()) / law.std())


def test_the_answer_does_not_depend_on_the_scale_of_a_parameter() -> None:
    """Taking the exponential of every parameter moves the thresholds with it and changes no future's side."""
    values, holds = planted(noise=0.1)
    plain, stretched = (discover(each, NAMES, holds, seed=1) for each in (values, np.exp(20 * values)))
    assert np.array_equal(plain.inside(values, NAMES), stretched.inside(np.exp(20 * values), NAMES))


def test_the_same_seed_gives_the_same_rule() -> None:
    """Shuffles and folds are drawn from the seed alone."""
    values, holds = planted(noise=0.2)
    assert discover(values, NAMES, holds, seed=4) == discover(values, NAMES, holds, seed=4)


def test_two_separate_places_give_two_boxes() -> None:
    """What holds at either end of a range is told as two rules that share no future."""
    values = np.random.default_rng(2).random((300, 5))
    holds = (values[:, 0] < 0.2) | (values[:, 0] > 0.8)
    found = discover(values, NAMES[:5], holds, seed=1)
    assert sorted(box.conditions[0].operator for box in found.boxes) == ["<", ">"]
    assert found.covered.value == 1
    assert sum(box.hits for box in found.boxes) == holds.sum()


def test_parameters_drawn_in_step_are_one_condition() -> None:
    """The ends of one scale of words cannot be told apart, and the rule says so."""
    values, holds = planted()
    doubled = np.column_stack([values, 3 + 2 * values[:, 3], np.ones(len(values))])
    box = only(discover(doubled, (*NAMES, "twin", "fixed"), holds, seed=1))
    assert {each.parameter: each.together for each in box.conditions} == {"p3": ("twin",), "p7": ()}


@pytest.mark.parametrize(
    ("holds", "verdict"),
    [
        (np.ones(50, bool), DiscoveryVerdict.ALWAYS),
        (np.zeros(50, bool), DiscoveryVerdict.NEVER),
        (np.arange(50) < 3, DiscoveryVerdict.TOO_FEW),
        (np.arange(12) < 6, DiscoveryVerdict.TOO_FEW),
    ],
)
def test_where_there_is_nothing_to_tell_apart_it_says_which(holds: BoolArray, verdict: DiscoveryVerdict) -> None:
    """Always, never and too few are answers, not errors; none of them names a rule."""
    values = np.random.default_rng(1).random((len(holds), 4))
    found = discover(values, NAMES[:4], holds, seed=1)
    assert (found.verdict, found.boxes) == (verdict, ())


def test_fixed_parameters_give_no_rule() -> None:
    """Where nothing varies there is nothing to cut."""
    found = discover(np.ones((60, 2)), ("a", "b"), np.arange(60) < 20, seed=1)
    assert (found.verdict, found.boxes) == (DiscoveryVerdict.CHANCE, ())


def test_arrays_that_do_not_fit_are_refused() -> None:
    """A name too few is an error of the caller."""
    with pytest.raises(ValueError, match="discovery"):
        discover(np.ones((60, 2)), ("a",), np.ones(60, bool), seed=1)
