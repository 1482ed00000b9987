"""Compile arrangements for the yardsticks of one draw."""

from collections.abc import Mapping, Sequence

from foedus.arrangement.record import Arrangement
from foedus.futures.sample import GAME_PARAMETERS
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import compile_arrangement

_OF_THE_GAME = frozenset(GAME_PARAMETERS)


def compile_all(arrangements: Sequence[Arrangement], values: Mapping[str, float]) -> list[CompiledArrangement]:
    """Compile each arrangement with the yardsticks of one draw."""
    yardsticks = {name: value for name, value in values.items() if name not in _OF_THE_GAME}
    return [compile_arrangement(arrangement, yardsticks).compiled for arrangement in arrangements]
