"""Groups of clauses, each of which can be taken out of a text so that what is left is a text again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from foedus.arrangement.clauses import Commitment, Duties, Sanctions
from foedus.arrangement.process import Consents, Decision, Trigger
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Preparation, Unspecified


@dataclass(frozen=True)
class ClauseGroup:
    """Clauses that are taken out together."""

    id: str
    """Name, such as ``commitments``."""
    words: str
    """What they are, as they are called on a page."""
    silence: Callable[[Arrangement], Arrangement]
    """Returns the text without them."""


def groups_of(arrangement: Arrangement) -> tuple[ClauseGroup, ...]:
    """Return the groups that a text has something to say in, in the order of the file."""
    return tuple(group for group in GROUPS if group.silence(arrangement) != arrangement)


def text_with(arrangement: Arrangement, kept: Iterable[str]) -> Arrangement:
    """Return the text in which, of all groups, only those named stand; whoever takes part stays.

    The result does not depend on the order in which groups fall silent: each sets keys of its own to what holds where
    the text says nothing.
    """
    wanted = frozenset(kept)
    for group in GROUPS:
        if group.id not in wanted:
            arrangement = group.silence(arrangement)
    return arrangement


def _without_conditions(a: Arrangement) -> Arrangement:
    return replace(
        a,
        commitments=tuple(replace(clause, when=None, unless=None) for clause in a.commitments),
        term=replace(a.term, void_if=None),
    )


def _without_finding(a: Arrangement) -> Arrangement:
    """Keep the clocks: they are a group of their own."""
    silent = Trigger(
        consult_within=a.trigger.consult_within,
        determine_within=a.trigger.determine_within,
        decide_within=a.trigger.decide_within,
        if_undecided=a.trigger.if_undecided,
    )
    return replace(a, trigger=silent)


def _without_deadlines(a: Arrangement) -> Arrangement:
    silent, none = Trigger(), Unspecified.NONE
    clocks = replace(
        a.trigger, consult_within=none, determine_within=none, decide_within=none, if_undecided=silent.if_undecided
    )
    return replace(
        a,
        trigger=clocks,
        commitments=tuple(_unhurried(clause) for clause in a.commitments),
        sanctions=replace(a.sanctions, snapback_within=none),
    )


def _unhurried(clause: Commitment) -> Commitment:
    return replace(clause, within=Unspecified.NONE)


def _without_duties(a: Arrangement) -> Arrangement:
    """Keep what the forces of the time were: that is a fact and no clause."""
    return replace(a, duties=Duties(own_forces=a.duties.own_forces))


GROUPS: tuple[ClauseGroup, ...] = (
    ClauseGroup("commitments", "what guarantors promise", lambda a: replace(a, commitments=())),
    ClauseGroup("conditions", "conditions and exceptions", _without_conditions),
    ClauseGroup("finding", "who finds what happened, and the proof asked", _without_finding),
    ClauseGroup("deadlines", "deadlines", _without_deadlines),
    ClauseGroup("decision", "decision rule and who leads", lambda a: replace(a, decision=Decision())),
    ClauseGroup("consents", "consents and vetoes", lambda a: replace(a, consents=Consents())),
    ClauseGroup("membership", "membership of an alliance", lambda a: replace(a, membership=None)),
    ClauseGroup("preparation", "preparation in peacetime", lambda a: replace(a, preparation=Preparation.NONE)),
    ClauseGroup("deployments", "forces in place", lambda a: replace(a, deployments=())),
    ClauseGroup("exclusions", "what is kept out", lambda a: replace(a, exclusions=())),
    ClauseGroup("monitoring", "monitoring", lambda a: replace(a, monitoring=())),
    ClauseGroup("duties", "the protected state's duties", _without_duties),
    ClauseGroup("standing_support", "support in peacetime", lambda a: replace(a, standing_support=())),
    ClauseGroup("sanctions", "sanctions and their snapback", lambda a: replace(a, sanctions=Sanctions())),
    ClauseGroup("ambiguity", "what is left open", lambda a: replace(a, ambiguity=())),
)
"""Every group. Parties, scope, legal form, publicity and sources are not clauses and stay."""
