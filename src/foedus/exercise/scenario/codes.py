"""Every way in which a file of reports, a script or judgments can be wrong, with the reason why it matters."""

from foedus.values.word import Word


class ScenarioCode(Word):
    """The stable identifier of a finding; its meaning is why the mistake matters."""

    UNKNOWN_KEY = "unknown-key", "what is not read would be missed in silence"
    MISSING_KEY = "missing-key", "nothing is put in its place by guessing"
    WRONG_VALUE = "wrong-value", "a value that is misread would turn a finding"
    UNKNOWN_WORD = "unknown-word", "only words with one meaning can be weighed"
    REPEATED_NAME = "repeated-name", "two things of one name cannot be told apart"
