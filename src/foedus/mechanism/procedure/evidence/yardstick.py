"""Words for probabilities, by the yardstick of the British Professional Head of Intelligence Assessment.

The published ranges leave gaps (from memory: 0-5, 10-20, 25-35, 40-50, 55-75, 80-90, 95-100 per cent); each gap is
split in its middle, so that every number has a word.
"""

from foedus.mechanism.procedure.evidence.posterior import Likelihood

_UP_TO = (
    (0.075, "a remote chance"),
    (0.225, "highly unlikely"),
    (0.375, "unlikely"),
    (0.525, "a realistic possibility"),
    (0.775, "likely"),
    (0.925, "highly likely"),
    (1.0, "almost certain"),
)


def word_for(probability: float) -> str:
    """Return the word for a probability."""
    return next(word for limit, word in _UP_TO if probability <= limit + 1e-12)


def words_for(band: Likelihood) -> str:
    """Return the word where the whole band lies under one, and both ends where it does not."""
    ends = dict.fromkeys((word_for(band.low), word_for(min(1.0, band.high))))
    return " to ".join(ends)
