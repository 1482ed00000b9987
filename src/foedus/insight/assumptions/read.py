"""Which yardsticks the texts compared read at all."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.arrangement.record import Arrangement
from foedus.futures.ensemble import Sample
from foedus.futures.sample import GAME_PARAMETERS
from foedus.mechanism.from_arrangement import compile_arrangement

_DRAWS = 3
"""Draws tried, should what is read hang on what was read before."""
_OF_THE_GAME = frozenset(GAME_PARAMETERS)


def unread_by(arrangements: Sequence[Arrangement], sample: Sample) -> tuple[str, ...]:
    """Return the yardsticks that the compiler reads for none of the arrangements, in the order of the sample.

    What is not read cannot change an array of the game. The game's own parameters always count as read. Nothing counts
    as unread where the sample lacks a yardstick that a text asks for, as then nobody can tell.
    """
    yardsticks = [name for name in sample.names if name not in _OF_THE_GAME]
    read: set[str] = set()
    for row in sample.values[:_DRAWS].tolist():
        values = _Noted(dict(zip(sample.names, row, strict=True)), read)
        for arrangement in arrangements:
            try:
                compile_arrangement(arrangement, values)
            except KeyError:
                return ()
    return tuple(name for name in yardsticks if name not in read)


class _Noted(Mapping[str, float]):
    """Yardsticks that note which of them were read."""

    def __init__(self, values: Mapping[str, float], read: set[str]) -> None:
        self._values, self._read = values, read

    def __getitem__(self, name: str) -> float:
        self._read.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
