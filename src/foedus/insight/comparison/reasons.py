"""Why the answer is what it is: which contests, assumptions and thresholds are looked into for a comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from foedus.futures.ensemble import Sample
from foedus.game.outcomes import column_of
from foedus.insight.assumptions.information import Information, information_of
from foedus.insight.assumptions.overturning import Challenge, challenge, movement_of
from foedus.insight.assumptions.sensitivity import Sensitivity, sensitivity_of
from foedus.insight.comparison.record import Reluctance
from foedus.insight.discovery.failing import Failure, failure_of, worst_quarter
from foedus.insight.ranking.acceptance import Acceptance
from foedus.insight.ranking.order import Ranking
from foedus.insight.ranking.satisficing import Requirement, met, most_often, satisficing_of
from foedus.values.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class ComparisonData:
    """What the reasons are sought in: the futures used, and what has been settled about them."""

    names: tuple[str, ...]
    baseline: str
    outcomes: FloatArray
    """(future, arrangement, outcome)"""
    losses: Mapping[str, FloatArray]
    """[measure] (future, arrangement), less being better."""
    rankings: Mapping[str, Ranking]
    """[measure]"""
    margin: float
    sample: Sample
    """Parameters that are read, in the futures used."""
    requirements: tuple[Requirement, ...]

    @property
    def leader(self) -> str:
        """Id of the arrangement with the least war."""
        return self.rankings["war"].leader

    def figures(self, name: str, outcome: str = "war") -> FloatArray:
        """Return an outcome of one arrangement (future)."""
        figures: FloatArray = self.outcomes[:, self.names.index(name), column_of(outcome)]
        return figures


def challenges_of(case: ComparisonData) -> Iterator[Challenge]:
    """Look into each measure's leader against the runner-up, and on war against the baseline too."""
    for measure, ranking in case.rankings.items():
        loss = case.losses[measure]
        rivals = dict.fromkeys([ranking.runner_up, case.baseline] if measure == "war" else [ranking.runner_up])
        for rival in rivals:
            if rival == ranking.leader:
                continue
            lead = loss[:, case.names.index(rival)] - loss[:, case.names.index(ranking.leader)]
            yield challenge(
                measure=measure,
                leader=ranking.leader,
                rival=rival,
                lead=lead,
                sample=case.sample,
                margin=case.margin,
                seed=case.sample.seed,
            )


def reluctance_of(case: ComparisonData, acceptance: Acceptance) -> Reluctance | None:
    """Find who would sign the leader least often, and ask what moves that; None where all would in every future."""
    signs = {
        "gain_A": acceptance.adversary.value,
        "gain_P": acceptance.protected_state.value,
        "gain_G": acceptance.guarantors.value,
    }
    gain = min(signs, key=lambda each: signs[each])
    if signs[gain] >= 1:
        return None
    figures = case.figures(case.leader, gain)
    movement = movement_of(figures, sample=case.sample, margin=case.margin, seed=case.sample.seed)
    return Reluctance(case.leader, gain, movement)


def information_on(case: ComparisonData) -> Iterator[Information]:
    """Value information for the choice on war, on the protected state's value, and on war without the leader."""
    for measure in ("war", "value_P"):
        yield information_of(
            case.losses[measure], names=case.names, sample=case.sample, measure=measure, seed=case.sample.seed
        )
    others = [name for name in case.names if name != case.leader]
    if len(others) > 1:
        columns = [case.names.index(name) for name in others]
        yield information_of(
            case.losses["war"][:, columns],
            names=others,
            sample=case.sample,
            measure="war",
            seed=case.sample.seed,
            without=case.leader,
        )


def sensitivities_of(case: ComparisonData) -> Iterator[Sensitivity]:
    """Ask what moves war under the leader and under the baseline, and what moves the difference."""
    leader, baseline = case.leader, case.baseline
    for name in dict.fromkeys((leader, baseline)):
        yield sensitivity_of(
            case.figures(name), output="war", arrangement=name, sample=case.sample, seed=case.sample.seed
        )
    if leader != baseline:
        yield sensitivity_of(
            case.figures(leader) - case.figures(baseline),
            output="war",
            arrangement=leader,
            less=baseline,
            sample=case.sample,
            seed=case.sample.seed,
        )


def failures_of(case: ComparisonData) -> Iterator[Failure]:
    """Describe where the leader fails, and where the one does that is good enough most often.

    Without requirements it fails in the quarter of its futures with the most war, if there is war to speak of.
    """
    if case.requirements:
        table = np.logical_and.reduce(met(case.requirements, case.outcomes), axis=2)
        counted = satisficing_of(case.requirements, case.outcomes, names=case.names)
        for name in dict.fromkeys((most_often(counted, order=case.rankings["war"].order), case.leader)):
            yield failure_of(
                ~table[:, case.names.index(name)],
                case.figures(name, case.requirements[0].outcome),
                arrangement=name,
                requirements=case.requirements,
                is_own=False,
                sample=case.sample,
                seed=case.sample.seed,
            )
        return
    war = case.figures(case.leader)
    threshold = worst_quarter(war)
    if threshold > case.margin and np.any(war > threshold):
        yield failure_of(
            war > threshold,
            war,
            arrangement=case.leader,
            requirements=(Requirement("war", "<=", threshold),),
            is_own=True,
            sample=case.sample,
            seed=case.sample.seed,
        )
