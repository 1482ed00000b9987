"""What six people do in each scenario that ships: director, three delegates, monitor and evaluator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Presses:
    """Somebody presses a button, with words in the fields of its form."""

    who: str
    button: str
    within: str = "body"
    write: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reads:
    """Something is read by these people, who asked for nothing."""

    who: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class ServerDies:
    """The server is killed and started anew; each page is then loaded again, as a person would."""


Step: TypeAlias = Presses | Reads | ServerDies
_NEXT = Presses("director", "To what happens next")
_SEEN = {"origin": "own_patrol", "note": "Seen by the patrol."}


@dataclass(frozen=True)
class Play:
    """A scenario, who sits in it, and what they do up to its end."""

    scenario: str
    delegates: tuple[str, str, str]
    steps: tuple[Step, ...]
    told: tuple[str, ...]
    """What stands in the after-action report."""

    @property
    def seats(self) -> tuple[str, ...]:
        """The six seats that people take."""
        return ("director", *self.delegates, "monitor", "evaluator")


def _note(words: str, objective: str) -> Presses:
    return Presses("evaluator", "Note it", write={"words": words, "objective": objective, "is_met": "yes"})


def _says(who: str, words: str) -> Presses:
    return Presses(who, "Say it", write={"words": words})


INCURSION = Play(
    "incursion_in_an_election",
    ("poland", "ukraine", "germany"),
    (
        _NEXT,
        Reads(("poland", "ukraine", "germany", "monitor"), "Two villages north of the line"),
        Presses("ukraine", "Invoke the mechanism"),
        Reads(("poland", "germany", "evaluator"), "Invoked by Ukraine"),
        Presses("poland", "Hold the meeting"),
        Reads(("ukraine", "monitor"), "Met"),
        _note("Ukraine invoked within the hour.", "invocation"),
        Presses("monitor", "File it", "#reporting", _SEEN),
        Reads(("poland", "director"), "The secretariat reports"),
        ServerDies(),
        _NEXT,
        Reads(("poland", "ukraine", "germany"), "The brigade has counted two companies"),
        Presses("poland", "Move it"),
        Reads(("ukraine", "director"), "Found: incursion"),
        Presses("poland", "Perform it"),
        Reads(("director", "germany"), "Poland acts: support"),
        _says("germany", "Berlin owes what the clause says, and says when."),
        Reads(("poland", "ukraine"), "Berlin owes what the clause says"),
    ),
    ("took part in support", "Ukraine invoked within the hour", "To meet"),
)
ACCIDENT = Play(
    "accident_on_the_line",
    ("germany", "france", "ukraine"),
    (
        _NEXT,
        Reads(("germany", "france", "ukraine", "monitor"), "An explosion beside observation post 7"),
        _NEXT,
        Reads(("germany", "director"), "It was heard, not seen"),
        Presses("ukraine", "Ask for help"),
        Reads(("france", "germany"), "Ukraine"),
        Presses("germany", "Hold the meeting"),
        Reads(("france", "ukraine"), "Met"),
        _note("Germany asked who had heard it.", "restraint"),
        Presses("monitor", "File it", "#reporting", _SEEN),
        ServerDies(),
        _NEXT,
        Reads(("germany", "france"), "across the line"),
        _says("france", "Two voices, one log: that is one report."),
        Reads(("germany", "ukraine"), "Two voices, one log"),
        Presses("germany", "Move it", write={"finding": "no_breach"}),
        Reads(("director", "monitor"), "Found: no breach"),
    ),
    ("Germany asked who had heard it", "no breach"),
)
SALAMI = Play(
    "salami_with_a_false_flag",
    ("lithuania", "poland", "ukraine"),
    (
        _NEXT,
        Reads(("lithuania", "poland", "ukraine", "monitor"), "Three drones circled over a depot"),
        Presses("poland", "Hold the meeting"),
        Reads(("lithuania", "director"), "Met"),
        _note("Nobody asked what the acts add up to.", "slices"),
        Presses("monitor", "File it", "#reporting", _SEEN),
        Reads(("poland", "director"), "The secretariat reports"),
        ServerDies(),
        Presses("lithuania", "Move it", write={"finding": "hybrid", "attribution": "likely"}),
        Reads(("ukraine", "director"), "Found: hybrid"),
        Presses("lithuania", "Perform it"),
        Reads(("director", "poland"), "Lithuania acts: support"),
        _says("poland", "One case or two?"),
        Reads(("lithuania", "ukraine"), "One case or two?"),
    ),
    ("took part in support", "Nobody asked what the acts add up to"),
)
PLAYS: Mapping[str, Play] = {each.scenario: each for each in (INCURSION, ACCIDENT, SALAMI)}
