"""The vocabulary: one word per idea, the same in files, code, messages and pages.

The integer value of an ordered word is its index in the arrays of the game.
"""

from enum import IntEnum


class Tier(IntEnum):
    """A tier of response: none, support and deploy are decided on in the crisis, defend once war is on."""

    NONE = 0
    SUPPORT = 1
    DEPLOY = 2
    DEFEND = 3


class Threat(IntEnum):
    """What the adversary does in a period."""

    HOLD = 0
    COERCE = 1
    SEIZE = 2
    INVADE = 3


class Determination(IntEnum):
    """The mechanism's public finding."""

    NO_BREACH = 0
    HYBRID = 1
    INCURSION = 2
    INVASION = 3
    PROVOKED = 4


class Conduct(IntEnum):
    """What the protected state does in a period."""

    RESTRAIN = 0
    PROVOKE = 1


class Ground(IntEnum):
    """What happens on the ground in a period; the adversary cannot tell an accident from a provocation."""

    QUIET = 0
    ACCIDENT = 1
    PROVOCATION = 2
