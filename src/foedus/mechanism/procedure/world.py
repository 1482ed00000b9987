"""The world of an incident as the rules look at it: what is found, who voted how, who acted."""

from collections.abc import Mapping
from dataclasses import replace

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds
from foedus.mechanism.procedure.commands import Vote
from foedus.mechanism.procedure.state import FindingInForce, FindingMotion, Incident, State
from foedus.mechanism.rules.decisions import deciders
from foedus.mechanism.rules.findings import finders
from foedus.mechanism.rules.roles import named
from foedus.mechanism.rules.world import WARRANTED, World

ACTS: dict[Finds, str] = {finding: threat for threat, finding in WARRANTED.items()} | {Finds.PROVOKED: "seize"}
"""The act behind each determination; a provocation is taken for a limited one unless its size was said."""


def world_of(state: State, incident: Incident) -> World:
    """Return the world of an incident: what is found and decided, with the votes behind it."""
    finding_votes = incident.signed if incident.finding else incident.finding_votes
    tier_votes = incident.joined if incident.decision else incident.tier_votes
    said = incident.finding or incident.finding_motion or incident.last_finding_motion
    return _world(state, incident, said, finding_votes, tier_votes)


def moved_world_of(state: State, incident: Incident) -> World:
    """Return the world with what is moved at the moment, and the votes on that."""
    said = incident.finding_motion or incident.last_finding_motion or incident.finding
    return _world(state, incident, said, incident.finding_votes, incident.tier_votes)


def _world(
    state: State,
    incident: Incident,
    said: FindingInForce | FindingMotion | None,
    finding_votes: Mapping[str, Vote],
    tier_votes: Mapping[str, Vote],
) -> World:
    """Put the votes in; whoever invoked the mechanism and did not vote is for a finding."""
    everybody = everyone(state.arrangement)
    for_finding = _who(finding_votes, Vote.YES) | (incident.invoked - finding_votes.keys())
    against_finding, against_response = _who(finding_votes, Vote.NO), _who(tier_votes, Vote.NO)
    world = World(
        threat="hold",
        attribution="none",
        facts=incident.facts,
        idle=everybody - {act.by for act in incident.acts},
        against_finding=against_finding,
        silent_on_finding=everybody - for_finding - against_finding,
        against_response=against_response,
        silent_on_response=everybody - _who(tier_votes, Vote.YES) - against_response,
        gone=state.gone,
    )
    return _found(world, said)


def everyone(arrangement: Arrangement) -> frozenset[str]:
    """Return every party that a text knows in any part."""
    return (
        arrangement.parties.everyone
        | named(arrangement.trigger.invoked_by, arrangement)
        | finders(arrangement, World())
        | deciders(arrangement)
    )


def _found(world: World, said: FindingInForce | FindingMotion | None) -> World:
    if said is None:
        return world
    world = replace(world, attribution=said.attribution)
    if said.finding is None:
        return world
    threat = said.threat or ACTS[said.finding]
    world = replace(world, threat=threat, determined=said.finding)
    return world.with_fact("provoked", holds=said.finding is Finds.PROVOKED or "provoked" in world.facts)


def _who(votes: Mapping[str, Vote], vote: Vote) -> frozenset[str]:
    return frozenset(party for party, each in votes.items() if each is vote)
