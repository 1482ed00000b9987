"""Every way in which a text can be wrong before anybody asks what it says, each with the reason why it matters."""

from foedus.values.word import Word


class TextCode(Word):
    """The stable identifier of a finding about how a file is written; its meaning is why the mistake matters."""

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
