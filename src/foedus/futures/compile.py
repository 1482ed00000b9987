"""The games of one draw: each arrangement compiled by its yardsticks, in the future that is its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foedus.arrangement.record import Arrangement
from foedus.facts.balance import Balance, balance_of
from foedus.futures.sample import GAME_PARAMETERS, future_of
from foedus.game.future import Future
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import compile_arrangement

_OF_THE_GAME = frozenset(GAME_PARAMETERS)


@dataclass(frozen=True)
class DrawnGame:
    """An arrangement as arrays, and the future that it is tried in."""

    compiled: CompiledArrangement
    future: Future


def balances_of(arrangements: Sequence[Arrangement]) -> tuple[Balance, ...]:
    """Return what is known of the two sides of each text; looked up once, since no draw changes it."""
    return tuple(balance_of(arrangement, exponent=1.0, shift=0.0) for arrangement in arrangements)


def games_of(
    arrangements: Sequence[Arrangement], values: Mapping[str, float], *, balances: Sequence[Balance]
) -> list[DrawnGame]:
    """Return the game of each arrangement in one draw: who the adversary is differs, all else is drawn in common."""
    return [
        DrawnGame(compiled, future_of(values, balance=balance))
        for compiled, balance in zip(compile_all(arrangements, values), balances, strict=True)
    ]


def compile_all(arrangements: Sequence[Arrangement], values: Mapping[str, float]) -> list[CompiledArrangement]:
    """Compile each arrangement with the yardsticks of one draw; the game's own parameters are no yardsticks."""
    yardsticks = {name: value for name, value in values.items() if name not in _OF_THE_GAME}
    return [compile_arrangement(arrangement, yardsticks).compiled for arrangement in arrangements]
