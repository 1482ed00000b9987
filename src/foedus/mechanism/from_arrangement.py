"""Compile an arrangement: words to arrays, with the clause behind every number."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from foedus.arrangement.parties import PartyFacts, load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.numbers.determinations import confuse, governing, monitoring_gain
from foedus.mechanism.numbers.members import Members, find_members
from foedus.mechanism.numbers.normal import Phi, share_below
from foedus.mechanism.numbers.obligations import weigh_obligations
from foedus.mechanism.numbers.peace import calm_of, exposure_of, standing_costs
from foedus.mechanism.numbers.posture import Posture, find_posture, opacity_of
from foedus.mechanism.numbers.powers import Powers, find_powers
from foedus.mechanism.numbers.reading import read
from foedus.mechanism.numbers.timeliness import timeliness_by_tier
from foedus.mechanism.numbers.weights import weights_of
from foedus.mechanism.trace import Step, Trace, Yardsticks
from foedus.values.arrays import FloatArray, IntArray

_EMPTY_SEAT = Members(
    ids=("nobody",),
    weight=np.ones(1, dtype=np.int64),
    interest=np.ones(1),
    quorum=np.array([0, 1, 1, 1]),
    must=np.zeros(1, dtype=np.bool_),
    proposer=0,
)
"""Where nobody can answer a breach: one member, beside which every tier is blocked."""


@dataclass(frozen=True, eq=False)
class _Peace:
    """What an arrangement is before anything happens, and which finding governs a war."""

    governs: IntArray
    calm: float
    exposure: float
    standing_cost: FloatArray


@dataclass(frozen=True, eq=False)
class Compilation:
    """A compiled arrangement with its pedigree."""

    compiled: CompiledArrangement
    members: tuple[str, ...]
    """(i) ids of the guarantors and supporters; empty where nobody can answer a breach."""
    steps: tuple[Step, ...]


def compile_arrangement(
    arrangement: Arrangement,
    yardsticks: Yardsticks,
    *,
    facts: Mapping[str, PartyFacts] | None = None,
    phi: Phi = share_below,
) -> Compilation:
    """Turn an arrangement into the arrays of the game, by section "From an arrangement to arrays" of the theory page.

    ``facts`` default to the party facts of the package, ``phi`` is the normal distribution function. Raises
    ``KeyError`` for a missing yardstick.
    """
    facts = load_party_facts() if facts is None else facts
    trace, weights = Trace(), weights_of(arrangement, yardsticks, facts)
    reading = read(arrangement, weights)
    powers = find_powers(arrangement, reading, yardsticks=yardsticks, trace=trace)
    opacity = opacity_of(arrangement, yardsticks, trace)
    members = (
        find_members(arrangement, reading, weights=weights, yardsticks=yardsticks, facts=facts, trace=trace)
        if arrangement.responders
        else None
    )
    posture = find_posture(arrangement, members, yardsticks=yardsticks, facts=facts, trace=trace)
    confusion = confuse(arrangement, powers, yardsticks, trace, phi=phi)
    gain = monitoring_gain(arrangement, yardsticks, Trace())
    peace = _Peace(
        governs=governing(arrangement),
        calm=calm_of(arrangement, gain=gain, yardsticks=yardsticks, trace=trace),
        exposure=exposure_of(arrangement, yardsticks=yardsticks, trace=trace),
        standing_cost=standing_costs(arrangement, members, yardsticks=yardsticks, trace=trace)
        if members
        else np.zeros(1),
    )
    timeliness = timeliness_by_tier(
        arrangement, self_defence=posture.self_defence, yardsticks=yardsticks, trace=trace, phi=phi
    )
    if members is None:
        closed = replace(powers, blocked=np.array([False, True, True, True]))
        compiled = _assemble(_EMPTY_SEAT, closed, posture, np.zeros((1, 5, 4)), confusion, timeliness, opacity, peace)
        trace.note(
            "blocked", entry="every tier", value="blocked", clause="parties", because="nobody can answer a breach"
        )
    else:
        oblige = weigh_obligations(arrangement, reading, members, opacity=opacity, yardsticks=yardsticks, trace=trace)
        compiled = _assemble(members, powers, posture, oblige, confusion, timeliness, opacity, peace)
    return Compilation(compiled=compiled, members=members.ids if members else (), steps=tuple(trace.steps))


def _assemble(
    members: Members,
    powers: Powers,
    posture: Posture,
    oblige: FloatArray,
    confusion: FloatArray,
    timeliness: FloatArray,
    opacity: float,
    peace: _Peace,
) -> CompiledArrangement:
    return CompiledArrangement(
        weight=members.weight,
        interest=members.interest,
        cost_weight=np.ones(len(members.ids)),
        confusion=confusion,
        oblige=oblige,
        quorum=members.quorum,
        must=members.must,
        proposer=members.proposer,
        blocked=powers.blocked,
        timeliness=timeliness,
        governs=peace.governs,
        calm=peace.calm,
        exposure=peace.exposure,
        standing_cost=peace.standing_cost,
        opacity=opacity,
        deployed_force=posture.deployed_force,
        self_defence=posture.self_defence,
        demilitarised=posture.demilitarised,
        aid=posture.aid,
    )
