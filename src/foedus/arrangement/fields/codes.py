"""Every way in which the values of a file can be wrong, each with the reason why it matters."""

from foedus.values.word import Word


class Code(Word):
    """The stable identifier of a finding about what a file says; its meaning is why the mistake matters."""

    UNKNOWN_KEY = "unknown-key", "a key that nobody reads would be lost in silence"
    MISSING_KEY = "missing-key", "without it the rest cannot be read"
    UNKNOWN_WORD = "unknown-word", "each idea has one word, so that files can be compared"
    WRONG_VALUE = "wrong-value", "the value cannot be read as what this key holds"
    UNKNOWN_PARTY = "unknown-party", "its name, forces and record cannot be looked up"
    STRANGER = "stranger", "a clause about somebody who is not a party binds nobody"
    REPEATED_ID = "repeated-id", "findings and explanations name a clause by its id"
    OWN_GUARANTOR = "own-guarantor", "nobody can guarantee itself; what it does for its own defence is a duty"
    OWN_ADVERSARY = "own-adversary", "who is protected from itself is protected from nobody, and a game needs two sides"
    NOT_A_GUARANTOR = "not-a-guarantor", "only guarantors owe commitments"
    HALF_A_BALANCE = "half-a-balance", "the strength of one side says nothing about who is stronger"
    NO_GUARANTOR = "no-guarantor", "a promise without a debtor binds nobody"
