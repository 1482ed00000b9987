"""How likely each answer is to a question that the rules ask of an uncertain world, by the yardsticks."""

from dataclasses import dataclass

from foedus.arrangement.conditions import LEVELS, Condition
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds
from foedus.mechanism.numbers.questions import ATTRIBUTION, REFUSES, Answer, Tree, ask, leaves
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.findings import OPENS, proof_asked
from foedus.mechanism.trace import Yardsticks
from foedus.values.words import Determination

_COLUMN = {
    Finds.HYBRID: "hybrid",
    Finds.INCURSION: "incursion",
    Finds.INVASION: "invasion",
    Finds.PROVOKED: "incursion",  # the yardsticks know no column of its own; only `provoked` differs
}


@dataclass(frozen=True)
class Chances:
    """The chances of answers, given what was determined."""

    finding: Finds
    yardsticks: Yardsticks
    at_least: str = "none"
    """The attribution that whoever determined it took as proven."""
    is_all_covered: bool = False
    """Whether the text leaves no territory out, so that every act falls in scope."""

    def __call__(self, about: str, answer: Answer) -> float:
        """Return the chance of an answer."""
        if about == ATTRIBUTION:
            return self._attribution(str(answer))
        holds = self._holds(about)
        return holds if answer else 1 - holds

    def _holds(self, about: str) -> float:
        if about == REFUSES:
            return self.yardsticks["veto.used"]
        if about == "provoked" and self.finding is Finds.PROVOKED:
            return 1.0
        if about == "in_scope" and self.is_all_covered:
            return 1.0
        return self.yardsticks[f"fact.{about.split()[0]}.{_COLUMN[self.finding]}"]

    def _attribution(self, level: str) -> float:
        levels = LEVELS[ATTRIBUTION]
        place, low = levels.index(level), levels.index(self.at_least)
        return self._reach(place, low) - self._reach(place + 1, low)

    def _reach(self, place: int, low: int) -> float:
        """Return P(attribution reaches a level): for sure up to what was taken as proven, and no more often above."""
        levels = LEVELS[ATTRIBUTION]
        if place <= low:
            return 1.0
        if place == len(levels):
            return 0.0
        return min(self.yardsticks[f"attribution.{level}"] for level in levels[1 : place + 1])


def chances_of(arrangement: Arrangement, *, finding: Finds, yardsticks: Yardsticks) -> Chances:
    """Return the chances of answers in a world in which the mechanism of an arrangement determined a finding."""
    return Chances(
        finding, yardsticks, at_least=proven_by(arrangement, finding), is_all_covered=not arrangement.scope.excludes
    )


def proven_by(arrangement: Arrangement, finding: Finds) -> str:
    """Return the attribution that a determination itself takes as proven: that of the tier which it opens."""
    return proof_asked(arrangement, OPENS[finding])


def chance_of(condition: Condition, *, finding: Determination, yardsticks: Yardsticks) -> float:
    """Return P(condition is held to be met | finding), the facts in it taken as independent of each other.

    Sums over the worlds that the condition tells apart, so that equivalent wordings have equal chances.
    """
    word = Finds[finding.name]
    tree = ask(lambda world: holds(condition, world), finding=word, adversary=frozenset())
    return share(tree, Chances(word, yardsticks))


def share(tree: "Tree[bool]", chances: Chances) -> float:
    """Return the share of the worlds in which a rule says yes."""
    return sum(chance for says_yes, chance in leaves(tree, chances) if says_yes)
