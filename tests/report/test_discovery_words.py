import numpy as np

from foedus.insight.discovery.scenario import Discovery, discover
from foedus.report.words.discovery_words import in_words, sentences

WORDS = {"days.hold": "days that the protected state can hold"}


def found(*, futures: int) -> Discovery:
    days = np.linspace(1, 30, futures)
    return discover(days[:, None], ("days.hold",), days < 9, seed=1)


def test_a_rule_is_told_with_density_base_and_coverage() -> None:
    """In a hundred futures the arrangement fails exactly where the state holds out less than nine days."""
    said = in_words(found(futures=100).boxes[0], WORDS, units={"days.hold": "days"}).replace("\u00a0", " ")
    assert said == (
        "fails in all futures where “days that the protected state can hold” (days.hold) is below 9.06 days "
        "(against 28 of 100 overall); that covers all of its failures"
    )


def test_no_rule_is_said_in_words() -> None:
    """Where chance does as well, the sentence says so and names no assumption."""
    generator = np.random.default_rng(1)
    nothing = discover(generator.random((80, 3)), ("a", "b", "c"), generator.random(80) < 0.4, seed=1)
    (said,) = sentences(nothing, WORDS, subject="The compact")
    assert "better than chance would" in said
    assert not any(name in said for name in ("(a)", "(b)", "(c)"))


def test_few_futures_are_told_as_they_were_counted() -> None:
    """Twelve futures carry no count of a hundred."""
    (said,) = sentences(found(futures=12), WORDS, subject="It")
    assert said.replace("\u00a0", " ").startswith("It fails in 4 of 12 futures: too few")
