"""What the search for designs takes from pymoo: NSGA-II over choices, and the hypervolume."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pymoo.algorithms.moo.nsga2 import RankAndCrowding, binary_tournament
from pymoo.config import Config
from pymoo.core.mixed import MixedVariableDuplicateElimination, MixedVariableGA, MixedVariableMating
from pymoo.core.population import Population
from pymoo.core.problem import Problem
from pymoo.core.variable import Choice
from pymoo.indicators.hv import HV
from pymoo.operators.crossover.ux import UX
from pymoo.operators.mutation.rm import ChoiceRandomMutation
from pymoo.operators.selection.tournament import TournamentSelection

from foedus.values.arrays import FloatArray

Config.warnings["not_compiled"] = False


def algorithm_for(
    options: tuple[int, ...], *, first: Sequence[tuple[int, ...]], population: int, seed: int
) -> tuple[Any, list[str]]:
    """Return the algorithm, which begins with some designs, and the names by which it calls the levers."""
    names = [str(number) for number in range(len(options))]
    levers = {name: Choice(options=list(range(count))) for name, count in zip(names, options, strict=True)}
    algorithm = MixedVariableGA(
        pop_size=population,
        sampling=Population.new("X", np.array([dict(zip(names, design, strict=True)) for design in first])),
        mating=MixedVariableMating(
            selection=TournamentSelection(func_comp=binary_tournament),
            crossover={Choice: UX()},
            mutation={Choice: ChoiceRandomMutation(prob_var=1 / len(options))},  # pymoo would draw every other one
            eliminate_duplicates=MixedVariableDuplicateElimination(),
        ),
        survival=RankAndCrowding(),
        advance_after_initial_infill=True,  # so that the first parents have ranks
    )
    algorithm.tournament_type = "comp_by_dom_and_crowding"
    algorithm.setup(_Aims(vars=levers), termination=("n_gen", 1_000_000), seed=seed, verbose=False)
    return algorithm, names


def volume_below(corner: FloatArray, aims: FloatArray) -> float:
    """Return the volume between a corner (aim) and the designs (design, aim) that no other beats."""
    return float(HV(ref_point=corner)(aims))


class _Aims(Problem):  # type: ignore[misc]  # pymoo has no types
    """Tells pymoo how many aims there are; they are judged outside."""

    def __init__(self, *, vars: dict[str, Any]) -> None:  # noqa: A002  the name is pymoo's
        super().__init__(vars=vars, n_obj=4)
