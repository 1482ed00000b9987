"""The deadlines of an arrangement, stage by stage; each runs from the act, so later ones contain earlier ones."""

from dataclasses import dataclass
from itertools import pairwise

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Unspecified
from foedus.values.duration import Duration


@dataclass(frozen=True)
class Stage:
    """One stage between the act and the response."""

    name: str
    """``meet``, ``find`` or ``decide``."""
    path: tuple[str | int, ...]
    """Where its deadline stands in the file."""
    hours: float | None
    """The deadline; None where the text sets none or it is unknown."""
    is_unknown: bool
    """Whether the text could not be confirmed on this."""


def stages(arrangement: Arrangement) -> tuple[Stage, ...]:
    """Return the stages meet, find, decide with their deadlines."""
    return (_stage("meet", "consult_within", arrangement.trigger.consult_within), *deciding_stages(arrangement))


def deciding_stages(arrangement: Arrangement) -> tuple[Stage, Stage]:
    """Return the stages find and decide, which end in something; a meeting need not."""
    trigger = arrangement.trigger
    return (
        _stage("find", "determine_within", trigger.determine_within),
        _stage("decide", "decide_within", trigger.decide_within),
    )


def is_order_possible(arrangement: Arrangement) -> bool:
    """Tell whether no later stage is due before an earlier one."""
    stated = [stage.hours for stage in stages(arrangement) if stage.hours is not None]
    return all(earlier <= later for earlier, later in pairwise(stated))


def _stage(name: str, key: str, span: Duration | Unspecified) -> Stage:
    hours = span.hours if isinstance(span, Duration) else None
    return Stage(name, ("trigger", key), hours, is_unknown=span is Unspecified.UNKNOWN)
