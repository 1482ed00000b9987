"""Compare the arrangements of an ensemble."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.errors import NotConverged, UnknownName
from foedus.futures.ensemble import Ensemble, Sample, part_of
from foedus.game.outcomes import OUTCOMES, column_of
from foedus.insight.assumptions.read import same_games, unread_by, unread_entries
from foedus.insight.comparison.money import MoneyCost, money_costs_of
from foedus.insight.comparison.own_clauses import OwnClauses, own_clauses_of
from foedus.insight.comparison.reasons import (
    ComparisonData,
    challenges_of,
    failures_of,
    information_on,
    reluctance_of,
    sensitivities_of,
)
from foedus.insight.comparison.record import MEASURES, Comparison
from foedus.insight.ranking.acceptance import Acceptance, acceptance_of
from foedus.insight.ranking.dominance import dominated
from foedus.insight.ranking.order import rank
from foedus.insight.ranking.regret import regrets_of
from foedus.insight.ranking.satisficing import Requirement, satisficing_of
from foedus.insight.statistics.convergence import Convergence, convergence_of
from foedus.insight.statistics.spread import Difference, Spread, difference_of, spread_of
from foedus.values.arrays import BoolArray, FloatArray

MARGIN_IN_TOLERANCES = 10
"""A solution at the tolerance may lie several tolerances off the fixed point; what is closer is not told apart."""


def compare(
    ensemble: Ensemble,
    *,
    baseline: str,
    requirements: Sequence[Requirement] = (),
    texts: Sequence[Arrangement] = (),
    twins: Mapping[str, Arrangement] = MappingProxyType({}),
) -> Comparison:
    """Compare arrangements over the futures in which every one of them converged.

    ``requirements`` say what is good enough. Where the ``texts`` are given, parameters that none of them reads are
    left out of every search for what matters, and texts that are one game are one row. ``twins`` are the empty
    twins that the ensemble holds beside them, by the id of the text; where all texts are one game, it is compared with
    its twin. Raises ``UnknownName`` when the baseline is not among them, ``ValueError`` when there are
    fewer than two, and ``NotConverged`` when no future is left.
    """
    twin_of = {name: twin.id for name, twin in twins.items()}
    given = tuple(name for name in ensemble.arrangements if name not in twin_of.values())
    _refuse_unknown_baseline(baseline, names=given)
    if len(given) < 2:
        raise ValueError("a comparison needs at least two arrangements")
    groups = same_games(texts, ensemble.sample) if texts else ()
    names, baseline = _rows(given, groups, baseline=baseline, twins=twin_of)
    compared = part_of(ensemble, names)
    convergence, used = _converged(compared)
    unread = unread_by(texts, ensemble.sample) if texts else ()
    case = _case_of(compared, used=used, baseline=baseline, requirements=requirements, unread=unread)
    with_twins = {name: twin for name, twin in twin_of.items() if name in names and twin not in names}
    return _record(
        case,
        compared,
        used=used,
        convergence=convergence,
        own_clauses=own_clauses_of(ensemble, twins=with_twins, used=used, margin=case.margin),
        money=money_costs_of(
            compared, texts=[text for text in (*texts, *twins.values()) if text.id in names], used=used
        ),
        unread=unread,
        groups=groups,
        entries=unread_entries(texts, ensemble.sample) if texts else {},
    )


def _converged(ensemble: Ensemble) -> tuple[Convergence, BoolArray]:
    """Return how solving went, and the futures in which every arrangement converged; refuse where there are none."""
    convergence, used = convergence_of(
        names=ensemble.arrangements, converged=ensemble.converged, residual=ensemble.residual, sample=ensemble.sample
    )
    if not convergence.used:
        raise NotConverged(_advice(convergence.converged, futures=convergence.futures))
    return convergence, used


def _record(
    case: ComparisonData,
    ensemble: Ensemble,
    *,
    used: BoolArray,
    convergence: Convergence,
    own_clauses: Mapping[str, OwnClauses],
    money: Mapping[str, MoneyCost],
    unread: tuple[str, ...],
    groups: tuple[tuple[str, ...], ...],
    entries: Mapping[str, tuple[str, ...]],
) -> Comparison:
    """Put what the texts say beside what the outcomes say by themselves."""
    names, outcomes, margin = case.names, case.outcomes, case.margin
    acceptance = {name: _acceptance(outcomes[:, a], margin=margin) for a, name in enumerate(names)}
    return Comparison(
        arrangements=names,
        order=case.rankings["war"].order,
        baseline=case.baseline,
        spreads=_spreads(outcomes, names=names),
        differences=_differences(outcomes, names=names, baseline=case.baseline, margin=margin),
        rankings=case.rankings,
        acceptance=acceptance,
        own_clauses=own_clauses,
        reluctance=reluctance_of(case, acceptance[case.leader]),
        money=money,
        challenges=tuple(challenges_of(case)),
        regrets={measure: regrets_of(loss, names=names, margin=margin) for measure, loss in case.losses.items()},
        dominated={measure: dominated(loss, names=names, margin=margin) for measure, loss in case.losses.items()},
        requirements=tuple(case.requirements),
        satisficing=satisficing_of(case.requirements, outcomes, names=names),
        information=tuple(information_on(case)),
        sensitivities=tuple(sensitivities_of(case)),
        failures=tuple(failures_of(case)),
        unread=unread,
        same_games=groups,
        unread_entries=entries,
        war_by_year=_war_by_year(ensemble.war_by_period[used], names=names),
        member_costs=_member_costs(ensemble, used=used),
        convergence=convergence,
        margin=margin,
        settings=ensemble.settings,
    )


def _case_of(
    ensemble: Ensemble, *, used: BoolArray, baseline: str, requirements: Sequence[Requirement], unread: Sequence[str]
) -> ComparisonData:
    """Return what every search for reasons looks at: outcomes, losses and rankings in the futures that are used."""
    names, outcomes = ensemble.arrangements, ensemble.outcomes[used]
    margin = MARGIN_IN_TOLERANCES * ensemble.settings.tolerance
    losses = {measure: _loss(outcomes, measure=measure) for measure in MEASURES}
    return ComparisonData(
        names=names,
        baseline=baseline,
        outcomes=outcomes,
        losses=losses,
        rankings={measure: rank(loss, names=names, margin=margin) for measure, loss in losses.items()},
        margin=margin,
        sample=_read_sample(ensemble.sample, used=used, unread=unread),
        requirements=tuple(requirements),
    )


def _rows(
    given: tuple[str, ...], groups: Sequence[Sequence[str]], *, baseline: str, twins: Mapping[str, str]
) -> tuple[tuple[str, ...], str]:
    """Return one id for each game and the baseline among them; where all are one game, it and its empty twin."""
    stands_for = {name: group[0] for group in groups for name in group}
    names = tuple(name for name in given if stands_for.get(name, name) == name)
    if len(names) > 1:
        return names, stands_for.get(baseline, baseline)
    if names[0] not in twins:
        return given, baseline
    return (*names, twins[names[0]]), twins[names[0]]


def _read_sample(sample: Sample, *, used: BoolArray, unread: Sequence[str]) -> Sample:
    """Return the parameters that are read, in the futures that are used."""
    kept = [p for p, name in enumerate(sample.names) if name not in unread]
    return Sample(names=tuple(sample.names[p] for p in kept), values=sample.values[used][:, kept], seed=sample.seed)


def _refuse_unknown_baseline(baseline: str, *, names: tuple[str, ...]) -> None:
    if baseline not in names:
        near = get_close_matches(baseline, names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"compared are: {', '.join(names)}"
        raise UnknownName(f"the baseline {baseline!r} is not among the arrangements that are compared; {hint}")


def _advice(converged: Mapping[str, int], *, futures: int) -> str:
    worst = min(converged, key=lambda name: converged[name])
    return (
        f"in none of the {futures} futures did every arrangement converge; {worst!r} did so in {converged[worst]}. "
        "Leave it out, draw more futures, or allow a larger tolerance"
    )


def _loss(outcomes: FloatArray, *, measure: str) -> FloatArray:
    """Return (future, arrangement) the measure, turned so that less is better."""
    loss: FloatArray = OUTCOMES[measure].sign * outcomes[:, :, column_of(measure)]
    return loss


def _spreads(outcomes: FloatArray, *, names: tuple[str, ...]) -> dict[str, dict[str, Spread]]:
    return {
        name: {outcome: spread_of(outcomes[:, a, column]) for column, outcome in enumerate(OUTCOMES)}
        for a, name in enumerate(names)
    }


def _differences(
    outcomes: FloatArray, *, names: tuple[str, ...], baseline: str, margin: float
) -> dict[str, dict[str, Difference]]:
    base = outcomes[:, names.index(baseline)]
    return {
        name: {
            outcome: difference_of(outcomes[:, a, column], baseline=base[:, column], margin=margin)
            for column, outcome in enumerate(OUTCOMES)
        }
        for a, name in enumerate(names)
        if name != baseline
    }


def _acceptance(outcomes: FloatArray, *, margin: float) -> Acceptance:
    """Read the three gains off outcomes (future, outcome)."""
    return acceptance_of(
        adversary=outcomes[:, column_of("gain_A")],
        protected_state=outcomes[:, column_of("gain_P")],
        guarantors=outcomes[:, column_of("gain_G")],
        margin=margin,
    )


def _war_by_year(war_by_period: FloatArray, *, names: tuple[str, ...]) -> dict[str, tuple[Spread, ...]]:
    cumulative = np.cumsum(war_by_period, axis=2)
    return {
        name: tuple(spread_of(cumulative[:, a, t]) for t in range(cumulative.shape[2])) for a, name in enumerate(names)
    }


def _member_costs(ensemble: Ensemble, *, used: BoolArray) -> dict[str, dict[str, Spread]]:
    return {
        name: {member: spread_of(costs[used, i]) for i, member in enumerate(members)}
        for name, members, costs in zip(ensemble.arrangements, ensemble.members, ensemble.cost_by_member, strict=True)
    }
