"""Judge a claim: count the futures in which it holds, and describe those in which it fails."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.futures.ensemble import Sample
from foedus.insight.claims.answer import ClaimAnswer, ClaimRuling, JudgedInequality
from foedus.insight.claims.grammar import Inequality, Lookup
from foedus.insight.claims.outcomes import declared
from foedus.insight.claims.record import Claim
from foedus.insight.discovery.scenario import discover
from foedus.insight.statistics.spread import Share, share_of, spread_of
from foedus.values.arrays import BoolArray, FloatArray

MARGIN_OF_CHANCES = 10
"""In tolerances: a solution at the tolerance may lie several of them off the fixed point."""
MARGIN_OF_COUNTS = 30
"""The same for expected counts and values, which err more (theory page, section 8)."""
_NEARLY, _MOSTLY, _OPEN, _FEW, _HALF = 0.9, 0.6, 0.4, 0.1, 0.5


@dataclass(frozen=True, eq=False)
class ClaimOutcomes:
    """What the futures gave for one claim."""

    values: Mapping[str, FloatArray]
    """[``side.outcome``] (future)"""
    converged: BoolArray
    """(future) whether every side of the claim did."""
    sample: Sample
    """As it was drawn, no world moved."""
    tolerance: float


def judge(claim: Claim, evidence: ClaimOutcomes, *, seed: int) -> ClaimAnswer:
    """Count over the futures that a claim speaks of and in which all of its sides converged.

    An inequality holds in a future where its slack (the side claimed to be ahead, less the other) is above the margin,
    fails where it is below minus the margin, and is level between; one that asks for no more than a tie (<=, >=) holds
    where it is level. A claim holds where all of its inequalities do, fails where one of them does.
    """
    spoken_of = _spoken_of(claim, evidence.sample)
    used = spoken_of & evidence.converged
    if not used.any():
        return _nothing(claim, spoken_of)
    lookup = {name: values[used] for name, values in evidence.values.items()}.__getitem__
    tally = _tally(claim, lookup, tolerance=evidence.tolerance)
    holds, apart = _share(tally.holds), tally.ahead | tally.fails
    names, drawn = evidence.sample.names, evidence.sample.values[used]
    return ClaimAnswer(
        claim=claim,
        ruling=ruling_of(
            holds=holds.value,
            level=float((~apart).mean()),
            fails=float(tally.fails.mean()),
            is_strict=claim.is_strict,
            is_same=all(_is_same(inequality, lookup) for inequality in claim.holds),
        ),
        drawn=len(used),
        spoken_of=int(spoken_of.sum()),
        used=int(used.sum()),
        holds=holds,
        level=_share(~apart),
        fails=_share(tally.fails),
        told_apart=_share(tally.ahead[apart]) if apart.any() else None,
        parts=tally.parts,
        figures={name: spread_of(lookup(name)) for name in _names(claim)},
        failing=discover(drawn, names, tally.fails, seed=seed),
        holding=discover(drawn, names, tally.holds, seed=seed) if holds.value < _MOSTLY else None,
    )


def ruling_of(*, holds: float, level: float, fails: float, is_strict: bool, is_same: bool) -> ClaimRuling:
    """Name what the shares of futures come to; `foedus.insight.claims.answer.MEANINGS` states the rule in words."""
    if is_same:
        return ClaimRuling.UNTESTED
    if is_strict and level > _HALF:
        return ClaimRuling.NO_DIFFERENCE
    if holds >= _NEARLY:
        return ClaimRuling.NEARLY_EVERYWHERE
    if holds >= _MOSTLY:
        return ClaimRuling.MOSTLY
    if holds >= _OPEN:
        return ClaimRuling.OPEN
    if fails <= _HALF:
        return ClaimRuling.SELDOM
    return ClaimRuling.MOSTLY_FAILS if holds >= _FEW else ClaimRuling.REFUTED


def margin_of(inequality: Inequality, *, least: float, tolerance: float) -> float:
    """Return the distance below which the two sides of an inequality count as equal."""
    chances = all(declared(name.partition(".")[2]).is_chance for name in inequality.names)
    return max(least, (MARGIN_OF_CHANCES if chances else MARGIN_OF_COUNTS) * tolerance)


def _spoken_of(claim: Claim, sample: Sample) -> BoolArray:
    def drawn(name: str) -> FloatArray:
        return sample.values[:, sample.names.index(name)]

    met: BoolArray = np.ones(len(sample.values), dtype=np.bool_)
    for inequality in claim.where:
        met &= inequality.is_met(drawn)
    return met


@dataclass(frozen=True, eq=False)
class _Tally:
    """Each inequality, and the claim as a whole (future)."""

    parts: tuple[JudgedInequality, ...]
    holds: BoolArray
    ahead: BoolArray
    """Every inequality holds by more than its margin."""
    fails: BoolArray
    """One of them fails by more than its margin."""


def _tally(claim: Claim, lookup: Lookup, *, tolerance: float) -> _Tally:
    parts, held, ahead, failed = [], [], [], []
    for inequality in claim.holds:
        margin = margin_of(inequality, least=claim.margin, tolerance=tolerance)
        slack = inequality.slack(lookup)
        ahead.append(slack > margin)
        failed.append(slack < -margin)
        held.append(ahead[-1] if inequality.is_strict else ~failed[-1])
        parts.append(
            JudgedInequality(
                inequality=inequality,
                margin=margin,
                holds=_share(held[-1]),
                level=_share(~ahead[-1] & ~failed[-1]),
                fails=_share(failed[-1]),
                slack=spread_of(slack),
            )
        )
    return _Tally(
        parts=tuple(parts),
        holds=np.logical_and.reduce(held),
        ahead=np.logical_and.reduce(ahead),
        fails=np.logical_or.reduce(failed),
    )


def _is_same(inequality: Inequality, lookup: Lookup) -> bool:
    """Tell whether both sides are the same numbers, to the last bit, in every future."""
    return bool(np.all(inequality.slack(lookup) == 0))


def _names(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for inequality in claim.holds for name in inequality.names))


def _share(mask: BoolArray, /) -> Share:
    return share_of(mask.astype(np.float64))


def _nothing(claim: Claim, spoken_of: BoolArray) -> ClaimAnswer:
    return ClaimAnswer(
        claim=claim,
        ruling=ClaimRuling.NOTHING_TO_JUDGE,
        drawn=len(spoken_of),
        spoken_of=int(spoken_of.sum()),
        used=0,
        holds=None,
        level=None,
        fails=None,
        told_apart=None,
        parts=(),
        figures={},
        failing=None,
        holding=None,
    )
