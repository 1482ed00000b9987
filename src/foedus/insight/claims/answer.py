"""The record of an answer: in how many futures a claim holds, by how much, and where it fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from foedus.futures.ensemble import Settings
from foedus.insight.claims.grammar import Inequality
from foedus.insight.claims.record import Claim
from foedus.insight.discovery.scenario import Discovery
from foedus.insight.statistics.spread import Share, Spread


class ClaimRuling(StrEnum):
    """What the shares come to, by the rule of `ruling_of`."""

    NEARLY_EVERYWHERE = "holds nearly everywhere"
    MOSTLY = "holds mostly"
    OPEN = "open"
    SELDOM = "seldom holds"
    MOSTLY_FAILS = "mostly fails"
    REFUTED = "refuted by the model"
    NO_DIFFERENCE = "makes little difference"
    UNTESTED = "not tested"
    NOTHING_TO_JUDGE = "no future to judge by"


MEANINGS: dict[ClaimRuling, str] = {
    ClaimRuling.NEARLY_EVERYWHERE: "it holds in at least 90 of 100 futures",
    ClaimRuling.MOSTLY: "in 60 to 90",
    ClaimRuling.OPEN: "in 40 to 60",
    ClaimRuling.SELDOM: "in fewer than 40, and it fails in no more than half",
    ClaimRuling.MOSTLY_FAILS: "in fewer than 40, and it fails in more than half",
    ClaimRuling.REFUTED: "in fewer than 10, and it fails in more than half",
    ClaimRuling.NO_DIFFERENCE: "the claim says that one side is ahead, and in more than half of the futures the sides "
    "cannot be told apart",
    ClaimRuling.UNTESTED: "the sides are the same numbers in every future: the game does not read what the "
    "claim speaks of; nothing has been tested and nothing confirmed",
    ClaimRuling.NOTHING_TO_JUDGE: "in no future that it speaks of did every side converge",
}
"""The rule, in the order in which it is read out."""


@dataclass(frozen=True)
class JudgedInequality:
    """One inequality of a claim."""

    inequality: Inequality
    margin: float
    """What lies no further apart than this counts as equal."""
    holds: Share
    level: Share
    """Futures in which the two sides cannot be told apart."""
    fails: Share
    slack: Spread
    """By how much the claimed side is ahead, future by future, in units of the outcome; negative: behind."""


@dataclass(frozen=True)
class ClaimAnswer:
    """What the futures say about one claim."""

    claim: Claim
    ruling: ClaimRuling
    drawn: int
    """Futures drawn."""
    spoken_of: int
    """Futures that the claim speaks of."""
    used: int
    """Those of them in which every side converged; all shares are of these."""
    holds: Share | None
    level: Share | None
    """The sides cannot be told apart; counted as holding where the claim asks for no more than a tie (<=, >=)."""
    fails: Share | None
    told_apart: Share | None
    """Of the futures in which the sides can be told apart, those in which it holds; None where there is none."""
    parts: tuple[JudgedInequality, ...]
    """One for each inequality; empty where no future is used."""
    figures: Mapping[str, Spread]
    """[``side.outcome``] how what is compared lies over the futures used."""
    failing: Discovery | None
    """In which futures it fails; None where no future is used."""
    holding: Discovery | None
    """In which futures it holds; sought where it does so in fewer than 60 of 100."""


@dataclass(frozen=True)
class ClaimAnswers:
    """Claims judged in the same futures."""

    answers: tuple[ClaimAnswer, ...]
    settings: Settings
    games: int
    """Games solved: distinct texts, in distinct worlds, in every future."""
    sides: int
    """Sides of all claims, before those that are the same were solved once."""
