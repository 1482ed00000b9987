"""What the rules say of a text in every uncertain world, asked once; yardsticks then only weigh the answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule, Finds, TierWord
from foedus.mechanism.numbers.chances import proven_by
from foedus.mechanism.numbers.questions import Question, Settled, T, ask
from foedus.mechanism.rules.decisions import is_closed, may_respond
from foedus.mechanism.rules.duties import TIERS, Call, called_for, snapback_called_for
from foedus.mechanism.rules.roles import adversaries
from foedus.mechanism.rules.stopping import has_a_say, is_enough
from foedus.mechanism.rules.world import World

Calls = Settled[Call | None] | Question[Call | None]
Truths = Settled[bool] | Question[bool]


@dataclass(frozen=True)
class Reading:
    """The rules' answers for one text."""

    called: tuple[Mapping[Finds, Calls], ...]
    """For each commitment and each determination it answers: what it asks of whom."""
    snapback: Mapping[Finds, Calls]
    """For each determination that brings sanctions back: whom it asks to act."""
    opens: Mapping[Finds, Truths]
    """Whether a determination opens any response."""
    closed: Mapping[TierWord, Truths]
    """Whether nobody may carry out a tier, after an invasion."""
    indispensable: Mapping[bool, frozenset[str]]
    """Members without whom no tier is decided, whatever their weight, where the adversary refuses and where not."""
    is_adversary_heard: bool
    """Whether the adversary has any say in the response."""


def read(arrangement: Arrangement, weights: Mapping[str, int]) -> Reading:
    """Return what the rules say; ``weights`` of members tell only where the adversary sits in a quorum."""
    decision, seated = arrangement.decision, set(arrangement.parties.guarantor) & set(arrangement.parties.adversary)
    tells = seated and decision.rule is DecisionRule.QUORUM
    return _read(_SameText(arrangement), tuple(sorted(weights.items())) if tells else ())


def stance(arrangement: Arrangement, *, refuses: bool) -> World:
    """Return the plain case in which the adversary refuses wherever it has a say, or agrees."""
    against = adversaries(arrangement) if refuses else frozenset()
    return World(against_finding=against, against_response=against)


@dataclass(frozen=True, eq=False)
class _SameText:
    """An arrangement, told from others by identity: it holds what has no hash, and comparing it would take long."""

    arrangement: Arrangement

    def __hash__(self) -> int:
        return id(self.arrangement)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameText) and other.arrangement is self.arrangement


@lru_cache(maxsize=2048)
def _read(text: _SameText, weights: tuple[tuple[str, int], ...]) -> Reading:
    arrangement, by_member = text.arrangement, dict(weights)
    return Reading(
        called=tuple(_called(arrangement, clause, by_member) for clause in arrangement.commitments),
        snapback={
            finding: _ask(partial(snapback_called_for, arrangement, weights=by_member), arrangement, finding)
            for finding in arrangement.sanctions.snapback_on
        },
        opens={finding: _ask(partial(may_respond, arrangement), arrangement, finding) for finding in Finds},
        closed={
            tier: _ask(partial(_is_closed, arrangement, tier, by_member), arrangement, Finds.INVASION) for tier in TIERS
        },
        is_adversary_heard=has_a_say(arrangement, adversaries(arrangement)),
        indispensable={refuses: _indispensable(arrangement, refuses, by_member) for refuses in (True, False)},
    )


def _called(arrangement: Arrangement, clause: Commitment, weights: Mapping[str, int]) -> Mapping[Finds, Calls]:
    rule = partial(called_for, arrangement, clause, weights=weights)
    return {finding: _ask(rule, arrangement, finding) for finding in clause.answers}


def _is_closed(arrangement: Arrangement, tier: TierWord, weights: Mapping[str, int], world: World) -> bool:
    return is_closed(arrangement, world, tier, weights=weights)


def _ask(rule: Callable[[World], T], arrangement: Arrangement, finding: Finds) -> Settled[T] | Question[T]:
    return ask(rule, finding=finding, adversary=adversaries(arrangement), at_least=proven_by(arrangement, finding))


def _indispensable(arrangement: Arrangement, refuses: bool, weights: Mapping[str, int]) -> frozenset[str]:
    """Return the members whose standing aside stops every tier that is decided where all join, weight left aside."""
    world, everyone = stance(arrangement, refuses=refuses), frozenset(arrangement.responders)
    decided = [t for t in TIERS if is_enough(arrangement, everyone, t, world=world, weights=weights)]
    if not decided:
        return frozenset()
    return frozenset(
        party
        for party in everyone
        if not any(
            is_enough(arrangement, everyone - {party}, t, world=world, weights={**weights, party: 0}) for t in decided
        )
    )
