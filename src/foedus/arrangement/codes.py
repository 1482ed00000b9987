"""Every way in which a file can be wrong, each with the reason why it matters."""

from foedus.arrangement.vocabulary import Word


class Code(Word):
    """The stable identifier of a finding; its meaning is why the mistake matters."""

    NOT_UTF8 = "not-utf8", "only UTF-8 is read the same everywhere"
    NOT_YAML = "not-yaml", "nothing after this place can be read"
    NOT_A_MAPPING = "not-a-mapping", "a file of foedus is written as keys with values"
    TOO_LARGE = "too-large", "a file of foedus is a few pages; larger input is a mistake or an attack"
    TOO_DEEP = "too-deep", "nothing in the language lies that deep"
    TOO_MANY_ALIASES = "too-many-aliases", "a clause should be readable where it stands"
    ALIAS_BOMB = "alias-bomb", "a small file that unfolds into a huge one would fill the memory"
    ALIAS_LOOP = "alias-loop", "an entry that contains itself has no end"
    TAG = "tag", "tags can make a reader run code"
    ODD_KEY = "odd-key", "keys are words of the language"
    DUPLICATE_KEY = "duplicate-key", "only one of the two could count, and readers disagree on which"
    SURPRISING_WORD = "surprising-word", "other YAML readers take it for a truth value or a number in base 60"
    SURPRISING_NUMBER = "surprising-number", "readers of YAML disagree about its value"
    UNKNOWN_KEY = "unknown-key", "a key that nobody reads would be lost in silence"
    MISSING_KEY = "missing-key", "without it the rest cannot be read"
    UNKNOWN_WORD = "unknown-word", "each idea has one word, so that files can be compared"
    WRONG_VALUE = "wrong-value", "the value cannot be read as what this key holds"
    UNKNOWN_PARTY = "unknown-party", "its name, forces and record cannot be looked up"
    STRANGER = "stranger", "a clause about somebody who is not a party binds nobody"
    REPEATED_ID = "repeated-id", "findings and explanations name a clause by its id"
    OWN_GUARANTOR = "own-guarantor", "nobody can guarantee itself; what it does for its own defence is a duty"
    NOT_A_GUARANTOR = "not-a-guarantor", "only guarantors owe commitments"
    NO_GUARANTOR = "no-guarantor", "a promise without a debtor binds nobody"
