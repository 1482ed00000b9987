"""Sections 2, 7 and 8 of docs/theory.md: what the adversary and the protected state choose, and new values."""

from typing import Any

from foedus.game.kernel.machine.functions import exp, logistic
from foedus.game.kernel.machine.jit import inlined
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.machine.vectors import absolute, higher_of, like, load, pick, store
from foedus.game.kernel.stage.courses import found_on, ground, lay_courses, sight_of
from foedus.game.kernel.stage.layout import (
    ACCIDENT,
    ADVERSARY,
    COERCE,
    FINDINGS,
    GROUNDS,
    INVASION,
    NO_ATTACK,
    PARTIES,
    PROTECTED,
    PROVOCATION,
    PROVOKE,
    QUIET,
    SEIZURE,
    SIGHTS,
    THREATS,
    VALUE,
    cells_before,
    slice_of_cell,
    threat_at,
)
from foedus.game.kernel.stage.reading import TINY


@inlined
def choose(f: Any, v: Any, cell: Any, damping: Any) -> Any:
    """Compute both logit choices from ``result``, and the values of what is then played; return the largest change."""
    worst = _threaten(v, cell, damping)
    worst = higher_of(worst, _conduct(f, v, cell, damping))
    lay_courses(v, v.new, cell)
    for p in range(PARTIES):
        value = _value(f, v, cell, p)
        worst = higher_of(worst, absolute(value - load(v.z, (cell, VALUE + p))))
        store(v.new, (cell, VALUE + p), value)
    return worst


@inlined
def _threaten(v: Any, cell: Any, damping: Any) -> Any:
    """Fill ``new`` with P(l | v): at an incident the adversary infers whether it was provoked."""
    provoke = load(v.z, (cell, PROVOKE))
    incident = provoke + (1.0 - provoke) * v.phi
    nothing, one = like(provoke, 0.0), like(provoke, 1.0)
    alpha = pick(nothing < incident, provoke / higher_of(incident, like(provoke, TINY)), one)
    worst = nothing
    for sight in range(SIGHTS):
        peak, total = like(provoke, -1e30), nothing
        for threat in range(THREATS):
            worth = _mean(v, QUIET, threat, ADVERSARY)
            if sight == 1:
                blamed, unlucky = _mean(v, PROVOCATION, threat, ADVERSARY), _mean(v, ACCIDENT, threat, ADVERSARY)
                worth = unlucky + alpha * (blamed - unlucky)
            worth = worth + entry(v.act, (sight, threat))
            peak = higher_of(peak, worth)
            store(v.course, (0, threat), worth)
        for threat in range(THREATS):
            weight = exp((load(v.course, (0, threat)) - peak) * (1.0 / v.lam_A))
            total = total + weight
            store(v.course, (0, threat), weight)
        scale, held = 1.0 / total, damping * _stays(v, cell, threat_at(sight, 0))
        for threat in range(THREATS):
            at = threat_at(sight, threat)
            chance = load(v.course, (0, threat)) * scale
            moved = chance - load(v.z, (cell, at))
            worst = higher_of(worst, absolute(moved))
            store(v.new, (cell, at), chance - moved * held)
    return worst


@inlined
def _conduct(f: Any, v: Any, cell: Any, damping: Any) -> Any:
    """Fill ``new`` with P(g = 1): provoking against restraint, in which an accident may still happen."""
    calm, unlucky = _facing(v, cell, QUIET), _facing(v, cell, ACCIDENT)
    gain = _facing(v, cell, PROVOCATION) + f.provoke_gain - (calm + v.phi * (unlucky - calm))
    provoke = logistic(gain * (1.0 / v.lam_P))
    moved = provoke - load(v.z, (cell, PROVOKE))
    store(v.new, (cell, PROVOKE), provoke - moved * (damping * _stays(v, cell, PROVOKE)))
    return absolute(moved)


@inlined
def _facing(v: Any, cell: Any, c: Any) -> Any:
    """Return what the protected state expects after c, over what the adversary then does."""
    total = load(v.new, (cell, threat_at(sight_of(c), 0))) * _mean(v, c, 0, PROTECTED)
    for threat in range(1, THREATS):
        total = total + load(v.new, (cell, threat_at(sight_of(c), threat))) * _mean(v, c, threat, PROTECTED)
    return total


@inlined
def _value(f: Any, v: Any, cell: Any, p: Any) -> Any:
    """Return what a party expects of the period, ``course`` holding what is played."""
    total = like(load(v.odds, (0,)), 0.0)
    for n in range(FINDINGS):
        for what in (NO_ATTACK, SEIZURE, INVASION):
            total = total + found_on(v, n, what) * load(v.result, (n, p, what))
    for c in range(GROUNDS):
        total = total + load(v.course, (c, COERCE)) * entry(v.coerced, (p,))
        if p == ADVERSARY:
            for threat in range(THREATS):
                total = total + load(v.course, (c, threat)) * entry(v.act, (sight_of(c), threat))
    if p == PROTECTED:
        total = total + ground(v, v.new, cell, PROVOCATION) * f.provoke_gain
    return total


@inlined
def _mean(v: Any, c: Any, threat: Any, p: Any) -> Any:
    """Return what a party expects over determinations after c and the threat."""
    kind = max(threat - COERCE, 0)
    total = load(v.result, (0, p, kind)) * entry(v.confusion, (c, threat, 0))
    for n in range(1, FINDINGS):
        total = total + load(v.result, (n, p, kind)) * entry(v.confusion, (c, threat, n))
    if threat == COERCE:
        total = total + entry(v.coerced, (p,))
    return total


@inlined
def _stays(v: Any, cell: Any, at: Any) -> Any:
    """Return the share of its miss that a choice does not move."""
    return load(v.stays, (cell - cells_before(v.shape, slice_of_cell(v.shape, cell)), at))
