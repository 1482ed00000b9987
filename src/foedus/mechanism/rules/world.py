"""A world: one row of everything that the rules of an arrangement look at."""

from dataclasses import dataclass, replace
from enum import StrEnum

from foedus.arrangement.conditions import FACTS, LEVELS
from foedus.arrangement.vocabulary import Finds

_NOT_PLAIN = frozenset({"provoked", "adversary_agrees", "nuclear_weapons_used"})
PLAIN_FACTS: frozenset[str] = frozenset(FACTS) - _NOT_PLAIN
"""Facts of the plain case: an unprovoked conventional attack from outside; all but the adversary do what is asked."""

DECIDED_FACTS: dict[str, str] = {
    "council_decides": "the council",
    "parliament_approves": "a parliament",
    "funds_appropriated": "a parliament",
    "consulted": "the guarantors",
    "adversary_agrees": "the adversary",
    "requested": "the protected state",
}
"""Facts that somebody brings about by a decision, and who does; all others are circumstances."""

JUDGED_FACTS: frozenset[str] = frozenset({"flagrant", "significant", "deliberate", "sustained"})
"""Facts without a test of their own: whoever applies the clause judges whether they hold."""


class Ruling(StrEnum):
    """What the text says of a question."""

    YES = "yes"
    NO = "no"
    UNSETTLED = "unsettled"
    """The text gives no answer."""


@dataclass(frozen=True)
class World:
    """What happened, what is known of it, and who does what about it; by default everybody votes yes."""

    threat: str = "invade"
    """What the adversary does, one of the levels of ``threat``."""
    attribution: str = "established"
    """How far it is known that the adversary did it, one of the levels of ``attribution``."""
    facts: frozenset[str] = PLAIN_FACTS
    """The facts of the condition grammar that hold."""
    idle: frozenset[str] = frozenset()
    """Parties that stand still; ``acts(x)`` holds for all others."""
    against_finding: frozenset[str] = frozenset()
    """Parties that vote against the finding."""
    silent_on_finding: frozenset[str] = frozenset()
    """Parties that are absent or abstain when the finding is made."""
    against_response: frozenset[str] = frozenset()
    """Parties that vote against the response."""
    silent_on_response: frozenset[str] = frozenset()
    """Parties that are absent or abstain when the response is decided."""
    gone: frozenset[str] = frozenset()
    """Parties that have left the arrangement."""
    by_adversary: bool = True
    """Whether the adversary did it; false is a false flag or an act of a third party."""
    repeats: int = 1
    """How often the act was repeated."""
    hours: tuple[tuple[str, float], ...] = ()
    """Hours from the act to the end of each stage, in order."""
    determined: Finds | None = None
    """What is determined where it is not what the world warrants; None where the two are the same."""

    @property
    def finding(self) -> Finds | None:
        """The determination that is made, by default the one that the world warrants; None where nothing happened."""
        if self.determined is not None or self.threat == "hold":
            return self.determined
        return Finds.PROVOKED if "provoked" in self.facts else WARRANTED[self.threat]

    def with_fact(self, name: str, *, holds: bool) -> "World":
        """Return the same world in which a fact holds, or does not."""
        return replace(self, facts=self.facts | {name} if holds else self.facts - {name})

    def row(self) -> dict[str, object]:
        """Return the world as a typed row for tables and JSON; what is as in the plain case is left out."""
        row: dict[str, object] = {"threat": self.threat, "attribution": self.attribution}
        if departures := {name: name in self.facts for name in FACTS if (name in self.facts) != (name in PLAIN_FACTS)}:
            row["facts"] = departures
        for key in _PARTY_SETS:
            if parties := getattr(self, key):
                row[key] = sorted(parties)
        if not self.by_adversary:
            row["by_adversary"] = False
        if self.repeats > 1:
            row["repeats"] = self.repeats
        if self.hours:
            row["hours"] = dict(self.hours)
        if self.determined is not None:
            row["determined"] = self.determined.value
        return row


def is_at_least(name: str, *, value: str, level: str) -> bool:
    """Tell whether a value of a levelled fact reaches a level."""
    return LEVELS[name].index(value) >= LEVELS[name].index(level)


WARRANTED: dict[str, Finds] = {"coerce": Finds.HYBRID, "seize": Finds.INCURSION, "invade": Finds.INVASION}
"""The determination that each act warrants where it was not provoked."""
_PARTY_SETS = ("idle", "against_finding", "silent_on_finding", "against_response", "silent_on_response", "gone")
