"""Offer arrangements at several balances of forces, in the same futures otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.errors import NotConverged
from foedus.futures.compile import compile_all
from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.futures.set_parameter import set_parameter
from foedus.futures.solve import run_sample
from foedus.game.outcomes import column_of
from foedus.insight.comparison.compare import MARGIN_IN_TOLERANCES
from foedus.insight.negotiation.record import (
    Negotiation,
    Offer,
    Round,
    Shift,
    consent_of,
    everyone_signs,
    member_gain,
    on_frontier,
    present_weight,
    shift_of,
    verdict_of,
)
from foedus.insight.statistics.convergence import convergence_of
from foedus.insight.statistics.spread import mean_of
from foedus.values.arrays import BoolArray, FloatArray

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, eq=False)
class MemberWeights:
    """What tells the members of one arrangement apart; axes (future, member), and (future) for the framework nation."""

    interest: FloatArray
    cost_weight: FloatArray
    proposer: tuple[int, ...]


def negotiate(
    arrangements: Sequence[Arrangement],
    parameters: Parameters,
    *,
    balances: Sequence[float],
    settings: Settings,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Negotiation:
    """Tell who would sign which arrangement at each balance of forces.

    Raises ``ValueError`` for no arrangement, no balance, or balances that do not increase, and ``NotConverged`` where
    no future is left in which every game converged.
    """
    if not arrangements or not balances or any(low >= high for low, high in pairwise(balances)):
        raise ValueError("negotiate: needs at least one arrangement, and balances from the lowest to the highest")
    sample = draw(parameters, futures=settings.futures, seed=settings.seed, design=settings.design)
    ensembles = []
    for number, balance in enumerate(balances):
        before = number * settings.futures
        ensembles.append(
            run_sample(
                arrangements,
                set_parameter(sample, name="balance_0", value=balance),
                settings=settings,
                workers=workers,
                progress=_counting(progress, before=before, total=len(balances) * settings.futures),
            )
        )
    return _judge(arrangements, sample, balances=balances, ensembles=ensembles, settings=settings)


def _counting(progress: Progress | None, *, before: int, total: int) -> Callable[[int, int], None]:
    def tell(done: int, _: int) -> None:
        if progress is not None:
            progress("futures at each balance", before + done, total)

    return tell


def _judge(
    arrangements: Sequence[Arrangement],
    sample: Sample,
    *,
    balances: Sequence[float],
    ensembles: Sequence[Ensemble],
    settings: Settings,
) -> Negotiation:
    names = tuple(arrangement.id for arrangement in arrangements)
    convergence, used = convergence_of(
        names=names,
        converged=np.logical_and.reduce([ensemble.converged for ensemble in ensembles]),
        residual=np.maximum.reduce([ensemble.residual for ensemble in ensembles]),
        sample=sample,
    )
    if not used.any():
        raise NotConverged(
            f"in none of the {len(used)} futures did every arrangement converge at every balance; leave the worst one "
            "out, draw more futures, or allow a larger tolerance"
        )
    margin = MARGIN_IN_TOLERANCES * settings.tolerance
    weights = member_weights_of(arrangements, sample)
    rounds = tuple(
        _round(balance, ensemble, weights=weights, used=used, margin=margin)
        for balance, ensemble in zip(balances, ensembles, strict=True)
    )
    ends = (ensembles[0], ensembles[-1])
    return Negotiation(
        arrangements=names,
        balances=tuple(balances),
        rounds=rounds,
        shifts=_shifts(names, ends, used=used, margin=margin) if len(balances) > 1 else (),
        convergence=convergence,
        margin=margin,
        settings=settings,
    )


def member_weights_of(arrangements: Sequence[Arrangement], sample: Sample) -> tuple[MemberWeights, ...]:
    """Compile the arrangements in every future for what tells their members apart."""
    compiled = [compile_all(arrangements, dict(zip(sample.names, row, strict=True))) for row in sample.values.tolist()]
    return tuple(
        MemberWeights(
            interest=np.array([row[a].interest for row in compiled]),
            cost_weight=np.array([row[a].cost_weight for row in compiled]),
            proposer=tuple(row[a].proposer for row in compiled),
        )
        for a in range(len(arrangements))
    )


def _round(
    balance: float, ensemble: Ensemble, *, weights: Sequence[MemberWeights], used: BoolArray, margin: float
) -> Round:
    columns = ("gain_A", "gain_P", "gain_G", "war")
    gains_a, gains_p, gains_g, war = (ensemble.outcomes[used][:, :, column_of(name)] for name in columns)
    verdicts = [
        tuple(verdict_of(gains[:, a], margin=margin) for gains in (gains_a, gains_p, gains_g))
        for a in range(len(ensemble.arrangements))
    ]
    front = on_frontier(
        acceptance=[verdict[0].signs.value for verdict in verdicts], war=[float(x) for x in war.mean(axis=0)]
    )
    offers = tuple(
        Offer(
            arrangement=name,
            adversary=verdicts[a][0],
            protected_state=verdicts[a][1],
            coalition=verdicts[a][2],
            members={
                member: verdict_of(gain[used], margin=margin)
                for member, gain in member_gains(ensemble, weights[a], place=a).items()
            },
            everyone=everyone_signs((gains_a[:, a], gains_p[:, a], gains_g[:, a]), margin=margin),
            war=mean_of(war[:, a]),
            is_on_frontier=front[a],
        )
        for a, name in enumerate(ensemble.arrangements)
    )
    return Round(balance=balance, offers=offers, consent=consent_of(gains_a, war=war, margin=margin))


def member_gains(ensemble: Ensemble, weights: MemberWeights, *, place: int) -> Mapping[str, FloatArray]:
    """Return for each member of an arrangement what it gains by signing (future); see `member_gain`.

    The framework nation joins whatever it proposes, so that the tier costs of taking part in everything are its own,
    divided by its weight on costs.
    """
    members = ensemble.members[place]
    if not members:
        return {}
    column = dict(zip(ensemble.sample.names, ensemble.sample.values.T, strict=True))
    fighting = column["war_cost_G"] * ensemble.outcomes[:, place, column_of("defend")]
    tiers = ensemble.cost_by_member[place] - weights.cost_weight * fighting[:, None]
    rows, lead = np.arange(len(tiers)), np.array(weights.proposer)
    whole = tiers[rows, lead] / weights.cost_weight[rows, lead]
    weight = present_weight(ensemble.war_by_period[:, place], delta=column["delta_G"])
    return {
        member: member_gain(
            coalition=ensemble.outcomes[:, place, column_of("gain_G")],
            interest=weights.interest[:, i],
            own=tiers[:, i],
            whole=whole,
            weight=weight,
        )
        for i, member in enumerate(members)
    }


def _shifts(
    names: Sequence[str], ends: tuple[Ensemble, Ensemble], *, used: BoolArray, margin: float
) -> tuple[Shift, ...]:
    low, high = (ensemble.outcomes[used] for ensemble in ends)

    def pair(place: int, outcome: str) -> tuple[FloatArray, FloatArray]:
        return low[:, place, column_of(outcome)], high[:, place, column_of(outcome)]

    return tuple(
        shift_of(name, gains=(*pair(a, "gain_A"), *pair(a, "gain_P")), war=pair(a, "war"), margin=margin)
        for a, name in enumerate(names)
    )
