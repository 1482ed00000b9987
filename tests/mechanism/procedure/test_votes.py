"""Votes: in whatever order they come, and however early they are counted, they come to what the rules say."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.deciding.decide import apply
from foedus.mechanism.procedure.state import State
from foedus.mechanism.rules.decisions import deciders, tier_by_vote
from foedus.mechanism.rules.findings import finders, finding_by_vote
from foedus.mechanism.rules.world import Ruling, World
from tests.checks.specimens import Patch, patched
from tests.mechanism.procedure.as_commands import NAME, START, opened

NO_DEFAULT: Patch = {("trigger", "if_undecided"): "nothing"}
FINDINGS: dict[str, Patch] = {
    "all must agree, silence is against": NO_DEFAULT
    | {("trigger", "determined_by"): "unanimity_of_guarantors", ("decision", "abstention"): "counts_as_no"},
    "all must agree, silence is for": NO_DEFAULT
    | {("trigger", "determined_by"): "unanimity_of_guarantors", ("decision", "abstention"): "counts_as_yes"},
    "all must agree, silence is not counted": NO_DEFAULT
    | {("trigger", "determined_by"): "unanimity_of_guarantors", ("decision", "abstention"): "not_counted"},
    "a council by consensus": NO_DEFAULT | {("trigger", "determined_by"): "council_consensus"},
}
DECISIONS: dict[str, Patch] = {
    "all must agree, silence is against": NO_DEFAULT
    | {("decision", "rule"): "unanimity", ("decision", "abstention"): "counts_as_no"},
    "all must agree, silence is for": NO_DEFAULT
    | {("decision", "rule"): "unanimity", ("decision", "abstention"): "counts_as_yes"},
    "a quorum": NO_DEFAULT
    | {
        ("decision", "abstention"): "not_counted",
        ("decision", "quorum"): {"support": 0.3, "deploy": 0.3, "defend": 0.9},
    },
    "a quorum with a member that must join": NO_DEFAULT
    | {("decision", "required"): ["poland"], ("decision", "abstention"): "counts_as_no"},
}
VOTES = (c.Vote.YES, c.Vote.NO, c.Vote.ABSTAIN)


def _drawn(members: frozenset[str], seed: int) -> Iterator[tuple[str, c.Vote]]:
    """Yield every member with its vote, in some order; votes for are likelier, so that some motions pass."""
    draw = random.Random(seed)  # noqa: S311  no secret
    for party in draw.sample(sorted(members), len(members)):
        yield party, draw.choices(VOTES, weights=[10, 1, 1])[0]


def _with_motion(arrangement: Arrangement, *, on_response: bool) -> State:
    state = opened(arrangement)
    for command in (
        c.OpenIncident(START, c.SECRETARIAT, NAME, START, "what happened"),
        c.Invoke(START, "ukraine", NAME),
        c.ProposeFinding(START, c.SECRETARIAT, NAME, Finds.INVASION, "established"),
        c.ProposeFinding(START, "ukraine", NAME, Finds.INVASION, "established"),
    ):
        state, _ = apply(state, command)
    if on_response:
        for party in sorted(finders(arrangement, World())):
            state, _ = apply(state, c.VoteOnFinding(START, party, NAME, c.Vote.YES))
        assert state.incidents[NAME].finding is not None
        state, _ = apply(state, c.ProposeTier(START, "france", NAME, TierWord.DEFEND))
    return state


def _ends(arrangement: Arrangement, votes: dict[str, c.Vote], *, on_response: bool) -> set[Ruling]:
    """Return every ruling that the members without a vote could still bring about, by voting alike or apart."""
    members = deciders(arrangement) if on_response else finders(arrangement, World())
    waiting = sorted(members - votes.keys())
    ways = [dict.fromkeys(waiting, vote) for vote in VOTES]
    ways += [{**ways[0], party: vote} for party in waiting for vote in VOTES]
    return {_ruling(arrangement, {**votes, **way}, on_response=on_response) for way in ways}


def _ruling(arrangement: Arrangement, votes: dict[str, c.Vote], *, on_response: bool) -> Ruling:
    against = frozenset(party for party, vote in votes.items() if vote is c.Vote.NO)
    silent = frozenset(party for party, vote in votes.items() if vote is c.Vote.ABSTAIN)
    if not on_response:
        return finding_by_vote(arrangement, replace(World(), against_finding=against, silent_on_finding=silent))
    world = replace(World(), against_response=against, silent_on_response=silent)
    return tier_by_vote(arrangement, world, TierWord.DEFEND)


def _assert_counted_rightly(arrangement: Arrangement, *, on_response: bool) -> None:
    """Let everybody vote in some order, sixteen times, and hold the record against the rules at every step."""
    members = deciders(arrangement) if on_response else finders(arrangement, World())
    made = 0
    for seed in range(16):
        state = _with_motion(arrangement, on_response=on_response)
        votes = _recorded(state, on_response=on_response)  # who moves it has voted for it
        for party, vote in _drawn(members, seed):
            if _is_over(state, on_response=on_response):
                break
            votes[party] = vote
            cast = c.VoteOnTier if on_response else c.VoteOnFinding
            state, _ = apply(state, cast(START, party, NAME, vote))
            assert _recorded(state, on_response=on_response) == votes
            ends = _ends(arrangement, votes, on_response=on_response)
            if _is_made(state, on_response=on_response):
                assert ends == {Ruling.YES}, (seed, votes)
            elif _is_over(state, on_response=on_response) or votes.keys() == members:
                assert Ruling.YES not in ends, (seed, votes)
            else:
                assert ends != {Ruling.YES}, (seed, votes)
        made += _is_made(state, on_response=on_response)
    assert 0 < made < 16


@pytest.mark.parametrize("text", FINDINGS)
def test_a_finding_is_in_force_as_soon_as_no_vote_can_change_it(text: str) -> None:
    """A finding is in force as soon as no vote can change it, and no sooner; failed, as soon as none can save it."""
    _assert_counted_rightly(patched(FINDINGS[text]), on_response=False)


@pytest.mark.parametrize("text", DECISIONS)
def test_a_response_is_decided_as_soon_as_no_vote_can_change_it(text: str) -> None:
    """The same for the decision on the response."""
    _assert_counted_rightly(patched(DECISIONS[text]), on_response=True)


def _recorded(state: State, *, on_response: bool) -> dict[str, c.Vote]:
    incident = state.incidents[NAME]
    if on_response:
        return dict(incident.joined if incident.decision else incident.tier_votes)
    return dict(incident.signed if incident.finding else incident.finding_votes)


def _is_made(state: State, *, on_response: bool) -> bool:
    incident = state.incidents[NAME]
    if not on_response:
        return incident.finding is not None and incident.finding.ruling is Ruling.YES
    return incident.decision is not None and incident.decision.ruling is Ruling.YES


def _is_over(state: State, *, on_response: bool) -> bool:
    incident = state.incidents[NAME]
    if on_response:
        return incident.tier_motion is None or incident.decision is not None
    return incident.finding_motion is None or incident.finding is not None


@pytest.mark.parametrize("vote", [c.Vote.YES, c.Vote.NO])
def test_a_finding_stands_until_another_is_voted(vote: c.Vote) -> None:
    """A finding stands until another is voted: closing the vote on a new one counts the votes on the new one alone."""
    arrangement = patched(FINDINGS["all must agree, silence is against"])
    state = _with_motion(arrangement, on_response=True)
    state, _ = apply(state, c.ProposeFinding(START, "ukraine", NAME, Finds.INCURSION, "established"))
    assert state.incidents[NAME].finding_motion is not None
    for party in sorted(finders(arrangement, World()))[1:]:
        state, _ = apply(state, c.VoteOnFinding(START, party, NAME, c.Vote.YES))
    state, _ = apply(state, c.VoteOnFinding(START, sorted(finders(arrangement, World()))[0], NAME, vote))
    state, _ = apply(state, c.CloseVote(START, c.SECRETARIAT, NAME, "find"))
    found = state.incidents[NAME].finding
    assert found is not None
    assert found.finding is (Finds.INCURSION if vote is c.Vote.YES else Finds.INVASION)
